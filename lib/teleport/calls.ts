import { databaseTypes } from "../catalog";
import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import type { Inputs } from "../inputs/assignments";
import { list, quote } from "../text/hcl";
import type { Json } from "../text/json";
import {
  identifier,
  type ModuleCall,
  PolicyNames,
  type RootVariable,
  UniqueNames,
} from "./module-call";
import { questions } from "./questions";
import { type RoleContext, wordsOf } from "./role-words";
import { type AwsRole, roleParts, type RoleKey, typesFound } from "./roles";
import type { Use } from "./uses";
import { databaseValues, discoveryValues, partitionOfAll } from "./values";

/** The types that are used or may be, in the order of the reference page. */
function typesUsed(uses: readonly Use[]): DatabaseType[] {
  return databaseTypes.filter((type) => uses.some(({ types }) => types.includes(type)));
}

function isKnown(text: string | undefined): text is string {
  return text !== undefined;
}

/** Makes the calls for roles. It remembers which names and variables there are. */
export class Planner {
  readonly variables = new Map<string, RootVariable>();
  private readonly names = new UniqueNames();
  private readonly policyNames = new PolicyNames();
  private readonly contexts = new Map<RoleKey, RoleContext>();

  constructor(private readonly roles: readonly AwsRole[]) {
    for (const role of roles) this.contexts.set(role.key, this.contextOf(role));
  }

  /** @throws RangeError never: every key of a role is one of a role that there is */
  context(key: RoleKey): RoleContext {
    const context = this.contexts.get(key);
    if (context === undefined) throw new Error(`There is no role ${key}.`);
    return context;
  }

  /** A value that no file has, as a variable of the root. */
  variable(name: string, description: string): string {
    this.variables.set(name, { name, description });
    return `var.${name}`;
  }

  name(base: string, more: string): string {
    return this.names.take(base, more);
  }

  private contextOf(role: AwsRole): RoleContext {
    const words = wordsOf(role);
    const services = role.assumedBy.size === 0 ? [role.key] : [...role.assumedBy];
    const [partition = "aws"] = services.map((key) => {
      const service = this.roles.find((each) => each.key === key) ?? role;
      const assumed = this.roles.filter((each) => service.assumes.has(each.key));
      return partitionOfAll(service, assumed);
    });
    const firstAccount = role.uses.map(({ accountId }) => accountId?.text).find(isKnown);
    const account = role.arn === undefined ? firstAccount : roleParts(role.arn).account;
    const roleName = role.arn === undefined ? words.roleName : roleParts(role.arn).name;
    const isAssumed = role.key.startsWith("arn:");
    const isCreated = isAssumed || role.arn === undefined || role.assumes.size > 0;
    if (!isCreated) {
      const expressions = { name: quote(roleName), arn: quote(role.arn), call: undefined };
      return { role, account, partition, words, expressions };
    }
    const base = isAssumed ? `access_role_${identifier(roleName)}` : words.callName;
    const call = this.name(base, account ?? "");
    const expressions = {
      name: `module.${call}.role_name`,
      arn: `module.${call}.role_arn`,
      call,
    };
    return { role, account, partition, words, expressions };
  }

  /** The account and partition of a role's calls. */
  place({ account, partition: own, words }: RoleContext): {
    readonly defaults: Inputs;
    readonly call: Readonly<Record<string, string>>;
  } {
    const partitions: Inputs = own === "aws" ? {} : { aws_partition: own };
    if (account !== undefined)
      return { defaults: { aws_account_id: account, ...partitions }, call: {} };
    const expression = this.variable(
      `${words.prefix}_account_id`,
      `The account of ${words.title}.`,
    );
    return { defaults: partitions, call: { aws_account_id: expression } };
  }

  /** The calls of type modules whose policies a role gets. */
  typeCalls(context: RoleContext): ModuleCall[] {
    const { role } = context;
    const others = role.uses.filter((use) => this.isElsewhere(use, context));
    const uses = role.uses.filter((use) => !others.includes(use));
    const used = typesUsed(uses);
    const found = typesFound(role.finds);
    const foundOnly = found.filter((type) => !used.includes(type));
    return [
      ...(used.length === 0 && others.length === 0
        ? []
        : [this.databaseCall(context, uses, used, others)]),
      ...(foundOnly.length === 0 ? [] : [this.discoveryCall(context, foundOnly)]),
      ...this.userRoleCalls(context, others),
    ];
  }

  /** Whether a database is used directly, and is in another account than the service's role. */
  private isElsewhere({ accountId }: Use, { role, account }: RoleContext): boolean {
    return !role.key.startsWith("arn:") && accountId !== undefined && accountId.text !== account;
  }

