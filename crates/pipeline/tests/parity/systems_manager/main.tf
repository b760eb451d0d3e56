provider "aws" {
  region = "eu-west-1"
}

locals {
  operation = "Install"
}

resource "aws_ssm_association" "patching" {
  name                = "AWS-RunPatchBaseline"
  schedule_expression = "cron(0 2 ? * SUN *)"

  parameters = {
    Operation    = local.operation
    RebootOption = "RebootIfNeeded"
  }

  targets {
    key    = "InstanceIds"
    values = ["*"]
  }
}

resource "aws_ssm_association" "scanning" {
  name = "AWS-RunPatchBaseline"

  parameters = {
    Operation = "Scan"
  }

  targets {
    key    = "tag:Patch"
    values = ["yes"]
  }
}

resource "aws_ssm_maintenance_window" "nights" {
  name     = "nights"
  schedule = "cron(0 2 ? * * *)"
  duration = 3
  cutoff   = 1
}

resource "aws_ssm_maintenance_window_task" "patching_task" {
  window_id       = aws_ssm_maintenance_window.nights.id
  task_type       = "RUN_COMMAND"
  task_arn        = "AWS-RunPatchBaseline"
  max_concurrency = "10%"
  max_errors      = "1"

  targets {
    key    = "InstanceIds"
    values = ["i-0123456789abcdef0"]
  }

  task_invocation_parameters {
    run_command_parameters {
      timeout_seconds = 600

      parameter {
        name   = "Operation"
        values = [local.operation]
      }
      parameter {
        name   = "RebootOption"
        values = ["RebootIfNeeded"]
      }
    }
  }
}

resource "aws_ssm_maintenance_window_task" "scanning_task" {
  window_id = aws_ssm_maintenance_window.nights.id
  task_type = "RUN_COMMAND"
  task_arn  = "AWS-RunPatchBaseline"

  task_invocation_parameters {
    run_command_parameters {
      parameter {
        name   = "Operation"
        values = ["Scan"]
      }
    }
  }
}

resource "aws_ssm_document" "restart" {
  name          = "restart"
  document_type = "Automation"

  content = jsonencode({
    schemaVersion = "0.3"
    description   = "Restarts a service that hangs"
    assumeRole    = "arn:aws:iam::111122223333:role/runbooks"
    mainSteps = [{
      name   = "restart"
      action = "aws:executeAwsApi"
      inputs = { Service = "ecs", Api = "UpdateService", forceNewDeployment = true }
    }]
  })
}

resource "aws_ssm_document" "bare" {
  name          = "bare"
  document_type = "Automation"

  content = <<-JSON
    {
      "schemaVersion": "0.3",
      "mainSteps": [{ "name": "wait", "action": "aws:sleep", "inputs": { "Duration": "PT1M" } }]
    }
  JSON
}

resource "aws_ssm_document" "command" {
  name          = "command"
  document_type = "Command"

  content = jsonencode({
    schemaVersion = "2.2"
    mainSteps     = [{ action = "aws:runShellScript", name = "list", inputs = { runCommand = ["ls"] } }]
  })
}

resource "aws_ssm_parameter" "db_password" {
  name  = "/shop/db_password"
  type  = "String"
  value = "hunter22hunter22"
}

resource "aws_ssm_parameter" "api_key" {
  name           = "/shop/api_key"
  type           = "String"
  insecure_value = "k3yk3yk3yk3yk3y"
}

resource "aws_ssm_parameter" "endpoint" {
  name  = "/shop/endpoint"
  type  = "String"
  value = "https://shop.example.com"
}

resource "aws_ssmincidents_response_plan" "page" {
  name        = "page"
  engagements = ["arn:aws:ssm-contacts:eu-west-1:111122223333:contact/on-call"]

  incident_template {
    title  = "Shop is down"
    impact = 1
  }
}

resource "aws_ssmincidents_response_plan" "pager_duty" {
  name = "pager-duty"

  incident_template {
    title  = "Shop is down"
    impact = 1
  }

  integration {
    pagerduty {
      name       = "shop"
      secret_id  = "pager-duty"
      service_id = "P12345"
    }
  }
}

resource "aws_ssmincidents_response_plan" "silent" {
  name = "silent"

  incident_template {
    title  = "Shop is down"
    impact = 1
  }
}
