import * as fs from "node:fs";
import type { Argv, CommandModule } from "yargs";
import { noPlan, unreadablePlan, UserError } from "../errors";
import type { Report } from "../review/report";
import { exitStatus, type ExitStatus, type Io } from "./io";

const FORMATS = ["markdown", "json", "text"] as const;
const FAIL_ON = ["broadened", "unknown"] as const;

interface ReviewArguments {
  readonly plan: string | undefined;
  readonly format: (typeof FORMATS)[number];
  readonly "fail-on": readonly string[];
}

function splitVerdicts(values: readonly string[]): string[] {
  return values.flatMap((value) => value.split(/[\s,]+/)).filter((name) => name !== "");
}

function builder(yargs: Argv): Argv<ReviewArguments> {
  return yargs
    .positional("plan", {
      type: "string",
      describe: "File that terraform show -json wrote; - or nothing for the standard input",
    })
    .option("format", {
      choices: FORMATS,
      default: "markdown" as const,
      requiresArg: true,
      describe: "How to say it",
    })
    .option("fail-on", {
      type: "string",
      array: true,
      // One each, or the plan's name after it would be taken for a verdict.
      nargs: 1,
      default: [] as string[],
      coerce: splitVerdicts,
      describe: `Exit with status 1 on these verdicts: ${FAIL_ON.join(", ")}`,
    })
    .example("$0 review plan.json", "what the plan does to access")
    .example(
      "terraform show -json tfplan | $0 review --fail-on broadened",
      "in CI, without a file between",
    )
    .check(({ format, "fail-on": failOn }: { format: unknown; "fail-on": string[] }) => {
      if (Array.isArray(format)) throw new UserError("--format was given twice. Name one.");
      const unknown = failOn.find((name) => !FAIL_ON.some((known) => known === name));
      if (unknown !== undefined) {
        throw new UserError(
          `--fail-on knows no ${JSON.stringify(unknown)}. Valid: ${FAIL_ON.join(", ")}.`,
        );
      }
      return true;
    });
}

/** Windows PowerShell writes UTF-16 where other shells write UTF-8. */
function decode(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isUtf16 ? "utf16le" : "utf8").replace(/^\uFEFF/, "");
}

function read(plan: string | undefined): { text: string; source: string } {
  // Of a lone "-", yargs hands on an empty string.
  const isPiped = plan === undefined || plan === "" || plan === "-";
  if (plan === undefined && process.stdin.isTTY) {
    throw noPlan(
      "The terminal",
      "Name a file that terraform show -json wrote, or pipe its output to this command.",
    );
  }
  const source = isPiped ? "The standard input" : plan;
  try {
    return { text: decode(fs.readFileSync(isPiped ? 0 : plan)), source };
  } catch (error) {
    throw unreadablePlan(source, error);
  }
}

/** Whether a report is one that `--fail-on` names. */
function fails({ broadens, unknown }: Report, failOn: readonly string[]): boolean {
  return (failOn.includes("broadened") && broadens) || (failOn.includes("unknown") && unknown);
}

/** `review`: says what a plan does to access. */
export function reviewCommand(
  io: Io,
  done: (status: ExitStatus) => void,
): CommandModule<object, ReviewArguments> {
  return {
    command: "review [plan]",
    describe: "Say whether a Terraform plan broadens or narrows IAM access",
    builder,
    handler: async ({ plan, format, "fail-on": failOn }) => {
      const { text, source } = read(plan);
      const { renderers, reviewPlan } = await import("../review");
      const report = reviewPlan(text, source);
      io.stdout(renderers[format](report));
      done(fails(report, failOn) ? exitStatus.no : exitStatus.ok);
    },
  };
}
