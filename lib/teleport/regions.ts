const DIRECTIONS: Readonly<Record<string, string>> = {
  n: "north",
  s: "south",
  e: "east",
  w: "west",
  c: "central",
  ne: "northeast",
  nw: "northwest",
  se: "southeast",
  sw: "southwest",
};

/**
 * The region that a code of ElastiCache's hosts stands for: `use1` is us-east-1, `usgw1` is
 * us-gov-west-1, `cnn1` is cn-north-1. Nothing where the code is no such code.
 *
 * @see https://github.com/gravitational/teleport/blob/master/api/utils/aws/region.go (ShortRegionToRegion)
 */
export function regionOfCode(code: string): string | undefined {
  const match = /^(usg|[a-z]{2})([ns][ew]|[nsewc])([0-9]+)$/.exec(code);
  const [, area = "", direction = "", number = ""] = match ?? [];
  const name = DIRECTIONS[direction];
  if (name === undefined) return undefined;
  return `${area === "usg" ? "us-gov" : area}-${name}-${number}`;
}

/** The partition that a region, or what has an ARN, is in. */
export function partitionOf(regionOrArn: string): string {
  if (regionOrArn.startsWith("arn:")) return regionOrArn.split(":")[1] ?? "";
  if (regionOrArn.startsWith("cn-")) return "aws-cn";
  return regionOrArn.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
