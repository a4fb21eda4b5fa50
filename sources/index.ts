/**
 * `npm run sources -- <file>…`: the differences between Teleport's IAM pages, or parts of them, and
 * the catalogue. Exit status: 0 if nothing differs, 1 if something does, 2 if a file cannot be read.
 */
import { differences } from "./compare";
import { readPage } from "./page";

const files = process.argv.slice(2);
if (files.length === 0) {
  process.stderr.write(
    "Name the pages or their parts: npm run sources -- aws.mdx includes/…/access-policy.mdx\n",
  );
  process.exitCode = 2;
}
try {
  const lines = files.flatMap((file) => {
    const page = readPage(file);
    const statements = page.policies.flatMap((policy) => policy.statements).length;
    const found = differences(page);
    process.stderr.write(
      `${file}: ${String(statements)} statements, ${String(found.length)} differences\n`,
    );
    return found;
  });
  for (const line of lines) process.stdout.write(`${line}\n`);
  if (lines.length > 0) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
