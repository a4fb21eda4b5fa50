/**
 * Parts of a plan beside documents: formats, the order of replacements, accounts, drift,
 * provisioners.
 */
import { renderers, reviewPlan } from "../../lib/review";
import { Hole, filled } from "../../lib/review/plan/partial-document";
import {
  attachment,
  inlinePolicy,
  planned,
  type PlannedResource,
  planOfResources,
  review,
  role,
  same,
  who,
} from "../support/iam-plan";
import { allow, deny, document } from "../support/policy-documents";

const READ = allow("s3:GetObject", "arn:aws:s3:::logs/*");
const DELETE = allow("s3:DeleteObject", "arn:aws:s3:::logs/*");
const NO_DELETE = deny("s3:Delete*", "*");
const DENY_ALL = "arn:aws:iam::aws:policy/AWSDenyAll";
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

type Json = Record<string, unknown>;
const parsed = (...resources: readonly PlannedResource[]): Json =>
  JSON.parse(planOfResources(resources)) as Json;
const reviewJson = (plan: Json): ReturnType<typeof reviewPlan> =>
  reviewPlan(JSON.stringify(plan), "plan");

const changed = [
  role("app", { inline: { a: document(READ) } }),
  inlinePolicy("app", "a", document(READ), document(READ, DELETE)),
];

describe("formats", () => {
  test.each(["0.1", "0.2", "1.0", "1.2"])("%s is read", (format_version) => {
    expect(reviewJson({ ...parsed(...changed), format_version }).verdict).toBe("broadened");
  });

  test("another one is refused", () => {
    expect(() => reviewJson({ ...parsed(), format_version: "2.0" })).toThrow(
      'Its format_version is "2.0"; this version supports 0.1, 0.2 and 1.x.',
    );
  });

  test("null stands for no module, key or previous address", () => {
    const plan = parsed(...changed);
    const none = { module_address: null, previous_address: null, index: null };
    const resource_changes = (plan.resource_changes as Json[]).map((one) => ({ ...one, ...none }));
    expect(reviewJson({ ...plan, resource_changes }).verdict).toBe("broadened");
  });

  test.each([
    ["its first line", "[command]/usr/local/bin/terraform-bin show -json tfplan\n{}"],
    ["its last lines", "{}\n::debug::Terraform exited with code 0.\n::debug::stdout: {}"],
  ])("the wrapper of setup-terraform is recognised by %s", (_, text) => {
    expect(() => reviewPlan(text, "plan")).toThrow("Set terraform_wrapper: false in that step.");
  });
});

describe("a replacement that creates first", () => {
  const members = { name: "team", group: "team", users: ["ann"] };
  const [all, guard] = [document(DELETE), document(NO_DELETE)];

  test.each<[string, PlannedResource, PlannedResource[]]>([
    [
      "attachment of a Deny",
      attachment("app", DENY_ALL, "both"),
      [role("app", { attached: [DENY_ALL], inline: { a: document(READ) } })],
    ],
    [
      "inline policy",
      inlinePolicy("app", "a", guard, guard),
      [role("app", { inline: { a: guard, b: all } })],
    ],
    [
      "membership",
      same("aws_iam_group_membership", members),
      [
        inlinePolicy("team", "own", guard, guard, "group"),
        inlinePolicy("ann", "own", all, all, "user"),
      ],
    ],
  ])("deletes the same %s afterwards", (_, resource, others) => {
    const report = review({ ...resource, actions: ["create", "delete"] }, ...others);
    expect(report.verdict).toBe("broadened");
  });
});

test("what is forgotten and created again is there twice", () => {
  const policy = inlinePolicy("app", "a", document(READ), document(DELETE));
  const report = review(role("app", { inline: { a: document(READ) } }), {
    ...policy,
    after: { ...policy.after, name: "b" },
    actions: ["forget", "create"],
  });
  expect(who(report)).toEqual(["role app: broadened"]);
  expect(report.narrows).toBe(false);
});

test("managed_policy_arns that change in a plan without configuration", () => {
  const own = role("app", { attached: [] });
  const after = { ...own.after, managed_policy_arns: [ADMINISTRATOR] };
  const plan = parsed({ ...own, after });
  Reflect.deleteProperty(plan, "configuration");
  expect(reviewJson(plan).verdict).toBe("broadened");
});

