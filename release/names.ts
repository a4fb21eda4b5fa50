import { typeNames } from "../lib/catalog/select-types";
import { roleModules } from "../lib/inputs/module-definition";

/** The modules of a release: one for each database type, and the role modules. */
export const moduleNames: readonly string[] = [...typeNames, ...Object.keys(roleModules)];

/** The name of the repository of modules. The Terraform registry requires `terraform-<provider>-<name>`. */
export const MODULE_REPOSITORY = "terraform-aws-teleport-database-access";

/** The owner of this project and of its repository of modules on GitHub. */
const OWNER = "teleport-db-iam";

/** The file name of a module's archive. */
export function moduleArchive(type: string, version: string): string {
  return `teleport-database-access-${type}-${version}.tar.gz`;
}

/** The file name of the archive of all modules. */
export function treeArchive(version: string): string {
  return `${MODULE_REPOSITORY}-${version}.tar.gz`;
}

/** The project's page. */
export const PROJECT_PAGE = `https://github.com/${OWNER}/teleport-db-iam`;

/** The source address of the root module in the Terraform registry. The version is a separate argument. */
export function registrySource(): string {
  return `${OWNER}/teleport-database-access/aws`;
}

/** The source address of a module in git. */
export function gitSource(type: string, version: string): string {
  return `git::https://github.com/${OWNER}/${MODULE_REPOSITORY}.git//modules/${type}?ref=v${version}`;
}

/** The source address of a module's archive. */
export function archiveSource(type: string, version: string): string {
  return `${PROJECT_PAGE}/releases/download/v${version}/${moduleArchive(type, version)}`;
}
