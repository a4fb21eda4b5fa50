/** A difference between a page and the catalogue that is meant. */
interface Deviation {
  /** What the line that says it has. */
  readonly line: RegExp;
  readonly why: string;
}

const deviations: readonly Deviation[] = [
  {
    line: / a new section, (.*\/)?(EC2|EKS)(\.mdx)?: /i,
    why: "The discovery page is about servers and Kubernetes clusters, too, and this project about databases.",
  },
];

/** Whether a line says a difference that is meant. */
export function isListed(line: string): boolean {
  return deviations.some((deviation) => deviation.line.test(line));
}
