//! Assessing running accounts.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use assessment::{Assessment, Target};
use aws_wire::{Client, Counts, Recorder, Recording, RecordingError};
use jiff::civil::Date;
use model::{Builder, Gap};
use sources_aws::{Account, Checkpoint, Collector, Header, Plan};

pub use sources_aws::{Cell, CellState, Ending, Stop};

use crate::accounts::{self, Access, Found};
use crate::{Error, Judging, conclude};

/// What tells of a recording which scan it is of.
const MANIFEST: &str = "scan.json";

/// What to scan, and how.
#[derive(Debug)]
pub struct Scan {
    /// How AWS is reached, and which accounts are meant.
    pub access: Access,
    /// Which services are read.
    pub services: Services,
    /// How long a service in a region may take.
    pub deadline: Duration,
    /// Where to keep what has been read, and to go on from.
    pub resume: Option<PathBuf>,
    /// Where to keep the answers, without secrets.
    pub record: Option<PathBuf>,
    /// Ends the scan early.
    pub stop: Stop,
    /// How it is judged.
    pub judging: Judging,
}

/// Which services are read, by the names of their collectors.
#[derive(Debug, Clone, Default)]
pub struct Services {
    /// These; without any, all.
    pub only: Vec<String>,
    /// Not these.
    pub not: Vec<String>,
    /// The last credential report of IAM is read, and no new one is made.
    pub last_report: bool,
}

/// What a scan came to.
#[derive(Debug)]
pub struct Scanned {
    /// The assessment.
    pub assessment: Assessment,
    /// How many calls it took.
    pub counts: Counts,
    /// Why it ended before it was through, if it did.
    pub ending: Option<Ending>,
    /// Why the recording is not whole, if it is not.
    pub unrecorded: Option<RecordingError>,
    /// What the scan could be gone on from; to be removed once the assessment is safe.
    pub checkpoint: Option<Checkpoint>,
}

/// How far a scan is.
pub type CellProgress<'a> = &'a (dyn Fn(&Cell, CellState) + Sync);

/// The IAM actions that a scan of these services takes, sorted.
///
/// # Errors
/// When a service is named that is not read.
pub fn scan_actions(services: &Services) -> Result<Vec<&'static str>, Error> {
    let mut actions = sources_aws::actions(&collectors(services)?);
    actions.retain(|action| !services.last_report || *action != sources_aws::REPORTING);
    Ok(actions)
}

/// Reads the accounts, judges them, and draws the conclusions.
///
/// # Errors
/// When there are no usable credentials, or an account does not say who it is or which regions it has.
/// What cannot be read after that is a gap of the assessment.
pub fn scan(mut scan: Scan, progress: CellProgress<'_>) -> Result<Scanned, Error> {
    let collectors = collectors(&scan.services)?;
    // Which day it began decides what it is judged by, whenever it ends.
    if let Some(path) = &scan.resume
        && let Some(header) = Checkpoint::header(path)?
    {
        scan.judging.today = header.today;
    }
    runtime()?.block_on(async {
        let base = accounts::base(&scan.access).await?;
        let Found { accounts, gaps } = base.accounts(&scan.access).await?;
        let header = header(&accounts, &scan.access, &collectors, &scan.judging);
        let checkpoint = scan.resume.as_deref().map(|path| Checkpoint::open(path, &header)).transpose()?;
        if let Some(folder) = &scan.record {
            record(folder, &header, &accounts)?;
        }
        let plan = Plan {
            accounts,
            collectors,
            today: scan.judging.today,
            deadline: scan.deadline,
            probing: false,
            makes_reports: !scan.services.last_report,
        };
        let named = header.regions_named;
        let assessment = assess(&plan, &scan.stop, checkpoint.as_ref(), gaps, named, &scan.judging, progress).await;
        // What was read counts more than what was kept of it.
        let recorders = plan.accounts.iter().filter_map(|account| account.client.recorder());
        let unrecorded = recorders.filter_map(|recorder| recorder.finish().err()).next();
        let ending = scan.stop.ending();
        let counts = plan.accounts.iter().map(|account| account.client.counts());
        let counts = counts.fold(Counts::default(), |all, one| Counts {
            requests: all.requests + one.requests,
            throttled: all.throttled + one.throttled,
        });
        Ok(Scanned { assessment, counts, ending, unrecorded, checkpoint })
    })
}

