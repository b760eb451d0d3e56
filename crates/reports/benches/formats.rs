//! What a format costs: `cargo bench -p reports`, or `cargo bench -p reports -- 2000` for one size.
//!
//! An account of as many resources as findings, all different. Item throughput is findings a second: it has to stay
//! level, but for formats that have no room for all of them.

#[path = "../tests/reports/golden/mod.rs"]
#[expect(dead_code, unused_imports, clippy::unwrap_used, reason = "it is what tests need, and as tests are written")]
mod golden;

use divan::Bencher;
use divan::counter::ItemsCount;
use reports::Options;

fn main() {
    divan::main();
}

#[divan::bench(
    args = reports::formats().iter().map(|format| format.id),
    consts = [2_000, 20_000],
    sample_count = 5,
    sample_size = 1
)]
fn format<const FINDINGS: usize>(bencher: Bencher<'_, '_>, id: &str) {
    let assessment = golden::large(FINDINGS);
    let Some(format) = reports::format(id) else { return };
    bencher.counter(ItemsCount::new(FINDINGS)).bench(|| {
        let mut out = Vec::new();
        (format.write)(&assessment, &Options::default(), &mut out).expect("a report");
        out.len()
    });
}
