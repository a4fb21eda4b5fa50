import { selectTypes } from "../catalog/select-types";
import { type IamDocuments, printIam, singleTrustPolicy } from "../answers/print-iam";
import { securityReview } from "../answers/security-review";
import { setValues } from "../inputs/assignments";
import { placeholdersIn } from "../inputs/values";
import { prettyJson } from "../text/json";
import { UserError } from "../text/user-error";
import { command, setOption, splitWords, typesMissing, typesOption } from "./command";

/** The documents that an option prints alone. */
const ALONE = {
  policy: ({ policy }: IamDocuments) => policy,
  boundary: ({ permissions_boundary: boundary }: IamDocuments) => boundary,
  trust: singleTrustPolicy,
};

/** `print-iam`: the IAM documents without Terraform. */
export const printIamCommand = command({
  name: "print-iam",
  describe: "Print the IAM documents, or a page for a security review, without Terraform",
  options: {
    types: { ...typesOption, alias: "r" },
    role: {
      type: "string",
      describe: "Name or ARN of the role that the trust policies trust; a name needs --account-id",
    },
    "assumes-roles": {
      type: "string",
      array: true,
      coerce: splitWords,
      defaultDescription: "the roles of Teleport's reference page",
      describe: "Names or ARNs of the roles that users connect as",
    },
    "account-id": { type: "string", describe: "AWS account of the databases" },
    policy: {
      type: "boolean",
      conflicts: ["boundary", "trust"],
      describe: "The Database Service's policy only",
    },
    boundary: { type: "boolean", conflicts: "trust", describe: "Its permissions boundary only" },
    trust: {
      type: "boolean",
      describe: "The trust policy of the roles that users connect as only",
    },
    format: {
      choices: ["json", "markdown"] as const,
      default: "json" as const,
      describe: "JSON for IAM, or one Markdown page for a security review",
    },
    set: setOption,
  },
  examples: [
    ["$0 print-iam --types rds,redshift", "all documents, with placeholders"],
    ["$0 print-iam --types rds --account-id 123456789012 --policy", "the policy, ready to use"],
    [
      "$0 print-iam --types dynamodb --role teleport-db-service-role --account-id 123456789012 --trust",
      "who may assume DynamoDB's role",
    ],
    ["$0 print-iam --types rds --set restrict_to_account=true --policy", "a narrower policy"],
    ["$0 print-iam --types rds,redshift --format markdown", "what a security review asks for"],
  ],
  run: (args, io) => {
    const { types, role, set = [] } = args;
    if (types === undefined) throw typesMissing();
    const only = (["policy", "boundary", "trust"] as const).find((name) => args[name] === true);
    const isPage = args.format === "markdown";
    if (isPage && only !== undefined) {
      throw new UserError(
        `--${only} prints one document, and --format markdown a page about all of them. Give one of the two.`,
      );
    }
    for (const { given, taken } of selectTypes(types).aliases) {
      io.stderr(`Using ${taken} for ${given}.\n`);
    }
    const options = {
      types,
      assumesRoles: args["assumes-roles"] ?? [],
      values: setValues(types, set),
      ...(role === undefined ? {} : { role }),
      ...(args["account-id"] === undefined ? {} : { accountId: args["account-id"] }),
    };
    const documents = printIam(options);
    const product = only === undefined ? documents : ALONE[only](documents);
    io.stdout(isPage ? securityReview(options) : prettyJson(product));
    const placeholders = placeholdersIn(product);
    if (placeholders.length > 0) {
      io.stderr(`Placeholders to replace: ${placeholders.join(", ")}.\n`);
    }
  },
});
