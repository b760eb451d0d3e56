# What goes with identities, keys, functions and accounts: resources that complete others, or that few write.

provider "aws" {
  region = "eu-west-1"
}

locals {
  read_only = "arn:aws:iam::aws:policy/ReadOnlyAccess"
  admin     = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_role" "worker" {
  name = "worker"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachments_exclusive" "worker" {
  role_name   = aws_iam_role.worker.name
  policy_arns = [local.admin]
}

resource "aws_iam_group" "developers" {
  name = "developers"
}

resource "aws_iam_group_policy" "developers_orders" {
  name  = "orders"
  group = aws_iam_group.developers.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "dynamodb:GetItem"
      Resource = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
    }]
  })
}

resource "aws_iam_group_policies_exclusive" "developers" {
  group_name   = aws_iam_group.developers.name
  policy_names = [aws_iam_group_policy.developers_orders.name]
}

resource "aws_iam_group_policy_attachments_exclusive" "developers" {
  group_name  = aws_iam_group.developers.name
  policy_arns = [local.read_only]
}

resource "aws_iam_group" "admins" {
  name = "admins"
}

resource "aws_iam_group_policy_attachments_exclusive" "admins" {
  group_name  = aws_iam_group.admins.name
  policy_arns = [local.admin]
}

resource "aws_iam_user" "ann" {
  name = "ann"
}

resource "aws_iam_group_membership" "members" {
  name  = "members"
  group = aws_iam_group.developers.name
  users = [aws_iam_user.ann.name]
}

resource "aws_iam_user_policies_exclusive" "ann" {
  user_name    = aws_iam_user.ann.name
  policy_names = []
}

# Rights of his own, not those of a group.
resource "aws_iam_user" "bob" {
  name = "bob"
}

resource "aws_iam_user_policy_attachments_exclusive" "bob" {
  user_name   = aws_iam_user.bob.name
  policy_arns = [local.admin]
}

# The provider asks for a thousand characters.
resource "aws_iam_saml_provider" "staff" {
  name                   = "staff"
  saml_metadata_document = format("%-1100s", "<EntityDescriptor/>")
}

resource "aws_iam_service_linked_role" "scaling" {
  aws_service_name = "autoscaling.amazonaws.com"
  custom_suffix    = "shop"
}

resource "aws_iam_account_password_policy" "strict" {
  minimum_password_length        = 8
  password_reuse_prevention      = 24
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  allow_users_to_change_password = true
}

resource "aws_kms_replica_key" "own" {
  description             = "Orders"
  primary_key_arn         = "arn:aws:kms:us-east-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab"
  deletion_window_in_days = 30
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "kms:*"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Resource  = "*"
    }]
  })
}

resource "aws_kms_replica_key" "open" {
  primary_key_arn = "arn:aws:kms:us-east-1:111122223333:key/mrk-0987dcba09fe87dc65ba0987654321fe"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "kms:*", Principal = { AWS = "*" }, Resource = "*" }]
  })
}

resource "aws_lambda_layer_version" "libraries" {
  layer_name          = "libraries"
  s3_bucket           = "shop-artifacts"
  s3_key              = "libraries.zip"
  compatible_runtimes = ["python3.8"]
}

resource "aws_lambda_code_signing_config" "signed" {
  allowed_publishers {
    signing_profile_version_arns = ["arn:aws:signer:eu-west-1:111122223333:/signing-profiles/shop/abcdefghij"]
  }

  policies {
    untrusted_artifact_on_deployment = "Enforce"
  }
}

resource "aws_lambda_code_signing_config" "warned" {
  allowed_publishers {
    signing_profile_version_arns = ["arn:aws:signer:eu-west-1:111122223333:/signing-profiles/shop/abcdefghij"]
  }

  policies {
    untrusted_artifact_on_deployment = "Warn"
  }
}

