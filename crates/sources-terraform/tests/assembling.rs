//! What Terraform splits is one resource again, and what is not known about it stays so.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::PathBuf;

use model::{Builder, Inventory, Node, Presence, Resource, Value};
use sources_terraform::{Options, read};
use tempfile::TempDir;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn read_paths(paths: &[PathBuf]) -> Inventory {
    let mut builder = Builder::new();
    read(paths, &Options::default(), &mut |_| {}, &mut builder).unwrap();
    builder.build()
}

fn inventory(files: &[(&str, &str)]) -> Inventory {
    let folder = folder(files);
    read_paths(&[folder.path().to_owned()])
}

fn resource<'i>(inventory: &'i Inventory, id: &str) -> &'i Resource {
    let found = inventory.resources.iter().find(|resource| resource.id == id);
    found.unwrap_or_else(|| panic!("{id} is not among {:?}", ids(inventory)))
}

fn ids(inventory: &Inventory) -> Vec<&str> {
    inventory.resources.iter().map(|resource| resource.id.as_str()).collect()
}

/// What stands at a path, in short: `unknown`, `unset`, or the text.
fn at(resource: &Resource, path: &str) -> String {
    let mut node: Option<&Node> = Some(&resource.properties);
    for step in path.split('.') {
        node = node.and_then(|node| match (&node.value, step.parse::<usize>()) {
            (Value::List(items), Ok(number)) => items.get(number),
            _ => node.get(step),
        });
    }
    match node.map(|node| &node.value) {
        None => "unset".to_owned(),
        Some(Value::Text(text) | Value::Number(text)) => text.to_string(),
        Some(Value::Bool(value)) => value.to_string(),
        Some(Value::Unknown(_)) => "unknown".to_owned(),
        Some(Value::Reference(reference)) => format!("-> {}", reference.target.0),
        Some(Value::List(items)) => format!("{} items", items.len()),
        Some(other) => format!("{other:?}"),
    }
}

#[test]
fn parts_are_found_by_reference_by_name_and_through_modules() {
    let inventory = inventory(&[
        (
            "main.tf",
            r#"
resource "aws_s3_bucket" "one" { bucket = "shop-one" }
resource "aws_s3_bucket_versioning" "one" {
  bucket = aws_s3_bucket.one.id
  versioning_configuration { status = "Enabled" }
}
resource "aws_s3_bucket" "two" { bucket = "shop-two" }
resource "aws_s3_bucket_versioning" "two" {
  bucket = "shop-two"
  versioning_configuration { status = "Suspended" }
}
module "bucket" {
  source   = "./bucket"
  for_each = toset(["eu", "us"])
  name     = "shop-${each.key}"
}
resource "aws_s3_bucket_versioning" "of_module" {
  for_each = module.bucket
  bucket   = each.value.id
  versioning_configuration { status = each.key == "eu" ? "Enabled" : "Suspended" }
}
"#,
        ),
        (
            "bucket/main.tf",
            r#"
variable "name" {}
resource "aws_s3_bucket" "this" { bucket = var.name }
output "id" { value = aws_s3_bucket.this.id }
"#,
        ),
    ]);
    let status = |id: &str| at(resource(&inventory, id), "VersioningConfiguration.Status");
    assert_eq!(status("aws_s3_bucket.one"), "Enabled");
    assert_eq!(status("aws_s3_bucket.two"), "Suspended");
    assert_eq!(status("module.bucket[\"eu\"].aws_s3_bucket.this"), "Enabled");
    assert_eq!(status("module.bucket[\"us\"].aws_s3_bucket.this"), "Suspended");
    assert_eq!(inventory.resources.len(), 4, "{:?}", ids(&inventory));
    assert_eq!(inventory.gaps, []);
}

