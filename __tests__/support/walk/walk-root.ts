/** Calls of modules side by side in one root, changed step by step on an AWS API. */
import * as fs from "node:fs";
import * as path from "node:path";
import { type IAM } from "@aws-sdk/client-iam";
import { compose } from "../../../lib/answers/compose";
import { AwsApi } from "../aws-api";
import type { Call } from "../aws-api/call";
import { losses, type Loss } from "../aws-api/losses";
import { ProviderProcess } from "../provider-process";
import { moduleCall, readFolder, readyModule, TerraformRoot } from "../terraform";
import {
  ACCOUNT,
  type Change,
  type Configuration,
  EXISTING_POLICIES,
  EXISTING_ROLES,
  variablesOf,
} from "./configuration";

/** The outcome of a change of one call. */
export interface StepOutcome {
  readonly call: string;
  readonly kind: string;
  /**
   * - applied: by one apply
   * - refused: by a rule of the module, at plan; the call is as it was
   * - failed: a plan that terraform itself refused, or an apply that ended with an error
   */
  readonly outcome: "applied" | "refused" | "failed";
  /** The messages of a refusal or a failure. */
  readonly messages: readonly string[];
  /** Permissions that were missing for a while, although the plan did not show it. */
  readonly losses: readonly Loss[];
  /** The changes of a second plan. */
  readonly left: readonly PlannedChange[];
}

/** By the call that takes something away, the type of the resource that a plan shows as destroyed. */
const TAKEN_BY: Readonly<Record<string, string>> = {
  DetachRolePolicy: "aws_iam_role_policy_attachment",
  DeletePolicy: "aws_iam_policy",
  DeleteRolePolicy: "aws_iam_role_policy",
  DeleteRole: "aws_iam_role",
};

/** A change of a resource that a plan shows. */
interface PlannedChange {
  readonly call: string;
  readonly action: string;
  readonly address: string;
}

/** The titles of terraform's messages for a module's own rules. */
const RULES = new Set([
  "Invalid value for variable",
  "Resource precondition failed",
  "Module output value precondition failed",
]);

const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});
const POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

/** An error of terraform's, with the call that it is about. */
interface Problem {
  readonly call: string;
  /** True if it is of a rule of the module. */
  readonly isRule: boolean;
  readonly message: string;
}

export class WalkRoot {
  private readonly root = new TerraformRoot({});
  private readonly current = new Map<string, Configuration>();
  /** Every call of the API. */
  private readonly history: Call[] = [];
  private provider: ProviderProcess | undefined;

  private constructor(
    private readonly api: AwsApi,
    private readonly iam: IAM,
  ) {}

  /**
   * Applies the first configurations.
   *
   * @param calls configurations by the name of the call
   * @param delay of the API's, in milliseconds
   * @param seed of the delays
   */
  static async start(
    calls: ReadonlyMap<string, Configuration>,
    { delay, seed }: { readonly delay: number; readonly seed: number },
  ): Promise<WalkRoot> {
    const walk = await AwsApi.start({ delay, seed, account: ACCOUNT }).then(
      async (api) => new WalkRoot(api, await api.client()),
    );
    try {
      walk.root.write({ "main.tf": walk.api.provider });
      walk.root.addModule(
        "service-role",
        new Map(Object.entries(readFolder(readyModule("service-role")))),
      );
      walk.root.init();
      walk.provider = await ProviderProcess.attach(walk.root);
      for (const [call, configuration] of calls) {
        for (const role of EXISTING_ROLES) {
          const RoleName = named(call)(role);
          await walk.iam.createRole({ RoleName, AssumeRolePolicyDocument: TRUST });
        }
        for (const policy of EXISTING_POLICIES) {
          const PolicyName = named(call)(policy);
          await walk.iam.createPolicy({ PolicyName, PolicyDocument: POLICY });
        }
        walk.write(call, configuration);
      }
      walk.root.init();
      walk.root.succeed("apply", "-auto-approve", PARALLELISM);
      return walk;
    } catch (error) {
      walk.dispose();
      throw error;
    }
  }

