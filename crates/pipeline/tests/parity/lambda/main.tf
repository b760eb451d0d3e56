# Functions, what calls them, and who may.

provider "aws" {
  region = "eu-west-1"
}

locals {
  role = aws_iam_role.runner.arn
  code = { bucket = aws_s3_bucket.artifacts.id, key = aws_s3_object.archive.key }
}

data "aws_caller_identity" "current" {}

resource "aws_iam_role" "runner" {
  name = "runner"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_s3_bucket" "artifacts" {
  bucket = "shop-artifacts"
}

# An archive with nothing in it.
resource "aws_s3_object" "archive" {
  bucket         = aws_s3_bucket.artifacts.id
  key            = "worker.zip"
  content_base64 = "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA=="
}

resource "aws_vpc" "shop" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "one" {
  vpc_id            = aws_vpc.shop.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "two" {
  vpc_id            = aws_vpc.shop.id
  cidr_block        = "10.0.2.0/24"
  availability_zone = "eu-west-1b"
}

resource "aws_security_group" "inside" {
  name        = "inside"
  description = "Functions of the shop"
  vpc_id      = aws_vpc.shop.id

  egress {
    description = "Own"
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.0.0/16"]
  }
}

resource "aws_sqs_queue" "failed" {
  name                      = "failed"
  receive_wait_time_seconds = 20
}

resource "aws_sqs_queue" "work" {
  name                       = "work"
  visibility_timeout_seconds = 360
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 3
  })
}

resource "aws_sqs_queue" "hasty" {
  name = "hasty"
}

# Well configured: across two zones, bounded, traced, on a runtime that lasts.
resource "aws_lambda_function" "worker" {
  function_name                  = "worker"
  role                           = local.role
  runtime                        = "python3.13"
  handler                        = "main.handler"
  architectures                  = ["arm64"]
  s3_bucket                      = local.code.bucket
  s3_key                         = local.code.key
  timeout                        = 60
  memory_size                    = 512
  reserved_concurrent_executions = 20

  environment {
    variables = {
      TABLE        = "orders"
      DB_SECRET_ID = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db"
    }
  }

  vpc_config {
    subnet_ids         = [aws_subnet.one.id, aws_subnet.two.id]
    security_group_ids = [aws_security_group.inside.id]
  }

  tracing_config {
    mode = "Active"
  }

  dead_letter_config {
    target_arn = aws_sqs_queue.failed.arn
  }

  tags = { owner = "shop" }
}

resource "aws_cloudwatch_log_group" "worker_logs" {
  name              = "/aws/lambda/${aws_lambda_function.worker.function_name}"
  retention_in_days = 90
}

resource "aws_lambda_event_source_mapping" "worker_feed" {
  event_source_arn = aws_sqs_queue.work.arn
  function_name    = aws_lambda_function.worker.arn
}

resource "aws_cloudwatch_metric_alarm" "worker_errors" {
  alarm_name          = "worker-errors"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:operations"]

  dimensions = {
    FunctionName = aws_lambda_function.worker.function_name
  }
}

# Everything is left as it comes, or worse.
resource "aws_lambda_function" "neglected" {
  function_name                  = "neglected"
  role                           = local.role
  runtime                        = "nodejs16.x"
  handler                        = "index.handler"
  s3_bucket                      = local.code.bucket
  s3_key                         = local.code.key
  timeout                        = 30
  reserved_concurrent_executions = -1

  environment {
    variables = {
      DB_PASSWORD = "hunter22-and-more"
      REGION      = "eu-west-1"
    }
  }

  vpc_config {
    subnet_ids         = [aws_subnet.one.id]
    security_group_ids = [aws_security_group.inside.id]
  }
}

resource "aws_lambda_event_source_mapping" "neglected_feed" {
  event_source_arn = aws_sqs_queue.hasty.arn
  function_name    = aws_lambda_function.neglected.function_name
}

resource "aws_lambda_permission" "neglected_events" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.neglected.function_name
  principal     = "events.amazonaws.com"
  source_arn    = "arn:aws:events:eu-west-1:111122223333:rule/nightly"
}

# Invoked by a schedule, with somewhere to put what fails; an image, with a log group of its own.
resource "aws_lambda_function" "image" {
  function_name = "image"
  role          = local.role
  package_type  = "Image"
  image_uri     = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop:1"

  tracing_config {
    mode = "PassThrough"
  }

  logging_config {
    log_format = "JSON"
    log_group  = "/shop/images"
  }
}

resource "aws_lambda_permission" "image_events" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.image.function_name
  principal     = "s3.amazonaws.com"
  source_arn    = "arn:aws:s3:::shop-images"
}

resource "aws_lambda_function_event_invoke_config" "image_invocations" {
  function_name = aws_lambda_function.image.function_name

  destination_config {
    on_failure {
      destination = aws_sqs_queue.failed.arn
    }
  }
}

# Several of one kind.
resource "aws_lambda_function" "several" {
  count         = 2
  function_name = "several-${count.index}"
  role          = local.role
  runtime       = "python3.12"
  handler       = "main.handler"
  architectures = ["x86_64"]
  s3_bucket     = local.code.bucket
  s3_key        = local.code.key

  logging_config {
    log_format = "Text"
  }
}

# Permissions that say too little, and one that does not.
resource "aws_lambda_permission" "everyone" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.worker.function_name
  principal     = "*"
}

resource "aws_lambda_permission" "organization" {
  action           = "lambda:InvokeFunction"
  function_name    = aws_lambda_function.worker.function_name
  principal        = "*"
  principal_org_id = "o-shop123456"
}

resource "aws_lambda_permission" "any_bucket" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.worker.function_name
  principal     = "s3.amazonaws.com"
}

resource "aws_lambda_permission" "own_buckets" {
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.worker.function_name
  principal      = "s3.amazonaws.com"
  source_account = data.aws_caller_identity.current.account_id
}

resource "aws_lambda_permission" "by_url" {
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = aws_lambda_function.worker.function_name
  principal              = "*"
  function_url_auth_type = "NONE"
}

resource "aws_lambda_function_url" "open_url" {
  function_name      = aws_lambda_function.worker.function_name
  authorization_type = "NONE"
}

resource "aws_lambda_function_url" "signed_url" {
  function_name      = aws_lambda_function.image.function_name
  authorization_type = "AWS_IAM"
}
