import type { Files } from "../lib/files/module-files";
import {
  Budget,
  compareAccess,
  compareTrust,
  type Answer,
  type Witness,
} from "../lib/review/compare";
import type { PolicyDocument } from "../lib/catalog/policy-document";
import { evaluateModules, type EvaluatedModule } from "./evaluated-module";
import { moduleBlocks } from "../lib/files/module-blocks";
import { ACCOUNT, situations, type Situation } from "./situations";

/** A request that a document of the module newly allows or no longer allows, or what is not known. */
export interface AccessChange {
  /** `policy`, {@link BOUNDARY}, or whose trust policy it is. */
  readonly document: string;
  readonly change: "newly allowed" | "no longer allowed" | "undecided";
  /** The first call in which it is so. */
  readonly situation: string;
  /** The request, or why nothing is known. */
  readonly request: string;
  /** The action of the request; undefined where nothing is known. */
  readonly action?: string;
  /** The Sid of the statement that gives or takes it; empty where it has none. */
  readonly sid?: string;
}

/** The address of a resource in the module, and the first call that plans it. */
interface PlannedAddress {
  readonly address: string;
  readonly situation: string;
}

/** What two versions of a module give in the same calls. */
export interface ModuleDifference {
  readonly access: readonly AccessChange[];
  /** Addresses that one of them alone plans. */
  readonly addresses: {
    readonly gone: readonly PlannedAddress[];
    readonly added: readonly PlannedAddress[];
  };
}

/** The document that grants nothing: it is what a role may do at most. */
export const BOUNDARY = "boundary";

/** How many steps one comparison may take. */
const STEPS = 20_000_000;

/**
 * The same document, with each action in a statement of its own, because the comparison gives a request
 * for each statement.
 */
function byAction({ Version, Statement }: PolicyDocument): PolicyDocument {
  return {
    Version,
    Statement: Statement.flatMap((statement) => {
      const { Action: actions } = statement;
      return [actions].flat().map((action) => ({ ...statement, Action: action }));
    }),
  };
}

/** A request as a clause. */
function requestText({ action, resource, principal, context, ...rest }: Witness): string {
  const { withoutPermission, statement } = rest;
  const keys = Object.entries(context).map(
    ([key, value]) => `${key} = ${[value].flat().join(", ")}`,
  );
  return [
    ...(principal === undefined ? [] : [principal]),
    action,
    ...(resource === undefined ? [] : [`on ${resource}`]),
    ...(keys.length === 0 ? [] : [`with ${keys.join(" and ")}`]),
    ...(withoutPermission === true ? ["without a permission of its own"] : []),
    ...(statement.sid === "" ? [] : [`(${statement.sid})`]),
  ].join(" ");
}

const EMPTY: PolicyDocument = { Version: "2012-10-17", Statement: [] };

function comparedDocuments(
  name: string,
  before: PolicyDocument | undefined,
  after: PolicyDocument | undefined,
): readonly [gained: Answer, lost: Answer] {
  const budget = new Budget(STEPS);
  const [old, now] = [byAction(before ?? EMPTY), byAction(after ?? EMPTY)];
  const { gained, lost } = name.startsWith("trust")
    ? compareTrust(old, now, { account: ACCOUNT, budget })
    : compareAccess({ policies: [old] }, { policies: [now] }, budget);
  return [gained, lost];
}

function accessChanges(
  { title }: Situation,
  before: EvaluatedModule,
  after: EvaluatedModule,
): AccessChange[] {
  const names = new Set([...Object.keys(before.documents), ...Object.keys(after.documents)]);
  // What is granted comes first.
  const ordered = [...names].sort(
    (one, other) => Number(one === BOUNDARY) - Number(other === BOUNDARY),
  );
  return ordered.flatMap((document) => {
    const answers = comparedDocuments(
      document,
      before.documents[document],
      after.documents[document],
    );
    return answers.flatMap((answer, index): AccessChange[] => {
      const change = index === 0 ? "newly allowed" : "no longer allowed";
      const common = { document, situation: title };
      switch (answer.answer) {
        case "no":
          return [];
        case "undecided":
          return [{ ...common, change: "undecided", request: answer.reason }];
        case "yes":
          return answer.witnesses.map((witness) => ({
            ...common,
            change,
            request: requestText(witness),
            action: witness.action,
            sid: witness.statement.sid,
          }));
      }
    });
  });
}

/** Each action of each statement once, in the first call that has it: the examples of others are others. */
function distinctChanges(changes: readonly AccessChange[]): AccessChange[] {
  const first = new Map<string, AccessChange>();
  for (const each of changes) {
    const { document, change, request, action = request, sid } = each;
    const key = JSON.stringify([document, change, action, sid]);
    if (!first.has(key)) first.set(key, each);
  }
  return [...first.values()];
}

/**
 * What two versions of modules give that differs, in calls that stand for what callers do.
 *
 * @param pairs the files of each module before and after
 * @returns the differences in the order of `pairs`; undefined where there is no `terraform` on the PATH
 * @throws UserError where Terraform cannot evaluate a module
 */
export function moduleDifferences(
  pairs: readonly (readonly [before: Files, after: Files])[],
): readonly ModuleDifference[] | undefined {
  const cases = pairs.map(([before, after]) => {
    const [old, now] = [moduleBlocks(before), moduleBlocks(after)];
    // What is the same gives the same.
    return JSON.stringify(old) === JSON.stringify(now) ? [] : situations(old, now);
  });
  const evaluated = evaluateModules(
    pairs.flatMap((pair, index) =>
      (cases[index] ?? []).flatMap(({ values }) => pair.map((module) => ({ module, values }))),
    ),
  );
  if (evaluated === undefined) return undefined;
  let place = 0;
  return cases.map((each) => {
    const results = each.flatMap((situation) => {
      const [old, now] = evaluated.slice(place, (place += 2));
      return old === undefined || now === undefined ? [] : [{ situation, old, now }];
    });
    const only = (one: "old" | "now", other: "old" | "now"): PlannedAddress[] => {
      const first = new Map<string, string>();
      for (const result of results) {
        for (const address of result[one].addresses) {
          if (first.has(address) || result[other].addresses.includes(address)) continue;
          first.set(address, result.situation.title);
        }
      }
      return [...first].map(([address, situation]) => ({ address, situation }));
    };
    return {
      access: distinctChanges(
        results.flatMap(({ situation, old, now }) => accessChanges(situation, old, now)),
      ),
      addresses: { gone: only("old", "now"), added: only("now", "old") },
    };
  });
}
