//! Real plans, as Terraform 1.11 wrote them of the code beside them.

use std::fs::File;
use std::path::PathBuf;

use model::{Expression, ExpressionKind, Node, Part, Value, Why};

use super::*;

fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans").join(name)
}

fn read_case(file: &str, with_code: bool) -> (Configuration, Builder) {
    let path = case(file);
    let mut into = Builder::new();
    let folder = path.parent().filter(|_| with_code);
    let reader = File::open(&path).expect("a plan");
    let configuration = read("plan.json", reader, folder, &Options::default(), &mut into).expect("a plan");
    (configuration, into)
}

fn refused(text: &str) -> (Option<u32>, String) {
    let refusal =
        read("plan.json", text.as_bytes(), None, &Options::default(), &mut Builder::new()).expect_err("no plan");
    (refusal.line, refusal.reason)
}

/// A node in short: `->` a reference, `?` unknown, `!` certainly set, `<>` as it was written.
fn shown(node: &Node, configuration: &Configuration) -> String {
    let of = |reference: &model::Reference| {
        let address = &configuration.instances[reference.target.0 as usize].address;
        format!("->{address}.{}", reference.attribute)
    };
    let value = match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(text) | Value::Text(text) => text.to_string(),
        Value::Pattern(parts) => {
            let parts = parts.iter().map(|part| match part {
                Part::Text(text) => text.to_string(),
                Part::Reference(reference) => format!("${{{}}}", of(reference)),
                Part::Unknown(why) => format!("${{{}}}", why.text),
            });
            return parts.collect();
        }
        Value::List(items) => {
            let items = items.iter().map(|one| shown(one, configuration));
            format!("[{}]", items.collect::<Vec<_>>().join(" "))
        }
        Value::Map(entries) => {
            let entries = entries.iter().map(|(key, one)| format!("{key}={}", shown(one, configuration)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(" "))
        }
        Value::Reference(reference) => return of(reference),
        Value::Unknown(Why::Unresolved(why)) => return format!("?{}{}", if why.set { "!" } else { "" }, why.text),
        Value::Unknown(why) => return format!("?{why:?}"),
    };
    match node.written.as_deref() {
        Some(Expression { text, kind: ExpressionKind::Parameter { hidden: true, .. }, .. }) => {
            format!("hidden<{text}>")
        }
        Some(Expression { text, .. }) => format!("{value}<{text}>"),
        None => value,
    }
}

fn instance<'c>(configuration: &'c Configuration, address: &str) -> &'c Instance {
    configuration.instances.iter().find(|one| one.address == address).expect(address)
}

/// What stands at a path: `rule.0.status`.
fn at<'c>(configuration: &'c Configuration, address: &str, path: &str) -> Option<&'c Node> {
    let mut node = &instance(configuration, address).values;
    for step in path.split('.') {
        node = match &node.value {
            Value::List(items) => items.get(step.parse::<usize>().ok()?)?,
            _ => node.get(step)?,
        };
    }
    Some(node)
}

/// Holds a configuration to lines of address, path and what stands there; `-` is nothing.
fn expect(configuration: &Configuration, lines: &[(&str, &str, &str)]) {
    for (address, path, expected) in lines {
        let node = at(configuration, address, path);
        let found = node.map_or("-".to_owned(), |node| shown(node, configuration));
        assert_eq!(found, *expected, "{address} {path}");
    }
}

