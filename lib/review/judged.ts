import type { Answer } from "./compare/answer";
import type { Impact } from "./verdict";

/** The answer to what is gained or lost. */
export interface Judged {
  readonly answer: Answer;
  /** True if it is undecided and is reported as a change all the same. */
  readonly presumed: boolean;
}

/** The impact of what was compared. If nothing is gained, a loss is all that an undecided change can be. */
export function impactOf({ gained, lost }: Readonly<Record<"gained" | "lost", Judged>>): Impact {
  const [more, less] = [gained.answer.answer, lost.answer.answer];
  const broadens = more === "yes" || gained.presumed;
  const narrows = less === "yes" || lost.presumed || (less === "undecided" && more === "no");
  return {
    broadens,
    narrows,
    unknown: (more === "undecided" && !broadens) || (less === "undecided" && !narrows),
  };
}

/** Sentences that say why it is undecided what is gained or lost. */
export const doubts = ({ gained, lost }: Readonly<Record<"gained" | "lost", Judged>>): string[] =>
  [gained, lost].flatMap(({ answer }) =>
    answer.answer === "undecided" ? [`Undecided: ${answer.reason}.`] : [],
  );
