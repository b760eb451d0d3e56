provider "aws" {
  region = "eu-west-1"
}

locals {
  tags  = { Owner = "shop", Environment = "prod", CostCenter = "42" }
  image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:0000"
}

resource "aws_vpc" "network" {
  cidr_block = "10.0.0.0/16"
  tags       = local.tags
}

resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = aws_vpc.network.id
  cidr_block        = "10.0.${count.index}.0/24"
  availability_zone = count.index == 0 ? "eu-west-1a" : "eu-west-1b"
}

# Services.

resource "aws_ecs_cluster" "shop" {
  name = "shop"
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
  tags = local.tags
}

resource "aws_ecs_cluster_capacity_providers" "of_shop" {
  cluster_name       = aws_ecs_cluster.shop.name
  capacity_providers = ["FARGATE", "FARGATE_SPOT"]
}

resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = aws_ecs_cluster.shop.id
  task_definition = aws_ecs_task_definition.sound.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = aws_subnet.private[*].id
  }
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  tags = local.tags
}

resource "aws_appautoscaling_target" "web_target" {
  service_namespace  = "ecs"
  resource_id        = "service/${aws_ecs_cluster.shop.name}/${aws_ecs_service.web.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = 2
  max_capacity       = 10
}

resource "aws_appautoscaling_policy" "web_policy" {
  name               = "load"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.web_target.service_namespace
  resource_id        = aws_appautoscaling_target.web_target.resource_id
  scalable_dimension = aws_appautoscaling_target.web_target.scalable_dimension
  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

resource "aws_ecs_service" "nightly" {
  name            = "nightly"
  cluster         = aws_ecs_cluster.shop.id
  task_definition = aws_ecs_task_definition.sound.arn
  launch_type     = "FARGATE"
  network_configuration {
    subnets          = [aws_subnet.private[0].id]
    assign_public_ip = true
  }
  platform_version = "1.3.0"
}

resource "aws_appautoscaling_target" "nightly_target" {
  service_namespace  = "ecs"
  resource_id        = "service/shop/nightly"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = 0
  max_capacity       = 1
}

resource "aws_appautoscaling_scheduled_action" "at_night" {
  name               = "night"
  service_namespace  = "ecs"
  resource_id        = aws_appautoscaling_target.nightly_target.resource_id
  scalable_dimension = "ecs:service:DesiredCount"
  schedule           = "cron(0 22 * * ? *)"
  scalable_target_action {
    min_capacity = 1
    max_capacity = 1
  }
}

resource "aws_ecs_service" "agent" {
  name                = "agent"
  cluster             = aws_ecs_cluster.plain.arn
  task_definition     = aws_ecs_task_definition.careless.arn
  launch_type         = "EC2"
  scheduling_strategy = "DAEMON"
}

resource "aws_ecs_service" "alone" {
  name            = "alone"
  cluster         = aws_ecs_cluster.plain.arn
  task_definition = aws_ecs_task_definition.careless.arn
  deployment_controller {
    type = "CODE_DEPLOY"
  }
}

resource "aws_ecs_cluster" "plain" {
  name = "plain"
}

resource "aws_ecs_task_definition" "sound" {
  family                   = "sound"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  runtime_platform {
    cpu_architecture        = "ARM64"
    operating_system_family = "LINUX"
  }
  container_definitions = jsonencode([{
    name                   = "web"
    image                  = local.image
    readonlyRootFilesystem = true
    environment            = [{ name = "STAGE", value = "prod" }]
    secrets                = [{ name = "DB_PASSWORD", valueFrom = "arn:aws:ssm:eu-west-1:123456789012:parameter/db" }]
    logConfiguration = {
      logDriver = "awslogs"
      options   = { "awslogs-group" = "web", "awslogs-region" = "eu-west-1" }
    }
  }])
}

resource "aws_ecs_task_definition" "careless" {
  family                   = "careless"
  requires_compatibilities = ["FARGATE", "EC2"]
  network_mode             = "host"
  pid_mode                 = "host"
  container_definitions    = <<-JSON
    [
      {
        "name": "agent",
        "image": "${local.image}",
        "privileged": true,
        "environment": [{ "name": "DB_PASSWORD", "value": "Wh1teR4bbit99" }]
      },
      {
        "name": "quiet",
        "image": "${local.image}",
        "readonlyRootFilesystem": true,
        "logConfiguration": { "logDriver": "none" }
      }
    ]
  JSON
}

# What else is scaled in the same way.

resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  hash_key       = "id"
  read_capacity  = 5
  write_capacity = 5
  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_appautoscaling_target" "orders_dimension" {
  for_each           = toset(["Read", "Write"])
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.orders.name}"
  scalable_dimension = "dynamodb:table:${each.key}CapacityUnits"
  min_capacity       = 5
  max_capacity       = 50
}

