/** Pull requests that change functions, containers, instances and other workloads with a role. */
import { change, type OrdinaryChange } from "./change";
import { ACCOUNT, assumedBy, has, may, own, resource, roleOf, text, when } from "./hcl";

const READS = may("s3:GetObject", "arn:aws:s3:::logs/*");
const WRITES = may("s3:*", "arn:aws:s3:::logs/*");

/** Two roles of one service: one may read, the other everything. */
const two = (key: string): string =>
  roleOf(key, "weak") +
  own(text(READS), "weak") +
  roleOf(key, "strong") +
  own(text(WRITES), "strong");
const one = (key: string): string => roleOf(key) + own(text(READS));

const lambda = (role: string, more = ""): string =>
  resource(
    "aws_lambda_function",
    `function_name = local.name\nrole = ${role}\nhandler = "index.handler"\nruntime = "nodejs20.x"\nfilename = "\${path.module}/code.zip"\n${more}`,
  );
const task = (roles: string, image = "nginx:1"): string =>
  resource(
    "aws_ecs_task_definition",
    `family = local.name\nnetwork_mode = "awsvpc"\n${roles}\ncontainer_definitions = jsonencode([{ name = "app", image = "${image}", memory = 128 }])`,
  );
const ecsService = (count = 1): string =>
  '\ndata "aws_subnets" "all" {}' +
  resource("aws_ecs_cluster", "name = local.name") +
  resource(
    "aws_ecs_service",
    `name = local.name\ncluster = aws_ecs_cluster.x.id\ntask_definition = aws_ecs_task_definition.x.arn\ndesired_count = ${String(count)}\nnetwork_configuration {\n subnets = data.aws_subnets.all.ids\n}`,
  );
const profile = (role: string, name = role): string =>
  resource(
    "aws_iam_instance_profile",
    `name = "\${local.name}-${name}"\nrole = aws_iam_role.${role}.name`,
    name,
  );
const template = (name: string, type = "t3.micro"): string =>
  resource(
    "aws_launch_template",
    `name = local.name\nimage_id = "ami-12c6146b"\ninstance_type = "${type}"\niam_instance_profile {\n arn = aws_iam_instance_profile.${name}.arn\n}`,
  );
const job = (role: string, more = ""): string =>
  resource(
    "aws_glue_job",
    `name = local.name\nrole_arn = ${role}\ncommand {\n script_location = "s3://logs/job.py"\n}\n${more}`,
  );
const stream = (role: string): string =>
  resource(
    "aws_kinesis_firehose_delivery_stream",
    `name = local.name\ndestination = "extended_s3"\nextended_s3_configuration {\n role_arn = ${role}\n bucket_arn = "arn:aws:s3:::logs"\n}`,
  );
const project = (role: string, image = "aws/codebuild/standard:7.0"): string =>
  resource(
    "aws_codebuild_project",
    `name = local.name\nservice_role = ${role}\nartifacts {\n type = "NO_ARTIFACTS"\n}\nenvironment {\n compute_type = "BUILD_GENERAL1_SMALL"\n image = "${image}"\n type = "LINUX_CONTAINER"\n}\nsource {\n type = "GITHUB"\n location = "https://github.com/example/app.git"\n}`,
  );
const PROVIDER = "oidc.eks.us-east-1.amazonaws.com/id/ABCDEF0123456789";
const irsa = (operator: string, subject: string): string =>
  assumedBy(
    `{ Federated = "arn:aws:iam::${ACCOUNT}:oidc-provider/${PROVIDER}" }`,
    when(operator, `${PROVIDER}:sub`, `"system:serviceaccount:${subject}"`),
    "sts:AssumeRoleWithWebIdentity",
  );
const schedule = resource(
  "aws_cloudwatch_event_rule",
  'name = local.name\nschedule_expression = "rate(5 minutes)"',
);

