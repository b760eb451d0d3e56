terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  region = "eu-west-1"
}
variable "key_password" {
  default   = "correct horse"
  sensitive = true
}
resource "aws_kms_key" "k" {
  description = "data"
}
resource "aws_sqs_queue" "jobs" {
  name                      = "jobs"
  kms_master_key_id         = aws_kms_key.k.arn
  message_retention_seconds = 1209600
}
resource "aws_sqs_queue" "renamed" {
  name = "new-name"
}
resource "aws_sqs_queue_policy" "p" {
  queue_url = aws_sqs_queue.jobs.id
  policy    = data.aws_iam_policy_document.p.json
}
data "aws_iam_policy_document" "p" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.jobs.arn]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}
resource "aws_ssm_parameter" "password" {
  name  = "/password"
  type  = "SecureString"
  value = var.key_password
}
