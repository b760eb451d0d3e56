//! The binary as people call it: what it prints where, and with which exit code.

mod binary;

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use binary::{pilaster, stderr, stdout};

const BUCKET: &str = "Resources: { Logs: { Type: AWS::S3::Bucket } }\n";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the root")
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("written");
    }
    folder
}

#[test]
fn the_flawed_service_fails_and_the_sound_one_does_not() {
    let flawed = pilaster(&root(), &["assess", "examples/order-service/flawed", "--date", "2026-11-21"]);
    assert_eq!(flawed.status.code(), Some(1), "{}", stderr(&flawed));
    let text = stdout(&flawed);
    for check in ["ec2_security_group_no_ssh_from_internet", "sqs_queue_not_public", "s3_bucket_versioning"] {
        assert!(text.contains(check), "{check} is missing");
    }
    assert!(text.contains("examples/order-service/flawed/main.tf:"));
    assert!(text.contains("give --var encrypt_database=..."));
    assert!(!text.contains("Harvest-Moon"), "a password is shown");
    let sound = pilaster(&root(), &["assess", "examples/order-service/sound", "--date", "2026-11-21"]);
    assert_eq!(sound.status.code(), Some(0), "{}", stdout(&sound));
    assert!(stdout(&sound).contains("1 waived"), "{}", stdout(&sound));
}

#[test]
fn the_flawed_shop_fails_and_the_sound_one_does_not() {
    let flawed = pilaster(&root(), &["assess", "examples/web-shop/flawed", "--date", "2026-11-21"]);
    assert_eq!(flawed.status.code(), Some(1), "{}", stderr(&flawed));
    let text = stdout(&flawed);
    for check in ["ec2_security_group_no_ssh_from_internet", "rds_multi_az", "s3_bucket_lifecycle_rules"] {
        assert!(text.contains(check), "{check} is missing");
    }
    assert!(text.contains("examples/web-shop/flawed/shop.yaml:"));
    assert!(!text.contains("Harvest-Moon"), "a password is shown");
    assert!(!text.contains('\u{1b}'), "colour in what is piped");
    let sound = pilaster(&root(), &["assess", "examples/web-shop/sound", "--date", "2026-11-21"]);
    assert_eq!(sound.status.code(), Some(0), "{}", stdout(&sound));
}

#[test]
fn exit_codes_follow_severity_and_gaps() {
    let templates = folder(&[("shop.yaml", BUCKET), ("broken.yaml", "Resources:\n  A: {Type: AWS::S3::Bucket\n")]);
    let code = |arguments: &[&str]| pilaster(templates.path(), &[&["assess"], arguments].concat()).status.code();
    assert_eq!(code(&["shop.yaml"]), Some(1));
    assert_eq!(code(&["shop.yaml", "--fail-on", "critical"]), Some(0));
    assert_eq!(code(&["shop.yaml", "--fail-on", "never"]), Some(0));
    assert_eq!(code(&[".", "--fail-on", "never"]), Some(0));
    assert_eq!(code(&[".", "--fail-on", "never", "--fail-on-gaps"]), Some(3));
    assert_eq!(code(&[".", "--fail-on-gaps"]), Some(1));
    assert_eq!(code(&["nowhere.yaml"]), Some(2));
    assert_eq!(code(&["shop.yaml", "--fail-on", "dire"]), Some(2));
}