export const WORKLOADS: Readonly<Record<string, OrdinaryChange>> = {
  lambda_new: change("broadened", "a new function with a new role", {
    after:
      roleOf("lambda") +
      has("service-role/AWSLambdaBasicExecutionRole") +
      lambda("aws_iam_role.app.arn"),
  }),
  lambda_memory: change("unchanged", "memory, timeout and variables", {
    all: one("lambda"),
    before: lambda("aws_iam_role.app.arn"),
    after: lambda(
      "aws_iam_role.app.arn",
      'memory_size = 512\ntimeout = 30\nenvironment {\n variables = { LEVEL = "debug" }\n}',
    ),
  }),
  lambda_code: change("unchanged", "new code with the same role", {
    all: one("lambda"),
    before: lambda("aws_iam_role.app.arn"),
    after: lambda("aws_iam_role.app.arn", 'source_code_hash = "bmV3"'),
  }),
  lambda_stronger: change("broadened", "the function runs as a role that may write", {
    all: two("lambda"),
    before: lambda("aws_iam_role.weak.arn"),
    after: lambda("aws_iam_role.strong.arn"),
  }),
  lambda_weaker: change("narrowed", "the function runs as a role that may only read", {
    all: two("lambda"),
    before: lambda("aws_iam_role.strong.arn"),
    after: lambda("aws_iam_role.weak.arn"),
  }),
  lambda_role_replaced: change("broadened", "the function runs as a new role that may do more", {
    all: one("lambda"),
    before: lambda("aws_iam_role.app.arn"),
    after: roleOf("lambda", "new") + own(text(WRITES), "new") + lambda("aws_iam_role.new.arn"),
  }),
  lambda_vpc: change("broadened", "the role may manage network interfaces", {
    all: roleOf("lambda") + has("service-role/AWSLambdaBasicExecutionRole"),
    after: has("service-role/AWSLambdaVPCAccessExecutionRole", "app", "vpc"),
  }),
  lambda_permission: change("broadened", "an API may call the function", {
    all: one("lambda") + lambda("aws_iam_role.app.arn"),
    after: resource(
      "aws_lambda_permission",
      `statement_id = "api"\naction = "lambda:InvokeFunction"\nfunction_name = aws_lambda_function.x.function_name\nprincipal = "apigateway.amazonaws.com"\nsource_arn = "arn:aws:execute-api:us-east-1:${ACCOUNT}:a1b2c3/*"`,
    ),
  }),
  lambda_url_none: change("broadened", "anybody may call the function", {
    all: one("lambda") + lambda("aws_iam_role.app.arn"),
    after: resource(
      "aws_lambda_function_url",
      'function_name = aws_lambda_function.x.function_name\nauthorization_type = "NONE"',
    ),
  }),
  lambda_url_iam: change("unchanged", "callers need a permission, which nobody gets", {
    all: one("lambda") + lambda("aws_iam_role.app.arn"),
    after: resource(
      "aws_lambda_function_url",
      'function_name = aws_lambda_function.x.function_name\nauthorization_type = "AWS_IAM"',
    ),
  }),
  lambda_queue: change("unchanged", "the function reads a queue with the role it has", {
    all: one("lambda") + lambda("aws_iam_role.app.arn"),
    after: resource(
      "aws_lambda_event_source_mapping",
      `event_source_arn = "arn:aws:sqs:us-east-1:${ACCOUNT}:orders"\nfunction_name = aws_lambda_function.x.function_name`,
    ),
  }),
  lambda_scheduled: change("broadened", "a schedule may call the function", {
    all: one("lambda") + lambda("aws_iam_role.app.arn"),
    after:
      schedule +
      resource(
        "aws_cloudwatch_event_target",
        "rule = aws_cloudwatch_event_rule.x.name\narn = aws_lambda_function.x.arn",
      ) +
      resource(
        "aws_lambda_permission",
        `action = "lambda:InvokeFunction"\nfunction_name = aws_lambda_function.x.function_name\nprincipal = "events.amazonaws.com"\nsource_arn = aws_cloudwatch_event_rule.x.arn`,
      ),
  }),
  lambda_deleted: change("narrowed", "the function goes with its role", {
    before: one("lambda") + lambda("aws_iam_role.app.arn"),
  }),
  ecs_new: change("broadened", "a new service with new roles", {
    after:
      one("ecs-tasks") +
      roleOf("ecs-tasks", "start") +
      has("service-role/AmazonECSTaskExecutionRolePolicy", "start") +
      task("task_role_arn = aws_iam_role.app.arn\nexecution_role_arn = aws_iam_role.start.arn") +
      ecsService(),
  }),
  ecs_image: change("unchanged", "another image with the same role", {
    all: one("ecs-tasks") + ecsService(),
    before: task("task_role_arn = aws_iam_role.app.arn"),
    after: task("task_role_arn = aws_iam_role.app.arn", "nginx:2"),
  }),
  ecs_count: change("unchanged", "more tasks", {
    all: one("ecs-tasks") + task("task_role_arn = aws_iam_role.app.arn"),
    before: ecsService(),
    after: ecsService(3),
  }),
  ecs_stronger: change("broadened", "the tasks run as a role that may write", {
    all: two("ecs-tasks") + ecsService(),
    before: task("task_role_arn = aws_iam_role.weak.arn"),
    after: task("task_role_arn = aws_iam_role.strong.arn"),
  }),
  ecs_first_role: change("broadened", "the tasks get a role, which is new", {
    all: ecsService(),
    before: task(""),
    after: one("ecs-tasks") + task("task_role_arn = aws_iam_role.app.arn"),
  }),
  template_stronger: change("broadened", "instances run as a role that may write", {
    all: two("ec2") + profile("weak") + profile("strong"),
    before: template("weak"),
    after: template("strong"),
  }),
  template_type: change("unchanged", "larger instances with the same role", {
    all: one("ec2") + profile("app"),
    before: template("app"),
    after: template("app", "t3.large"),
  }),
  template_new: change("broadened", "instances with a new role", {
    after: one("ec2") + profile("app") + template("app"),
  }),
  profile_role: change("broadened", "instances of the profile run as a role that may write", {
    all: two("ec2"),
    before: profile("weak", "x"),
    after: profile("strong", "x"),
  }),
  glue_stronger: change("broadened", "the job runs as a role that may write", {
    all: two("glue"),
    before: job("aws_iam_role.weak.arn"),
    after: job("aws_iam_role.strong.arn"),
  }),
  glue_timeout: change("unchanged", "the job may run longer", {
    all: one("glue"),
    before: job("aws_iam_role.app.arn"),
    after: job("aws_iam_role.app.arn", "timeout = 100"),
  }),
  stream_new: change("broadened", "a delivery stream with a new role", {
    after: one("firehose") + stream("aws_iam_role.app.arn"),
  }),
  project_new: change("broadened", "a build with a new role", {
    after: one("codebuild") + project("aws_iam_role.app.arn"),
  }),
  project_image: change("unchanged", "another image of the build", {
    all: one("codebuild"),
    before: project("aws_iam_role.app.arn"),
    after: project("aws_iam_role.app.arn", "aws/codebuild/standard:8.0"),
  }),
  target_role: change("broadened", "a schedule starts a machine with a new role", {
    all: schedule,
    after:
      roleOf("events") +
      own(
        text(may("states:StartExecution", `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:a`)),
      ) +
      resource(
        "aws_cloudwatch_event_target",
        `rule = aws_cloudwatch_event_rule.x.name\narn = "arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:a"\nrole_arn = aws_iam_role.app.arn`,
      ),
  }),
  pod_identity: change("broadened", "pods run as a role that exists", {
    all: one("pods.eks"),
    after: resource(
      "aws_eks_pod_identity_association",
      'cluster_name = "main"\nnamespace = "default"\nservice_account = "app"\nrole_arn = aws_iam_role.app.arn',
    ),
  }),
  irsa_new: change("broadened", "pods run as a new role", {
    after: irsa("StringEquals", "default:app") + own(text(READS)),
  }),
  irsa_narrowed: change("narrowed", "one service account instead of all", {
    all: own(text(READS)),
    before: irsa("StringLike", "*"),
    after: irsa("StringLike", "default:app"),
  }),
  irsa_another: change("both", "another service account", {
    all: own(text(READS)),
    before: irsa("StringEquals", "default:app"),
    after: irsa("StringEquals", "default:api"),
  }),
  eks_entry: change("broadened", "a role gets into a cluster", {
    all: roleOf("ec2"),
    after: resource(
      "aws_eks_access_entry",
      'cluster_name = "main"\nprincipal_arn = aws_iam_role.app.arn\nkubernetes_groups = ["viewers"]',
    ),
  }),
  eks_administrator: change("broadened", "a role may do everything in a cluster", {
    all: roleOf("ec2"),
    after: resource(
      "aws_eks_access_policy_association",
      'cluster_name = "main"\nprincipal_arn = aws_iam_role.app.arn\npolicy_arn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"\naccess_scope {\n type = "cluster"\n}',
    ),
  }),
  eks_new: change("broadened", "a cluster with a new role", {
    after:
      roleOf("eks") +
      has("AmazonEKSClusterPolicy") +
      resource(
        "aws_eks_cluster",
        'name = local.name\nrole_arn = aws_iam_role.app.arn\nvpc_config {\n subnet_ids = ["subnet-0a1b2c3d", "subnet-1a1b2c3d"]\n}',
      ),
  }),
  flow_logs: change("broadened", "flow logs with a new role", {
    after:
      roleOf("vpc-flow-logs") +
      own(text(may("logs:CreateLogStream logs:PutLogEvents", "*"))) +
      resource(
        "aws_flow_log",
        `iam_role_arn = aws_iam_role.app.arn\nlog_destination = "arn:aws:logs:us-east-1:${ACCOUNT}:log-group:flow"\ntraffic_type = "ALL"\nvpc_id = "vpc-0a1b2c3d"`,
      ),
  }),
  database_monitoring: change("broadened", "RDS runs as a role that exists", {
    all: roleOf("monitoring.rds") + has("service-role/AmazonRDSEnhancedMonitoringRole"),
    after: resource(
      "aws_db_instance",
      'identifier = local.name\nengine = "postgres"\ninstance_class = "db.t4g.micro"\nallocated_storage = 20\nusername = "app"\nmanage_master_user_password = true\nmonitoring_interval = 60\nmonitoring_role_arn = aws_iam_role.app.arn\nskip_final_snapshot = true',
    ),
  }),
};