resource "aws_lambda_function" "orders" {
  function_name           = "orders"
  role                    = aws_iam_role.worker.arn
  runtime                 = "python3.13"
  handler                 = "orders.handle"
  s3_bucket               = "shop-artifacts"
  s3_key                  = "orders.zip"
  layers                  = [aws_lambda_layer_version.libraries.arn]
  code_signing_config_arn = aws_lambda_code_signing_config.signed.arn
}

resource "aws_lambda_function_recursion_config" "orders" {
  function_name  = aws_lambda_function.orders.function_name
  recursive_loop = "Allow"
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.orders.function_name
  function_version = "1"
}

resource "aws_cloudwatch_log_group" "orders_log" {
  name              = "/shop/orders"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_subscription_filter" "errors" {
  name            = "errors"
  log_group_name  = aws_cloudwatch_log_group.orders_log.name
  filter_pattern  = "ERROR"
  destination_arn = aws_lambda_function.orders.arn
}

resource "aws_api_gateway_rest_api" "inside" {
  name = "inside"
}

resource "aws_api_gateway_rest_api_policy" "inside" {
  rest_api_id = aws_api_gateway_rest_api.inside.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "execute-api:Invoke", Principal = "*", Resource = "*" }]
  })
}

resource "aws_apigatewayv2_api" "web" {
  name          = "web"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "backend" {
  api_id             = aws_apigatewayv2_api.web.id
  integration_type   = "HTTP_PROXY"
  integration_method = "ANY"
  integration_uri    = "http://backend.example.com/"
}

resource "aws_sns_topic" "alerts" {
  name = "alerts"
}

resource "aws_sns_topic_data_protection_policy" "alerts" {
  arn = aws_sns_topic.alerts.arn
  policy = jsonencode({
    Name    = "cards"
    Version = "2021-06-01"
    Statement = [{
      DataDirection  = "Inbound"
      Principal      = ["*"]
      DataIdentifier = ["arn:aws:dataprotection::aws:data-identifier/CreditCardNumber"]
      Operation      = { Deny = {} }
    }]
  })
}

resource "aws_scheduler_schedule_group" "nightly" {
  name = "nightly"
}

resource "aws_servicecatalog_product" "bucket" {
  name  = "bucket"
  owner = "Platform"
  type  = "CLOUD_FORMATION_TEMPLATE"

  provisioning_artifact_parameters {
    name         = "v1"
    template_url = "https://shop-artifacts.s3.eu-west-1.amazonaws.com/bucket.yaml"
    type         = "CLOUD_FORMATION_TEMPLATE"
  }
}

resource "aws_ssm_maintenance_window" "nights" {
  name     = "nights"
  schedule = "cron(0 2 ? * * *)"
  duration = 3
  cutoff   = 1
}

resource "aws_ssm_maintenance_window_target" "fleet" {
  window_id     = aws_ssm_maintenance_window.nights.id
  name          = "fleet"
  resource_type = "INSTANCE"

  targets {
    key    = "tag:Patch"
    values = ["yes"]
  }
}

resource "aws_ssm_service_setting" "sharing" {
  setting_id    = "/ssm/documents/console/public-sharing-permission"
  setting_value = "Disable"
}

resource "aws_ssmcontacts_contact" "on_call" {
  alias        = "on-call"
  display_name = "On call"
  type         = "PERSONAL"
}

resource "aws_ce_cost_allocation_tag" "team" {
  tag_key = "team"
  status  = "Active"
}

resource "aws_account_alternate_contact" "security" {
  alternate_contact_type = "SECURITY"
  name                   = "Security"
  title                  = "Security team"
  email_address          = "security@example.com"
  phone_number           = "+4930123456"
}

resource "aws_computeoptimizer_enrollment_status" "enrolled" {
  status = "Active"
}

resource "aws_inspector2_enabler" "scanning" {
  account_ids    = ["111122223333"]
  resource_types = ["EC2", "ECR"]
}
