const WORDS: Readonly<Record<string, string>> = {
  n: "north",
  s: "south",
  e: "east",
  w: "west",
  c: "central",
};

/**
 * The region of a code in ElastiCache's hosts: `use1` is us-east-1, `usgw1` is
 * us-gov-west-1, `cnn1` is cn-north-1. Nothing if the code has another form.
 *
 * @see https://github.com/gravitational/teleport/blob/master/api/utils/aws/region.go (ShortRegionToRegion)
 */
export function regionOfCode(code: string): string | undefined {
  const [, area = "", direction, number = ""] =
    /^(usg|[a-z]{2})([ns][ew]|[nsewc])([0-9]+)$/.exec(code) ?? [];
  if (direction === undefined) return undefined;
  const name = Array.from(direction, (letter) => WORDS[letter] ?? "").join("");
  return `${area === "usg" ? "us-gov" : area}-${name}-${number}`;
}

/** The partition that a region, or what has an ARN, is in. */
export function partitionOf(regionOrArn: string): string {
  if (regionOrArn.startsWith("arn:")) return regionOrArn.split(":")[1] ?? "";
  if (regionOrArn.startsWith("cn-")) return "aws-cn";
  return regionOrArn.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
