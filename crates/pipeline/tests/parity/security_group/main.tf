provider "aws" {
  region = "eu-west-1"
}

variable "clients" {
  type    = list(string)
  default = ["10.0.0.0/8", "192.0.2.0/24"]
}

locals {
  open_ports = { redis = 6379, search = 9200 }
}

resource "aws_vpc" "shop" {
  cidr_block = "10.0.0.0/16"
}

# Rules in their group.

resource "aws_security_group" "web" {
  name        = "web"
  description = "HTTPS from anywhere"
  vpc_id      = aws_vpc.shop.id

  ingress {
    protocol         = "tcp"
    from_port        = 443
    to_port          = 443
    cidr_blocks      = ["0.0.0.0/0"]
    ipv6_cidr_blocks = ["::/0"]
  }
  ingress {
    protocol        = "tcp"
    from_port       = 22
    to_port         = 22
    cidr_blocks     = var.clients
    security_groups = [aws_security_group.bastion.id]
  }
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "bastion" {
  description = "SSH from anywhere, in two halves"
  vpc_id      = aws_vpc.shop.id

  dynamic "ingress" {
    for_each = ["0.0.0.0/1", "128.0.0.0/1"]
    content {
      protocol    = "tcp"
      from_port   = 20
      to_port     = 30
      cidr_blocks = [ingress.value]
    }
  }
}

resource "aws_security_group" "everything" {
  description = "No firewall"
  vpc_id      = aws_vpc.shop.id

  ingress = [{
    protocol         = "-1"
    from_port        = 0
    to_port          = 0
    cidr_blocks      = []
    ipv6_cidr_blocks = ["::/0"]
    prefix_list_ids  = []
    security_groups  = []
    self             = false
    description      = "anyone"
  }]
}

resource "aws_default_security_group" "closed" {
  vpc_id = aws_vpc.shop.id
}

# Rules by themselves, of the first form.

resource "aws_security_group" "database" {
  description = "PostgreSQL"
  vpc_id      = aws_vpc.shop.id
}

resource "aws_security_group_rule" "database_from_web" {
  type                     = "ingress"
  security_group_id        = aws_security_group.database.id
  protocol                 = "tcp"
  from_port                = 5432
  to_port                  = 5432
  source_security_group_id = aws_security_group.web.id
}

resource "aws_security_group_rule" "database_out" {
  type              = "egress"
  security_group_id = aws_security_group.database.id
  protocol          = "all"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_security_group" "stores" {
  description = "Data for all"
  vpc_id      = aws_vpc.shop.id
}

resource "aws_security_group_rule" "store" {
  for_each          = local.open_ports
  type              = "ingress"
  security_group_id = aws_security_group.stores.id
  protocol          = "tcp"
  from_port         = each.value
  to_port           = each.value
  cidr_blocks       = ["10.0.0.0/8", "0.0.0.0/0"]
}

# Of the second.

resource "aws_security_group" "windows" {
  description = "Remote Desktop"
  vpc_id      = aws_vpc.shop.id
}

resource "aws_vpc_security_group_ingress_rule" "desktop" {
  security_group_id = aws_security_group.windows.id
  ip_protocol       = "tcp"
  from_port         = 3389
  to_port           = 3389
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_ingress_rule" "desktop_from_inside" {
  security_group_id            = aws_security_group.windows.id
  ip_protocol                  = "-1"
  referenced_security_group_id = aws_security_group.windows.id
}

resource "aws_vpc_security_group_egress_rule" "windows_out" {
  security_group_id = aws_security_group.windows.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_subnet" "inside" {
  vpc_id     = aws_vpc.shop.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_security_group_rule" "desktop_from_subnet" {
  type              = "ingress"
  security_group_id = aws_security_group.windows.id
  protocol          = "udp"
  from_port         = 3389
  to_port           = 3389
  cidr_blocks       = [aws_subnet.inside.cidr_block]
}

# Of a group that is not part of this.

resource "aws_vpc_security_group_ingress_rule" "of_another" {
  security_group_id = "sg-0123456789abcdef0"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv6         = "::/0"
}