  private databaseCall(
    context: RoleContext,
    uses: readonly Use[],
    used: readonly DatabaseType[],
    others: readonly Use[],
  ): ModuleCall {
    const { role, words, expressions, account } = context;
    const { inputs, open } = databaseValues(role, uses, used);
    const otherTypes = typesUsed(others).filter(({ userRole }) => userRole !== undefined);
    const types = databaseTypes.filter((type) => used.includes(type) || otherTypes.includes(type));
    const place = this.place(context);
    const hasUserRoles = used.some(({ userRole }) => userRole !== undefined);
    const externalIds =
      role.key.startsWith("arn:") || !hasUserRoles ? [] : [...role.externalIds.keys()];
    const creates = externalIds.length > 0;
    return {
      module: "database-access",
      name: this.callName("database_access", context),
      purpose: `What ${words.title} may do${role.key.startsWith("arn:") ? " for the Database Service" : ""}.`,
      account,
      types: types.map(({ name }) => name),
      defaults: {
        ...place.defaults,
        ...this.policyName("DatabaseAccess", context),
        ...(creates ? { create_user_roles: true, external_ids: externalIds } : {}),
        ...this.otherUserRoles(context, otherTypes, used, others),
        ...inputs,
      },
      call: {
        ...place.call,
        attach_to_roles: `{ ${words.attachKey} = ${expressions.name} }`,
        ...(creates ? { trusted_principals: list([expressions.arn]) } : {}),
      },
      missing: [
        ...(account === undefined ? [`The account of ${words.title}: aws_account_id`] : []),
        ...this.existingRole(context),
        ...questions(used, inputs, creates),
        ...this.unreachable(others, context),
      ],
      open,
    };
  }

  private discoveryCall(context: RoleContext, types: readonly DatabaseType[]): ModuleCall {
    const { words, expressions, account, role } = context;
    const place = this.place(context);
    return {
      module: "database-access",
      name: this.callName("database_discovery", context),
      purpose: `What ${words.title} may do to discover databases.`,
      account,
      types: types.map(({ name }) => name),
      defaults: {
        ...place.defaults,
        ...this.policyName("DatabaseDiscovery", context),
        ...discoveryValues(role),
      },
      call: { ...place.call, attach_to_roles: `{ ${words.attachKey} = ${expressions.name} }` },
      missing: [
        ...(account === undefined ? [`The account of ${words.title}: aws_account_id`] : []),
        ...(role.uses.length === 0 ? this.existingRole(context) : []),
      ],
      open: [],
    };
  }

  /** The roles that users connect as in other accounts, which the service's role assumes itself. */
  private userRoleCalls(context: RoleContext, others: readonly Use[]): ModuleCall[] {
    const accounts = [...new Set(others.map(({ accountId }) => accountId?.text ?? ""))];
    return accounts.flatMap((account) => {
      const uses = others.filter(({ accountId }) => accountId?.text === account);
      const types = typesUsed(uses).filter(({ userRole }) => userRole !== undefined);
      if (types.length === 0) return [];
      const externalIds = [...new Set(uses.flatMap(({ externalId }) => externalId?.text ?? []))];
      return [
        {
          module: "database-access",
          name: this.name(`user_roles_${account}`, ""),
          purpose: `The roles in account ${account} that users connect as, and that ${context.words.title} assumes.`,
          account,
          types: types.map(({ name }) => name),
          defaults: {
            aws_account_id: account,
            ...(context.partition === "aws" ? {} : { aws_partition: context.partition }),
            create_policy: false,
            create_user_roles: true,
            ...(externalIds.length === 0 ? {} : { external_ids: externalIds }),
          },
          call: { trusted_principals: list([context.expressions.arn]) },
          missing:
            externalIds.length === 0
              ? [
                  `An external ID, because the account is another than that of ${context.words.title}: external_ids here, and external_id of the databases`,
                ]
              : [],
          open: [],
        } satisfies ModuleCall,
      ];
    });
  }

  private otherUserRoles(
    { partition }: RoleContext,
    types: readonly DatabaseType[],
    used: readonly DatabaseType[],
    others: readonly Use[],
  ): Inputs {
    const inputs: Record<string, Json> = {};
    for (const type of types) {
      const prefix = variablePrefix(type.name);
      const accounts = others
        .filter((use) => use.types.includes(type))
        .map(({ accountId }) => accountId?.text ?? "");
      if (!used.includes(type)) inputs[`${prefix}_user_role_names`] = [];
      inputs[`${prefix}_user_role_arns`] = [...new Set(accounts)].map(
        (account) => `arn:${partition}:iam::${account}:role/${type.userRole?.defaultName ?? ""}`,
      );
    }
    return inputs;
  }

  /** Databases that AWS lets no role of another account connect to. */
  private unreachable(others: readonly Use[], { account, words }: RoleContext): string[] {
    const types = typesUsed(others).filter(({ userRole }) => userRole === undefined);
    return types.map(
      ({ name }) =>
        `A way to the databases of ${name} in another account than ${account ?? ""}: ${words.title} cannot connect to them. Name a role of their account in assume_role_arn`,
    );
  }

  /** Whether the role that a file names exists is not in any file. */
  private existingRole({ role, words, expressions }: RoleContext): string[] {
    return expressions.call === undefined
      ? [
          `Whether the role ${role.arn ?? ""} exists: if not, create it with the module service-role, and put its role_name into attach_to_roles (${words.title})`,
        ]
      : [];
  }

  private callName(base: string, { role, account, words }: RoleContext): string {
    const isAssumed = role.key.startsWith("arn:");
    const own = isAssumed ? `_${identifier(roleParts(role.arn ?? "").name)}` : "";
    return this.name(`${base}${own}`, isAssumed ? (account ?? "") : words.prefix);
  }

  private policyName(base: string, { role, account, words }: RoleContext): Inputs {
    const roleName = role.arn === undefined ? words.roleName : roleParts(role.arn).name;
    const name = this.policyNames.take(base, account, roleName);
    return name === "DatabaseAccess" ? {} : { policy_name: name };
  }
}
