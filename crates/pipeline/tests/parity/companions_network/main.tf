# What stands beside others: attachments, policies and settings that are resources of their own in Terraform.

provider "aws" {
  region = "eu-west-1"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "one" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "two" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.2.0/24"
  availability_zone = "eu-west-1b"
}

resource "aws_internet_gateway" "door" {}

resource "aws_internet_gateway_attachment" "door_attachment" {
  vpc_id              = aws_vpc.main.id
  internet_gateway_id = aws_internet_gateway.door.id
}

resource "aws_vpn_gateway" "office" {}

resource "aws_vpn_gateway_attachment" "office_attachment" {
  vpc_id         = aws_vpc.main.id
  vpn_gateway_id = aws_vpn_gateway.office.id
}

resource "aws_vpc_endpoint" "logs" {
  vpc_id            = aws_vpc.main.id
  service_name      = "com.amazonaws.eu-west-1.logs"
  vpc_endpoint_type = "Interface"
}

resource "aws_vpc_endpoint_subnet_association" "logs" {
  for_each = { one = aws_subnet.one.id, two = aws_subnet.two.id }

  vpc_endpoint_id = aws_vpc_endpoint.logs.id
  subnet_id       = each.value
}

resource "aws_vpc_endpoint_policy" "logs" {
  vpc_endpoint_id = aws_vpc_endpoint.logs.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "logs:PutLogEvents", Resource = "*" }]
  })
}

resource "aws_alb" "shop" {
  name               = "shop"
  load_balancer_type = "application"
  subnets            = [aws_subnet.one.id, aws_subnet.two.id]
}

resource "aws_alb_target_group" "tasks" {
  name     = "tasks"
  port     = 8080
  protocol = "HTTP"
  vpc_id   = aws_vpc.main.id
}

resource "aws_alb_target_group_attachment" "tasks" {
  target_group_arn = aws_alb_target_group.tasks.arn
  target_id        = aws_spot_instance_request.cheap.spot_instance_id
}

resource "aws_alb_listener" "plain" {
  load_balancer_arn = aws_alb.shop.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_alb_target_group.tasks.arn
  }
}

resource "aws_alb_listener_rule" "old" {
  listener_arn = aws_alb_listener.plain.arn
  priority     = 10

  action {
    type             = "forward"
    target_group_arn = aws_alb_target_group.tasks.arn
  }

  condition {
    path_pattern {
      values = ["/old/*"]
    }
  }
}

resource "aws_spot_instance_request" "cheap" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.one.id

  metadata_options {
    http_tokens = "required"
  }
}

resource "aws_autoscaling_group" "workers" {
  name                = "workers"
  min_size            = 1
  max_size            = 4
  vpc_zone_identifier = [aws_subnet.one.id, aws_subnet.two.id]

  launch_template {
    id      = aws_launch_template.worker.id
    version = "$Latest"
  }
}

resource "aws_launch_template" "worker" {
  name          = "worker"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
}

resource "aws_autoscaling_group_tag" "workers" {
  autoscaling_group_name = aws_autoscaling_group.workers.name

  tag {
    key                 = "Owner"
    value               = "shop"
    propagate_at_launch = true
  }
}

resource "aws_s3_bucket" "pictures" {
  bucket = "companions-pictures"
}

resource "aws_s3_bucket_metric" "pictures" {
  bucket = aws_s3_bucket.pictures.id
  name   = "all"
}

resource "aws_s3_bucket_analytics_configuration" "pictures" {
  bucket = aws_s3_bucket.pictures.id
  name   = "all"
}

resource "aws_s3_bucket_inventory" "pictures" {
  bucket                   = aws_s3_bucket.pictures.id
  name                     = "all"
  included_object_versions = "All"

  schedule {
    frequency = "Weekly"
  }

  destination {
    bucket {
      format     = "CSV"
      bucket_arn = aws_s3_bucket.pictures.arn
    }
  }
}

resource "aws_s3_access_point" "partners" {
  bucket = aws_s3_bucket.pictures.id
  name   = "partners"
}

resource "aws_s3control_access_point_policy" "partners" {
  access_point_arn = aws_s3_access_point.partners.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::210987654321:root" }
      Action    = "s3:GetObject"
      Resource  = "*"
    }]
  })
}

resource "aws_efs_file_system" "shared" {
  encrypted = true
}

resource "aws_efs_file_system_policy" "shared" {
  file_system_id = aws_efs_file_system.shared.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "elasticfilesystem:ClientMount" }]
  })
}

resource "aws_opensearch_domain" "search" {
  domain_name = "search"
}

resource "aws_opensearch_domain_policy" "search" {
  domain_name = aws_opensearch_domain.search.domain_name
  access_policies = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "es:*", Resource = "*" }]
  })
}

resource "aws_route53_zone" "shop_zone" {
  name = "shop.example"
}

resource "aws_cloudwatch_log_group" "queries" {
  name              = "/aws/route53/shop.example"
  retention_in_days = 90
}

resource "aws_route53_query_log" "shop" {
  zone_id                  = aws_route53_zone.shop_zone.zone_id
  cloudwatch_log_group_arn = aws_cloudwatch_log_group.queries.arn
}
