//! The program against moto, a stand-in for AWS, with a seeded account in it (`cargo xtask moto`).

use std::collections::{BTreeMap, BTreeSet};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aws_wire::{Client, Recording};
use findings::{Config, Status};
use serde_json::Value;
use sources_aws::{Account, Plan, Stop};

/// The day by which accounts are judged.
const TODAY: &str = "2026-11-21";

/// Regions for tests that need not read all: two with resources, one without.
const SOME: [&str; 3] = ["us-east-1", "eu-west-1", "sa-east-1"];

/// moto with an account in it.
struct Moto {
    server: Child,
    url: String,
}

impl Drop for Moto {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Moto {
    /// Starts and seeds it; nothing where it is not installed.
    fn start(scale: usize) -> Option<Self> {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target folder");
        let python = target.join("moto/bin/python3");
        if !python.exists() {
            #[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
            {
                println!("skipped: moto is not installed; run `cargo xtask moto`");
            }
            return None;
        }
        let programs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/moto");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let url = format!("http://127.0.0.1:{port}");
        let server = Command::new(&python)
            .arg(programs.join("serve.py"))
            .args(["-p", &port.to_string()])
            // As in a real account, AWS's own policies exist; moto's stock images would be a thousand
            // snapshots that it takes for the account's own.
            .env("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
            .env("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("moto starts");
        let moto = Self { server, url };
        let ready = (0..300).any(|_| {
            std::thread::sleep(Duration::from_millis(200));
            std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
        assert!(ready, "moto does not listen");
        let seeded = Command::new(&python)
            .arg(programs.join("seed_account.py"))
            .args(["--endpoint", &moto.url, "--scale", &scale.to_string()])
            .stdout(Stdio::null())
            .status();
        assert!(seeded.expect("the seeder runs").success(), "the account cannot be seeded");
        Some(moto)
    }

    /// `pilaster` with the credentials of the account.
    fn pilaster(&self, arguments: &[&str]) -> std::process::Output {
        Command::new(env!("CARGO_BIN_EXE_pilaster"))
            .args(arguments)
            .env_clear()
            .env("AWS_ACCESS_KEY_ID", "testing")
            .env("AWS_SECRET_ACCESS_KEY", "testing")
            .env("AWS_REGION", "us-east-1")
            .env("AWS_ENDPOINT_URL", &self.url)
            .output()
            .expect("pilaster runs")
    }

    /// Scans, with `more` arguments, and gives the assessment.
    fn scan(&self, more: &[&str]) -> Value {
        let mut arguments = vec!["scan", "--format", "json", "--show", "all", "--fail-on", "never", "--date", TODAY];
        arguments.extend(more);
        let output = self.pilaster(&arguments);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{stderr}");
        serde_json::from_slice(&output.stdout).expect("an assessment")
    }
}

/// How many findings of each check have which status, and what could not be read.
fn summary(assessment: &Value) -> String {
    let mut counts: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for finding in assessment["findings"].as_array().expect("findings") {
        let status = finding["status"].as_str().expect("a status");
        if status != "not_applicable" {
            *counts.entry(finding["check"].as_str().expect("a check")).or_default().entry(status).or_default() += 1;
        }
    }
    let mut text = format!("{} resources\n\n", assessment["coverage"]["resources"]);
    for (check, counts) in counts {
        let counts: Vec<String> = counts.iter().map(|(status, number)| format!("{number} {status}")).collect();
        text.push_str(&format!("{check}: {}\n", counts.join(", ")));
    }
    let gaps = assessment["gaps"].as_array().expect("gaps");
    let gap = |gap: &Value| format!("{} {}: {}", gap["service"], gap["call"], gap["reason"]).replace('"', "");
    let gaps: BTreeSet<String> = gaps.iter().map(gap).collect();
    text.push_str("\nnot read\n");
    gaps.iter().for_each(|gap| text.push_str(&format!("{gap}\n")));
    text
}

#[test]
fn a_seeded_account_has_the_findings_that_were_reviewed() {
    let Some(moto) = Moto::start(1) else { return };
    insta::assert_snapshot!("scale_1", summary(&moto.scan(&[])));

    let output = moto.pilaster(&["doctor", "--service", "sqs", "--no-progress"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}");
    for wanted in ["123456789012", "arn:aws:sts::123456789012:user/moto", "17 (us-east-1", "1 services in us-east-1"] {
        assert!(text.contains(wanted), "{wanted}:\n{text}");
    }
}

#[test]
fn ten_times_the_account_has_the_findings_that_were_reviewed() {
    let Some(moto) = Moto::start(10) else { return };
    insta::assert_snapshot!("scale_10", summary(&moto.scan(&[])));
}

/// A recording of part of the account says what the account said, and nothing turns to a failure when
/// any single permission is missing.
#[test]
fn without_any_single_permission_nothing_turns_to_a_failure() {
    let Some(moto) = Moto::start(1) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let recording = folder.path().join("recording");
    let recording_text = recording.to_str().expect("text");
    let mut arguments: Vec<&str> = SOME.iter().flat_map(|region| ["--region", *region]).collect();
    arguments.extend(["--record", recording_text]);
    let live = moto.scan(&arguments);
    let replayed = moto.scan(&["--replay", recording_text]);
    // What was taken out of the recording is not known any more; all else is the same.
    let statuses = |assessment: &Value| -> BTreeMap<String, String> {
        let findings = assessment["findings"].as_array().expect("findings").iter();
        findings.map(|f| (format!("{} {}", f["check"], f["resource"]), f["status"].to_string())).collect()
    };
    let (live, replayed) = (statuses(&live), statuses(&replayed));
    assert_eq!(live.keys().collect::<Vec<_>>(), replayed.keys().collect::<Vec<_>>());
    for (finding, status) in &live {
        let again = &replayed[finding];
        assert!(
            again == status || again == "\"unknown\"" && finding.contains("secret"),
            "{finding}: {status}, {again}"
        );
    }

    // The policy is enough: nothing was asked that it does not allow.
    let allowed: BTreeSet<&str> = sources_aws::actions(sources_aws::collectors()).into_iter().collect();
    for file in std::fs::read_dir(recording.join("123456789012")).expect("the recording").flatten() {
        for line in std::fs::read_to_string(file.path()).expect("text").lines() {
            let exchange: Value = serde_json::from_str(line).expect("JSON");
            let action = exchange["action"].as_str().expect("an action");
            assert!(allowed.contains(action), "{action} is not in the policy");
        }
    }

    let answers = Recording::load(&recording.join("123456789012")).expect("a recording");
    let failing = |answers: Recording| -> (BTreeSet<String>, BTreeSet<String>) {
        let client = std::sync::Arc::new(Client::replaying(answers));
        let regions = SOME.iter().map(|region| (*region).to_owned()).collect();
        let plan = Plan {
            accounts: vec![Account { id: "123456789012".to_owned(), client, regions }],
            collectors: sources_aws::collectors().to_vec(),
            today: TODAY.parse().expect("a day"),
            deadline: Duration::from_secs(600),
            probing: false,
            makes_reports: true,
        };
        let mut builder = model::Builder::new();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(sources_aws::scan(&plan, &Stop::default(), None, &|_, _| {}, &mut builder));
        let inventory = builder.build();
        let judged = findings::judge(checks::all(), &inventory, &Config::default(), plan.today, false);
        let failing = judged.findings.iter().filter(|finding| finding.status() == Status::Fail);
        let name = |finding: &findings::Finding| {
            let resource = inventory.resource(finding.resource);
            format!(
                "{} {} {} {:?}",
                judged.checks[finding.check as usize].0.id, resource.kind, resource.id, resource.region
            )
        };
        let missing = inventory.gaps.iter().filter_map(|gap| gap.action.clone());
        (failing.map(name).collect(), missing.collect())
    };
    let (whole, _) = failing(answers.clone());
    assert!(whole.len() > 200, "{}", whole.len());

    let actions = sources_aws::actions(sources_aws::collectors());
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|threads| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            threads.spawn(|| {
                while let Some(action) = actions.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let (failing, missing) = failing(answers.clone().without(action));
                    let turned: Vec<&String> = failing.difference(&whole).take(3).collect();
                    if !turned.is_empty() {
                        wrong.lock().expect("a list").push(format!("without {action}: {turned:?}"));
                    }
                    if answers.holds(action) && !missing.contains(*action) {
                        wrong.lock().expect("a list").push(format!("without {action} there is no gap"));
                    }
                }
            });
        }
    });
    let mut wrong = wrong.into_inner().expect("a list");
    wrong.sort();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where an empty folder is expected.
#[test]
fn a_folder_without_a_recording_is_refused() {
    let folder: PathBuf = tempfile::tempdir().expect("a folder").keep();
    let output = Command::new(env!("CARGO_BIN_EXE_pilaster"))
        .args(["scan", "--replay", folder.to_str().expect("text")])
        .output()
        .expect("pilaster runs");
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.contains("scan.json cannot be used"), "{stderr}");
}
