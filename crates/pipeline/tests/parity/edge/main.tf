provider "aws" {
  region = "eu-west-1"
}

locals {
  tags           = { Owner = "shop", Environment = "prod", CostCenter = "42" }
  caching        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  caching_is_off = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
}

resource "aws_cloudfront_distribution" "site" {
  enabled             = true
  default_root_object = "index.html"
  http_version        = "http2and3"
  aliases             = ["shop.example.com"]
  web_acl_id          = aws_wafv2_web_acl.strict.arn

  origin {
    origin_id                = "bucket"
    domain_name              = "shop.s3.eu-west-1.amazonaws.com"
    origin_access_control_id = "E2QWRUHAPOMQZL"
  }
  origin {
    origin_id   = "spare"
    domain_name = "spare.example.com"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  origin_group {
    origin_id = "both"
    failover_criteria {
      status_codes = [500, 503]
    }
    member {
      origin_id = "bucket"
    }
    member {
      origin_id = "spare"
    }
  }
  default_cache_behavior {
    target_origin_id       = "both"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    compress               = true
    cache_policy_id        = local.caching
  }
  ordered_cache_behavior {
    path_pattern           = "/long/*"
    target_origin_id       = "spare"
    viewer_protocol_policy = "https-only"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    compress               = true
    cache_policy_id        = aws_cloudfront_cache_policy.long.id
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    acm_certificate_arn      = aws_acm_certificate.shop_certificate.arn
    minimum_protocol_version = "TLSv1.2_2021"
    ssl_support_method       = "sni-only"
  }
  tags = local.tags
}

resource "aws_cloudfront_cache_policy" "long" {
  name        = "long"
  default_ttl = 3600
  max_ttl     = 86400
  parameters_in_cache_key_and_forwarded_to_origin {
    cookies_config {
      cookie_behavior = "none"
    }
    headers_config {
      header_behavior = "none"
    }
    query_strings_config {
      query_string_behavior = "none"
    }
  }
}

resource "aws_cloudfront_distribution" "careless" {
  enabled = true
  aliases = ["old.example.com"]
  origin {
    origin_id   = "bucket"
    domain_name = "old.s3.eu-west-1.amazonaws.com"
    s3_origin_config {
      origin_access_identity = "origin-access-identity/cloudfront/E127EXAMPLE51Z"
    }
  }
  default_cache_behavior {
    target_origin_id       = "bucket"
    viewer_protocol_policy = "allow-all"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = local.caching_is_off
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    acm_certificate_arn = aws_acm_certificate.shop_certificate.arn
    ssl_support_method  = "sni-only"
  }
}

# With the settings for caching that came before policies.
resource "aws_cloudfront_distribution" "older" {
  enabled = true
  origin {
    origin_id   = "server"
    domain_name = "server.example.com"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "http-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    target_origin_id       = "server"
    viewer_protocol_policy = "https-only"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    compress               = true
    forwarded_values {
      query_string = true
      cookies {
        forward = "all"
      }
    }
    min_ttl     = 0
    default_ttl = 0
    max_ttl     = 0
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    cloudfront_default_certificate = true
  }
}

resource "aws_acm_certificate" "shop_certificate" {
  domain_name       = "shop.example.com"
  validation_method = "DNS"
}

# Names.

resource "aws_route53_zone" "zone" {
  name = "example.com"
}

resource "aws_route53_health_check" "first_is_well" {
  type          = "HTTPS"
  fqdn          = "first.example.com"
  port          = 443
  resource_path = "/health"
}

resource "aws_route53_record" "first" {
  zone_id         = aws_route53_zone.zone.zone_id
  name            = "api.example.com"
  type            = "CNAME"
  ttl             = 60
  records         = ["first.example.com"]
  set_identifier  = "first"
  health_check_id = aws_route53_health_check.first_is_well.id
  failover_routing_policy {
    type = "PRIMARY"
  }
}

resource "aws_route53_record" "second" {
  zone_id        = aws_route53_zone.zone.zone_id
  name           = "api.example.com"
  type           = "CNAME"
  ttl            = 60
  records        = ["second.example.com"]
  set_identifier = "second"
  failover_routing_policy {
    type = "SECONDARY"
  }
}

resource "aws_route53_record" "site_record" {
  zone_id        = aws_route53_zone.zone.zone_id
  name           = "shop.example.com"
  type           = "A"
  set_identifier = "eu"
  latency_routing_policy {
    region = "eu-west-1"
  }
  alias {
    name                   = aws_cloudfront_distribution.site.domain_name
    zone_id                = aws_cloudfront_distribution.site.hosted_zone_id
    evaluate_target_health = true
  }
}

resource "aws_route53_record" "weighted" {
  count          = 2
  zone_id        = aws_route53_zone.zone.zone_id
  name           = "old.example.com"
  type           = "A"
  ttl            = 60
  records        = ["192.0.2.${count.index}"]
  set_identifier = "old-${count.index}"
  weighted_routing_policy {
    weight = 10
  }
}

resource "aws_route53_record" "several" {
  zone_id                          = aws_route53_zone.zone.zone_id
  name                             = "many.example.com"
  type                             = "A"
  ttl                              = 60
  records                          = ["192.0.2.9"]
  set_identifier                   = "nine"
  multivalue_answer_routing_policy = true
}

resource "aws_route53_record" "plain" {
  zone_id = aws_route53_zone.zone.zone_id
  name    = "plain.example.com"
  type    = "A"
  ttl     = 60
  records = ["192.0.2.10"]
}

# Firewalls.

resource "aws_wafv2_web_acl" "strict" {
  name  = "strict"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "limit"
    priority = 1
    action {
      block {}
    }
    statement {
      rate_based_statement {
        limit              = 2000
        aggregate_key_type = "IP"
        scope_down_statement {
          not_statement {
            statement {
              geo_match_statement {
                country_codes = ["NL"]
              }
            }
          }
        }
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "limit"
      sampled_requests_enabled   = true
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "strict"
    sampled_requests_enabled   = true
  }
  tags = local.tags
}

resource "aws_wafv2_web_acl" "by_group" {
  name  = "by-group"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "group"
    priority = 1
    override_action {
      none {}
    }
    statement {
      rule_group_reference_statement {
        arn = aws_wafv2_rule_group.limits.arn
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "group"
      sampled_requests_enabled   = true
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "by-group"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_rule_group" "limits" {
  name     = "limits"
  scope    = "REGIONAL"
  capacity = 10
  rule {
    name     = "limit"
    priority = 1
    action {
      block {}
    }
    statement {
      rate_based_statement {
        limit = 500
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = false
      metric_name                = "limit"
      sampled_requests_enabled   = false
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = false
    metric_name                = "limits"
    sampled_requests_enabled   = false
  }
}

resource "aws_wafv2_web_acl" "counting" {
  name  = "counting"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "limit"
    priority = 1
    action {
      count {}
    }
    statement {
      rate_based_statement {
        limit = 2000
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "limit"
      sampled_requests_enabled   = true
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "counting"
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl_logging_configuration" "strict_log" {
  resource_arn            = aws_wafv2_web_acl.strict.arn
  log_destination_configs = ["arn:aws:s3:::aws-waf-logs-shop"]
}
