//! An account on stage: what it holds, how fast it answers, and what goes wrong.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use super::answer::Answer;
use super::fault::{Armed, error};
use super::paging::place;
use super::question::Question;
use super::rates::Buckets;
use super::server::{Sent, written};
use super::{Asked, Fault, Paging, Population, Rate, Trouble, services};

/// What to put on stage.
#[derive(Debug, Clone, Default)]
pub struct Stage {
    /// What the account holds.
    pub population: Population,
    /// How long every answer takes.
    pub latency: Duration,
    /// How many requests the services take.
    pub rates: Vec<Rate>,
    /// How lists come in pages.
    pub paging: Paging,
    /// What goes wrong. The first that fits a request happens to it.
    pub faults: Vec<Fault>,
}

/// A request and how it was answered.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// The service it was signed for.
    pub service: String,
    /// The region it was signed for.
    pub region: String,
    /// What was asked: `DescribeInstances`.
    pub operation: String,
    /// Of what it was asked: what the parameters say, the token of the page aside.
    pub subject: String,
    /// The number of the page, from 1.
    pub page: usize,
    /// The status; 0 when the connection was cut.
    pub status: u16,
    /// Whether it was refused because there were too many.
    pub throttled: bool,
    /// When it had arrived, since the start of the server.
    pub began: Duration,
    /// When it was answered.
    pub ended: Duration,
}

/// A stage in use.
pub(super) struct Running {
    population: Population,
    latency: Duration,
    paging: Paging,
    buckets: Buckets,
    faults: Vec<Armed>,
    requests: AtomicUsize,
    started: Instant,
    exchanges: Arc<Mutex<Vec<Exchange>>>,
}

impl Running {
    pub(super) fn new(stage: Stage, exchanges: Arc<Mutex<Vec<Exchange>>>) -> Self {
        Self {
            population: stage.population,
            latency: stage.latency,
            paging: stage.paging,
            buckets: Buckets::new(stage.rates),
            faults: stage.faults.into_iter().map(Armed::new).collect(),
            requests: AtomicUsize::new(0),
            started: Instant::now(),
            exchanges,
        }
    }

    pub(super) async fn handle(&self, asked: Asked) -> Sent {
        let began = Instant::now();
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        let question = Question::of(&asked);
        let page = place(&question).0;
        let struck = self.faults.iter().find_map(|fault| fault.strikes(number, &question, page));
        let fits = || self.buckets.take(&question.service, &question.operation, &question.region);
        let trouble = struck.or_else(|| (!fits()).then_some(Trouble::Throttled));
        let answer = match trouble.and_then(|trouble| error(trouble, &question)) {
            Some((status, code)) => Answer::Error(status, code),
            None => services::answer(&self.population, self.paging, &question),
        };
        let (status, headers, body) = answer.written(&question);
        sleep_until(began + self.latency).await;
        let sent = match trouble {
            Some(Trouble::Cut) => Sent::Nothing,
            Some(Trouble::CutShort) => Sent::Half(written(status, headers, body)),
            Some(Trouble::Slow(pause)) => Sent::Slow(written(status, headers, body), pause),
            Some(Trouble::Garbage) => Sent::whole(200, Vec::new(), "\u{1}no <answer {at all".to_owned()),
            Some(Trouble::Truncated) => {
                let half: String = body.chars().take(body.chars().count() / 2).collect();
                Sent::whole(status, headers, half)
            }
            _ => Sent::whole(status, headers, body),
        };
        let exchange = Exchange {
            subject: question.subject(),
            page,
            status: if matches!(sent, Sent::Nothing) { 0 } else { status },
            throttled: trouble == Some(Trouble::Throttled),
            began: began - self.started,
            ended: self.started.elapsed(),
            service: question.service,
            region: question.region,
            operation: question.operation,
        };
        self.exchanges.lock().unwrap_or_else(PoisonError::into_inner).push(exchange);
        sent
    }
}

impl Stage {
    /// How many requests of a log each bucket took, with what the bucket gives: its service, operations and
    /// region. Requests to a part of AWS without a limit draw on none.
    pub fn drawn<'s>(&'s self, exchanges: &'s [Exchange]) -> BTreeMap<(usize, &'s str, &'s str), (&'s Rate, usize)> {
        let buckets = Buckets::new(self.rates.clone());
        let mut drawn = BTreeMap::new();
        for exchange in exchanges.iter().filter(|exchange| !exchange.throttled) {
            let found = buckets.of(&exchange.service, &exchange.operation).map(|(number, _)| number);
            let Some((number, rate)) = found.and_then(|number| Some((number, self.rates.get(number)?))) else {
                continue;
            };
            let own = if rate.shared { "" } else { exchange.operation.as_str() };
            drawn.entry((number, own, exchange.region.as_str())).or_insert((rate, 0)).1 += 1;
        }
        drawn
    }
}