  /** The current state of each call. */
  get configurations(): ReadonlyMap<string, Configuration> {
    return this.current;
  }

  /**
   * Changes calls, all in one apply.
   *
   * @param changes by call
   * @returns an outcome for each, in the same order
   */
  async step(changes: ReadonlyMap<string, Change>): Promise<readonly StepOutcome[]> {
    const before = new Map(this.current);
    for (const [call, { to }] of changes) this.write(call, to);
    const { refused, planned } = this.planWithoutRefused(before);

    await this.recordCalls();
    const from = this.history.length;
    const applied = this.json("apply", "tfplan");
    const again = this.json("plan");
    const failed = problemsIn([...applied, ...again]);
    const left = changesIn(again);
    await this.recordCalls();
    const lost = losses(this.history, from).filter(
      // Not lost in secret is what the plan showed as destroyed.
      ({ role, after }) =>
        !planned.some(
          ({ call, action, address }) =>
            call === callIn(role) &&
            action !== "create" &&
            address.includes(`.${TAKEN_BY[after.split(" ")[0] ?? ""] ?? "-"}.`),
        ),
    );
    return [...changes].map(([call, { kind }]): StepOutcome => {
      const ofCall = (one: { readonly call: string }): boolean => one.call === call;
      const problems = [...refused, ...failed].filter(ofCall);
      const isRefused = !failed.some(ofCall) && problems.every(({ isRule }) => isRule);
      return {
        call,
        kind,
        outcome: problems.length === 0 ? "applied" : isRefused ? "refused" : "failed",
        messages: problems.map(({ message }) => message),
        losses: lost.filter(({ role }) => callIn(role) === call),
        left: left.filter(ofCall),
      };
    });
  }

  /**
   * Destroys everything.
   *
   * @returns the names of what is left in the API, apart from what was there before
   */
  async destroy(): Promise<readonly string[]> {
    this.root.succeed("destroy", "-auto-approve", PARALLELISM);
    const { Policies = [] } = await this.iam.listPolicies({ Scope: "Local" });
    const { Roles = [] } = await this.iam.listRoles({});
    const { InstanceProfiles = [] } = await this.iam.listInstanceProfiles({});
    const calls = [...this.current.keys()];
    const existing = new Set(
      calls.flatMap((call) => [...EXISTING_ROLES, ...EXISTING_POLICIES].map(named(call))),
    );
    return [
      ...Policies.map(({ PolicyName = "" }) => PolicyName),
      ...Roles.map(({ RoleName = "" }) => RoleName),
      ...InstanceProfiles.map(({ InstanceProfileName = "" }) => InstanceProfileName),
    ].filter((name) => !existing.has(name));
  }

  dispose(): void {
    this.provider?.stop();
    this.api.stop();
  }

  private write(call: string, configuration: Configuration): void {
    this.current.set(call, configuration);
    const files = moduleFiles(configuration);
    fs.rmSync(path.join(this.root.folder, call), { recursive: true, force: true });
    this.root.addModule(call, files);
    this.root.write({ [`${call}.tf`]: named(call)(rootText(configuration)) });
  }

  /**
   * Plans what can be: a call that is refused is put back as it was.
   *
   * @returns what was refused, and what the plan of the others destroys or replaces
   */
  private planWithoutRefused(before: ReadonlyMap<string, Configuration>): {
    readonly refused: readonly Problem[];
    readonly planned: readonly PlannedChange[];
  } {
    const all: Problem[] = [];
    for (;;) {
      // A change can add a call, of the service role for example.
      this.root.succeed("get");
      const events = this.json("plan", "-out=tfplan", "-refresh=false");
      const problems = problemsIn(events);
      if (problems.length === 0) return { refused: all, planned: changesIn(events) };
      for (const { call } of problems) {
        const previous = before.get(call);
        if (previous === undefined || all.some((problem) => problem.call === call)) {
          throw new Error(`${call} cannot be planned as it was:\n${JSON.stringify(problems)}`);
        }
        this.write(call, previous);
      }
      all.push(...problems);
    }
  }

