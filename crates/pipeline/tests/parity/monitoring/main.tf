# Alarms, dashboards, logs, and monitors that act like users.

provider "aws" {
  region = "eu-west-1"
}

locals {
  operations = "arn:aws:sns:eu-west-1:111122223333:operations"
}

# Log groups.
resource "aws_cloudwatch_log_group" "web" {
  name              = "/shop/web"
  retention_in_days = 90
  tags              = { owner = "shop" }
}

resource "aws_cloudwatch_log_group" "forever" {
  name = "/shop/forever"
}

resource "aws_cloudwatch_log_group" "never_deleted" {
  name              = "/shop/never-deleted"
  retention_in_days = 0
}

resource "aws_cloudwatch_log_group" "brief" {
  for_each          = { day = 1, month = 30 }
  name              = "/shop/${each.key}"
  retention_in_days = each.value
}

resource "aws_cloudwatch_log_group" "delivery" {
  name            = "/shop/delivery"
  log_group_class = "DELIVERY"
}

# Alarms.
resource "aws_cloudwatch_metric_alarm" "sound" {
  alarm_name          = "sound"
  namespace           = "Shop"
  metric_name         = "Failures"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  alarm_actions       = [local.operations]
}

resource "aws_cloudwatch_metric_alarm" "silent" {
  alarm_name          = "silent"
  namespace           = "Shop"
  metric_name         = "Failures"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
}

resource "aws_cloudwatch_metric_alarm" "muted" {
  alarm_name          = "muted"
  actions_enabled     = false
  alarm_actions       = [local.operations]
  comparison_operator = "GreaterThanUpperThreshold"
  evaluation_periods  = 2
  threshold_metric_id = "band"

  metric_query {
    id          = "band"
    expression  = "ANOMALY_DETECTION_BAND(orders)"
    return_data = true
  }

  metric_query {
    id          = "orders"
    return_data = true

    metric {
      namespace   = "Shop"
      metric_name = "Orders"
      period      = 300
      stat        = "Sum"
    }
  }
}

# Watched only by a composite alarm.
resource "aws_cloudwatch_metric_alarm" "part" {
  count               = 2
  alarm_name          = "part-${count.index}"
  namespace           = "Shop"
  metric_name         = "Failures"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
}

resource "aws_cloudwatch_composite_alarm" "whole" {
  alarm_name    = "whole"
  alarm_rule    = "ALARM(${aws_cloudwatch_metric_alarm.part[0].alarm_name}) AND ALARM(\"${aws_cloudwatch_metric_alarm.part[1].alarm_name}\")"
  alarm_actions = [local.operations]
}

resource "aws_cloudwatch_composite_alarm" "idle" {
  alarm_name = "idle"
  alarm_rule = "ALARM(silent)"
}

# Usage beside its quota, and usage alone.
resource "aws_cloudwatch_metric_alarm" "quota" {
  alarm_name          = "quota"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  threshold           = 80
  alarm_actions       = [local.operations]

  metric_query {
    id          = "percent"
    expression  = "usage / SERVICE_QUOTA(usage) * 100"
    return_data = true
  }

  metric_query {
    id = "usage"

    metric {
      namespace   = "AWS/Usage"
      metric_name = "ResourceCount"
      period      = 300
      stat        = "Maximum"

      dimensions = {
        Service  = "Lambda"
        Resource = "ConcurrentExecutions"
        Type     = "Resource"
        Class    = "None"
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "usage" {
  alarm_name          = "usage"
  namespace           = "AWS/Usage"
  metric_name         = "ResourceCount"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 900
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [local.operations]

  dimensions = {
    Service = "Lambda"
  }
}

# Dashboards.
resource "aws_cloudwatch_dashboard" "shop" {
  dashboard_name = "shop"
  dashboard_body = jsonencode({
    widgets = [{
      type       = "metric"
      properties = { metrics = [["Shop", "Orders"]], region = "eu-west-1" }
    }]
  })
}

resource "aws_cloudwatch_dashboard" "bare" {
  dashboard_name = "bare"
  dashboard_body = "{\"widgets\": []}"
}

# Queries.
resource "aws_cloudwatch_query_definition" "errors" {
  name            = "errors"
  query_string    = "filter level = 'error'"
  log_group_names = [aws_cloudwatch_log_group.web.name]
}

resource "aws_cloudwatch_query_definition" "nowhere" {
  name         = "nowhere"
  query_string = "filter level = 'error'"
}

# The trail's events, watched for the use of the root user.
resource "aws_s3_bucket" "trail_logs" {
  bucket = "shop-trail"
}

resource "aws_cloudwatch_log_group" "trail" {
  name              = "trail"
  retention_in_days = 365
}

resource "aws_cloudtrail" "audit" {
  name                          = "audit"
  s3_bucket_name                = aws_s3_bucket.trail_logs.id
  is_multi_region_trail         = true
  include_global_service_events = true
  enable_log_file_validation    = true
  cloud_watch_logs_group_arn    = "${aws_cloudwatch_log_group.trail.arn}:*"
  cloud_watch_logs_role_arn     = "arn:aws:iam::111122223333:role/trail"
}

resource "aws_cloudwatch_log_metric_filter" "root" {
  name           = "root"
  log_group_name = aws_cloudwatch_log_group.trail.name
  pattern        = "{ $.userIdentity.type = \"Root\" && $.userIdentity.invokedBy NOT EXISTS }"

  metric_transformation {
    name      = "RootUsage"
    namespace = "Shop"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "root_usage" {
  alarm_name          = "root-usage"
  namespace           = "Shop"
  metric_name         = aws_cloudwatch_log_metric_filter.root.metric_transformation[0].name
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  alarm_actions       = [local.operations]
}

resource "aws_cloudwatch_log_metric_filter" "denied" {
  name           = "denied"
  log_group_name = "trail"
  pattern        = "{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }"

  metric_transformation {
    name      = "Denied"
    namespace = "Shop"
    value     = "1"
  }
}

# Canaries and monitors of pages.
resource "aws_synthetics_canary" "checkout" {
  name                 = "checkout"
  artifact_s3_location = "s3://shop-canaries/"
  execution_role_arn   = "arn:aws:iam::111122223333:role/canary"
  handler              = "checkout.handler"
  runtime_version      = "syn-nodejs-puppeteer-9.1"
  s3_bucket            = "shop-canaries"
  s3_key               = "checkout.zip"
  start_canary         = true

  schedule {
    expression = "rate(5 minutes)"
  }
}

resource "aws_synthetics_canary" "once" {
  name                 = "once"
  artifact_s3_location = "s3://shop-canaries/"
  execution_role_arn   = "arn:aws:iam::111122223333:role/canary"
  handler              = "checkout.handler"
  runtime_version      = "syn-nodejs-puppeteer-9.1"
  s3_bucket            = "shop-canaries"
  s3_key               = "checkout.zip"

  schedule {
    expression = "rate(0 minute)"
  }
}

resource "aws_rum_app_monitor" "pages" {
  name   = "pages"
  domain = "shop.example.com"
}

resource "aws_rum_app_monitor" "blind" {
  name   = "blind"
  domain = "shop.example.com"

  app_monitor_configuration {
    session_sample_rate = 0
  }
}
