//! How many requests a service takes.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tokio::time::Instant;

/// How many requests a second a service takes, of some operations together or of each.
#[derive(Debug, Clone, PartialEq)]
pub struct Rate {
    /// The service as requests are signed for it: `monitoring`.
    pub service: String,
    /// The beginnings of the names of the operations: `Describe`; empty are those of all.
    pub operations: Vec<String>,
    /// Whether they share a bucket. Otherwise each has its own.
    pub shared: bool,
    /// Requests a second.
    pub rate: f64,
    /// Requests at once.
    pub burst: f64,
}

/// The buckets of an account. The first rate that fits an operation counts; where none does, there is no
/// limit.
#[derive(Debug, Default)]
pub(super) struct Buckets {
    rates: Vec<Rate>,
    buckets: Mutex<HashMap<Drawn, Bucket>>,
}

/// The number of the rate, the operation where each has its own bucket, and the region.
type Drawn = (usize, String, String);

/// The tokens it holds, and when that was.
type Bucket = (f64, Option<Instant>);

impl Buckets {
    pub(super) fn new(rates: Vec<Rate>) -> Self {
        Self { rates, buckets: Mutex::default() }
    }

    /// The name of the bucket that a request draws on, with what it holds.
    pub(super) fn of(&self, service: &str, operation: &str) -> Option<(usize, &Rate)> {
        let fits = |rate: &Rate| {
            rate.service == service && rate.operations.iter().any(|start| operation.starts_with(start.as_str()))
        };
        self.rates.iter().enumerate().find(|(_, rate)| fits(rate))
    }

    /// Takes a token; false when there is none.
    pub(super) fn take(&self, service: &str, operation: &str, region: &str) -> bool {
        let Some((number, rate)) = self.of(service, operation) else { return true };
        let own = if rate.shared { "" } else { operation };
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = buckets.entry((number, own.to_owned(), region.to_owned())).or_insert((rate.burst, None));
        let now = Instant::now();
        let elapsed = bucket.1.map_or(0.0, |last| now.duration_since(last).as_secs_f64());
        *bucket = ((bucket.0 + elapsed * rate.rate).min(rate.burst), Some(now));
        let taken = bucket.0 >= 1.0;
        if taken {
            bucket.0 -= 1.0;
        }
        taken
    }
}
