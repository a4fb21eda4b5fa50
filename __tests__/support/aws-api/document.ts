/** Policy documents, as far as the rules read them. */

/** One value or a list of them. */
type OneOrMore = string | readonly string[];

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: "*" | Readonly<Record<string, OneOrMore>>;
  readonly Action?: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly Condition?: unknown;
}

/** The statements of a document; none where it is not one, which moto refuses by itself. */
export function statements(document: string): readonly Statement[] {
  try {
    const { Statement = [] } = JSON.parse(document) as { Statement?: Statement | Statement[] };
    return [Statement].flat();
  } catch {
    return [];
  }
}

/** The values of an element that holds one or more. */
export function values(element: OneOrMore | undefined): readonly string[] {
  return [element ?? []].flat();
}

/** The principals of a statement; `*` is every AWS principal. */
export function principals({
  Principal = {},
}: Statement): { readonly kind: string; readonly name: string }[] {
  return Object.entries(Principal === "*" ? { AWS: "*" } : Principal).flatMap(([kind, names]) =>
    values(names).map((name) => ({ kind, name })),
  );
}
