# Written by teleport-db-iam. Do not edit: the next run of "npm run synth" replaces this file.

mock_resource "aws_iam_policy" {
  defaults = {
    arn = "arn:aws:iam::aws:policy/mocked"
  }
}

mock_resource "aws_iam_role" {
  defaults = {
    arn = "arn:aws:iam::aws:role/mocked"
  }
}

mock_resource "aws_iam_openid_connect_provider" {
  defaults = {
    arn = "arn:aws:iam::aws:oidc-provider/mocked.example.com"
  }
}
