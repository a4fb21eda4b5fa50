/** The words of a text, such as names of types on several lines. */
const words = (text: string): string[] => text.trim().split(/\s+/);

/** Types of the AWS provider by their names without `aws_`. */
export const typesOf = (text: string): string[] => words(text).map((name) => `aws_${name}`);

/**
 * The arguments of types, as paths: `target.role_arn`. A row has one type or several without `aws_`, with spaces
 * between, and their arguments in the same way.
 */
export const argumentsOf = (
  rows: Readonly<Record<string, string>>,
): ReadonlyMap<string, readonly string[]> =>
  new Map(
    Object.entries(rows).flatMap(([types, paths]) =>
      typesOf(types).map((type) => [type, words(paths)] as const),
    ),
  );
