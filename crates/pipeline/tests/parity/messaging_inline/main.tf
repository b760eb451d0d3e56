# Queues and topics whose policies stand within them.

provider "aws" {
  region = "eu-west-1"
}

resource "aws_sqs_queue" "inbox" {
  name = "inbox"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "sqs:*"
      Resource  = "*"
    }]
  })
}

resource "aws_sns_topic" "rumours" {
  name   = "rumours"
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [{ "Effect": "Allow", "Principal": "*", "Action": "sns:Publish", "Resource": "*" }]
    }
  JSON
}

# Sound ones.
resource "aws_sqs_queue" "letters" {
  name   = "letters"
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [{
        "Effect": "Allow",
        "Principal": { "AWS": "arn:aws:iam::444455556666:root" },
        "Action": "sqs:SendMessage",
        "Resource": "*"
      }]
    }
  JSON
}

resource "aws_sns_topic" "notices" {
  count  = 2
  name   = "notices-${count.index}"
  policy = data.aws_iam_policy_document.notices.json
}

data "aws_iam_policy_document" "notices" {
  statement {
    actions   = ["sns:Publish"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalOrgID"
      values   = ["o-shop123456"]
    }
  }
}
