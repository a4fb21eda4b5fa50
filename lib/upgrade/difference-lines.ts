import type { Files } from "../files/module-files";
import { reason, UserError } from "../text/user-error";
import { type AccessChange, BOUNDARY, moduleDifferences } from "./access-difference";
import { interfaceDifference, interfaceLine } from "./interface-difference";

/** A request that is newly or no longer allowed as a line. */
function accessLine({ document, change, request, situation }: AccessChange): string {
  const whose = document === BOUNDARY ? `${document}, which grants nothing by itself` : document;
  return `${change} by the ${whose}: ${request}, in a call ${situation}`;
}

/** What differs between two versions of a module, for a person. */
export interface DifferenceLines {
  readonly lines: readonly string[];
  /** Why access is not among them, as a sentence. */
  readonly notCompared?: string;
}

/**
 * What differs between two versions of a module: its interface, and what it allows, a line each.
 *
 * @param before the files that are there
 * @param after the files that the module has now
 */
export function moduleDifferenceLines(before: Files, after: Files): DifferenceLines {
  const lines = interfaceDifference(before, after).map(interfaceLine);
  try {
    const differences = moduleDifferences([[before, after]]);
    return differences === undefined
      ? { lines, notCompared: "there is no terraform on the PATH." }
      : { lines: [...lines, ...differences.flatMap(({ access }) => access.map(accessLine))] };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { lines, notCompared: reason(error) };
  }
}
