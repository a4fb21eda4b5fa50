import type { Inputs } from "../inputs/assignments";

/** A call of a module that the configuration needs, as data. */
export interface ModuleCall {
  readonly module: "database-access" | "service-role" | "access-role";
  /** Its name in a root configuration. */
  readonly name: string;
  /** Its purpose, as a sentence. */
  readonly purpose: string;
  /** The account that its resources are in, if it is known. */
  readonly account: string | undefined;
  /** The alias of the provider of its account in a root configuration. */
  readonly alias: string;
  /** Names of the types that a database-access module is composed for; none for roles. */
  readonly types: readonly string[];
  /** Values of its variables. */
  readonly defaults: Inputs;
  /** Values that it takes from others: Terraform expressions by variable. */
  readonly call: Readonly<Record<string, string>>;
  /** Decisions that the configuration does not contain, as sentences that name the variables. */
  readonly missing: readonly string[];
  /** The variables that stay open (`*`), with the reason. */
  readonly open: readonly string[];
}

/** A variable of a root configuration, for what no file has. */
export interface RootVariable {
  readonly name: string;
  readonly description: string;
}

/** A call without what all calls of a role have in common. */
export type OwnPart = Pick<ModuleCall, "module" | "name" | "purpose"> & Partial<ModuleCall>;
