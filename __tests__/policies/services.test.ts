/** The services that a role serves, in real terraform: each type, and a sample of combinations. */
import { databaseTypes } from "../../lib/catalog";
import { describeCombinations } from "../support/combinations";
import { seededRandom } from "../support/random";

const random = seededRandom(14);
const names = databaseTypes.map(({ name }) => name);
const sample = new Set(
  Array.from({ length: 8 }, () => names.filter(() => random() < 0.5).join()).concat(names.join()),
);

describeCombinations(
  "of one type, of all types, and of a sample",
  (types) => types.length === 1 || sample.has(types.join()),
  20,
);
