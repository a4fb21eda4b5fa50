import type { InferredOptionTypes, Options } from "yargs";
import { chosenModule, type ModuleChoice } from "../../answers/choice";
import { selectTypes } from "../../catalog/select-types";
import { shellLine } from "../../files/command-line";
import { writeFolder } from "../../files/folder";
import { exampleCall } from "../../files/module-call";
import { type Inputs, parseAssignments } from "../../inputs/assignments";
import { type RoleModuleName, roleModules } from "../../inputs/module-definition";
import { formats } from "../../teleport/read";
import { givenTwice, UserError } from "../../text/user-error";
import { command, setOption, typesMissing, typesOption } from "../command";
import { exitStatus, type ExitStatus, type Io } from "../io";
import { readBounded, STANDARD_INPUT } from "../read-bounded";
import { check } from "./check";
import {
  type ConfigurationReading,
  readTeleportConfiguration,
} from "../../answers/read-teleport-configuration";
import { callsText, readingText } from "./reading-text";

type Request = ModuleChoice & {
  readonly defaults?: Inputs;
  /** Teleport's configuration that the module is for, if it was read. */
  readonly reading?: ConfigurationReading;
};

const ROLE_MODULES = Object.keys(roleModules) as RoleModuleName[];

const options = {
  types: typesOption,
  module: {
    choices: ROLE_MODULES,
    conflicts: ["types", "from", "name"],
    describe: "Write a module that makes a role, instead of one for database types",
  },
  output: { type: "string", describe: "Folder to write the module to" },
  from: {
    type: "string",
    // Not "array": yargs takes no lone "-" into one.
    coerce: (given: string | readonly string[]): readonly string[] => [given].flat(),
    describe:
      "Teleport's configuration: teleport.yaml, values of the Helm chart, a manifest, tctl's resources or terraform show -json; - is the standard input. Can be given several times. The module gets the permissions that this configuration needs. With --types, add the types of databases that are registered elsewhere",
  },
  "from-format": {
    choices: formats,
    describe: "Format of the --from files (default: detected from the content)",
  },
  root: {
    type: "string",
    conflicts: ["output", "name", "set", "check", "force"],
    describe:
      "With --from: folder to write a root configuration to, with the calls, their modules, a provider for each account and outputs; existing files are never replaced",
  },
  name: {
    type: "string",
    describe: "Default of the module's policy_name, the name of the IAM policy",
  },
  set: {
    ...setOption,
    describe: `Default of a module's variable: ${setOption.describe}`,
  },
  "dry-run": {
    type: "boolean",
    describe: "List the files and their sizes, and write nothing",
  },
  check: {
    type: "boolean",
    conflicts: "dry-run",
    describe:
      "Write nothing; exit with 1 if the folder differs from what this command writes, and list the files and the changes of the module's interface",
  },
  force: {
    type: "boolean",
    describe:
      "Write beside files that this program did not write, and replace none. With --check, ignore them",
  },
} as const satisfies Readonly<Record<string, Options>>;

type Arguments = InferredOptionTypes<typeof options>;

/** The calls of a root configuration, without the variables for which the module has a default. */
function usage(output: string, { module, reading }: Request, defaults: Inputs): string {
  const source = /^(\/|\.\.?\/)/.test(output) ? output : `./${output}`;
  if (reading !== undefined) return callsText(reading, source);
  return exampleCall(module ?? "database-access", source, (input) => defaults[input] !== undefined);
}

