import { selectTypes } from "../../catalog/select-types";
import type { Inputs } from "../../inputs/assignments";
import { type Format, formats } from "../../teleport/formats";
import { fromCommandLine, shellWord } from "../../files/command-line";
import { exampleInputs, moduleCall } from "../../files/module-call";
import { givenTwice, UserError } from "../../text/user-error";
import { command, flagEmpty, setOption, typesMissing, typesOption } from "../command";
import { exitStatus, type ExitStatus, type Io } from "../io";
import type { ConfigurationReading } from "./read-teleport-configuration";

/** What is composed, and where it goes. */
interface Request {
  readonly types: readonly string[];
  readonly defaults: Inputs;
  readonly output: string | undefined;
  /** The command in the heads of the files, and the calls of a root: of what --from read. */
  readonly from?: { readonly command: string; readonly calls: (source: string) => string };
}

/** The files of `--from`: no list, for yargs takes no lone "-" into one. */
interface Sources {
  readonly files: readonly string[];
}

interface Flags {
  readonly force: boolean;
  readonly check: boolean;
  readonly "dry-run": boolean;
}

/** How a root configuration calls the module, with what has no default of the caller's. */
function usage(output: string, { defaults, from }: Request): string {
  const source = /^(\/|\.\.?\/)/.test(output) ? output : `./${output}`;
  if (from !== undefined) return from.calls(source);
  const inputs = Object.entries(exampleInputs).filter(([name]) => defaults[name] === undefined);
  return moduleCall("database_access", source, Object.fromEntries(inputs));
}

/** What to do where the folder is not what the command gives: it writes among no foreign files. */
function checkAdvice(foreign: readonly string[], isOwnDifferent: boolean): string {
  if (foreign.length === 0) return "Run it without --check.";
  const takeOut = `Take ${foreign.join(", ")} out of the folder, for Terraform reads it as part of the module, or use --force where it is wanted`;
  return isOwnDifferent ? `${takeOut}; then run it without --check.` : `${takeOut}.`;
}

