//! `ssm_patching_scheduled`

use macros::check;
use model::{Verdict, when};

use crate::views::ssm::Run;

/// Runs of Patch Manager install patches, again and again
///
/// A scan only tells that machines are open to attack; it closes nothing. A run that happens once leaves
/// them as they were on that day. Judged are associations and tasks of maintenance windows that run
/// one of AWS's patch documents: whether machines are patched in some other way, code does not tell.
///
/// ## Fix
/// Set the parameter `Operation` to `Install` and give the association a `ScheduleExpression`, or make it
/// a task of a maintenance window at a quiet hour. Patch a test group some days earlier; machines restart.
/// ```yaml,fail
/// Type: AWS::SSM::Association
/// Properties:
///   Name: AWS-RunPatchBaseline
///   Parameters: { Operation: [Scan] }
///   ScheduleExpression: rate(1 day)
/// ```
/// ```yaml,pass
/// Type: AWS::SSM::Association
/// Properties:
///   Name: AWS-RunPatchBaseline
///   Parameters: { Operation: [Install], RebootOption: [RebootIfNeeded] }
///   ScheduleExpression: cron(0 3 ? * SUN *)
/// ```
/// ```yaml,not_applicable
/// Type: AWS::SSM::Association
/// Properties: { Name: AWS-GatherSoftwareInventory, ScheduleExpression: rate(12 hours) }
/// ```
#[check(OPS05_BP05, SEC06_BP01, severity = Medium, needs = [Downtime, Testing], code = Partly)]
fn ssm_patching_scheduled(run: &Run) -> Verdict {
    when(run.patches(), || run.must_install() & run.must_repeat())
}
