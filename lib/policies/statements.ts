import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import { isDiscovered } from "../catalog/discovery";
import { fields } from "../catalog/fields";
import type { Narrowing } from "../catalog/narrowing";
import type { ActionName, Statement, Unrestricted } from "../catalog/statement";
import { arn, arnsWith } from "./arn";
import { memo } from "../text/memo";
import { assumingRoles, sendsSessionTags } from "./session-tags";
import {
  all,
  any,
  choose,
  chooseEither,
  concat,
  contains,
  distinct,
  each,
  isNull,
  isSomething,
  item,
  list,
  literal,
  local,
  matches,
  merge,
  not,
  object,
  replace,
  type Term,
  text,
  variable,
} from "./term";
import { serviceRoleArn } from "./trust";

/** The Sid of the statement that finds out which regions there are. It is ours, not the page's. */
export const LIST_REGIONS_SID = "DiscoveryListRegions";

/** The Sid of the statement that grants the hop to access roles. It is ours, not the page's. */
export const ACCESS_ROLE_SID = "AssumeAccessRole";

/**
 * The Sid of the statement that lets the Database Service's role assume itself. It is ours, and not that
 * of Teleport's own module, in which a document with the same Sid would be refused.
 */
export const OWN_ROLE_SID = "AssumeOwnRole";

/** ARN templates of what the variables name beside databases. */
export const arnTemplates = {
  userRole: "iam::{account}:role{path}{name}",
  secret: "secretsmanager:*:{account}:secret:{prefix}/*",
  kmsKey: "kms:*:{account}:key/{key}",
} as const;

const restricted = variable("restrict_to_account");

/** That the policy is the hop to access roles, and that everything else belongs to these. */
export const isHop = not(isNull(variable("assume_role_arns")));

/** That the policy is for one of the services that use these permissions. */
const serves = (service: "database" | "discovery"): Term =>
  contains(variable("services"), literal(service));

/** An entry of `local.statements`: a statement, the type that needs it, and whether it is in. */
interface Entry {
  readonly type: string;
  readonly enabled: Term;
  readonly sid: string;
  readonly action: Term;
  readonly resource: Term;
  /** An object that holds its Condition, or nothing. */
  readonly condition?: Term;
}

function entryTerm({ type, enabled, sid, action, resource, condition }: Entry): Term {
  const statement = object({
    Sid: literal(sid),
    Effect: literal("Allow"),
    Action: action,
    Resource: resource,
  });
  return object({
    type: literal(type),
    enabled,
    statement: condition === undefined ? statement : merge(statement, condition),
  });
}

/** One action as text, more as a list: as on the reference page. */
function actionTerm(actions: readonly ActionName[]): Term {
  const [first, ...more] = actions;
  return first !== undefined && more.length === 0 ? literal(first) : list(...actions.map(literal));
}

/** The names of a type's database-user roles; the page's where none are given. */
export function userRoleNames(type: DatabaseType): Term {
  const names = variable(`${variablePrefix(type.name)}_user_role_names`);
  return choose(isNull(names), list(literal(type.userRole?.defaultName ?? "")), names);
}

/** The ARNs of a type's database-user roles: those of the names, then those that are given. */
function userRoleArns(type: DatabaseType): Term {
  const prefix = variablePrefix(type.name);
  const ofName = arn(arnTemplates.userRole, {
    path: variable("user_role_path"),
    name: item("name"),
  });
  return local(
    `${prefix}_user_role_arns`,
    concat(each("name", userRoleNames(type), ofName), variable(`${prefix}_user_role_arns`)),
  );
}

/** The ARNs that the objects of a narrowing give; none while it is null. */
function narrowedArns({ variable: name, arns, subset }: Narrowing): Term {
  const given = variable(name);
  const objects = choose(isNull(given), list(), given);
  const ofObject = arns.map((template) => arn(template, (field) => item("item", field)));
  const [first, ...more] = ofObject;
  return local(
    [name, ...(subset === undefined ? [] : [subset]), "arns"].join("_"),
    first !== undefined && more.length === 0
      ? each("item", objects, first)
      : concat(...ofObject.map((one) => each("item", objects, one))),
  );
}

/** What a statement about databases applies to. */
type Databases = Extract<Statement["resources"], { kind: "databases" }>;

/** All that ARN templates can name in the account, by what tells the ARNs apart. */
const accountArns = memo((resources: Databases): ReadonlyMap<string, Term> => {
  const texts = new Map<string, Term>();
  const add = (template: string, kinds: Narrowing["fields"]): void => {
    for (const [key, term] of arnsWith(template, (field) => {
      const kind = kinds[field];
      return (kind === undefined ? undefined : fields[kind].widest) ?? ["*"];
    }))
      texts.set(key, term);
  };
  for (const { arns, fields: kinds } of resources.narrowings) {
    for (const template of arns) add(template, kinds);
  }
  for (const template of resources.arns ?? []) add(template, {});
  return texts;
});

/** What tells the ARNs apart that a statement can apply to in the account. */
export function widestArns(resources: Databases): ReadonlySet<string> {
  return new Set(accountArns(resources).keys());
}

