import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamPolicyAttachment } from "@cdktf/provider-aws/lib/iam-policy-attachment";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import type { ResourceArguments, ResourceType } from "../module/element";

/** Terraform's own resource that keeps a value. Not CDKTF's DataResource, which asks the terraform on the PATH for its version. */
class TerraformData extends TerraformResource {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      terraformResourceType: "terraform_data",
      terraformGeneratorMetadata: { providerName: "terraform" },
    });
  }
}

/** CDKTF's class of each type of resource. */
export const resourceClasses: {
  readonly [Type in ResourceType]: new (
    scope: Construct,
    id: string,
    config: ResourceArguments[Type],
  ) => TerraformResource;
} = {
  aws_iam_instance_profile: IamInstanceProfile,
  aws_iam_openid_connect_provider: IamOpenidConnectProvider,
  aws_iam_policy: IamPolicy,
  aws_iam_policy_attachment: IamPolicyAttachment,
  aws_iam_role: IamRole,
  aws_iam_role_policy: IamRolePolicy,
  aws_iam_role_policy_attachment: IamRolePolicyAttachment,
  terraform_data: TerraformData,
};
