/** The words of a text, such as names of types on several lines. */
export const words = (text: string): string[] => text.trim().split(/\s+/);

/** Types of the AWS provider by their names without `aws_`. */
export const typesOf = (text: string): string[] => words(text).map((name) => `aws_${name}`);

/** A table by type. The key of a row is one type or several without `aws_`, with spaces between. */
export const byType = <Row>(rows: Readonly<Record<string, Row>>): ReadonlyMap<string, Row> =>
  new Map(
    Object.entries(rows).flatMap(([types, row]) =>
      typesOf(types).map((type) => [type, row] as const),
    ),
  );

/** The arguments of types, as paths with spaces between: `target.role_arn`. */
export const argumentsOf = (
  rows: Readonly<Record<string, string>>,
): ReadonlyMap<string, readonly string[]> =>
  new Map([...byType(rows)].map(([type, paths]) => [type, words(paths)]));
