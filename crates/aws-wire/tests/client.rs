//! A client against a server that answers as AWS does when it is well, and when it is not.

use std::collections::HashMap;
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_wire::{Call, Class, Client, ClientOptions, Pages, Protocol, Scope, Service};
use model::{Origin, SourceId};
use serde_json::{Map, Value, json};
use testbed::cloud::{Cloud, Reply};

static SQS: Service = Service {
    endpoint: "sqs",
    signing: "sqs",
    variable: "SQS",
    protocol: Protocol::Json { target: "AmazonSQS", version: "1.0" },
    scope: Scope::Regional,
};

static LIST_QUEUES: Call = Call {
    service: &SQS,
    operation: "ListQueues",
    path: "",
    action: "sqs:ListQueues",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &[],
    unset: &["QueueDoesNotExist"],
};

/// Answers requests in turn; the last answer is repeated.
fn server(answers: Vec<Reply>) -> Cloud {
    Cloud::start(move |number, _| answers.get(number).or(answers.last()).cloned().unwrap_or(Reply::Cut))
}

fn client(url: &str) -> Client {
    let credentials = Credentials::new("AKIDEXAMPLE", "a-secret-key", Some("a-session".to_owned()), None, "test");
    let options = ClientOptions {
        endpoint_urls: HashMap::from([("SQS".to_owned(), url.to_owned())]),
        attempts: 4,
        timeout: Duration::from_secs(5),
        longest_pause: Duration::from_millis(5),
        ..ClientOptions::default()
    };
    Client::new(SharedCredentialsProvider::new(credentials), options).expect("a client")
}

fn origin() -> Origin {
    Origin::new(SourceId(0), 0, 0)
}

fn throttled() -> Reply {
    Reply::error("ThrottlingException")
}

fn page(token: Option<&str>) -> Reply {
    Reply::json(json!({"QueueUrls": ["q"], "NextToken": token}))
}

#[tokio::test]
async fn calls_are_addressed_and_signed_and_show_no_secret() {
    let cloud = server(vec![page(None)]);
    let parameters = json!({"MaxResults": 10}).as_object().cloned().expect("an object");
    client(&cloud.url).send(&LIST_QUEUES, "eu-west-1", &parameters, origin()).await.expect("an answer");
    let asked = cloud.asked();
    let [request] = &asked[..] else { unreachable!("{asked:?}") };
    assert_eq!(request.headers["x-amz-target"], "AmazonSQS.ListQueues");
    assert_eq!(request.headers["x-amz-security-token"], "a-session");
    assert!(request.headers["authorization"].contains("/eu-west-1/sqs/aws4_request"));
    assert!(!format!("{asked:?}").contains("a-secret-key"));
    assert_eq!(request.json(), json!({"MaxResults": 10}));
}

#[tokio::test]
async fn throttling_and_cut_connections_change_nothing_but_time() {
    let cloud = server(vec![throttled(), Reply::Cut, Reply::Answer(500, "{}".to_owned()), page(None)]);
    let client = client(&cloud.url);
    let node = client.send(&LIST_QUEUES, "eu-west-1", &Map::new(), origin()).await.expect("an answer");
    assert!(node.get("QueueUrls").is_some());
    assert_eq!(cloud.asked().len(), 4);
    assert_eq!((client.counts().requests, client.counts().throttled), (4, 1));
}

#[tokio::test]
async fn what_does_not_pass_is_not_tried_again() {
    for (code, class) in [("AccessDeniedException", Class::Denied), ("QueueDoesNotExist", Class::Unset)] {
        let cloud = server(vec![Reply::error(code)]);
        let failure =
            client(&cloud.url).send(&LIST_QUEUES, "eu-west-1", &Map::new(), origin()).await.expect_err("a failure");
        assert_eq!((failure.class, failure.action), (class, "sqs:ListQueues"));
        assert_eq!(cloud.asked().len(), 1);
    }
}

#[tokio::test]
async fn giving_up_says_what_the_last_attempt_came_to() {
    let cloud = server(vec![throttled()]);
    let failure =
        client(&cloud.url).send(&LIST_QUEUES, "eu-west-1", &Map::new(), origin()).await.expect_err("a failure");
    assert_eq!(failure.class, Class::Throttled);
    assert_eq!(cloud.asked().len(), 4);
}

#[tokio::test]
async fn all_pages_are_read_and_a_failure_in_the_middle_leaves_none() {
    let cloud = server(vec![page(Some("2")), throttled(), page(Some("3")), page(None)]);
    let pages = client(&cloud.url).pages(&LIST_QUEUES, "eu-west-1", &Map::new(), origin()).await.expect("pages");
    assert_eq!(pages.len(), 3);
    let tokens: Vec<Value> = cloud.asked().iter().map(|asked| asked.json()["NextToken"].clone()).collect();
    assert_eq!(tokens, [Value::Null, json!("2"), json!("2"), json!("3")]);
    let cloud = server(vec![page(Some("2")), Reply::Answer(403, "{}".to_owned())]);
    let failure =
        client(&cloud.url).pages(&LIST_QUEUES, "eu-west-1", &Map::new(), origin()).await.expect_err("a failure");
    assert_eq!(failure.class, Class::Denied);
}

#[tokio::test]
async fn a_service_that_repeats_its_token_does_not_go_on_for_ever() {
    let cloud = server(vec![page(Some("again"))]);
    let failure =
        client(&cloud.url).pages(&LIST_QUEUES, "eu-west-1", &Map::new(), origin()).await.expect_err("a failure");
    assert_eq!(failure.class, Class::Malformed);
}
