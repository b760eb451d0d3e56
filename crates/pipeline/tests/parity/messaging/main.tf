# Queues and topics.

provider "aws" {
  region = "eu-west-1"

  default_tags {
    tags = { owner = "shop" }
  }
}

locals {
  patience = 20
}

data "aws_caller_identity" "current" {}

resource "aws_kms_key" "messages" {
  description         = "Messages of the shop"
  enable_key_rotation = true
}

# A queue as it should be, and its dead letters.
resource "aws_sqs_queue" "dead_letters" {
  name                      = "dead-letters"
  message_retention_seconds = 1209600
}

resource "aws_cloudwatch_metric_alarm" "dead" {
  alarm_name          = "dead"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  alarm_actions       = [aws_sns_topic.operations.arn]

  dimensions = {
    QueueName = aws_sqs_queue.dead_letters.name
  }
}

resource "aws_sqs_queue" "orders" {
  name                      = "orders"
  receive_wait_time_seconds = local.patience
  kms_master_key_id         = aws_kms_key.messages.arn

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letters.arn
    maxReceiveCount     = 5
  })
}

data "aws_iam_policy_document" "orders" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.orders.arn]

    principals {
      type        = "Service"
      identifiers = ["sns.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_sns_topic.news.arn]
    }
  }
}

resource "aws_sqs_queue_policy" "orders_policy" {
  queue_url = aws_sqs_queue.orders.id
  policy    = data.aws_iam_policy_document.orders.json
}

# Split off.
resource "aws_sqs_queue" "refunds" {
  name                      = "refunds"
  receive_wait_time_seconds = 0
  sqs_managed_sse_enabled   = true
}

resource "aws_sqs_queue_redrive_policy" "refunds" {
  queue_url = aws_sqs_queue.refunds.id
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.refused.arn
    maxReceiveCount     = 5
  })
}

# Others may put their dead letters here; nobody watches.
resource "aws_sqs_queue" "refused" {
  name = "refused"
}

resource "aws_sqs_queue_redrive_allow_policy" "refused" {
  queue_url            = aws_sqs_queue.refused.id
  redrive_allow_policy = jsonencode({ redrivePermission = "byQueue", sourceQueueArns = [aws_sqs_queue.refunds.arn] })
}

# Open to everybody, in the clear.
resource "aws_sqs_queue" "open" {
  name                    = "open"
  sqs_managed_sse_enabled = false
}

resource "aws_sqs_queue_policy" "open_policy" {
  queue_url = aws_sqs_queue.open.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sqs:SendMessage"
      Resource  = "arn:aws:sqs:eu-west-1:${data.aws_caller_identity.current.account_id}:open"
    }]
  })
}

resource "aws_sqs_queue" "shard" {
  for_each                  = { a = 1, b = 0 }
  name                      = "shard-${each.key}"
  receive_wait_time_seconds = each.value
}

# Topics.
resource "aws_sns_topic" "operations" {
  name              = "operations"
  kms_master_key_id = aws_kms_key.messages.id
}

resource "aws_sns_topic" "news" {
  name = "news"
}

resource "aws_sns_topic_policy" "news_policy" {
  arn = aws_sns_topic.news.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "s3.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.news.arn
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}

resource "aws_sns_topic" "gossip" {
  name = "gossip"
}

resource "aws_sns_topic_policy" "gossip_policy" {
  arn    = aws_sns_topic.gossip.arn
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [{
        "Effect": "Allow",
        "Principal": { "AWS": "*" },
        "Action": "sns:Subscribe",
        "Resource": "${aws_sns_topic.gossip.arn}"
      }]
    }
  JSON
}

resource "aws_sqs_queue" "undelivered" {
  name = "undelivered"
}

resource "aws_sns_topic_subscription" "orders_news" {
  topic_arn = aws_sns_topic.news.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.orders.arn

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.undelivered.arn
  })
}
