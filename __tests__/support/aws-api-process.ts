/**
 * Serves the API before moto in a process of its own: `node aws-api-process.js <options as JSON>`
 *
 * It writes its address on a line, and ends when the process that started it ends.
 */
import { Front, type FrontOptions } from "./aws-api/front";

process.stdin.on("close", () => process.exit()).resume();

void new Front(JSON.parse(process.argv[2] ?? "") as FrontOptions)
  .listen()
  .then((address) => process.stdout.write(`${address}\n`));
