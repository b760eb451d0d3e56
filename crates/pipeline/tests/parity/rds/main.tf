provider "aws" {
  region = "eu-west-1"
}

locals {
  zones = ["eu-west-1a", "eu-west-1b"]
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "data" {
  count             = length(local.zones)
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
  availability_zone = local.zones[count.index]
}

resource "aws_db_subnet_group" "data" {
  name       = "data"
  subnet_ids = aws_subnet.data[*].id
}

resource "aws_db_instance" "orders" {
  identifier                          = "orders"
  engine                              = "postgres"
  engine_version                      = "17.2"
  instance_class                      = "db.r7g.large"
  allocated_storage                   = 100
  max_allocated_storage               = 500
  storage_type                        = "gp3"
  storage_encrypted                   = true
  db_name                             = "orders"
  username                            = "orders"
  manage_master_user_password         = true
  multi_az                            = true
  db_subnet_group_name                = aws_db_subnet_group.data.name
  publicly_accessible                 = false
  backup_retention_period             = 14
  copy_tags_to_snapshot               = true
  deletion_protection                 = true
  monitoring_interval                 = 60
  monitoring_role_arn                 = "arn:aws:iam::111122223333:role/monitoring"
  performance_insights_enabled        = true
  enabled_cloudwatch_logs_exports     = ["postgresql"]
  iam_database_authentication_enabled = true
  final_snapshot_identifier           = "orders-final"
  tags = {
    Owner = "platform"
  }
}

resource "aws_db_instance" "orders_replica" {
  identifier          = "orders-replica"
  replicate_source_db = aws_db_instance.orders.identifier
  instance_class      = "db.r7g.large"
  skip_final_snapshot = true
}

resource "aws_db_instance" "legacy" {
  identifier                 = "legacy"
  engine                     = "mysql"
  engine_version             = "5.7.44"
  instance_class             = "db.m4.large"
  allocated_storage          = 20
  storage_type               = "gp2"
  username                   = "admin"
  password                   = "correct-horse-battery"
  publicly_accessible        = true
  backup_retention_period    = 1
  auto_minor_version_upgrade = false
  skip_final_snapshot        = true
}

resource "aws_db_instance" "unsaid" {
  engine            = "mariadb"
  instance_class    = "db.t3.micro"
  allocated_storage = 20
  username          = "admin"
  password          = "correct-horse-battery"
}

resource "aws_db_instance" "licensed" {
  identifier          = "licensed"
  engine              = "oracle-se2"
  license_model       = "license-included"
  instance_class      = "db.m5.large"
  allocated_storage   = 20
  username            = "admin"
  password            = "correct-horse-battery"
  snapshot_identifier = "licensed-2026"
}

resource "aws_rds_cluster" "shop" {
  cluster_identifier              = "shop"
  engine                          = "aurora-postgresql"
  engine_version                  = "16.6"
  database_name                   = "shop"
  master_username                 = "shop"
  manage_master_user_password     = true
  storage_encrypted               = true
  backup_retention_period         = 14
  copy_tags_to_snapshot           = true
  deletion_protection             = true
  db_subnet_group_name            = aws_db_subnet_group.data.name
  enabled_cloudwatch_logs_exports = ["postgresql"]
  final_snapshot_identifier       = "shop-final"
  tags = {
    Owner = "platform"
  }
}

resource "aws_rds_cluster_instance" "shop_first" {
  identifier                   = "shop-first"
  cluster_identifier           = aws_rds_cluster.shop.id
  engine                       = aws_rds_cluster.shop.engine
  engine_version               = aws_rds_cluster.shop.engine_version
  instance_class               = "db.r7g.large"
  db_subnet_group_name         = aws_db_subnet_group.data.name
  performance_insights_enabled = true
  monitoring_interval          = 30
  monitoring_role_arn          = "arn:aws:iam::111122223333:role/monitoring"
}

resource "aws_rds_cluster_instance" "shop_second" {
  identifier         = "shop-second"
  cluster_identifier = aws_rds_cluster.shop.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r5.large"
}

resource "aws_rds_cluster" "lonely" {
  cluster_identifier  = "lonely"
  engine              = "aurora-mysql"
  engine_version      = "5.7.mysql_aurora.2.11.2"
  master_username     = "admin"
  master_password     = "correct-horse-battery"
  storage_encrypted   = false
  skip_final_snapshot = true
}

resource "aws_rds_cluster_instance" "lonely_member" {
  identifier                 = "lonely"
  cluster_identifier         = aws_rds_cluster.lonely.cluster_identifier
  engine                     = "aurora-mysql"
  instance_class             = "db.t2.small"
  publicly_accessible        = true
  auto_minor_version_upgrade = false
}

resource "aws_db_event_subscription" "instances" {
  name             = "instances"
  sns_topic        = "arn:aws:sns:eu-west-1:111122223333:operations"
  source_type      = "db-instance"
  event_categories = ["maintenance", "configuration change", "failure"]
}

resource "aws_db_event_subscription" "silent" {
  name             = "silent"
  sns_topic        = "arn:aws:sns:eu-west-1:111122223333:operations"
  source_type      = "db-cluster"
  event_categories = ["creation"]
  enabled          = false
}

resource "aws_docdb_cluster" "catalog" {
  cluster_identifier  = "catalog"
  master_username     = "catalog"
  master_password     = "correct-horse-battery"
  skip_final_snapshot = true
}

resource "aws_docdb_cluster_instance" "catalog_member" {
  identifier         = "catalog-member"
  cluster_identifier = aws_docdb_cluster.catalog.id
  instance_class     = "db.r6g.large"
}

resource "aws_docdb_cluster" "profiles" {
  cluster_identifier          = "profiles"
  master_username             = "profiles"
  manage_master_user_password = true
  storage_encrypted           = true
  deletion_protection         = true
  final_snapshot_identifier   = "profiles-final"
  tags = {
    Owner = "platform"
  }
}

resource "aws_neptune_cluster" "graph" {
  cluster_identifier        = "graph"
  storage_encrypted         = true
  final_snapshot_identifier = "graph-final"
  tags = {
    Owner = "platform"
  }
}

resource "aws_neptune_cluster_instance" "graph_member" {
  identifier         = "graph-member"
  cluster_identifier = aws_neptune_cluster.graph.id
  instance_class     = "db.r6g.large"
}

resource "aws_neptune_cluster" "scratch" {
  cluster_identifier  = "scratch"
  skip_final_snapshot = true
}
