import { interpolate } from "../text/hcl";
import type { ModuleDefinition } from "../inputs/module-definition";
import { once } from "../text/memo";
import { type Element, resource } from "./element";
import { plain, rule, type Rule } from "./rules";

/** The name and the path of a role that a variable names as `path/name`. */
export function nameAndPath(variable: string): { readonly name: string; readonly path: string } {
  return {
    name: `\${basename(var.${variable})}`,
    path: `\${trimsuffix("/\${var.${variable}}", basename(var.${variable}))}`,
  };
}

/** An entry of `local.own_names`: what may be created, by the key under which its name is remembered. */
function named(
  key: string,
  condition: string,
  { name, path }: { readonly name: string; readonly path: string },
  variable: string,
): string {
  const text = (template: string): string => plain(template.replace(/^\$\{(.*)\}$/s, "$1"));
  return `{ key = "${key}", created = ${plain(condition)}, name = ${text(name)}, path = ${text(path)}, variable = "${variable}" }`;
}

/** The local values about names: of everything that is created, by a key that is always known. */
export function nameLocals({ types }: ModuleDefinition): Record<string, string> {
  const withUserRoles = types.some(({ userRole }) => userRole !== undefined);
  const names = [
    named(
      "policy",
      "var.create_policy",
      { name: "${var.policy_name}", path: "${var.policy_path}" },
      "policy_name",
    ),
    named(
      "service_role",
      "var.create_service_role",
      nameAndPath("service_role_name"),
      "service_role_name",
    ),
    named(
      "access_role",
      "var.create_access_role",
      nameAndPath("access_role_name"),
      "access_role_name",
    ),
  ];
  const own = `{ for each in local.own_names : each.key => each if each.created }`;
  const roles = `{ for key, each in local.names : key => each if key != "policy" }`;
  // The Database Service's role is there, whoever creates it.
  const service = `{ for each in local.own_names : each.key => each if each.key == "service_role" && ${plain("local.service_account_id == var.aws_account_id")} }`;
  return {
    own_names: interpolate(`[${names.join(", ")}]`),
    names: interpolate(withUserRoles ? `merge(${own}, local.user_roles)` : own),
    role_names: interpolate(`merge(${roles}, ${service})`),
  };
}

/**
 * Remembers the path that each name was created with: IAM has a name once, whatever its path and
 * case, so a new path needs a new name. Without the guard, an apply would find the name taken.
 */
export const names = once((): Element =>
  resource(
    "terraform_data",
    "name",
    {},
    {
      input: "${local.names[each.key].path}${local.names[each.key].name}",
      triggers_replace: "${lower(local.names[each.key].name)}",
      for_each: "${toset(keys(local.names))}",
      lifecycle: { ignore_changes: ["input"] },
    },
  ),
);

/** That the path of what is remembered under `key` (an expression) has not changed under its name. */
export function keepsItsPath(key: string): Rule {
  const remembered = `terraform_data.name[${key}].output`;
  const wanted = `\${local.names[${key}].path}\${local.names[${key}].name}`;
  return rule(
    `${remembered} == "${wanted}"`,
    `\${local.names[${key}].variable} was created as \${${remembered}} and is now ${wanted}. IAM has a name once, whatever its path and case: give it another name along with the path, or keep both.`,
  );
}

/** That the role under `key` (an expression) shares its name with no other role of the module. */
export function hasItsNameAlone(key: string): Rule {
  const same = `[for role in local.role_names : "\${role.variable} (\${role.path}\${role.name})" if lower(role.name) == lower(local.names[${key}].name)]`;
  return rule(
    `length(${same}) == 1`,
    `\${join(" and ", ${same})} name the same role. IAM has a name once, whatever its path and case: give each role a name of its own.`,
  );
}

const ATTACHED_OWN =
  '[for name in values(var.attach_to_roles) : name if contains([for key, role in local.names : lower(role.name) if key != "policy"], lower(name))]';

/** That `attach_to_roles` names no role of the module: by name, since the roles are not there yet. */
export const attachesToOtherRoles: Rule = rule(
  `length(${ATTACHED_OWN}) == 0`,
  `attach_to_roles names ${interpolate(`nonsensitive(join(", ", ${ATTACHED_OWN}))`)}, which the module creates. Take it out of attach_to_roles: the role that create_service_role or create_access_role creates has the policies anyway.`,
);
