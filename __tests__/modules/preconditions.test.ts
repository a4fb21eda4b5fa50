/** What no single variable can see: preconditions, which terraform checks when it plans. */
import { compose } from "../../lib/compose";
import { moduleCall, OFFLINE_PROVIDER, TerraformRoot } from "../support/terraform";
import { describeWithTerraform } from "../support/tools";

/** A call that must not be planned: what it is about, its module's types, arguments and message. */
interface WrongCall {
  readonly about: string;
  readonly types: readonly string[];
  readonly values: Readonly<Record<string, string>>;
  readonly message: RegExp;
}

/** As long as IAM allows, so that more than one do not fit a policy that is planned for usual ones. */
const longRoles = (count: number): string =>
  `[for number in range(${String(count)}) : "\${join("/", [for part in range(7) : "${"x".repeat(63)}"])}/role-\${number}"]`;

const wrongCalls: readonly WrongCall[] = [
  {
    about: "roles to attach to, but no policy",
    types: ["rds"],
    values: { create_policy: "false", attach_to_roles: '{ service = "teleport" }' },
    message:
      /^attach_to_roles names roles, but create_policy is false, so there is no policy to attach\. Set create_policy = true, or leave attach_to_roles empty\.$/,
  },
  {
    about: "nothing left in the policy of one type",
    types: ["docdb"],
    values: { docdb_check_domain_url: "false", docdb_user_role_names: "[]" },
    message:
      /^The variables leave no statement in the policy, and IAM takes no empty one\. Allow something, or set create_policy = false\.$/,
  },
  {
    about: "nothing left in the policy of several types",
    types: ["opensearch", "keyspace"],
    values: {
      opensearch_check_domain_url: "false",
      opensearch_user_role_names: "[]",
      keyspace_user_role_names: "[]",
    },
    message: /^The variables leave no statement in the policy/,
  },
  {
    about: "one policy for several types that exceeds IAM's limit",
    types: ["redshift", "keyspace"],
    values: {
      keyspace_user_role_names: '[for number in range(200) : "role-${number}"]',
    },
    message:
      /^Policy merged is [0-9]{4,5} characters long; IAM allows 6144\. Set split_policy_by_type, name fewer resources, or use wildcards in the names\.$/,
  },
  {
    about: "the policy of one type with ARNs far longer than usual",
    types: ["keyspace"],
    values: { keyspace_user_role_names: longRoles(20) },
    message:
      /^Policy keyspace is [0-9]{4,5} characters long; IAM allows 6144\. Name fewer resources, or use wildcards in the names\.$/,
  },
];

describeWithTerraform()("preconditions", () => {
  let root: TerraformRoot;
  let errors: readonly Diagnostic[];

  beforeAll(() => {
    root = new TerraformRoot({});
    const calls = wrongCalls.map(({ types, values }, index) =>
      moduleCall(
        `call-${String(index)}`,
        // A folder of its own for each, by which its messages are told.
        root.addModule(`module-${String(index)}`, compose({ types })),
        { aws_account_id: '"123456789012"', ...values },
      ),
    );
    root.write({ "main.tf": [OFFLINE_PROVIDER, ...calls].join("\n") });
    root.init();
    errors = root
      .run("plan", "-json")
      .stdout.split("\n")
      .flatMap((line) => (line === "" ? [] : ((JSON.parse(line) as Message).diagnostic ?? [])));
  });

  afterAll(() => {
    root.dispose();
  });

  test.each(wrongCalls.map((call, index) => [call.about, index, call.message] as const))(
    "%s: the plan fails and says what to do",
    (_, index, message) => {
      const folder = `module-${String(index)}/`;
      const found = errors.filter(({ range }) => range?.filename.startsWith(folder) === true);
      expect(found.map(({ detail, severity }) => [severity, firstParagraph(detail)])).toEqual([
        ["error", expect.stringMatching(message)],
      ]);
    },
  );

  test("terraform reports nothing else", () => {
    expect(errors).toHaveLength(wrongCalls.length);
  });
});

interface Diagnostic {
  readonly severity: string;
  readonly detail: string;
  readonly range?: { readonly filename: string };
}

interface Message {
  readonly diagnostic?: Diagnostic;
}

function firstParagraph(detail: string): string {
  return detail.split("\n\n")[0] ?? "";
}
