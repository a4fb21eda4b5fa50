import * as fs from "node:fs";
import { projectCopy, type TemporaryFolder } from "./project-copy";

/** Commits everything in `copy`. */
export function commit(copy: TemporaryFolder, date: string): void {
  const author = ["-c", "user.name=Someone", "-c", "user.email=someone@example.com"];
  copy.succeed("git", "add", ".");
  copy.succeed("git", ...author, "commit", "--quiet", `--date=${date}`, "--message=All");
}

/** The project as a clone with one commit, made at `date`. */
export function projectClone(date: string): TemporaryFolder {
  const copy = projectCopy();
  copy.succeed("git", "init", "--quiet");
  // Here it is a link, which .gitignore does not mean.
  fs.appendFileSync(copy.path(".git", "info", "exclude"), "node_modules\n");
  commit(copy, date);
  return copy;
}
