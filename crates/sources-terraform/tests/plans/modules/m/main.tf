variable "name" {}
variable "key" {
  default = null
}
variable "versioned" {
  default = true
}
locals {
  bucket = aws_s3_bucket.b.id
}
resource "aws_s3_bucket" "b" {
  bucket = var.name
}
resource "aws_s3_bucket_versioning" "v" {
  bucket = aws_s3_bucket.b.id
  versioning_configuration {
    status = var.versioned ? "Enabled" : "Suspended"
  }
}
resource "aws_s3_bucket_server_side_encryption_configuration" "e" {
  bucket = local.bucket
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = var.key
    }
  }
}
output "bucket_id" {
  value = aws_s3_bucket.b.id
}
output "bucket_arn" {
  value = aws_s3_bucket.b.arn
}
