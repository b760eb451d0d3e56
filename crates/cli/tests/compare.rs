//! `pilaster compare` on the templates of `examples/`, changed the way templates change.

mod binary;

use std::fs;
use std::path::{Path, PathBuf};

use binary::{pilaster, stderr, stdout};
use serde_json::Value;

/// A copy of the flawed shop that can be changed and assessed again.
struct Shop {
    folder: tempfile::TempDir,
}

impl Shop {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("shop")).expect("a folder");
        for name in ["shop.yaml", "network.yaml"] {
            let flawed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/web-shop/flawed");
            fs::copy(flawed.join(name), folder.path().join("shop").join(name)).expect("copied");
        }
        Self { folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn template(&self) -> PathBuf {
        self.path().join("shop/shop.yaml")
    }

    fn save(&self, name: &str) {
        let arguments = ["assess", "shop", "--save", name, "--fail-on", "never", "--date", "2026-11-21"];
        let output = pilaster(self.path(), &arguments);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }

    /// Replaces text of the template that is there.
    fn change(&self, from: &str, to: &str) {
        let text = fs::read_to_string(self.template()).expect("the template");
        assert!(text.contains(from), "{from}");
        fs::write(self.template(), text.replacen(from, to, 1)).expect("written");
    }

    fn compare(&self, files: &[&str]) -> Value {
        let output = pilaster(self.path(), &[&["compare", "--format", "json"], files].concat());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        serde_json::from_slice(&output.stdout).expect("JSON")
    }
}

/// Every change as `kind check resource`.
fn told(comparison: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let changes = comparison["changes"].as_array().expect("changes").iter();
    let one = |change: &Value| {
        let finding = &change["finding"];
        format!("{} {} {}", text(&change["kind"]), text(&finding["check"]), text(&finding["resource"]["id"]))
    };
    changes.map(one).collect()
}

#[test]
fn a_changed_template_and_the_way_back() {
    let shop = Shop::new();
    shop.save("a.pilaster");
    shop.change("BackupRetentionPeriod: 0", "BackupRetentionPeriod: 14");
    shop.save("b.pilaster");
    let comparison = shop.compare(&["a.pilaster", "b.pilaster"]);
    assert_eq!(told(&comparison), ["fixed rds_backup_retention Database"]);
    assert_eq!(comparison["differences"], Value::Array(Vec::new()));
    let reliability = &comparison["pillars"][2];
    assert_eq!(reliability["steps"][0]["mover"], "fixed");
    assert_eq!(reliability["steps"][0]["points"], reliability["change"]);

    shop.change("BackupRetentionPeriod: 14", "BackupRetentionPeriod: 0");
    shop.save("c.pilaster");
    assert_eq!(told(&shop.compare(&["b.pilaster", "c.pilaster"])), ["new rds_backup_retention Database"]);
    let again = shop.compare(&["a.pilaster", "b.pilaster", "c.pilaster"]);
    assert_eq!(told(&again), ["reopened rds_backup_retention Database"]);

    let code = |least: &str, files: [&str; 2]| {
        pilaster(shop.path(), &["compare", files[0], files[1], "--fail-on-new", least]).status.code()
    };
    assert_eq!(code("high", ["b.pilaster", "c.pilaster"]), Some(1));
    assert_eq!(code("critical", ["b.pilaster", "c.pilaster"]), Some(0));
    assert_eq!(code("low", ["a.pilaster", "b.pilaster"]), Some(0));
    let text = stdout(&pilaster(shop.path(), &["compare", "b.pilaster", "c.pilaster"]));
    assert!(text.contains("New failures (1)") && text.contains("passed before"), "{text}");
}

#[test]
fn nothing_changes_where_lines_files_and_lists_move() {
    let shop = Shop::new();
    shop.save("a.pilaster");
    // Lines.
    shop.change("AWSTemplateFormatVersion", "# A line.\n\nAWSTemplateFormatVersion");
    // A list.
    shop.change(
        "        - { Key: stickiness.enabled, Value: \"true\" }\n        - { Key: stickiness.type, Value: lb_cookie }\n",
        "        - { Key: stickiness.type, Value: lb_cookie }\n        - { Key: stickiness.enabled, Value: \"true\" }\n",
    );
    // A file.
    fs::rename(shop.template(), shop.path().join("shop/store.yaml")).expect("renamed");
    shop.save("b.pilaster");
    let comparison = shop.compare(&["a.pilaster", "b.pilaster"]);
    assert_eq!(told(&comparison), Vec::<String>::new());
    assert_eq!(comparison["resources"]["appeared"], Value::Array(Vec::new()));
    assert_eq!(comparison["resources"]["gone"], Value::Array(Vec::new()));
    let moved = comparison["resources"]["moved"].as_array().expect("a list");
    assert!(moved.iter().all(|one| one["after"]["type"] == "Pilaster::Template"), "{moved:#?}");
}

