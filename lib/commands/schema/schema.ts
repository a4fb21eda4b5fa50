import { databaseTypes } from "../../catalog";

/** A JSON Schema of draft 2020-12, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const text: JsonSchema = { type: "string" };
const texts: JsonSchema = { type: "array", items: text };
const url: JsonSchema = { type: "string", pattern: "^https://" };
const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: "null" }] });
const mapOf = (schema: JsonSchema): JsonSchema => ({
  type: "object",
  additionalProperties: schema,
});
const listOf = (schema: JsonSchema): JsonSchema => ({ type: "array", items: schema });

/** An object with exactly these properties; those named in `optional` may be missing. */
function object(
  properties: Readonly<Record<string, JsonSchema>>,
  optional: readonly string[] = [],
): JsonSchema {
  return {
    type: "object",
    properties,
    required: Object.keys(properties).filter((name) => !optional.includes(name)),
    additionalProperties: false,
  };
}

const typeName: JsonSchema = {
  description: "A database type, by the name that Teleport's print-iam takes.",
  enum: databaseTypes.map(({ name }) => name),
};

const oneOrMore: JsonSchema = { anyOf: [text, texts] };

/** A statement of a document that we write. */
const documentStatement: JsonSchema = object(
  {
    Sid: { type: "string", pattern: "^[A-Za-z0-9]+$" },
    Effect: { const: "Allow" },
    Principal: mapOf(text),
    Action: oneOrMore,
    Resource: oneOrMore,
    Condition: mapOf(mapOf(oneOrMore)),
  },
  ["Sid", "Principal", "Resource", "Condition"],
);

const flag: JsonSchema = { type: "boolean" };
const characters: JsonSchema = { type: "integer", minimum: 0 };
const verdict: JsonSchema = { enum: ["broadened", "both", "unknown", "narrowed", "unchanged"] };

const effect: JsonSchema = { enum: ["Allow", "Deny"] };

/** Each action, on each resource, for each principal, where every test of the condition holds. */
const grant: JsonSchema = object(
  {
    effect,
    actions: texts,
    notActions: texts,
    resources: texts,
    notResources: texts,
    principals: texts,
    notPrincipals: texts,
    condition: listOf(object({ operator: text, key: text, values: texts })),
  },
  [
    "actions",
    "notActions",
    "resources",
    "notResources",
    "principals",
    "notPrincipals",
    "condition",
  ],
);

const reviewItem: JsonSchema = object(
  {
    address: text,
    previousAddress: text,
    action: { enum: ["create", "update", "replace", "delete", "none"] },
    kind: {
      enum: [
        "managed policy",
        "inline policy",
        "trust policy",
        "permissions boundary",
        "attachment",
        "exclusive attachments",
        "group membership",
        "uncompared resource",
        "deferred change",
        "changed outside of Terraform",
        "provisioner",
        "recreated",
        "tag",
      ],
    },
    name: text,
    size: object({ limit: characters, together: text, before: characters, after: characters }, [
      "together",
      "before",
      "after",
    ]),
    reasons: texts,
    differences: listOf(
      object(
        {
          kind: { enum: ["granted", "removed", "changed", "moved"] },
          sid: text,
          purpose: text,
          movedFrom: texts,
          before: grant,
          after: grant,
        },
        ["purpose", "movedFrom", "before", "after"],
      ),
    ),
    policy: object({ before: text, after: text }, ["before", "after"]),
    group: object({ before: text, after: text }, ["before", "after"]),
    moved: object({ from: text, to: text }),
    holder: text,
    verdict,
  },
  ["previousAddress", "name", "size", "policy", "group", "moved", "holder"],
);

/** Whether there is a request that is allowed on one side only, with one for each statement. */
const reviewAnswer: JsonSchema = {
  anyOf: [
    object({ answer: { const: "no" } }),
    object({ answer: { const: "undecided" }, reason: text }),
    object({
      answer: { const: "yes" },
      witnesses: listOf(
        object(
          {
            action: text,
            resource: text,
            principal: text,
            withoutPermission: flag,
            context: mapOf(oneOrMore),
            assumes: listOf(object({ name: text, effect })),
            waitsFor: texts,
            statement: object({ address: text, policy: text, sid: text, effect }, [
              "address",
              "policy",
            ]),
          },
          ["resource", "principal", "withoutPermission", "waitsFor"],
        ),
      ),
    }),
  ],
};

const reviewAccess: JsonSchema = object(
  {
    kind: { enum: ["role", "user", "group", "managed policy", "trust policy"] },
    name: text,
    account: text,
    verdict,
    gained: reviewAnswer,
    lost: reviewAnswer,
  },
  ["account"],
);

const definitions: Readonly<Record<string, JsonSchema>> = {
  list: {
    description: "What list --format json prints.",
    ...listOf(
      object({
        name: typeName,
        aliases: texts,
        title: text,
        purpose: text,
        statements: listOf(object({ sid: text, purpose: text, variable: orNull(text) })),
        source: url,
      }),
    ),
  },
  explanation: {
    description: "A type with its statements, or with the one that was asked for.",
    ...object({
      type: orNull(typeName),
      title: text,
      purpose: text,
      source: url,
      statements: listOf(
        object(
          {
            sid: text,
            carrier: { enum: ["policy", "user-role"] },
            purpose: text,
            actions: texts,
            discovers: texts,
            resources: texts,
            narrowings: listOf(
              object({ variable: text, description: text, fields: mapOf(text), arns: texts }),
            ),
            dbUsers: orNull(object({ users: texts, named: texts })),
            omittable: orNull(text),
            switch: orNull(
              object({ variable: text, default: { type: "boolean" }, description: text }),
            ),
            source: url,
            granted: listOf(documentStatement),
          },
          ["granted"],
        ),
      ),
    }),
  },
  explain: {
    description: "What explain --format json prints: a list where several are asked for.",
    anyOf: [{ $ref: "#/$defs/explanation" }, listOf({ $ref: "#/$defs/explanation" })],
  },
  "print-iam": {
    description: "What print-iam prints: all documents, or the one that was asked for.",
    anyOf: [
      object({
        policy: { $ref: "#/$defs/document" },
        permissions_boundary: { $ref: "#/$defs/document" },
        user_role_trust_policies: mapOf({ $ref: "#/$defs/document" }),
        user_role_policies: mapOf({ $ref: "#/$defs/document" }),
      }),
      { $ref: "#/$defs/document" },
    ],
  },
  review: {
    description: "What review --format json prints.",
    ...object(
      {
        formatVersion: { const: 1 },
        verdict,
        broadens: flag,
        narrows: flag,
        unknown: flag,
        documents: { type: "integer", minimum: 0 },
        managedPoliciesOf: text,
        access: listOf(reviewAccess),
        items: listOf(reviewItem),
      },
      ["managedPoliciesOf"],
    ),
  },
  document: {
    description: "An IAM document: a policy, a permissions boundary or a trust policy.",
    ...object({
      Version: { const: "2012-10-17" },
      Statement: listOf(documentStatement),
    }),
  },
};

/**
 * The JSON Schema of everything that the commands print for programs, by command under `$defs`.
 *
 * @see https://json-schema.org/draft/2020-12/schema
 */
export function schema(): JsonSchema {
  return { $schema: "https://json-schema.org/draft/2020-12/schema", $defs: definitions };
}
