/** The modules and the examples, applied to moto's AWS API: created, unchanged, changed, destroyed. */
import { spawnSync } from "node:child_process";
import {
  CreateRoleCommand,
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListInstanceProfilesCommand,
  ListPoliciesCommand,
  ListRolesCommand,
} from "@aws-sdk/client-iam";
import { databaseTypes } from "../../lib/catalog";
import { compose } from "../../lib/answers/compose";
import { exampleNames, writeExample } from "../support/examples";
import { Moto } from "../support/moto";
import {
  moduleCall,
  type Plan,
  PROJECT,
  readFolder,
  readyModule,
  TerraformRoot,
} from "../support/terraform";
import { describeWithMoto } from "../support/tools";

const names = databaseTypes.map(({ name }) => name);
const account = { aws_account_id: '"123456789012"' };
/** Examples with two accounts. */
const crossAccount = [
  "cross-account-access-role",
  "cross-account-user-roles",
  "eks-pod-identity-target-role",
];
const databasesOf = (name: string): string => `${name}, databases`;

/** Servers of roles that AWS's own managed policies are attached to. */
const attachingManagedPolicies = ["single-account", databasesOf("cross-account-user-roles")];

/** A role that is there before the modules are applied, and after they are destroyed. */
const EXISTING_ROLE = "teleport-db-service-role";

/** The resources of a state, each with the server that has it. */
interface StateResource {
  readonly type: string;
  readonly address: string;
  readonly values: Readonly<Record<string, unknown>>;
}

