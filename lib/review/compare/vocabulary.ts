import type { Budget } from "./budget";
import { knownActions } from "./known-actions";
import { type Pattern, variablesOf } from "./pattern";
import type { Statement } from "./statement";
import { PrefixIndex } from "./prefix-index";
import { type Place, placeOf, resourceSamples } from "./resource-samples";
import type { Question, Space } from "./search";
import type { StatementSets } from "./statement-sets";

const VARIABLE = /\$\{([^}*?$][^}]*)\}/g;

/** The vocabulary of policy documents: the words that requests about them are made of. */
export class Vocabulary implements Space {
  readonly actions: readonly string[];
  readonly multivalued: ReadonlySet<string>;
  readonly place: Place;

  /** ARNs without wildcards and variables. */
  private readonly arns: PrefixIndex<string>;
  private readonly spelledActions = new Map<string, string>();
  private readonly spelledKeys = new Map<string, string>();
  private readonly open = new Map<StatementSets, { patterns: Pattern[]; variables: string[] }>();

  constructor(
    statements: readonly Statement[],
    private readonly budget: Budget,
  ) {
    const actions = statements
      .flatMap((statement) => statement.actions.texts)
      .filter((text) => !/[*?]/.test(text));
    for (const action of actions) {
      const name = action.toLowerCase();
      if (!this.spelledActions.has(name)) this.spelledActions.set(name, action);
    }
    const conditions = statements.flatMap((statement) => statement.conditions);
    const texts = statements.flatMap(({ resources }) => resources.texts);
    const values = conditions.flatMap((condition) => condition.values);
    const variables = [...texts, ...values]
      .filter((text) => text.includes("${"))
      .flatMap((text) => [...text.matchAll(VARIABLE)])
      .map(([, inner = ""]) => (inner.split(/,\s*(?=')/)[0] ?? "").trim());
    for (const key of [...conditions.map((condition) => condition.key), ...variables]) {
      const name = key.toLowerCase();
      if (!this.spelledKeys.has(name)) this.spelledKeys.set(name, key);
    }
    this.actions = [...this.spelledActions.keys(), ...knownActions.keys()];
    const arns = [...new Set(texts)].filter((text) => /^arn:([^:*?$]*:){4}[^*?$]+$/.test(text));
    this.arns = new PrefixIndex(arns.map((arn) => [arn, arn] as const));
    this.place = placeOf([
      ...texts,
      ...statements.flatMap(({ principals }) => principals.map(({ name }) => name)),
    ]);
    this.multivalued = new Set(
      conditions
        .filter(({ operator }) => /^For(AllValues|AnyValue):/i.test(operator))
        .map(({ key }) => key.toLowerCase()),
    );
  }

  readonly samples: Space["samples"] = (within, action) =>
    resourceSamples(within, action, this.arns, this.place, this.budget);

  /** An action as a document spells it, or AWS. */
  readonly action = (name: string): string =>
    this.spelledActions.get(name) ?? knownActions.get(name) ?? name;

  /** A condition key as a document spells it. */
  readonly spelling = (key: string): string => this.spelledKeys.get(key) ?? key;

  /** The targets with variables that the statements of a question have, and all variables in them. */
  openTargets({ within, outside }: Question): { patterns: Pattern[]; variables: string[] } {
    const own = within.map((statement) => this.openOf(statement));
    const others = outside.map((statement) => this.openOf(statement));
    return {
      patterns: own.flatMap(({ patterns }) => patterns),
      variables: [...new Set([...own, ...others].flatMap(({ variables }) => variables))].slice(
        0,
        6,
      ),
    };
  }

  private openOf(statement: StatementSets): { patterns: Pattern[]; variables: string[] } {
    let open = this.open.get(statement);
    if (open === undefined) {
      const patterns = statement.targets.entries
        .filter((entry) => entry.variable)
        .map(({ pattern }) => pattern);
      const values = statement.tests
        .flatMap(({ units }) => units)
        .flatMap((unit) =>
          unit.kind !== "interval" && unit.entry.variable ? [unit.entry.pattern] : [],
        );
      open = { patterns, variables: [...patterns, ...values].flatMap(variablesOf) };
      this.open.set(statement, open);
    }
    return open;
  }
}
