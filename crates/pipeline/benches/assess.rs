//! How the cost of an assessment grows: `cargo bench -p pipeline`.
//!
//! One template of mixed resources, half of them flawed, from text to conclusions. Item throughput is
//! resources a second: it has to stay level from 500 to 50,000.

use divan::Bencher;
use divan::counter::ItemsCount;
use findings::Config;
use pipeline::{Judging, Request};

fn main() {
    divan::main();
}

#[divan::bench(args = [70, 500, 1_500, 5_000, 15_000, 50_000], sample_count = 10)]
fn template(bencher: Bencher<'_, '_>, resources: u64) {
    let text = xtask::template::generate(resources, 1);
    bencher
        .counter(ItemsCount::new(resources))
        .with_inputs(|| Request {
            paths: Vec::new(),
            text: Some(("template.json".to_owned(), text.clone())),
            parameters: Default::default(),
            account: None,
            region: None,
            judging: Judging {
                config: Config::default(),
                baseline: None,
                today: jiff::civil::date(2026, 11, 1),
                keep_passes: false,
                version: String::new(),
            },
        })
        .bench_values(|request| pipeline::assess(request, &mut |_| {}).expect("an assessment"));
}
