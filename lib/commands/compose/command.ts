import { selectTypes } from "../../catalog/select-types";
import type { Inputs } from "../../inputs/assignments";
import { exampleInputs, moduleCall } from "../../files/module-call";
import { givenTwice, UserError } from "../../user-error";
import { command, setOption, typesMissing, typesOption } from "../command";
import { exitStatus, type ExitStatus, type Io } from "../io";

/** What is composed, and where it goes. */
interface Request {
  readonly types: readonly string[];
  readonly defaults: Inputs;
  readonly output: string | undefined;
}

interface Flags {
  readonly force: boolean;
  readonly check: boolean;
  readonly "dry-run": boolean;
}

/** How a root configuration calls the module, with what has no default of the caller's. */
function usage(output: string, defaults: Inputs): string {
  const source = /^(\/|\.\.?\/)/.test(output) ? output : `./${output}`;
  const inputs = Object.entries(exampleInputs).filter(([name]) => defaults[name] === undefined);
  return moduleCall("database_access", source, Object.fromEntries(inputs));
}

/** Composes, then lists, compares or writes, whichever was asked for. */
async function execute(
  { types, defaults, output }: Request,
  flags: Flags,
  io: Io,
): Promise<ExitStatus> {
  for (const { given, taken } of selectTypes(types).aliases) {
    io.stderr(`Took ${given} for ${taken}.\n`);
  }
  if (output === undefined && !flags["dry-run"]) {
    throw new UserError("Name the folder to write the module to: --output ./database-access");
  }
  // Loaded here, because CDKTF takes longer to load than everything else takes to run.
  const [{ compose }, { difference, writeFolder }, { differenceLines }] = await Promise.all([
    import("./compose"),
    import("../../files/folder"),
    import("../../files/difference-lines"),
  ]);
  const files = compose({ types, defaults });
  if (flags["dry-run"] || output === undefined) {
    for (const [name, content] of files) {
      io.stdout(`${String(Buffer.byteLength(content)).padStart(8)} bytes  ${name}\n`);
    }
    return exitStatus.ok;
  }
  if (flags.check) {
    const findings = differenceLines(difference(output, files), output.replace(/\/*$/, "/"));
    io.stdout(findings.map((finding) => `${finding}\n`).join(""));
    io.stderr(
      findings.length === 0
        ? `${output} is up to date.\n`
        : `${output} is not what this command gives. Run it without --check.\n`,
    );
    return findings.length === 0 ? exitStatus.ok : exitStatus.no;
  }
  const { added, changed, removed } = writeFolder(output, files, { force: flags.force });
  io.stderr(
    added.length + changed.length + removed.length === 0
      ? `${output} is up to date.\n`
      : `Wrote the module to ${output}: ${[...files.keys()].join(", ")}.\n\nCall it from your root configuration:\n\n${usage(output, defaults)}\n`,
  );
  return exitStatus.ok;
}

/** The first module that Teleport's configuration needs; says what was read, and what else it needs. */
async function readRequest(
  file: string,
  otherTypes: readonly string[],
  io: Io,
): Promise<Pick<Request, "types" | "defaults">> {
  const [{ readBounded }, { readTeleportConfiguration }, { readingText }] = await Promise.all([
    import("../read-bounded"),
    import("./read-teleport-configuration"),
    import("./reading-text"),
  ]);
  const reading = readTeleportConfiguration(readBounded(file), otherTypes);
  io.stderr(readingText(file, reading));
  return reading.modules[0];
}

/** `compose`: writes one module for any combination of database types. */
export const composeCommand = command({
  name: "compose",
  describe: "Write one Terraform module for any combination of database types",
  options: {
    types: typesOption,
    output: { type: "string", describe: "Folder to write the module to" },
    from: {
      type: "string",
      describe:
        "Teleport's configuration (teleport.yaml): composes what its db_service needs. With --types, the types of databases that are registered elsewhere",
    },
    name: {
      type: "string",
      describe: "Default of the module's policy_name: what the IAM policy is called",
    },
    set: {
      ...setOption,
      describe: `Default of a module's variable: ${setOption.describe}`,
    },
    "dry-run": {
      type: "boolean",
      default: false,
      describe: "List the files and their sizes, and write nothing",
    },
    check: {
      type: "boolean",
      default: false,
      describe: "Write nothing; exit with 1 and name the files where the folder differs",
    },
    force: {
      type: "boolean",
      default: false,
      describe: "Write even where the folder holds files that this program did not write",
    },
  },
  examples: [
    ["$0 compose", "choose types and switches on a terminal"],
    ["$0 compose --types rds,redshift --output ./database-access", "one module for two types"],
    [
      "$0 compose --types rds --set aws_account_id=123456789012 --set rds_auto_enable_iam_auth=false --output ./rds",
      "with defaults of your own",
    ],
    [
      "$0 compose --from /etc/teleport.yaml --output ./database-access",
      "what Teleport's configuration needs",
    ],
    [
      "$0 compose --types all --output ./database-access --check",
      "is the folder what this command gives?",
    ],
  ],
  run: async ({ types, output, from, name, set, ...flags }, io) => {
    if (flags.check && flags["dry-run"]) {
      throw new UserError("--check and --dry-run exclude each other. Give one of them.");
    }
    const request =
      from === undefined ? { types, defaults: {} } : await readRequest(from, types ?? [], io);
    if (request.types === undefined) {
      if (!io.isInteractive) throw typesMissing();
      if (name !== undefined || set.length > 0) throw typesMissing();
      const { pick } = await import("./pick");
      return execute(await pick(output, io), flags, io);
    }
    const { setValues } = await import("../../inputs/set-values");
    const values = setValues(request.types, set);
    if (name !== undefined && values.policy_name !== undefined) throw givenTwice("policy_name");
    const named: Inputs = name === undefined ? {} : { policy_name: name };
    const defaults = { ...request.defaults, ...values, ...named };
    return execute({ types: request.types, defaults, output }, flags, io);
  },
});