/** What the page has where it names no resource. */
function pageTerm(unrestricted: Unrestricted): Term {
  return typeof unrestricted === "string" ? literal(unrestricted) : list(literal("*"));
}

/** Secrets and keys without their names: a key can belong to another account. */
function widestOf(kind: "secrets" | "kms-keys"): Term {
  return kind === "secrets"
    ? chooseEither(restricted, list(arn("secretsmanager:*:{account}:secret:*", {})), literal("*"))
    : chooseEither(restricted, list(arn("kms:*:*:key/*", {})), literal("*"));
}

/** Everything that a statement can apply to: the page's, or all of the account. */
function widest(resources: Databases): Term {
  const { unrestricted } = resources;
  const account = list(...accountArns(resources).values());
  if (unrestricted === undefined) return account;
  // Without a template, AWS takes these actions on everything alone.
  if (accountArns(resources).size === 0) return pageTerm(unrestricted);
  return chooseEither(restricted, account, pageTerm(unrestricted));
}

/**
 * What a statement applies to: `ofService` for who connects. Who discovers must find what nobody has
 * named yet.
 */
function orFound({ discovery }: Statement, resources: Databases, ofService: Term): Term {
  if (discovery === undefined) return ofService;
  const found =
    discovery.arns === undefined
      ? literal("*")
      : widest({ ...resources, arns: [...(resources.arns ?? []), ...discovery.arns] });
  return chooseEither(serves("discovery"), found, ofService);
}

/** The ARNs of the secrets of managed users; of one type's alone where the caller wants that. */
function secretArns(service: string): Term {
  const prefix = replace(item("prefix"), "/$", "");
  const arnsOf = (...more: readonly string[]): Term =>
    each(
      "prefix",
      variable("secret_key_prefixes"),
      arn(arnTemplates.secret, { prefix: text(prefix, ...more) }),
    );
  return choose(
    variable("restrict_secrets_to_type"),
    local(`${service}_secret_arns`, arnsOf(`/${service}`)),
    local("secret_arns", arnsOf()),
  );
}

const kmsKeyArns = local(
  "kms_key_arns",
  each(
    "key",
    variable("kms_key_ids"),
    choose(
      matches(item("key"), "^arn:"),
      item("key"),
      arn(arnTemplates.kmsKey, { key: item("key") }),
    ),
  ),
);

/**
 * `Resource` of a statement:
 *
 * - what its narrowings name, where one of them is not null, else
 * - what the reference page has, unless `restrict_to_account` is on, else
 * - everything of the account that the ARN templates can name.
 */
function resource(type: DatabaseType, statement: Statement): Term {
  const { resources } = statement;
  switch (resources.kind) {
    case "databases": {
      const [first, ...more] = resources.narrowings;
      if (first === undefined) return widest(resources);
      const untouched = all(
        ...[first, ...more].map(({ variable: name }) => isNull(variable(name))),
      );
      const named = concat(...resources.narrowings.map(narrowedArns));
      return orFound(statement, resources, chooseEither(untouched, widest(resources), named));
    }
    case "user-roles":
      return resources.unrestricted === undefined
        ? userRoleArns(type)
        : chooseEither(restricted, userRoleArns(type), pageTerm(resources.unrestricted));
    case "secrets":
      return secretArns(resources.service);
    case "kms-keys":
      return kmsKeyArns;
  }
}

/** That actions of a statement stand in one of their own. */
function isSeparated({ narrowing, condition }: NonNullable<Statement["separable"]>): Term {
  return any(variable(condition.variable), not(isNull(variable(narrowing.variable))));
}

/** `Action` of a statement, for the services that the policy is for. */
function action(statement: Statement): Term {
  const { actions, discovery, separable, resources } = statement;
  if (separable !== undefined) {
    const rest = actions.filter((name) => !separable.actions.includes(name));
    return choose(isSeparated(separable), list(...rest.map(literal)), actionTerm(actions));
  }
  if (discovery !== undefined && actions.length > 0) {
    const both = [...new Set([...actions, ...discovery.actions])];
    return chooseEither(
      serves("discovery"),
      chooseEither(forDatabase(statement), actionTerm(both), actionTerm(discovery.actions)),
      actionTerm(actions),
    );
  }
  if (resources.kind === "user-roles" && actions[0] === "sts:AssumeRole") {
    return chooseEither(
      sendsSessionTags,
      list(...actions.map(literal), literal("sts:TagSession")),
      actionTerm(actions),
    );
  }
  return actionTerm(discovery === undefined ? actions : discovery.actions);
}

/** Whether the Database Service needs a statement, as far as switches decide it. */
function forDatabase({ switch: toggle }: Statement): Term {
  return all(serves("database"), ...(toggle === undefined ? [] : [variable(toggle.variable)]));
}

/** Whether a statement is in, as far as switches decide it. */
export function enabled(statement: Statement): Term {
  if (statement.discovery === undefined) return forDatabase(statement);
  return statement.actions.length === 0
    ? serves("discovery")
    : any(serves("discovery"), forDatabase(statement));
}

