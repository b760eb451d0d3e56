//! A scan against a stand-in: what is read, what is refused, and what is not there.

mod support;

use model::{Inventory, Medium};
use serde_json::{Value, json};
use sources_aws::CellState;
use testbed::cloud::{Asked, Reply};

use support::statuses;

/// Two queues in one region, one of them open to everyone; a second region is empty, a third not enabled.
fn sqs(asked: &Asked) -> Reply {
    match (asked.region(), asked.operation()) {
        ("ap-east-1", _) => Reply::error("UnrecognizedClientException"),
        ("us-east-1", "ListQueues") => Reply::json(json!({})),
        (_, "ListQueues") => match asked.json()["NextToken"].as_str() {
            None => Reply::json(json!({ "QueueUrls": ["https://sqs/1/orders"], "NextToken": "more" })),
            Some(_) => Reply::json(json!({ "QueueUrls": ["https://sqs/1/open"] })),
        },
        (_, "GetQueueAttributes") if asked.json()["QueueUrl"] == "https://sqs/1/open" => {
            let everyone =
                json!({ "Statement": [{ "Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*" }] });
            Reply::json(json!({ "Attributes": {
                "QueueArn": "arn:aws:sqs:eu-west-1:1:open", "Policy": everyone.to_string(), "SqsManagedSseEnabled": "false",
            } }))
        }
        (_, "GetQueueAttributes") => Reply::json(json!({ "Attributes": {
            "QueueArn": "arn:aws:sqs:eu-west-1:1:orders", "SqsManagedSseEnabled": "true", "VisibilityTimeout": "30",
        } })),
        _ => Reply::json(json!({ "Tags": { "Owner": "shop" } })),
    }
}

async fn scanned(reply: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> (Inventory, Vec<(String, CellState)>) {
    support::scanned_in("sqs", &["eu-west-1", "us-east-1"], reply).await
}

#[tokio::test]
async fn the_checks_of_templates_judge_an_account() {
    let (inventory, _) = scanned(sqs).await;
    assert_eq!(statuses(&inventory, "sqs_queue_encrypted"), ["open fail", "orders pass"]);
    assert_eq!(statuses(&inventory, "sqs_queue_not_public"), ["open fail"]);
    assert!(inventory.gaps.is_empty(), "{:?}", inventory.gaps);
    assert!(inventory.resources.iter().all(|resource| resource.medium == Medium::Account));
    let queue = support::found(&inventory)[0];
    assert_eq!((queue.account.as_deref(), queue.region.as_deref()), (Some("1"), Some("eu-west-1")));
    let policy = queue.properties.get("SqsManagedSseEnabled").expect("read");
    assert_eq!(inventory.place(policy.origin), "sqs:GetQueueAttributes (eu-west-1)");
}

#[tokio::test]
async fn a_region_that_is_empty_is_no_gap_and_one_that_takes_no_credentials_is() {
    let (inventory, states) = support::scanned_in("sqs", &["eu-west-1", "us-east-1", "ap-east-1"], sqs).await;
    let state = |region: &str| states.iter().find(|(name, _)| name == region).map(|(_, state)| *state);
    assert_eq!(state("eu-west-1"), Some(CellState::Done));
    assert_eq!(state("us-east-1"), Some(CellState::Done));
    assert_eq!(state("ap-east-1"), Some(CellState::Failed));
    // Nobody knows what is there.
    let [gap] = &inventory.gaps[..] else { unreachable!("{:?}", inventory.gaps) };
    assert_eq!(gap.region.as_deref(), Some("ap-east-1"));
    assert!(gap.hides.contains(&"AWS::SQS::Queue".to_owned()) && gap.reason.contains("not enabled"), "{}", gap.reason);
}

#[tokio::test]
async fn where_a_service_is_not_it_is_not_missed() {
    // The first call tells that the credentials count.
    let (inventory, _) = support::scanned_in("guardduty", &["eu-west-1", "us-east-1", "eu-south-2"], |asked| {
        match (asked.region(), asked.operation()) {
            ("eu-south-2", _) => Reply::error("UnknownOperationException"),
            _ => Reply::json(json!({ "detectorIds": [] })),
        }
    })
    .await;
    assert_eq!(statuses(&inventory, "guardduty_enabled"), ["eu-west-1 fail", "us-east-1 fail"]);
    assert!(inventory.gaps.is_empty(), "{:?}", inventory.gaps);
}

#[tokio::test]
async fn what_is_denied_is_unknown_and_never_a_failure() {
    for denied in ["GetQueueAttributes", "ListQueueTags", "ListQueues"] {
        let (inventory, _) = scanned(move |asked| match asked.operation() == denied {
            true => Reply::error("AccessDeniedException"),
            false => sqs(asked),
        })
        .await;
        let action = format!("sqs:{denied}");
        assert!(inventory.gaps.iter().any(|gap| gap.action.as_deref() == Some(action.as_str())), "{denied}");
        let (complete, _) = scanned(sqs).await;
        for check in checks::all() {
            let failing = |inventory: &Inventory| -> Vec<String> {
                statuses(inventory, check.id).into_iter().filter(|status| status.ends_with(" fail")).collect()
            };
            let before = failing(&complete);
            for finding in failing(&inventory) {
                assert!(before.contains(&finding), "{}: {finding} because {denied} was denied", check.id);
            }
        }
    }
    let (inventory, _) = scanned(|asked| match asked.operation() {
        "GetQueueAttributes" => Reply::error("AccessDeniedException"),
        _ => sqs(asked),
    })
    .await;
    assert_eq!(statuses(&inventory, "sqs_queue_encrypted"), ["open unknown", "orders unknown"]);
    assert_eq!(inventory.gaps.len(), 1, "one refusal is one gap: {:?}", inventory.gaps);
}

#[tokio::test]
async fn throttling_of_every_third_call_changes_nothing() {
    let plain = |inventory: &Inventory| -> Value { json!([inventory.sources, inventory.resources, inventory.gaps]) };
    let calm = plain(&scanned(sqs).await.0);
    let count = std::sync::atomic::AtomicUsize::new(0);
    let (stormy, _) = scanned(move |asked| match count.fetch_add(1, std::sync::atomic::Ordering::Relaxed) % 3 {
        0 => Reply::error("ThrottlingException"),
        _ => sqs(asked),
    })
    .await;
    assert_eq!(calm, plain(&stormy));
    for check in ["sqs_queue_encrypted", "sqs_queue_not_public"] {
        assert_eq!(statuses(&scanned(sqs).await.0, check), statuses(&stormy, check));
    }
}
