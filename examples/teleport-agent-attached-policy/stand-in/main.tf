# A stand-in for Teleport's module db-agent/aws, with only the part of its interface that this example
# uses. Replace its source by Teleport's; the real module also runs the agent on ECS.

variable "ecs_task_role_name" {
  type        = string
  description = "Name of the role of the ECS tasks."
  default     = "teleport-db-agent"
}

variable "ecs_task_role_inline_policy" {
  type        = string
  description = "JSON policy document to put into the role of the ECS tasks."
  default     = null
}

resource "aws_iam_role" "task" {
  name = var.ecs_task_role_name
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

# As Teleport's module does: statements are merged by Sid.
data "aws_iam_policy_document" "inline" {
  count = var.ecs_task_role_inline_policy == null ? 0 : 1

  override_policy_documents = [var.ecs_task_role_inline_policy]
}

resource "aws_iam_role_policy" "task" {
  count = var.ecs_task_role_inline_policy == null ? 0 : 1

  name   = "teleport-db-agent"
  role   = aws_iam_role.task.id
  policy = data.aws_iam_policy_document.inline[0].json
}

output "ecs_task_role_name" {
  description = "Name of the role of the ECS tasks."
  value       = aws_iam_role.task.name
}

output "ecs_task_role_arn" {
  description = "ARN of the role of the ECS tasks."
  value       = aws_iam_role.task.arn
}
