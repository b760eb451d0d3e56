//! What Terraform splits is one resource again, and what is not known about it stays so.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::PathBuf;

use model::{Builder, ExpressionKind, Inventory, Node, Presence, Resource, Value};
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
    let resources = inventory.resources.iter().filter(|resource| resource.kind != "Pilaster::Template");
    resources.map(|resource| resource.id.as_str()).collect()
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
    assert_eq!(ids(&inventory).len(), 4, "{:?}", ids(&inventory));
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
    assert_eq!(
        (database.kind.as_str(), at(database, "StorageEncrypted")),
        ("AWS::RDS::DBInstance", "false".to_owned())
    );
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
        (
            "main.tf",
            "\nresource \"aws_sqs_queue\" \"a\" {\n  name = \"a\"\n  lifecycle { prevent_destroy = true }\n}\n",
        ),
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

/// The place of what stands at a path.
fn place(inventory: &Inventory, id: &str, path: &str) -> String {
    let mut node = &resource(inventory, id).properties;
    for step in path.split('.') {
        node = match (&node.value, step.parse::<usize>()) {
            (Value::List(items), Ok(number)) => &items[number],
            _ => node.get(step).unwrap_or_else(|| panic!("{id} has no {path}")),
        };
    }
    let place = inventory.place(node.origin);
    place.rsplit_once("plans/").map_or(place.clone(), |(_, place)| place.to_owned())
}

