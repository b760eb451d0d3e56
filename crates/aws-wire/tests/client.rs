//! A client against a server that answers as AWS does when it is well, and when it is not.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_wire::{Call, Class, Client, ClientOptions, Pages, Protocol, Scope, Service};
use model::{Origin, SourceId};
use serde_json::{Map, Value, json};

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
    unset: &["QueueDoesNotExist"],
};

/// A request as the server saw it.
#[derive(Debug, Clone)]
struct Seen {
    headers: HashMap<String, String>,
    body: Value,
}

/// Answers requests in turn with what `answers` says; the last one is repeated. `None` cuts the connection.
fn server(answers: Vec<Option<(u16, Value)>>) -> (String, Arc<Mutex<Vec<Seen>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let number = log.lock().expect("the log").len();
            let answer = answers.get(number).or(answers.last()).cloned().flatten();
            handle(stream, answer, &log);
        }
    });
    (url, seen)
}

fn handle(mut stream: TcpStream, answer: Option<(u16, Value)>, log: &Mutex<Vec<Seen>>) {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    let request = loop {
        let read = stream.read(&mut buffer).unwrap_or(0);
        if read == 0 {
            return;
        }
        bytes.extend_from_slice(&buffer[..read]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let headers: HashMap<String, String> = head
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        if body.len() >= length {
            break Seen { headers, body: serde_json::from_str(body).unwrap_or(Value::Null) };
        }
    };
    log.lock().expect("the log").push(request);
    let Some((status, body)) = answer else { return };
    let body = body.to_string();
    let head = format!("HTTP/1.1 {status} x\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    let _ = stream.write_all(format!("{head}{body}").as_bytes());
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

fn throttled() -> Option<(u16, Value)> {
    Some((400, json!({"__type": "com.amazon.coral#ThrottlingException"})))
}

fn page(token: Option<&str>) -> Option<(u16, Value)> {
    Some((200, json!({"QueueUrls": ["q"], "NextToken": token})))
}

#[tokio::test]
async fn calls_are_addressed_and_signed_and_show_no_secret() {
    let (url, seen) = server(vec![page(None)]);
    let parameters = json!({"MaxResults": 10}).as_object().cloned().expect("an object");
    client(&url).send(&LIST_QUEUES, "eu-west-1", &parameters, origin()).await.expect("an answer");
    let seen = seen.lock().expect("the log").clone();
    let [request] = &seen[..] else { unreachable!("{seen:?}") };
    assert_eq!(request.headers["x-amz-target"], "AmazonSQS.ListQueues");
    assert_eq!(request.headers["x-amz-security-token"], "a-session");
    assert!(request.headers["authorization"].contains("/eu-west-1/sqs/aws4_request"));
    assert!(!format!("{seen:?}").contains("a-secret-key"));
    assert_eq!(request.body, json!({"MaxResults": 10}));
}

#[tokio::test]
async fn throttling_and_cut_connections_change_nothing_but_time() {
    let (url, seen) = server(vec![throttled(), None, Some((500, json!({}))), page(None)]);
    let client = client(&url);
    let node = client.send(&LIST_QUEUES, "eu-west-1", &Map::new(), origin()).await.expect("an answer");
    assert!(node.get("QueueUrls").is_some());
    assert_eq!(seen.lock().expect("the log").len(), 4);
    assert_eq!((client.counts().requests, client.counts().throttled), (4, 1));
}

#[tokio::test]
async fn what_does_not_pass_is_not_tried_again() {
    for (code, class) in [("AccessDeniedException", Class::Denied), ("QueueDoesNotExist", Class::Unset)] {
        let (url, seen) = server(vec![Some((400, json!({"__type": code})))]);
        let failure = client(&url).send(&LIST_QUEUES, "eu-west-1", &Map::new(), origin()).await.expect_err("a failure");
        assert_eq!((failure.class, failure.action), (class, "sqs:ListQueues"));
        assert_eq!(seen.lock().expect("the log").len(), 1);
    }
}

#[tokio::test]
async fn giving_up_says_what_the_last_attempt_came_to() {
    let (url, seen) = server(vec![throttled()]);
    let failure = client(&url).send(&LIST_QUEUES, "eu-west-1", &Map::new(), origin()).await.expect_err("a failure");
    assert_eq!(failure.class, Class::Throttled);
    assert_eq!(seen.lock().expect("the log").len(), 4);
}

#[tokio::test]
async fn all_pages_are_read_and_a_failure_in_the_middle_leaves_none() {
    let (url, seen) = server(vec![page(Some("2")), throttled(), page(Some("3")), page(None)]);
    let pages = client(&url).pages(&LIST_QUEUES, "eu-west-1", &Map::new(), origin()).await.expect("pages");
    assert_eq!(pages.len(), 3);
    let tokens: Vec<Value> = seen.lock().expect("the log").iter().map(|seen| seen.body["NextToken"].clone()).collect();
    assert_eq!(tokens, [Value::Null, json!("2"), json!("2"), json!("3")]);
    let (url, _) = server(vec![page(Some("2")), Some((403, json!({})))]);
    let failure = client(&url).pages(&LIST_QUEUES, "eu-west-1", &Map::new(), origin()).await.expect_err("a failure");
    assert_eq!(failure.class, Class::Denied);
}

#[tokio::test]
async fn a_service_that_repeats_its_token_does_not_go_on_for_ever() {
    let (url, _) = server(vec![page(Some("again"))]);
    let failure = client(&url).pages(&LIST_QUEUES, "eu-west-1", &Map::new(), origin()).await.expect_err("a failure");
    assert_eq!(failure.class, Class::Malformed);
}
