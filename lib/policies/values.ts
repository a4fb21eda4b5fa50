import { renderArn } from "../iam/arn";
import type { Inputs } from "../inputs/assignments";
import type { Json, Variable } from "../inputs/variable";

/** What stands in a document for a value that was not given, so that nobody takes it for one. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  aws_account_id: "aws-account-id",
  external_id: "example-external-id",
  eks_oidc_provider_arn: "oidc-provider-arn",
  eks_service_account: "namespace/service-account",
};

/** The placeholders that stand in `documents`. */
export function placeholdersIn(documents: unknown): string[] {
  const text = JSON.stringify(documents);
  return Object.values(PLACEHOLDERS).filter((placeholder) => text.includes(placeholder));
}

/** The values that a module's variables have, given by the caller or by default. */
export class Values {
  private readonly defaults: ReadonlyMap<string, Json>;

  constructor(
    variables: readonly Variable[],
    private readonly inputs: Inputs,
  ) {
    this.defaults = new Map(variables.map(({ name, default: preset = null }) => [name, preset]));
  }

  /** Null counts as not given, as for a variable that is not nullable. */
  private value(name: string): Json {
    return this.inputs[name] ?? this.defaults.get(name) ?? null;
  }

  /** Text that is left out where it is null. */
  optionalText(name: string): string | undefined {
    return (this.value(name) as string | null) ?? undefined;
  }

  /** Text, or the placeholder of what was not given. */
  text(name: string): string {
    return this.optionalText(name) ?? PLACEHOLDERS[name] ?? name;
  }

  flag(name: string): boolean {
    return this.value(name) === true;
  }

  list(name: string): readonly string[] {
    return this.value(name) as readonly string[];
  }

  objects(name: string): readonly Readonly<Record<string, string>>[] {
    return this.value(name) as readonly Readonly<Record<string, string>>[];
  }

  /** The account of the Database Service's role. */
  get serviceAccountId(): string {
    return this.optionalText("service_account_id") ?? this.text("aws_account_id");
  }

  /**
   * An ARN in the caller's partition and account.
   *
   * @param template an ARN template of the catalogue
   * @param parts the other placeholders; those left out are `*`
   */
  arn(template: string, parts: Readonly<Record<string, string>> = {}): string {
    const common: Record<string, string> = {
      partition: this.text("aws_partition"),
      account: this.text("aws_account_id"),
    };
    return renderArn(template, (name) => parts[name] ?? common[name] ?? "*");
  }
}
