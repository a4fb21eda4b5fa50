import type { Report } from "../../review/report/report";
import { command, splitWords } from "../command";
import { exitStatus } from "../io";

const FORMATS = ["markdown", "json", "text"] as const;
const FAIL_ON = ["broadened", "unknown"] as const;

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
    const { readPlan } = await import("./read-plan");
    const { text, source } = await readPlan(argument);
    const { renderers, reviewPlan } = await import("../../review");
    const report = reviewPlan(text, source);
    io.stdout(renderers[format](report));
    return fails(report, failOn) ? exitStatus.no : exitStatus.ok;
  },
});
