/**
 * The names that stand in braces in a template: `a:{region}:{user}` gives `"region" | "user"`.
 */
export type Placeholder<Template extends string> =
  Template extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholder<Rest> : never;

/** Placeholders that every ARN template can use without being asked for them. */
export type CommonPlaceholder = "region" | "account";

/**
 * Renders an ARN of `template`, which starts at the service (`rds-db:{region}:{account}:…`).
 *
 * @param template what follows `arn:{partition}:`, with placeholders in braces
 * @param valueOf the text of a placeholder: concrete text, or an interpolation of Terraform
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function renderArn(template: string, valueOf: (placeholder: string) => string): string {
  return `arn:{partition}:${template}`.replace(/\{(\w+)\}/g, (_, name: string) => valueOf(name));
}
