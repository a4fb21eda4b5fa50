/** A way to get more permissions than one has. */
export interface EscalationPath {
  /** A clause that follows "may": "start a function with another role". */
  readonly name: string;
  /** The actions that it takes together. */
  readonly actions: readonly string[];
}

/**
 * Known ways to get more permissions, each with all actions that it takes. Ways that take one action of
 * "Permissions management" only, such as iam:AttachRolePolicy, are not listed: the level has them.
 *
 * @see https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/
 * @see https://pathfinding.cloud/paths/
 */
export const escalationPaths: readonly EscalationPath[] = [
  { name: "create access keys of other users", actions: ["iam:CreateAccessKey"] },
  { name: "give other users a password", actions: ["iam:CreateLoginProfile"] },
  { name: "change the password of other users", actions: ["iam:UpdateLoginProfile"] },
  { name: "join a group with more permissions", actions: ["iam:AddUserToGroup"] },
  { name: "replace the keys that sign in a federated user", actions: ["iam:UpdateSAMLProvider"] },
  { name: "assume other roles", actions: ["sts:AssumeRole"] },
  { name: "start an instance with another role", actions: ["iam:PassRole", "ec2:RunInstances"] },
  {
    name: "give a running instance another role",
    actions: ["iam:PassRole", "ec2:AssociateIamInstanceProfile"],
  },
  {
    name: "start an instance with another role by a launch template",
    actions: [
      "iam:PassRole",
      "ec2:CreateLaunchTemplateVersion",
      "autoscaling:UpdateAutoScalingGroup",
    ],
  },
  { name: "run commands on instances", actions: ["ssm:SendCommand"] },
  { name: "open a session on instances", actions: ["ssm:StartSession"] },
  {
    name: "sign in to an instance with a key of one's own",
    actions: ["ec2-instance-connect:SendSSHPublicKey"],
  },
  {
    name: "start a function with another role",
    actions: ["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"],
  },
  {
    name: "start a function with another role by an event source",
    actions: ["iam:PassRole", "lambda:CreateFunction", "lambda:CreateEventSourceMapping"],
  },
  { name: "change the code of a function", actions: ["lambda:UpdateFunctionCode"] },
  { name: "change the layers of a function", actions: ["lambda:UpdateFunctionConfiguration"] },
  {
    name: "run a task with another role",
    actions: ["iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:RunTask"],
  },
  {
    name: "run a service with another role",
    actions: ["iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:CreateService"],
  },
  { name: "run commands in a running task", actions: ["ecs:ExecuteCommand"] },
  {
    name: "create a stack with another role",
    actions: ["iam:PassRole", "cloudformation:CreateStack"],
  },
  { name: "update a stack with the role that it has", actions: ["cloudformation:UpdateStack"] },
  {
    name: "build with another role",
    actions: ["iam:PassRole", "codebuild:CreateProject", "codebuild:StartBuild"],
  },
  {
    name: "change what a build runs",
    actions: ["codebuild:UpdateProject", "codebuild:StartBuild"],
  },
  {
    name: "run a job with another role",
    actions: ["iam:PassRole", "glue:CreateJob", "glue:StartJobRun"],
  },
  {
    name: "start a development endpoint with another role",
    actions: ["iam:PassRole", "glue:CreateDevEndpoint"],
  },
  { name: "replace the key of a development endpoint", actions: ["glue:UpdateDevEndpoint"] },
  {
    name: "run a state machine with another role",
    actions: ["iam:PassRole", "states:CreateStateMachine", "states:StartExecution"],
  },
  {
    name: "start a pipeline with another role",
    actions: [
      "iam:PassRole",
      "datapipeline:CreatePipeline",
      "datapipeline:PutPipelineDefinition",
      "datapipeline:ActivatePipeline",
    ],
  },
  {
    name: "start a notebook with another role",
    actions: [
      "iam:PassRole",
      "sagemaker:CreateNotebookInstance",
      "sagemaker:CreatePresignedNotebookInstanceUrl",
    ],
  },
  {
    name: "open the notebook of another role",
    actions: ["sagemaker:CreatePresignedNotebookInstanceUrl"],
  },
  {
    name: "schedule calls with another role",
    actions: ["iam:PassRole", "scheduler:CreateSchedule"],
  },
  {
    name: "give a pod another role",
    actions: ["iam:PassRole", "eks:CreatePodIdentityAssociation"],
  },
  { name: "become an administrator of a cluster", actions: ["eks:AssociateAccessPolicy"] },
  {
    name: "assign itself permissions in IAM Identity Center",
    actions: ["sso:CreateAccountAssignment"],
  },
];