/** Composes, then lists, compares or writes, whichever was asked for. */
async function execute(request: Request, args: Arguments, io: Io): Promise<ExitStatus> {
  const { output, force, check: isCheck, "dry-run": isDryRun } = args;
  const { types = [], reading } = request;
  const defaults = { ...request.defaults, ...givenValues(request, args) };
  for (const { given, taken } of types.length === 0 ? [] : selectTypes(types).aliases) {
    io.stderr(`Using ${taken} for ${given}.\n`);
  }
  if (output === undefined && isDryRun !== true) {
    throw new UserError("Name the folder to write the module to: --output ./database-access");
  }
  // Only a run that composes takes the time to load the renderer.
  const { compose } = await import("../../answers/compose");
  const command = reading === undefined ? undefined : commandOf(args);
  const files = compose({ ...request, defaults, command });
  if (output === undefined || isDryRun === true) {
    for (const [name, content] of files) {
      io.stdout(`${String(Buffer.byteLength(content)).padStart(8)} bytes  ${name}\n`);
    }
    return exitStatus.ok;
  }
  if (isCheck === true) return check(output, files, force, io);
  io.stderr(
    writeFolder(output, files, force).length === 0
      ? `${output} is up to date.\n`
      : `Wrote the module to ${output}: ${[...files.keys()].join(", ")}.\n\nCall it from your root configuration:\n\n${usage(output, request, defaults)}\n`,
  );
  return exitStatus.ok;
}

/** Returns the calls that Teleport's configuration needs, and prints a summary of its files. */
async function read(
  files: readonly string[],
  { types = [], "from-format": format }: Arguments,
  io: Io,
): Promise<ConfigurationReading> {
  const inputs = [];
  for (const file of files) {
    const { text } = await readBounded(file);
    inputs.push({ file: file === STANDARD_INPUT ? "standard input" : file, text });
  }
  const reading = readTeleportConfiguration(inputs, types, format);
  const names = inputs.map(({ file }) => file);
  io.stderr(readingText(names, reading));
  return reading;
}

/** The command that reads the same files again, and does not repeat their content. */
function commandOf({ from, "from-format": format, types, name, set, root }: Arguments): string {
  const again = { from, "from-format": format, types: types?.join(","), name, set, root };
  const words = Object.entries(again).flatMap(([flag, value = []]) =>
    [value].flat().flatMap((each) => [`--${flag}`, each]),
  );
  return shellLine(["teleport-db-iam", "compose", ...words]);
}

function givenValues(choice: ModuleChoice, { name, set = [] }: Arguments): Inputs {
  const values = parseAssignments(chosenModule(choice), set);
  if (name === undefined) return values;
  if (values.policy_name !== undefined) throw givenTwice("policy_name");
  return { ...values, policy_name: name };
}

/** `compose`: writes one module for any combination of database types. */
export const composeCommand = command({
  name: "compose",
  describe: "Write one Terraform module for any combination of database types",
  options,
  examples: [
    ["$0 compose", "choose types and switches on a terminal"],
    ["$0 compose --types rds,redshift --output ./database-access", "one module for two types"],
    ["$0 compose --module service-role --output ./service-role", "the Database Service's role"],
    [
      "$0 compose --types rds --set aws_account_id=123456789012 --set rds_auto_enable_iam_auth=false --output ./rds",
      "with defaults of your own",
    ],
    [
      "$0 compose --from /etc/teleport.yaml --output ./database-access",
      "the permissions that Teleport's configuration needs",
    ],
    [
      "tctl get db,discovery_config | $0 compose --from - --output ./database-access",
      "the permissions that a cluster's resources need",
    ],
    [
      "$0 compose --types all --output ./database-access --check",
      "check that the folder is up to date",
    ],
  ],
  run: async (args, io) => {
    const { types, module, output, root, from } = args;
    if (from === undefined && (args["from-format"] ?? root) !== undefined) {
      throw new UserError("--root and --from-format need --from. Add --from teleport.yaml.");
    }
    if (module !== undefined) return execute({ module }, args, io);
    if (from !== undefined) {
      const reading = await read(from, args, io);
      if (root === undefined) return execute({ ...reading.main, reading }, args, io);
      const { composeRoot } = await import("./root");
      return composeRoot(reading, root, commandOf(args), args["dry-run"] === true, io);
    }
    if (types !== undefined) return execute({ types }, args, io);
    if (!io.isInteractive || (args.name ?? args.set) !== undefined) throw typesMissing();
    const { pick } = await import("./pick");
    const picked = await pick(output, io);
    return execute(picked, { ...args, output: picked.output }, io);
  },
});
