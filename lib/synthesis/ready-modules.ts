import type { App } from "cdktf";
import { databaseTypes } from "../catalog";
import { defineModule } from "../inputs/module-definition";
import { marker } from "../files/marker";
import { type Files, moduleFiles } from "../files/module-files";
import { DatabaseAccessModule } from "./database-access-module";

/**
 * Adds the ready module of every database type to `app`, one stack each.
 *
 * @returns the files of all modules, in a folder per type
 */
export function addReadyModules(app: App): Files {
  const files = new Map<string, string>();
  for (const type of databaseTypes) {
    const composed = defineModule([type], `DatabaseAccess-${type.name}`);
    const module = new DatabaseAccessModule(app, type.name, marker("npm run synth"), composed);
    module.runAllValidations();
    for (const [name, content] of moduleFiles(module.toModule(), composed)) {
      files.set(`${type.name}/${name}`, content);
    }
  }
  return files;
}
