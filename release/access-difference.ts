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

/** A request that a document of the module newly allows or no longer allows, or that is not decided. */
export interface AccessChange {
  /** `policy`, {@link BOUNDARY}, or whose trust policy it is. */
  readonly document: string;
  readonly change: "newly allowed" | "no longer allowed" | "undecided";
  /** The first call in which it differs. */
  readonly situation: string;
  /** The request, or why it is not decided. */
  readonly request: string;
  /** The action of the request; undefined if not decided. */
  readonly action?: string;
  /** The Sid of the statement that gives or takes it; empty if it has none. */
  readonly sid?: string;
}

/** The address of a resource in the module, and the first call that plans it. */
interface PlannedAddress {
  readonly address: string;
  readonly situation: string;
}

/** The differences between two versions of a module in the same calls. */
export interface ModuleDifference {
  readonly access: readonly AccessChange[];
  /** Addresses that only one of them plans. */
  readonly addresses: {
    readonly gone: readonly PlannedAddress[];
    readonly added: readonly PlannedAddress[];
  };
}

/** The name of the permissions boundary, which grants nothing by itself. */
export const BOUNDARY = "boundary";

/** The maximum of steps of one comparison. */
const STEPS = 20_000_000;

/** The same document with one action per statement, because the comparison gives one request per statement. */
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

function comparedDocuments(
  name: string,
  before: PolicyDocument,
  after: PolicyDocument,
): readonly [gained: Answer, lost: Answer] {
  const budget = new Budget(STEPS);
  const [old, now] = [byAction(before), byAction(after)];
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
  return Object.entries(after.documents).flatMap(([document, now]) => {
    // The addresses and variables show a role that came or went.
    const old = before.documents[document];
    if (old === undefined) return [];
    const answers = comparedDocuments(document, old, now);
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

/** Keeps each action of each statement once, from the first call that has it. */
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
 * Compares two versions of each module, in the calls of {@link situations}.
 *
 * @param pairs the files of each module before and after
 * @returns the differences in the order of `pairs`
 * @throws UserError if Terraform is not installed or cannot evaluate a module
 */
export function moduleDifferences(
  pairs: readonly (readonly [before: Files, after: Files])[],
): readonly ModuleDifference[] {
  const cases = pairs.map(([before, after]) => {
    const [old, now] = [moduleBlocks(before), moduleBlocks(after)];
    return JSON.stringify(old) === JSON.stringify(now) ? [] : situations(old, now);
  });
  const evaluated = evaluateModules(
    pairs.flatMap((pair, index) =>
      (cases[index] ?? []).flatMap(({ values }) => pair.map((module) => ({ module, values }))),
    ),
  );
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