#[test]
fn what_cannot_be_done_is_said_in_one_line_with_its_remedy() {
    let templates =
        folder(&[("shop.yaml", BUCKET), ("pilaster.toml", "[checks.s3_bucket_versionin]\nenabled = false\n")]);
    let said = |arguments: &[&str]| {
        let output = pilaster(templates.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty());
        stderr(&output)
    };
    assert!(
        said(&["assess", "shop.yaml"])
            .contains("pilaster.toml:1: there is no check s3_bucket_versionin; did you mean s3_bucket_versioning?")
    );
    fs::remove_file(templates.path().join("pilaster.toml")).expect("removed");
    assert!(said(&["assess", "nowhere.yaml"]).contains("nowhere.yaml"));
    assert!(said(&["assess", "shop.yaml", "--config", "none.toml"]).contains("cannot read none.toml"));
    assert!(said(&["assess", "shop.yaml", "--baseline", "shop.yaml"]).contains("cannot use shop.yaml as a baseline"));
    assert!(
        said(&["assess", "shop.yaml", "--format", "json", "--format", "sarif"])
            .contains("give all but one an --output")
    );
    assert!(said(&["assess", "shop.yaml", "--output", "report.doc"]).contains("report.doc"));
    assert!(said(&["report", "shop.yaml"]).contains("cannot use shop.yaml: it is no saved assessment"));
    pilaster(templates.path(), &["assess", "shop.yaml", "--save", "shop.pilaster"]);
    assert!(
        said(&["report", "shop.pilaster", "--earlier", "shop.yaml"])
            .contains("cannot use shop.yaml: it is no saved assessment")
    );
    assert!(
        said(&["explain", "SEC99-BP01"]).contains("there is no check, best practice, question or pillar SEC99-BP01")
    );
    assert!(said(&["explain", "rds_backup_retenton"]).contains("did you mean rds_backup_retention"));
    assert!(said(&["checks", "--service", "s4"]).contains("there is no service s4"));
}

#[test]
fn where_nothing_was_found_nothing_is_scored() {
    let nothing = folder(&[
        ("empty.yaml", ""),
        ("bare.yaml", "{}\n"),
        ("without.yaml", "AWSTemplateFormatVersion: '2010-09-09'\nResources: {}\n"),
        ("broken.yaml", "Resources:\n  A: {Type: AWS::S3::Bucket\n"),
        ("code/main.tf", "# Nothing yet.\n"),
        ("broken/main.tf", "resource {{{\n"),
        ("folder/readme.md", "Nothing.\n"),
    ]);
    for path in ["empty.yaml", "bare.yaml", "without.yaml", "broken.yaml", "code", "broken", "folder", "."] {
        let output =
            pilaster(nothing.path(), &["assess", path, "--format", "json", "--format", "markdown", "-o", "out.md"]);
        assert_eq!(output.status.code(), Some(0), "{path}: {}", stderr(&output));
        let assessment: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let pillars = assessment["pillars"].as_array().expect("pillars");
        assert!(pillars.iter().all(|pillar| pillar["score"].is_null()), "{path}: {pillars:#?}");
        let markdown = fs::read_to_string(nothing.path().join("out.md")).expect("out.md");
        assert!(markdown.contains("No resource was found"), "{path}: {markdown}");
    }
}

#[test]
fn several_formats_go_to_several_places() {
    let templates = folder(&[("shop.yaml", BUCKET)]);
    let arguments = [
        "assess",
        "shop.yaml",
        "--format",
        "text",
        "--format",
        "sarif",
        "-o",
        "out.sarif",
        "-o",
        "out.xml",
        "-o",
        "out.md",
        "-o",
        "out.xlsx",
    ];
    let output = pilaster(templates.path(), &arguments);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stdout(&output).contains("s3_bucket_versioning"));
    let read = |name: &str| fs::read_to_string(templates.path().join(name)).expect(name);
    assert!(read("out.sarif").contains("\"2.1.0\""));
    assert!(read("out.xml").contains("<testsuites"));
    assert!(read("out.md").starts_with('#'));
    let workbook = fs::read(templates.path().join("out.xlsx")).expect("out.xlsx");
    assert!(workbook.starts_with(b"PK"));
}

#[test]
fn endings_tell_the_format_however_they_are_written() {
    let templates = folder(&[("shop.yaml", BUCKET)]);
    let begins = |name: &str| {
        let output = pilaster(templates.path(), &["assess", "shop.yaml", "-o", name]);
        assert_eq!(output.status.code(), Some(1), "{name}: {}", stderr(&output));
        fs::read_to_string(templates.path().join(name)).expect(name).chars().take(14).collect::<String>()
    };
    assert_eq!(begins("out.htm").to_lowercase(), "<!doctype html");
    assert_eq!(begins("OUT.HTML").to_lowercase(), "<!doctype html");
    assert!(begins("out.MD").starts_with("## "));
}

