//! Scans of a generated account with which everything goes wrong that goes wrong with AWS: nothing is lost,
//! nothing is made up, and what was not read is never taken for absent.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_wire::{Client, ClientOptions};
use findings::{Config, Status};
use model::{Builder, Inventory};
use sources_aws::{Account, Collector, Plan, Stop, collectors, enabled_regions, scan, who_am_i};
use testbed::TODAY;
use testbed::cloud::{Cloud, Exchange, Fault, Paging, Population, Stage, Trouble};

/// The collectors whose services the account has something of.
const INHABITED: [&str; 18] = [
    "cloudwatch",
    "dynamodb",
    "ebs",
    "ec2",
    "ecs",
    "elbv2",
    "iam",
    "kms",
    "lambda",
    "logs",
    "rds",
    "s3",
    "security_groups",
    "sns",
    "sqs",
    "vpc",
    "vpc_connections",
    "autoscaling",
];

fn inhabited() -> Vec<&'static Collector> {
    collectors().iter().copied().filter(|collector| INHABITED.contains(&collector.name)).collect()
}

fn options() -> ClientOptions {
    ClientOptions {
        attempts: 20,
        timeout: Duration::from_secs(20),
        longest_pause: Duration::from_millis(4),
        ..ClientOptions::default()
    }
}

fn population(regions: &[&str], resources: usize) -> Population {
    Population { regions: regions.iter().map(|region| (*region).to_owned()).collect(), resources, seed: 7 }
}

/// Scans what is on stage, with what came of it and what was asked.
async fn read(stage: Stage, collectors: Vec<&'static Collector>, options: ClientOptions) -> (Inventory, Vec<Exchange>) {
    let cloud = Cloud::open(stage);
    let credentials = Credentials::new("AKIDEXAMPLE", "secret", None, None, "test");
    let options = ClientOptions { endpoint_url: Some(cloud.url.clone()), ..options };
    let client = Client::new(SharedCredentialsProvider::new(credentials), options).expect("a client");
    let (id, _) = who_am_i(&client, "us-east-1").await.expect("the account");
    let regions = enabled_regions(&client, "us-east-1").await.expect("its regions");
    let plan = Plan {
        accounts: vec![Account { id, client: Arc::new(client), regions }],
        collectors,
        today: TODAY,
        deadline: Duration::from_secs(120),
        probing: false,
        makes_reports: true,
    };
    let mut builder = Builder::new();
    scan(&plan, &Stop::default(), None, &|_, _| {}, &mut builder).await;
    (builder.build(), cloud.exchanges())
}

fn counts(inventory: &Inventory) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for resource in &inventory.resources {
        *counts.entry(resource.kind.as_str()).or_insert(0) += 1;
    }
    counts
}

fn bytes(inventory: &Inventory) -> String {
    serde_json::to_string_pretty(inventory).expect("JSON")
}

/// Checks and the resources that fail them.
fn failing(inventory: &Inventory) -> BTreeSet<(&'static str, String)> {
    let judged = findings::judge(checks::all(), inventory, &Config::default(), TODAY, false);
    let failing = judged.findings.iter().filter(|finding| finding.status() == Status::Fail);
    failing
        .map(|finding| (judged.checks[finding.check as usize].0.id, inventory.resource(finding.resource).id.clone()))
        .collect()
}

#[tokio::test]
async fn three_pages_of_everything_lose_nothing() {
    let population = population(&["us-east-1", "eu-west-1", "ap-south-1"], 700);
    let expected = population.counts();
    let stage = Stage { population, paging: Paging::Pages(3), ..Stage::default() };
    let (inventory, exchanges) = read(stage, collectors().to_vec(), options()).await;
    let found = counts(&inventory);
    for (kind, count) in &expected {
        assert_eq!(found.get(kind).copied().unwrap_or(0), *count, "{kind}");
        assert!(*count > 0, "there is no {kind} to lose");
    }
    let paged: BTreeSet<&str> =
        exchanges.iter().filter(|asked| asked.page == 3).map(|asked| asked.operation.as_str()).collect();
    assert!(paged.len() >= 20, "{paged:?}");
    assert!(inventory.gaps.is_empty(), "{:#?}", inventory.gaps);
}

#[tokio::test]
async fn a_generated_account_is_the_same_for_the_same_seed() {
    let stage = |seed| Stage { population: Population { seed, ..Population::default() }, ..Stage::default() };
    let (one, _) = read(stage(1), inhabited(), options()).await;
    let (same, _) = read(stage(1), inhabited(), options()).await;
    let (other, _) = read(stage(2), inhabited(), options()).await;
    assert!(bytes(&one) == bytes(&same));
    assert!(bytes(&one) != bytes(&other));
}