describeWithMoto()("applied to an AWS API", () => {
  const servers = new Map<string, Moto>();
  let root: TerraformRoot;

  beforeAll(async () => {
    // A server each, so that roles of the same name do not meet.
    const serverNames = ["modules", "composed", ...exampleNames, ...crossAccount.map(databasesOf)];
    await Promise.all(
      serverNames.map(async (name) => {
        const managedPolicies = attachingManagedPolicies.includes(name);
        // In the examples with two accounts, the Database Service has the other one.
        const account = crossAccount.includes(name) ? "210987654321" : "123456789012";
        servers.set(name, await Moto.start({ managedPolicies, account }));
      }),
    );
    for (const name of ["modules", "composed", "least-privilege", "managed-users-with-kms"]) {
      await client(name).send(
        new CreateRoleCommand({ RoleName: EXISTING_ROLE, AssumeRolePolicyDocument: "{}" }),
      );
    }
    root = new TerraformRoot({});
    const all = root.addModule("all", compose({ types: ["all"] }));
    for (const name of exampleNames) {
      const databases = crossAccount.includes(name) ? databasesOf(name) : name;
      writeExample(root, name, server(name).provider, server(databases).provider);
    }
    const attached = { ...account, attach_to_roles: `{ service = "${EXISTING_ROLE}" }` };
    root.write({
      "main.tf": [
        server("modules").provider,
        server("composed").provider.replace("{", '{\n  alias = "composed"'),
        ...names.map((name) =>
          moduleCall(name, readyModule(name), {
            ...attached,
            ...userRolesOf([name]),
          }),
        ),
        'variable "rds_fetch_metadata" {\n  default = true\n}\n',
        moduleCall("all", all, {
          ...attached,
          providers: "{ aws = aws.composed }",
          ...userRolesOf(names),
          create_access_role: "true",
          create_permissions_boundary: "true",
          split_policy_by_type: "true",
          rds_fetch_metadata: "var.rds_fetch_metadata",
        }),
        moduleCall("discovery", readyModule("rds"), {
          ...account,
          policy_name: '"DatabaseDiscovery"',
          services: '["discovery"]',
          create_service_role: "true",
          service_role_name: '"teleport-discovery"',
          service_role_trust: '"oidc-integration"',
          create_teleport_oidc_provider: "true",
          teleport_proxy_address: '"example.teleport.sh"',
          teleport_oidc_thumbprints: '["0123456789abcdef0123456789abcdef01234567"]',
        }),
        ...exampleNames.map((name) => moduleCall(name, `./examples/${name}`, {})),
      ].join("\n"),
    });
    root.init();
    root.succeed("apply", "-auto-approve", "-parallelism=20");
  });

  afterAll(() => {
    root.dispose();
    for (const running of servers.values()) running.stop();
  });

  test("AWS has the documents that terraform has", async () => {
    const resources = stateResources();
    const seen = new Map<string, number>();
    for (const { type, address, values } of resources) {
      const iam = client(serverOf(address));
      seen.set(type, (seen.get(type) ?? 0) + 1);
      switch (type) {
        case "aws_iam_policy":
          expect(await policyDocument(iam, values.arn as string)).toEqual(json(values.policy));
          break;
        case "aws_iam_role": {
          const { Role } = await iam.send(new GetRoleCommand({ RoleName: values.name as string }));
          expect(decoded(Role?.AssumeRolePolicyDocument)).toEqual(json(values.assume_role_policy));
          break;
        }
        case "aws_iam_role_policy": {
          const { PolicyDocument } = await iam.send(
            new GetRolePolicyCommand({
              RoleName: values.role as string,
              PolicyName: values.name as string,
            }),
          );
          expect(decoded(PolicyDocument)).toEqual(json(values.policy));
          break;
        }
        case "aws_iam_role_policy_attachment": {
          const { AttachedPolicies = [] } = await iam.send(
            new ListAttachedRolePoliciesCommand({ RoleName: values.role as string }),
          );
          expect(AttachedPolicies.map(({ PolicyArn }) => PolicyArn)).toContain(values.policy_arn);
          break;
        }
        case "aws_iam_policy_attachment":
          for (const role of values.roles as string[]) {
            const { AttachedPolicies = [] } = await iam.send(
              new ListAttachedRolePoliciesCommand({ RoleName: role }),
            );
            expect(AttachedPolicies.map(({ PolicyArn }) => PolicyArn)).toContain(values.policy_arn);
          }
          break;
        case "aws_iam_openid_connect_provider": {
          const provider = await iam.send(
            new GetOpenIDConnectProviderCommand({
              OpenIDConnectProviderArn: values.arn as string,
            }),
          );
          expect(provider).toMatchObject({
            Url: "example.teleport.sh",
            ClientIDList: ["discover.teleport"],
          });
          break;
        }
        default:
          expect(["aws_iam_instance_profile", "terraform_data"]).toContain(type);
      }
    }
    expect([...seen.keys()].sort()).toEqual([
      "aws_iam_instance_profile",
      "aws_iam_openid_connect_provider",
      "aws_iam_policy",
      "aws_iam_policy_attachment",
      "aws_iam_role",
      "aws_iam_role_policy",
      "aws_iam_role_policy_attachment",
      "terraform_data",
    ]);
  });

  test("a second plan changes nothing", () => {
    expect(changes(root.plan())).toEqual([]);
  });

  test("a changed input touches the one policy that it is about", () => {
    expect(changes(root.plan("-var", "rds_fetch_metadata=false"))).toEqual([
      ['module.all.aws_iam_policy.further["rds"]', ["update"]],
      // The boundary allows the actions of the policy, and no more.
      ["module.all.aws_iam_policy.permissions_boundary[0]", ["update"]],
    ]);
  });

  test("destroying leaves nothing", async () => {
    root.succeed("destroy", "-auto-approve", "-parallelism=20");
    for (const name of servers.keys()) {
      const iam = client(name);
      const { Policies } = await iam.send(new ListPoliciesCommand({ Scope: "Local" }));
      const { Roles = [] } = await iam.send(new ListRolesCommand({}));
      const { InstanceProfiles } = await iam.send(new ListInstanceProfilesCommand({}));
      expect([name, Policies, InstanceProfiles]).toEqual([name, [], []]);
      expect(Roles.filter(({ RoleName }) => RoleName !== EXISTING_ROLE)).toEqual([]);
    }
  });

  function server(name: string): Moto {
    const found = servers.get(name);
    if (found === undefined) throw new Error(`no server ${name}`);
    return found;
  }

  function client(name: string): IAMClient {
    return iamClient(server(name));
  }

  /** The server of a resource, by the module call that it belongs to. */
  function serverOf(address: string): string {
    const [, call = "", , inner] = address.split(".");
    if (call === "all") return "composed";
    if (!exampleNames.includes(call)) return "modules";
    return inner === "databases" ? databasesOf(call) : call;
  }

  function stateResources(): StateResource[] {
    interface StateModule {
      readonly resources?: readonly StateResource[];
      readonly child_modules?: readonly StateModule[];
    }
    const state = JSON.parse(root.succeed("show", "-json")) as {
      values: { root_module: StateModule };
    };
    const collect = (module: StateModule): StateResource[] => [
      ...(module.resources ?? []),
      ...(module.child_modules ?? []).flatMap(collect),
    ];
    return collect(state.values.root_module);
  }
});