#[test]
fn nothing_is_written_over_what_is_read_or_written() {
    let templates = folder(&[("shop.yaml", BUCKET)]);
    let here = templates.path();
    pilaster(here, &["assess", "shop.yaml", "--save", "a.pilaster"]);
    fs::copy(here.join("a.pilaster"), here.join("b.pilaster")).expect("copied");
    let kept = fs::read(here.join("a.pilaster")).expect("saved");
    let refused = |arguments: &[&str], message: &str| {
        let output = pilaster(here, arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(message), "{arguments:?}: {}", stderr(&output));
    };
    let read = "is a file that is read";
    refused(&["report", "a.pilaster", "--format", "text", "-o", "./a.pilaster"], read);
    refused(&["report", "b.pilaster", "--earlier", "a.pilaster", "--format", "text", "-o", "a.pilaster"], read);
    refused(&["compare", "a.pilaster", "b.pilaster", "--format", "json", "-o", "a.pilaster"], read);
    refused(&["assess", "shop.yaml", "--format", "json", "-o", "shop.yaml"], read);
    let twice = "would be written twice";
    refused(&["report", "a.pilaster", "-o", "out.md", "-o", "./out.md"], twice);
    refused(&["assess", "shop.yaml", "--save", "out.json", "-o", "out.json"], twice);
    assert_eq!(fs::read(here.join("a.pilaster")).expect("still there"), kept);
    assert_eq!(fs::read_to_string(here.join("shop.yaml")).expect("still there"), BUCKET);
    assert!(!here.join("out.md").exists() && !here.join("out.json").exists());
}

#[cfg(unix)]
#[test]
fn devices_take_outputs_too() {
    let templates = folder(&[("shop.yaml", BUCKET)]);
    let format = |id, place| ["--format", id, "-o", place];
    let outputs = [format("json", "/dev/stdout"), format("markdown", "/dev/null"), format("csv", "/dev/null")].concat();
    let output = pilaster(templates.path(), &[&["assess", "shop.yaml"], outputs.as_slice()].concat());
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(serde_json::from_slice::<serde_json::Value>(&output.stdout).is_ok(), "{}", stdout(&output));
}

/// util-linux's `script` gives a program a terminal.
#[cfg(target_os = "linux")]
#[test]
fn what_is_no_text_goes_to_no_terminal() {
    let templates = folder(&[("shop.yaml", BUCKET)]);
    let binary = assert_cmd::cargo::cargo_bin("pilaster");
    let on_a_terminal = |format: &str| {
        let command = format!("'{}' assess shop.yaml --format {format}", binary.display());
        let mut script = std::process::Command::new("script");
        script.current_dir(templates.path()).args(["-qec", &command, "/dev/null"]).stdin(std::process::Stdio::null());
        script.output().map(|output| (output.status.code(), stdout(&output)))
    };
    let (code, said) = match on_a_terminal("xlsx") {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            println!("skipped: script of util-linux is not installed");
            return;
        }
        outcome => outcome.expect("it runs"),
    };
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("xlsx is nothing for a terminal; write it to a file with --output FILE.xlsx"), "{said}");
    assert_eq!(on_a_terminal("json").expect("it runs").0, Some(1));
    let piped = pilaster(templates.path(), &["assess", "shop.yaml", "--format", "xlsx"]);
    assert!(piped.stdout.starts_with(b"PK"));
}

#[test]
fn a_template_may_come_from_standard_input() {
    let mut command = Command::cargo_bin("pilaster").expect("the binary");
    let output = command.args(["assess", "-"]).write_stdin(BUCKET).output().expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("stdin:1"));
}

#[test]
fn what_is_saved_is_rendered_again_the_same() {
    let templates = folder(&[("shop.yaml", BUCKET)]);
    let json = |arguments: &[&str]| stdout(&pilaster(templates.path(), arguments));
    let first = json(&["assess", "shop.yaml", "--date", "2026-11-01", "--format", "json", "--save", "shop.pilaster"]);
    let again = json(&["report", "shop.pilaster", "--format", "json"]);
    assert!(first.contains("\"pilaster.assessment/1\""));
    assert_eq!(first, again);
}

