//! Running a plan.

use std::sync::Arc;
use std::time::Duration;

use aws_wire::Client;
use futures_util::{StreamExt, stream};
use jiff::civil::Date;
use model::{Builder, Gap, Node, Resource, Source, SourceId, Value};
use tokio::time::sleep;

use crate::run::Found;
use crate::{Cell, CellState, Checkpoint, Collector, Reach, Run, Stop, account, metrics};

/// How many cells are read at once. A cell waits for its answers most of the time.
const CELLS: usize = 256;

/// An account to read, with an identity that may read it.
#[derive(Debug, Clone)]
pub struct Account {
    /// Its number.
    pub id: String,
    /// Makes calls with the identity. It has made one already: a service refuses credentials that do not
    /// count as it refuses those of an account that has not enabled the region, and only a call that was
    /// accepted elsewhere tells the two apart.
    pub client: Arc<Client>,
    /// The regions that are enabled in it. The first one is where what exists once is read.
    pub regions: Vec<String>,
}

/// What to read.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The accounts.
    pub accounts: Vec<Account>,
    /// The collectors.
    pub collectors: Vec<&'static Collector>,
    /// The day of the scan: what is measured over time ends with its beginning.
    pub today: Date,
    /// How long a cell may take. What it has read by then is kept.
    pub deadline: Duration,
    /// Asks for one thing of each kind only, to see what is permitted.
    pub probing: bool,
    /// Whether IAM may be had make a new credential report; otherwise the last one is read.
    pub makes_reports: bool,
}

impl Plan {
    /// The cells of the plan, in order.
    pub fn cells(&self) -> Vec<Cell> {
        self.jobs().into_iter().map(|job| job.cell).collect()
    }

    fn jobs(&self) -> Vec<Job> {
        let mut jobs = Vec::new();
        for account in &self.accounts {
            for (number, region) in account.regions.iter().enumerate() {
                for collector in &self.collectors {
                    if collector.reach == Reach::EveryRegion || number == 0 {
                        let cell =
                            Cell { account: account.id.clone(), region: region.clone(), service: collector.name };
                        jobs.push(Job { cell, client: Arc::clone(&account.client), collector, number });
                    }
                }
            }
        }
        jobs.sort_by(|a, b| a.cell.cmp(&b.cell));
        jobs
    }
}

struct Job {
    cell: Cell,
    client: Arc<Client>,
    collector: &'static Collector,
    /// Which of the account's regions it is.
    number: usize,
}

/// Reads what the plan names. Cells are read in any order and put together in theirs, so that the same
/// account gives the same inventory.
///
/// Where there is a checkpoint, cells that were read before are not read again, and those that are read now
/// are kept. When the scan is stopped, what has been read stays, and what has not is a gap.
pub async fn scan(
    plan: &Plan,
    stop: &Stop,
    checkpoint: Option<&Checkpoint>,
    progress: &(dyn Fn(&Cell, CellState) + Sync),
    into: &mut Builder,
) {
    let mut jobs = plan.jobs();
    jobs.iter().for_each(|job| progress(&job.cell, CellState::Queued));
    // Home comes first: it holds the most as a rule, and what takes longest must not begin last.
    jobs.sort_by_key(|job| job.number);
    let read = |job: Job| async move {
        if let Some((state, found)) = checkpoint.and_then(|checkpoint| checkpoint.earlier(&job.cell)) {
            progress(&job.cell, state);
            return (job.cell, found);
        }
        let run = Run {
            client: job.client,
            account: job.cell.account.clone(),
            region: job.cell.region.clone(),
            today: plan.today,
            probing: plan.probing,
            makes_reports: plan.makes_reports,
            stop: stop.clone(),
            found: Default::default(),
        };
        progress(&job.cell, CellState::Running);
        let state = collect(&run, job.collector, plan.deadline).await;
        let found = std::mem::take(&mut *run.found());
        if let Some(checkpoint) = checkpoint {
            // A scan that cannot keep what it reads goes on: it can only not be gone on with.
            let _ = checkpoint.keep(&job.cell, state, &found);
        }
        progress(&job.cell, state);
        (job.cell, found)
    };
    let mut results: Vec<(Cell, Found)> = stream::iter(jobs).map(read).buffer_unordered(CELLS).collect().await;
    results.sort_by(|(a, _), (b, _)| a.cmp(b));
    metrics::fetch(plan, stop, &mut results).await;
    for account in &plan.accounts {
        account::resources(&account.id, &account.regions, into);
    }
    for (cell, found) in results {
        for (kind, region) in &found.not_offered {
            into.not_offered(kind, &cell.account, region);
        }
        merge(found, into);
    }
    for call in plan.collectors.iter().flat_map(|collector| collector.calls) {
        call.yields.iter().for_each(|kind| into.listed(*kind));
    }
}

/// Lets a collector run until it is through, its time is up, or the scan is stopped.
async fn collect(run: &Run, collector: &Collector, deadline: Duration) -> CellState {
    tokio::select! {
        biased;
        ending = run.stop.wait() => {
            run.cut_short(collector, ending.to_string());
            CellState::Stopped
        }
        // A list that could not be read is a gap already.
        _ = (collector.collect)(run) => run.state(),
        () = sleep(deadline) => {
            run.cut_short(collector, format!("not read within {} s", deadline.as_secs()));
            CellState::Failed
        }
    }
}

/// Adds what a cell found. Its sources are numbered anew, and its resources come in the order of their
/// types and ids, whatever the order of the answers.
fn merge(found: Found, into: &mut Builder) {
    let Found { sources, mut resources, mut gaps, .. } = found;
    // Numbered by name: the order of the calls depends on that of the answers.
    let mut order: Vec<(usize, Source)> = sources.into_iter().enumerate().collect();
    order.sort_by(|(_, a), (_, b)| name(a).cmp(&name(b)));
    let mut numbers = vec![SourceId(0); order.len()];
    for (old, source) in order {
        numbers[old] = into.source(source);
    }
    resources.sort_by(|a, b| (&a.kind, &a.id).cmp(&(&b.kind, &b.id)));
    for mut resource in resources {
        renumber(&mut resource, &numbers);
        into.resource(resource);
    }
    // One refusal is one gap, however many things it was asked about.
    gaps.sort();
    gaps.dedup();
    gaps.into_iter().for_each(|gap: Gap| into.gap(gap));
}

fn name(source: &Source) -> (&str, &str) {
    match source {
        Source::Call { operation, region } => (operation, region),
        Source::File { path, .. } => (path, ""),
    }
}

fn renumber(resource: &mut Resource, numbers: &[SourceId]) {
    let new = |old: SourceId| numbers.get(old.0 as usize).copied().unwrap_or(old);
    resource.origin.source = new(resource.origin.source);
    let mut open: Vec<&mut Node> = vec![&mut resource.properties];
    open.extend(resource.attributes.values_mut());
    while let Some(node) = open.pop() {
        node.origin.source = new(node.origin.source);
        match &mut node.value {
            Value::Map(entries) => open.extend(entries.values_mut()),
            Value::List(items) => open.extend(items.iter_mut()),
            _ => {}
        }
    }
}
