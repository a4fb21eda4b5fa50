import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import type { Inputs } from "../inputs/assignments";
import { withUserRoles } from "../inputs/module-definition";
import { list } from "../text/hcl";
import type { Json } from "../text/json";
import type { ModuleCall, OwnPart, RootVariable } from "./module-call";
import { narrowings } from "./narrowings";
import { accessRole, serviceRole } from "./role-calls";
import { type AwsRole, UniqueNames } from "./roles";
import { problemAt } from "./place";
import { typesOf, type Use } from "./uses";
import { partitionOfAll, questions, secrets, serviceValues, switches } from "./values";

/** Databases of another account than the role's, which it reaches without a role of theirs. */
function isElsewhere({ accountId }: Use, { kind, account }: AwsRole): boolean {
  return kind !== "access_role" && accountId !== undefined && accountId.text !== account;
}

/** The reason why a role of another account cannot connect to databases, with the way out. */
function unreachable(type: DatabaseType, { title, account = "" }: AwsRole): string {
  return `${title} cannot connect to databases of ${type.name} outside of account ${account}. Set assume_role_arn of these databases to a role of their account`;
}

function accountsOf(uses: readonly Use[]): string[] {
  return [...new Set(uses.map(({ accountId }) => accountId?.text ?? ""))];
}

/** The question about a role that a file names: no file has whether it exists. */
function existence({ isCreated, arn, title }: AwsRole): string[] {
  if (isCreated) return [];
  const advice = `create it with the module service-role, and set attach_to_roles to its role_name (${title})`;
  return [`The role ${arn ?? ""}, if it does not exist: ${advice}`];
}

/** Makes the calls for roles, and remembers which names and variables there are. */
class Planner {
  readonly variables = new Map<string, RootVariable>();
  private readonly names = new UniqueNames();
  private readonly policyNames = new UniqueNames();

  /** @param partition the partition of everything */
  constructor(private readonly partition: string) {}

  /** A value that no file has, as a variable of the root. */
  readonly variable = (name: string, description: string): string => {
    this.variables.set(name, { name, description });
    return `var.${name}`;
  };

  /** A call for a role, with the account and partition, or a note that they are missing. */
  private call({ account, title, prefix }: AwsRole, own: OwnPart): ModuleCall {
    const id = own.account ?? account;
    const known: Inputs = id === undefined ? {} : { aws_account_id: id };
    const variable = () => this.variable(`${prefix}_account_id`, `The account of ${title}.`);
    return {
      types: [],
      open: [],
      ...own,
      account: id,
      alias: id === undefined ? `${prefix}_account` : `account_${id}`,
      defaults: {
        ...known,
        ...(this.partition === "aws" ? {} : { aws_partition: this.partition }),
        ...own.defaults,
      },
      call: { ...(id === undefined ? { aws_account_id: variable() } : {}), ...own.call },
      missing: [
        ...(id === undefined ? [`The account of ${title}: aws_account_id`] : []),
        ...(own.missing ?? []),
      ],
    };
  }

  /** The calls that a role needs: the one that creates it, and those of type modules with its policies. */
  callsOf(role: AwsRole): ModuleCall[] {
    const create = role.kind === "access_role" ? accessRole : serviceRole;
    const own = create(role, this.variable);
    const others = role.uses.filter((use) => isElsewhere(use, role));
    const uses = role.uses.filter((use) => !isElsewhere(use, role));
    const used = typesOf(uses);
    const foundOnly = typesOf(role.finds).filter((type) => !used.includes(type));
    const hasUses = used.length + others.length > 0;
    return [
      ...(role.isCreated ? [this.call(role, own)] : []),
      ...(hasUses ? [this.databaseCall(role, uses, others)] : []),
      ...(foundOnly.length === 0 ? [] : [this.discoveryCall(role, foundOnly, !hasUses)]),
      ...accountsOf(others).flatMap((account) => this.userRoleCall(role, others, account)),
    ];
  }

