//! What goes wrong.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::population::mixed;
use super::question::{Question, Speech};

/// Something that goes wrong with requests.
#[derive(Debug, Clone)]
pub struct Fault {
    /// With which: `sqs:ListQueues` by the service it is signed for and the operation, `sqs:*`, or `*`.
    pub on: String,
    /// Only with this page of a list, from 1.
    pub page: Option<usize>,
    /// Only from this request to the account on, counted from 0.
    pub after: usize,
    /// With which share of them, chosen by `seed`.
    pub share: f64,
    /// How often at the most.
    pub times: usize,
    /// Decides which requests are chosen.
    pub seed: u64,
    /// What happens.
    pub trouble: Trouble,
}

/// What goes wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Too many requests, says the service.
    Throttled,
    /// A permission is missing, says the service.
    Denied,
    /// The credentials have expired, says the service.
    Expired,
    /// The service fails: status 500.
    Failed,
    /// The service or the operation is not there.
    Unavailable,
    /// A body that is neither JSON nor XML.
    Garbage,
    /// A body that ends in the middle, though the head says that it is whole.
    Truncated,
    /// The connection is cut before the answer.
    Cut,
    /// The connection is cut in the middle of the answer.
    CutShort,
    /// The answer pauses in its middle.
    Slow(Duration),
}

impl Fault {
    /// A trouble with every request to an operation.
    pub fn new(on: &str, trouble: Trouble) -> Self {
        Self { on: on.to_owned(), page: None, after: 0, share: 1.0, times: usize::MAX, seed: 0, trouble }
    }

    /// Only with a share of the requests.
    pub fn share(mut self, share: f64, seed: u64) -> Self {
        (self.share, self.seed) = (share, seed);
        self
    }

    /// Only with a page.
    pub fn page(mut self, page: usize) -> Self {
        self.page = Some(page);
        self
    }

    /// Only so often.
    pub fn times(mut self, times: usize) -> Self {
        self.times = times;
        self
    }

    /// Only from a request on.
    pub fn after(mut self, requests: usize) -> Self {
        self.after = requests;
        self
    }
}

/// A fault with how often it has happened.
#[derive(Debug)]
pub(super) struct Armed {
    fault: Fault,
    happened: AtomicUsize,
}

impl Armed {
    pub(super) fn new(fault: Fault) -> Self {
        Self { fault, happened: AtomicUsize::new(0) }
    }

    /// Whether it happens to a request.
    pub(super) fn strikes(&self, number: usize, question: &Question, page: usize) -> Option<Trouble> {
        let fault = &self.fault;
        let (service, operation) = fault.on.split_once(':').unwrap_or((&fault.on, "*"));
        let meant = (service == "*" || service == question.service)
            && (operation == "*" || operation == question.operation)
            && fault.page.is_none_or(|wanted| wanted == page)
            && number >= fault.after;
        // The upper bits of a mixed number are as good as drawn.
        let chosen = || (mixed(fault.seed ^ mixed(number as u64)) >> 11) as f64 / (1_u64 << 53) as f64;
        if !meant || (fault.share < 1.0 && chosen() >= fault.share) {
            return None;
        }
        let first = self.happened.fetch_add(1, Ordering::Relaxed) < fault.times;
        first.then_some(fault.trouble)
    }
}

/// The error that a service answers with, in the terms of its protocol (common errors of each API reference).
pub(super) fn error(trouble: Trouble, question: &Question) -> Option<(u16, &'static str)> {
    let s3 = question.service == "s3";
    Some(match (trouble, question.speech) {
        (Trouble::Throttled, Speech::Ec2) => (503, "RequestLimitExceeded"),
        (Trouble::Throttled, Speech::RestXml) if s3 => (503, "SlowDown"),
        (Trouble::Throttled, Speech::RestJson) => (429, "TooManyRequestsException"),
        (Trouble::Throttled, Speech::Json) => (400, "ThrottlingException"),
        (Trouble::Throttled, _) => (400, "Throttling"),
        (Trouble::Denied, Speech::Ec2) => (403, "UnauthorizedOperation"),
        (Trouble::Denied, Speech::Json) => (400, "AccessDeniedException"),
        (Trouble::Denied, Speech::RestJson) => (403, "AccessDeniedException"),
        (Trouble::Denied, _) => (403, "AccessDenied"),
        (Trouble::Expired, Speech::Ec2) => (400, "RequestExpired"),
        (Trouble::Expired, Speech::RestXml) if s3 => (400, "ExpiredToken"),
        (Trouble::Expired, Speech::Json) => (400, "ExpiredTokenException"),
        (Trouble::Expired, Speech::RestJson) => (403, "ExpiredTokenException"),
        (Trouble::Expired, _) => (403, "ExpiredToken"),
        (Trouble::Failed, Speech::Ec2 | Speech::RestXml) => (500, "InternalError"),
        (Trouble::Failed, _) => (500, "InternalFailure"),
        (Trouble::Unavailable, Speech::Json) => (400, "UnknownOperationException"),
        (Trouble::Unavailable, Speech::RestJson) => (403, "UnknownOperationException"),
        (Trouble::Unavailable, Speech::RestXml) => (501, "NotImplemented"),
        (Trouble::Unavailable, _) => (400, "InvalidAction"),
        _ => return None,
    })
}
