//! Token buckets: as many calls as a service takes, and where AWS does not say how many, as many as turn out.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::Call;
use crate::rates::rate;

/// How fast calls go out until a service complains, in calls a second, and how many at once, where AWS does
/// not say how many it takes.
const START: f64 = 50.0;

/// The slowest a bucket gets: calls a second where nothing is known, and the part of a known rate. A
/// service that refuses calls at random would stop a bucket for good otherwise.
const SLOWEST: f64 = 1.0;
const SLOWEST_PART: f64 = 0.25;

/// How much slower a bucket gets when calls are throttled.
const BACK_OFF: f64 = 0.7;

/// Calls that went out together are refused together: that is one complaint, not many.
const COMPLAINT: Duration = Duration::from_secs(1);

/// How much faster a bucket gets in a second in which nothing is throttled, in calls a second.
const RECOVERY: f64 = 2.0;

/// How much of what a service takes is taken: somebody else may be working in the account.
const SHARE: f64 = 0.95;

/// How much of what it takes at once: calls arrive closer together than they went out.
const BURST_SHARE: f64 = 0.8;

/// One bucket for what a service counts as one in a region, which is an operation unless AWS says
/// otherwise: throttling of one does not slow down the others.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    buckets: Mutex<HashMap<Key, Arc<Bucket>>>,
}

