/** Random policies with principals, and pairs of them that differ a little or only in how they are written. */
import type { PlainDocument, PlainStatement } from "./plain-iam-evaluator";
import type { Random } from "./random-choices";

export type Conditions = readonly NonNullable<PlainStatement["Condition"]>[];

/** The parts of random statements. */
export interface PrincipalMix {
  readonly principals: readonly (readonly [type: string, name: string])[];
  /** The probability of everybody in place of them. */
  readonly everybody: number;
  readonly actions: readonly string[];
  /** None in a trust policy. */
  readonly resources?: readonly string[];
  readonly conditions: Conditions;
}

/** The principals of a statement, one by one. */
export const principalsOf = ({ Principal }: PlainStatement): [type: string, name: string][] =>
  Principal === undefined || Principal === "*"
    ? [["AWS", "*"]]
    : Object.entries(Principal).flatMap(([type, names]) =>
        [names].flat().map((name): [string, string] => [type, name]),
      );

function randomStatement(random: Random, mix: PrincipalMix): PlainStatement {
  const principals: Record<string, string[]> = {};
  for (const [type, name] of random.some(mix.principals, 3)) {
    principals[type] = [...(principals[type] ?? []), name];
  }
  return {
    Effect: random.chance(0.25) ? "Deny" : "Allow",
    Principal: random.chance(mix.everybody) ? "*" : principals,
    Action: random.some(mix.actions, 2),
    ...(mix.resources === undefined ? {} : { Resource: random.some(mix.resources, 2) }),
    ...(random.chance(0.55) ? { Condition: random.pick(mix.conditions) } : {}),
  };
}

/** The other spelling of an account, by its number or its ARN. */
const respelled = (name: string): string =>
  /^\d+$/.test(name)
    ? `arn:aws:iam::${name}:root`
    : name.endsWith(":root")
      ? (name.split(":")[4] ?? "")
      : name;

/** A policy, and one that differs from it a little or not at all in whom it allows what. */
export function randomPrincipalPair(
  random: Random,
  mix: PrincipalMix,
): [PlainDocument, PlainDocument] {
  const list = Array.from({ length: 1 + random.below(4) }, () => randomStatement(random, mix));
  const own = random.pick(list);
  const others = list.filter((statement) => statement !== own);
  const byPrincipal = (spell: (name: string) => string): PlainStatement[] =>
    principalsOf(own).map(([type, name]) => ({ ...own, Principal: { [type]: spell(name) } }));
  const changed = (): PlainStatement[] => {
    switch (random.below(7)) {
      case 0:
        return byPrincipal((name) => name);
      case 1:
        return byPrincipal(respelled);
      case 2:
        return [own.Action ?? []].flat().map((Action) => ({ ...own, Action }));
      case 3:
        return [own, randomStatement(random, mix)];
      case 4:
        return random.chance(0.5) ? [own] : [{ ...own, Condition: random.pick(mix.conditions) }];
      case 5:
        return others.length === 0 ? [own] : [];
      default:
        return [randomStatement(random, mix)];
    }
  };
  const document = (Statement: readonly PlainStatement[]): PlainDocument => ({
    Version: "2012-10-17",
    Statement,
  });
  const after = random.chance(0.5) ? [...others, ...changed()] : [...changed(), ...others];
  return random.chance(0.5) ? [document(list), document(after)] : [document(after), document(list)];
}
