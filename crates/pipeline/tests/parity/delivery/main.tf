provider "aws" {
  region = "eu-west-1"
}

locals {
  stages = [
    { name = "Source", category = "Source", provider = "CodeStarSourceConnection" },
    { name = "Test", category = "Test", provider = "CodeBuild" },
    { name = "Deploy", category = "Deploy", provider = "ECS" },
  ]
}

resource "aws_codebuild_project" "tidy" {
  name         = "tidy"
  service_role = "arn:aws:iam::111122223333:role/build"

  source {
    type     = "GITHUB"
    location = "https://github.com/example/shop.git"
  }

  artifacts {
    type = "NO_ARTIFACTS"
  }

  environment {
    type         = "LINUX_CONTAINER"
    image        = "aws/codebuild/standard:7.0"
    compute_type = "BUILD_GENERAL1_SMALL"

    environment_variable {
      name  = "STAGE"
      value = "production"
    }
    environment_variable {
      name  = "API_TOKEN"
      type  = "SECRETS_MANAGER"
      value = "shop/api:token"
    }
  }

  tags = {
    Owner = "shop"
  }
}

resource "aws_codebuild_project" "leaky" {
  name         = "leaky"
  service_role = "arn:aws:iam::111122223333:role/build"

  source {
    type     = "S3"
    location = "sources/shop.zip"
  }

  secondary_sources {
    source_identifier = "tools"
    type              = "GITHUB"
    location          = "https://user:ghp_0123456789abcdefghijABCDEFGHIJ012345@github.com/example/tools.git"
  }

  artifacts {
    type = "NO_ARTIFACTS"
  }

  environment {
    type         = "LINUX_CONTAINER"
    image        = "aws/codebuild/standard:7.0"
    compute_type = "BUILD_GENERAL1_SMALL"

    environment_variable {
      name  = "DB_PASSWORD"
      value = "hunter22hunter22"
    }
  }
}

resource "aws_codedeploy_app" "lambda" {
  name             = "lambda"
  compute_platform = "Lambda"
}

resource "aws_codedeploy_app" "server" {
  name = "server"
}

resource "aws_codedeploy_deployment_config" "canary" {
  deployment_config_name = "canary"
  compute_platform       = "Lambda"

  traffic_routing_config {
    type = "TimeBasedCanary"

    time_based_canary {
      interval   = 10
      percentage = 10
    }
  }
}

resource "aws_codedeploy_deployment_config" "sudden" {
  deployment_config_name = "sudden"
  compute_platform       = "Lambda"

  traffic_routing_config {
    type = "AllAtOnce"
  }
}

resource "aws_codedeploy_deployment_group" "careful" {
  app_name               = aws_codedeploy_app.lambda.name
  deployment_group_name  = "careful"
  deployment_config_name = aws_codedeploy_deployment_config.canary.id
  service_role_arn       = "arn:aws:iam::111122223333:role/deploy"

  auto_rollback_configuration {
    enabled = true
    events  = ["DEPLOYMENT_FAILURE"]
  }
}

resource "aws_codedeploy_deployment_group" "rash" {
  app_name               = aws_codedeploy_app.lambda.name
  deployment_group_name  = "rash"
  deployment_config_name = aws_codedeploy_deployment_config.sudden.deployment_config_name
  service_role_arn       = "arn:aws:iam::111122223333:role/deploy"
}

resource "aws_codedeploy_deployment_group" "named" {
  app_name               = aws_codedeploy_app.server.name
  deployment_group_name  = "named"
  deployment_config_name = "CodeDeployDefault.AllAtOnce"
  service_role_arn       = "arn:aws:iam::111122223333:role/deploy"

  auto_rollback_configuration {
    enabled = false
    events  = ["DEPLOYMENT_FAILURE"]
  }
}

resource "aws_codedeploy_deployment_group" "plain" {
  app_name              = aws_codedeploy_app.server.name
  deployment_group_name = "plain"
  service_role_arn      = "arn:aws:iam::111122223333:role/deploy"
}

resource "aws_codepipeline" "tested" {
  name     = "tested"
  role_arn = "arn:aws:iam::111122223333:role/pipeline"

  artifact_store {
    location = "artifacts"
    type     = "S3"
  }

  dynamic "stage" {
    for_each = local.stages
    content {
      name = stage.value.name

      action {
        name             = stage.value.name
        category         = stage.value.category
        owner            = "AWS"
        provider         = stage.value.provider
        version          = "1"
        output_artifacts = stage.value.category == "Source" ? ["source"] : null
        input_artifacts  = stage.value.category == "Source" ? null : ["source"]
      }
    }
  }
}

resource "aws_codepipeline" "untested" {
  name     = "untested"
  role_arn = "arn:aws:iam::111122223333:role/pipeline"

  artifact_store {
    location = "artifacts"
    type     = "S3"
  }

  stage {
    name = "Source"

    action {
      name             = "Source"
      category         = "Source"
      owner            = "AWS"
      provider         = "S3"
      version          = "1"
      output_artifacts = ["source"]

      configuration = {
        S3Bucket    = "sources"
        S3ObjectKey = "shop.zip"
      }
    }
  }

  stage {
    name = "Deploy"

    action {
      name            = "Deploy"
      category        = "Deploy"
      owner           = "AWS"
      provider        = "ECS"
      version         = "1"
      input_artifacts = ["source"]
    }
  }
}

resource "aws_appconfig_deployment_strategy" "slow" {
  name                           = "slow"
  deployment_duration_in_minutes = 10
  growth_factor                  = 20
  replicate_to                   = "NONE"
}

resource "aws_appconfig_deployment_strategy" "immediate" {
  name                           = "immediate"
  deployment_duration_in_minutes = 0
  growth_factor                  = 100
  replicate_to                   = "NONE"
}

resource "aws_appconfig_environment" "watched" {
  name           = "watched"
  application_id = "abc1234"

  monitor {
    alarm_arn      = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:errors"
    alarm_role_arn = "arn:aws:iam::111122223333:role/appconfig"
  }
}

resource "aws_appconfig_environment" "unwatched" {
  name           = "unwatched"
  application_id = "abc1234"
}

resource "aws_servicecatalog_portfolio" "used" {
  name          = "used"
  provider_name = "platform"
}

resource "aws_servicecatalog_product_portfolio_association" "used_product" {
  portfolio_id = aws_servicecatalog_portfolio.used.id
  product_id   = "prod-0123456789abc"
}

resource "aws_servicecatalog_portfolio" "empty" {
  name          = "empty"
  provider_name = "platform"
}
