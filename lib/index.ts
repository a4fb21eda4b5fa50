/** The library: what the command does, for programs. */
export { databaseTypes } from "./catalog";
export type { DatabaseType, UserRole } from "./catalog/database-type";
export type { Resources, Statement, Switch } from "./catalog/statement";
export { compose, composeJson, type ComposeOptions } from "./compose";
export { UserError } from "./errors";
