import { coversCondition } from "./condition";
import {
  actionRules,
  coversElement,
  type Element,
  principalRules,
  resourceRules,
  type Rules,
} from "./element";
import type { ParsedStatement } from "./parse-policy";
import { PrefixIndex } from "./prefix-index";

/**
 * Part of a statement that is one product again: each of its actions, on each of its resources, for
 * each of its principals, under its condition.
 */
export type Part = ParsedStatement;

/** Part of a statement, and the statements that cover it. */
export interface Covered {
  readonly part: Part;
  readonly by: readonly ParsedStatement[];
}

/**
 * Lists as what may cover others, each made ready once: each statement of one side asks each of the other.
 * For one comparison: what was made ready for earlier ones, V8 lets go of late.
 */
export class Coverings {
  private readonly known = new Map<readonly Element<unknown>[], unknown>();

  of<Entry>(list: readonly Element<Entry>[], rules: Rules<Entry>): Covering<Entry> {
    let covering = this.known.get(list) as Covering<Entry> | undefined;
    if (covering === undefined) this.known.set(list, (covering = new Covering(list, rules)));
    return covering;
  }
}

/** A set of statements by their position, as bits. */
type Mask = bigint;

/** Elements that the same statements cover. */
interface Group<Item> {
  readonly mask: Mask;
  readonly elements: readonly Item[] | undefined;
}

/** A list of elements that may cover others. What covers an element is most often the element itself. */
class Covering<Entry> {
  private readonly keys: ReadonlySet<string>;
  private readonly byHead: PrefixIndex<Element<Entry>>;

  constructor(
    list: readonly Element<Entry>[],
    private readonly rules: Rules<Entry>,
  ) {
    this.keys = new Set(list.map(({ key }) => key));
    this.byHead = new PrefixIndex(list.map((element) => [this.headOf(element), element] as const));
  }

  /** What all that an element matches begins with. A list of exceptions matches almost anything. */
  private headOf({ except, entries: [first] }: Element<Entry>): string {
    return except || first === undefined ? "" : this.rules.head(first);
  }

  /** Whether one of them covers `element`. */
  covers(element: Element<Entry>): boolean {
    if (this.keys.has(element.key)) return true;
    for (const wider of this.byHead.beginningsOf(this.headOf(element))) {
      if (coversElement(this.rules, wider, element)) return true;
    }
    return false;
  }
}

/** The elements of one kind, grouped by which of the lists cover them. */
function groupByCoverage<Entry>(
  elements: readonly Element<Entry>[] | undefined,
  lists: readonly (readonly Element<Entry>[] | undefined)[],
  rules: Rules<Entry>,
  coverings: Coverings,
): Group<Element<Entry>>[] {
  const bits = lists.map((_, index) => 1n << BigInt(index));
  const maskOf = (covered: (index: number) => boolean): Mask =>
    bits.reduce((mask, bit, index) => (covered(index) ? mask | bit : mask), 0n);
  if (elements === undefined) {
    return [{ mask: maskOf((index) => lists[index] === undefined), elements: undefined }];
  }
  const covering = lists.map((list) => coverings.of(list ?? [], rules));
  const groups = new Map<Mask, Element<Entry>[]>();
  for (const element of elements) {
    const mask = maskOf((index) => covering[index]?.covers(element) === true);
    const group = groups.get(mask);
    if (group === undefined) groups.set(mask, [element]);
    else group.push(element);
  }
  return [...groups].map(([mask, members]) => ({ mask, elements: members }));
}

/** One cell of the product of the groups of a statement. */
interface Cell {
  readonly mask: Mask;
  readonly part: Part;
}

/** Joins cells that `key` calls alike: the lists that `list` names are put behind each other. */
function join(
  cells: readonly Cell[],
  list: "actions" | "resources",
  key: (cell: Cell) => string,
): Cell[] {
  const joined = new Map<string, Cell>();
  for (const cell of cells) {
    const name = key(cell);
    const found = joined.get(name);
    const items = [...(found?.part[list] ?? []), ...(cell.part[list] ?? [])];
    joined.set(
      name,
      found === undefined ? cell : { ...found, part: { ...found.part, [list]: items } },
    );
  }
  return [...joined.values()];
}

/** Names for objects, by identity. */
function namer(): (value: unknown) => string {
  const names = new Map<unknown, string>();
  return (value) => {
    const name = names.get(value) ?? String(names.size);
    names.set(value, name);
    return name;
  };
}

/**
 * Splits `statement` into parts by which of `statements` cover them. A part without any is covered
 * by none of them alone; one that only several together cover counts as not covered.
 *
 * The lists of a statement are never multiplied out, so that long lists stay cheap.
 */
export function coverage(
  statement: ParsedStatement,
  statements: readonly ParsedStatement[],
  coverings: Coverings,
): Covered[] {
  const candidates = statements.filter(
    ({ effect, condition }) =>
      effect === statement.effect && coversCondition(condition, statement.condition),
  );
  const actions = groupByCoverage(
    statement.actions,
    candidates.map((other) => other.actions),
    actionRules,
    coverings,
  );
  const resources = groupByCoverage(
    statement.resources,
    candidates.map((other) => other.resources),
    resourceRules,
    coverings,
  );
  const principals = groupByCoverage(
    statement.principals,
    candidates.map((other) => other.principals),
    principalRules,
    coverings,
  );
  const cells = principals.flatMap((principal) =>
    actions.flatMap((action) =>
      resources.map((resource) => ({
        mask: action.mask & resource.mask & principal.mask,
        part: {
          ...statement,
          actions: action.elements ?? [],
          resources: resource.elements,
          principals: principal.elements,
        },
      })),
    ),
  );
  const name = namer();
  const byActions = join(cells, "resources", ({ mask, part }) =>
    [mask, name(part.principals), name(part.actions)].join(" "),
  );
  return join(byActions, "actions", ({ mask, part }) =>
    [mask, name(part.principals), part.resources?.map(name).join(",")].join(" "),
  ).map(({ mask, part }) => ({
    part,
    by: candidates.filter((_, index) => ((mask >> BigInt(index)) & 1n) === 1n),
  }));
}

/** The elements of `elements` that one of `wider` covers. */
function within<Entry>(
  elements: readonly Element<Entry>[] | undefined,
  wider: readonly Element<Entry>[] | undefined,
  rules: Rules<Entry>,
  coverings: Coverings,
): readonly Element<Entry>[] | undefined {
  const covering = coverings.of(wider ?? [], rules);
  return elements?.filter((element) => covering.covers(element));
}

const isEmpty = (list: readonly Element<unknown>[] | undefined): boolean => list?.length === 0;

/**
 * What of `statement` lies within `part`, leaving conditions aside: what a wildcard of `part` was
 * narrowed to, or widened from. Undefined where that is nothing.
 */
export function overlap(
  part: Part,
  statement: ParsedStatement,
  coverings: Coverings,
): Part | undefined {
  if (part.effect !== statement.effect) return undefined;
  const inside = {
    ...statement,
    actions: within(statement.actions, part.actions, actionRules, coverings) ?? [],
    resources: within(statement.resources, part.resources, resourceRules, coverings),
    principals: within(statement.principals, part.principals, principalRules, coverings),
  };
  return isEmpty(inside.actions) || isEmpty(inside.resources) || isEmpty(inside.principals)
    ? undefined
    : inside;
}