#[test]
fn a_part_that_may_belong_to_any_leaves_open_what_it_sets() {
    let inventory = inventory(&[(
        "main.tf",
        r#"
variable "bucket" {}
variable "wanted" {}
resource "aws_s3_bucket" "bare" {}
resource "aws_s3_bucket" "versioned" {}
resource "aws_s3_bucket_versioning" "versioned" {
  bucket = aws_s3_bucket.versioned.id
  versioning_configuration { status = "Enabled" }
}
resource "aws_s3_bucket_versioning" "whose" {
  bucket = var.bucket
  versioning_configuration { status = "Enabled" }
}
resource "aws_s3_bucket_logging" "perhaps" {
  count         = var.wanted ? 1 : 0
  bucket        = aws_s3_bucket.bare.id
  target_bucket = "logs"
}
resource "aws_s3_bucket_versioning" "elsewhere" {
  bucket = "of-somebody-else"
  versioning_configuration { status = "Enabled" }
}
"#,
    )]);
    let bare = resource(&inventory, "aws_s3_bucket.bare");
    assert_eq!(at(bare, "VersioningConfiguration"), "unknown");
    assert_eq!(at(bare, "LoggingConfiguration"), "unknown");
    let versioned = resource(&inventory, "aws_s3_bucket.versioned");
    assert_eq!(at(versioned, "VersioningConfiguration.Status"), "Enabled");
    assert_eq!(at(versioned, "LoggingConfiguration"), "unset");
    assert_eq!(resource(&inventory, "aws_s3_bucket_versioning.elsewhere").kind, "aws_s3_bucket_versioning");
}

#[test]
fn nested_blocks_become_resources_that_point_to_what_they_stand_in() {
    let inventory = inventory(&[(
        "main.tf",
        r#"
resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
resource "aws_internet_gateway" "main" { vpc_id = aws_vpc.main.id }
resource "aws_route_table" "public" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}
resource "aws_security_group_rule" "web" {
  type              = "ingress"
  from_port         = 443
  to_port           = 443
  protocol          = "tcp"
  cidr_blocks       = ["10.0.0.0/8", "192.168.0.0/16"]
  security_group_id = "sg-1"
}
variable "direction" {}
resource "aws_security_group_rule" "either" {
  type              = var.direction
  from_port         = 0
  to_port           = 0
  protocol          = "-1"
  self              = true
  security_group_id = "sg-1"
}
"#,
    )]);
    let route = resource(&inventory, "aws_route_table.public.route[0]");
    assert_eq!(route.kind, "AWS::EC2::Route");
    let table = inventory.resources.iter().position(|resource| resource.id == "aws_route_table.public").unwrap();
    assert_eq!(at(route, "RouteTableId"), format!("-> {table}"));
    assert_eq!(at(route, "DestinationCidrBlock"), "0.0.0.0/0");
    let perhaps = resource(&inventory, "aws_security_group_rule.either");
    assert!(matches!(perhaps.presence, Presence::Possible(_)));
    let rules: Vec<String> = inventory
        .resources
        .iter()
        .filter(|resource| resource.kind == "AWS::EC2::SecurityGroupIngress" && resource.presence == Presence::Certain)
        .map(|resource| format!("{} {}", resource.id, at(resource, "CidrIp")))
        .collect();
    assert_eq!(rules, ["aws_security_group_rule.web#1 10.0.0.0/8", "aws_security_group_rule.web#2 192.168.0.0/16"]);
}

#[test]
fn what_has_no_mapping_keeps_its_names_and_what_needs_none_gets_them() {
    let inventory = inventory(&[(
        "main.tf",
        r#"
resource "aws_unheard_of" "x" { some_argument = 1 }
resource "awscc_rds_db_instance" "x" { storage_encrypted = false }
resource "random_id" "x" { byte_length = 4 }
"#,
    )]);
    assert_eq!(at(resource(&inventory, "aws_unheard_of.x"), "some_argument"), "1");
    let database = resource(&inventory, "awscc_rds_db_instance.x");
    assert_eq!((database.kind.as_str(), at(database, "StorageEncrypted")), ("AWS::RDS::DBInstance", "false".to_owned()));
    assert_eq!(inventory.resources.len(), 2);
}

#[test]
fn waivers_and_suppressions_stand_on_their_resource() {
    let inventory = inventory(&[(
        "main.tf",
        r#"
# pilaster:waive s3_bucket_versioning reason="made anew every night" until=2027-01-31
resource "aws_s3_bucket" "scratch" {
  #checkov:skip=CKV_AWS_18:no logs
}
"#,
    )]);
    let bucket = resource(&inventory, "aws_s3_bucket.scratch");
    let waivers = bucket.attributes["Metadata"].get("pilaster").and_then(|node| node.get("waive")).unwrap();
    let Value::List(waivers) = &waivers.value else { panic!() };
    assert!(matches!(&waivers[0].get("check").unwrap().value, Value::Text(text) if &**text == "s3_bucket_versioning"));
    let [suppression] = inventory.suppressions.as_slice() else { panic!("{:?}", inventory.suppressions) };
    assert_eq!(inventory.resource(suppression.resource.unwrap()).id, "aws_s3_bucket.scratch");
}

