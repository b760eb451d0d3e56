provider "aws" {
  region = "eu-west-1"
}

resource "aws_efs_file_system" "shared" {
  encrypted = true

  lifecycle_policy {
    transition_to_ia = "AFTER_30_DAYS"
  }
  lifecycle_policy {
    transition_to_primary_storage_class = "AFTER_1_ACCESS"
  }
  tags = {
    Owner = "platform"
  }
  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_efs_backup_policy" "shared" {
  file_system_id = aws_efs_file_system.shared.id
  backup_policy {
    status = "ENABLED"
  }
}

resource "aws_efs_file_system" "scratch" {
}

resource "aws_efs_file_system" "declined" {
  encrypted = false
  lifecycle_policy {
    transition_to_primary_storage_class = "AFTER_1_ACCESS"
  }
}

resource "aws_efs_backup_policy" "declined" {
  file_system_id = aws_efs_file_system.declined.id
  backup_policy {
    status = "DISABLED"
  }
}

resource "aws_efs_file_system" "selected" {
  encrypted = true
}

resource "aws_fsx_windows_file_system" "homes" {
  subnet_ids          = ["subnet-0a"]
  storage_capacity    = 100
  throughput_capacity = 32
  active_directory_id = "d-1234567890"
  tags = {
    Owner = "platform"
  }
}

resource "aws_fsx_lustre_file_system" "simulations" {
  subnet_ids       = ["subnet-0a"]
  storage_capacity = 1200
}

resource "aws_fsx_openzfs_file_system" "builds" {
  subnet_ids          = ["subnet-0a"]
  storage_capacity    = 64
  throughput_capacity = 64
  deployment_type     = "SINGLE_AZ_1"
  skip_final_backup   = true
}

resource "aws_fsx_ontap_file_system" "vault" {
  subnet_ids          = ["subnet-0a", "subnet-0b"]
  preferred_subnet_id = "subnet-0a"
  storage_capacity    = 1024
  throughput_capacity = 128
  deployment_type     = "MULTI_AZ_1"
  fsx_admin_password  = "Correct-horse-battery-1"
  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_backup_vault" "locked" {
  name = "locked"
  tags = {
    Owner = "platform"
  }
}

resource "aws_backup_vault_lock_configuration" "locked" {
  backup_vault_name   = aws_backup_vault.locked.name
  min_retention_days  = 7
  max_retention_days  = 400
  changeable_for_days = 3
}

resource "aws_backup_vault_policy" "locked" {
  backup_vault_name = aws_backup_vault.locked.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "backup:DeleteRecoveryPoint"
      Resource  = "*"
    }]
  })
}

resource "aws_backup_vault" "unlocked" {
  name = "unlocked"
}

resource "aws_backup_plan" "daily" {
  name = "daily"

  rule {
    rule_name         = "daily"
    target_vault_name = aws_backup_vault.locked.name
    schedule          = "cron(0 3 * * ? *)"
    lifecycle {
      delete_after = 35
    }
    copy_action {
      destination_vault_arn = "arn:aws:backup:eu-central-1:111122223333:backup-vault:away"
      lifecycle {
        delete_after = 90
      }
    }
  }
}

resource "aws_backup_plan" "hoarding" {
  name = "hoarding"

  dynamic "rule" {
    for_each = { hourly = "cron(0 * * * ? *)" }
    content {
      rule_name         = rule.key
      target_vault_name = "unlocked"
      schedule          = rule.value
      copy_action {
        destination_vault_arn = aws_backup_vault.unlocked.arn
      }
    }
  }
}

resource "aws_backup_selection" "named" {
  name         = "named"
  plan_id      = aws_backup_plan.daily.id
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  resources    = [aws_efs_file_system.selected.arn]
}

resource "aws_backup_selection" "tagged_selection" {
  name         = "tagged"
  plan_id      = aws_backup_plan.daily.id
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  selection_tag {
    type  = "STRINGEQUALS"
    key   = "Backup"
    value = "yes"
  }
}

resource "aws_ebs_volume" "tagged" {
  availability_zone = "eu-west-1a"
  size              = 10
  encrypted         = true
  type              = "gp3"
  tags = {
    Backup = "yes"
  }
}

resource "aws_ebs_volume" "untagged" {
  availability_zone = "eu-west-1a"
  size              = 10
  encrypted         = true
  type              = "gp3"
}

resource "aws_backup_restore_testing_plan" "monthly" {
  name                = "monthly"
  schedule_expression = "cron(0 5 1 * ? *)"
  recovery_point_selection {
    algorithm            = "LATEST_WITHIN_WINDOW"
    include_vaults       = ["*"]
    recovery_point_types = ["SNAPSHOT"]
  }
}

resource "aws_backup_restore_testing_selection" "file_systems" {
  name                      = "file_systems"
  restore_testing_plan_name = aws_backup_restore_testing_plan.monthly.name
  protected_resource_type   = "EFS"
  iam_role_arn              = "arn:aws:iam::111122223333:role/backup"
  protected_resource_arns   = ["*"]
}

resource "aws_backup_restore_testing_plan" "never" {
  name                = "never"
  schedule_expression = "cron(0 5 1 1 ? *)"
  recovery_point_selection {
    algorithm            = "LATEST_WITHIN_WINDOW"
    include_vaults       = ["*"]
    recovery_point_types = ["SNAPSHOT"]
  }
}
