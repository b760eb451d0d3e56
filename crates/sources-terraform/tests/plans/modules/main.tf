terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  region = var.region
  default_tags {
    tags = { team = "shop" }
  }
}
provider "aws" {
  alias  = "us"
  region = "us-east-1"
}
variable "region" {
  default = "eu-west-1"
}
variable "password" {
  default   = "hunter22222"
  sensitive = true
}
variable "retention" {
  default = 14
}
variable "create_key" {
  default = true
}
variable "external_key" {
  default = ""
}
locals {
  zones = { a = "10.0.1.0/24", b = "10.0.2.0/24" }
  vpc   = aws_vpc.main.id
}

resource "aws_kms_key" "k" {
  count       = var.create_key ? 1 : 0
  description = "data"
}
resource "aws_sqs_queue" "jobs" {
  name                      = "jobs"
  kms_master_key_id         = var.create_key ? aws_kms_key.k[0].arn : var.external_key
  message_retention_seconds = var.retention * 86400
  tags                      = { stage = "test" }
}
# pilaster:waive ec2_* reason="for tests" until=2030-01-31
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16" # checkov:skip=CKV_AWS_1:no logs
  lifecycle {
    prevent_destroy = true
  }
}
resource "aws_subnet" "s" {
  for_each   = local.zones
  vpc_id     = aws_vpc.main.id
  cidr_block = each.value
}
resource "aws_route_table" "r" {
  for_each = aws_subnet.s
  vpc_id   = each.value.vpc_id
}
resource "aws_route_table_association" "a" {
  for_each       = local.zones
  subnet_id      = aws_subnet.s[each.key].id
  route_table_id = aws_route_table.r[each.key].id
}
resource "aws_subnet" "c" {
  count      = 2
  vpc_id     = local.vpc
  cidr_block = cidrsubnet("10.0.128.0/20", 4, count.index)
}
resource "aws_security_group" "sg" {
  vpc_id = aws_vpc.main.id
  ingress {
    from_port       = 443
    to_port         = 443
    protocol        = "tcp"
    cidr_blocks     = ["0.0.0.0/0"]
  }
  ingress {
    from_port       = 5432
    to_port         = 5432
    protocol        = "tcp"
    security_groups = [aws_security_group.other.id]
  }
  dynamic "egress" {
    for_each = [80]
    content {
      from_port       = egress.value
      to_port         = egress.value
      protocol        = "tcp"
      security_groups = [aws_security_group.other.id]
    }
  }
}
resource "aws_security_group" "other" {
  name = "other"
}
resource "aws_db_subnet_group" "g" {
  subnet_ids = concat(aws_subnet.c[*].id, [aws_subnet.s["a"].id])
}
resource "aws_db_subnet_group" "h" {
  subnet_ids = aws_subnet.c[*].id
}
resource "aws_db_instance" "db" {
  provider             = aws.us
  engine               = "postgres"
  instance_class       = "db.t3.micro"
  allocated_storage    = 10
  username             = "root"
  password             = var.password
  db_subnet_group_name = aws_db_subnet_group.g.name
}
resource "aws_db_instance" "literal" {
  engine         = "postgres"
  instance_class = "db.t3.micro"
  allocated_storage    = 10
  username       = "root"
  password       = "in the code 1"
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = aws_iam_role.r.arn
  filename      = "main.tf"
  handler       = "a.b"
  runtime       = "python3.12"
  environment {
    variables = { BUCKET = module.logs["eu"].bucket_id, PASSWORD = var.password, PLAIN = "x", REGION = var.region }
  }
}
resource "aws_iam_role" "r" {
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}
data "aws_caller_identity" "me" {}
data "aws_iam_policy_document" "bucket" {
  statement {
    sid       = "Read"
    actions   = ["s3:GetObject"]
    resources = [module.logs["eu"].bucket_arn, "${module.logs["eu"].bucket_arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["true"]
    }
  }
  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = ["arn:aws:s3:::x/*"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.r.arn]
    }
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}
resource "aws_s3_bucket_policy" "p" {
  bucket = module.logs["eu"].bucket_id
  policy = data.aws_iam_policy_document.bucket.json
}
resource "aws_iam_role_policy" "inline" {
  role = aws_iam_role.r.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:*", Resource = module.logs["us"].bucket_arn }]
  })
}
module "logs" {
  source   = "./m"
  for_each = toset(["eu", "us"])
  name     = "logs-${each.key}"
  key      = one(aws_kms_key.k[*].arn)
}
