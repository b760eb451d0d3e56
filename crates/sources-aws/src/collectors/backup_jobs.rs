//! AWS Backup: how the last job of each resource ended.

use std::collections::BTreeMap;

use aws_wire::{Call, Pages};
use jiff::ToSpan;
use model::{Node, Value};
use serde_json::json;

use super::backup::BACKUP;
use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

static JOBS: Call = Call {
    service: &BACKUP,
    operation: "ListBackupJobs",
    path: "GET /backup-jobs/",
    action: "backup:ListBackupJobs",
    pages: Pages::Token { answer: "NextToken", parameter: "nextToken" },
    yields: &["Pilaster::BackupJob"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector =
    Collector { name: "backup_jobs", reach: Reach::EveryRegion, calls: &[&JOBS], collect: |run| Box::pin(jobs(run)) };

/// How far back jobs are asked for: enough for one a week and a day of delay on either side.
const DAYS: i32 = 9;

/// One of each resource: of those jobs that have ended, the one that was begun last. The others say nothing
/// about how the resource is backed up now.
async fn jobs(run: &Run) -> Result<(), Halt> {
    let since = run.today().saturating_sub(DAYS.days());
    let asked = json!({ "createdAfter": format!("{since}T00:00:00Z"), "maxResults": 1000 });
    let mut last: BTreeMap<String, Node> = BTreeMap::new();
    for job in run.list(&JOBS, asked, "BackupJobs").await? {
        let (Some(resource), Some(state)) = (text(&job, "ResourceArn"), text(&job, "State")) else { continue };
        if !matches!(state, "COMPLETED" | "PARTIAL" | "FAILED" | "EXPIRED" | "ABORTED") {
            continue;
        }
        match last.get_mut(resource) {
            Some(known) if begun(known) < begun(&job) => *known = job,
            Some(_) => {}
            None => {
                last.insert(resource.to_owned(), job);
            }
        }
    }
    for (resource, job) in last {
        run.add(Draft::new("Pilaster::BackupJob", resource, job.origin).take(
            &job,
            &[
                ("ResourceArn", "ResourceArn"),
                ("ResourceName", "ResourceName"),
                ("ResourceType", "ResourceType"),
                ("BackupVaultName", "BackupVaultName"),
                ("CreatedBy.BackupPlanId", "BackupPlanId"),
                ("BackupJobId", "Observed.BackupJobId"),
                ("CreationDate", "Observed.CreationDate"),
                ("CompletionDate", "Observed.CompletionDate"),
                ("MessageCategory", "Observed.MessageCategory"),
                ("State", "Observed.State"),
            ],
        ));
    }
    Ok(())
}

/// In seconds since 1970; of what does not say, nothing is newer than anything.
fn begun(job: &Node) -> f64 {
    match job.get("CreationDate").map(|node| &node.value) {
        Some(Value::Number(seconds) | Value::Text(seconds)) => seconds.parse().unwrap_or(0.0),
        _ => 0.0,
    }
}
