//! Scans that end before they are through, and scans that go on from there.

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_wire::{Client, ClientOptions};
use model::{Builder, Inventory};
use serde_json::json;
use sources_aws::{Account, Cell, CellState, Checkpoint, Ending, Header, Plan, Stop, collectors, scan};
use testbed::TODAY;
use testbed::cloud::{Asked, Cloud, Reply};

use support::statuses;

const REGIONS: [&str; 3] = ["eu-central-1", "eu-west-1", "us-east-1"];

/// A queue in every region.
fn queues(asked: &Asked) -> Reply {
    match asked.operation() {
        "ListQueues" => Reply::json(json!({ "QueueUrls": [format!("https://sqs/1/{}", asked.region())] })),
        "GetQueueAttributes" => Reply::json(json!({ "Attributes": {
            "QueueArn": format!("arn:aws:sqs:{0}:1:{0}", asked.region()), "SqsManagedSseEnabled": "true",
        } })),
        _ => Reply::json(json!({})),
    }
}

fn plan(cloud: &Cloud) -> Plan {
    let credentials = Credentials::new("AKIDEXAMPLE", "secret", None, None, "test");
    let options = ClientOptions { endpoint_url: Some(cloud.url.clone()), attempts: 1, ..ClientOptions::default() };
    let client = Arc::new(Client::new(SharedCredentialsProvider::new(credentials), options).expect("a client"));
    let regions = REGIONS.iter().map(|region| (*region).to_owned()).collect();
    Plan {
        accounts: vec![Account { id: "1".to_owned(), client, regions }],
        collectors: collectors().iter().copied().filter(|collector| collector.name == "sqs").collect(),
        today: TODAY,
        deadline: Duration::from_millis(300),
        probing: false,
        makes_reports: true,
    }
}

fn header() -> Header {
    let regions = REGIONS.iter().map(|region| (*region).to_owned()).collect();
    let accounts = vec![("1".to_owned(), regions)];
    Header { version: "1".to_owned(), accounts, regions_named: true, services: vec!["sqs".to_owned()], today: TODAY }
}

async fn run(plan: &Plan, stop: &Stop, checkpoint: Option<&Checkpoint>) -> (Inventory, Vec<CellState>) {
    let states = std::sync::Mutex::new(std::collections::BTreeMap::new());
    let note = |cell: &Cell, state: CellState| {
        states.lock().expect("the states").insert(cell.region.clone(), state);
    };
    let mut builder = Builder::new();
    scan(plan, stop, checkpoint, &note, &mut builder).await;
    (builder.build(), states.into_inner().expect("the states").into_values().collect())
}

#[tokio::test]
async fn a_cell_that_takes_too_long_keeps_what_it_read_and_hides_the_rest() {
    let cloud = Cloud::start(|_, asked| {
        if asked.region() == "eu-west-1" && asked.operation() == "GetQueueAttributes" {
            std::thread::sleep(Duration::from_secs(5));
        }
        queues(asked)
    });
    let (inventory, states) = run(&plan(&cloud), &Stop::default(), None).await;
    assert_eq!(states, [CellState::Done, CellState::Failed, CellState::Done]);
    assert_eq!(statuses(&inventory, "sqs_queue_encrypted"), ["eu-central-1 pass", "us-east-1 pass"]);
    let [gap] = &inventory.gaps[..] else { unreachable!("{:?}", inventory.gaps) };
    assert_eq!((gap.region.as_deref(), gap.reason.as_str()), (Some("eu-west-1"), "not read within 0 s"));
    assert!(gap.hides.contains(&"AWS::SQS::Queue".to_owned()));
}

#[tokio::test]
async fn credentials_that_expire_end_the_scan_and_nothing_is_taken_for_absent() {
    let cloud = Cloud::start(|_, asked| match asked.region() {
        "eu-west-1" => Reply::error("ExpiredTokenException"),
        _ => {
            std::thread::sleep(Duration::from_millis(100));
            queues(asked)
        }
    });
    let stop = Stop::default();
    let (inventory, states) = run(&plan(&cloud), &stop, None).await;
    assert_eq!(stop.ending(), Some(Ending::Expired));
    assert_eq!(states[0], CellState::Stopped);
    let expired = |gap: &model::Gap| gap.reason.starts_with("the credentials have expired");
    assert!(inventory.gaps.iter().all(expired), "{:?}", inventory.gaps);
    assert_eq!(inventory.gaps.len(), 3);
    assert!(cloud.asked().len() <= 6, "calls went on: {}", cloud.asked().len());
}