  private databaseCall(role: AwsRole, uses: readonly Use[], others: readonly Use[]): ModuleCall {
    const used = typesOf(uses);
    const reached = withUserRoles(typesOf(others));
    const types = typesOf([{ types: used }, { types: reached }]);
    const problems = typesOf(others)
      .filter((type) => !reached.includes(type))
      .map((type) => unreachable(type, role));
    const [first] = others;
    if (types.length === 0 && first !== undefined) {
      throw problemAt(first.place, `${problems.join(". ")}.`);
    }
    const { inputs, open } = narrowings(uses, used);
    const isAssumed = role.kind === "access_role";
    const externalIds = [...role.externalIds.keys()];
    const creates = !isAssumed && externalIds.length > 0 && withUserRoles(used).length > 0;
    const defaults = {
      ...(creates ? { create_user_roles: true, external_ids: externalIds } : {}),
      ...this.rolesElsewhere(used, others),
      ...serviceValues(role, used),
      ...switches(uses, used),
      ...secrets(uses),
      ...inputs,
    };
    return this.policyCall(role, "Access", types, {
      purpose: `The permissions of ${role.title}${isAssumed ? ", used by the Database Service" : ""}.`,
      defaults,
      call: creates ? { trusted_principals: list([role.expression("arn")]) } : {},
      missing: [...existence(role), ...questions(used, defaults), ...problems],
      open,
    });
  }

  private discoveryCall(role: AwsRole, types: readonly DatabaseType[], isFirst: boolean) {
    return this.policyCall(role, "Discovery", types, {
      purpose: `The permissions of ${role.title} for discovery.`,
      defaults: serviceValues(role),
      missing: isFirst ? existence(role) : [],
    });
  }

  /** A call of a module for types, whose policy a role gets. */
  private policyCall(
    role: AwsRole,
    base: "Access" | "Discovery",
    types: readonly DatabaseType[],
    own: Omit<OwnPart, "module" | "name">,
  ): ModuleCall {
    const name = `database_${base.toLowerCase()}`;
    const isAssumed = role.kind === "access_role";
    const policy = this.policyNames.take(`Database${base}`, `-${role.name}`);
    return this.call(role, {
      ...own,
      module: "database-access",
      name: isAssumed ? `${name}_${role.prefix}` : this.names.take(name, `_${role.prefix}`),
      types: types.map((type) => type.name),
      defaults: {
        ...(policy === "DatabaseAccess" ? {} : { policy_name: policy }),
        ...own.defaults,
      },
      call: { attach_to_roles: `{ ${role.key} = ${role.expression("name")} }`, ...own.call },
    });
  }

  /** The roles that users connect as in another account, which the service's role assumes itself. */
  private userRoleCall(role: AwsRole, others: readonly Use[], account: string): ModuleCall[] {
    const uses = others.filter(({ accountId }) => accountId?.text === account);
    const types = withUserRoles(typesOf(uses));
    if (types.length === 0) return [];
    const externalIds = [...new Set(uses.flatMap(({ hop }) => hop.externalId?.text ?? []))];
    const { title } = role;
    const question = `An external ID, because ${title} is in another account: external_ids here, and external_id of the databases`;
    const ids: Inputs = externalIds.length === 0 ? {} : { external_ids: externalIds };
    const call = this.call(role, {
      module: "database-access",
      name: `user_roles_${account}`,
      purpose: `The roles in account ${account} that users connect as, and that ${title} assumes.`,
      account,
      types: types.map(({ name }) => name),
      defaults: { create_policy: false, create_user_roles: true, ...ids },
      call: { trusted_principals: list([role.expression("arn")]) },
      missing: externalIds.length > 0 ? [] : [question],
    });
    return [call];
  }

  /** The values that let a policy assume the roles that users connect as in other accounts. */
  private rolesElsewhere(used: readonly DatabaseType[], others: readonly Use[]): Inputs {
    const inputs: Record<string, Json> = {};
    for (const type of typesOf(others)) {
      const role = type.userRole?.defaultName;
      if (role === undefined) continue;
      const accounts = accountsOf(others.filter(({ types }) => types.includes(type)));
      const prefix = `${variablePrefix(type.name)}_user_role`;
      if (!used.includes(type)) inputs[`${prefix}_names`] = [];
      inputs[`${prefix}_arns`] = accounts.map(
        (id) => `arn:${this.partition}:iam::${id}:role/${role}`,
      );
    }
    return inputs;
  }
}

/**
 * The calls that the roles need: services' own roles first, and each role before its policies.
 *
 * @throws UserError if the roles are in several partitions
 */
export function callsOf(roles: readonly AwsRole[]): {
  readonly calls: readonly ModuleCall[];
  readonly variables: readonly RootVariable[];
} {
  const planner = new Planner(partitionOfAll(roles));
  const calls = roles.flatMap((role) => planner.callsOf(role));
  return { calls, variables: [...planner.variables.values()] };
}
