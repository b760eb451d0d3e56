# What CloudFormation cannot declare, or not so: it has no template.

provider "aws" {
  region = "eu-west-1"
}

resource "aws_default_vpc" "here" {}

resource "aws_default_subnet" "here" {
  availability_zone = "eu-west-1a"
}

resource "aws_default_network_acl" "here" {
  default_network_acl_id = aws_default_vpc.here.default_network_acl_id

  ingress {
    protocol   = "-1"
    rule_no    = 100
    action     = "allow"
    cidr_block = "0.0.0.0/0"
    from_port  = 0
    to_port    = 0
  }

  egress {
    protocol   = "-1"
    rule_no    = 100
    action     = "allow"
    cidr_block = "0.0.0.0/0"
    from_port  = 0
    to_port    = 0
  }
}

resource "aws_s3_account_public_access_block" "account" {
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = false
}

resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  attribute {
    name = "id"
    type = "S"
  }

  lifecycle {
    ignore_changes = [replica]
  }
}

resource "aws_dynamodb_table_replica" "far" {
  global_table_arn       = aws_dynamodb_table.orders.arn
  point_in_time_recovery = true
}
