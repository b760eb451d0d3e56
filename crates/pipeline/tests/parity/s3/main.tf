provider "aws" {
  region = "eu-west-1"
}

locals {
  tags = {
    Owner      = "platform"
    CostCenter = "4711"
  }
  regional = {
    eu = "Enabled"
    us = "Disabled"
  }
}

resource "aws_s3_bucket" "access_logs" {
  bucket = "shop-access-logs"
  tags   = local.tags
}

resource "aws_s3_bucket_lifecycle_configuration" "access_logs" {
  bucket = aws_s3_bucket.access_logs.id

  rule {
    id     = "expire"
    status = "Enabled"
    filter {}
    expiration {
      days = 365
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 3
    }
  }
}

resource "aws_s3_bucket" "orders" {
  bucket = "shop-orders"
  tags   = merge(local.tags, { DataClassification = "Confidential" })
}

resource "aws_s3_bucket_versioning" "orders" {
  bucket = aws_s3_bucket.orders.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_public_access_block" "orders" {
  bucket                  = aws_s3_bucket.orders.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "orders" {
  bucket = aws_s3_bucket.orders.bucket
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = "alias/orders"
    }
    bucket_key_enabled = true
  }
}

resource "aws_s3_bucket_logging" "orders" {
  bucket        = aws_s3_bucket.orders.id
  target_bucket = aws_s3_bucket.access_logs.id
  target_prefix = "orders/"
}

resource "aws_s3_bucket_ownership_controls" "orders" {
  bucket = aws_s3_bucket.orders.id
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id

  rule {
    id     = "uploads"
    status = "Enabled"
    filter {
      prefix = ""
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  rule {
    id     = "versions"
    status = "Enabled"
    filter {
      and {
        prefix = "invoices/"
        tags = {
          Keep = "no"
        }
      }
    }
    noncurrent_version_expiration {
      noncurrent_days = 90
    }
    noncurrent_version_transition {
      noncurrent_days = 30
      storage_class   = "STANDARD_IA"
    }
    transition {
      days          = 30
      storage_class = "STANDARD_IA"
    }
  }
}

resource "aws_s3_bucket_intelligent_tiering_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id
  name   = "everything"
  tiering {
    access_tier = "ARCHIVE_ACCESS"
    days        = 125
  }
}

resource "aws_s3_bucket_notification" "orders" {
  bucket      = aws_s3_bucket.orders.id
  eventbridge = true
}

resource "aws_s3_bucket_object_lock_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id
  rule {
    default_retention {
      mode = "GOVERNANCE"
      days = 5
    }
  }
}

resource "aws_s3_bucket_request_payment_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id
  payer  = "BucketOwner"
}

resource "aws_s3_bucket_accelerate_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id
  status = "Enabled"
}

resource "aws_s3_bucket_cors_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id
  cors_rule {
    allowed_methods = ["GET"]
    allowed_origins = ["https://shop.example"]
  }
}

data "aws_iam_policy_document" "orders" {
  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = ["arn:aws:s3:::shop-orders", "arn:aws:s3:::shop-orders/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "orders_policy" {
  bucket = aws_s3_bucket.orders.id
  policy = data.aws_iam_policy_document.orders.json
}

resource "aws_s3_bucket" "exports" {
  bucket = "shop-exports"
}

resource "aws_s3_bucket_public_access_block" "exports" {
  bucket            = aws_s3_bucket.exports.id
  block_public_acls = false
}

resource "aws_s3_bucket_ownership_controls" "exports" {
  bucket = aws_s3_bucket.exports.id
  rule {
    object_ownership = "ObjectWriter"
  }
}

resource "aws_s3_bucket_acl" "exports" {
  bucket = aws_s3_bucket.exports.id
  acl    = "public-read"
}

resource "aws_s3_bucket_versioning" "exports" {
  bucket = aws_s3_bucket.exports.id
  versioning_configuration {
    status = "Suspended"
  }
}

resource "aws_s3_bucket_policy" "exports_policy" {
  bucket = aws_s3_bucket.exports.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "${aws_s3_bucket.exports.arn}/*"
    }]
  })
}

