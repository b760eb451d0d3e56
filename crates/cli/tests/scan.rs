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
        let reads = ["Get", "List", "Describe", "BatchGet", "GET", "View", "Check", "Search"]
            .iter()
            .any(|verb| operation.starts_with(verb));
        assert!(reads || action == "iam:GenerateCredentialReport", "{action} is no reading call");
    }
}

/// The binary with the credentials of a stand-in, as a process of its own.
fn process(cloud: &Cloud, arguments: &[&str]) -> std::process::Command {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_pilaster"));
    command.args(arguments).env_clear().env("AWS_ENDPOINT_URL", &cloud.url).env("AWS_REGION", "us-east-1");
    command.env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE").env("AWS_SECRET_ACCESS_KEY", "a-secret-key");
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    command
}

/// Waits until the stand-in has been asked this.
fn until_asked(cloud: &Cloud, region: &str, operation: &str) {
    for _ in 0..500 {
        if cloud.asked().iter().any(|asked| asked.region() == region && asked.operation() == operation) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    unreachable!("{operation} was never asked in {region}");
}

/// An account in which one region does not answer, for as long as `stuck` says.
fn stuck_account() -> (Cloud, std::sync::Arc<std::sync::atomic::AtomicBool>) {
    let stuck = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
    let held = std::sync::Arc::clone(&stuck);
    let cloud = Cloud::start(move |_, asked| {
        let waits = || held.load(std::sync::atomic::Ordering::Relaxed);
        while asked.region() == "us-east-1" && asked.operation() == "ListQueues" && waits() {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        aws(asked)
    });
    (cloud, stuck)
}

#[test]
fn a_scan_that_was_killed_goes_on_to_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let (kept, saved) = (folder.path().join("kept"), folder.path().join("resumed.pilaster"));
    let (kept, saved) = (kept.to_str().expect("text"), saved.to_str().expect("text"));
    let (cloud, stuck) = stuck_account();
    let scan = ["scan", "--service", "sqs", "--date", "2026-11-21", "--format", "json", "--fail-on", "never"];
    let resumed: Vec<&str> = scan.iter().copied().chain(["--resume", kept, "--save", saved]).collect();
    let mut killed = process(&cloud, &resumed).spawn().expect("it runs");
    until_asked(&cloud, "eu-west-1", "ListQueueTags");
    until_asked(&cloud, "us-east-1", "ListQueues");
    // What was read of the first region is on disk a moment later.
    for _ in 0..500 {
        if std::fs::read_to_string(kept).is_ok_and(|text| text.lines().count() == 2) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    killed.kill().expect("killed");
    killed.wait().expect("gone");
    stuck.store(false, std::sync::atomic::Ordering::Relaxed);

    let before = cloud.asked().len();
    let output = process(&cloud, &resumed).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let again = cloud.asked().split_off(before);
    assert!(again.iter().all(|a| (a.region(), a.operation()) != ("eu-west-1", "ListQueues")), "it was read before");
    assert!(!std::path::Path::new(kept).exists(), "the scan is through");

    let whole = folder.path().join("whole.pilaster");
    let whole = whole.to_str().expect("text");
    let undisturbed: Vec<&str> = scan.iter().copied().chain(["--save", whole]).collect();
    let undisturbed = process(&cloud, &undisturbed).output().expect("it runs");
    assert_eq!(output.stdout, undisturbed.stdout);
    assert_eq!(std::fs::read(saved).expect("saved"), std::fs::read(whole).expect("saved"));
    let again = pilaster(None, &["report", saved, "--format", "json", "--fail-on", "never"]);
    assert_eq!(output.stdout, again.stdout, "{}", String::from_utf8_lossy(&again.stderr));
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_a_scan_with_what_it_has_read() {
    let (cloud, stuck) = stuck_account();
    let arguments = ["scan", "--service", "sqs", "--format", "json", "--fail-on", "never", "--fail-on-gaps"];
    let child = process(&cloud, &arguments).spawn().expect("it runs");
    until_asked(&cloud, "eu-west-1", "ListQueueTags");
    until_asked(&cloud, "us-east-1", "ListQueues");
    std::thread::sleep(std::time::Duration::from_millis(200));
    let interrupted = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(interrupted.expect("kill runs").success());
    let output = child.wait_with_output().expect("it ends");
    stuck.store(false, std::sync::atomic::Ordering::Relaxed);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "done, with gaps: {stderr}");
    assert!(stderr.contains("with --resume FILE a scan can be gone on with"), "{stderr}");
    let assessment: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let gaps = assessment["gaps"].as_array().expect("gaps");
    assert_eq!(gaps.len(), 1, "{gaps:?}");
    assert_eq!((&gaps[0]["region"], &gaps[0]["reason"]), (&json!("us-east-1"), &json!("the scan was interrupted")));
    let findings = assessment["findings"].as_array().expect("findings");
    assert!(findings.iter().any(|finding| finding["check"] == "sqs_queue_encrypted"), "what was read is judged");
}

/// An organization of three: one account lets nobody in, one is suspended.
fn organization(asked: &Asked) -> Reply {
    let xml = |body: String| Reply::Answer(200, body);
    let token = asked.headers.get("x-amz-security-token").map(String::as_str).unwrap_or_default();
    if asked.body.contains("Action=AssumeRole") {
        if asked.body.contains("222222222222") {
            return Reply::Answer(
                403,
                "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>".to_owned(),
            );
        }
        return xml("<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAMEMBER</AccessKeyId>\
                    <SecretAccessKey>s</SecretAccessKey><SessionToken>member</SessionToken>\
                    <Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"
            .to_owned());
    }
    if asked.body.contains("Action=GetCallerIdentity") {
        let account = if token == "member" { "111111111111" } else { "999999999999" };
        return xml(format!(
            "<R><GetCallerIdentityResult><Account>{account}</Account><Arn>arn:aws:iam::{account}:x</Arn>\
                            </GetCallerIdentityResult></R>"
        ));
    }
    let member = |id: &str, status: &str| json!({ "Id": id, "Status": status });
    match asked.operation() {
        "ListAccounts" => Reply::json(json!({ "Accounts": [
            member("111111111111", "ACTIVE"), member("222222222222", "ACTIVE"),
            member("333333333333", "SUSPENDED"), member("999999999999", "ACTIVE"),
        ] })),
        _ => aws(asked),
    }
}

#[test]
fn an_organization_is_read_account_by_account_and_what_cannot_be_is_a_gap() {
    let cloud = Cloud::start(|_, asked| organization(asked));
    let arguments =
        ["scan", "--organization", "audit", "--service", "sqs", "--region", "eu-west-1", "--format", "json"];
    let output = pilaster(Some(&cloud), &arguments);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    let assessment: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(assessment["target"]["account"], "999999999999, 111111111111");
    let gaps = assessment["gaps"].as_array().expect("gaps");
    assert_eq!(gaps.len(), 1, "{gaps:?}");
    assert_eq!((&gaps[0]["account"], &gaps[0]["action"]), (&json!("222222222222"), &json!("sts:AssumeRole")));
    assert!(!cloud.asked().iter().any(|asked| asked.body.contains("333333333333")), "it is suspended");
}

#[test]
fn the_doctor_says_what_is_missing_before_anything_runs() {
    let cloud = Cloud::start(|_, asked| match asked.operation() {
        "GetQueueAttributes" => Reply::error("AccessDeniedException"),
        _ if asked.region() == "us-east-1" && asked.operation() == "ListQueues" => {
            Reply::json(json!({ "QueueUrls": ["https://sqs/1/a", "https://sqs/1/b"] }))
        }
        _ => aws(asked),
    });
    let output = pilaster(Some(&cloud), &["doctor", "--service", "sqs"]);
    assert_eq!(output.status.code(), Some(1), "permissions are missing");
    let text = String::from_utf8_lossy(&output.stdout);
    for wanted in ["123456789012", "user/test", "2 (us-east-1, eu-west-1)", "missing     1", "sqs:GetQueueAttributes"] {
        assert!(text.contains(wanted), "{wanted}:\n{text}");
    }
}

#[test]
fn the_role_that_scans_is_well_architected_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let role = ["policy", "--format", "cloudformation", "--trust", "111122223333", "--external-id", "shop"];
    let template = pilaster(None, &role).stdout;
    let path = folder.path().join("role.yaml");
    std::fs::write(&path, template).expect("written");
    let output = pilaster(None, &["assess", path.to_str().expect("text"), "--format", "json", "--fail-on", "never"]);
    let assessment: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(assessment["gaps"], json!([]));
    let failing: Vec<&Value> = assessment["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|finding| finding["status"] == "fail" && finding["check"] != "tagging_required_keys")
        .collect();
    assert!(failing.is_empty(), "{failing:#?}");

    let terraform = String::from_utf8(pilaster(None, &["policy", "--format", "terraform", "--service", "sqs"]).stdout)
        .expect("text");
    assert!(terraform.contains("\"sqs:GetQueueAttributes\",") && !terraform.contains("s3:"), "{terraform}");
    let hostile = pilaster(None, &["policy", "--format", "terraform", "--external-id", "\"}"]);
    assert_eq!(hostile.status.code(), Some(2));
}

#[test]
fn no_credential_report_is_made_where_the_last_one_is_enough() {
    let made = |arguments: &[&str]| {
        let cloud = Cloud::start(|_, asked| aws(asked));
        let scan = ["scan", "--service", "iam", "--region", "us-east-1", "--fail-on", "never"];
        let output = pilaster(Some(&cloud), &[&scan, arguments].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let asked = |action: &str| cloud.asked().iter().any(|asked| asked.body.contains(action));
        assert!(asked("Action=GetCredentialReport"), "the last one is read");
        asked("Action=GenerateCredentialReport")
    };
    assert!(made(&[]));
    assert!(!made(&["--last-credential-report"]));
    let policy = pilaster(None, &["policy", "--last-credential-report"]).stdout;
    let policy = String::from_utf8(policy).expect("text");
    assert!(policy.contains("iam:GetCredentialReport") && !policy.contains("iam:GenerateCredentialReport"));
}