#[tokio::test]
async fn a_scan_that_is_stopped_keeps_what_it_has_and_goes_on_to_the_same_result() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("scan.partial");
    let stop = Stop::default();
    let (interrupting, calls) = (stop.clone(), Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&calls);
    // The first region answers; then somebody stops the scan while the others wait.
    let cloud = Cloud::start(move |_, asked| {
        counted.fetch_add(1, Ordering::Relaxed);
        if asked.region() != "eu-central-1" && interrupting.ending().is_none() {
            std::thread::sleep(Duration::from_millis(150));
            interrupting.now(Ending::Interrupted);
        }
        queues(asked)
    });
    let plan = plan(&cloud);
    let checkpoint = Checkpoint::open(&path, &header()).expect("a checkpoint");
    let (stopped, states) = run(&plan, &stop, Some(&checkpoint)).await;
    assert_eq!(states, [CellState::Done, CellState::Stopped, CellState::Stopped]);
    assert_eq!(statuses(&stopped, "sqs_queue_encrypted"), ["eu-central-1 pass"]);
    assert_eq!(stopped.gaps.len(), 2, "{:?}", stopped.gaps);

    // The machine dies in the middle of a line.
    let mut text = std::fs::read_to_string(&path).expect("the checkpoint");
    text.push_str("{\"account\":\"1\",\"regi");
    std::fs::write(&path, text).expect("written");

    let checkpoint = Checkpoint::open(&path, &header()).expect("the same scan");
    let before = calls.load(Ordering::Relaxed);
    let (resumed, states) = run(&plan, &Stop::default(), Some(&checkpoint)).await;
    assert_eq!(states, [CellState::Done; 3]);
    let asked = cloud.asked().split_off(before);
    assert!(asked.iter().all(|asked| asked.region() != "eu-central-1"), "it was read already");

    let (undisturbed, _) = run(&plan, &Stop::default(), None).await;
    let bytes = |inventory: &Inventory| serde_json::to_string(inventory).expect("JSON");
    assert_eq!(bytes(&resumed), bytes(&undisturbed));
    checkpoint.remove().expect("removed");
    assert!(!path.exists());
}

#[tokio::test]
async fn a_checkpoint_of_another_scan_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("scan.partial");
    drop(Checkpoint::open(&path, &header()).expect("a checkpoint"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&path).expect("the file").permissions().mode();
        assert_eq!(mode & 0o077, 0, "others may read it");
    }
    let other = Header { services: vec!["s3".to_owned()], ..header() };
    let error = Checkpoint::open(&path, &other).expect_err("another scan");
    assert!(error.to_string().contains("is of a scan of other accounts"), "{error}");
    std::fs::write(&path, "a poem\n").expect("written");
    let error = Checkpoint::open(&path, &header()).expect_err("no checkpoint");
    assert!(error.to_string().contains("remove it, or name another file"), "{error}");
    assert_eq!(std::fs::read_to_string(&path).expect("the poem"), "a poem\n", "it is left alone");
}

#[tokio::test]
async fn a_probe_asks_for_one_of_each() {
    let many = |asked: &Asked| match asked.operation() {
        "ListQueues" => Reply::json(json!({ "QueueUrls": ["https://sqs/1/a", "https://sqs/1/b"], "NextToken": "x" })),
        _ => queues(asked),
    };
    let cloud = Cloud::start(move |_, asked| many(asked));
    let mut plan = plan(&cloud);
    (plan.probing, plan.accounts[0].regions) = (true, vec!["eu-west-1".to_owned()]);
    run(&plan, &Stop::default(), None).await;
    let mut asked: Vec<String> = cloud.asked().iter().map(|asked| asked.operation().to_owned()).collect();
    asked.sort();
    assert_eq!(asked, ["GetQueueAttributes", "ListQueueTags", "ListQueues"]);
}
