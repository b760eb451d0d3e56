//! `pilaster scan` and `pilaster policy`, against a stand-in for AWS.

use std::process::Output;

use assert_cmd::Command;
use serde_json::{Value, json};
use testbed::cloud::{Asked, Cloud, Reply};

/// An account with one queue in one of two regions.
fn aws(asked: &Asked) -> Reply {
    let xml = |body: &str| Reply::Answer(200, body.to_owned());
    if asked.body.contains("Action=GetCallerIdentity") {
        return xml("<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account>\
                    <Arn>arn:aws:iam::123456789012:user/test</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>");
    }
    if asked.body.contains("Action=DescribeRegions") {
        return xml("<DescribeRegionsResponse><regionInfo><item><regionName>eu-west-1</regionName></item>\
                    <item><regionName>us-east-1</regionName></item></regionInfo></DescribeRegionsResponse>");
    }
    match (asked.region(), asked.operation()) {
        ("eu-west-1", "ListQueues") => Reply::json(json!({ "QueueUrls": ["https://sqs/1/orders"] })),
        (_, "ListQueues") => Reply::json(json!({})),
        (_, "GetQueueAttributes") => Reply::json(json!({ "Attributes": { "SqsManagedSseEnabled": "false" } })),
        _ => Reply::json(json!({})),
    }
}

fn pilaster(cloud: Option<&Cloud>, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("pilaster").expect("the binary");
    let folder = tempfile::tempdir().expect("a folder");
    command.current_dir(folder.path()).args(arguments);
    // Nothing of the machine's own configuration.
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("AWS_")) {
        command.env_remove(name);
    }
    command.env("HOME", folder.path()).env("AWS_EC2_METADATA_DISABLED", "true");
    if let Some(cloud) = cloud {
        command.env("AWS_ENDPOINT_URL", &cloud.url).env("AWS_REGION", "us-east-1");
        command.env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE").env("AWS_SECRET_ACCESS_KEY", "a-secret-key");
    }
    command.output().expect("it runs")
}

#[test]
fn an_account_is_read_in_all_its_regions_and_judged() {
    let cloud = Cloud::start(|_, asked| aws(asked));
    let output = pilaster(Some(&cloud), &["scan", "--service", "sqs", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let assessment: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(assessment["target"]["account"], "123456789012");
    let findings = assessment["findings"].as_array().expect("findings");
    let finding = findings.iter().find(|finding| finding["check"] == "sqs_queue_encrypted").expect("the finding");
    assert_eq!(finding["resource"]["region"], "eu-west-1");
    assert_eq!(finding["evidence"][0]["origin"], "sqs:GetQueueAttributes (eu-west-1)");
    let asked: Vec<String> =
        cloud.asked().iter().map(|asked| format!("{} {}", asked.region(), asked.operation())).collect();
    assert!(asked.contains(&"us-east-1 ListQueues".to_owned()), "{asked:?}");
    assert!(!String::from_utf8_lossy(&output.stdout).contains("a-secret-key"));
}

#[test]
fn a_scan_that_cannot_begin_says_why() {
    let without = pilaster(None, &["scan"]);
    assert_eq!(without.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&without.stderr).contains("there are no AWS credentials"));
    let cloud = Cloud::start(|_, _| Reply::Answer(403, "<Error><Code>InvalidClientTokenId</Code></Error>".to_owned()));
    let refused = pilaster(Some(&cloud), &["scan"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("the identity of the credentials cannot be found out"));
    let unknown = pilaster(Some(&cloud), &["scan", "--service", "sqss"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("there is no collector sqss"));
}

#[test]
fn the_policy_names_the_calls_of_a_scan_and_only_reads() {
    let policy: Value = serde_json::from_slice(&pilaster(None, &["policy"]).stdout).expect("JSON");
    let actions: Vec<&str> =
        policy["Statement"][0]["Action"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    assert!(actions.contains(&"sts:GetCallerIdentity") && actions.contains(&"sqs:GetQueueAttributes"));
    for action in actions {
        let operation = action.split(':').nth(1).unwrap_or_default();
        let reads =
            ["Get", "List", "Describe", "BatchGet", "GET", "View"].iter().any(|verb| operation.starts_with(verb));
        assert!(reads || action == "iam:GenerateCredentialReport", "{action} is no reading call");
    }
}
