terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["123456789012"]
}
resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}
data "aws_ssm_parameter" "missing" {
  name = "/is/not/there"
}
resource "aws_sqs_queue" "other" {
  name = data.aws_ssm_parameter.missing.value
}
