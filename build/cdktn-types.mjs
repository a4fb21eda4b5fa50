// The types of teleport-db-iam/cdktn: those of teleport-db-iam/cdktf, with the packages' other names.
import * as fs from "node:fs";

const types = fs.readFileSync("dist/cdktf.d.ts", "utf8");
fs.writeFileSync("dist/cdktn.d.ts", types.replace(/(?<=from ['"])(@?)cdktf\b/g, "$1cdktn"));
