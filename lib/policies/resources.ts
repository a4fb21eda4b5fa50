import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import { fields } from "../catalog/fields";
import type { Narrowing } from "../catalog/narrowing";
import type { Statement } from "../catalog/statement";
import { arn, arnsWith } from "./arn";
import {
  all,
  any,
  choose,
  concat,
  each,
  flatten,
  isArn,
  isNotEmpty,
  isNull,
  isSet,
  item,
  list,
  literal,
  local,
  not,
  type Term,
  text,
  variable,
  withoutLastSlash,
} from "./term";

const restricted = variable("restrict_to_account");
const everything = list(literal("*"));

/** The databases that a statement applies to. */
export type Databases = Extract<Statement["resources"], { kind: "databases" }>;

/** The names of a type's database-user roles: the reference page's if none are given. */
export function userRoleNames(type: DatabaseType): Term {
  const names = variable(`${variablePrefix(type.name)}_user_role_names`);
  return local(
    `${variablePrefix(type.name)}_user_role_names`,
    choose(isNull(names), list(literal(type.userRole?.defaultName ?? "")), names),
  );
}

/** The ARNs of a type's database-user roles: those of the names, then those that are given. */
function userRoleArns(type: DatabaseType): Term {
  const prefix = variablePrefix(type.name);
  const ofName = arn("iam::{account}:role{path}{name}", {
    path: variable("user_role_path"),
    name: item("name"),
  });
  return local(
    `${prefix}_user_role_arns`,
    concat(each("name", userRoleNames(type), ofName), variable(`${prefix}_user_role_arns`)),
  );
}

/** The ARNs that the objects of a narrowing give, which must not be null. */
function narrowedArns({ variable: name, fields: names, arns }: Narrowing): Term {
  const values = Object.keys(names).map((field) => [field, item("item", field)] as const);
  const ofObject = arns.map((template) => arn(template, Object.fromEntries(values)));
  const [first, ...more] = ofObject;
  return first !== undefined && more.length === 0
    ? each("item", variable(name), first)
    : flatten(each("item", variable(name), list(...ofObject)));
}

/** The ARNs of a narrowing as a local value, none if it is null. */
function narrowedArnsOrNone(narrowing: Narrowing): Term {
  return local(
    `${nameOfNarrowing(narrowing)}_arns`,
    choose(isNull(variable(narrowing.variable)), list(), narrowedArns(narrowing)),
  );
}

const nameOfNarrowing = ({ variable: name, subset }: Narrowing): string =>
  [name, ...(subset === undefined ? [] : [subset])].join("_");

/** All ARNs that the templates can name in the account, by the values that differ. */
export function accountArns({ narrowings, arns = [] }: Databases): ReadonlyMap<string, Term> {
  const ofTemplate = (template: string, kinds: Narrowing["fields"]) => [
    ...arnsWith(template, (field) => {
      const kind = kinds[field];
      return (kind === undefined ? undefined : fields[kind].widest) ?? ["*"];
    }),
  ];
  return new Map([
    ...narrowings.flatMap((one) => one.arns.flatMap((each) => ofTemplate(each, one.fields))),
    ...arns.flatMap((each) => ofTemplate(each, {})),
  ]);
}

/** The beginning of the names of local values about the resources of a statement. */
function nameOf(type: DatabaseType, { narrowings: [first], name }: Databases): string {
  if (name !== undefined) return name;
  if (first === undefined) return `${variablePrefix(type.name)}_databases`;
  return nameOfNarrowing(first);
}

/** Everything that a statement can apply to: `*`, or the account if it is restricted to that. */
function widest(resources: Databases, name: string): Term {
  const arns = [...accountArns(resources).values()];
  // Without a template, AWS accepts these actions on everything alone.
  if (arns.length === 0) return everything;
  const account = arns.length === 1 ? list(...arns) : local(`${name}_in_account`, list(...arns));
  return resources.unrestricted === true ? choose(restricted, account, everything) : account;
}