/** Composes, then lists, compares or writes, whichever was asked for. */
async function execute(request: Request, flags: Flags, io: Io): Promise<ExitStatus> {
  const { types, defaults, output, from } = request;
  for (const { given, taken } of selectTypes(types).aliases) {
    io.stderr(`Took ${given} for ${taken}.\n`);
  }
  if (output === undefined && !flags["dry-run"]) {
    throw new UserError("Name the folder to write the module to: --output ./database-access");
  }
  const [{ compose }, { difference, readFiles, writeFolder }] = await Promise.all([
    import("./compose"),
    import("../../files/folder"),
  ]);
  const files = compose({ types, defaults, command: from?.command });
  if (flags["dry-run"] || output === undefined) {
    for (const [name, content] of files) {
      io.stdout(`${String(Buffer.byteLength(content)).padStart(8)} bytes  ${name}\n`);
    }
    return exitStatus.ok;
  }
  if (flags.check) {
    const [{ differenceLines }, { moduleDifferenceLines }] = await Promise.all([
      import("../../files/difference-lines"),
      import("../../upgrade/difference-lines"),
    ]);
    const differing = difference(output, files, { force: flags.force });
    const present = readFiles(output, files.keys());
    const inFolder = differenceLines(differing, output.replace(/\/*$/, "/"));
    // Of a folder that has no module yet, everything would differ; foreign files are not compared.
    const isOwnDifferent = inFolder.length > differing.foreign.length;
    const isModule = isOwnDifferent && present.has("main.tf.json");
    const { lines, notCompared } = isModule
      ? moduleDifferenceLines(present, files)
      : { lines: [], notCompared: undefined };
    const findings = [...inFolder, ...lines];
    io.stdout(findings.map((finding) => `${finding}\n`).join(""));
    if (notCompared !== undefined) io.stderr(`Access was not compared: ${notCompared}\n`);
    io.stderr(
      findings.length === 0
        ? `${output} is up to date.\n`
        : `${output} is not what this command gives. ${checkAdvice(differing.foreign, isOwnDifferent)}\n`,
    );
    return findings.length === 0 ? exitStatus.ok : exitStatus.no;
  }
  const { added, changed, removed } = writeFolder(output, files, { force: flags.force });
  io.stderr(
    added.length + changed.length + removed.length === 0
      ? `${output} is up to date.\n`
      : `Wrote the module to ${output}: ${[...files.keys()].join(", ")}.\n\nCall it from your root configuration:\n\n${usage(output, request)}\n`,
  );
  return exitStatus.ok;
}

/** What the files need; says what was read. */
async function readRequest(
  { files }: Sources,
  format: Format | undefined,
  otherTypes: readonly string[],
  io: Io,
): Promise<ConfigurationReading> {
  const [{ readBounded, STANDARD_INPUT }, { readTeleportConfiguration }, { readingText }] =
    await Promise.all([
      import("../read-bounded"),
      import("./read-teleport-configuration"),
      import("./reading-text"),
    ]);
  if (files.includes("")) throw flagEmpty("from");
  const inputs = [];
  for (const file of files) {
    const name = file === STANDARD_INPUT ? "standard input" : file;
    inputs.push({ file: name, text: await readBounded(file) });
  }
  const reading = readTeleportConfiguration(inputs, otherTypes, format);
  io.stderr(
    readingText(
      inputs.map(({ file }) => file),
      reading,
    ),
  );
  return reading;
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
      requiresArg: true,
      coerce: (given: string | readonly string[]): Sources => ({ files: [given].flat() }),
      describe:
        "What is configured: teleport.yaml, values of the Helm chart, a manifest, tctl's resources, terraform show -json; - for the standard input, as often as needed. Composes what it needs. With --types, the types of databases that are registered elsewhere",
    },
    "from-format": {
      choices: formats,
      describe: "What --from names, where it must not be found out by the content",
    },
    root: {
      type: "string",
      describe:
        "With --from: folder to write a root configuration to, with the calls, their modules, a provider for each account and outputs; never over files that are there",
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
      describe:
        "Write nothing; exit with 1 and name the files, and what differs in the module's interface and, where terraform is installed, in what it allows",
    },
    force: {
      type: "boolean",
      default: false,
      describe:
        "Write even where the folder holds files that this program did not write; with --check, they do not count",
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
      "tctl get db,discovery_config | $0 compose --from - --output ./database-access",
      "what the resources of a cluster need",
    ],
    [
      "$0 compose --types all --output ./database-access --check",
      "is the folder what this command gives?",
    ],
  ],
  run: async ({ types, output, root, from, "from-format": format, name, set, ...flags }, io) => {
    if (flags.check && flags["dry-run"]) {
      throw new UserError("--check and --dry-run exclude each other. Give one of them.");
    }
    if (from === undefined && (format !== undefined || root !== undefined)) {
      const flag = format === undefined ? "--root writes" : "--from-format names the format of";
      throw new UserError(`${flag} what --from names. Give --from, too.`);
    }
    if (from !== undefined) {
      const reading = await readRequest(from, format, types ?? [], io);
      const command = fromCommandLine({ ...from, format, types: types ?? [], name, set });
      if (root !== undefined) {
        if (
          flags.check ||
          flags.force ||
          output !== undefined ||
          name !== undefined ||
          set.length > 0
        ) {
          throw new UserError(
            "--root goes with --from, --from-format, --types and --dry-run only. Remove the others: values are set in the root's main.tf.",
          );
        }
        const { composeRoot } = await import("./root");
        return composeRoot(reading, root, `${command} --root ${shellWord(root)}`, flags, io);
      }
      const { callsText } = await import("./reading-text");
      const { types: typesOfMain, defaults } = reading.main;
      return executeWith(
        {
          types: typesOfMain,
          defaults,
          output,
          from: { command, calls: (source) => callsText(reading, source) },
        },
        name,
        set,
        flags,
        io,
      );
    }
    if (types === undefined) {
      if (!io.isInteractive) throw typesMissing();
      if (name !== undefined || set.length > 0) throw typesMissing();
      const { pick } = await import("./pick");
      return execute(await pick(output, io), flags, io);
    }
    return executeWith({ types, defaults: {}, output }, name, set, flags, io);
  },
});

/** {@link execute} with the values of --set and --name over the request's own. */
async function executeWith(
  request: Request,
  name: string | undefined,
  set: readonly string[],
  flags: Flags,
  io: Io,
): Promise<ExitStatus> {
  const { setValues } = await import("../../inputs/set-values");
  const values = setValues(request.types, set);
  if (name !== undefined && values.policy_name !== undefined) throw givenTwice("policy_name");
  const named: Inputs = name === undefined ? {} : { policy_name: name };
  const defaults = { ...request.defaults, ...values, ...named };
  return execute({ ...request, defaults }, flags, io);
}
