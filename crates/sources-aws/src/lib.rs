//! Running accounts into the model.
//!
//! A scan is a plan of [cells](Cell): account by region by service. A [collector](Collector) reads one
//! service in one region: it says what it lists and what it asks about each thing it found, and leaves
//! everything else to the [run](Run) it is given - pages, concurrency, what a failure means. What a list
//! does not give is a gap. What a property does not give is unknown, with the permission that is missing;
//! it is never absent because somebody was refused.

mod account;
mod cell;
mod checkpoint;
mod claimable;
mod collector;
mod collectors;
mod credential_report;
mod draft;
mod metrics;
mod names;
mod run;
mod scan;
mod shape;
mod stop;
mod tags;

pub use account::{AccountError, Member, enabled_regions, organization, who_am_i};
pub use cell::{Cell, CellState};
pub use checkpoint::{Checkpoint, CheckpointError, Header};
pub use collector::{Collecting, Collector, Reach};
pub use draft::Draft;
pub use run::{Answer, Halt, Run};
pub use scan::{Account, Plan, scan};
pub use stop::{Ending, Stop};

/// Every collector, by name.
pub fn collectors() -> &'static [&'static Collector] {
    collectors::COLLECTORS
}

/// The one action that is no plain read: it has IAM make a credential report.
pub const REPORTING: &str = credential_report::GENERATE.action;

/// The IAM actions that a scan with these collectors takes, sorted.
pub fn actions(collectors: &[&'static Collector]) -> Vec<&'static str> {
    let calls = collectors.iter().flat_map(|collector| collector.calls).chain(&account::CALLS);
    let calls = calls.copied().chain(metrics::call(collectors));
    let actions: std::collections::BTreeSet<&'static str> = calls.map(|call| call.action).collect();
    actions.into_iter().collect()
}
