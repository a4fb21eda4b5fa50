import { block, expression, moduleCall } from "../files/module-call";
import type { ModuleCall } from "../teleport/module-call";
import type { ConfigurationReading } from "./read-teleport-configuration";
import { list, quote } from "../text/hcl";

/** A root configuration, and the folders of the modules that it calls. */
export interface RootFiles {
  /** The root's own files, by name. */
  readonly files: ReadonlyMap<string, string>;
  /** A call of each module, by the module's folder. */
  readonly folders: ReadonlyMap<string, ModuleCall>;
}

/** The region of the provider of a call's account: IAM is the same in all regions of a partition. */
function regionOf({ defaults: { aws_partition: partition } }: ModuleCall): string {
  if (partition === "aws-cn") return "cn-north-1";
  return partition === "aws-us-gov" ? "us-gov-west-1" : "us-east-1";
}

/** The arguments of a call, in the order in which they are written: the account, then the rest. */
export function inputsOf({ defaults, call }: ModuleCall): Readonly<Record<string, string>> {
  const own = Object.entries(defaults).map(
    ([name, value]) => [name, expression(value, "  ")] as const,
  );
  return { aws_account_id: "", ...Object.fromEntries(own), ...call };
}

function comment(lines: readonly string[]): string[] {
  return lines.map((line) => `# ${line}`);
}

/** The name of the folder of a call's module. */
export function folderName({ module, name }: ModuleCall): string {
  return module === "database-access" ? name.replaceAll("_", "-") : module;
}

/** The folder of a call's module. Calls for the same types share one. */
function folderOf(call: ModuleCall, modules: readonly ModuleCall[]): string {
  const isSame = ({ module, types }: ModuleCall) =>
    module === call.module && types.join() === call.types.join();
  return `modules/${folderName(modules.find(isSame) ?? call)}`;
}

function callText(call: ModuleCall, folder: string): string {
  const { name, purpose, missing, open } = call;
  return [
    ...comment([
      purpose,
      ...missing.map((each) => `Missing: ${each}.`),
      ...open.map((each) => `Stays open: ${each}.`),
    ]),
    moduleCall(name, `./${folder}`, inputsOf(call), `aws.${call.alias}`),
  ].join("\n");
}

const REQUIREMENTS = `terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.0" }
  }
}`;

function providers(modules: readonly ModuleCall[]): string {
  const byAlias = new Map(modules.map((call) => [call.alias, call] as const));
  const ofAccounts = [...byAlias].map(([alias, call]) => {
    const provider = block('provider "aws"', {
      alias: quote(alias),
      region: quote(regionOf(call)),
      allowed_account_ids: list([inputsOf(call).aws_account_id ?? ""]),
    });
    return `# Add the credentials for this account: profile, or assume_role.\n${provider}`;
  });
  return [REQUIREMENTS, ...ofAccounts].join("\n\n");
}

/** Outputs of each kind of module that Teleport's configuration or a person needs. */
const OUTPUTS: Readonly<Record<ModuleCall["module"], Readonly<Record<string, string>>>> = {
  "service-role": {
    role_arn: "The ARN of the role.",
    teleport_token_rules:
      "For spec.allow of a join token: lets agents with this role join the cluster.",
  },
  "access-role": {
    teleport_database_aws: "The aws settings of the databases that are reached through this role.",
  },
  "database-access": { policy_arn: "The ARN of the policy." },
};

function outputs(modules: readonly ModuleCall[]): string {
  return modules
    .flatMap(({ module, name, defaults }) =>
      Object.entries(OUTPUTS[module])
        .filter(() => defaults.create_policy !== false)
        .map(([output, description]) =>
          block(`output ${quote(`${name}_${output}`)}`, {
            description: quote(description),
            value: `module.${name}.${output}`,
          }),
        ),
    )
    .join("\n\n");
}

/**
 * A root configuration with the calls that a configuration implies, one provider for each account,
 * variables for what no file has, and outputs.
 */
export function rootFiles({
  modules,
  variables,
  command,
}: Pick<ConfigurationReading, "modules" | "variables"> & { readonly command: string }): RootFiles {
  const head = comment([
    `Created by: ${command}`,
    "Edit this file as you like: later runs do not change it.",
  ]).join("\n");
  const contents: Readonly<Record<string, string>> = {
    "main.tf": modules.map((call) => callText(call, folderOf(call, modules))).join("\n\n"),
    "outputs.tf": outputs(modules),
    "providers.tf": providers(modules),
    "variables.tf": variables
      .map(({ name, description }) =>
        block(`variable ${quote(name)}`, { description: quote(description), type: "string" }),
      )
      .join("\n\n"),
  };
  const files = Object.entries(contents)
    .filter(([, content]) => content !== "")
    .map(([name, content]) => [name, `${head}\n\n${content}\n`] as const);
  const folders = modules.map((call) => [folderOf(call, modules), call] as const);
  return { files: new Map(files), folders: new Map(folders) };
}
