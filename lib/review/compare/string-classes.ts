import type { Budget } from "./budget";
import type { Pattern, Token } from "./pattern";

/** A pattern of which a search wants to know whether it matches. */
export interface Watched {
  readonly pattern: Pattern;
  /** True if a text that it matches is better for the search than one that it does not. */
  readonly wanted: boolean;
  /** True if such a text is worse. A pattern can be both: then neither replaces the other. */
  readonly unwanted: boolean;
}

/** Texts that the same patterns match. */
export interface StringClass {
  /** The indices of the patterns that match. */
  readonly matched: ReadonlySet<number>;
  /** A shortest text of the class. */
  readonly example: string;
}

/** A set of positions in the patterns, and the text that leads to it. */
interface State {
  readonly positions: readonly number[];
  readonly previous: State | undefined;
  readonly letter: string;
}

/** Letters that stand for "any other", the nicest first. */
const LETTERS = Array.from("xyzwvutqabcdefghijklmnoprsXYZ0123456789-_./");

/** A letter that is none of `used`. */
export function letterOutside(used: ReadonlySet<string>): string {
  const letter = LETTERS.find((candidate) => !used.has(candidate));
  if (letter !== undefined) return letter;
  let code = 0x100;
  while (used.has(String.fromCharCode(code))) code += 1;
  return String.fromCharCode(code);
}

function textOf(state: State): string {
  let text = "";
  for (let at: State | undefined = state; at !== undefined; at = at.previous)
    text = at.letter + text;
  return text;
}

/** True if every element of the sorted list `part` that `counts` is in the sorted list `whole`. */
function contains(
  whole: readonly number[],
  part: readonly number[],
  counts: readonly boolean[],
): boolean {
  let w = 0;
  for (const position of part) {
    if (counts[position] !== true) continue;
    while (w < whole.length && (whole[w] ?? 0) < position) w += 1;
    if (whole[w] !== position) return false;
  }
  return true;
}

/** All patterns laid out behind each other: position after position, and an end for each. */
class Positions {
  readonly tokens: (Token | undefined)[] = [];
  readonly owners: number[] = [];
  readonly starts: number[] = [];

  constructor(patterns: readonly Pattern[]) {
    for (const [owner, pattern] of patterns.entries()) {
      this.starts.push(this.tokens.length);
      for (const token of [...pattern, undefined]) {
        this.tokens.push(token);
        this.owners.push(owner);
      }
    }
  }

  /** Adds a position and those that are reached from it without a letter. */
  enter(position: number, into: Set<number>): void {
    for (let at = position; !into.has(at); at += 1) {
      into.add(at);
      const kind = this.tokens[at]?.kind;
      if (kind !== "any" && kind !== "variable") return;
    }
  }

  /** The positions after one more letter. `letter` undefined: one that no token names. */
  step(positions: readonly number[], letter: string | undefined): number[] {
    const next = new Set<number>();
    for (const at of positions) {
      const token = this.tokens[at];
      if (token === undefined) continue;
      if (token.kind === "character") {
        if (letter !== undefined && (token.text === letter || token.other === letter)) {
          this.enter(at + 1, next);
        }
      } else if (token.kind === "variable") this.enter(at, next);
      else if (letter !== ":" || token.colon) {
        this.enter(token.kind === "any" ? at : at + 1, next);
      }
    }
    return [...next].sort((a, b) => a - b);
  }

  /** The letters that matter next, the others being alike. */
  letters(positions: readonly number[]): Set<string> {
    const letters = new Set<string>();
    for (const at of positions) {
      const token = this.tokens[at];
      if (token === undefined || token.kind === "variable") continue;
      if (token.kind === "character") {
        letters.add(token.text);
        if (token.other !== undefined) letters.add(token.other);
      } else if (!token.colon) letters.add(":");
    }
    return letters;
  }
}

/**
 * The classes of texts of `universe` by which of `watched` match: a subset construction over all
 * patterns at once, breadth first, so that each class comes with a shortest text. Variables are read
 * as `*`.
 *
 * A state is left out if another one is at least as good for what is wanted and unwanted (an
 * antichain), so not every class comes, but a best one always does.
 *
 * @throws BudgetSpent
 */
export function* stringClasses(
  universe: Pattern,
  watched: readonly Watched[],
  budget: Budget,
): Generator<StringClass> {
  const all = new Positions([...watched.map(({ pattern }) => pattern), universe]);
  const isUniverse = all.owners.map((owner) => owner === watched.length);
  const wanted = all.owners.map((owner) => watched[owner]?.wanted === true);
  const unwanted = all.owners.map((owner) => watched[owner]?.unwanted === true);
  const seen = new Set<string>();
  const best = new Map<string, State[]>();
  const queue: State[] = [];
  const yielded = new Set<string>();

  // Where every pattern is wanted and unwanted, no state is better than another one.
  const hasRivals = watched.some((own) => !own.wanted || !own.unwanted);

  const isWorse = (state: State, than: State): boolean =>
    contains(state.positions, than.positions, unwanted) &&
    contains(than.positions, state.positions, wanted);

  const add = (state: State): void => {
    const key = state.positions.join(",");
    if (seen.has(key)) return;
    seen.add(key);
    const where = state.positions.filter((position) => isUniverse[position]).join(",");
    if (where === "") return;
    if (!hasRivals) {
      queue.push(state);
      return;
    }
    let rivals = best.get(where);
    if (rivals === undefined) best.set(where, (rivals = []));
    for (const rival of rivals) {
      budget.spend(1 + state.positions.length / 8);
      if (isWorse(state, rival)) return;
    }
    rivals.push(state);
    queue.push(state);
  };

  const start = new Set<number>();
  for (const position of all.starts) all.enter(position, start);
  add({ positions: [...start].sort((a, b) => a - b), previous: undefined, letter: "" });
  for (const state of queue) {
    const ended = state.positions.filter((position) => all.tokens[position] === undefined);
    if (ended.some((position) => isUniverse[position])) {
      const matched = ended
        .map((position) => all.owners[position] ?? 0)
        .filter((owner) => owner !== watched.length);
      const key = matched.join(",");
      if (!yielded.has(key)) {
        yielded.add(key);
        yield { matched: new Set(matched), example: textOf(state) };
      }
    }
    const letters = all.letters(state.positions);
    for (const letter of [undefined, ...letters]) {
      budget.spend(state.positions.length + 1);
      const positions = all.step(state.positions, letter);
      if (positions.length === 0) continue;
      add({
        positions,
        previous: state,
        letter: letter ?? letterOutside(new Set([...letters, ":"])),
      });
    }
  }
}
