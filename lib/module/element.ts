import type { IamInstanceProfileConfig } from "@cdktf/provider-aws/lib/iam-instance-profile";
import type { IamOpenidConnectProviderConfig } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import type { IamPolicyConfig } from "@cdktf/provider-aws/lib/iam-policy";
import type { IamPolicyAttachmentConfig } from "@cdktf/provider-aws/lib/iam-policy-attachment";
import type { IamRoleConfig } from "@cdktf/provider-aws/lib/iam-role";
import type { IamRolePolicyConfig } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { IamRolePolicyAttachmentConfig } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { TerraformOutputConfig, TerraformVariableConfig } from "cdktf";
import { typeConstraint, validations } from "../inputs/validation";
import type { Variable } from "../inputs/variable";
import { memo } from "../text/memo";
import type { Rule } from "./rules";

/*
 * What a module is made of, before it is rendered. CDKTF renders elements as constructs
 * (lib/synthesis), and render.ts joins them from forms that CDKTF has rendered.
 */

/** The arguments of each type of resource, as CDKTF's classes take them. */
export interface ResourceArguments {
  readonly aws_iam_instance_profile: IamInstanceProfileConfig;
  readonly aws_iam_openid_connect_provider: IamOpenidConnectProviderConfig;
  readonly aws_iam_policy: IamPolicyConfig;
  readonly aws_iam_policy_attachment: IamPolicyAttachmentConfig;
  readonly aws_iam_role: IamRoleConfig;
  readonly aws_iam_role_policy: IamRolePolicyConfig;
  readonly aws_iam_role_policy_attachment: IamRolePolicyAttachmentConfig;
  /** Terraform's own, of which CDKTF has no arguments. */
  readonly terraform_data: Readonly<Record<string, never>>;
}

/** The type of a resource, as Terraform names it. */
export type ResourceType = keyof ResourceArguments;

/** A block whose arguments CDKTF renders. */
interface Arguments<Names> {
  readonly name: string;
  /** As CDKTF's class takes them. */
  readonly arguments: Names;
  /**
   * With Terraform's names, what CDKTF's class takes otherwise or not at all: expressions for `for_each`,
   * `count` and maps, `lifecycle`, a default of null. None of them is an argument as well.
   */
  readonly overrides: Readonly<Record<string, unknown>>;
}

/** A resource of a module. */
export interface ResourceElement<Type extends ResourceType = ResourceType> extends Arguments<
  ResourceArguments[Type]
> {
  readonly kind: "resource";
  readonly type: Type;
}

/** An input variable of a module. */
export interface VariableElement extends Arguments<TerraformVariableConfig> {
  readonly kind: "variable";
}

/** An output of a module. */
export interface OutputElement extends Arguments<TerraformOutputConfig> {
  readonly kind: "output";
}

/** A part of a module. All texts are Terraform's already. */
export type Element =
  | VariableElement
  | { readonly kind: "local"; readonly name: string; readonly value: unknown }
  /** A `check` block: it warns, where a precondition fails. */
  | { readonly kind: "check"; readonly name: string; readonly assertion: Rule }
  | ResourceElement
  | OutputElement
  /** An address of an earlier version of the module, and the one that takes its place. */
  | { readonly kind: "moved"; readonly from: string; readonly to: string }
  /** A resource of earlier versions that is dropped from the state, without being destroyed. */
  | { readonly kind: "removed"; readonly from: string };

/** An input variable, with its `validation` blocks. */
export const input = memo((variable: Variable): VariableElement => {
  const validation = validations(variable);
  return {
    kind: "variable",
    name: variable.name,
    arguments: {
      type: typeConstraint(variable),
      description: variable.description,
      nullable: variable.default === null,
    },
    // CDKTF refuses a default of null and changes the keys of objects in one.
    overrides: {
      ...(variable.default === undefined ? {} : { default: variable.default }),
      ...(validation.length === 0 ? {} : { validation }),
    },
  };
});

/** Local values by name. Of those that several elements use, each is the same, and stands once. */
export function locals(...groups: readonly Readonly<Record<string, unknown>>[]): Element[] {
  return groups.flatMap((group) =>
    Object.entries(group).map(([name, value]) => ({ kind: "local", name, value }) as const),
  );
}

/** A resource; of `overrides` see {@link ResourceElement}. */
export function resource<Type extends ResourceType>(
  type: Type,
  name: string,
  args: ResourceArguments[Type],
  overrides: Readonly<Record<string, unknown>>,
): ResourceElement<Type> {
  return { kind: "resource", type, name, arguments: args, overrides };
}

/**
 * An output.
 *
 * @param value a Terraform template
 * @param dependsOn addresses
 */
export function output(
  name: string,
  {
    description,
    value,
    preconditions,
    dependsOn,
  }: {
    readonly description: string;
    readonly value: string;
    readonly preconditions?: readonly Rule[];
    readonly dependsOn?: readonly string[];
  },
): OutputElement {
  return {
    kind: "output",
    name,
    arguments: { description, value },
    // CDKTF drops an output's preconditions.
    overrides: {
      ...(preconditions === undefined ? {} : { precondition: preconditions }),
      ...(dependsOn === undefined ? {} : { depends_on: dependsOn }),
    },
  };
}
