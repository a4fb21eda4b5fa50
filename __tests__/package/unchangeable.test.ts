/** Changing a result of the library does not change later results. */
import * as library from "../../lib";
import { printedSchema } from "../support/printed-schema";

/** Tries to take everything out of a value, from the inside to the outside. */
function spoil(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  if (value instanceof Map) value.clear();
  for (const [key, inner] of Object.entries(value)) {
    spoil(inner);
    Reflect.deleteProperty(value, key);
  }
}

const { databaseTypes, typeNames, selectTypes } = library;
const rds = () => selectTypes(["rds"]).types;
const plan =
  '{"format_version":"1.2","planned_values":{},"resource_changes":[],"configuration":{}}';

test.each<[string, () => unknown]>([
  ["explain", () => library.explain("elasticache")],
  ["explain of a shared statement", () => library.explain("DiscoveryListRegions")],
  ["explain with values", () => library.explain("rds", { restrict_to_account: true })],
  ["defineModule", () => library.defineModule(rds())],
  ["typeNames", () => typeNames],
  ["databaseTypes", () => databaseTypes],
  ["selectTypes", () => selectTypes(["all"])],
  ["list", () => library.list()],
  ["printIam", () => library.printIam({ types: ["all"] })],
  ["documents", () => library.documents(rds(), {})],
  ["compose", () => library.compose({ types: ["rds"] })],
  ["composeJson", () => library.composeJson({ types: ["rds"] })],
  ["review", () => library.review(plan)],
  [
    "readTeleportConfiguration",
    () =>
      library.readTeleportConfiguration(
        [
          {
            file: "a.yaml",
            text: "db_service:\n  enabled: true\n  resources:\n    - labels: {'*': '*'}",
          },
        ],
        ["rds"],
      ),
  ],
])("%s", (_, call) => {
  const before = JSON.stringify(printable(call()));
  spoil(call());
  expect(JSON.stringify(printable(call()))).toBe(before);
  expect(before.length).toBeGreaterThan(20);
});

test("the schema is read anew each time", () => {
  const { schema } = jest.requireActual<typeof library>("../../dist/index.js");
  spoil(schema());
  expect(schema()).toEqual(printedSchema());
});

/** Maps as lists: JSON has none. */
function printable(value: unknown): unknown {
  return value instanceof Map ? [...(value as Map<unknown, unknown>)] : value;
}
