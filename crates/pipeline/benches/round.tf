
resource "aws_vpc" "r_ROUND" {
  cidr_block = "10.0.0.0/16"
  tags       = merge(local.tags, { Name = "network-ROUND" })
}

resource "aws_subnet" "r_ROUND" {
  vpc_id            = aws_vpc.r_ROUND.id
  availability_zone = "eu-west-1a"
  cidr_block        = cidrsubnet("10.0.0.0/16", 8, ROUND % 200)
}

resource "aws_security_group" "r_ROUND" {
  name        = "web-ROUND"
  description = "what the web may reach"
  vpc_id      = aws_vpc.r_ROUND.id

  dynamic "ingress" {
    for_each = var.ports
    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}

resource "aws_s3_bucket" "r_ROUND" {
  bucket = "shop-${var.environment}-ROUND"
}

resource "aws_s3_bucket_versioning" "r_ROUND" {
  bucket = aws_s3_bucket.r_ROUND.id
  versioning_configuration {
    status = local.is_production ? "Enabled" : "Suspended"
  }
}

resource "aws_sqs_queue" "r_ROUND" {
  name                      = "orders-ROUND"
  message_retention_seconds = 4 * 24 * 3600
}

resource "aws_db_instance" "r_ROUND" {
  identifier           = "orders-ROUND"
  engine               = "postgres"
  instance_class       = "db.t4g.medium"
  storage_encrypted    = var.encrypted
  multi_az             = local.is_production
  skip_final_snapshot  = true
}

resource "aws_iam_role" "r_ROUND" {
  name = "worker-ROUND"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "r_ROUND" {
  role = aws_iam_role.r_ROUND.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage"], Resource = aws_sqs_queue.r_ROUND.arn },
      { Effect = "Allow", Action = "s3:GetObject", Resource = "${aws_s3_bucket.r_ROUND.arn}/*" },
    ]
  })
}

resource "aws_lambda_function" "r_ROUND" {
  function_name = "worker-ROUND"
  role          = aws_iam_role.r_ROUND.arn
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  memory_size   = local.is_production ? 512 : 128

  environment {
    variables = { QUEUE = aws_sqs_queue.r_ROUND.url, STAGE = upper(var.environment) }
  }
}
