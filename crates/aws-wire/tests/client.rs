//! A client against a server that answers as AWS does when it is well, and when it is not.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_wire::{
    AssumeRole, Call, Class, Client, ClientOptions, Identity, Pages, Protocol, Recorder, Recording, Scope, Service,
};
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
    assert_eq!(cloud.asked().len(), 12, "patience with a busy service is greater");
    let cloud = server(vec![Reply::Answer(500, "{}".to_owned())]);
    let failure =
        client(&cloud.url).send(&LIST_QUEUES, "eu-west-1", &Map::new(), origin()).await.expect_err("a failure");
    assert_eq!(failure.class, Class::Service);
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

#[tokio::test]
async fn a_recording_answers_as_the_service_did_without_secrets_and_without_calls() {
    let folder = tempfile::tempdir().expect("a folder");
    let queues = json!({"QueueUrls": ["q"], "Environment": {"Variables": {"TOKEN": "hunter2"}}});
    let cloud = server(vec![Reply::json(queues), throttled(), Reply::error("AccessDeniedException")]);
    let live = client(&cloud.url);
    live.record(Recorder::create(folder.path().join("1")).expect("a recorder"));
    let first = live.send(&LIST_QUEUES, "eu-west-1", &Map::new(), origin()).await.expect("an answer");
    let denied = live.send(&LIST_QUEUES, "eu-west-2", &Map::new(), origin()).await.expect_err("a failure");
    live.recorder().expect("a recorder").finish().expect("files in order");
    let kept = std::fs::read_to_string(folder.path().join("1/sqs.eu-west-1.jsonl")).expect("a file");
    assert!(!kept.contains("hunter2"), "{kept}");

    let recording = Recording::load(&folder.path().join("1")).expect("a recording");
    let replay = Client::replaying(recording.clone());
    let again = replay.send(&LIST_QUEUES, "eu-west-1", &Map::new(), origin()).await.expect("an answer");
    assert_eq!(again.get("QueueUrls"), first.get("QueueUrls"));
    let token = again.get("Environment").and_then(|node| node.get("Variables")).and_then(|node| node.get("TOKEN"));
    assert_eq!(token.map(|node| &node.value), Some(&model::Value::Unknown(model::Why::NotRead)));
    let failure = replay.send(&LIST_QUEUES, "eu-west-2", &Map::new(), origin()).await.expect_err("a failure");
    assert_eq!((failure, denied.class), (denied.clone(), Class::Denied));
    // What was never asked was never answered.
    let failure = replay.send(&LIST_QUEUES, "eu-west-3", &Map::new(), origin()).await.expect_err("a failure");
    assert_eq!(failure.class, Class::NoAnswer);
    assert_eq!((replay.counts().requests, cloud.asked().len()), (0, 3));

    let refused = Client::replaying(recording.without("sqs:ListQueues"));
    let failure = refused.send(&LIST_QUEUES, "eu-west-1", &Map::new(), origin()).await.expect_err("a failure");
    assert_eq!(failure.class, Class::Denied);

    std::fs::write(folder.path().join("1/sqs.eu-west-1.jsonl"), "{}\n").expect("written");
    let error = Recording::load(&folder.path().join("1")).expect_err("no recording");
    assert!(error.to_string().ends_with("sqs.eu-west-1.jsonl:1 is no recorded answer"), "{error}");
}

#[tokio::test]
async fn a_role_is_assumed_with_all_it_asks_for_and_its_session_signs() {
    let answer = "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId>\
         <SecretAccessKey>role-secret</SecretAccessKey><SessionToken>role-session</SessionToken>\
         <Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>";
    let cloud = server(vec![Reply::Answer(200, answer.to_owned()), page(None), page(None)]);
    let options = ClientOptions { endpoint_url: Some(cloud.url.clone()), ..ClientOptions::default() };
    let credentials = Credentials::new("AKIDEXAMPLE", "a-secret-key", None, None, "test");
    let base = Client::new(SharedCredentialsProvider::new(credentials), options.clone()).expect("a client");
    let role = AssumeRole {
        arn: "arn:aws:iam::1:role/audit".to_owned(),
        external_id: Some("shop".to_owned()),
        session_name: "pilaster".to_owned(),
        duration: Some(Duration::from_secs(900)),
        mfa: Some(("arn:aws:iam::2:mfa/ada".to_owned(), "123456".to_owned())),
    };
    let credentials = Identity::assume(&Arc::new(base), "eu-west-1", role).await.expect("an identity");
    let client = Client::new(credentials, options).expect("a client");
    for _ in 0..2 {
        client.send(&LIST_QUEUES, "eu-west-1", &Map::new(), origin()).await.expect("an answer");
    }
    let asked = cloud.asked();
    assert_eq!(asked.len(), 3, "the role is assumed once");
    for wanted in
        ["Action=AssumeRole", "ExternalId=shop", "DurationSeconds=900", "TokenCode=123456", "RoleSessionName=pilaster"]
    {
        assert!(asked[0].body.contains(wanted), "{wanted}: {}", asked[0].body);
    }
    assert_eq!(asked[2].headers["x-amz-security-token"], "role-session");

    let refused = server(vec![Reply::Answer(403, "<E><Error><Code>AccessDenied</Code></Error></E>".to_owned())]);
    let options = ClientOptions { endpoint_url: Some(refused.url.clone()), ..ClientOptions::default() };
    let credentials = Credentials::new("AKIDEXAMPLE", "a-secret-key", None, None, "test");
    let base = Client::new(SharedCredentialsProvider::new(credentials), options).expect("a client");
    let role = AssumeRole {
        arn: "arn:aws:iam::1:role/audit".to_owned(),
        external_id: None,
        session_name: "pilaster".to_owned(),
        duration: None,
        mfa: None,
    };
    let error = Identity::assume(&Arc::new(base), "eu-west-1", role).await.expect_err("no identity");
    assert!(error.to_string().starts_with("the role arn:aws:iam::1:role/audit cannot be assumed"), "{error}");
}

