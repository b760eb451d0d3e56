provider "aws" {
  region = "eu-west-1"
}

locals {
  tags = {
    Owner       = "shop"
    Environment = "prod"
    CostCenter  = "42"
  }
}

# What is as it should be: two zones, each with a gateway of its own.

resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
  tags                 = local.tags
}

resource "aws_flow_log" "main_flow_log" {
  vpc_id               = aws_vpc.main.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::traffic-of-the-shop"
}

resource "aws_subnet" "private" {
  for_each          = { a = "10.0.0.0/20", b = "10.0.16.0/20" }
  vpc_id            = aws_vpc.main.id
  cidr_block        = each.value
  availability_zone = "eu-west-1${each.key}"
}

resource "aws_subnet" "public" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 4, 8 + count.index)
  availability_zone = ["eu-west-1a", "eu-west-1b"][count.index]
}

resource "aws_internet_gateway" "internet" {
  vpc_id = aws_vpc.main.id
}

resource "aws_eip" "nat" {
  count  = 2
  domain = "vpc"
}

resource "aws_nat_gateway" "zone" {
  count         = 2
  allocation_id = aws_eip.nat[count.index].id
  subnet_id     = aws_subnet.public[count.index].id
  tags          = local.tags
}

resource "aws_route_table" "table_private_a" {
  vpc_id = aws_vpc.main.id

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.zone[0].id
  }
  route {
    cidr_block                = "10.2.8.0/24"
    vpc_peering_connection_id = aws_vpc_peering_connection.to_partner.id
  }
}

resource "aws_route_table" "table_private_b" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route" "out_of_b" {
  route_table_id         = aws_route_table.table_private_b.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.zone[1].id
}

resource "aws_route_table_association" "table_of_a" {
  subnet_id      = aws_subnet.private["a"].id
  route_table_id = aws_route_table.table_private_a.id
}

resource "aws_route_table_association" "table_of_b" {
  subnet_id      = aws_subnet.private["b"].id
  route_table_id = aws_route_table.table_private_b.id
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id          = aws_vpc.main.id
  service_name    = "com.amazonaws.eu-west-1.s3"
  route_table_ids = [aws_route_table.table_private_a.id, aws_route_table.table_private_b.id]
}

resource "aws_vpc_endpoint" "dynamodb" {
  vpc_id       = aws_vpc.main.id
  service_name = "com.amazonaws.eu-west-1.dynamodb"
}

resource "aws_vpc_endpoint_route_table_association" "dynamodb" {
  vpc_endpoint_id = aws_vpc_endpoint.dynamodb.id
  route_table_id  = aws_route_table.table_private_a.id
}

resource "aws_network_acl" "strict" {
  vpc_id = aws_vpc.main.id

  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "tcp"
    cidr_block = "10.0.0.0/16"
    from_port  = 22
    to_port    = 22
  }
  egress {
    rule_no    = 100
    action     = "allow"
    protocol   = "-1"
    cidr_block = "0.0.0.0/0"
    from_port  = 0
    to_port    = 0
  }
}

resource "aws_eip" "attached" {
  domain = "vpc"
}

resource "aws_eip_association" "attachment" {
  allocation_id        = aws_eip.attached.id
  network_interface_id = "eni-0123456789abcdef0"
}

resource "aws_ec2_transit_gateway" "hub" {
  description = "Between the networks of the shop"
  tags        = local.tags
}

# What is not.

resource "aws_vpc" "legacy" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "open" {
  vpc_id                  = aws_vpc.legacy.id
  cidr_block              = "10.1.0.0/24"
  availability_zone       = "eu-west-1a"
  map_public_ip_on_launch = true
}

resource "aws_subnet" "open_too" {
  vpc_id                  = aws_vpc.legacy.id
  cidr_block              = "10.1.1.0/24"
  availability_zone       = "eu-west-1a"
  map_public_ip_on_launch = true
}

resource "aws_eip" "idle" {
  domain = "vpc"
}

resource "aws_eip" "only" {
  domain = "vpc"
}

resource "aws_nat_gateway" "only_gateway" {
  allocation_id = aws_eip.only.id
  subnet_id     = aws_subnet.open.id
}

resource "aws_subnet" "far" {
  vpc_id            = aws_vpc.legacy.id
  cidr_block        = "10.1.2.0/24"
  availability_zone = "eu-west-1b"
}

resource "aws_route_table" "table_far" {
  vpc_id = aws_vpc.legacy.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.only_gateway.id
  }
}

resource "aws_route_table_association" "table_of_far" {
  subnet_id      = aws_subnet.far.id
  route_table_id = aws_route_table.table_far.id
}

resource "aws_default_route_table" "legacy_main" {
  default_route_table_id = aws_vpc.legacy.default_route_table_id
  route {
    # The whole of the other network.
    cidr_block                = aws_vpc.partner.cidr_block
    vpc_peering_connection_id = aws_vpc_peering_connection.overlapping.id
  }
}

resource "aws_vpc" "partner" {
  cidr_block = "10.2.0.0/16"
  tags       = local.tags
}

resource "aws_vpc" "copy_of_partner" {
  cidr_block = "10.2.0.0/16"
}

resource "aws_vpc_peering_connection" "to_partner" {
  vpc_id      = aws_vpc.main.id
  peer_vpc_id = aws_vpc.partner.id
}

resource "aws_vpc_peering_connection" "overlapping" {
  vpc_id      = aws_vpc.copy_of_partner.id
  peer_vpc_id = aws_vpc.partner.id
}

resource "aws_network_acl" "loose" {
  vpc_id = aws_vpc.legacy.id
  ingress {
    rule_no    = 100
    action     = "allow"
    protocol   = "all"
    cidr_block = "0.0.0.0/0"
    from_port  = 0
    to_port    = 0
  }
}

resource "aws_network_acl_rule" "desktop" {
  network_acl_id  = aws_network_acl.loose.id
  rule_number     = 110
  rule_action     = "allow"
  protocol        = "6"
  ipv6_cidr_block = "::/0"
  from_port       = 3389
  to_port         = 3389
}

resource "aws_network_acl_rule" "outbound" {
  network_acl_id = aws_network_acl.loose.id
  egress         = true
  rule_number    = 110
  rule_action    = "allow"
  protocol       = "-1"
  cidr_block     = "0.0.0.0/0"
}

resource "aws_ec2_transit_gateway" "open_hub" {
  auto_accept_shared_attachments = "enable"
}

resource "aws_vpn_gateway" "office" {
  vpc_id = aws_vpc.main.id
}

resource "aws_customer_gateway" "office_router" {
  type       = "ipsec.1"
  bgp_asn    = 65000
  ip_address = "203.0.113.12"
}

resource "aws_vpn_connection" "office_line" {
  type                  = "ipsec.1"
  customer_gateway_id   = aws_customer_gateway.office_router.id
  vpn_gateway_id        = aws_vpn_gateway.office.id
  tunnel1_preshared_key = "Wh1teR4bbit0fTheShop"
}

resource "aws_vpn_connection" "second_line" {
  type                = "ipsec.1"
  customer_gateway_id = aws_customer_gateway.office_router.id
  vpn_gateway_id      = aws_vpn_gateway.office.id
}

resource "aws_dx_connection" "fibre" {
  name      = "fibre"
  bandwidth = "1Gbps"
  location  = "EqDC2"
}