resource "aws_appautoscaling_policy" "orders_policy" {
  for_each           = aws_appautoscaling_target.orders_dimension
  name               = "orders-${each.key}"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = each.value.service_namespace
  resource_id        = each.value.resource_id
  scalable_dimension = each.value.scalable_dimension
  target_tracking_scaling_policy_configuration {
    target_value = 70
    predefined_metric_specification {
      predefined_metric_type = "DynamoDB${each.key}CapacityUtilization"
    }
  }
}

resource "aws_dynamodb_table" "carts" {
  name           = "carts"
  hash_key       = "id"
  read_capacity  = 5
  write_capacity = 5
  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_appautoscaling_target" "carts_dimension" {
  count              = 2
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.carts.name}"
  scalable_dimension = ["dynamodb:table:ReadCapacityUnits", "dynamodb:table:WriteCapacityUnits"][count.index]
  min_capacity       = 5
  max_capacity       = 50
}

resource "aws_appautoscaling_policy" "carts_policy_for_reads" {
  name               = "carts"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "dynamodb"
  resource_id        = aws_appautoscaling_target.carts_dimension[0].resource_id
  scalable_dimension = aws_appautoscaling_target.carts_dimension[0].scalable_dimension
  target_tracking_scaling_policy_configuration {
    target_value = 70
    predefined_metric_specification {
      predefined_metric_type = "DynamoDBReadCapacityUtilization"
    }
  }
}

# Machines for a cluster.

resource "aws_ecs_capacity_provider" "machines_provider" {
  name = "machines"
  auto_scaling_group_provider {
    auto_scaling_group_arn = aws_autoscaling_group.machines.arn
    managed_scaling {
      status          = "ENABLED"
      target_capacity = 90
    }
  }
}

resource "aws_autoscaling_group" "machines" {
  min_size            = 0
  max_size            = 4
  vpc_zone_identifier = aws_subnet.private[*].id
  launch_template {
    id      = "lt-0123456789abcdef0"
    version = "1"
  }
}

# Images.

resource "aws_ecr_repository" "strict" {
  name                 = "strict"
  image_tag_mutability = "IMMUTABLE"
  image_scanning_configuration {
    scan_on_push = true
  }
  tags = local.tags
}

resource "aws_ecr_lifecycle_policy" "strict_lifecycle" {
  repository = aws_ecr_repository.strict.name
  policy = jsonencode({
    rules = [{
      rulePriority = 1
      selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 7 }
      action       = { type = "expire" }
    }]
  })
}

data "aws_iam_policy_document" "anyone" {
  statement {
    actions = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}

resource "aws_ecr_repository" "public_by_policy" {
  name = "loose"
}

resource "aws_ecr_repository_policy" "for_anyone" {
  repository = aws_ecr_repository.public_by_policy.name
  policy     = data.aws_iam_policy_document.anyone.json
}

resource "aws_ecr_registry_scanning_configuration" "scanning" {
  scan_type = "BASIC"
  rule {
    scan_frequency = "SCAN_ON_PUSH"
    repository_filter {
      filter      = "team-*"
      filter_type = "WILDCARD"
    }
  }
}

# Kubernetes.

resource "aws_eks_cluster" "private_cluster" {
  name                      = "private"
  role_arn                  = "arn:aws:iam::123456789012:role/eks"
  version                   = "1.35"
  enabled_cluster_log_types = ["api", "audit", "authenticator"]
  vpc_config {
    subnet_ids              = aws_subnet.private[*].id
    endpoint_public_access  = false
    endpoint_private_access = true
  }
  tags = local.tags
}

resource "aws_eks_cluster" "limited_cluster" {
  name                      = "limited"
  role_arn                  = "arn:aws:iam::123456789012:role/eks"
  version                   = "1.34"
  enabled_cluster_log_types = ["audit"]
  vpc_config {
    subnet_ids          = aws_subnet.private[*].id
    public_access_cidrs = ["203.0.113.0/24"]
  }
}

resource "aws_eks_cluster" "open_cluster" {
  name     = "open"
  role_arn = "arn:aws:iam::123456789012:role/eks"
  version  = "1.28"
  vpc_config {
    subnet_ids = aws_subnet.private[*].id
  }
}

resource "aws_eks_node_group" "wide" {
  node_group_name = "wide"
  cluster_name    = aws_eks_cluster.private_cluster.name
  node_role_arn   = "arn:aws:iam::123456789012:role/nodes"
  subnet_ids      = aws_subnet.private[*].id
  scaling_config {
    desired_size = 2
    min_size     = 2
    max_size     = 6
  }
  tags = local.tags
}

resource "aws_eks_node_group" "narrow" {
  cluster_name  = aws_eks_cluster.open_cluster.name
  node_role_arn = "arn:aws:iam::123456789012:role/nodes"
  subnet_ids    = [aws_subnet.private[0].id]
  scaling_config {
    desired_size = 1
    min_size     = 1
    max_size     = 1
  }
}