#[test]
fn the_code_beside_a_plan_tells_what_the_plan_leaves_open() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/plans/modules/plan.json");
    let inventory = read_paths(&[path]);
    let to = |id: &str| {
        let number = inventory.resources.iter().position(|resource| resource.id == id);
        format!("-> {}", number.unwrap_or_else(|| panic!("{id} is not there")))
    };
    let bucket = to(r#"module.logs["eu"].aws_s3_bucket.b"#);
    let policy = "PolicyDocument.Statement.0.Resource";
    for (id, path, expected) in [
        ("aws_subnet.c[0]", "VpcId", to("aws_vpc.main")),
        ("aws_iam_role_policy.inline", policy, to(r#"module.logs["us"].aws_s3_bucket.b"#)),
        ("aws_lambda_function.f", "Environment.Variables.BUCKET", bucket.clone()),
        ("aws_lambda_function.f", "Environment.Variables.PLAIN", "x".to_owned()),
        ("aws_s3_bucket_policy.p", &format!("{policy}.0"), bucket),
        ("aws_security_group.sg", "SecurityGroupEgress.0.DestinationSecurityGroupId", to("aws_security_group.other")),
    ] {
        assert_eq!(at(resource(&inventory, id), path), expected, "{id} {path}");
    }
    for (id, path, expected) in [
        ("aws_vpc.main", "CidrBlock", "modules/main.tf:49"),
        ("aws_sqs_queue.jobs", "Tags", "modules/main.tf:45"),
        (r#"module.logs["eu"].aws_s3_bucket.b"#, "VersioningConfiguration.Status", "modules/m/main.tf:17"),
        ("aws_s3_bucket_policy.p", "PolicyDocument.Statement.1.Resource", "modules/main.tf:163"),
        ("aws_security_group.sg", "SecurityGroupIngress.0.FromPort", "modules/main.tf:76"),
        ("aws_security_group.sg", "SecurityGroupIngress.1.FromPort", "modules/main.tf:82"),
        ("aws_security_group.sg", "SecurityGroupEgress.0.FromPort", "modules/main.tf:90"),
    ] {
        assert_eq!(place(&inventory, id, path), expected, "{id} {path}");
    }
    let vpc = resource(&inventory, "aws_vpc.main");
    assert!(matches!(&vpc.attributes["DeletionPolicy"].value, Value::Text(text) if &**text == "Retain"));
    assert!(vpc.attributes.contains_key("Metadata"));
    let suppressed: Vec<_> = inventory.suppressions.iter().filter_map(|suppression| suppression.resource).collect();
    assert_eq!(suppressed.iter().map(|id| inventory.resource(*id).id.as_str()).collect::<Vec<_>>(), ["aws_vpc.main"]);
    // The password comes from a variable, and is not the text that the plan has.
    let password = resource(&inventory, "aws_lambda_function.f").properties.get("Environment").unwrap();
    let password = password.get("Variables").and_then(|node| node.get("PASSWORD")).unwrap();
    assert!(matches!(&password.expression().unwrap().kind, ExpressionKind::Parameter { hidden: true, .. }));
    assert_eq!(inventory.gaps, []);
}

/// A plan of one security group, with these values.
fn plan_of(variables: serde_json::Value, after: serde_json::Value, unknown: serde_json::Value) -> String {
    let address = serde_json::json!({"address": "aws_security_group.g", "mode": "managed",
        "type": "aws_security_group", "name": "g"});
    let mut change = address.clone();
    change["change"] = serde_json::json!({"actions": ["create"], "after": after, "after_unknown": unknown});
    let mut declared = address;
    declared["expressions"] = serde_json::json!({"name": {"constant_value": "g"}});
    let plan = serde_json::json!({"format_version": "1.2", "terraform_version": "1.11.4", "variables": variables,
        "resource_changes": [change], "configuration": {"root_module": {"resources": [declared]}}});
    plan.to_string()
}

/// Resources that were called otherwise, with all they were called.
fn formerly(inventory: &Inventory) -> Vec<(&str, Vec<&str>)> {
    let all = inventory.formerly.iter();
    all.map(|(id, ids)| (inventory.resource(*id).id.as_str(), ids.iter().map(String::as_str).collect())).collect()
}

#[test]
fn blocks_that_moved_tell_what_resources_were_called() {
    let code = inventory(&[
        (
            "main.tf",
            r#"
module "shop" {
  source = "./shop"
  count  = 2
}
moved {
  from = module.store
  to   = module.shop
}
resource "aws_default_network_acl" "a" {
  default_network_acl_id = "acl-1"
}
resource "aws_route_table" "r" {
  for_each = { "x.y" = "10.0.0.0/8" }
  vpc_id   = "vpc-1"
  route {
    cidr_block = each.value
    gateway_id = "igw-1"
  }
}
"#,
        ),
        ("moves.tf.json", r#"{"moved": {"from": "aws_route_table.old", "to": "aws_route_table.r"}}"#),
        (
            "shop/main.tf",
            r#"
resource "aws_sqs_queue" "jobs" {}
moved {
  from = aws_sqs_queue . orders
  to   = aws_sqs_queue.jobs
}
"#,
        ),
    ]);
    let queue = |number: u8| {
        let of = |module: &str, name: &str| format!("module.{module}[{number}].aws_sqs_queue.{name}");
        (of("shop", "jobs"), [of("shop", "orders"), of("store", "jobs"), of("store", "orders")])
    };
    let (queues, routes) = ([queue(0), queue(1)], r#"aws_route_table.old["x.y"]"#);
    let told = formerly(&code);
    for (id, ids) in &queues {
        assert!(told.iter().any(|(own, former)| own == id && former == ids), "{id} in {told:#?}");
    }
    // What is part of a block in Terraform and a resource of its own here moves with it.
    assert!(told.iter().any(|(own, former)| own.ends_with("]") && former == &[routes]), "{told:#?}");
    let route = told.iter().find(|(own, _)| own.contains("route[")).unwrap_or_else(|| panic!("a route in {told:#?}"));
    assert_eq!(route.1, [route.0.replace("table.r", "table.old")]);
    assert!(!told.iter().any(|(own, _)| own.contains("acl")));
}

#[test]
fn a_plan_tells_what_resources_were_called_and_the_code_what_before() {
    let plan = plan_of(serde_json::json!({}), serde_json::json!({"name": "g"}), serde_json::json!({}));
    let plan = plan.replacen("\"change\":", "\"previous_address\":\"aws_security_group.f\",\"change\":", 1);
    let code = r#"
resource "aws_security_group" "g" { name = "g" }
moved {
  from = aws_security_group.e
  to   = aws_security_group.f
}
moved {
  from = aws_security_group.f
  to   = aws_security_group.g
}
"#;
    let folder = folder(&[("plan.json", &plan), ("main.tf", code)]);
    let beside = read_paths(&[folder.path().join("plan.json")]);
    let ids = ["aws_security_group.f", "aws_security_group.e"];
    assert_eq!(formerly(&beside), [("aws_security_group.g", ids.to_vec())]);
    fs::remove_file(folder.path().join("main.tf")).unwrap();
    let alone = read_paths(&[folder.path().join("plan.json")]);
    assert_eq!(formerly(&alone), [("aws_security_group.g", vec!["aws_security_group.f"])]);
}

#[test]
fn blocks_of_a_plan_find_theirs_in_the_code_in_any_order_and_number() {
    let rule = |port: u16, range: &str| serde_json::json!({"from_port": port, "to_port": port, "protocol": "tcp", "cidr_blocks": [range]});
    let rules =
        [rule(22, "10.1.0.0/16"), rule(443, "10.0.0.0/8"), rule(8080, "10.2.0.0/16"), rule(8081, "10.2.0.0/16")];
    let variables = serde_json::json!({"ranges": {"value": {"ssh": "10.1.0.0/16"}}});
    let plan = plan_of(variables, serde_json::json!({"name": "g", "ingress": rules}), serde_json::json!({}));
    let code = r#"
variable "ranges" { default = { ssh = "10.9.0.0/16" } }
data "external" "ports" { program = ["ports"] }
resource "aws_security_group" "g" {
  name = "g"
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = [var.ranges["ssh"]]
  }
  dynamic "ingress" {
    for_each = data.external.ports.result
    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["10.2.0.0/16"]
    }
  }
}
"#;
    let folder = folder(&[("plan.json", &plan), ("main.tf", code)]);
    let inventory = read_paths(&[folder.path().join("plan.json")]);
    let group = resource(&inventory, "aws_security_group.g");
    let line =
        |path: &str| place(&inventory, &group.id, path).rsplit_once(':').map(|(_, line)| line.to_owned()).unwrap();
    let lines: Vec<_> = (0..4).map(|rule| line(&format!("SecurityGroupIngress.{rule}.FromPort"))).collect();
    assert_eq!(lines, ["13", "7", "18", "18"]);
    assert_eq!(at(group, "SecurityGroupIngress.0.CidrIp"), "10.1.0.0/16");
}

#[test]
fn blocks_whose_number_a_plan_does_not_know_are_told_by_the_code() {
    let code = r#"
resource "aws_vpc" "main" {}
resource "aws_security_group" "g" {
  name = "g"
  dynamic "ingress" {
    for_each = toset([aws_vpc.main.id])
    content {
      from_port   = 443
      to_port     = 443
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}
"#;
    let ports = |after: serde_json::Value, unknown: serde_json::Value| {
        let plan = plan_of(serde_json::json!({}), after, unknown);
        let folder = folder(&[("plan.json", &plan), ("main.tf", code)]);
        let inventory = read_paths(&[folder.path().join("plan.json")]);
        at(resource(&inventory, "aws_security_group.g"), "SecurityGroupIngress.0.FromPort")
    };
    let open = serde_json::json!({"id": true, "ingress": true});
    assert_eq!(ports(serde_json::json!({"name": "g"}), open), "443");
    // One that is there already has what the plan says.
    assert_eq!(ports(serde_json::json!({"name": "g", "id": "sg-1", "ingress": []}), serde_json::json!({})), "unset");
}

#[test]
fn a_state_relates_what_the_code_did() {
    let resource_of = |address: &str, values: serde_json::Value, depends_on: &[&str]| {
        let (kind, name) = address.split_once('.').unwrap();
        serde_json::json!({"address": address, "mode": "managed", "type": kind, "name": name, "values": values,
            "sensitive_values": {}, "depends_on": depends_on})
    };
    let identity = serde_json::json!({"address": "data.aws_caller_identity.me", "mode": "data",
        "type": "aws_caller_identity", "name": "me", "values": {"account_id": "123456789012", "id": "123456789012"}});
    let (vpc, group) = ("vpc-0a1b2c3d4e5f60718", "sg-0123456789abcdef0");
    let queue = "https://sqs.eu-west-1.amazonaws.com/123456789012/jobs";
    let resources = serde_json::json!([
        identity,
        resource_of("aws_vpc.main", serde_json::json!({"id": vpc, "cidr_block": "10.0.0.0/16"}), &[]),
        resource_of(
            "aws_subnet.a",
            serde_json::json!({"id": "subnet-1", "vpc_id": vpc, "tags": {"of": vpc}}),
            &["aws_vpc.main"]
        ),
        resource_of("aws_flow_log.main", serde_json::json!({"id": "fl-1", "vpc_id": vpc, "traffic_type": "ALL"}), &[]),
        resource_of(
            "aws_security_group.web",
            serde_json::json!({"id": group, "name": "web", "vpc_id": vpc}),
            &["aws_vpc.main"]
        ),
        resource_of(
            "aws_security_group_rule.web",
            serde_json::json!({"id": "sgrule-1", "type": "ingress", "security_group_id": group, "protocol": "tcp",
                "from_port": 22, "to_port": 22, "cidr_blocks": ["0.0.0.0/0"]}),
            &["aws_security_group.web"],
        ),
        resource_of("aws_db_subnet_group.shop", serde_json::json!({"id": "shop", "name": "shop"}), &[]),
        resource_of(
            "aws_db_instance.shop",
            serde_json::json!({"id": "db-SHOP", "identifier": "shop", "db_name": "shop", "db_subnet_group_name": "shop"}),
            &["aws_db_subnet_group.shop"],
        ),
        resource_of("aws_sqs_queue.jobs", serde_json::json!({"id": queue, "url": queue, "name": "jobs"}), &[]),
        resource_of(
            "aws_sqs_queue_policy.jobs",
            serde_json::json!({"id": queue, "queue_url": queue}),
            &["aws_sqs_queue.jobs"]
        ),
    ]);
    let state = serde_json::json!({"format_version": "1.0", "terraform_version": "1.11.4",
        "values": {"root_module": {"resources": resources}}});
    let folder = folder(&[("state.json", &state.to_string())]);
    let inventory = read_paths(&[folder.path().join("state.json")]);
    let to = |id: &str| {
        let number = inventory.resources.iter().position(|resource| resource.id == id);
        format!("-> {}", number.unwrap_or_else(|| panic!("{id} is not there")))
    };
    for (id, path, expected) in [
        ("aws_subnet.a", "VpcId", to("aws_vpc.main")),
        ("aws_flow_log.main", "ResourceId", to("aws_vpc.main")),
        ("aws_security_group.web", "VpcId", to("aws_vpc.main")),
        ("aws_security_group_rule.web", "GroupId", to("aws_security_group.web")),
        ("aws_db_instance.shop", "DBSubnetGroupName", to("aws_db_subnet_group.shop")),
        ("aws_db_instance.shop", "DBName", "shop".to_owned()),
        ("aws_db_instance.shop", "DBInstanceIdentifier", "shop".to_owned()),
        ("aws_sqs_queue_policy.jobs", "Queues.0", to("aws_sqs_queue.jobs")),
    ] {
        assert_eq!(at(resource(&inventory, id), path), expected, "{id} {path}");
    }
    assert!(inventory.resources.iter().all(|resource| resource.account.as_deref() == Some("123456789012")));
}

#[test]
fn variables_and_credentials_of_providers_are_told_beside_the_resources() {
    let inventory = inventory(&[
        (
            "main.tf",
            r#"
variable "db_password" { default = "hunter22" }
variable "token" { sensitive = true }
variable "sizes" { type = list(string) }
provider "aws" { secret_key = "abc" }
module "a" {
  source = "./a"
  secret = "x"
}
"#,
        ),
        ("a/main.tf", "variable \"secret\" {}\n"),
    ]);
    let templates: Vec<&Resource> =
        inventory.resources.iter().filter(|resource| resource.kind == "Pilaster::Template").collect();
    let [root, module] = templates.as_slice() else { panic!("{}", templates.len()) };
    assert_eq!(at(root, "Parameters.db_password.Default"), "hunter22");
    assert_eq!(at(root, "Parameters.db_password.NoEcho"), "false");
    assert_eq!(at(root, "Parameters.token.NoEcho"), "true");
    assert_eq!(at(root, "Parameters.sizes.Type"), "Other");
    let Value::Map(parameters) = &root.properties.get("Parameters").unwrap().value else { panic!() };
    assert!(parameters.contains_key("provider.aws.secret_key"));
    // What a module is passed is hidden where the root hides it.
    assert_eq!(at(module, "Parameters.secret.NoEcho"), "true");
}