/// Scans once more what a scan has recorded, without any account. It is judged by the day of the
/// recording, unless another one is given.
///
/// # Errors
/// When the folder holds no recording.
pub fn replay(
    folder: &Path,
    services: &Services,
    today: Option<Date>,
    mut judging: Judging,
    progress: CellProgress<'_>,
) -> Result<Assessment, Error> {
    let header = manifest(folder)?;
    judging.today = today.unwrap_or(header.today);
    let mut accounts = Vec::new();
    for (id, regions) in header.accounts {
        let recording = Recording::load(&folder.join(&id))?;
        accounts.push(Account { id, client: Arc::new(Client::replaying(recording)), regions });
    }
    let recorded = |collector: &&'static Collector| header.services.iter().any(|name| name == collector.name);
    let plan = Plan {
        accounts,
        collectors: collectors(services)?.into_iter().filter(recorded).collect(),
        // Requests say from when on they ask.
        today: header.today,
        deadline: Duration::MAX,
        probing: false,
        // Where none was made, nothing was recorded of it, and the last one is read.
        makes_reports: !services.last_report,
    };
    let named = header.regions_named;
    Ok(runtime()?.block_on(assess(&plan, &Stop::default(), None, Vec::new(), named, &judging, progress)))
}

/// Runs a plan and draws the conclusions.
async fn assess(
    plan: &Plan,
    stop: &Stop,
    checkpoint: Option<&Checkpoint>,
    gaps: Vec<Gap>,
    regions_named: bool,
    judging: &Judging,
    progress: CellProgress<'_>,
) -> Assessment {
    let mut builder = Builder::new();
    sources_aws::scan(plan, stop, checkpoint, progress, &mut builder).await;
    gaps.into_iter().for_each(|gap| builder.gap(gap));
    let names: Vec<&str> = plan.accounts.iter().map(|account| account.id.as_str()).collect();
    let regions: BTreeSet<&str> = plan.accounts.iter().flat_map(|a| &a.regions).map(String::as_str).collect();
    let region = regions_named.then(|| regions.into_iter().collect::<Vec<&str>>().join(", "));
    let target = Target { paths: Vec::new(), parameters: Vec::new(), account: Some(names.join(", ")), region };
    conclude(builder.build(), target, judging)
}

fn header(accounts: &[Account], access: &Access, collectors: &[&'static Collector], judging: &Judging) -> Header {
    Header {
        version: judging.version.clone(),
        accounts: accounts.iter().map(|account| (account.id.clone(), account.regions.clone())).collect(),
        regions_named: !access.regions.is_empty(),
        services: collectors.iter().map(|collector| collector.name.to_owned()).collect(),
        today: judging.today,
    }
}

/// Lets the clients of the accounts keep their answers, each account in a folder of its own.
fn record(folder: &Path, header: &Header, accounts: &[Account]) -> Result<(), Error> {
    for account in accounts {
        account.client.record(Recorder::create(folder.join(&account.id))?);
    }
    let path = folder.join(MANIFEST);
    let text = serde_json::to_string_pretty(header).map_err(std::io::Error::from);
    let written = text.and_then(|text| fs::write(&path, text + "\n"));
    written.map_err(|source| RecordingError::File { path, source }.into())
}

fn manifest(folder: &Path) -> Result<Header, Error> {
    let path = folder.join(MANIFEST);
    let failed = |source| RecordingError::File { path: path.clone(), source };
    let text = fs::read_to_string(&path).map_err(failed)?;
    Ok(serde_json::from_str(&text).map_err(|error| failed(error.into()))?)
}

pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, Error> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Error::Threads)
}

pub(crate) fn collectors(services: &Services) -> Result<Vec<&'static Collector>, Error> {
    let all = sources_aws::collectors();
    for service in services.only.iter().chain(&services.not) {
        if !all.iter().any(|collector| collector.name == service) {
            let known = all.iter().map(|collector| collector.name).collect();
            return Err(Error::UnknownService { service: service.clone(), known });
        }
    }
    let named = |names: &[String], collector: &Collector| names.iter().any(|name| name == collector.name);
    let wanted = |collector: &&'static Collector| {
        (services.only.is_empty() || named(&services.only, collector)) && !named(&services.not, collector)
    };
    Ok(all.iter().copied().filter(wanted).collect())
}
