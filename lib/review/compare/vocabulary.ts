import { knownActions } from "./known-actions";
import { type Pattern, variablesOf } from "./pattern";
import type { Statement } from "./statement";
import type { Question } from "./search";
import type { StatementSets } from "./statement-sets";

const VARIABLE = /\$\{([^}*?$][^}]*)\}/g;

/** The vocabulary of policy documents: the words that requests about them are made of. */
export class Vocabulary {
  /** Actions without wildcards, in lower case. */
  readonly actions: readonly string[];
  /** ARNs without wildcards and variables. */
  readonly arns: readonly string[];
  /** ARNs and names of principals, as they stand. */
  readonly texts: readonly string[];
  /** Condition keys, in lower case, that are asked for all or any of their values. */
  readonly multivalued: ReadonlySet<string>;

  private readonly spelledActions = new Map<string, string>();
  private readonly spelledKeys = new Map<string, string>();
  private readonly open = new Map<StatementSets, { patterns: Pattern[]; variables: string[] }>();

  constructor(statements: readonly Statement[]) {
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
    this.actions = [...new Set(actions.map((action) => action.toLowerCase()))];
    this.arns = [...new Set(texts)].filter((text) => /^arn:([^:*?$]*:){4}[^*?$]+$/.test(text));
    this.texts = [
      ...texts,
      ...statements.flatMap(({ principals }) => principals.map(({ name }) => name)),
    ];
    this.multivalued = new Set(
      conditions
        .filter(({ operator }) => /^For(AllValues|AnyValue):/i.test(operator))
        .map(({ key }) => key.toLowerCase()),
    );
  }

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
