# What grows when nobody looks back: it takes orders, and has defects in most pillars.

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}

variable "environment" {
  type    = string
  default = "production"
}

variable "encrypt_database" {
  description = "Nobody has decided yet, so nobody can know"
  type        = bool
}

variable "database_password" {
  type    = string
  default = "Harvest-Moon-1974"
}

locals {
  name = "orders-${var.environment}"

  doors = {
    ssh      = { port = 22, from = "0.0.0.0/0" }
    https    = { port = 443, from = "0.0.0.0/0" }
    postgres = { port = 5432, from = "10.0.0.0/8" }
  }
}

resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "app" {
  count = 2

  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
  availability_zone = "eu-west-1a"
}

resource "aws_security_group" "app" {
  name   = local.name
  vpc_id = aws_vpc.main.id

  dynamic "ingress" {
    for_each = local.doors
    content {
      description = ingress.key
      protocol    = "tcp"
      from_port   = ingress.value.port
      to_port     = ingress.value.port
      cidr_blocks = [ingress.value.from]
    }
  }
}

module "documents" {
  source = "../modules/bucket"

  name      = "${local.name}-documents"
  versioned = var.environment != "production"
}

resource "aws_sqs_queue" "orders" {
  name                       = local.name
  visibility_timeout_seconds = 30
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.orders.arn
    }]
  })
}

resource "aws_db_subnet_group" "orders" {
  name       = local.name
  subnet_ids = aws_subnet.app[*].id
}

resource "aws_db_instance" "orders" {
  identifier           = local.name
  engine               = "postgres"
  engine_version       = "12.4"
  instance_class       = "db.m4.large"
  allocated_storage    = 100
  storage_type         = "gp2"
  storage_encrypted    = var.encrypt_database
  db_subnet_group_name = aws_db_subnet_group.orders.name
  username             = "orders"
  password             = var.database_password
  publicly_accessible  = true
  skip_final_snapshot  = true
}

resource "aws_iam_role" "worker" {
  name = "${local.name}-worker"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "worker" {
  role = aws_iam_role.worker.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }]
  })
}

resource "aws_lambda_function" "worker" {
  function_name = "${local.name}-worker"
  role          = aws_iam_role.worker.arn
  handler       = "index.handler"
  runtime       = "nodejs14.x"
  timeout       = 300
  s3_bucket     = module.documents.id
  s3_key        = "worker.zip"

  environment {
    variables = {
      DB_HOST     = aws_db_instance.orders.address
      DB_PASSWORD = var.database_password
    }
  }
}

resource "aws_lambda_event_source_mapping" "worker" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.worker.arn
}
