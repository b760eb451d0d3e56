//! `backup_jobs_succeeding`

use macros::check;
use model::{At, Fact, Text, Verdict, View};

#[derive(Debug, View)]
#[view("Pilaster::BackupJob")]
struct Job<'a> {
    at: At<'a>,
    #[view(path = "Observed.State")]
    state: Fact<'a, Text<'a>>,
}

/// The last backup of every resource succeeded
///
/// A plan that fails every night looks like protection until something has to be restored. Jobs fail because a role
/// lost a permission, a key was disabled or the window was too short, and go on failing until someone looks. Judged
/// is, of the jobs of AWS Backup in the last nine days that have ended, the last one of each resource: a job that
/// was aborted, expired before it started or saved a part only is no backup either.
///
/// ## Fix
/// Read the message of the job in the console of AWS Backup, repair what it names, and start a backup on demand.
/// Send the events of failed jobs to people. Of a resource that is gone, take it out of the selection.
/// ```account,fail
/// { "Type": "Pilaster::BackupJob", "Properties": { "Observed": { "State": "FAILED" } } }
/// ```
/// ```account,pass
/// { "Type": "Pilaster::BackupJob", "Properties": { "Observed": { "State": "COMPLETED" } } }
/// ```
#[check(REL09_BP03, REL06_BP01, severity = High, code = Never)]
fn backup_jobs_succeeding(job: &Job) -> Verdict {
    job.state.must_be("COMPLETED")
}
