provider "aws" {
  region = "eu-west-1"
}

resource "aws_kinesis_stream" "clicks" {
  name             = "clicks"
  shard_count      = 2
  retention_period = 48
  encryption_type  = "KMS"
  kms_key_id       = "alias/aws/kinesis"
  tags = {
    Owner = "platform"
  }
}

resource "aws_kinesis_stream" "scratch" {
  name = "scratch"
  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}

resource "aws_kinesis_firehose_delivery_stream" "to_bucket" {
  name        = "to-bucket"
  destination = "extended_s3"
  extended_s3_configuration {
    role_arn   = "arn:aws:iam::111122223333:role/delivery"
    bucket_arn = "arn:aws:s3:::clicks"
  }
  server_side_encryption {
    enabled = true
  }
  tags = {
    Owner = "platform"
  }
}

resource "aws_kinesis_firehose_delivery_stream" "to_vendor" {
  name        = "to-vendor"
  destination = "http_endpoint"
  http_endpoint_configuration {
    url        = "https://vendor.example/intake"
    access_key = "correct-horse-battery"
    role_arn   = "arn:aws:iam::111122223333:role/delivery"
    s3_configuration {
      role_arn   = "arn:aws:iam::111122223333:role/delivery"
      bucket_arn = "arn:aws:s3:::clicks"
    }
  }
}

resource "aws_msk_cluster" "events" {
  cluster_name           = "events"
  kafka_version          = "3.8.x"
  number_of_broker_nodes = 3

  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = ["subnet-0a", "subnet-0b", "subnet-0c"]
    security_groups = ["sg-0a"]
    storage_info {
      ebs_storage_info {
        volume_size = 100
      }
    }
  }
  client_authentication {
    sasl {
      iam = true
    }
  }
  encryption_info {
    encryption_in_transit {
      client_broker = "TLS"
    }
  }
  tags = {
    Owner = "platform"
  }
}

resource "aws_msk_cluster" "certificates" {
  cluster_name           = "certificates"
  kafka_version          = "3.8.x"
  number_of_broker_nodes = 3

  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = ["subnet-0a", "subnet-0b", "subnet-0c"]
    security_groups = ["sg-0a"]
  }
  client_authentication {
    tls {
      certificate_authority_arns = ["arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/12345678-1234-1234-1234-123456789012"]
    }
  }
}

resource "aws_msk_cluster" "open" {
  cluster_name           = "open"
  kafka_version          = "3.8.x"
  number_of_broker_nodes = 3

  broker_node_group_info {
    instance_type   = "kafka.m5.large"
    client_subnets  = ["subnet-0a", "subnet-0b", "subnet-0c"]
    security_groups = ["sg-0a"]
    connectivity_info {
      public_access {
        type = "SERVICE_PROVIDED_EIPS"
      }
    }
  }
  client_authentication {
    unauthenticated = true
  }
  encryption_info {
    encryption_in_transit {
      client_broker = "TLS_PLAINTEXT"
      in_cluster    = false
    }
  }
}

resource "aws_mq_broker" "queue" {
  broker_name        = "queue"
  engine_type        = "RabbitMQ"
  engine_version     = "3.13"
  host_instance_type = "mq.m5.large"
  user {
    username = "shop"
    password = "correct-horse-battery"
  }
}

resource "aws_glue_job" "nightly" {
  name     = "nightly"
  role_arn = "arn:aws:iam::111122223333:role/glue"
  command {
    script_location = "s3://jobs/nightly.py"
  }
  tags = {
    Owner = "platform"
  }
}

resource "aws_glue_job" "careless" {
  name     = "careless"
  role_arn = "arn:aws:iam::111122223333:role/glue"
  command {
    script_location = "s3://jobs/careless.py"
  }
  default_arguments = {
    "--db_password" = "correct-horse-battery"
  }
}

resource "aws_sagemaker_notebook_instance" "restricted" {
  name                   = "restricted"
  instance_type          = "ml.t3.medium"
  role_arn               = "arn:aws:iam::111122223333:role/notebook"
  subnet_id              = "subnet-0a"
  security_groups        = ["sg-0a"]
  direct_internet_access = "Disabled"
  root_access            = "Disabled"
  tags = {
    Owner = "platform"
  }
}

resource "aws_sagemaker_notebook_instance" "free" {
  name          = "free"
  instance_type = "ml.t3.medium"
  role_arn      = "arn:aws:iam::111122223333:role/notebook"
}

resource "aws_sagemaker_endpoint" "scores" {
  name                 = "scores"
  endpoint_config_name = "scores"
}

resource "aws_eip" "transfer" {
  domain = "vpc"
}

resource "aws_eip" "idle" {
  domain = "vpc"
}

resource "aws_transfer_server" "partners" {
  endpoint_type = "VPC"
  endpoint_details {
    vpc_id                 = "vpc-0a"
    subnet_ids             = ["subnet-0a"]
    address_allocation_ids = [aws_eip.transfer.id]
  }
}
