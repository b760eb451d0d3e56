//! Holds a generated account until the end of its input, and prints where it listens:
//! `cargo run --release -p sources-aws --example cloud -- 10000 us-east-1 eu-west-1`, then
//! `AWS_ENDPOINT_URL=http://127.0.0.1:… AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x pilaster scan`.
//!
//! It answers after 50 ms and takes as many calls as AWS says it does. At the end it prints, of every
//! operation, how often it was asked and how often it refused.

#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use std::collections::BTreeMap;
use std::time::Duration;

use aws_wire::RATES;
use testbed::cloud::{Cloud, Population, Rate, Stage};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let resources = arguments.next().and_then(|number| number.parse().ok()).unwrap_or(1000);
    let mut regions: Vec<String> = arguments.collect();
    if regions.is_empty() {
        regions = Population::default().regions;
    }
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let rates = RATES.iter().map(|rate| Rate {
        service: rate.service.to_owned(),
        operations: owned(rate.operations),
        shared: rate.shared,
        rate: rate.rate,
        burst: rate.burst,
    });
    let cloud = Cloud::open(Stage {
        population: Population { regions, resources, seed: 1 },
        latency: Duration::from_millis(50),
        rates: rates.collect(),
        ..Stage::default()
    });
    println!("{}", cloud.url);
    let _ = std::io::read_to_string(std::io::stdin());
    let mut asked: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
    for exchange in cloud.exchanges() {
        let counts = asked.entry((exchange.service, exchange.operation)).or_default();
        counts.0 += 1;
        counts.1 += usize::from(exchange.throttled);
    }
    for ((service, operation), (requests, throttled)) in asked {
        println!("{requests:>7} {throttled:>5} {service}:{operation}");
    }
}
