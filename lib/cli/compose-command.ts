import type { Argv, CommandModule } from "yargs";
import { UserError } from "../errors";
import { selectTypes, typeNames } from "../catalog/select-types";
import { exitStatus, type ExitStatus, type Io } from "./io";

interface ComposeArguments {
  readonly types: readonly string[];
  readonly output: string;
  readonly force: boolean;
}

/** `a,b`, `a b` and repeated flags all name a and b. */
function splitTypes(values: readonly string[]): string[] {
  return values.flatMap((value) => value.split(/[\s,]+/)).filter((name) => name !== "");
}

function builder(yargs: Argv): Argv<ComposeArguments> {
  return yargs
    .option("types", {
      type: "string",
      array: true,
      demandOption: `Name the database types: --types rds,redshift, or --types all. Valid types: ${typeNames.join(", ")}.`,
      describe: `Database types, separated by commas or spaces, or "all": ${typeNames.join(", ")}`,
      coerce: splitTypes,
    })
    .option("output", {
      type: "string",
      demandOption: "Name the folder to write the module to: --output ./teleport-db-iam",
      requiresArg: true,
      describe: "Folder to write the module to",
    })
    .option("force", {
      type: "boolean",
      default: false,
      describe: "Write even where the folder holds files that this program did not write",
    })
    .example(
      "$0 compose --types rds,redshift --output ./database-access",
      "one module for two types",
    )
    .example("$0 compose --types all --output ./database-access", "one module for every type")
    .check(({ output }: { output: unknown }) => {
      if (Array.isArray(output)) throw new UserError("--output was given twice. Name one folder.");
      if (output === "")
        throw new UserError("--output is empty. Name a folder: --output ./database-access");
      return true;
    });
}

/** How a root configuration calls the module. */
function usage(output: string): string {
  const source = /^(\/|\.\.?\/)/.test(output) ? output : `./${output}`;
  return [
    'module "database_access" {',
    `  source = ${JSON.stringify(source)}`,
    "",
    '  aws_account_id  = "123456789012"',
    '  attach_to_roles = { database_service = "teleport-db-service-role" }',
    "}",
  ].join("\n");
}

/** `compose`: writes one module for any combination of database types. */
export function composeCommand(
  io: Io,
  done: (status: ExitStatus) => void,
): CommandModule<object, ComposeArguments> {
  return {
    command: "compose",
    describe: "Write one Terraform module for any combination of database types",
    builder,
    handler: async ({ types, output, force }) => {
      const { aliases } = selectTypes(types);
      for (const { given, taken } of aliases) io.stderr(`Took ${given} for ${taken}.\n`);
      // Loaded here, because CDKTF takes longer to load than everything else takes to run.
      const [{ compose }, { writeFolder }] = await Promise.all([
        import("../compose"),
        import("../emit/folder"),
      ]);
      const files = compose({ types });
      const { added, changed, removed } = writeFolder(output, files, { force });
      io.stderr(
        added.length + changed.length + removed.length === 0
          ? `${output} is up to date.\n`
          : `Wrote the module to ${output}: ${[...files.keys()].join(", ")}.\n\nCall it from your root configuration:\n\n${usage(output)}\n`,
      );
      done(exitStatus.ok);
    },
  };
}
