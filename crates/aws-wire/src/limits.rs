//! Token buckets that find out how many calls a service takes.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::Call;

/// How fast calls go out until a service complains, in calls a second, and how many at once. The rates
/// AWS documents for reading calls are between 5 (Config) and 100 (EC2) a second; what a service takes is
/// found out from its answers.
const START: f64 = 50.0;

/// The slowest a bucket gets, in calls a second.
const SLOWEST: f64 = 0.5;

/// How much slower a bucket gets when a call is throttled, and how much faster with every one that is not.
const BACK_OFF: f64 = 0.7;
const RECOVERY: f64 = 0.5;

/// One bucket for every operation in every region: throttling of one does not slow down the others.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    buckets: Mutex<HashMap<(&'static str, &'static str, String), Bucket>>,
}

#[derive(Debug)]
struct Bucket {
    /// Calls a second.
    rate: f64,
    /// Calls that may go out at once; below zero, so many wait.
    tokens: f64,
    filled: Instant,
}

impl Bucket {
    fn new() -> Self {
        Self { rate: START, tokens: START, filled: Instant::now() }
    }

    /// Takes a token, and says how long it has to be waited for.
    fn take(&mut self) -> Duration {
        let now = Instant::now();
        let elapsed = now.duration_since(self.filled).as_secs_f64();
        self.filled = now;
        self.tokens = (self.tokens + elapsed * self.rate).min(self.rate.max(1.0)) - 1.0;
        if self.tokens >= 0.0 { Duration::ZERO } else { Duration::from_secs_f64(-self.tokens / self.rate) }
    }
}

impl Limits {
    /// Waits until the call may go out.
    pub(crate) async fn admit(&self, call: &Call, region: &str) {
        let wait = self.with(call, region, Bucket::take);
        if !wait.is_zero() {
            sleep(wait).await;
        }
    }

    /// Learns from how a call was answered.
    pub(crate) fn learn(&self, call: &Call, region: &str, throttled: bool) {
        self.with(call, region, |bucket| match throttled {
            true => bucket.rate = (bucket.rate * BACK_OFF).max(SLOWEST),
            false => bucket.rate = (bucket.rate + RECOVERY).min(START),
        });
    }

    fn with<T>(&self, call: &Call, region: &str, act: impl FnOnce(&mut Bucket) -> T) -> T {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (call.service.endpoint, call.operation, region.to_owned());
        act(buckets.entry(key).or_insert_with(Bucket::new))
    }
}