#[test]
fn a_broken_block_costs_only_itself_and_says_where() {
    let inventory = inventory(&[
        ("a.tf", "resource \"aws_s3_bucket\" \"a\" {\n  bucket =\n}\n\nresource \"aws_s3_bucket\" \"b\" {}\n"),
        ("b.tf", "resource \"aws_s3_bucket\" \"c\" {}\n"),
    ]);
    assert_eq!(ids(&inventory), ["aws_s3_bucket.b", "aws_s3_bucket.c"]);
    let [gap] = inventory.gaps.as_slice() else { panic!("{:?}", inventory.gaps) };
    assert!(gap.file.as_ref().unwrap().ends_with("a.tf"));
    assert_eq!(gap.line, Some(2));
}

#[test]
fn a_module_is_read_where_it_is_called_and_not_by_itself() {
    let files = [
        ("live/main.tf", "module \"a\" {\n  source = \"../modules/a\"\n}\n"),
        ("modules/a/main.tf", "resource \"aws_s3_bucket\" \"x\" {}\n"),
        ("modules/b/main.tf", "resource \"aws_s3_bucket\" \"y\" {}\n"),
    ];
    assert_eq!(ids(&inventory(&files)), ["module.a.aws_s3_bucket.x", "aws_s3_bucket.y"]);
}

const PLAN: &str = r#"{
  "format_version": "1.2", "terraform_version": "1.11.4",
  "resource_changes": [
    { "address": "aws_sqs_queue.a", "mode": "managed", "type": "aws_sqs_queue", "name": "a",
      "change": { "actions": ["create"], "before": null,
        "after": { "name": "a", "visibility_timeout_seconds": 30 }, "after_unknown": { "id": true, "policy": true } } },
    { "address": "aws_sqs_queue.gone", "mode": "managed", "type": "aws_sqs_queue", "name": "gone",
      "change": { "actions": ["delete"], "before": { "name": "gone" }, "after": null, "after_unknown": {} } }
  ],
  "configuration": { "root_module": { "resources": [
    { "address": "aws_sqs_queue.a", "mode": "managed", "type": "aws_sqs_queue", "name": "a",
      "expressions": { "name": { "constant_value": "a" } } }
  ] } }
}"#;

#[test]
fn a_plan_takes_its_places_from_the_code_beside_it() {
    let folder = folder(&[
        ("plan.json", PLAN),
        ("main.tf", "\nresource \"aws_sqs_queue\" \"a\" {\n  name = \"a\"\n  lifecycle { prevent_destroy = true }\n}\n"),
    ]);
    let inventory = read_paths(&[folder.path().join("plan.json")]);
    let [queue] = inventory.resources.as_slice() else { panic!("{:?}", ids(&inventory)) };
    assert!(inventory.place(queue.origin).ends_with("main.tf:2"));
    assert!(inventory.place(queue.properties.get("QueueName").unwrap().origin).ends_with("main.tf:3"));
    assert!(matches!(&queue.attributes["DeletionPolicy"].value, Value::Text(text) if &**text == "Retain"));
    // Walked as a folder, the code counts: the plan may be older.
    let inventory = read_paths(&[folder.path().to_owned()]);
    assert_eq!(inventory.resources.len(), 1);
    assert!(inventory.skipped.iter().any(|skipped| skipped.file.ends_with("plan.json")));
}

#[test]
fn a_plan_by_itself_does_not_tell_what_keeps_a_resource() {
    let folder = folder(&[("plan.json", PLAN)]);
    let inventory = read_paths(&[folder.path().to_owned()]);
    let [queue] = inventory.resources.as_slice() else { panic!("{:?}", ids(&inventory)) };
    assert!(inventory.place(queue.origin).ends_with("plan.json"));
    assert!(matches!(queue.attributes["DeletionPolicy"].value, Value::Unknown(_)));
}
