import type {
  PlainAccess,
  PlainDocument,
  PlainRequest,
  PlainStatement,
} from "./plain-iam-evaluator";
import { Random } from "./random-choices";
import { words } from "./words";

/** Small vocabularies, so that what one statement says often overlaps with what another does. */
const ACTIONS = words("s3:GetObject s3:GetObjectAcl s3:PutObject s3:ListBucket iam:PassRole");
const ACTION_PATTERNS = [
  ...ACTIONS,
  ...words("* s3:* s3:Get* s3:*Object s3:?etObject S3:getobject iam:* s3:*Object*"),
];
const RESOURCE_PATTERNS = [
  ...words("* arn:aws:s3:::a arn:aws:s3:::a/* arn:aws:s3:::a* arn:aws:s3:::a/b arn:aws:s3:::*"),
  ...words("arn:aws:s3:::ab/* arn:aws:s3:::*/b arn:aws:s3:::?/b arn:*:s3:::a/*"),
  ...words("arn:aws:iam::111122223333:role/a arn:aws:iam::111122223333:role/*"),
  "arn:aws:iam::*:role/a*",
];
/** IAM takes the missing parts for `*`. */
const SHORT_PATTERNS = ["arn:aws:s3"];
const VARIABLE_PATTERNS = [
  ...words("arn:aws:s3:::${aws:username}/* arn:aws:s3:::a/${aws:username} arn:aws:s3:::a/${*}"),
  ...words("arn:aws:s3:::${aws:username}/b arn:aws:s3:::${aws:PrincipalTag/t}/*"),
  "arn:aws:s3:::${aws:username, 'a'}/*",
];

const TEXTS = words("a A ab b abc a*");
const TEXT_PATTERNS = words("a a* * ? *b ab* A* b a? *b*");
const BLOCKS = words(
  "10.0.0.0/8 10.0.0.0/9 10.128.0.0/9 10.0.0.1/32 0.0.0.0/0 0.0.0.0/1 128.0.0.0/1",
);
const NUMBERS = words("1 2 3 2.5");
const MIXED = words("true t* 2 * ?");
const DATES = words("2026-01-01T00:00:00Z 2026-06-01T00:00:00Z 2027-01-01");
const ROLES = [
  ...words("arn:aws:iam::111122223333:role/a arn:aws:iam::111122223333:role/*"),
  ...words("arn:aws:iam::*:role/a* arn:aws:iam::111122223333:role/ab"),
];
const COMPARISONS = words("Equals NotEquals LessThan LessThanEquals GreaterThan GreaterThanEquals");
const TEXT_TESTS = words(
  "StringEquals StringNotEquals StringLike StringNotLike StringEqualsIgnoreCase StringNotEqualsIgnoreCase",
);
const BOOLEANS = ["true", "false"];

type Test = readonly [operator: string, key: string, values: string[]];

function randomTest(random: Random, variables: boolean): Test {
  const ifExists = random.chance(0.2) ? "IfExists" : "";
  const comparison = random.pick(COMPARISONS);
  const text = random.pick(TEXT_TESTS);
  const texts = random.some(text.endsWith("Like") ? TEXT_PATTERNS : TEXTS, 2);
  switch (random.below(12)) {
    case 0:
    case 1:
      return [text + ifExists, random.pick(["aws:username", "aws:PrincipalTag/t"]), texts];
    case 2:
      return [`${random.pick(["ForAllValues:", "ForAnyValue:"])}${text}`, "aws:TagKeys", texts];
    case 3:
      return [`Numeric${comparison}${ifExists}`, "aws:MultiFactorAuthAge", random.some(NUMBERS, 2)];
    case 4:
      return [`Date${comparison}${ifExists}`, "aws:CurrentTime", random.some(DATES, 2)];
    case 5: {
      const operator = random.pick(["IpAddress", "NotIpAddress"]) + ifExists;
      return [operator, "aws:SourceIp", random.some(BLOCKS, 2)];
    }
    case 6:
      return [`Bool${ifExists}`, "aws:MultiFactorAuthPresent", [random.pick(BOOLEANS)]];
    case 7: {
      const keys = words("aws:username aws:TagKeys aws:MultiFactorAuthPresent aws:SourceIp");
      return ["Null", random.pick(keys), [random.pick(BOOLEANS)]];
    }
    case 8: {
      const operator = random.pick(words("ArnLike ArnNotLike ArnEquals ArnNotEquals StringLike"));
      const key = random.pick(["aws:PrincipalArn", "aws:PrincipalTag/t"]);
      return [operator + ifExists, key, random.some(ROLES, 2)];
    }
    case 9: {
      const key = random.pick(["s3:max-keys", "aws:RequestTag/n"]);
      return [`Numeric${comparison}${ifExists}`, key, random.some(NUMBERS, 2)];
    }
    case 10: {
      // Several kinds of operators on one key, for one value and for lists.
      const set = random.pick(["", "", "ForAllValues:", "ForAnyValue:"]);
      const kind = random.below(3);
      if (kind === 0) return [`${set}Bool`, "aws:RequestTag/m", [random.pick(BOOLEANS)]];
      if (kind === 1) return [`${set}StringLike`, "aws:RequestTag/m", random.some(MIXED, 2)];
      return [`${set}Numeric${comparison}`, "aws:RequestTag/m", ["2"]];
    }
    default: {
      if (!variables) return ["StringEquals", "s3:prefix", [random.pick(TEXTS)]];
      const operator = random.pick(["StringEquals", "StringNotEquals", "StringLike"]);
      const values = words("${aws:username} a/${aws:username} ${*} ${aws:username}*");
      return [operator, "s3:prefix", [random.pick(values)]];
    }
  }
}

