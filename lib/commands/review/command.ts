import * as fs from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { isatty } from "node:tty";
import { noPlan, reason, UserError } from "../../user-error";
import type { Report } from "../../review/report";
import { command, splitWords } from "../command";
import { exitStatus } from "../io";

const FORMATS = ["markdown", "json", "text"] as const;
const FAIL_ON = ["broadened", "unknown"] as const;

/** Windows PowerShell writes UTF-16 where other shells write UTF-8. */
function decode(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isUtf16 ? "utf16le" : "utf8").replace(/^\uFEFF/, "");
}

async function read(plan: string): Promise<{ text: string; source: string }> {
  // Of a lone "-", yargs hands on an empty string, too.
  const isPiped = plan === "" || plan === "-";
  if (isPiped && isatty(0)) {
    throw noPlan(
      "The terminal",
      "Name a file that terraform show -json wrote, or pipe its output to this command.",
    );
  }
  const source = isPiped ? "The standard input" : plan;
  try {
    // As a stream: a pipe whose writer is slower than this has nothing to read yet, and is not at its end.
    const bytes = isPiped ? await buffer(process.stdin) : await fs.readFile(plan);
    return { text: decode(bytes), source };
  } catch (error) {
    throw new UserError(
      `Could not read the plan from ${source}: ${reason(error)}. Name a file that terraform show -json wrote, or - for the standard input.`,
      { cause: error },
    );
  }
}

/** Whether a report is one that `--fail-on` names. */
function fails({ broadens, unknown }: Report, failOn: readonly string[]): boolean {
  return (failOn.includes("broadened") && broadens) || (failOn.includes("unknown") && unknown);
}

/** `review`: says what a plan does to access. */
export const reviewCommand = command({
  name: "review",
  argument: {
    name: "plan",
    describe: "File that terraform show -json wrote; - or nothing for the standard input",
    optional: true,
    candidates: () => [],
  },
  describe: "Say whether a Terraform plan broadens or narrows IAM access",
  options: {
    format: {
      choices: FORMATS,
      default: "markdown" as const,
      requiresArg: true,
      describe: "How to say it",
    },
    "fail-on": {
      type: "string",
      array: true,
      // One each, or the plan's name after it would be taken for a verdict.
      nargs: 1,
      choices: FAIL_ON,
      default: [] as string[],
      defaultDescription: "none",
      coerce: splitWords,
      describe: "Exit with status 1 on these verdicts",
    },
  },
  examples: [
    ["$0 review plan.json", "what the plan does to access"],
    [
      "terraform show -json tfplan | $0 review --fail-on broadened",
      "in CI, without a file between",
    ],
  ],
  run: async ({ argument, format, "fail-on": failOn }, io) => {
    const { text, source } = await read(argument);
    const { renderers, reviewPlan } = await import("../../review");
    const report = reviewPlan(text, source);
    io.stdout(renderers[format](report));
    return fails(report, failOn) ? exitStatus.no : exitStatus.ok;
  },
});
