import type { Command } from "./command";
import { completionCommand } from "./completion/command";
import { composeCommand } from "./compose/command";
import { explainCommand } from "./explain/command";
import { exploreCommand } from "./explore/command";
import { listCommand } from "./list/command";
import { printIamCommand } from "./print-iam/command";
import { reviewCommand } from "./review/command";
import { schemaCommand } from "./schema/command";

/** All commands, in the order of the help. */
export const commands: readonly Command[] = [
  composeCommand,
  listCommand,
  explainCommand,
  printIamCommand,
  exploreCommand,
  reviewCommand,
  schemaCommand,
  completionCommand(() => commands),
];
