import type { App } from "cdktf";
import { databaseTypes } from "../catalog";
import { defineModule } from "../inputs/module-definition";
import { marker } from "../files/marker";
import { type Files, moduleFiles } from "../files/module-files";
import { databaseAccess } from "../module/database-access";
import { DatabaseAccessModule } from "./database-access-module";

/**
 * Adds the ready module of every database type to `app`, one stack each.
 *
 * @returns the files of all modules, in a folder per type
 */
export function addReadyModules(app: App): Files {
  const files = new Map<string, string>();
  for (const type of databaseTypes) {
    const definition = defineModule([type], `DatabaseAccess-${type.name}`);
    const elements = databaseAccess(definition);
    const stack = new DatabaseAccessModule(app, type.name, marker("npm run synth"), definition);
    stack.runAllValidations();
    for (const [name, content] of moduleFiles(stack.toModule(), elements, definition)) {
      files.set(`${type.name}/${name}`, content);
    }
  }
  return files;
}