/// A role whose sessions are about to expire is renewed by the same client that makes the calls. Renewing
/// takes a turn of its own, and what it is told is never kept.
#[tokio::test]
async fn roles_are_renewed_in_the_middle_of_a_busy_scan_and_never_recorded() {
    let cloud = Cloud::start(|_, asked| {
        if !asked.body.contains("Action=AssumeRole") {
            return page(None);
        }
        let expiry = "2020-01-01T00:00:00Z";
        Reply::Answer(
            200,
            format!(
                "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId>\
                 <SecretAccessKey>role-secret</SecretAccessKey><SessionToken>role-session</SessionToken>\
                 <Expiration>{expiry}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"
            ),
        )
    });
    let options = ClientOptions {
        endpoint_url: Some(cloud.url.clone()),
        in_flight: Arc::new(tokio::sync::Semaphore::new(2)),
        ..ClientOptions::default()
    };
    let credentials = Credentials::new("AKIDEXAMPLE", "a-secret-key", None, None, "test");
    let base = Arc::new(Client::new(SharedCredentialsProvider::new(credentials), options.clone()).expect("a client"));
    let folder = tempfile::tempdir().expect("a folder");
    base.record(Recorder::create(folder.path().join("own")).expect("a recorder"));
    let role = AssumeRole {
        arn: "arn:aws:iam::1:role/audit".to_owned(),
        external_id: None,
        session_name: "pilaster".to_owned(),
        duration: None,
        mfa: None,
    };
    let credentials = Identity::assume(&base, "eu-west-1", role).await.expect("an identity");
    let client = Client::new(credentials, options).expect("a client");
    let none = Map::new();
    let calls = (0..40).map(|_| client.send(&LIST_QUEUES, "eu-west-1", &none, origin()));
    let answers = tokio::time::timeout(Duration::from_secs(20), futures_util::future::join_all(calls)).await;
    assert!(answers.expect("nobody waits for ever").iter().all(Result::is_ok));
    base.send(&LIST_QUEUES, "eu-west-1", &none, origin()).await.expect("an answer");
    let kept: Vec<String> = std::fs::read_dir(folder.path().join("own"))
        .expect("the recording")
        .flatten()
        .map(|file| std::fs::read_to_string(file.path()).expect("text"))
        .collect();
    assert!(kept.concat().contains("ListQueues") && !kept.concat().contains("role-se"), "{kept:?}");
}

#[tokio::test]
async fn a_service_that_a_region_has_not_is_told_from_a_network_that_is_down() {
    static WORKSPACES: Service = Service {
        endpoint: "workspaces",
        signing: "workspaces",
        variable: "WORKSPACES",
        protocol: Protocol::Json { target: "WorkspacesService", version: "1.1" },
        scope: Scope::Regional,
    };
    static CALL: Call = Call {
        service: &WORKSPACES,
        operation: "DescribeWorkspaces",
        path: "",
        action: "workspaces:DescribeWorkspaces",
        pages: Pages::One,
        yields: &[],
        unset: &[],
    };
    let credentials = Credentials::new("AKIDEXAMPLE", "a-secret-key", None, None, "test");
    let options = ClientOptions {
        endpoint_url: Some("http://nowhere.invalid".to_owned()),
        attempts: 2,
        longest_pause: Duration::from_millis(5),
        ..ClientOptions::default()
    };
    let client = Client::new(SharedCredentialsProvider::new(credentials), options).expect("a client");
    for (region, class) in [("us-west-1", Class::Unavailable), ("us-east-1", Class::NoAnswer)] {
        let failure = client.send(&CALL, region, &Map::new(), origin()).await.expect_err("a failure");
        assert_eq!(failure.class, class, "{region}");
    }
}
