//! A stand-in for AWS on loopback. [`Cloud::start`] says what a test wants it to say; [`Cloud::open`] holds a
//! generated account, answers as the services do, and has every trouble with it that it is told to have.

mod answer;
mod fault;
mod paging;
mod population;
mod question;
mod rates;
mod server;
mod services;
mod stage;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use tokio::sync::oneshot;

pub use fault::{Fault, Trouble};
pub use paging::Paging;
pub use population::Population;
pub use rates::Rate;
pub use stage::{Exchange, Stage};

use server::Sent;

/// A request as the server saw it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// `GET`, `POST`.
    pub method: String,
    /// The path with its query.
    pub path: String,
    /// Headers, their names in lower case.
    pub headers: HashMap<String, String>,
    /// The body.
    pub body: String,
}

impl Asked {
    /// The operation, for services that name it in a header.
    pub fn operation(&self) -> &str {
        self.headers.get("x-amz-target").and_then(|target| target.rsplit('.').next()).unwrap_or_default()
    }

    /// The region it was signed for.
    pub fn region(&self) -> &str {
        self.signed(2)
    }

    /// The service it was signed for: `monitoring`.
    pub fn service(&self) -> &str {
        self.signed(3)
    }

    /// A part of what it was signed for: `Credential=AKID/20261101/eu-west-1/sqs/aws4_request, …`.
    fn signed(&self, part: usize) -> &str {
        self.headers.get("authorization").and_then(|signature| signature.split('/').nth(part)).unwrap_or_default()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or(Value::Null)
    }
}

/// What the server does about a request.
#[derive(Debug, Clone)]
pub enum Reply {
    /// Answers with this status and body.
    Answer(u16, String),
    /// Cuts the connection.
    Cut,
}

impl Reply {
    /// A success in JSON.
    pub fn json(body: Value) -> Self {
        Reply::Answer(200, body.to_string())
    }

    /// An error as services that speak JSON send it.
    pub fn error(code: &str) -> Self {
        Reply::Answer(400, serde_json::json!({ "__type": format!("com.amazon.coral#{code}") }).to_string())
    }
}

/// The server. It runs until it is dropped.
#[derive(Debug)]
pub struct Cloud {
    /// Its address.
    pub url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    exchanges: Arc<Mutex<Vec<Exchange>>>,
    _running: oneshot::Sender<()>,
}

impl Cloud {
    /// Starts a server. `reply` is told the number of the request, from 0, and the request.
    ///
    /// # Panics
    /// When there is no free port.
    pub fn start(reply: impl Fn(usize, &Asked) -> Reply + Send + Sync + 'static) -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, reply) = (Arc::clone(&asked), Arc::new(reply));
        let (url, running) = server::start(move |asked: Asked| {
            let (log, reply) = (Arc::clone(&log), Arc::clone(&reply));
            async move {
                let number = {
                    let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
                    log.push(asked.clone());
                    log.len() - 1
                };
                // It may take its time, or panic: neither is to hold up other connections.
                match tokio::task::spawn_blocking(move || reply(number, &asked)).await {
                    Ok(Reply::Answer(status, body)) => Sent::whole(status, Vec::new(), body),
                    Ok(Reply::Cut) | Err(_) => Sent::Nothing,
                }
            }
        });
        Self { url, asked, exchanges: Arc::default(), _running: running }
    }

    /// Starts a server that holds the account of a stage.
    ///
    /// # Panics
    /// When there is no free port.
    pub fn open(stage: Stage) -> Self {
        let exchanges = Arc::new(Mutex::new(Vec::new()));
        let running = Arc::new(stage::Running::new(stage, Arc::clone(&exchanges)));
        let (url, stop) = server::start(move |asked| {
            let running = Arc::clone(&running);
            async move { running.handle(asked).await }
        });
        Self { url, asked: Arc::default(), exchanges, _running: stop }
    }

    /// Everything it was asked so far; of an account, see [`Cloud::exchanges`].
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What an account was asked so far, in the order of the answers.
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.exchanges.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
