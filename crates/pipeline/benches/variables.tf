variable "environment" {
  type    = string
  default = "production"
}

variable "encrypted" {
  type    = bool
  default = true
}

variable "ports" {
  type    = list(number)
  default = [80, 443]
}

locals {
  is_production = var.environment == "production"
  tags          = { Environment = var.environment, Owner = "shop" }
}

provider "aws" {
  region = "eu-west-1"
  default_tags {
    tags = local.tags
  }
}
