provider "aws" {
  region = "eu-west-1"
}

resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "pk"
  range_key                   = "sk"
  deletion_protection_enabled = true

  attribute {
    name = "pk"
    type = "S"
  }
  attribute {
    name = "sk"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }
  server_side_encryption {
    enabled = true
  }
  tags = {
    Owner = "platform"
  }
}

resource "aws_dynamodb_table" "sessions" {
  name           = "sessions"
  hash_key       = "id"
  read_capacity  = 20
  write_capacity = 20

  attribute {
    name = "id"
    type = "S"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_dynamodb_table" "baskets" {
  name             = "baskets"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  dynamic "replica" {
    for_each = toset(["eu-central-1", "us-east-1"])
    content {
      region_name            = replica.value
      point_in_time_recovery = replica.value == "eu-central-1"
    }
  }
}

resource "aws_redshift_cluster" "warehouse" {
  cluster_identifier                  = "warehouse"
  node_type                           = "ra3.large"
  number_of_nodes                     = 2
  database_name                       = "shop"
  master_username                     = "admin"
  manage_master_password              = true
  encrypted                           = true
  publicly_accessible                 = false
  automated_snapshot_retention_period = 14
  final_snapshot_identifier           = "warehouse-final"
  tags = {
    Owner = "platform"
  }
}

resource "aws_redshift_logging" "warehouse" {
  cluster_identifier = aws_redshift_cluster.warehouse.id
  bucket_name        = "warehouse-logs"
}

resource "aws_redshift_cluster" "old_warehouse" {
  cluster_identifier  = "old-warehouse"
  node_type           = "dc2.large"
  master_username     = "admin"
  master_password     = "Correct-horse-battery-1"
  publicly_accessible = true
  skip_final_snapshot = true
}

resource "aws_elasticache_replication_group" "sessions_group" {
  replication_group_id       = "sessions"
  description                = "Sessions"
  node_type                  = "cache.t4g.small"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
  snapshot_retention_limit   = 7
  tags = {
    Owner = "platform"
  }
}

resource "aws_elasticache_replication_group" "scores" {
  replication_group_id = "scores"
  description          = "Scores"
  node_type            = "cache.m5.large"
}

resource "aws_elasticache_replication_group" "valkeys" {
  replication_group_id = "valkeys"
  description          = "Valkey"
  engine               = "valkey"
  node_type            = "cache.m7g.large"
}

resource "aws_elasticache_cluster" "sessions_reader" {
  cluster_id           = "sessions-reader"
  replication_group_id = aws_elasticache_replication_group.sessions_group.id
}

resource "aws_elasticache_cluster" "pages" {
  cluster_id      = "pages"
  engine          = "memcached"
  node_type       = "cache.t3.micro"
  num_cache_nodes = 2
}

resource "aws_elasticache_cluster" "single" {
  cluster_id      = "single"
  engine          = "redis"
  node_type       = "cache.t4g.micro"
  num_cache_nodes = 1
}

resource "aws_opensearch_domain" "search" {
  domain_name    = "search"
  engine_version = "OpenSearch_2.17"

  cluster_config {
    instance_type            = "r7g.large.search"
    instance_count           = 3
    zone_awareness_enabled   = true
    dedicated_master_enabled = true
    dedicated_master_type    = "m7g.medium.search"
    dedicated_master_count   = 3
    zone_awareness_config {
      availability_zone_count = 3
    }
  }

  ebs_options {
    ebs_enabled = true
    volume_type = "gp3"
    volume_size = 100
  }

  vpc_options {
    subnet_ids = ["subnet-0a", "subnet-0b", "subnet-0c"]
  }

  advanced_security_options {
    enabled                        = true
    internal_user_database_enabled = false
    master_user_options {
      master_user_arn = "arn:aws:iam::111122223333:role/search"
    }
  }

  encrypt_at_rest {
    enabled = true
  }
  node_to_node_encryption {
    enabled = true
  }
  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }

  dynamic "log_publishing_options" {
    for_each = ["ES_APPLICATION_LOGS", "AUDIT_LOGS"]
    content {
      log_type                 = log_publishing_options.value
      cloudwatch_log_group_arn = "arn:aws:logs:eu-west-1:111122223333:log-group:search"
    }
  }

  tags = {
    Owner = "platform"
  }
}

resource "aws_opensearch_domain" "open" {
  domain_name = "open"

  cluster_config {
    instance_count = 1
  }
  ebs_options {
    ebs_enabled = true
    volume_type = "gp2"
    volume_size = 20
  }

  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "es:*"
      Resource  = "*"
    }]
  })
}

resource "aws_elasticsearch_domain" "texts" {
  domain_name           = "texts"
  elasticsearch_version = "7.10"

  cluster_config {
    instance_type  = "m5.large.elasticsearch"
    instance_count = 2
  }
  log_publishing_options {
    log_type                 = "ES_APPLICATION_LOGS"
    cloudwatch_log_group_arn = "arn:aws:logs:eu-west-1:111122223333:log-group:texts"
    enabled                  = false
  }
}

resource "aws_elasticsearch_domain_policy" "texts" {
  domain_name = aws_elasticsearch_domain.texts.domain_name
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = "es:*"
      Resource  = "*"
    }]
  })
}

resource "aws_dms_replication_instance" "quiet" {
  replication_instance_id    = "quiet"
  replication_instance_class = "dms.t3.medium"
}

resource "aws_dms_replication_instance" "exposed" {
  replication_instance_id    = "exposed"
  replication_instance_class = "dms.t3.medium"
  publicly_accessible        = true
}

resource "aws_timestreamwrite_table" "readings" {
  database_name = "plant"
  table_name    = "readings"
  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_timestreamwrite_table" "scratch" {
  database_name = "plant"
  table_name    = "scratch"
}
