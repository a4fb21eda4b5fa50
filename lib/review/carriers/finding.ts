import type { AccessComparison, Witness } from "../compare/answer";
import type { Context, Statement } from "../compare/statement";
import type { ResourceDifference } from "../plan/difference";
import { impactOf } from "../judged";
import { type Verdict, verdictOf } from "../verdict";

/** The subject of a finding. */
export type CarrierKind =
  | "resource policy"
  | "identity policy"
  | "handed role"
  | "grant"
  | "public access"
  | "identity provider"
  | "instance profile"
  | "argument";

/** A request that shows a gain or a loss. */
export interface ExampleRequest {
  readonly action: string;
  readonly resource?: string;
  readonly principal?: string;
  /** The keys of the request's context that matter. */
  readonly context: Context;
}

/** One thing that somebody gains or loses. */
export interface CarrierAccess {
  /** A principal as AWS writes it, or the address of a resource. */
  readonly who: string;
  /** The granted pattern, `s3:GetObject` on `arn:aws:s3:::logs/*`, or another short clause. */
  readonly what: string;
  /** Patterns of the actions that it may be, `*` if the statement excludes some; none if none are named. */
  readonly actions: readonly string[];
  /** The statement by which it is, if that is an Allow that can be read. */
  readonly statement?: Statement;
  /** The address of the resource that has the statement, and the statement's Sid. */
  readonly by: { readonly address: string; readonly sid: string };
  readonly example?: ExampleRequest;
}

/** The effect of changing a resource that carries access. */
export interface CarrierFinding {
  readonly resource: ResourceDifference;
  readonly kind: CarrierKind;
  /** The subject in words: `bucket logs`. */
  readonly subject: string;
  readonly verdict: Verdict;
  /** True if anybody in the world gains something. */
  readonly isPublic: boolean | "undecided";
  readonly gained: readonly CarrierAccess[];
  readonly lost: readonly CarrierAccess[];
  /** Whole sentences: why it is unknown, what it waits for, or what else a reader should know. */
  readonly reasons: readonly string[];
}

/** The parts of a finding that follow from a comparison. */
export function comparedParts(
  answers: AccessComparison,
  describe: (witness: Witness, change: keyof AccessComparison) => CarrierAccess,
): Pick<CarrierFinding, "verdict" | "gained" | "lost" | "reasons"> {
  const { gained, lost } = answers;
  const accesses = (change: keyof AccessComparison): CarrierAccess[] => {
    const answer = answers[change];
    return answer.answer === "yes"
      ? answer.witnesses.map((witness) => describe(witness, change))
      : [];
  };
  const impact = impactOf({
    gained: { answer: gained, presumed: false },
    lost: { answer: lost, presumed: false },
  });
  return {
    verdict: verdictOf(impact),
    gained: accesses("gained"),
    lost: accesses("lost"),
    reasons: [gained, lost].flatMap((answer) =>
      answer.answer === "undecided" ? [`Undecided: ${answer.reason}.`] : [],
    ),
  };
}
