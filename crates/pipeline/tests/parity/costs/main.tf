provider "aws" {
  region = "eu-west-1"
}

resource "aws_sns_topic" "costs" {
  name = "costs"
}

resource "aws_budgets_budget" "watched" {
  name         = "watched"
  budget_type  = "COST"
  limit_amount = "1000"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  notification {
    comparison_operator        = "GREATER_THAN"
    notification_type          = "FORECASTED"
    threshold                  = 100
    threshold_type             = "PERCENTAGE"
    subscriber_email_addresses = ["costs@example.com"]
  }
}

resource "aws_budgets_budget" "topic" {
  name         = "topic"
  budget_type  = "COST"
  limit_amount = "1000"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  dynamic "notification" {
    for_each = toset(["ACTUAL", "FORECASTED"])
    content {
      comparison_operator       = "GREATER_THAN"
      notification_type         = notification.value
      threshold                 = 100
      threshold_type            = "PERCENTAGE"
      subscriber_sns_topic_arns = [aws_sns_topic.costs.arn]
    }
  }
}

resource "aws_budgets_budget" "late" {
  name         = "late"
  budget_type  = "COST"
  limit_amount = "1000"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  notification {
    comparison_operator        = "GREATER_THAN"
    notification_type          = "ACTUAL"
    threshold                  = 100
    threshold_type             = "PERCENTAGE"
    subscriber_email_addresses = ["costs@example.com"]
  }
}

resource "aws_budgets_budget" "silent" {
  name         = "silent"
  budget_type  = "USAGE"
  limit_amount = "100"
  limit_unit   = "GB"
  time_unit    = "MONTHLY"
}

resource "aws_budgets_budget_action" "stop" {
  budget_name        = aws_budgets_budget.watched.name
  action_type        = "APPLY_IAM_POLICY"
  approval_model     = "AUTOMATIC"
  notification_type  = "ACTUAL"
  execution_role_arn = "arn:aws:iam::111122223333:role/budgets"

  action_threshold {
    action_threshold_type  = "PERCENTAGE"
    action_threshold_value = 100
  }
  definition {
    iam_action_definition {
      policy_arn = "arn:aws:iam::aws:policy/AWSDenyAll"
      roles      = ["developers"]
    }
  }
  subscriber {
    address           = "costs@example.com"
    subscription_type = "EMAIL"
  }
}

resource "aws_budgets_budget_action" "ask" {
  budget_name        = aws_budgets_budget.watched.name
  action_type        = "APPLY_IAM_POLICY"
  approval_model     = "MANUAL"
  notification_type  = "ACTUAL"
  execution_role_arn = "arn:aws:iam::111122223333:role/budgets"

  action_threshold {
    action_threshold_type  = "PERCENTAGE"
    action_threshold_value = 100
  }
  definition {
    iam_action_definition {
      policy_arn = "arn:aws:iam::aws:policy/AWSDenyAll"
      roles      = ["developers"]
    }
  }
  subscriber {
    address           = "costs@example.com"
    subscription_type = "EMAIL"
  }
}

resource "aws_ce_anomaly_monitor" "services" {
  name              = "services"
  monitor_type      = "DIMENSIONAL"
  monitor_dimension = "SERVICE"
}

resource "aws_ce_anomaly_subscription" "daily" {
  name             = "daily"
  frequency        = "DAILY"
  monitor_arn_list = [aws_ce_anomaly_monitor.services.arn]

  subscriber {
    type    = "EMAIL"
    address = "costs@example.com"
  }
}

resource "aws_ce_anomaly_monitor" "unheard" {
  name              = "unheard"
  monitor_type      = "DIMENSIONAL"
  monitor_dimension = "SERVICE"
}

resource "aws_ce_cost_category" "teams" {
  name          = "Team"
  rule_version  = "CostCategoryExpression.v1"
  default_value = "Shared"

  rule {
    value = "Shop"
    rule {
      dimension {
        key           = "LINKED_ACCOUNT_NAME"
        values        = ["shop"]
        match_options = ["EQUALS"]
      }
    }
  }
}

resource "aws_ce_cost_category" "gaps" {
  name         = "Environment"
  rule_version = "CostCategoryExpression.v1"

  rule {
    value = "Production"
    rule {
      dimension {
        key           = "LINKED_ACCOUNT_NAME"
        values        = ["production"]
        match_options = ["EQUALS"]
      }
    }
  }
}

resource "aws_cur_report_definition" "detailed" {
  report_name                = "detailed"
  time_unit                  = "DAILY"
  format                     = "Parquet"
  compression                = "Parquet"
  additional_schema_elements = ["RESOURCES", "SPLIT_COST_ALLOCATION_DATA"]
  s3_bucket                  = "billing"
  s3_prefix                  = "reports"
  s3_region                  = "eu-west-1"
}

resource "aws_cur_report_definition" "coarse" {
  report_name                = "coarse"
  time_unit                  = "DAILY"
  format                     = "Parquet"
  compression                = "Parquet"
  additional_schema_elements = []
  s3_bucket                  = "billing"
  s3_prefix                  = "reports"
  s3_region                  = "eu-west-1"
}

resource "aws_bcmdataexports_export" "by_resource" {
  export {
    name = "by-resource"

    data_query {
      query_statement = "SELECT line_item_resource_id FROM COST_AND_USAGE_REPORT"
      table_configurations = {
        COST_AND_USAGE_REPORT = {
          INCLUDE_RESOURCES = "TRUE"
          TIME_GRANULARITY  = "DAILY"
        }
      }
    }
    destination_configurations {
      s3_destination {
        s3_bucket = "billing"
        s3_prefix = "exports"
        s3_region = "eu-west-1"

        s3_output_configurations {
          compression = "PARQUET"
          format      = "PARQUET"
          output_type = "CUSTOM"
          overwrite   = "OVERWRITE_REPORT"
        }
      }
    }
    refresh_cadence {
      frequency = "SYNCHRONOUS"
    }
  }
}

resource "aws_bcmdataexports_export" "by_account" {
  export {
    name = "by-account"

    data_query {
      query_statement = "SELECT line_item_usage_account_id FROM COST_AND_USAGE_REPORT"
    }
    destination_configurations {
      s3_destination {
        s3_bucket = "billing"
        s3_prefix = "exports"
        s3_region = "eu-west-1"

        s3_output_configurations {
          compression = "PARQUET"
          format      = "PARQUET"
          output_type = "CUSTOM"
          overwrite   = "OVERWRITE_REPORT"
        }
      }
    }
    refresh_cadence {
      frequency = "SYNCHRONOUS"
    }
  }
}