/// The service, what shares a bucket, and the region.
type Key = (&'static str, Counted, String);

/// What shares a bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Counted {
    Operation(&'static str),
    /// All operations of the rate of this number.
    Rate(usize),
}

#[derive(Debug)]
struct Bucket {
    /// Calls wait for their turn here, in the order in which they came.
    turn: tokio::sync::Mutex<()>,
    tokens: Mutex<Tokens>,
}

#[derive(Debug)]
struct Tokens {
    /// Calls a second, the most there may be, and the least.
    rate: f64,
    most: f64,
    least: f64,
    /// Calls that may go out at once, and the most there may be.
    tokens: f64,
    burst: f64,
    filled: Instant,
    complained: Option<Instant>,
}

impl Tokens {
    fn new(rate: f64, least: f64, burst: f64) -> Self {
        Self { rate, most: rate, least, tokens: burst, burst, filled: Instant::now(), complained: None }
    }

    /// Takes a token, or says how long it has to be waited for.
    fn take(&mut self) -> Option<Duration> {
        let now = Instant::now();
        let elapsed = now.duration_since(self.filled).as_secs_f64();
        self.filled = now;
        self.tokens = (self.tokens + elapsed * self.rate).min(self.burst);
        if self.tokens >= 1.0 {
            self.tokens -= 1.0;
            return None;
        }
        // Timers are no finer than a millisecond.
        Some(Duration::from_secs_f64((1.0 - self.tokens) / self.rate).max(Duration::from_millis(1)))
    }

    fn learn(&mut self, throttled: bool) {
        if !throttled {
            self.rate = (self.rate + RECOVERY / self.rate).min(self.most);
            return;
        }
        let now = Instant::now();
        if self.complained.is_some_and(|last| now.duration_since(last) < COMPLAINT) {
            return;
        }
        self.complained = Some(now);
        self.rate = (self.rate * BACK_OFF).max(self.least);
        self.tokens = self.tokens.min(0.0);
    }
}

impl Limits {
    /// Waits until the call may go out.
    pub(crate) async fn admit(&self, call: &Call, region: &str) {
        let bucket = self.bucket(call, region);
        let _turn = bucket.turn.lock().await;
        loop {
            let wait = bucket.tokens().take();
            match wait {
                None => return,
                Some(wait) => sleep(wait).await,
            }
        }
    }

    /// Learns from how a call was answered.
    pub(crate) fn learn(&self, call: &Call, region: &str, throttled: bool) {
        self.bucket(call, region).tokens().learn(throttled);
    }

    fn bucket(&self, call: &Call, region: &str) -> Arc<Bucket> {
        let service = call.service.signing;
        let (counted, tokens) = match rate(service, call.operation) {
            Some((number, rate)) => {
                let counted = if rate.shared { Counted::Rate(number) } else { Counted::Operation(call.operation) };
                (counted, Tokens::new(rate.rate * SHARE, rate.rate * SLOWEST_PART, (rate.burst * BURST_SHARE).max(1.0)))
            }
            None => (Counted::Operation(call.operation), Tokens::new(START, SLOWEST, START)),
        };
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = buckets
            .entry((service, counted, region.to_owned()))
            .or_insert_with(|| Arc::new(Bucket { turn: tokio::sync::Mutex::default(), tokens: Mutex::new(tokens) }));
        Arc::clone(bucket)
    }
}

impl Bucket {
    fn tokens(&self) -> std::sync::MutexGuard<'_, Tokens> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Pages, Protocol, Scope, Service};

    fn service(signing: &'static str) -> &'static Service {
        let protocol = Protocol::Json { target: "", version: "1.1" };
        Box::leak(Box::new(Service { endpoint: signing, signing, variable: "", protocol, scope: Scope::Regional }))
    }

    fn call(service: &'static Service, operation: &'static str) -> Call {
        Call { service, operation, path: "", action: "", pages: Pages::One, yields: &[], unset: &[] }
    }

    /// How long so many calls take, made one after the other.
    async fn took(limits: &Limits, calls: usize, of: &[&Call], region: &str) -> f64 {
        let began = Instant::now();
        for number in 0..calls {
            limits.admit(of[number % of.len()], region).await;
        }
        began.elapsed().as_secs_f64()
    }

    #[tokio::test(start_paused = true)]
    async fn calls_go_out_as_fast_as_the_service_takes_them() {
        let (limits, ecs) = (Limits::default(), service("ecs"));
        let (list, describe) = (call(ecs, "ListClusters"), call(ecs, "DescribeClusters"));
        // 50 at once and 20 a second, of both together.
        let both = took(&limits, 147, &[&list, &describe], "eu-west-1").await;
        assert!((5.0..5.8).contains(&both), "{both}");
        assert!(took(&limits, 40, &[&list], "us-east-1").await < 0.1, "another region has another bucket");
        let services = call(ecs, "ListServices");
        assert!(took(&limits, 40, &[&services], "eu-west-1").await < 0.1, "so have other operations");
    }

    #[tokio::test(start_paused = true)]
    async fn calls_that_are_refused_together_are_one_complaint() {
        let (limits, sqs) = (Limits::default(), service("sqs"));
        let list = call(sqs, "ListQueues");
        let rate = || limits.bucket(&list, "eu-west-1").tokens().rate;
        for _ in 0..60 {
            limits.learn(&list, "eu-west-1", true);
        }
        assert_eq!(rate(), START * BACK_OFF);
        sleep(COMPLAINT * 2).await;
        limits.learn(&list, "eu-west-1", true);
        assert_eq!(rate(), START * BACK_OFF * BACK_OFF);
        for _ in 0..2000 {
            limits.learn(&list, "eu-west-1", false);
        }
        assert_eq!(rate(), START);
    }

    #[tokio::test(start_paused = true)]
    async fn what_a_service_takes_is_found_out() {
        let (limits, sqs) = (Limits::default(), service("sqs"));
        let list = call(sqs, "ListQueues");
        // A service that takes ten calls a second.
        let mut tokens = Tokens::new(10.0, 10.0, 10.0);
        let (began, mut answered, mut refused) = (Instant::now(), 0, 0);
        while answered < 300 {
            limits.admit(&list, "eu-west-1").await;
            let throttled = tokens.take().is_some();
            limits.learn(&list, "eu-west-1", throttled);
            if throttled { refused += 1 } else { answered += 1 }
        }
        let took = began.elapsed().as_secs_f64();
        assert!(took < 45.0, "{took} s");
        assert!(refused < 100, "{refused} refused");
    }
}
