import type { Budget } from "./budget";
import { entryMatches } from "./entry";
import { arnParts, exampleOf, type Pattern } from "./pattern";
import type { PrefixIndex } from "./prefix-index";
import type { StatementSets } from "./statement-sets";

/** The account and region that documents speak of, or those of AWS's own examples. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** The first account and region in texts such as ARNs. */
export function placeOf(texts: readonly string[]): Place {
  const first = (part: RegExp): string | undefined => {
    for (const text of texts) {
      const found = part.exec(text)?.[1];
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return {
    account: first(/(?:^|:)(\d{12})(?:$|:)/) ?? "111122223333",
    region: first(/:([a-z]{2}(?:-[a-z]+)+-\d):/) ?? "us-east-1",
  };
}

const serviceOf = (action: string): string => action.split(":")[0] ?? "";

/** The parts of an ARN of a service. A bucket has no region and no account in it, and IAM no region. */
function partsFor(service: string, { account, region }: Place): string[] {
  if (service === "s3") return ["arn", "aws", service, "", "", "example"];
  const isGlobal = service === "iam" || service === "sts";
  return ["arn", "aws", service, isGlobal ? "" : region, account, "example"];
}

/** Resources as a service has them. */
function typical(service: string, place: Place): string[] {
  if (service === "iam" || service === "sts") return [`arn:aws:iam::${place.account}:role/example`];
  const arn = partsFor(service, place).join(":");
  return service === "s3" ? [`${arn}/example`, arn] : [arn];
}

/** An ARN that a pattern matches: each part that is a wildcard alone as the action suggests. */
function example(pattern: Pattern, action: string, place: Place): string {
  const alone = partsFor(serviceOf(action), place);
  return arnParts(pattern)
    .map((part, index) =>
      part.length === 1 && part[0]?.kind === "any" ? (alone[index] ?? "") : exampleOf(part),
    )
    .join(":");
}

/** The number of ARNs that are looked at for one action. */
const MOST = 40;

/** The first ARNs of documents that statements match. */
function* inside(
  within: readonly StatementSets[],
  known: PrefixIndex<string>,
  budget: Budget,
): Generator<string> {
  const plain = within.find(({ targets }) => !targets.except)?.targets.entries ?? [];
  const found = new Set<string>();
  for (const { head } of plain) {
    for (const arn of known.startingWith(head)) {
      if (found.size === MOST) return;
      const isInside = within.every(
        ({ targets: { except, entries } }) =>
          entries.some((entry) => entryMatches(entry, arn, budget)) !== except,
      );
      if (!isInside || found.has(arn)) continue;
      found.add(arn);
      yield arn;
    }
  }
}

/**
 * Resources that read well and that statements could match: ARNs that stand in the documents, the
 * statements' own patterns filled in, and what the action's service has. Most often the first one will
 * do, so each is made when it is asked for.
 *
 * @param known ARNs that stand in the documents
 */
export function* resourceSamples(
  within: readonly StatementSets[],
  action: string,
  known: PrefixIndex<string>,
  place: Place,
  budget: Budget,
): Generator<string> {
  const service = serviceOf(action);
  for (const arn of inside(within, known, budget)) {
    if (arn.split(":")[2] === service) yield arn;
  }
  for (const { targets } of within) {
    if (targets.except) continue;
    for (const entry of targets.entries) {
      if (entry.plain) yield entry.head;
      else if (!entry.anything) yield example(entry.pattern, action, place);
    }
  }
  yield* typical(service, place);
}

/** An ARN with the parts that a search left empty filled in, one at a time; some ARN in place of `*`. */
export function* filledIn(arn: string, action: string, place: Place): Generator<string> {
  const fillings = partsFor(serviceOf(action), place);
  if (arn === "*") {
    yield fillings.join(":");
    return;
  }
  const parts = arn.split(":");
  for (const [index, filling] of fillings.entries()) {
    const part = parts[index] ?? "";
    if (part.length > (index === 5 ? 0 : 1) || part === filling) continue;
    yield [...parts.slice(0, index), filling, ...parts.slice(index + 1)].join(":");
  }
}
