provider "aws" {
  region = "eu-west-1"
}

locals {
  protection = {
    S3_DATA_EVENTS     = "ENABLED"
    RUNTIME_MONITORING = "ENABLED"
  }
}

resource "aws_s3_bucket" "records" {
  bucket = "shop-records"
}

resource "aws_kms_key" "records_key" {
  description         = "Records of the account"
  enable_key_rotation = true
}

resource "aws_cloudwatch_log_group" "records_log" {
  name              = "records"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.records_key.arn
}

resource "aws_cloudtrail" "everything" {
  name                       = "everything"
  s3_bucket_name             = aws_s3_bucket.records.id
  is_multi_region_trail      = true
  enable_log_file_validation = true
  kms_key_id                 = aws_kms_key.records_key.arn
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.records_log.arn}:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam::111122223333:role/records"

  event_selector {
    read_write_type = "All"

    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3"]
    }
  }

  tags = {
    Owner = "audit"
  }
}

resource "aws_cloudtrail" "objects" {
  name           = "objects"
  s3_bucket_name = aws_s3_bucket.records.bucket

  advanced_event_selector {
    name = "Objects"

    dynamic "field_selector" {
      for_each = {
        "eventCategory"  = "Data"
        "resources.type" = "AWS::S3::Object"
      }
      content {
        field  = field_selector.key
        equals = [field_selector.value]
      }
    }
  }
}

resource "aws_config_configuration_recorder" "everything_recorder" {
  name     = "everything"
  role_arn = "arn:aws:iam::111122223333:role/recorder"
}

resource "aws_config_configuration_recorder_status" "everything" {
  name       = aws_config_configuration_recorder.everything_recorder.name
  is_enabled = true
}

resource "aws_config_delivery_channel" "everything_channel" {
  s3_bucket_name = aws_s3_bucket.records.bucket
}

resource "aws_config_configuration_recorder" "most" {
  name     = "most"
  role_arn = "arn:aws:iam::111122223333:role/recorder"

  recording_group {
    all_supported = false

    exclusion_by_resource_types {
      resource_types = ["AWS::EC2::NetworkInterface"]
    }
    recording_strategy {
      use_only = "EXCLUSION_BY_RESOURCE_TYPES"
    }
  }
}

resource "aws_config_configuration_recorder" "global" {
  name     = "global"
  role_arn = "arn:aws:iam::111122223333:role/recorder"

  recording_group {
    include_global_resource_types = true
  }
}

resource "aws_config_configuration_recorder" "buckets" {
  name     = "buckets"
  role_arn = "arn:aws:iam::111122223333:role/recorder"

  recording_group {
    all_supported  = false
    resource_types = ["AWS::S3::Bucket"]
  }
}

resource "aws_config_remediation_configuration" "at_once" {
  config_rule_name           = "s3-public"
  target_type                = "SSM_DOCUMENT"
  target_id                  = "AWS-DisableS3BucketPublicReadWrite"
  automatic                  = true
  maximum_automatic_attempts = 3
  retry_attempt_seconds      = 60
}

resource "aws_config_remediation_configuration" "by_hand" {
  config_rule_name = "s3-versioning"
  target_type      = "SSM_DOCUMENT"
  target_id        = "AWS-ConfigureS3BucketVersioning"
}

resource "aws_guardduty_detector" "watchful" {}

resource "aws_guardduty_detector_feature" "watchful" {
  for_each = local.protection

  detector_id = aws_guardduty_detector.watchful.id
  name        = each.key
  status      = each.value
}

resource "aws_guardduty_detector" "drowsy" {
  enable = true
}

resource "aws_guardduty_detector_feature" "drowsy_lambda" {
  detector_id = aws_guardduty_detector.drowsy.id
  name        = "LAMBDA_NETWORK_LOGS"
  status      = "DISABLED"
}

resource "aws_guardduty_detector" "legacy" {
  datasources {
    s3_logs {
      enable = true
    }
    kubernetes {
      audit_logs {
        enable = false
      }
    }
    malware_protection {
      scan_ec2_instance_with_findings {
        ebs_volumes {
          enable = true
        }
      }
    }
  }
}

resource "aws_guardduty_detector" "asleep" {
  enable = false
}

resource "aws_securityhub_account" "hub" {
  enable_default_standards = false
}

resource "aws_securityhub_standards_subscription" "best_practices" {
  depends_on    = [aws_securityhub_account.hub]
  standards_arn = "arn:aws:securityhub:eu-west-1::standards/aws-foundational-security-best-practices/v/1.0.0"
}

resource "aws_macie2_account" "session" {}

resource "aws_macie2_account" "paused" {
  status = "PAUSED"
}

resource "aws_accessanalyzer_analyzer" "account" {
  analyzer_name = "account"
}

resource "aws_accessanalyzer_archive_rule" "partners" {
  analyzer_name = aws_accessanalyzer_analyzer.account.analyzer_name
  rule_name     = "partners"

  filter {
    criteria = "principal.AWS"
    eq       = ["444455556666"]
  }
}

resource "aws_accessanalyzer_analyzer" "blind" {
  analyzer_name = "blind"
  type          = "ORGANIZATION"
}

resource "aws_accessanalyzer_archive_rule" "public" {
  analyzer_name = aws_accessanalyzer_analyzer.blind.analyzer_name
  rule_name     = "public"

  filter {
    criteria = "isPublic"
    eq       = ["true"]
  }
}

resource "aws_accessanalyzer_analyzer" "unused" {
  analyzer_name = "unused"
  type          = "ACCOUNT_UNUSED_ACCESS"

  configuration {
    unused_access {
      unused_access_age = 90
    }
  }
}
