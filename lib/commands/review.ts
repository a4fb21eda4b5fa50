import * as fs from "node:fs";
import {
  type Accepted,
  fails,
  type GateCondition,
  gateConditions,
  mergedReport,
  readAccepted,
  renderers,
  reviewPlan,
  withAccepted,
  withFindings,
} from "../review";
import type { Report } from "../review/report/report";
import { writeFile } from "../files/write-file";
import { prettyJson } from "../text/json";
import { UserError } from "../text/user-error";
import { plainOrQuoted } from "../text/visible-text";
import { checkActionPattern } from "./action-pattern";
import { command, splitWords } from "./command";
import { exitStatus } from "./io";
import { readPolicies } from "./read-policies";
import { readBounded, STANDARD_INPUT } from "./read-bounded";

const FORMATS = Object.keys(renderers) as (keyof typeof renderers)[];

/** The accepted findings of a file; none without one. */
async function acceptedIn(file: string | undefined): Promise<Accepted[]> {
  if (file === undefined) return [];
  const { name, text } = await readBounded(file);
  return readAccepted(text, name);
}

interface NamedPlan {
  readonly name: string;
  readonly text: string;
}

/** @throws UserError for a file that is named twice, and what readBounded throws */
async function readPlans(words: readonly string[]): Promise<[NamedPlan, ...NamedPlan[]]> {
  // Of a lone "-", yargs hands on an empty text.
  const [first = STANDARD_INPUT, ...others] = words.map((word) => word || STANDARD_INPUT);
  const twice = others.find((word, index) => [first, ...others.slice(0, index)].includes(word));
  if (twice !== undefined) {
    throw new UserError(`${plainOrQuoted(twice)} is named twice. Name each plan once.`);
  }
  const plans: [NamedPlan, ...NamedPlan[]] = [await readBounded(first)];
  for (const file of others) plans.push(await readBounded(file));
  return plans;
}

/** Writes the findings of a report that are not yet in a file of accepted ones. */
async function accept(file: string, { findings }: Report, today: string): Promise<string> {
  const before = fs.existsSync(file) ? await acceptedIn(file) : [];
  const after = withFindings(before, findings, today);
  writeFile(file, prettyJson({ accepted: after }));
  const added = after.length - before.length;
  const hidden = findings.filter(({ fingerprint }) => fingerprint === undefined).length;
  const more =
    hidden === 0
      ? ""
      : `${String(hidden)} cannot be accepted, because they depend on values that are sensitive or known only after apply.\n`;
  return `${file}: ${String(added)} added. Fill in reason and owner of each, and delete what you do not accept.\n${more}`;
}

/** `review`: reports the changes of access in a plan. */
export const reviewCommand = command({
  name: "review",
  argument: {
    name: "plan",
    describe: "Files that terraform show -json wrote; - or nothing for the standard input",
    anyNumber: true,
    candidates: () => [],
  },
  describe: "Show if a Terraform plan broadens or narrows IAM access",
  options: {
    format: {
      choices: FORMATS,
      default: "markdown" as const,
      describe: "Output format",
    },
    policies: {
      type: "string",
      describe:
        "Folder of documents of AWS-managed policies that add to the built-in ones or replace them",
    },
    "fail-on": {
      type: "string",
      array: true,
      // One each, or the plan's name after it would be taken for a verdict.
      nargs: 1,
      choices: gateConditions,
      default: [] as string[],
      defaultDescription: "none",
      coerce: splitWords,
      describe:
        "Exit with status 1 on these verdicts, on public access, or on ways to get more permissions",
    },
    never: {
      type: "string",
      array: true,
      nargs: 1,
      default: [] as string[],
      defaultDescription: "none",
      coerce: splitWords,
      describe:
        "Exit with status 1 if the plan may newly allow these actions: iam:*,kms:PutKeyPolicy",
    },
    accepted: {
      type: "string",
      describe: "File of accepted findings, which do not change the exit status until they expire",
    },
    accept: {
      type: "string",
      describe: "File to which the findings are added, so that a person can accept them",
    },
  },
  examples: [
    ["$0 review plan.json", "the changes of access in a plan"],
    ["$0 review network.json app.json", "one report about several plans"],
    ["terraform show -json tfplan | $0 review --fail-on broadened,unknown", "in CI, from a pipe"],
    [
      "$0 review plan.json --fail-on broadened,unknown --accepted accepted.json",
      "fail, except for accepted findings",
    ],
  ],
  run: async (args, io) => {
    const { words, format, policies, never } = args;
    never.forEach(checkActionPattern);
    if (args.accept === STANDARD_INPUT || args.accepted === STANDARD_INPUT) {
      throw new UserError(
        "--accept and --accepted name files. The standard input is for the plan.",
      );
    }
    const accepted = await acceptedIn(args.accepted);
    const options = {
      never,
      ...(policies === undefined ? {} : { policies: await readPolicies(policies) }),
    };
    const [first, ...others] = await readPlans(words);
    const one = (plan: NamedPlan): { name: string; report: Report } => ({
      name: plan.name,
      report: reviewPlan(plan.text, plan.name, options),
    });
    const today = new Date().toJSON().slice(0, 10);
    const merged = mergedReport([one(first), ...others.map(one)]);
    const report = withAccepted(merged, accepted, today);
    if (args.accept !== undefined) io.stderr(await accept(args.accept, report, today));
    io.stdout(renderers[format](report));
    return fails(report, args["fail-on"] as GateCondition[]) ? exitStatus.no : exitStatus.ok;
  },
});
