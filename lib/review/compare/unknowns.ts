import type { Statements } from "./evaluator";
import type { Statement, Unknown } from "./statement";

/** All statements of one side. */
export const allStatements = ({ policies, boundary }: Statements): Statement[] => [
  ...policies,
  ...(boundary ?? []),
];

const nameOf = ({ effect, name }: Unknown): string => `${effect} ${name}`;

/**
 * Unknown statements that both sides have. A result that depends on one of another document is unknown: it
 * could be anything. What both have is the same on both, whatever it is.
 */
export class UnknownsOfBoth {
  private readonly names: ReadonlySet<string>[];

  constructor(sides: readonly Iterable<Statement>[]) {
    this.names = sides.map(
      (statements) =>
        new Set(
          [...statements].flatMap(({ unknown }) => (unknown === undefined ? [] : nameOf(unknown))),
        ),
    );
  }

  has(unknown: Unknown): boolean {
    return this.names.every((names) => names.has(nameOf(unknown)));
  }
}

const MOST_CHARACTERS = 80;

/** The reason why what hangs on an unknown statement is undecided. */
export function doubtOf({ name }: Unknown): string {
  const short = name.length > MOST_CHARACTERS ? `${name.slice(0, MOST_CHARACTERS)}…` : name;
  return `it depends on ${short}, which cannot be read`;
}