/** Resources that the narrowings of a statement name, or everything if none is set. */
export function databases(resources: Databases, name: string): Term {
  const { narrowings } = resources;
  const [first, ...more] = narrowings;
  if (first === undefined) return widest(resources, name);
  const isNarrowed = any(...narrowings.map((one) => isSet(variable(one.variable))));
  const isShort = more.length === 0 && first.arns.length === 1;
  const named = isShort ? narrowedArns(first) : concat(...narrowings.map(narrowedArnsOrNone));
  return local(`${name}_resources`, choose(isNarrowed, named, widest(resources, name)));
}

/** The resources of a statement that databases are discovered by: nobody has named those yet. */
function found(type: DatabaseType, { actions, discovery }: Statement, resources: Databases): Term {
  if (discovery?.arns === undefined) return everything;
  const isMore = actions.length > 0 && discovery.arns.length > 0;
  const name = isMore ? `${variablePrefix(type.name)}_discovery_metadata` : nameOf(type, resources);
  return widest({ ...resources, arns: [...(resources.arns ?? []), ...discovery.arns] }, name);
}

function secretArns(service: string): Term {
  const prefix = withoutLastSlash(item("prefix"));
  const arnsOf = (...more: readonly string[]): Term =>
    each(
      "prefix",
      variable("secret_key_prefixes"),
      arn("secretsmanager:*:{account}:secret:{prefix}/*", { prefix: text(prefix, ...more) }),
    );
  return local(
    `${service}_secret_arns`,
    choose(
      variable("restrict_secrets_to_type"),
      arnsOf(`/${service}`),
      local("secret_arns", arnsOf()),
    ),
  );
}

const kmsKeyArns = local(
  "kms_key_arns",
  each(
    "key",
    variable("kms_key_ids"),
    choose(isArn(item("key")), item("key"), arn("kms:*:{account}:key/{key}", { key: item("key") })),
  ),
);

/** The resources of a statement about databases; `read` gives those for the Database Service. */
function ofDatabases(
  type: DatabaseType,
  statement: Statement,
  resources: Databases,
  discovers: Term,
  read: (resources: Databases, name: string) => Term,
): Term {
  const ofService = read(resources, nameOf(type, resources));
  if (statement.discovery === undefined) return ofService;
  const ofDiscovery = found(type, statement, resources);
  return statement.actions.length === 0 ? ofDiscovery : choose(discovers, ofDiscovery, ofService);
}

/**
 * The resources of a statement:
 *
 * - what its narrowings name, if one of them is not null, else
 * - `*`, as on the reference page, unless `restrict_to_account` is set, else
 * - everything of the account that the ARN templates can name.
 *
 * @param discovers whether databases are discovered by the statement, if it serves that, too
 */
export function resourcesOf(type: DatabaseType, statement: Statement, discovers: Term): Term {
  const { resources } = statement;
  switch (resources.kind) {
    case "databases":
      return ofDatabases(type, statement, resources, discovers, databases);
    case "user-roles": {
      const arns = userRoleArns(type);
      return resources.unrestricted === true
        ? choose(all(not(restricted), isNotEmpty(arns)), everything, arns)
        : arns;
    }
    case "secrets":
      return secretArns(type.name);
    case "kms-keys":
      return kmsKeyArns;
  }
}

/** The widest result of {@link resourcesOf}: no resource that a caller narrows, and no role. */
export function widestOf(type: DatabaseType, statement: Statement, discovers: Term): Term {
  const { resources } = statement;
  switch (resources.kind) {
    case "databases":
      return ofDatabases(type, statement, resources, discovers, widest);
    case "user-roles":
      return list();
    case "secrets":
      return choose(restricted, list(arn("secretsmanager:*:{account}:secret:*")), everything);
    case "kms-keys":
      // A key can belong to another account.
      return choose(restricted, list(arn("kms:*:*:key/*")), everything);
  }
}