#[test]
fn what_only_went_away_was_not_fixed() {
    let shop = Shop::new();
    shop.save("a.pilaster");
    shop.change(
        "  OrderWorkerLogs:\n    Type: AWS::Logs::LogGroup\n    Properties:\n      LogGroupName: !Sub /aws/lambda/${OrderWorker}\n",
        "",
    );
    shop.save("b.pilaster");
    let comparison = shop.compare(&["a.pilaster", "b.pilaster"]);
    assert_eq!(comparison["resources"]["gone"][0]["id"], "OrderWorkerLogs");
    let told = told(&comparison);
    assert!(told.iter().any(|one| one.starts_with("gone ") && one.ends_with(" OrderWorkerLogs")), "{told:?}");
    assert!(!told.iter().any(|one| one.starts_with("fixed ")), "{told:?}");
    let back = stdout(&pilaster(shop.path(), &["compare", "b.pilaster", "a.pilaster", "--format", "markdown"]));
    assert!(back.starts_with("## Well-architected: ") && back.contains("(new resource)"), "{back}");
}

#[test]
fn terraform_that_moves_is_found_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let save = |name: &str, code: &str| {
        fs::write(folder.path().join("main.tf"), code).expect("written");
        let arguments = ["assess", "main.tf", "--save", name, "--fail-on", "never", "--date", "2026-11-21"];
        let arguments = arguments.map(|argument| if argument == "main.tf" { "." } else { argument });
        let output = pilaster(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    };
    let queues = |name: &str, retention: &str| {
        format!(
            "resource \"aws_sqs_queue\" \"{name}\" {{\n  count = 2\n  name = [\"a\", \"b\"][count.index]\n  \
             message_retention_seconds = {retention}[count.index]\n  sqs_managed_sse_enabled = false\n}}\n"
        )
    };
    save("a.pilaster", &queues("orders", "[3600, 7200]"));
    let moved = "moved {\n  from = aws_sqs_queue.orders\n  to = aws_sqs_queue.jobs\n}\n";
    // With all that could tell it changed, only the block tells.
    let other = queues("jobs", "[60, 120]").replace("[\"a\", \"b\"]", "[\"c\", \"d\"]");
    save("c.pilaster", &format!("{other}{moved}"));
    let output = pilaster(folder.path(), &["compare", "a.pilaster", "c.pilaster", "--format", "json"]);
    let comparison: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let ids = |side: &str| -> Vec<String> {
        let moved = comparison["resources"]["moved"].as_array().expect("a list").iter();
        moved.map(|one| one[side]["id"].as_str().expect("an id").to_owned()).collect()
    };
    assert_eq!(ids("before"), ["aws_sqs_queue.orders[0]", "aws_sqs_queue.orders[1]"]);
    assert_eq!(ids("after"), ["aws_sqs_queue.jobs[0]", "aws_sqs_queue.jobs[1]"]);
    assert_eq!(comparison["resources"]["gone"], Value::Array(Vec::new()));
    save("b.pilaster", &format!("{}{moved}", queues("jobs", "[3600, 7200]")));
    let output = pilaster(folder.path(), &["compare", "a.pilaster", "b.pilaster", "--format", "json"]);
    let comparison: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(told(&comparison), Vec::<String>::new());
    assert_eq!(comparison["resources"]["moved"].as_array().expect("a list").len(), 2);
}

#[test]
fn what_cannot_be_compared_is_said_with_its_remedy() {
    let shop = Shop::new();
    shop.save("a.pilaster");
    let said = |arguments: &[&str]| {
        let output = pilaster(shop.path(), &[&["compare"], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty());
        stderr(&output)
    };
    pilaster(shop.path(), &["report", "a.pilaster", "-o", "a.json"]);
    assert!(said(&["a.json", "a.pilaster"]).contains("cannot use a.json: it is no saved assessment"));
    assert!(said(&["a.json", "a.pilaster"]).contains("--save"));
    assert!(said(&["a.pilaster", "nowhere.pilaster"]).contains("cannot read nowhere.pilaster"));
    assert!(said(&["a.pilaster"]).contains("FILE.pilaster"));
    let bytes = fs::read(shop.path().join("a.pilaster")).expect("the artefact");
    fs::write(shop.path().join("cut.pilaster"), &bytes[..bytes.len() / 2]).expect("written");
    assert!(said(&["cut.pilaster", "a.pilaster"]).contains("cannot use cut.pilaster"));
}
