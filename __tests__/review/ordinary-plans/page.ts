/** docs/review-ordinary-plans.md, written from what the review answers. */
import type { Verdict } from "../../../lib/review/verdict";
import type { OrdinaryChange } from "./change";

export const PAGE = "docs/review-ordinary-plans.md";

/** Pull requests about which the review and the person disagree, and why. */
export const DISAGREEMENTS: Readonly<Record<string, string>> = {
  bucket_shared:
    "The ARN of a bucket does not name its account. The other account may be the bucket's own, so the gain is not proved.",
  queue_policy_moved:
    "The queue reports the policy that it has, and the review does not read it, because another resource can have set it. This errs on the safe side.",
  queue_subscribed_new:
    "`jsonencode` with unknown ARNs hides the whole policy. `data.aws_iam_policy_document` shows it.",
  user_leaves:
    "The group may have policies outside the plan, and one of them a Deny. The exclusive resources of the group rule that out.",
};

/** A pull request with both verdicts. */
export interface Reviewed extends OrdinaryChange {
  readonly name: string;
  readonly answer: Verdict;
}

const VERDICTS: readonly Verdict[] = ["broadened", "both", "unknown", "narrowed", "unchanged"];
const named = (list: readonly Reviewed[]): string =>
  list.map(({ name }) => `\`${name}\``).join(" ");

export const disagreeing = (all: readonly Reviewed[]): Reviewed[] =>
  all.filter(({ verdict, answer }) => verdict !== answer);

/** The page in Markdown. */
export function page(all: readonly Reviewed[]): string {
  const disagree = disagreeing(all);
  const unknown = all.filter(({ answer }) => answer === "unknown");
  const rows = VERDICTS.flatMap((verdict) => {
    const own = all.filter((one) => one.verdict === verdict);
    return own.length === 0 ? [] : [`| ${verdict} | ${String(own.length)} | ${named(own)} |`];
  });
  const sorted = [...disagree].sort((one, other) => (one.name < other.name ? -1 : 1));
  return `# How well \`review\` answers

Real Terraform planned ${String(all.length)} ordinary pull requests. A person wrote the verdict of each one before \`review\` read the plan. Each pull request is in [the tests](../__tests__/review/ordinary-plans/index.ts) under its name, with the reason for its verdict.

- \`review\` agrees with ${String(all.length - disagree.length)} of ${String(all.length)}.
- ${String(unknown.length)} are \`unknown\`.
- No gain is called \`unchanged\` or \`narrowed\`.

A test makes this page: \`WRITE_PAGE=true npm run test:long -- review/ordinary-plans\`.

## Disagreements

<!-- prettier-ignore-start -->
| Pull request | By hand | \`review\` | Why |
| --- | --- | --- | --- |
${sorted.map(({ name, verdict, answer }) => `| \`${name}\` | ${verdict} | ${answer} | ${DISAGREEMENTS[name] ?? ""} |`).join("\n")}

## Verdicts by hand

| Verdict | Plans | Pull requests |
| --- | --- | --- |
${rows.join("\n")}
<!-- prettier-ignore-end -->
`;
}
