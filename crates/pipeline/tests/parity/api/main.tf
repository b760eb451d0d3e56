# APIs, workflows, and who signs in to them.

provider "aws" {
  region = "eu-west-1"
}

locals {
  logs = "arn:aws:logs:eu-west-1:111122223333:log-group:api"
}

# A REST API with one stage as it should be and one as it comes.
resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
  tags = { owner = "shop" }
}

resource "aws_api_gateway_resource" "orders" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  parent_id   = aws_api_gateway_rest_api.shop.root_resource_id
  path_part   = "orders"
}

resource "aws_api_gateway_method" "get_orders" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  resource_id   = aws_api_gateway_resource.orders.id
  http_method   = "GET"
  authorization = "AWS_IAM"
}

resource "aws_api_gateway_integration" "get_orders" {
  rest_api_id             = aws_api_gateway_rest_api.shop.id
  resource_id             = aws_api_gateway_resource.orders.id
  http_method             = aws_api_gateway_method.get_orders.http_method
  integration_http_method = "POST"
  type                    = "AWS_PROXY"
  uri                     = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:orders/invocations"
}

resource "aws_api_gateway_method" "post_orders" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  resource_id   = aws_api_gateway_resource.orders.id
  http_method   = "POST"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "post_orders" {
  rest_api_id             = aws_api_gateway_rest_api.shop.id
  resource_id             = aws_api_gateway_resource.orders.id
  http_method             = aws_api_gateway_method.post_orders.http_method
  integration_http_method = "POST"
  type                    = "HTTP"
  uri                     = "https://example.com"
}

resource "aws_api_gateway_method" "ping" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  resource_id   = aws_api_gateway_rest_api.shop.root_resource_id
  http_method   = "GET"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "ping" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  resource_id = aws_api_gateway_rest_api.shop.root_resource_id
  http_method = aws_api_gateway_method.ping.http_method
  type        = "MOCK"
}

resource "aws_api_gateway_method" "preflight" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  resource_id   = aws_api_gateway_resource.orders.id
  http_method   = "OPTIONS"
  authorization = "NONE"
}

resource "aws_api_gateway_deployment" "shop_now" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
}

resource "aws_api_gateway_stage" "prod" {
  rest_api_id          = aws_api_gateway_rest_api.shop.id
  deployment_id        = aws_api_gateway_deployment.shop_now.id
  stage_name           = "prod"
  xray_tracing_enabled = true

  access_log_settings {
    destination_arn = local.logs
    format          = "$context.requestId"
  }
}

resource "aws_api_gateway_method_settings" "prod" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  stage_name  = aws_api_gateway_stage.prod.stage_name
  method_path = "*/*"

  settings {
    logging_level          = "ERROR"
    throttling_rate_limit  = 100
    throttling_burst_limit = 50
  }
}

resource "aws_api_gateway_stage" "test" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  deployment_id = aws_api_gateway_deployment.shop_now.id
  stage_name    = "test"
}

resource "aws_api_gateway_method_settings" "test" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  stage_name  = aws_api_gateway_stage.test.stage_name
  method_path = "orders/GET"

  settings {
    logging_level = "INFO"
  }
}

# A second API, whose usage plan has limits, with a stage of the same name.
resource "aws_api_gateway_rest_api" "partners" {
  name = "partners"
}

resource "aws_api_gateway_deployment" "partners_now" {
  rest_api_id = aws_api_gateway_rest_api.partners.id
}

resource "aws_api_gateway_stage" "partners_prod" {
  rest_api_id   = aws_api_gateway_rest_api.partners.id
  deployment_id = aws_api_gateway_deployment.partners_now.id
  stage_name    = "prod"
}

resource "aws_api_gateway_usage_plan" "partners_plan" {
  name = "partners"

  api_stages {
    api_id = aws_api_gateway_rest_api.partners.id
    stage  = aws_api_gateway_stage.partners_prod.stage_name
  }

  throttle_settings {
    rate_limit  = 10
    burst_limit = 5
  }
}