describe("one provider configuration for several accounts", () => {
  const inAccount = (account: string, key: string, resource: PlannedResource): PlannedResource => ({
    ...(JSON.parse(
      JSON.stringify(resource).replaceAll("111122223333", account),
    ) as PlannedResource),
    name: "keyed",
    index: key,
    provider: "aws.by_account",
  });
  const [ONE, OTHER] = ["444455556666", "777788889999"];

  test("has the accounts of its keys, and the report names them", () => {
    const [old, wide] = [document(READ), document(READ, DELETE)];
    const report = review(
      inAccount(ONE, "one", role("app", { inline: { a: old } })),
      inAccount(ONE, "one", inlinePolicy("app", "a", old, wide)),
      inAccount(OTHER, "other", role("app", { inline: { a: wide } })),
      inAccount(OTHER, "other", inlinePolicy("app", "a", wide, wide)),
    );
    expect(report.access.map(({ name, account, verdict }) => [name, account, verdict])).toEqual([
      ["app", ONE, "broadened"],
    ]);
  });
});

describe("changes outside of Terraform", () => {
  const drifted = (arns: readonly string[], ...resources: readonly PlannedResource[]): Json => {
    const own = role("app", { attached: [...arns] });
    const [drift] = parsed({ ...own, before: { ...own.before, managed_policy_arns: [] } })
      .resource_changes as Json[];
    return { ...parsed(own, ...resources), resource_drift: [drift] };
  };

  test("that give a role a policy are named, and are not called safe", () => {
    const report = reviewJson(drifted([ADMINISTRATOR]));
    expect(report.verdict).toBe("unknown");
    expect(report.items).toMatchObject([
      { kind: "changed outside of Terraform", reasons: [expect.stringContaining(ADMINISTRATOR)] },
    ]);
  });

  test("that the state of a role does not list are named", () => {
    const { before, ...own } = role("app", { attached: [] });
    const [drift] = parsed({ ...own, before, after: { ...before, managed_policy_arns: null } })
      .resource_changes as Json[];
    const report = reviewJson({ ...parsed({ ...own, before }), resource_drift: [drift] });
    expect(report).toMatchObject({
      verdict: "unknown",
      items: [{ reasons: [expect.stringContaining("policies that the plan does not show")] }],
    });
  });

  test("that a resource of the plan made are none", () => {
    const plan = drifted([ADMINISTRATOR], attachment("app", ADMINISTRATOR, "both"));
    expect(reviewJson(plan)).toMatchObject({ verdict: "unchanged", items: [] });
  });
});

describe("a provisioner", () => {
  const running = (command: string): Json => {
    const plan = parsed(planned("terraform_data", null, {}));
    const provisioners = [
      { type: "local-exec", expressions: { command: { constant_value: command } } },
    ];
    const resources = [{ address: "terraform_data.x", provisioners }];
    return { ...plan, configuration: { root_module: { resources } } };
  };

  test("that calls the AWS command is named", () => {
    const report = reviewJson(
      running("cd x && aws --profile a iam attach-role-policy --role-name b"),
    );
    const reasons = ["It runs aws iam attach-role-policy, which is not compared."];
    expect(report).toMatchObject({ verdict: "unknown", items: [{ kind: "provisioner", reasons }] });
  });

  test("that calls another one is not", () => {
    expect(reviewJson(running("./draws iam a")).verdict).toBe("unchanged");
  });
});

test("characters that are not seen are shown by their code", () => {
  const unseen = ["\u3164", "\u115F", "\u034F", "\uFE0F", "\u2800", "\u{E0100}"];
  const name = `app${unseen.join("")}`;
  const report = review(
    role(name, { inline: { a: document(READ) } }),
    inlinePolicy(name, "a", document(READ), document(READ, DELETE)),
  );
  for (const format of ["markdown", "text", "json"] as const) {
    const shown = renderers[format](report);
    expect(unseen.filter((character) => shown.includes(character))).toEqual([]);
  }
});

describe("a document with values that are not known", () => {
  const hole = new Hole(["aws_sqs_queue.x.arn"]);
  const both = (statement: object): [most: unknown, least: unknown] => {
    const own = { version: "2012-10-17", statements: [{ ...statement }] };
    const [most, least] = (["most", "least"] as const).map(
      (how) => (filled(own, how).json as { Statement: unknown[] }).Statement[0],
    );
    return [most, least];
  };

  test.each<[string, object, object | undefined, object | undefined]>([
    [
      "the only resource of a Deny",
      { Effect: "Deny", Action: "a:b", Resource: hole },
      undefined,
      { Effect: "Deny", Action: "a:b", Resource: "*" },
    ],
    [
      "a value of a negated condition",
      { Effect: "Allow", Action: "a:b", Resource: "*", Condition: { StringNotLike: { k: hole } } },
      { Effect: "Allow", Action: "a:b", Resource: "*" },
      undefined,
    ],
    [
      "a principal",
      { Effect: "Allow", Action: "a:b", Principal: { AWS: ["x"], Federated: [hole] } },
      { Effect: "Allow", Action: "a:b", Principal: "*" },
      { Effect: "Allow", Action: "a:b", Principal: { AWS: ["x"] } },
    ],
  ])("%s", (_, statement, most, least) => {
    expect(both(statement)).toEqual([most, least]);
  });
});
