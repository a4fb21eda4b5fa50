/** `name`, written with `_` as Terraform has it, as TypeScript has it: `kms_key_ids` is `kmsKeyIds`. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** `name`, written as TypeScript has it, as Terraform has it: the way back of {@link camelCase}. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
