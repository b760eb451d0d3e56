# Who may do what: roles, users and groups, sound ones and flawed ones.

provider "aws" {
  region = "eu-west-1"
}

data "aws_caller_identity" "current" {}

locals {
  read_only = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

data "aws_iam_policy_document" "functions" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "orders" {
  statement {
    sid       = "ReadOrders"
    actions   = ["dynamodb:GetItem", "dynamodb:Query"]
    resources = ["arn:aws:dynamodb:eu-west-1:111122223333:table/orders"]
  }
}

data "aws_iam_policy_document" "escalating" {
  statement {
    actions   = ["iam:PassRole", "ec2:RunInstances"]
    resources = ["*"]
  }
}

# A role that may read one table.
resource "aws_iam_role" "worker" {
  name                 = "worker"
  assume_role_policy   = data.aws_iam_policy_document.functions.json
  max_session_duration = 3600
}

resource "aws_iam_role_policy" "worker_orders" {
  name   = "orders"
  role   = aws_iam_role.worker.id
  policy = data.aws_iam_policy_document.orders.json
}

resource "aws_iam_role_policy_attachment" "worker_read_only" {
  role       = aws_iam_role.worker.name
  policy_arn = local.read_only
}

# Anybody may take it, and then do anything.
resource "aws_iam_role" "admin" {
  name = "admin"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "*" }
    }]
  })

  inline_policy {
    name = "everything"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }]
    })
  }
}

resource "aws_iam_role" "administrator" {
  name                = "administrator"
  managed_policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
    }]
  })
}

# A partner takes it with an external id, another one without.
resource "aws_iam_role" "partner" {
  name = "partner"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::444455556666:root" }
      Condition = { StringEquals = { "sts:ExternalId" = "shop-7" } }
    }]
  })

  inline_policy {}
}

resource "aws_iam_role" "stranger" {
  name               = "stranger"
  assume_role_policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [{
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Principal": { "AWS": "arn:aws:iam::444455556666:root" }
      }]
    }
  JSON
}

resource "aws_iam_role_policies_exclusive" "stranger" {
  role_name    = aws_iam_role.stranger.name
  policy_names = []
}

resource "aws_iam_openid_connect_provider" "github" {
  url             = "https://token.actions.githubusercontent.com"
  client_id_list  = ["sts.amazonaws.com"]
  thumbprint_list = ["6938fd4d98bab03faadb97b34396831e3780aea1"]
}

resource "aws_iam_role" "pipeline" {
  name = "pipeline"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }
      Condition = {
        StringEquals = {
          "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
          "token.actions.githubusercontent.com:sub" = "repo:shop/web:ref:refs/heads/main"
        }
      }
    }]
  })
}

resource "aws_iam_role" "any_pipeline" {
  name = "any-pipeline"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
      Condition = { StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" } }
    }]
  })
}

# Policies of their own.
resource "aws_iam_policy" "orders" {
  name   = "orders"
  path   = "/shop/"
  policy = data.aws_iam_policy_document.orders.json
}

resource "aws_iam_policy" "escalating" {
  name   = "escalating"
  policy = data.aws_iam_policy_document.escalating.json
}

resource "aws_iam_policy" "everything" {
  name = "everything"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = { Effect = "Allow", Action = ["*"], Resource = ["*"] }
  })
}

# Users: in a group, with policies of their own, with a password, with a key.
resource "aws_iam_group" "developers" {
  name = "developers"
}

resource "aws_iam_group_policy_attachment" "developers" {
  group      = aws_iam_group.developers.name
  policy_arn = aws_iam_policy.orders.arn
}

resource "aws_iam_group_policy" "developers_orders" {
  name   = "orders"
  group  = aws_iam_group.developers.name
  policy = data.aws_iam_policy_document.orders.json
}

resource "aws_iam_group" "shells" {
  name = "shells"
}

resource "aws_iam_policy_attachment" "shells" {
  name       = "shells"
  groups     = [aws_iam_group.shells.name]
  policy_arn = "arn:aws:iam::aws:policy/AWSCloudShellFullAccess"
}

resource "aws_iam_user" "people" {
  for_each = toset(["ann", "bob"])
  name     = each.key
}

resource "aws_iam_user_group_membership" "people" {
  for_each = aws_iam_user.people
  user     = each.value.name
  groups   = [aws_iam_group.developers.name]
}

resource "aws_iam_user" "console" {
  name = "console"
}

resource "aws_iam_user_login_profile" "console" {
  user                    = aws_iam_user.console.name
  password_reset_required = true
}

resource "aws_iam_user" "deployer" {
  name = "deployer"
}

resource "aws_iam_access_key" "deployer_key" {
  user = aws_iam_user.deployer.name
}

resource "aws_iam_user_policy" "deployer_orders" {
  name   = "orders"
  user   = aws_iam_user.deployer.name
  policy = data.aws_iam_policy_document.orders.json
}

resource "aws_iam_user" "retired" {
  name = "retired"
}

resource "aws_iam_access_key" "retired_key" {
  user   = aws_iam_user.retired.name
  status = "Inactive"
}

resource "aws_iam_user" "auditor" {
  name = "auditor"
}

resource "aws_iam_user_policy_attachment" "auditor" {
  user       = aws_iam_user.auditor.name
  policy_arn = local.read_only
}

resource "aws_iam_server_certificate" "shop" {
  name             = "shop"
  certificate_body = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"
  private_key      = "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----"
}
