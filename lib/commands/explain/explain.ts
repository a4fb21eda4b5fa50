import { databaseTypes } from "../../catalog";
import { type DatabaseType, variablePrefix } from "../../catalog/database-type";
import { fields } from "../../catalog/fields";
import { refuseUnsupported } from "../../catalog/select-types";
import { narrowingsOf, type Statement } from "../../catalog/statement";
import { defineModule } from "../../inputs/module-definition";
import { allStatements } from "../../inputs/type-variables";
import { Values } from "../../inputs/values";
import { didYouMean } from "../../nearest";
import { dbUsersOf } from "../../policies/db-users";
import { evaluate } from "../../policies/evaluate";
import { arnTemplates } from "../../policies/statements";
import { UserError } from "../../user-error";

/** A list variable that names what a statement applies to. */
interface ExplainedNarrowing {
  readonly variable: string;
  readonly description: string;
  /** What each field of an object takes, by the field's name. */
  readonly fields: Readonly<Record<string, string>>;
  /** The ARNs that an object gives, with the fields in braces. */
  readonly arns: readonly string[];
}

/** A statement, and all that there is to know about it. */
export interface ExplainedStatement {
  readonly sid: string;
  /** What carries it: the Database Service's policy, or the role that a user connects as. */
  readonly carrier: "policy" | "user-role";
  readonly purpose: string;
  /** What the Database Service needs; empty where only discovery needs the statement. */
  readonly actions: readonly string[];
  /** What it has for who discovers databases (`services` with `discovery`). */
  readonly discovers: readonly string[];
  /** `Resource` with the variables' defaults, with placeholders in braces. */
  readonly resources: readonly string[];
  /** The variables that name resources instead. */
  readonly narrowings: readonly ExplainedNarrowing[];
  /** For the `db_users` of a Teleport role: whom it lets users connect as; null where it lets nobody. */
  readonly dbUsers: {
    /** With the variables' defaults. */
    readonly defaults: readonly string[];
    /** What the variables give instead, with placeholders in braces. */
    readonly named: readonly string[];
  } | null;
  /** When it can be left out, in a sentence; null where it is always needed. */
  readonly omittable: string | null;
  /** The boolean variable that puts it in or leaves it out; null where there is none. */
  readonly switch: {
    readonly variable: string;
    readonly default: boolean;
    readonly description: string;
  } | null;
  /** The page that documents it. */
  readonly source: string;
}

/** A database type with all of its statements, or with the one that was asked for. */
export interface Explanation {
  readonly type: string;
  readonly title: string;
  readonly purpose: string;
  readonly source: string;
  readonly statements: readonly ExplainedStatement[];
}

const fullArn = (template: string): string => `arn:{partition}:${template}`;

/** The variables that name what a statement applies to beside databases, and the ARNs they give. */
function namedByLists(type: DatabaseType, kind: "user-roles" | "secrets" | "kms-keys"): string[] {
  switch (kind) {
    case "user-roles":
      return [
        fullArn(
          arnTemplates.userRole
            .replace("{path}", "{user_role_path}")
            .replace("{name}", `{${variablePrefix(type.name)}_user_role_names}`),
        ),
        `{${variablePrefix(type.name)}_user_role_arns}`,
      ];
    case "secrets":
      return [fullArn(arnTemplates.secret.replace("{prefix}", "{secret_key_prefixes}"))];
    case "kms-keys":
      return [fullArn(arnTemplates.kmsKey.replace("{key}", "{kms_key_ids}"))];
  }
}

function defaultResources(type: DatabaseType, { resources }: Statement): readonly string[] {
  if (resources.kind === "secrets" || resources.kind === "kms-keys") {
    return namedByLists(type, resources.kind);
  }
  if (resources.unrestricted !== undefined) return ["*"];
  if (resources.kind === "user-roles") return namedByLists(type, resources.kind);
  return [...new Set(resources.narrowings.flatMap(({ arns }) => arns))].map((template) =>
    fullArn(template).replace(/\{(?!account|partition)\w+\}/g, "*"),
  );
}

/** Whom a statement lets users connect as. */
function explainedDbUsers(type: DatabaseType, statement: Statement): ExplainedStatement["dbUsers"] {
  const users = dbUsersOf(type, statement);
  if (users === undefined) return null;
  const defaults = new Values(defineModule([type]).variables, {});
  const prefix = variablePrefix(type.name);
  return {
    defaults: evaluate(users, defaults) as readonly string[],
    named:
      statement.resources.kind === "user-roles"
        ? [
            `${type.userRole?.dbUserPrefix ?? ""}{${prefix}_user_role_names}`,
            `{${prefix}_user_role_arns}`,
          ]
        : narrowingsOf(statement).map(({ variable }) => `{${variable}.user_name}`),
  };
}

function explained(
  type: DatabaseType,
  statement: Statement,
  carrier: ExplainedStatement["carrier"],
): ExplainedStatement {
  return {
    sid: statement.sid,
    carrier,
    purpose: statement.purpose,
    actions: statement.actions,
    discovers: statement.discovery?.actions ?? [],
    resources: defaultResources(type, statement),
    narrowings: narrowingsOf(statement).map((narrowing) => ({
      variable: narrowing.variable,
      description: narrowing.description,
      fields: Object.fromEntries(
        Object.entries(narrowing.fields).map(([name, kind]) => [name, fields[kind].allowed]),
      ),
      arns: narrowing.arns.map(fullArn),
    })),
    dbUsers: explainedDbUsers(type, statement),
    omittable: statement.omittable ?? null,
    switch: statement.switch ?? null,
    source: statement.source,
  };
}

/**
 * What a database type needs and why, or what one statement is for.
 *
 * @param name the name of a type, an alias of one, or a Sid
 * @throws UserError where `name` is neither, and where it is a database that Teleport does not support
 */
export function explain(name: string): Explanation {
  const byName = databaseTypes.find(
    (type) => type.name === name || type.aliases?.includes(name) === true,
  );
  const type =
    byName ?? databaseTypes.find((each) => allStatements(each).some(({ sid }) => sid === name));
  if (type === undefined) {
    refuseUnsupported(name);
    const names = databaseTypes.map((each) => each.name);
    const sids = databaseTypes.flatMap(allStatements).map(({ sid }) => sid);
    throw new UserError(
      `${JSON.stringify(name)} is neither a database type nor the Sid of a statement.${didYouMean(name, [...names, ...sids])} Types: ${names.join(", ")}. "teleport-db-iam list" shows the Sids.`,
    );
  }
  const statements = [
    ...type.statements.map((statement) => explained(type, statement, "policy")),
    ...(type.userRole?.statements ?? []).map((each) => explained(type, each, "user-role")),
  ];
  return {
    type: type.name,
    title: type.title,
    purpose: type.purpose,
    source: type.source,
    statements: byName === undefined ? statements.filter(({ sid }) => sid === name) : statements,
  };
}
