# Buses, rules and schedules for events.

provider "aws" {
  region = "eu-west-1"
}

resource "aws_sqs_queue" "lost" {
  name = "lost"
}

resource "aws_sqs_queue" "late" {
  name = "late"
}

resource "aws_sns_topic" "operations" {
  name = "operations"
}

# A rule that passes on what AWS Health says, one that is off, and one that nobody listens to.
resource "aws_cloudwatch_event_rule" "health" {
  name          = "health"
  event_pattern = jsonencode({ source = ["aws.health"] })
}

resource "aws_cloudwatch_event_target" "health" {
  rule = aws_cloudwatch_event_rule.health.name
  arn  = aws_sns_topic.operations.arn

  dead_letter_config {
    arn = aws_sqs_queue.lost.arn
  }
}

resource "aws_cloudwatch_event_rule" "asleep" {
  name          = "asleep"
  state         = "DISABLED"
  event_pattern = <<-JSON
    { "source": ["aws.health"], "detail-type": ["AWS Health Event"] }
  JSON
}

resource "aws_cloudwatch_event_target" "asleep" {
  count = 2
  rule  = aws_cloudwatch_event_rule.asleep.name
  arn   = "arn:aws:sns:eu-west-1:111122223333:team-${count.index}"
}

resource "aws_cloudwatch_event_rule" "unheard" {
  name          = "unheard"
  event_pattern = jsonencode({ source = ["aws.health"] })
}

resource "aws_cloudwatch_event_rule" "off" {
  name          = "off"
  is_enabled    = false
  event_pattern = jsonencode({ source = ["aws.health", "aws.ec2"] })
}

resource "aws_cloudwatch_event_target" "off" {
  rule = aws_cloudwatch_event_rule.off.id
  arn  = aws_sns_topic.operations.arn
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "nightly"
  schedule_expression = "cron(0 3 * * ? *)"
}

# Buses, and who may send to them.
resource "aws_cloudwatch_event_bus" "shop" {
  name = "shop"
}

data "aws_iam_policy_document" "partner" {
  statement {
    sid       = "Partner"
    actions   = ["events:PutEvents"]
    resources = [aws_cloudwatch_event_bus.shop.arn]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::444455556666:root"]
    }
  }
}

resource "aws_cloudwatch_event_bus_policy" "shop_policy" {
  event_bus_name = aws_cloudwatch_event_bus.shop.name
  policy         = data.aws_iam_policy_document.partner.json
}

resource "aws_cloudwatch_event_bus_policy" "open_policy" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Anyone"
        Effect    = "Allow"
        Principal = "*"
        Action    = "events:PutEvents"
        Resource  = "arn:aws:events:eu-west-1:111122223333:event-bus/default"
      },
      {
        Sid       = "Somebody"
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::444455556666:root" }
        Action    = "events:PutEvents"
        Resource  = "arn:aws:events:eu-west-1:111122223333:event-bus/default"
      },
    ]
  })
}

resource "aws_cloudwatch_event_bus" "partners" {
  name = "partners"
}

resource "aws_cloudwatch_event_permission" "anyone" {
  statement_id   = "anyone"
  principal      = "*"
  event_bus_name = aws_cloudwatch_event_bus.partners.name
}

resource "aws_cloudwatch_event_permission" "organization" {
  statement_id   = "organization"
  principal      = "*"
  event_bus_name = aws_cloudwatch_event_bus.partners.name

  condition {
    key   = "aws:PrincipalOrgID"
    type  = "StringEquals"
    value = "o-shop123456"
  }
}

resource "aws_cloudwatch_event_permission" "account" {
  statement_id   = "account"
  principal      = "444455556666"
  event_bus_name = aws_cloudwatch_event_bus.partners.name
}

# A schedule with somewhere to put what fails.
resource "aws_scheduler_schedule" "hourly" {
  name                = "hourly"
  schedule_expression = "rate(1 hour)"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = "arn:aws:lambda:eu-west-1:111122223333:function:tidy"
    role_arn = "arn:aws:iam::111122223333:role/scheduler"

    dead_letter_config {
      arn = aws_sqs_queue.late.arn
    }
  }
}