#[tokio::test]
async fn throttling_of_three_calls_in_ten_changes_nothing_but_time() {
    let population = population(&["us-east-1", "eu-west-1"], 300);
    let stage = Stage { population, ..Stage::default() };
    let (calm, _) = read(stage.clone(), inhabited(), options()).await;
    let faults = vec![Fault::new("*", Trouble::Throttled).share(0.3, 1)];
    let (stormy, exchanges) = read(Stage { faults, ..stage }, inhabited(), options()).await;
    let throttled = exchanges.iter().filter(|asked| asked.throttled).count();
    assert!(throttled * 4 > exchanges.len(), "{throttled} of {}", exchanges.len());
    assert!(bytes(&calm) == bytes(&stormy));
}

#[tokio::test]
async fn connections_that_are_cut_and_answers_that_are_slow_change_nothing_but_time() {
    let stage = Stage { population: population(&["us-east-1"], 200), ..Stage::default() };
    let (calm, _) = read(stage.clone(), inhabited(), options()).await;
    let faults = vec![
        Fault::new("*", Trouble::Cut).share(0.1, 1),
        Fault::new("*", Trouble::CutShort).share(0.1, 2),
        Fault::new("*", Trouble::Failed).share(0.1, 3),
        Fault::new("*", Trouble::Slow(Duration::from_millis(20))).share(0.2, 4),
    ];
    let (rough, exchanges) = read(Stage { faults, ..stage }, inhabited(), options()).await;
    assert!(exchanges.iter().any(|asked| asked.status == 0) && exchanges.iter().any(|asked| asked.status == 500));
    assert!(bytes(&calm) == bytes(&rough));
}

#[tokio::test]
async fn a_page_that_fails_twice_is_read_the_third_time() {
    let stage = Stage { population: population(&["us-east-1"], 200), paging: Paging::Pages(3), ..Stage::default() };
    let (calm, _) = read(stage.clone(), inhabited(), options()).await;
    let faults = vec![Fault::new("sqs:ListQueues", Trouble::Failed).page(2).times(2)];
    let (rough, exchanges) = read(Stage { faults, ..stage }, inhabited(), options()).await;
    assert_eq!(exchanges.iter().filter(|asked| asked.status == 500).count(), 2);
    assert!(bytes(&calm) == bytes(&rough));
}

#[tokio::test]
async fn a_page_that_fails_for_ever_is_one_gap_and_hides_only_its_kind() {
    let population = population(&["us-east-1"], 200);
    let expected = population.counts();
    for (on, hidden) in [
        ("sqs:ListQueues", &["AWS::SQS::Queue", "AWS::SQS::QueuePolicy"] as &[&str]),
        ("ec2:DescribeSubnets", &["AWS::EC2::Subnet", "AWS::EC2::SubnetRouteTableAssociation"]),
        ("rds:DescribeDBInstances", &["AWS::RDS::DBInstance"]),
        ("s3:ListBuckets", &["AWS::S3::Bucket", "AWS::S3::BucketPolicy"]),
    ] {
        let faults = vec![Fault::new(on, Trouble::Failed).page(2)];
        let stage = Stage { population: population.clone(), paging: Paging::Pages(3), faults, ..Stage::default() };
        let (inventory, _) = read(stage, inhabited(), ClientOptions { attempts: 3, ..options() }).await;
        assert_eq!(inventory.gaps.len(), 1, "{on}: {:#?}", inventory.gaps);
        let gap = &inventory.gaps[0];
        assert_eq!(gap.call.as_deref(), on.split(':').nth(1));
        assert!(gap.hides.iter().any(|kind| kind == hidden[0]), "{on}: {:?}", gap.hides);
        let found = counts(&inventory);
        for (kind, count) in expected.iter().filter(|(kind, _)| !hidden.contains(kind)) {
            assert_eq!(found.get(kind).copied().unwrap_or(0), *count, "{kind} without {on}");
        }
        assert_eq!(found.get(hidden[0]), None, "half a list is none: {on}");
    }
}