/** The entries of one statement of the catalogue: itself, and what is separated from it. */
function entries(type: DatabaseType, statement: Statement): Entry[] {
  const own: Entry = {
    type: type.name,
    enabled: enabled(statement),
    sid: statement.sid,
    action: action(statement),
    resource: resource(type, statement),
  };
  const { separable, resources } = statement;
  if (separable === undefined || resources.kind !== "databases") return [own];
  const [operator, key, value] = separable.condition.test;
  return [
    own,
    {
      type: type.name,
      enabled: all(own.enabled, isSeparated(separable)),
      sid: separable.sid,
      action: actionTerm(separable.actions),
      resource: chooseEither(
        isNull(variable(separable.narrowing.variable)),
        widest(resources),
        narrowedArns(separable.narrowing),
      ),
      condition: chooseEither(
        variable(separable.condition.variable),
        object({ Condition: object({ [operator]: object({ [key]: literal(value) }) }) }),
        object({}),
      ),
    },
  ];
}

/*
 * Entries of no type of their own: in a policy for each type, they stand in that of the first.
 */

/** The hop to access roles, which takes the place of all other statements. */
const hopEntry = memo((first: DatabaseType): Term =>
  entryTerm({
    type: first.name,
    enabled: isHop,
    sid: ACCESS_ROLE_SID,
    action: assumingRoles,
    resource: choose(isHop, variable("assume_role_arns"), list()),
  }),
);

/** That the role may assume itself, whatever else the policy is for. */
const ownRoleEntry = memo((first: DatabaseType): Term =>
  entryTerm({
    type: first.name,
    enabled: variable("service_role_self_assumption"),
    sid: OWN_ROLE_SID,
    action: assumingRoles,
    resource: list(serviceRoleArn),
  }),
);

/** Which regions there are, for who discovers databases in all of them. */
const listRegionsEntry = memo((first: DatabaseType): Term =>
  entryTerm({
    type: first.name,
    enabled: all(serves("discovery"), variable("discover_all_regions")),
    sid: LIST_REGIONS_SID,
    action: literal("account:ListRegions"),
    resource: literal("*"),
  }),
);

/** The listed entries that are in: enabled, and with a resource. Without one there is no statement. */
function granted(name: string, listed: readonly Term[], condition?: Term): Term {
  const isIn = [
    item("entry", "enabled"),
    ...(condition === undefined ? [] : [condition]),
    isSomething(item("entry", "statement", "Resource")),
  ];
  return local(
    `granted_${name}`,
    each("entry", local(name, list(...listed)), item("entry"), all(...isIn)),
  );
}

/** The statement of `entry`, without duplicates in its Resource. */
export const finishedStatement: Term = merge(
  item("entry", "statement"),
  object({ Resource: distinct(item("entry", "statement", "Resource")) }),
);

/** The entries of a type's own statements. */
const entriesOf = memo((type: DatabaseType): readonly Term[] =>
  type.statements.flatMap((statement) => entries(type, statement)).map(entryTerm),
);

/** The granted entries of the Database Service's policy, in the order of the reference page. */
export function policyEntries(types: readonly DatabaseType[]): Term {
  const first = types.slice(0, 1);
  return granted(
    "statements",
    [
      ...types.flatMap(entriesOf),
      ...(types.some(isDiscovered) ? first.map(listRegionsEntry) : []),
      ...first.map(hopEntry),
      ...first.map(ownRoleEntry),
    ],
    any(
      not(isHop),
      contains(
        list(literal(ACCESS_ROLE_SID), literal(OWN_ROLE_SID)),
        item("entry", "statement", "Sid"),
      ),
    ),
  );
}

/** The entries of what the database-user roles of a type carry. */
const userRoleEntriesOf = memo((type: DatabaseType): readonly Term[] =>
  (type.userRole?.statements ?? []).flatMap((statement) => entries(type, statement)).map(entryTerm),
);

/** The granted entries of what the database-user roles of `types` carry themselves. */
export function userRoleEntries(types: readonly DatabaseType[]): Term {
  return granted("user_role_statements", types.flatMap(userRoleEntriesOf));
}

/**
 * The entries of a type's statements as wide as they can be, for a boundary. Roles are not its business,
 * and neither are the ARNs of a hop: they may be those of roles that trust the boundary's own role.
 */
const widestEntriesOf = memo((type: DatabaseType): readonly Term[] =>
  type.statements.flatMap((statement): Term[] => {
    const { resources } = statement;
    if (resources.kind === "user-roles") return [];
    const resource =
      resources.kind === "databases"
        ? orFound(statement, resources, widest(resources))
        : widestOf(resources.kind);
    return [
      entryTerm({
        type: type.name,
        enabled: enabled(statement),
        sid: statement.sid,
        // What is separated is in it, whoever it is narrowed to.
        action:
          statement.separable === undefined ? action(statement) : actionTerm(statement.actions),
        resource,
      }),
    ];
  }),
);

/** The granted entries of the permissions boundary. */
export function boundaryEntries(types: readonly DatabaseType[]): Term {
  return granted("boundary_statements", [
    ...types.flatMap(widestEntriesOf),
    ...(types.some(isDiscovered) ? types.slice(0, 1).map(listRegionsEntry) : []),
  ]);
}
