//! Real plans, as Terraform 1.11 wrote them of the code beside them.

use std::fs::File;
use std::path::{Path, PathBuf};

use model::{Expression, ExpressionKind, Node, Part, Value, Why};

use super::*;

fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans").join(name)
}

fn read_case(file: &str) -> (Configuration, Builder) {
    let path = case(file);
    let mut into = Builder::new();
    let reader = File::open(&path).expect("a plan");
    let configuration = read("plan.json", reader, &Options::default(), &mut into).expect("a plan").configuration;
    (configuration, into)
}

fn refused(text: &str) -> (Option<u32>, String) {
    let refusal = read("plan.json", text.as_bytes(), &Options::default(), &mut Builder::new()).expect_err("no plan");
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
    let (plan, _) = read_case("modules/plan.json");
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
    let (plan, _) = read_case("modules/plan.json");
    let bucket = r#"?module.logs["eu"].bucket_arn"#;
    expect(
        &plan,
        &[
            ("aws_s3_bucket_policy.p", "policy.Statement.0.Principal", "*"),
            // Both of them are made with the bucket: which is the bucket itself, and which what is in it, is not told.
            ("aws_s3_bucket_policy.p", "policy.Statement.0.Resource.0", bucket),
            ("aws_s3_bucket_policy.p", "policy.Statement.0.Resource.1", bucket),
            ("aws_s3_bucket_policy.p", "policy.Statement.0.Condition", "{Bool={aws:SecureTransport=[true]}}"),
            // The blocks of a set are in another order than they were written in.
            ("aws_s3_bucket_policy.p", "policy.Statement.1.Principal", "{AWS=[* ->aws_iam_role.r.arn]}"),
        ],
    );
}

#[test]
fn changes_leave_what_will_be_there() {
    let (plan, _) = read_case("changes/plan.json");
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
    let (shown, _) = read_case("changes/state.json");
    let (kept, _) = read_case("changes/terraform.tfstate");
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
    let (plan, into) = read_case("errored/plan.json");
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
        read("s", &br#"{"format_version":"1.0"}"#[..], &Options::default(), &mut Builder::new())
            .map(|c| c.configuration.instances.len())
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
    let plan =
        read("plan.json", text.as_bytes(), &Options::default(), &mut Builder::new()).expect("a plan").configuration;
    let values: Vec<_> = plan.instances.iter().map(|one| shown(&one.values, &plan)).collect();
    assert_eq!(values, ["?values that cannot be read", "{name=x}"]);
}

#[test]
fn what_stands_in_other_parts_of_a_plan_completes_the_values() {
    let own = serde_json::json!({"address": "aws_instance.i", "mode": "managed", "type": "aws_instance", "name": "i"});
    let (mut change, mut declared) = (own.clone(), own);
    change["change"] = serde_json::json!({"actions": ["create"], "after_unknown": {},
        "after": {"user_data": "627d3f7b0ea2929c856626e0c7ddaba2789c3f62"}});
    declared["expressions"] = serde_json::json!({"user_data": {"constant_value": "#!/bin/sh"}});
    declared["provider_config_key"] = "aws".into();
    let data = |kind: &str, values: Json| {
        serde_json::json!({"address": format!("module.m[0].data.{kind}.d"), "mode": "data", "type": kind, "name": "d",
            "values": values})
    };
    let resources = [
        data("aws_caller_identity", serde_json::json!({"account_id": "123456789012"})),
        data("aws_region", serde_json::json!({"name": "eu-west-1", "region": null})),
    ];
    let sources = ["aws_caller_identity", "aws_region"]
        .map(|kind| serde_json::json!({"address": format!("data.{kind}.d"), "provider_config_key": "aws"}));
    let plan = serde_json::json!({"format_version": "1.2", "resource_changes": [change],
        "prior_state": {"values": {"root_module": {"child_modules": [{"resources": resources}]}}},
        "configuration": {"root_module": {"resources": [declared],
            "module_calls": {"m": {"module": {"resources": sources}}}}}});
    let plan =
        read("plan.json", plan.to_string().as_bytes(), &Options::default(), &mut Builder::new()).expect("a plan");
    let instance = &plan.configuration.instances[0];
    assert_eq!(shown(&instance.values, &plan.configuration), "{user_data=#!/bin/sh}");
    let place = (instance.account.as_deref(), instance.region.as_deref());
    assert_eq!(place, (Some("123456789012"), Some("eu-west-1")));
}

#[test]
fn what_is_written_as_nothing_is_filled_in_by_the_provider() {
    let own =
        serde_json::json!({"address": "aws_ebs_volume.v", "mode": "managed", "type": "aws_ebs_volume", "name": "v"});
    let (mut change, mut declared) = (own.clone(), own);
    change["change"] = serde_json::json!({"actions": ["create"], "after": {},
        "after_unknown": {"encrypted": true, "kms_key_id": true, "type": true, "arn": true}});
    declared["expressions"] = serde_json::json!({"encrypted": {"constant_value": null},
        "kms_key_id": {"references": ["var.key"]}, "type": {"references": ["var.key", "local.type"]}});
    let plan = serde_json::json!({"format_version": "1.2", "resource_changes": [change], "variables": {"key": {}},
        "configuration": {"root_module": {"resources": [declared], "variables": {"key": {"default": null}}}}});
    let plan =
        read("plan.json", plan.to_string().as_bytes(), &Options::default(), &mut Builder::new()).expect("a plan");
    let shown = shown(&plan.configuration.instances[0].values, &plan.configuration);
    assert_eq!(shown, "{type=?var.key, local.type}");
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
    let refusal = read("plan.json", wide.as_slice(), &Options::default(), &mut Builder::new()).expect_err("no plan");
    assert!(refusal.reason.contains("UTF-16"));
    let marked = "\u{feff}{\"format_version\":\"1.2\"}";
    assert!(read("plan.json", marked.as_bytes(), &Options::default(), &mut Builder::new()).is_ok());
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