describeWithMoto()("upgrading from the modules of the previous commit", () => {
  const previous = previousModules();
  const upgrade = previous === undefined ? test.skip : test;

  upgrade("replaces and destroys nothing", async () => {
    if (previous === undefined) throw new Error("unreachable");
    const moto = await Moto.start();
    const root = new TerraformRoot(previous);
    try {
      const types = names.filter((name) => `modules/${name}/main.tf.json` in previous);
      root.write({
        "main.tf": [
          moto.provider,
          ...types.map((name) =>
            moduleCall(name, `./modules/${name}`, {
              ...account,
              ...userRolesOf([name]),
              create_access_role: "true",
              access_role_name: JSON.stringify(`access-${name}`),
              create_permissions_boundary: "true",
            }),
          ),
        ].join("\n"),
      });
      root.init();
      root.succeed("apply", "-auto-approve", "-parallelism=20");
      for (const name of types) {
        for (const [file, content] of Object.entries(readFolder(readyModule(name)))) {
          root.write({ [`modules/${name}/${file}`]: content });
        }
      }
      root.init();
      const destroyed = changes(root.plan()).filter(([, actions]) => actions.includes("delete"));
      expect(destroyed).toEqual([]);
    } finally {
      root.dispose();
      moto.stop();
    }
  });
});

/** The files of modules/ at the commit before this one; without history, one visible line. */
function previousModules(): Record<string, string> | undefined {
  const git = (...args: readonly string[]): string =>
    spawnSync("git", args, { cwd: PROJECT, encoding: "utf8" }).stdout;
  const files = git("ls-tree", "-r", "--name-only", "HEAD~1", "modules/").split("\n");
  if (files.length < 2) {
    process.stderr.write("SKIPPED: there is no previous commit, so no upgrade is tested here.\n");
    return undefined;
  }
  return Object.fromEntries(
    files
      .filter((file) => file.endsWith(".tf.json"))
      .map((file) => [file, git("show", `HEAD~1:${file}`)]),
  );
}

/** The database-user roles of types, as the reference page names them, created. */
function userRolesOf(types: readonly string[]): Record<string, string> {
  const roles = databaseTypes.flatMap(({ name, userRole }) =>
    types.includes(name) && userRole !== undefined
      ? [
          [
            `${name.replaceAll("-", "_")}_user_role_names`,
            JSON.stringify([userRole.defaultName]),
          ] as const,
        ]
      : [],
  );
  return roles.length === 0 ? {} : { create_user_roles: "true", ...Object.fromEntries(roles) };
}

function iamClient(moto: Moto): IAMClient {
  return new IAMClient({
    endpoint: moto.url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
}

async function policyDocument(iam: IAMClient, arn: string): Promise<unknown> {
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: arn }));
  const { PolicyVersion } = await iam.send(
    new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: Policy?.DefaultVersionId }),
  );
  return decoded(PolicyVersion?.Document);
}

/** A document as IAM's API gives it. */
function decoded(document: string | undefined): unknown {
  return JSON.parse(decodeURIComponent(document ?? ""));
}

function json(text: unknown): unknown {
  return JSON.parse(text as string);
}

/** What a plan does, apart from nothing. */
function changes(plan: Plan): [string, readonly string[]][] {
  return (plan.resource_changes ?? [])
    .filter(({ change }) => change.actions.some((action) => action !== "no-op"))
    .map(({ address, change }) => [address, change.actions]);
}
