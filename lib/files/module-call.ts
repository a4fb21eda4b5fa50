/**
 * A call of a module in a root configuration, in Terraform's native syntax.
 *
 * @param name the call's name
 * @param source the module's folder, as the root configuration sees it
 * @param inputs expressions by variable, in the order in which they are written
 */
export function moduleCall(
  name: string,
  source: string,
  inputs: Readonly<Record<string, string>>,
): string {
  const width = Math.max(...Object.keys(inputs).map(({ length }) => length));
  const lines = Object.entries(inputs).map(
    ([variable, expression], index) =>
      `${index === 0 ? "\n" : ""}  ${variable.padEnd(width)} = ${expression}`,
  );
  return [
    `module ${JSON.stringify(name)} {`,
    `  source = ${JSON.stringify(source)}`,
    ...lines,
    "}",
  ].join("\n");
}

/** The inputs that every call begins with: the account, and the Database Service's own role. */
export const exampleInputs = {
  aws_account_id: '"123456789012"',
  attach_to_roles: '{ database_service = "teleport-db-service-role" }',
} as const;
