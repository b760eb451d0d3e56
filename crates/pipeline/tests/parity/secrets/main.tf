provider "aws" {
  region = "eu-west-1"
}

variable "bank_token" {
  type      = string
  sensitive = true
  default   = "set-on-deployment"
}

data "aws_iam_policy_document" "own_account" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:root"]
    }
  }
}

resource "aws_kms_key" "orders" {
  description         = "Orders"
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.own_account.json
  tags = {
    Owner = "platform"
  }
  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "orders_alias" {
  name          = "alias/orders"
  target_key_id = aws_kms_key.orders.key_id
}

resource "aws_kms_key" "legacy" {
  description = "Legacy"
}

resource "aws_kms_key_policy" "legacy" {
  key_id = aws_kms_key.legacy.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_kms_key" "signing" {
  description              = "Signing"
  customer_master_key_spec = "RSA_2048"
  key_usage                = "SIGN_VERIFY"
}

resource "aws_kms_external_key" "imported" {
  description = "Imported"
}

resource "aws_kms_key" "module" {
  description         = "In a module of its own"
  custom_key_store_id = "cks-1234567890abcdef0"
}

resource "aws_secretsmanager_secret" "database" {
  name       = "database"
  kms_key_id = aws_kms_key.orders.arn
  tags = {
    Owner = "platform"
  }
}

resource "aws_secretsmanager_secret_rotation" "database_rotation" {
  secret_id           = aws_secretsmanager_secret.database.id
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:111122223333:function:rotate"
  rotation_rules {
    automatically_after_days = 30
  }
}

resource "aws_secretsmanager_secret" "bank" {
  name = "bank"
}

resource "aws_secretsmanager_secret_version" "bank" {
  secret_id     = aws_secretsmanager_secret.bank.id
  secret_string = var.bank_token
}

resource "aws_secretsmanager_secret" "vendor" {
  name = "vendor"
}

resource "aws_secretsmanager_secret_version" "vendor" {
  secret_id     = aws_secretsmanager_secret.vendor.id
  secret_string = "correct-horse-battery"
}

resource "aws_secretsmanager_secret" "structured" {
  name = "structured"
}

resource "aws_secretsmanager_secret_version" "structured" {
  secret_id = aws_secretsmanager_secret.structured.id
  secret_string = jsonencode({
    username = "shop"
    password = "correct-horse-battery"
  })
}

resource "aws_secretsmanager_secret_policy" "structured_policy" {
  secret_arn = aws_secretsmanager_secret.structured.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = "secretsmanager:GetSecretValue"
      Resource  = "*"
    }]
  })
}