#[test]
fn what_is_not_known_leads_to_where_it_comes_from() {
    let (plan, _) = read_case("modules/plan.json", false);
    let encryption = r#"module.logs["eu"].aws_s3_bucket_server_side_encryption_configuration.e"#;
    expect(
        &plan,
        &[
            // A condition that is known leaves the only reference that is not.
            ("aws_sqs_queue.jobs", "kms_master_key_id", "->aws_kms_key.k[0].arn"),
            ("aws_sqs_queue.jobs", "message_retention_seconds", "1209600<var.retention>"),
            ("aws_sqs_queue.jobs", "policy", "-"),
            ("aws_sqs_queue.jobs", "tags_all", "{stage=test team=shop}"),
            ("aws_db_instance.db", "password", "hidden<var.password>"),
            ("aws_db_instance.db", "tags_all", "-"),
            ("aws_db_instance.literal", "password", "in the code 1"),
            // By key, through a chain of `for_each`, through splats, through calls of modules and their outputs.
            (r#"aws_route_table_association.a["b"]"#, "subnet_id", r#"->aws_subnet.s["b"].id"#),
            (r#"aws_route_table.r["a"]"#, "vpc_id", r#"->aws_subnet.s["a"].vpc_id"#),
            ("aws_db_subnet_group.h", "subnet_ids", "[->aws_subnet.c[0].id ->aws_subnet.c[1].id]<aws_subnet.c>"),
            (
                encryption,
                "rule.0.apply_server_side_encryption_by_default.0.kms_master_key_id",
                "->aws_kms_key.k[0].arn",
            ),
            ("aws_s3_bucket_policy.p", "bucket", r#"->module.logs["eu"].aws_s3_bucket.b.id"#),
            (r#"module.logs["us"].aws_s3_bucket.b"#, "bucket", "logs-us<var.name>"),
            (r#"module.logs["us"].aws_s3_bucket.b"#, "versioning", "-"),
            // What only the code would tell.
            ("aws_subnet.c[0]", "vpc_id", "?local.vpc"),
            ("aws_iam_role_policy.inline", "policy", r#"?module.logs["us"].bucket_arn"#),
            ("aws_security_group.sg", "egress.0.security_groups", "?known after apply"),
        ],
    );
    let places: Vec<_> =
        ["aws_db_instance.db", "aws_vpc.main"].iter().map(|one| instance(&plan, one).region.as_deref()).collect();
    assert_eq!(places, [Some("us-east-1"), Some("eu-west-1")]);
    assert!(plan.instances.iter().all(|one| one.origin.line == 0));
}

#[test]
fn policies_that_are_written_on_apply_are_read_as_far_as_they_are_known() {
    let (plan, _) = read_case("modules/plan.json", false);
    let bucket = r#"->module.logs["eu"].aws_s3_bucket.b.arn"#;
    expect(
        &plan,
        &[
            ("aws_s3_bucket_policy.p", "policy.Statement.0.Principal", "*"),
            ("aws_s3_bucket_policy.p", "policy.Statement.0.Resource.0", bucket),
            ("aws_s3_bucket_policy.p", "policy.Statement.0.Condition", "{Bool={aws:SecureTransport=[true]}}"),
            // The blocks of a set are in another order than they were written in.
            ("aws_s3_bucket_policy.p", "policy.Statement.1.Principal", "{AWS=[* ->aws_iam_role.r.arn]}"),
        ],
    );
}

#[test]
fn the_code_beside_a_plan_gives_places_and_what_the_plan_leaves_open() {
    let (plan, into) = read_case("modules/plan.json", true);
    let text = r#"{Effect=Allow Action=s3:* Resource=->module.logs["us"].aws_s3_bucket.b.arn}"#;
    expect(
        &plan,
        &[
            ("aws_subnet.c[0]", "vpc_id", "->aws_vpc.main.id"),
            ("aws_iam_role_policy.inline", "policy.Statement.0", text),
            ("aws_lambda_function.f", "environment.0.variables.BUCKET", r#"->module.logs["eu"].aws_s3_bucket.b.id"#),
            ("aws_lambda_function.f", "environment.0.variables.PASSWORD", "hidden<var.password>"),
            ("aws_lambda_function.f", "environment.0.variables.PLAIN", "x"),
            (
                "aws_s3_bucket_policy.p",
                "policy.Statement.0.Resource.1",
                r#"${->module.logs["eu"].aws_s3_bucket.b.arn}/*"#,
            ),
            ("aws_security_group.sg", "egress.0.security_groups", "[->aws_security_group.other.id]"),
            (
                "aws_db_subnet_group.g",
                "subnet_ids",
                r#"[->aws_subnet.c[0].id ->aws_subnet.c[1].id ->aws_subnet.s["a"].id]<aws_subnet.c.id, aws_subnet.s["a"].id>"#,
            ),
        ],
    );
    let vpc = instance(&plan, "aws_vpc.main");
    assert_eq!(
        vpc.prevent_destroy.as_ref().map(|node| (&node.value, node.origin.line)),
        Some((&Value::Bool(true), 51))
    );
    assert_eq!(vpc.waivers.len(), 1);
    let number = plan.instances.iter().position(|one| one.address == "aws_vpc.main");
    assert_eq!(plan.suppressions.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [number]);
    let inventory = into.build();
    let place = |address: &str, path: &str| {
        let origin = match path {
            "" => instance(&plan, address).origin,
            path => at(&plan, address, path).expect(path).origin,
        };
        inventory.place(origin).rsplit_once("plans/").map(|(_, place)| place.to_owned()).unwrap_or_default()
    };
    let versioning = r#"module.logs["eu"].aws_s3_bucket_versioning.v"#;
    assert_eq!(place("aws_vpc.main", ""), "modules/main.tf:48");
    assert_eq!(place("aws_sqs_queue.jobs", "tags_all.stage"), "modules/main.tf:45");
    assert_eq!(place(versioning, "versioning_configuration.0.status"), "modules/m/main.tf:17");
    assert_eq!(place("aws_s3_bucket_policy.p", "policy.Statement.1.Resource"), "modules/main.tf:163");
    assert_eq!(place("aws_security_group.sg", "ingress.0.from_port"), "modules/main.tf:76");
    assert_eq!(inventory.gaps, []);
}

#[test]
fn installed_modules_are_found_and_nothing_outside_is_read() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("root");
    let write = |path: &str, text: &str| {
        let path = place.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    let queue = "\n\nresource \"aws_sqs_queue\" \"q\" {\n  name = \"q\"\n}\n";
    write("root/main.tf", "module \"bought\" {\n}\nresource \"broken\" {{\n");
    write(
        "root/.terraform/modules/modules.json",
        r#"{"Modules":[{"Key":"bought","Dir":".terraform/modules/bought"}]}"#,
    );
    write("root/.terraform/modules/bought/main.tf", queue);
    write("outside/main.tf", queue);
    let change = |module: &str| {
        serde_json::json!({"address": format!("module.{module}.aws_sqs_queue.q"), "module_address": format!("module.{module}"),
            "mode": "managed", "type": "aws_sqs_queue", "name": "q",
            "change": {"actions": ["create"], "after": {"name": "q"}, "after_unknown": {}, "after_sensitive": {}}})
    };
    let call = |source: &str| {
        serde_json::json!({"source": source, "module": {"resources": [{"address": "aws_sqs_queue.q",
            "expressions": {"name": {"constant_value": "q"}}}]}})
    };
    let plan = serde_json::json!({"format_version": "1.2", "resource_changes": [change("bought"), change("strange")],
        "configuration": {"root_module": {"module_calls": {"bought": call("someone/queue/aws"), "strange": call("../outside")}}}});
    let mut into = Builder::new();
    let made =
        read("plan.json", plan.to_string().as_bytes(), Some(&folder), &Options::default(), &mut into).expect("a plan");
    let lines: Vec<u32> = made.instances.iter().map(|one| one.origin.line).collect();
    assert_eq!(lines, [3, 0]);
    assert_eq!(at(&made, "module.bought.aws_sqs_queue.q", "name").map(|node| node.origin.line), Some(4));
    // What is wrong with the code beside a plan is no gap of the plan's.
    assert_eq!(into.build().gaps, []);
}

#[test]
fn changes_leave_what_will_be_there() {
    let (plan, _) = read_case("changes/plan.json", false);
    let addresses: Vec<_> = plan.instances.iter().map(|one| one.address.as_str()).collect();
    assert_eq!(
        addresses,
        [
            "aws_kms_key.k",
            "aws_sqs_queue.jobs",
            "aws_sqs_queue.renamed",
            "aws_sqs_queue_policy.p",
            "aws_ssm_parameter.password",
        ]
    );
    expect(
        &plan,
        &[
            // Known by now, and a reference all the same.
            ("aws_sqs_queue.jobs", "kms_master_key_id", "->aws_kms_key.k.arn"),
            ("aws_sqs_queue.jobs", "message_retention_seconds", "1209600"),
            ("aws_sqs_queue.renamed", "name", "new-name"),
            ("aws_sqs_queue_policy.p", "queue_url", "->aws_sqs_queue.jobs.id"),
            ("aws_sqs_queue_policy.p", "policy.Statement.0.Principal", "*"),
            ("aws_ssm_parameter.password", "value", "hidden<var.key_password>"),
        ],
    );
    // The one that is made anew has no ARN yet.
    assert!(plan.instances.iter().all(|one| one.account.as_deref() == Some("123456789012")));
}

#[test]
fn states_are_read_in_both_forms() {
    let (shown, _) = read_case("changes/state.json", false);
    let (kept, _) = read_case("changes/terraform.tfstate", false);
    for state in [&shown, &kept] {
        assert_eq!(state.instances.len(), 6);
        expect(
            state,
            &[
                ("aws_sqs_queue.renamed", "name", "old-name"),
                ("aws_ssm_parameter.password", "value", "?NotRead"),
                ("aws_sqs_queue.jobs", "custom_key_store_id", "-"),
            ],
        );
        let policy = instance(state, "aws_sqs_queue_policy.p");
        assert_eq!((policy.account.as_deref(), policy.region.as_deref()), (Some("123456789012"), Some("eu-west-1")));
    }
}

#[test]
fn a_plan_that_ended_early_says_so() {
    let (plan, into) = read_case("errored/plan.json", true);
    assert_eq!(plan.instances.len(), 1);
    assert_eq!(plan.instances[0].account.as_deref(), Some("123456789012"));
    let gaps = into.build().gaps;
    assert_eq!(gaps[0].reason, "the plan ended with an error: what was not planned is missing");
}

#[test]
fn what_is_no_plan_is_refused_with_its_place() {
    let whole = std::fs::read_to_string(case("errored/plan.json")).expect("a plan");
    let pretty = serde_json::to_string_pretty(&serde_json::from_str::<Json>(&whole).expect("JSON")).expect("JSON");
    let half: String = pretty.lines().take(20).collect::<Vec<_>>().join("\n");
    let (line, reason) = refused(&half);
    assert_eq!(line, Some(20));
    assert!(reason.starts_with("ends too early, at column"), "{reason}");
    let (line, reason) = refused("{\n \"format_version\": \"1.2\",\n \"resource_changes\": [}]}");
    assert_eq!((line, reason.as_str()), (Some(3), "not valid JSON at column 23: expected value"));
    let (_, reason) = refused(r#"{"format_version":"2.0","resource_changes":{"new":"shape"}}"#);
    assert_eq!(reason, "written in format 2.0; only format 1 can be read");
    let (_, reason) = refused(r#"{"version":3,"terraform_version":"0.11.0","serial":1,"modules":[]}"#);
    assert_eq!(reason, "a state of version 3; only version 4 can be read");
    let (_, reason) = refused(r#"{"format_version":"1.2","planned_values":{},"resource_changes":7}"#);
    assert!(reason.starts_with("not a plan or a state"), "{reason}");
    let deep = format!(r#"{{"format_version":"1.2","variables":{{"x":{{"value":{}"#, "[".repeat(100_000));
    assert!(refused(&deep).1.contains("recursion limit"));
    assert_eq!(
        read("s", &br#"{"format_version":"1.0"}"#[..], None, &Options::default(), &mut Builder::new())
            .map(|c| c.instances.len())
            .ok(),
        Some(0)
    );
}

#[test]
fn a_resource_that_cannot_be_read_costs_itself_only() {
    let change = |name: &str, text: &str| {
        format!(
            r#"{{"address":"aws_sqs_queue.{name}","mode":"managed","type":"aws_sqs_queue","name":"{name}",
            "change":{{"actions":["create"],"after":{{"name":"{text}"}},"after_unknown":{{}}}}}}"#
        )
    };
    let text = format!(
        r#"{{"format_version":"1.2","configuration":{{}},"resource_changes":[{},{}]}}"#,
        change("bad", r"\ud800"),
        change("good", "x")
    );
    let plan = read("plan.json", text.as_bytes(), None, &Options::default(), &mut Builder::new()).expect("a plan");
    let values: Vec<_> = plan.instances.iter().map(|one| shown(&one.values, &plan)).collect();
    assert_eq!(values, ["?values that cannot be read", "{name=x}"]);
}

#[test]
fn plans_and_states_are_told_from_other_json() {
    for name in ["modules/plan.json", "changes/state.json", "changes/terraform.tfstate"] {
        let bytes = std::fs::read(case(name)).expect("a file");
        assert!(looks_like_plan(&bytes[..bytes.len().min(4096)]), "{name}");
    }
    let wide: Vec<u8> = "\u{feff}{\"format_version\":\"1.2\",\"terraform_version\":\"1.9\"}"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert!(looks_like_plan(&wide));
    let refusal =
        read("plan.json", wide.as_slice(), None, &Options::default(), &mut Builder::new()).expect_err("no plan");
    assert!(refusal.reason.contains("UTF-16"));
    let marked = "\u{feff}{\"format_version\":\"1.2\"}";
    assert!(read("plan.json", marked.as_bytes(), None, &Options::default(), &mut Builder::new()).is_ok());
    assert!(!looks_like_plan(br#"{"AWSTemplateFormatVersion": "2010-09-09", "Resources": {}}"#));
    assert!(!looks_like_plan(b"format_version: 1"));
}

#[test]
fn references_fall_into_steps() {
    use super::configuration::{Step, joined, longest, steps};
    let text = r#"module.a["x.y]\"z"].aws_s3_bucket.b[0].id"#;
    let found = steps(text);
    assert_eq!(found[2], Step::Key(r#"["x.y]\"z"]"#));
    assert_eq!((found.len(), joined(&found)), (7, text.to_owned()));
    let references: Vec<Box<str>> = ["a.b[0].id", "a.b[0]", "a.b", "a.bc", "var.x"].map(Into::into).into();
    assert_eq!(longest(&references), ["a.b[0].id", "a.bc", "var.x"]);
    for hostile in ["", ".", "..", "a..b", "[", "[\"", "a[", "]", "a.[0]..", "\u{e4}.\u{f6}[\u{fc}"] {
        joined(&steps(hostile));
    }
}