#[test]
fn a_baseline_silences_what_is_known_in_both_its_forms() {
    let templates = folder(&[("shop.yaml", BUCKET)]);
    let here = templates.path();
    let arguments = ["assess", "shop.yaml", "--format", "json", "-o", "known.json", "--save", "known.pilaster"];
    pilaster(here, &arguments);
    for baseline in ["known.json", "known.pilaster"] {
        let output = pilaster(here, &["assess", "shop.yaml", "--baseline", baseline]);
        assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    }
    fs::write(here.join("shop.yaml"), format!("{}\n", BUCKET.replace("} }", "}, Images: { Type: AWS::S3::Bucket } }")))
        .expect("written");
    let output = pilaster(here, &["assess", "shop.yaml", "--baseline", "known.json"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("Images") && !stdout(&output).contains("AWS::S3::Bucket Logs"));
}

#[test]
fn the_order_of_files_does_not_matter() {
    let one = folder(&[("a/x.yaml", BUCKET), ("b/y.yaml", &BUCKET.replace("Logs", "Images")), ("c.template", BUCKET)]);
    let other =
        folder(&[("c.template", BUCKET), ("b/y.yaml", &BUCKET.replace("Logs", "Images")), ("a/x.yaml", BUCKET)]);
    let json = |folder: &Path| stdout(&pilaster(folder, &["assess", ".", "--date", "2026-11-01", "--format", "json"]));
    assert_eq!(json(one.path()), json(other.path()));
    let named = ["assess", "c.template", "b", "a", "--date", "2026-11-01", "--format", "json"];
    let named = stdout(&pilaster(one.path(), &named));
    let without_target = |text: &str| -> serde_json::Value {
        let mut value: serde_json::Value = serde_json::from_str(text).expect("JSON");
        value.as_object_mut().expect("an object").remove("target");
        value
    };
    assert_eq!(without_target(&named), without_target(&json(one.path())));
}

#[test]
fn colour_follows_the_flag_and_the_environment() {
    let templates = folder(&[("shop.yaml", BUCKET)]);
    let coloured = |arguments: &[&str]| stdout(&pilaster(templates.path(), arguments)).contains('\u{1b}');
    assert!(coloured(&["assess", "shop.yaml", "--color", "always"]));
    assert!(!coloured(&["assess", "shop.yaml"]));
    assert!(!coloured(&["assess", "shop.yaml", "--color", "never"]));
}

#[test]
fn everything_can_be_explained() {
    let explained = |id: &str| {
        let output = pilaster(&root(), &["explain", id]);
        assert_eq!(output.status.code(), Some(0), "{id}: {}", stderr(&output));
        stdout(&output)
    };
    assert!(explained("rds_backup_retention").contains("BackupRetentionPeriod"));
    assert!(explained("SEC08-BP02").contains("rds_storage_encrypted"));
    assert!(explained("sec 8").contains("SEC08-BP02"));
    assert!(explained("security").contains("SEC 8"));
}

#[test]
fn the_catalogue_says_which_sources_decide_a_check() {
    let output = pilaster(&root(), &["checks", "--format", "json", "--service", "rds"]);
    let checks: Vec<serde_json::Value> = serde_json::from_str(&stdout(&output)).expect("JSON");
    let retention = checks.iter().find(|check| check["id"] == "rds_backup_retention").expect("the check");
    assert_eq!(retention["decided_by"]["cloudformation"], "fully");
    assert_eq!(retention["thresholds"]["min_days"], 7);
    for source in ["live", "plan", "directory"] {
        assert!(retention["decided_by"][source].is_string(), "{source}");
    }
}

#[test]
fn shells_are_helped() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(stdout(&pilaster(&root(), &["completions", shell])).contains("pilaster"), "{shell}");
    }
    let page = stdout(&pilaster(&root(), &["man"]));
    assert!(page.contains(".TH") && page.contains("baseline"));
}
