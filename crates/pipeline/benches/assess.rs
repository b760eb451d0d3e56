//! How the cost of an assessment grows: `cargo bench -p pipeline`.
//!
//! One template, or one folder of Terraform, of mixed resources, half of them flawed, from text to conclusions. Item
//! throughput is resources a second: it has to stay level from 500 to 50,000.

use std::fs;
use std::io::Cursor;
use std::path::PathBuf;

use divan::Bencher;
use divan::counter::ItemsCount;
use findings::Config;
use pipeline::{Judging, Request, Stream};

fn main() {
    divan::main();
}

#[divan::bench(args = [70, 500, 1_500, 5_000, 15_000, 50_000], sample_count = 10)]
fn template(bencher: Bencher<'_, '_>, resources: u64) {
    let text = xtask::template::generate(resources, 1);
    bencher
        .counter(ItemsCount::new(resources))
        .with_inputs(|| {
            let stream = Stream { name: "template.json".to_owned(), reader: Box::new(Cursor::new(text.clone())) };
            request(Vec::new(), Some(stream))
        })
        .bench_values(|request| pipeline::assess(request, &mut |_| {}).expect("an assessment"));
}

#[divan::bench(args = [500, 1_500, 5_000, 15_000, 50_000], sample_count = 10)]
fn terraform(bencher: Bencher<'_, '_>, resources: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("main.tf"), code(resources)).expect("a file");
    bencher
        .counter(ItemsCount::new(resources))
        .with_inputs(|| request(vec![folder.path().to_owned()], None))
        .bench_values(|request| pipeline::assess(request, &mut |_| {}).expect("an assessment"));
}

fn request(paths: Vec<PathBuf>, stream: Option<Stream>) -> Request {
    Request {
        paths,
        stream,
        parameters: Default::default(),
        variables: Default::default(),
        account: None,
        region: None,
        judging: Judging {
            config: Config::default(),
            baseline: None,
            today: jiff::civil::date(2026, 11, 1),
            keep_passes: false,
            version: String::new(),
        },
    }
}

/// Small systems of ten resources each, which refer to each other and to variables.
fn code(resources: usize) -> String {
    let mut code = include_str!("variables.tf").to_owned();
    for round in 0..resources.div_ceil(10) {
        code.push_str(&include_str!("round.tf").replace("ROUND", &round.to_string()));
    }
    code
}
