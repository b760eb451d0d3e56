provider "aws" {
  region = "eu-west-1"
}

resource "aws_organizations_organization" "company" {
  feature_set          = "ALL"
  enabled_policy_types = ["SERVICE_CONTROL_POLICY", "TAG_POLICY"]
}

resource "aws_organizations_organizational_unit" "workloads" {
  name      = "workloads"
  parent_id = aws_organizations_organization.company.roots[0].id
}

resource "aws_organizations_account" "shop" {
  name      = "shop"
  email     = "shop@example.com"
  parent_id = aws_organizations_organizational_unit.workloads.id
}

resource "aws_organizations_account" "known_unit" {
  name      = "known-unit"
  email     = "known@example.com"
  parent_id = "ou-abcd-11112222"
}

resource "aws_organizations_account" "in_root" {
  name      = "in-root"
  email     = "root@example.com"
  parent_id = aws_organizations_organization.company.roots[0].id
}

resource "aws_organizations_account" "anywhere" {
  name  = "anywhere"
  email = "anywhere@example.com"
}

resource "aws_organizations_policy" "guardrails" {
  name = "guardrails"

  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Deny"
      Action   = "cloudtrail:StopLogging"
      Resource = "*"
    }]
  })
}

resource "aws_organizations_policy_attachment" "guardrails" {
  for_each = toset(["ou-abcd-11112222", "ou-abcd-33334444"])

  policy_id = aws_organizations_policy.guardrails.id
  target_id = each.value
}

data "aws_iam_policy_document" "shelved" {
  statement {
    effect    = "Deny"
    actions   = ["organizations:LeaveOrganization"]
    resources = ["*"]
  }
}

resource "aws_organizations_policy" "shelved" {
  name    = "shelved"
  type    = "SERVICE_CONTROL_POLICY"
  content = data.aws_iam_policy_document.shelved.json
}

resource "aws_organizations_policy" "tags" {
  name    = "tags"
  type    = "TAG_POLICY"
  content = "{\"tags\":{\"Owner\":{\"tag_key\":{\"@@assign\":\"Owner\"}}}}"
}

resource "aws_organizations_policy_attachment" "tags" {
  policy_id = aws_organizations_policy.tags.id
  target_id = aws_organizations_organization.company.roots[0].id
}

resource "aws_organizations_policy" "loose_tags" {
  name    = "loose-tags"
  type    = "TAG_POLICY"
  content = jsonencode({ tags = { Team = { tag_key = { "@@assign" = "Team" } } } })
}