/// Each with a list and with a question about one thing, in every protocol.
#[tokio::test]
async fn whatever_fails_is_a_gap_and_nothing_fails_a_check_for_it() {
    let stage = Stage { population: population(&["us-east-1"], 30), ..Stage::default() };
    let (calm, _) = read(stage.clone(), inhabited(), options()).await;
    assert!(calm.gaps.is_empty(), "{:#?}", calm.gaps);
    let before = failing(&calm);
    assert!(before.len() > 20, "{before:?}");
    let troubles = [
        (Trouble::Denied, "denied"),
        (Trouble::Failed, "the service failed"),
        (Trouble::Garbage, "the answer could not be understood"),
        (Trouble::Truncated, "the answer could not be understood"),
        (Trouble::Throttled, "throttled"),
        (Trouble::Cut, "no answer"),
        (Trouble::CutShort, "no answer"),
        (Trouble::Slow(Duration::from_secs(5)), "no answer"),
    ];
    let hurried = ClientOptions { attempts: 2, timeout: Duration::from_millis(1500), ..options() };
    for on in [
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeVolumes",
        "iam:GetAccountAuthorizationDetails",
        "s3:ListBuckets",
        "s3:GetBucketEncryption",
        "s3:GetBucketPolicy",
        "lambda:ListFunctions",
        "lambda:GetPolicy",
        "sqs:ListQueues",
        "sqs:GetQueueAttributes",
        "sns:GetTopicAttributes",
        "dynamodb:DescribeContinuousBackups",
        "rds:DescribeDBInstances",
    ] {
        // A slow answer takes its time in the test, too: one of each kind is enough.
        let slow = matches!(on, "sqs:ListQueues" | "s3:GetBucketPolicy");
        for (trouble, reason) in troubles.iter().filter(|(trouble, _)| slow || !matches!(trouble, Trouble::Slow(_))) {
            let faults = vec![Fault::new(on, *trouble)];
            let (inventory, _) = read(Stage { faults, ..stage.clone() }, inhabited(), hurried.clone()).await;
            let gaps = &inventory.gaps;
            assert_eq!(gaps.len(), 1, "{on} {trouble:?}: {gaps:#?}");
            let told = gaps[0].reason.starts_with(reason) && gaps[0].call.as_deref() == on.split(':').nth(1);
            assert!(told, "{on} {trouble:?}: {:?}", gaps[0]);
            let made_up: Vec<_> = failing(&inventory).into_iter().filter(|now| !before.contains(now)).collect();
            assert!(made_up.is_empty(), "{on} {trouble:?}: {made_up:#?}");
        }
    }
}

#[tokio::test]
async fn credentials_that_expire_on_the_way_leave_gaps_and_no_failures() {
    let stage = Stage { population: population(&["us-east-1", "eu-west-1"], 100), ..Stage::default() };
    let (calm, exchanges) = read(stage.clone(), inhabited(), options()).await;
    let before = failing(&calm);
    for part in [4, 2] {
        let faults = vec![Fault::new("*", Trouble::Expired).after(exchanges.len() / part)];
        let (inventory, asked) = read(Stage { faults, ..stage.clone() }, inhabited(), options()).await;
        assert!(inventory.gaps.iter().any(|gap| gap.reason.starts_with("the credentials have expired")));
        assert!(asked.len() <= exchanges.len(), "nothing is asked again: {} of {}", asked.len(), exchanges.len());
        let made_up: Vec<_> = failing(&inventory).into_iter().filter(|now| !before.contains(now)).collect();
        assert!(made_up.is_empty(), "{made_up:#?}");
    }
}

/// Every action that the policy of a scan names, taken away in turn.
#[tokio::test]
async fn a_permission_that_is_missing_is_named_and_nothing_fails_a_check_for_it() {
    let stage = Stage { population: population(&["us-east-1"], 30), ..Stage::default() };
    let (calm, exchanges) = read(stage.clone(), inhabited(), options()).await;
    let before = failing(&calm);
    let made: BTreeSet<(&str, &str)> =
        exchanges.iter().map(|asked| (asked.service.as_str(), asked.operation.as_str())).collect();
    let mut denied = 0;
    let calls: BTreeMap<&str, (&str, &str)> = inhabited()
        .iter()
        .flat_map(|collector| collector.calls)
        .map(|call| (call.action, (call.service.signing, call.operation)))
        .collect();
    for (action, (service, operation)) in calls {
        if !made.contains(&(service, operation)) {
            continue;
        }
        denied += 1;
        let faults = vec![Fault::new(&format!("{service}:{operation}"), Trouble::Denied)];
        let (inventory, _) = read(Stage { faults, ..stage.clone() }, inhabited(), options()).await;
        assert!(inventory.gaps.iter().any(|gap| gap.action.as_deref() == Some(action)), "{action}");
        let made_up: Vec<_> = failing(&inventory).into_iter().filter(|now| !before.contains(now)).collect();
        assert!(made_up.is_empty(), "without {action}: {made_up:#?}");
    }
    assert!(denied > 60, "{denied} of the actions are taken at all");
}
