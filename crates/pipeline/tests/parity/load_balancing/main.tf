provider "aws" {
  region = "eu-west-1"
}

locals {
  subnets = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  tags    = { Owner = "shop", Environment = "prod", CostCenter = "42" }
}

resource "aws_lb" "shop" {
  name                       = "shop"
  load_balancer_type         = "application"
  internal                   = true
  subnets                    = local.subnets
  enable_deletion_protection = true
  drop_invalid_header_fields = true
  access_logs {
    bucket  = "logs-of-the-shop"
    enabled = true
  }
  tags = local.tags
}

resource "aws_lb_listener" "secure" {
  load_balancer_arn = aws_lb.shop.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/0"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.lambdas.arn
  }
}

resource "aws_lb_listener" "redirecting" {
  load_balancer_arn = aws_lb.shop.arn
  port              = 80
  default_action {
    type = "redirect"
    redirect {
      protocol    = "HTTPS"
      port        = "443"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener_rule" "not_here" {
  listener_arn = aws_lb_listener.redirecting.arn
  action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
  condition {
    path_pattern {
      values = ["/admin/*"]
    }
  }
}

resource "aws_lb_target_group" "lambdas" {
  name        = "lambdas"
  target_type = "lambda"
}

resource "aws_lb_target_group" "tasks" {
  name        = "tasks"
  target_type = "ip"
  port        = 80
  protocol    = "HTTP"
  vpc_id      = "vpc-0123456789abcdef0"
  health_check {
    path = "/health"
  }
  stickiness {
    type    = "lb_cookie"
    enabled = false
  }
}

resource "aws_cloudwatch_metric_alarm" "tasks_fail" {
  alarm_name          = "tasks-fail"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "UnHealthyHostCount"
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  period              = 60
  evaluation_periods  = 5
  alarm_actions       = ["arn:aws:sns:eu-west-1:123456789012:alarms"]
  dimensions = {
    TargetGroup  = aws_lb_target_group.tasks.arn_suffix
    LoadBalancer = aws_lb.shop.arn_suffix
  }
}

resource "aws_lb" "network" {
  load_balancer_type               = "network"
  enable_cross_zone_load_balancing = true
  dynamic "subnet_mapping" {
    for_each = local.subnets
    content {
      subnet_id     = subnet_mapping.value
      allocation_id = aws_eip.fixed[subnet_mapping.key].id
    }
  }
}

resource "aws_eip" "fixed" {
  count  = 2
  domain = "vpc"
}

resource "aws_alb" "open" {
  subnets = [local.subnets[0]]
  access_logs {
    bucket = "logs-of-the-shop"
  }
}

resource "aws_alb_listener" "open_plain" {
  load_balancer_arn = aws_alb.open.arn
  port              = "80"
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_alb_target_group.sticky.arn
  }
}

resource "aws_alb_listener" "open_old" {
  load_balancer_arn = aws_alb.open.arn
  port              = "443"
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/0"
  default_action {
    type = "forward"
    forward {
      target_group {
        arn = aws_alb_target_group.sticky.arn
      }
    }
  }
}

resource "aws_alb_target_group" "sticky" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-0123456789abcdef0"
  stickiness {
    type = "lb_cookie"
  }
}

resource "aws_lb_target_group_attachment" "by_hand" {
  target_group_arn = aws_alb_target_group.sticky.arn
  target_id        = "i-0123456789abcdef0"
}

resource "aws_lb" "one_zone" {
  load_balancer_type = "network"
  internal           = true
  subnet_mapping {
    subnet_id = local.subnets[0]
  }
}

resource "aws_wafv2_web_acl_association" "guard" {
  resource_arn = aws_lb.guarded.arn
  web_acl_arn  = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/a/0"
}

resource "aws_lb" "guarded" {
  subnets = local.subnets
}

resource "aws_elb" "classic" {
  name    = "classic"
  subnets = local.subnets
  listener {
    lb_port           = 80
    lb_protocol       = "http"
    instance_port     = 80
    instance_protocol = "http"
  }
}
