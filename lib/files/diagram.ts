import { type DatabaseType, variablePrefix } from "../catalog/database-type";
import { memo } from "../text/memo";
import type { Resources, Statement } from "../catalog/statement";

const node = ({ name }: DatabaseType): string => variablePrefix(name);

const sids = (statements: readonly Statement[]): string =>
  statements.map(({ sid }) => sid).join("<br/>");

/** The node that statements about a kind of resource point to. */
const targets: Readonly<Record<Resources["kind"], (type: DatabaseType) => string>> = {
  databases: (type) => node(type),
  "user-roles": (type) => `${node(type)}_role`,
  secrets: () => "secrets",
  "kms-keys": () => "keys",
};

const typeLines = memo((type: DatabaseType): readonly string[] => {
  const { userRole, statements } = type;
  const lines = [`${node(type)}[("${type.title}")]`];
  if (userRole !== undefined) {
    const role = targets["user-roles"](type);
    lines.push(`${role}["Database-user role<br/>${userRole.defaultName}"]`);
    const own =
      userRole.statements.length > 0 ? sids(userRole.statements) : "policies that you choose";
    lines.push(`${role} -->|"${own}"| ${node(type)}`);
  }
  for (const kind of Object.keys(targets) as Resources["kind"][]) {
    const about = statements.filter(({ resources }) => resources.kind === kind);
    if (about.length > 0) lines.push(`policy -->|"${sids(about)}"| ${targets[kind](type)}`);
  }
  return lines;
});

/**
 * Who assumes which role and what each may reach, as a flowchart of Mermaid. Dotted: with an access
 * role between the Database Service and the databases.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function diagram(types: readonly DatabaseType[]): string {
  const kinds = new Set(types.flatMap(({ statements }) => statements.map((s) => s.resources.kind)));
  return [
    "flowchart LR",
    ...[
      'host["EC2, ECS or EKS"] -->|"assumes"| service["Database Service\'s role"]',
      'service -->|"has"| policy["Policy of this module"]',
      'service -.->|"assumes, with external_id"| access["Access role"]',
      'access -.->|"has"| policy',
      ...(kinds.has("secrets") ? ['secrets["Secrets Manager"]'] : []),
      ...(kinds.has("kms-keys") ? ['keys["KMS keys"]'] : []),
      ...types.flatMap(typeLines),
    ].map((line) => `  ${line}`),
  ].join("\n");
}
