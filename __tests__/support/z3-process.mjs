/**
 * Answers questions in SMT-LIB with z3, each in a fresh context: JSON with a list of them on standard
 * input, a list of "sat", "unsat" or "unknown" on standard output. A process of its own, because z3's
 * threads outlive the question.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import process from "node:process";

const { init } = createRequire(process.argv[2])("z3-solver");
const { Z3 } = await init();
const answers = [];
for (const question of JSON.parse(readFileSync(0, "utf8"))) {
  const context = Z3.mk_context(Z3.mk_config());
  answers.push((await Z3.eval_smtlib2_string(context, question)).trim());
  Z3.del_context(context);
}
process.stdout.write(JSON.stringify(answers), () => process.exit(0));
