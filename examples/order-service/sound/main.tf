# The same service as AWS's guidance would have it. It needs no network of its own: the worker writes to DynamoDB.

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region = "eu-west-1"

  default_tags {
    tags = {
      Owner              = "shop"
      Environment        = var.environment
      CostCenter         = "4711"
      DataClassification = "Internal"
    }
  }
}

variable "environment" {
  type    = string
  default = "production"
}

locals {
  name = "orders-${var.environment}"
}

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

# What follows every key's own policy: the account decides by IAM who may use it.
resource "aws_kms_key" "orders" {
  description             = "Orders at rest"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  lifecycle {
    prevent_destroy = true
  }
}

module "logs" {
  source = "../modules/bucket"

  name = "${local.name}-logs"
}

module "documents" {
  source = "../modules/bucket"

  name       = "${local.name}-documents"
  log_bucket = "${local.name}-logs"
}

resource "aws_sqs_queue" "dead_orders" {
  name                      = "${local.name}-dead"
  message_retention_seconds = 14 * 24 * 3600
  receive_wait_time_seconds = 20
  kms_master_key_id         = aws_kms_key.orders.arn
}

resource "aws_sqs_queue" "orders" {
  name                       = local.name
  visibility_timeout_seconds = 6 * aws_lambda_function.worker.timeout
  receive_wait_time_seconds  = 20
  kms_master_key_id          = aws_kms_key.orders.arn

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_orders.arn
    maxReceiveCount     = 5
  })
}

resource "aws_dynamodb_table" "orders" {
  name                        = local.name
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = true

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.orders.arn
  }
}

data "aws_iam_policy_document" "worker_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "worker" {
  statement {
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    resources = ["arn:aws:sqs:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:${local.name}"]
  }

  statement {
    actions   = ["dynamodb:PutItem", "dynamodb:UpdateItem"]
    resources = [aws_dynamodb_table.orders.arn]
  }

  statement {
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.orders.arn]
  }

  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.worker.arn}:*"]
  }
}

resource "aws_iam_role" "worker" {
  name               = "${local.name}-worker"
  assume_role_policy = data.aws_iam_policy_document.worker_trust.json
}

resource "aws_iam_role_policy" "worker" {
  role   = aws_iam_role.worker.id
  policy = data.aws_iam_policy_document.worker.json
}

resource "aws_cloudwatch_log_group" "worker" {
  name              = "/aws/lambda/${local.name}-worker"
  retention_in_days = 90
}

# pilaster:waive lambda_arm64 reason="one library is built for x86 only" owner=shop until=2027-06-30
resource "aws_lambda_function" "worker" {
  function_name                  = "${local.name}-worker"
  role                           = aws_iam_role.worker.arn
  handler                        = "index.handler"
  runtime                        = "nodejs22.x"
  memory_size                    = 512
  timeout                        = 30
  reserved_concurrent_executions = 20
  s3_bucket                      = module.documents.id
  s3_key                         = "worker.zip"

  environment {
    variables = {
      TABLE = aws_dynamodb_table.orders.name
    }
  }

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_event_source_mapping" "worker" {
  event_source_arn        = aws_sqs_queue.orders.arn
  function_name           = aws_lambda_function.worker.arn
  function_response_types = ["ReportBatchItemFailures"]
}

resource "aws_sns_topic" "alarms" {
  name              = "${local.name}-alarms"
  kms_master_key_id = aws_kms_key.orders.arn
}

resource "aws_cloudwatch_metric_alarm" "dead_orders" {
  alarm_name          = "${local.name}-dead"
  alarm_description   = "Orders that could not be processed: see the runbook"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]

  dimensions = {
    QueueName = aws_sqs_queue.dead_orders.name
  }
}

resource "aws_cloudwatch_metric_alarm" "late_orders" {
  alarm_name          = "${local.name}-late"
  alarm_description   = "The worker falls behind: see the runbook"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 3
  threshold           = 900
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]

  dimensions = {
    QueueName = aws_sqs_queue.orders.name
  }
}

resource "aws_cloudwatch_metric_alarm" "worker_errors" {
  for_each = toset(["Errors", "Throttles"])

  alarm_name          = "${local.name}-worker-${lower(each.key)}"
  alarm_description   = "The worker fails or is held back: see the runbook"
  namespace           = "AWS/Lambda"
  metric_name         = each.key
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 3
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]

  dimensions = {
    FunctionName = aws_lambda_function.worker.function_name
  }
}