resource "aws_s3_bucket_lifecycle_configuration" "exports" {
  bucket = aws_s3_bucket.exports.id
  rule {
    id     = "off"
    status = "Disabled"
    filter {
      prefix = "tmp/"
    }
    expiration {
      days = 1
    }
  }
}

resource "aws_s3_bucket" "grants" {
  bucket = "shop-grants"
}

resource "aws_s3_bucket_public_access_block" "grants" {
  bucket                  = aws_s3_bucket.grants.id
  block_public_policy     = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_acl" "grants" {
  bucket = aws_s3_bucket.grants.id
  access_control_policy {
    owner {
      id = "75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a"
    }
    grant {
      permission = "READ"
      grantee {
        type = "Group"
        uri  = "http://acs.amazonaws.com/groups/global/AllUsers"
      }
    }
  }
}

resource "aws_s3_bucket" "written_as_one" {
  bucket = "shop-written-as-one"
  acl    = "private"
  tags   = local.tags

  versioning {
    enabled = true
  }

  logging {
    target_bucket = aws_s3_bucket.access_logs.id
    target_prefix = "written-as-one/"
  }

  server_side_encryption_configuration {
    rule {
      apply_server_side_encryption_by_default {
        sse_algorithm = "AES256"
      }
    }
  }

  lifecycle_rule {
    enabled                                = true
    abort_incomplete_multipart_upload_days = 7
    noncurrent_version_expiration {
      days = 30
    }
  }

  policy = <<-POLICY
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Deny",
          "Principal": "*",
          "Action": "s3:*",
          "Resource": ["arn:aws:s3:::shop-written-as-one", "arn:aws:s3:::shop-written-as-one/*"],
          "Condition": { "Bool": { "aws:SecureTransport": "false" } }
        }
      ]
    }
  POLICY
}

resource "aws_s3_bucket" "written_as_one_public" {
  bucket = "shop-written-as-one-public"
  acl    = "public-read-write"

  versioning {
    enabled = false
  }

  lifecycle_rule {
    enabled                                = true
    prefix                                 = "uploads/"
    abort_incomplete_multipart_upload_days = 30
  }
}

resource "aws_s3_bucket_public_access_block" "written_as_one_public" {
  bucket = aws_s3_bucket.written_as_one_public.id
}

resource "aws_s3_bucket" "plain" {}

resource "aws_s3_bucket" "regional" {
  for_each = local.regional
  bucket   = "shop-regional-${each.key}"
  tags     = { Owner = "platform" }
}

resource "aws_s3_bucket_versioning" "regional" {
  for_each = aws_s3_bucket.regional
  bucket   = each.value.id
  versioning_configuration {
    status = local.regional[each.key]
  }
}

resource "aws_s3_bucket" "replica" {
  bucket = "shop-replica"
}

resource "aws_s3_bucket_versioning" "replica" {
  bucket = aws_s3_bucket.replica.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_replication_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id
  role   = "arn:aws:iam::111122223333:role/replication"
  rule {
    status = "Enabled"
    filter {}
    delete_marker_replication {
      status = "Enabled"
    }
    destination {
      bucket = aws_s3_bucket.replica.arn
    }
  }
  depends_on = [aws_s3_bucket_versioning.orders]
}

resource "aws_s3_bucket_website_configuration" "plain" {
  bucket = aws_s3_bucket.plain.id
  index_document {
    suffix = "index.html"
  }
}

resource "aws_s3_access_point" "reports" {
  name   = "reports"
  bucket = aws_s3_bucket.orders.id
}

resource "aws_s3_access_point" "partners" {
  name   = "partners"
  bucket = aws_s3_bucket.exports.id
  public_access_block_configuration {
    block_public_policy     = false
    restrict_public_buckets = false
  }
}
