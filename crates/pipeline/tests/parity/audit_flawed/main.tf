provider "aws" {
  region = "eu-west-1"
}

resource "aws_s3_bucket" "records" {
  bucket = "shop-records"
}

resource "aws_cloudtrail" "idle" {
  name                  = "idle"
  s3_bucket_name        = aws_s3_bucket.records.id
  enable_logging        = false
  is_multi_region_trail = true
}

resource "aws_cloudtrail" "writes" {
  name                  = "writes"
  s3_bucket_name        = "somebody-elses"
  is_multi_region_trail = true

  event_selector {
    read_write_type           = "WriteOnly"
    include_management_events = true
  }
}

resource "aws_guardduty_detector" "asleep" {
  enable = false
}

resource "aws_securityhub_account" "hub" {
  enable_default_standards = false
}

resource "aws_macie2_account" "paused" {
  status = "PAUSED"
}

resource "aws_config_configuration_recorder" "buckets" {
  role_arn = "arn:aws:iam::111122223333:role/recorder"

  recording_group {
    all_supported  = false
    resource_types = ["AWS::S3::Bucket"]
  }
}

resource "aws_accessanalyzer_analyzer" "blind" {
  analyzer_name = "blind"
}

resource "aws_accessanalyzer_archive_rule" "public" {
  analyzer_name = "blind"
  rule_name     = "public"

  filter {
    criteria = "isPublic"
    eq       = ["true"]
  }
}
