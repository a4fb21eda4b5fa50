import type { Command } from "./command";
import { completionCommand } from "./completion/command";
import { composeCommand } from "./compose/command";
import { explainCommand } from "./explain";
import { exploreCommand } from "./explore";
import { listCommand } from "./list";
import { printIamCommand } from "./print-iam";
import { reviewCommand } from "./review";
import { schemaCommand } from "./schema";

/** All commands, in the order of the help. */
export const commands: readonly Command[] = [
  composeCommand,
  listCommand,
  explainCommand,
  printIamCommand,
  exploreCommand,
  reviewCommand,
  schemaCommand,
  completionCommand,
];
