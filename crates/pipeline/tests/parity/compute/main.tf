provider "aws" {
  region = "eu-west-1"
  default_tags {
    tags = { Owner = "shop" }
  }
}

locals {
  more_tags = { Environment = "prod", CostCenter = "42" }
}

resource "aws_vpc" "shop" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "private" {
  for_each          = toset(["a", "b"])
  vpc_id            = aws_vpc.shop.id
  cidr_block        = each.key == "a" ? "10.0.0.0/24" : "10.0.1.0/24"
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_subnet" "public" {
  vpc_id                  = aws_vpc.shop.id
  cidr_block              = "10.0.2.0/24"
  availability_zone       = "eu-west-1a"
  map_public_ip_on_launch = true
}

resource "aws_iam_role" "machine" {
  name = "machine"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_instance_profile" "machine_profile" {
  role = aws_iam_role.machine.name
}

# Machines.

resource "aws_instance" "sound" {
  ami                  = "ami-0123456789abcdef0"
  instance_type        = "m7g.large"
  subnet_id            = aws_subnet.private["a"].id
  iam_instance_profile = aws_iam_instance_profile.machine_profile.name
  monitoring           = true
  user_data            = file("${path.module}/start.sh")

  metadata_options {
    http_tokens = "required"
  }
  root_block_device {
    encrypted   = true
    volume_type = "gp3"
  }
  tags = local.more_tags
}

resource "aws_instance" "careless" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "m4.large"
  subnet_id                   = aws_subnet.public.id
  associate_public_ip_address = true

  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "optional"
  }
  root_block_device {
    volume_type = "gp2"
  }
  ebs_block_device {
    device_name = "/dev/sdf"
    encrypted   = false
  }
}

resource "aws_instance" "in_the_open" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.micro"
  subnet_id     = aws_subnet.public.id
  user_data     = <<-SCRIPT
    #!/bin/sh
    export DB_PASSWORD=Wh1teR4bbit99
  SCRIPT
}

resource "aws_instance" "closed_in_the_open" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t4g.micro"
  subnet_id                   = aws_subnet.public.id
  associate_public_ip_address = false
}

resource "aws_instance" "by_template" {
  subnet_id = aws_subnet.private["b"].id
  launch_template {
    id      = aws_launch_template.sound_template.id
    version = "$Latest"
  }
}

resource "aws_launch_template" "sound_template" {
  name          = "sound"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
  user_data     = base64encode("#!/bin/sh\necho hello\n")

  iam_instance_profile {
    arn = aws_iam_instance_profile.machine_profile.arn
  }
  metadata_options {
    http_tokens = "required"
  }
  monitoring {
    enabled = true
  }
  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      encrypted   = true
      volume_type = "gp3"
      volume_size = 20
    }
  }
  network_interfaces {
    associate_public_ip_address = false
    device_index                = 0
  }
}

resource "aws_launch_template" "careless_template" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "c4.large"
  user_data     = base64encode("#!/bin/sh\nexport DB_PASSWORD=Wh1teR4bbit99\n")

  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_size = 20
      volume_type = "gp2"
    }
  }
  network_interfaces {
    associate_public_ip_address = true
  }
}

resource "aws_launch_configuration" "old_way" {
  image_id                    = "ami-0123456789abcdef0"
  instance_type               = "m5.large"
  associate_public_ip_address = true
  root_block_device {
    encrypted = false
  }
}

# Volumes.

resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 10
  type              = "gp3"
  encrypted         = true
  final_snapshot    = true
  tags              = merge(local.more_tags, { Backup = "daily", DataClassification = "internal" })
}

resource "aws_volume_attachment" "data_attachment" {
  device_name = "/dev/sdg"
  volume_id   = aws_ebs_volume.data.id
  instance_id = aws_instance.sound.id
}

resource "aws_ebs_volume" "forgotten" {
  availability_zone = "eu-west-1a"
  size              = 10
}

resource "aws_ebs_volume" "kept" {
  availability_zone = "eu-west-1a"
  size              = 10
  type              = "gp2"
  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_dlm_lifecycle_policy" "daily" {
  description        = "Every day"
  execution_role_arn = aws_iam_role.machine.arn
  policy_details {
    resource_types = ["VOLUME"]
    target_tags    = { Backup = "daily" }
    schedule {
      name = "daily"
      create_rule {
        interval = 24
      }
      retain_rule {
        count = 14
      }
    }
  }
}

resource "aws_ebs_snapshot_block_public_access" "closed" {
  state = "block-all-sharing"
}

resource "aws_ebs_encryption_by_default" "region" {
}

resource "aws_emr_block_public_access_configuration" "region" {
  block_public_security_group_rules = true
}

# Groups.

resource "aws_autoscaling_group" "web" {
  name                = "web"
  min_size            = 2
  max_size            = 8
  vpc_zone_identifier = [for subnet in aws_subnet.private : subnet.id]
  health_check_type   = "ELB"
  target_group_arns   = [aws_lb_target_group.web_targets.arn]

  mixed_instances_policy {
    instances_distribution {
      on_demand_percentage_above_base_capacity = 25
    }
    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.sound_template.id
      }
      override {
        instance_type = "m7g.large"
      }
      override {
        instance_type = "m6g.large"
      }
    }
  }
  tag {
    key                 = "Environment"
    value               = "test"
    propagate_at_launch = true
  }
}

resource "aws_lb_target_group" "web_targets" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = aws_vpc.shop.id
}

resource "aws_autoscaling_policy" "web_by_load" {
  name                   = "load"
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

resource "aws_autoscaling_group" "careless_group" {
  min_size            = 1
  max_size            = 1
  vpc_zone_identifier = [aws_subnet.private["a"].id]
  launch_template {
    id = aws_launch_template.careless_template.id
  }
  tag {
    key                 = "Environment"
    value               = "dev"
    propagate_at_launch = false
  }
}

resource "aws_autoscaling_attachment" "careless_attachment" {
  autoscaling_group_name = aws_autoscaling_group.careless_group.name
  lb_target_group_arn    = aws_lb_target_group.web_targets.arn
}

resource "aws_autoscaling_group" "old_group" {
  min_size             = 1
  max_size             = 3
  availability_zones   = ["eu-west-1a", "eu-west-1b"]
  launch_configuration = aws_launch_configuration.old_way.name
}

resource "aws_autoscaling_schedule" "old_group_at_night" {
  scheduled_action_name  = "night"
  autoscaling_group_name = aws_autoscaling_group.old_group.name
  recurrence             = "0 22 * * *"
  min_size               = 0
  max_size               = 0
  desired_capacity       = 0
}

# Desktops.

resource "aws_workspaces_workspace" "ann" {
  directory_id = "d-9067783251"
  bundle_id    = "wsb-bh8rsxt14"
  user_name    = "ann"
  workspace_properties {
    running_mode = "AUTO_STOP"
  }
}

resource "aws_workspaces_workspace" "bob" {
  directory_id = "d-9067783251"
  bundle_id    = "wsb-bh8rsxt14"
  user_name    = "bob"
  workspace_properties {
    compute_type_name = "VALUE"
  }
}