# An HTTP API.
resource "aws_apigatewayv2_api" "web" {
  name          = "web"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_route" "web_orders" {
  api_id             = aws_apigatewayv2_api.web.id
  route_key          = "GET /orders"
  authorization_type = "AWS_IAM"
}

resource "aws_apigatewayv2_route" "web_open" {
  api_id    = aws_apigatewayv2_api.web.id
  route_key = "POST /orders"
}

resource "aws_apigatewayv2_stage" "web_prod" {
  api_id      = aws_apigatewayv2_api.web.id
  name        = "prod"
  auto_deploy = true

  access_log_settings {
    destination_arn = local.logs
    format          = "$context.requestId"
  }

  default_route_settings {
    throttling_rate_limit  = 100
    throttling_burst_limit = 50
  }
}

resource "aws_apigatewayv2_stage" "web_test" {
  api_id = aws_apigatewayv2_api.web.id
  name   = "$default"

  default_route_settings {
    throttling_rate_limit = 100
  }
}

# A WebSocket API.
resource "aws_apigatewayv2_api" "chat" {
  name                       = "chat"
  protocol_type              = "WEBSOCKET"
  route_selection_expression = "$request.body.action"
}

resource "aws_apigatewayv2_route" "chat_route" {
  for_each           = { "$connect" = "AWS_IAM", "$default" = "NONE" }
  api_id             = aws_apigatewayv2_api.chat.id
  route_key          = each.key
  authorization_type = each.value
}

resource "aws_apigatewayv2_stage" "chat_prod" {
  api_id = aws_apigatewayv2_api.chat.id
  name   = "prod"

  access_log_settings {
    destination_arn = local.logs
    format          = "$context.requestId"
  }

  default_route_settings {
    logging_level          = "INFO"
    throttling_rate_limit  = 100
    throttling_burst_limit = 50
  }
}

resource "aws_apigatewayv2_stage" "chat_test" {
  api_id = aws_apigatewayv2_api.chat.id
  name   = "test"

  access_log_settings {
    destination_arn = local.logs
    format          = "$context.requestId"
  }
}

# Workflows.
resource "aws_cloudwatch_log_group" "workflows" {
  name              = "/aws/vendedlogs/states/shop"
  retention_in_days = 30
}

resource "aws_sfn_state_machine" "checkout" {
  name     = "checkout"
  role_arn = "arn:aws:iam::111122223333:role/checkout"
  definition = jsonencode({
    StartAt        = "Pay"
    TimeoutSeconds = 300
    States = {
      Pay = {
        Type     = "Task"
        Resource = "arn:aws:states:::lambda:invoke"
        Retry    = [{ ErrorEquals = ["States.ALL"], MaxAttempts = 3, BackoffRate = 2 }]
        Catch    = [{ ErrorEquals = ["States.ALL"], Next = "Refund" }]
        End      = true
      }
      Refund = { Type = "Pass", End = true }
    }
  })

  logging_configuration {
    level           = "ERROR"
    log_destination = "${aws_cloudwatch_log_group.workflows.arn}:*"
  }

  tracing_configuration {
    enabled = true
  }
}

resource "aws_sfn_state_machine" "careless" {
  name       = "careless"
  role_arn   = "arn:aws:iam::111122223333:role/careless"
  type       = "EXPRESS"
  definition = <<-JSON
    {
      "StartAt": "Pay",
      "States": { "Pay": { "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true } }
    }
  JSON
}

# User pools.
resource "aws_cognito_user_pool" "customers" {
  name                = "customers"
  deletion_protection = "ACTIVE"
  mfa_configuration   = "OPTIONAL"
  tags                = { owner = "shop" }

  software_token_mfa_configuration {
    enabled = true
  }
}

resource "aws_cognito_user_pool" "trial" {
  name = "trial"
}

resource "aws_cognito_user_pool" "kept" {
  name = "kept"

  lifecycle {
    prevent_destroy = true
  }
}
