provider "aws" {
  region = "eu-west-1"
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "errors"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_Target_5XX_Count"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 10
  evaluation_periods  = 1
  period              = 60
  statistic           = "Sum"
}

resource "aws_fis_experiment_template" "bounded" {
  description = "Stops machines of one zone"
  role_arn    = "arn:aws:iam::111122223333:role/experiments"

  action {
    name      = "stop"
    action_id = "aws:ec2:stop-instances"

    parameter {
      key   = "startInstancesAfterDuration"
      value = "PT5M"
    }
    target {
      key   = "Instances"
      value = "machines"
    }
  }

  target {
    name           = "machines"
    resource_type  = "aws:ec2:instance"
    selection_mode = "PERCENT(50)"

    resource_tag {
      key   = "Stage"
      value = "test"
    }
  }

  stop_condition {
    source = "aws:cloudwatch:alarm"
    value  = aws_cloudwatch_metric_alarm.errors.arn
  }

  tags = {
    Owner = "shop"
  }
}

resource "aws_fis_experiment_template" "unbounded" {
  description = "Throttles an API"
  role_arn    = "arn:aws:iam::111122223333:role/experiments"

  action {
    name      = "throttle"
    action_id = "aws:fis:inject-api-throttle-error"

    parameter {
      key   = "duration"
      value = "PT5M"
    }
    target {
      key   = "Roles"
      value = "shop"
    }
  }

  target {
    name           = "shop"
    resource_type  = "aws:iam:role"
    resource_arns  = ["arn:aws:iam::111122223333:role/shop"]
    selection_mode = "ALL"
  }

  stop_condition {
    source = "none"
  }
}

resource "aws_resiliencehub_resiliency_policy" "critical" {
  name = "critical"
  tier = "Critical"

  policy {
    az {
      rpo = "5m0s"
      rto = "5m0s"
    }
    hardware {
      rpo = "5m0s"
      rto = "5m0s"
    }
    software {
      rpo = "1h0m0s"
      rto = "1h0m0s"
    }
  }
}