function randomCondition(random: Random, variables: boolean): Pick<PlainStatement, "Condition"> {
  if (random.chance(0.55)) return {};
  const condition: Record<string, Record<string, string[]>> = {};
  for (let count = 1 + random.below(2); count > 0; count -= 1) {
    const [operator, key, values] = randomTest(random, variables);
    condition[operator] = { ...condition[operator], [key]: values };
  }
  return { Condition: condition };
}

/** The parts of random documents. */
export interface Mix {
  /** The probability of a policy variable in a resource. */
  readonly variables: number;
}

export function randomStatement(random: Random, mix: Mix): PlainStatement {
  const resources = [
    ...RESOURCE_PATTERNS,
    ...(random.chance(0.3) ? SHORT_PATTERNS : []),
    ...(random.chance(mix.variables) ? [...VARIABLE_PATTERNS, ...VARIABLE_PATTERNS] : []),
  ];
  const name = random.chance(0.12) ? "NotAction" : "Action";
  const target = random.chance(0.12) ? "NotResource" : "Resource";
  return {
    Effect: random.chance(0.25) ? "Deny" : "Allow",
    [name]: random.some(ACTION_PATTERNS, 2),
    [target]: random.some(resources, 2),
    ...randomCondition(random, mix.variables > 0),
  };
}

export function randomDocument(random: Random, mix: Mix, most = 4): PlainDocument {
  const Version = random.chance(0.05) ? "2008-10-17" : "2012-10-17";
  const Statement = Array.from({ length: 1 + random.below(most) }, () =>
    randomStatement(random, mix),
  );
  return { Version, Statement };
}

/** A document that differs from another a little, or not at all in what it allows. */
function changed(random: Random, document: PlainDocument, mix: Mix): PlainDocument[] {
  const { Statement: list, ...rest } = document;
  const index = random.below(list.length);
  const own = list[index];
  if (own === undefined) return [document];
  const others = list.filter((_, position) => position !== index);
  const without = (...more: PlainStatement[]): PlainDocument => ({
    ...rest,
    Statement: [...others, ...more],
  });
  switch (random.below(9)) {
    case 0: // Each entry in a statement of its own.
      return Array.isArray(own.Action)
        ? [without(...own.Action.map((Action: string) => ({ ...own, Action })))]
        : [without(own)];
    case 1: // Two documents.
      return others.length === 0
        ? [document]
        : [
            { ...rest, Statement: others },
            { ...rest, Statement: [own] },
          ];
    case 2: // What a condition allows, and what its opposite does.
      return own.Condition === undefined && own.Effect === "Allow"
        ? [
            without(
              { ...own, Condition: { StringEquals: { "aws:username": "a" } } },
              { ...own, Condition: { StringNotEquals: { "aws:username": "a" } } },
            ),
          ]
        : [without(own)];
    case 3: // One more that a Deny cancels.
      return [
        without(
          own,
          { Effect: "Allow", Action: "iam:PassRole", Resource: "*" },
          { Effect: "Deny", Action: "iam:Pass*", Resource: "*" },
        ),
      ];
    case 4:
      return [without(own, randomStatement(random, mix))];
    case 5:
      return [without(...(others.length === 0 ? [own] : []))];
    case 6:
      return [without({ ...own, ...randomCondition(random, mix.variables > 0) })];
    case 7:
      return [without({ ...own, Resource: "*", NotResource: undefined })].map(tidy);
    default:
      return [{ ...rest, Statement: [...list].reverse() }];
  }
}

const tidy = (document: PlainDocument): PlainDocument =>
  JSON.parse(JSON.stringify(document)) as PlainDocument;

/** Two sides whose documents have much in common. */
export function randomPair(random: Random, mix: Mix): [PlainAccess, PlainAccess] {
  const policies = Array.from({ length: 1 + random.below(2) }, () => randomDocument(random, mix));
  const boundary = random.chance(0.3) ? [randomDocument(random, mix, 3)] : undefined;
  const before: PlainAccess = { policies, boundary };
  if (random.chance(0.2)) {
    return [before, { policies: [randomDocument(random, mix)], boundary }];
  }
  const after = {
    policies: policies.flatMap((document) => changed(random, document, mix)),
    boundary:
      random.chance(0.4) && boundary !== undefined
        ? boundary.flatMap((document) => changed(random, document, mix))
        : random.chance(0.04)
          ? undefined
          : boundary,
  };
  return random.chance(0.5) ? [before, after] : [after, before];
}