  /** The report of terraform, line by line. */
  private json(command: string, ...args: readonly string[]): readonly Event[] {
    const { status, stdout, stderr } = this.root.run(command, "-json", PARALLELISM, ...args);
    const events = stdout
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as Event);
    const errors = events.some(
      (event) => event.type === "diagnostic" && event.diagnostic.severity === "error",
    );
    if (status !== 0 && !errors) throw new Error(`terraform ${command}:\n${stdout}\n${stderr}`);
    return events;
  }

  private async recordCalls(): Promise<void> {
    this.history.push(...(await this.api.calls(this.history.length)));
  }
}

/** The calls of the API are slow: many at a time, as a root has many resources. */
const PARALLELISM = "-parallelism=30";

/** A diagnostic as `terraform plan -json` gives it. */
interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
  readonly range?: { readonly filename: string };
}

/** @see https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
type Event =
  | { readonly type: "diagnostic"; readonly diagnostic: Diagnostic }
  | {
      readonly type: "planned_change";
      readonly change: {
        readonly action: string;
        readonly resource: { readonly addr: string; readonly module: string };
      };
    }
  | { readonly type: "other" };

/** The call that an address, a file or a name in AWS belongs to: all calls are called walk-<number>. */
function callIn(text: string): string {
  return /walk-\d+/.exec(text)?.[0] ?? "";
}

function changesIn(events: readonly Event[]): readonly PlannedChange[] {
  return events.flatMap((event) => {
    if (event.type !== "planned_change" || event.change.action === "move") return [];
    const { action, resource } = event.change;
    const call = callIn(resource.module);
    return call === "" ? [] : [{ call, action, address: resource.addr }];
  });
}

function problemsIn(events: readonly Event[]): readonly Problem[] {
  return events.flatMap((event) => {
    if (event.type !== "diagnostic" || event.diagnostic.severity !== "error") return [];
    const { summary, detail, address = "", range } = event.diagnostic;
    // Of what is deleted, terraform names no place; its name begins with the call's.
    const call = callIn(address) || callIn(range?.filename ?? "") || callIn(summary);
    if (call === "") throw new Error(`An error of no call: ${summary}\n${detail}`);
    const text = `${summary}: ${detail.replace(/\n\nThis was checked by .*$/s, "")}`;
    const isRule = RULES.has(summary);
    return [{ call, isRule, message: text.replaceAll(call, "{name}") }];
  });
}

/** Puts the name of a call into an expression. */
function named(call: string): (text: string) => string {
  return (text) => text.replaceAll("{name}", call);
}

/** The calls of a configuration, with `{name}` for the call's name. */
function rootText(configuration: Configuration): string {
  const { values, roles, moved, serviceRole } = configuration;
  const variables = variablesOf(configuration);
  const given = Object.entries(values).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && variables.has(entry[0]),
  );
  const account = { aws_account_id: `"${ACCOUNT}"` };
  const attached = Object.entries(roles).map(([key, role]) => `${key} = ${role}`);
  const attachment = (key: string): string =>
    `module.{name}.aws_iam_role_policy_attachment.database_access["${key}"]`;
  return [
    moduleCall("{name}", "./{name}", {
      ...account,
      ...Object.fromEntries(given),
      attach_to_roles: `{ ${attached.join(", ")} }`,
    }),
    ...moved.map(
      ([from, to]) => `moved {\n  from = ${attachment(from)}\n  to   = ${attachment(to)}\n}\n`,
    ),
    serviceRole === undefined
      ? ""
      : moduleCall("{name}-service", "./service-role", {
          ...account,
          ...Object.fromEntries(
            Object.entries(serviceRole).filter(
              (entry): entry is [string, string] => entry[1] !== undefined,
            ),
          ),
        }),
  ].join("\n");
}

/** The files of the configuration's module, by name. */
function moduleFiles({ types, ready }: Configuration): ReadonlyMap<string, string> {
  const [type = ""] = types;
  const files = ready ? Object.entries(readFolder(readyModule(type))) : [...compose({ types })];
  return new Map(files.filter(([name]) => /^[^/]*\.tf\.json$/.test(name)));
}
