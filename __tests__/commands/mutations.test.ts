/**
 * Mutated plans and configurations end in a result or in a sentence. `npm test` tries some hundred,
 * `npm run test:soundness` 10,000: $MUTATIONS says how many, $MUTATIONS_FIRST from which seed on.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { readTeleportConfiguration, review, UserError } from "../../lib";
import {
  attachment,
  inlinePolicy,
  managedPolicy,
  planOfResources,
  role,
} from "../support/iam-plan";
import { allow, document } from "../support/policy-documents";
import { Random } from "../support/random-choices";
import { PROJECT } from "../support/terraform";

const COUNT = Number(process.env.MUTATIONS ?? 400);
const FIRST = Number(process.env.MUTATIONS_FIRST ?? 1);
/** No mutation may take longer, in milliseconds: a machine with other work needs several seconds for some. */
const LONGEST = 60_000;

const [read, write] = [document(allow("s3:Get*", "*")), document(allow(["s3:Put*", "iam:*"], "*"))];
const plan = planOfResources([
  role("app", { inline: { a: read } }),
  inlinePolicy("app", "a", read, write),
  managedPolicy("new", read, write),
  attachment("app", "new", "after", true),
]);
const fixtures = ["teleport-inputs", "teleport-yaml"].flatMap((name) => {
  const folder = path.join(PROJECT, "__tests__", "fixtures", name);
  return fs
    .readdirSync(folder)
    .map((file) => ({ file, text: fs.readFileSync(path.join(folder, file), "utf8") }));
});
const subjects = [
  { file: "review", text: typeof plan === "string" ? plan : JSON.stringify(plan) },
  ...fixtures,
];

/** Values that can be anywhere in JSON. */
const VALUES: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1e300, [], {}, [[]], [null], { "": {} }, ["*", "*"]],
  ...["", " ", "x", "${x}", "*", "[", "{}", "__proto__", "\u0000", "\ud800", "x".repeat(9999)],
  ...["arn:aws:iam::1:role/x", '{"Statement":[]}'],
  '{"Version":"2012-10-17","Statement":{"Effect":"Deny"}}',
];
/** Texts that mean something in YAML, in JSON or in a template. */
const SNIPPETS = [
  ...Array.from("\n\t :{}[]\"'#|>\\\u0000\ufeffé💥"),
  ...["- ", "<<: *a", "&a", "*a", "---", "!!binary ", "!x ", "${", "%{", "\\u0000"],
  ...["null", "0x1", "1e999"],
];

/** Every place in a value of JSON: an object or list, and a key of it. */
function places(value: unknown): (readonly [Record<string, unknown>, string])[] {
  if (typeof value !== "object" || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [[holder, key] as const, ...places(holder[key])]);
}

/** The text with some values of its JSON replaced, moved or taken out. */
function mutateJson(random: Random, text: string): string {
  const value = JSON.parse(text) as unknown;
  for (let left = 1 + random.below(3); left > 0; left -= 1) {
    const all = places(value);
    if (all.length === 0) break;
    const [holder, key] = random.pick(all);
    switch (random.below(4)) {
      case 0:
        Reflect.deleteProperty(holder, key);
        break;
      case 1:
        holder[key] = [holder[key], holder[key]];
        break;
      case 2: {
        const [other, place] = random.pick(all);
        holder[key] = structuredClone(other[place]);
        break;
      }
      default:
        holder[key] = random.pick(VALUES);
    }
  }
  return JSON.stringify(value);
}

/** The text with some of its characters taken out, doubled or replaced. */
function mutateText(random: Random, text: string): string {
  let mutated = text;
  for (let left = 1 + random.below(4); left > 0; left -= 1) {
    const at = random.below(mutated.length);
    const end = at + random.below(40);
    const [before, middle, after] = [
      mutated.slice(0, at),
      mutated.slice(at, end),
      mutated.slice(end),
    ];
    mutated = random.pick([
      before + after,
      before,
      before + middle + middle + after,
      before + random.pick(SNIPPETS) + mutated.slice(at),
      before + random.pick(SNIPPETS) + after,
    ]);
  }
  return mutated;
}

/** Undefined for a result or a sentence, else what is wrong. */
function problem(seed: number): unknown {
  const random = new Random(seed);
  const { file, text } = random.pick(subjects);
  const isJson = file === "review" || file.endsWith(".json");
  const mutated =
    isJson && random.chance(0.7) ? mutateJson(random, text) : mutateText(random, text);
  const start = performance.now();
  try {
    if (file === "review") review(mutated);
    else readTeleportConfiguration([{ file, text: mutated }], ["rds"]);
  } catch (error) {
    if (!(error instanceof UserError)) return { seed, file, error, mutated };
    if (!/^.{10}/.test(error.message)) return { seed, file, message: error.message };
  }
  const time = performance.now() - start;
  return time > LONGEST ? { seed, file, time } : undefined;
}

test(`${String(COUNT)} mutated plans and configurations end in a result or a sentence`, () => {
  const found = [];
  for (let seed = FIRST; seed < FIRST + COUNT && found.length < 3; seed += 1) {
    const wrong = problem(seed);
    if (wrong !== undefined) found.push(wrong);
  }
  expect(found).toEqual([]);
});