/** Texts that a pattern matches, or nearly. */
function instances(pattern: string): string[] {
  return ["", "a", "b", "ab", "x"].map((filling) => {
    const text = pattern.replace(/\$\{([*?$])\}/g, "$1").replace(/\$\{[^}]*\}/g, filling);
    return text.replace(/\*/g, filling).replace(/\?/g, filling === "" ? "z" : filling.charAt(0));
  });
}

const statementsOf = ({ policies, boundary = [] }: PlainAccess): PlainStatement[] =>
  [...policies, ...boundary].flatMap(({ Statement: list }) => list);

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

function fullArn(text: string): string {
  const parts = text.split(":");
  while (parts.length < 6) parts.push("x");
  return parts.join(":");
}

type Value = string | readonly string[] | undefined;

const ADDRESSES = [
  ...words("9.255.255.255 10.0.0.0 10.0.0.1 10.0.0.2 10.127.255.255 10.128.0.0"),
  ...words("10.255.255.255 11.0.0.0 127.255.255.255 128.0.0.0"),
];

/** Values of a key at which a test of it may turn: just at, below and above what it names. */
function turningPoints(operator: string, key: string, values: readonly string[]): Value[] {
  const texts = values.flatMap((value): string[] => {
    if (operator.includes("Numeric"))
      return [-1, -0.5, 0, 0.5, 1].map((step) => String(Number(value) + step));
    if (operator.includes("Date")) {
      return [-1000, 0, 1000].map((step) => new Date(Date.parse(value) + step).toISOString());
    }
    if (operator.includes("IpAddress")) return ADDRESSES;
    if (operator.startsWith("Null")) return [];
    return [value, ...instances(value)];
  });
  if (key.includes("MultiFactorAuthPresent")) return ["true", "false"];
  if (key.includes("SourceIp")) return [...texts, "192.0.2.1"];
  if (key.includes("CurrentTime")) return [...texts, "2020-01-01T00:00:00Z"];
  if (key.includes("MultiFactorAuthAge")) return [...texts, "7"];
  if (key.includes("PrincipalArn"))
    return [...texts, "arn:aws:iam::444455556666:user/z"].filter(
      (text) => text.split(":").length > 5,
    );
  if (!key.includes("TagKeys")) return [...texts, "zz"];
  const lists = texts.flatMap((one) => [[one], ...texts.slice(0, 4).map((other) => [one, other])]);
  return [...texts, ...lists, [], ["zz"], [...texts.slice(0, 3), "zz"]];
}

/** Requests at which what documents say may turn. */
export class RequestSource {
  private readonly actions: string[];
  private readonly resources: string[];
  private readonly keys: Map<string, Value[]>;

  constructor(sides: readonly PlainAccess[]) {
    const statements = sides.flatMap(statementsOf);
    this.actions = [
      ...new Set([
        ...ACTIONS,
        "sqs:SendMessage",
        ...statements
          .flatMap((own) => [...listOf(own.Action), ...listOf(own.NotAction)])
          .flatMap(instances),
      ]),
    ].filter((action) => /^[^:]+:[^:]+$/.test(action));
    this.resources = [
      ...new Set([
        "*",
        "arn:aws:s3:::zz/b",
        ...statements
          .flatMap((own) => [...listOf(own.Resource), ...listOf(own.NotResource)])
          .filter((text) => text !== "*")
          .flatMap(instances)
          .map(fullArn),
      ]),
    ];
    this.keys = new Map();
    const variables = JSON.stringify(statements).includes("${aws:username");
    if (variables) this.keys.set("aws:username", [undefined, "a", "b", "ab", "x"]);
    if (JSON.stringify(statements).includes("${aws:PrincipalTag/t}")) {
      this.keys.set("aws:PrincipalTag/t", [undefined, "a", "b"]);
    }
    for (const { Condition = {} } of statements) {
      for (const [operator, tests] of Object.entries(Condition)) {
        for (const [key, values] of Object.entries(tests)) {
          const known = this.keys.get(key) ?? [undefined];
          this.keys.set(key, [...known, ...turningPoints(operator, key, listOf(values))]);
        }
      }
    }
  }

  random(random: Random): PlainRequest {
    const context: Record<string, string | readonly string[]> = {};
    for (const [key, values] of this.keys) {
      const value = random.pick<Value>([...values, undefined]);
      if (value !== undefined) context[key] = value;
    }
    return {
      action: random.pick(this.actions),
      resource: random.pick(this.resources),
      context: context,
    };
  }
}
