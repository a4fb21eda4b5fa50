/**
 * Answers questions in SMT-LIB with z3, each in a fresh context: JSON with a list of them on standard
 * input, a list of "sat", "unsat" or "unknown" on standard output. A process of its own, because z3's
 * threads outlive the question.
 */
import { createRequire } from "node:module";
import process from "node:process";
import { text } from "node:stream/consumers";

/** Milliseconds for one question; what takes longer is not decided. */
const TIMEOUT = 3000;

const questions = JSON.parse(await text(process.stdin));
const { init } = createRequire(process.argv[2])("z3-solver");
const { Z3 } = await init();
const ANSWERS = { 1: "sat", "-1": "unsat", 0: "unknown" };
Z3.global_param_set("timeout", String(TIMEOUT));
const answers = [];
for (const question of questions) {
  const context = Z3.mk_context(Z3.mk_config());
  const solver = Z3.mk_solver(context);
  Z3.solver_inc_ref(context, solver);
  // Not eval_smtlib2_string: it answers later, and z3 may then read a text that is gone.
  Z3.solver_from_string(context, solver, question);
  answers.push(ANSWERS[await Z3.solver_check(context, solver)]);
  Z3.solver_dec_ref(context, solver);
  Z3.del_context(context);
}
process.stdout.write(JSON.stringify(answers), () => process.exit(0));
