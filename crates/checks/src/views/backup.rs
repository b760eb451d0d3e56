//! AWS Backup.

use model::{At, Fact, Inventory, List, Outcome, Text, Verdict, View};

/// A plan: when backups are made, where they go, how long they are kept.
#[derive(Debug, View)]
#[view("AWS::Backup::BackupPlan")]
pub(crate) struct Plan<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "BackupPlan.BackupPlanRule")]
    pub(crate) rules: List<'a, Rule<'a>>,
}

/// A rule of a plan.
#[derive(Debug, View)]
pub(crate) struct Rule<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "Lifecycle.DeleteAfterDays")]
    pub(crate) delete_after_days: Fact<'a, i64>,
    pub(crate) copy_actions: List<'a, Copy<'a>>,
}

/// A copy to another vault.
#[derive(Debug, View)]
pub(crate) struct Copy<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "DestinationBackupVaultArn")]
    pub(crate) destination: Fact<'a, Text<'a>>,
}

/// What a plan backs up.
#[derive(Debug, View)]
#[view("AWS::Backup::BackupSelection")]
pub(crate) struct Selection<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "BackupSelection.Resources")]
    resources: List<'a, Fact<'a, Text<'a>>>,
    #[view(path = "BackupSelection.ListOfTags")]
    tags: List<'a, At<'a>>,
    #[view(path = "BackupSelection.Conditions")]
    conditions: At<'a>,
}

impl<'a> Selection<'a> {
    /// A selection names `resource`. Where one selects by tags or patterns, it may cover it, too.
    pub(crate) fn must_cover(resource: &At<'a>, around: &'a Inventory) -> Verdict {
        let named =
            around.referring::<Selection>("BackupSelection.Resources.*", resource).must_exist("a backup selection");
        if named.outcome != Outcome::Fail {
            return named;
        }
        let is_broad = |selection: &Selection<'a>| {
            selection.tags.must_not_be_empty()
                | selection.conditions.must_be_set()
                | selection.resources.any("a pattern", |arn| arn.must_read("a pattern", |arn| arn.contains('*')))
        };
        match around.such(resource, "selects by tags or patterns", is_broad).next() {
            Some(_) => named.weakened(),
            None => named,
        }
    }
}

/// A vault that backups are kept in.
#[derive(Debug, View)]
#[view("AWS::Backup::BackupVault")]
pub(crate) struct Vault<'a> {
    pub(crate) at: At<'a>,
    pub(crate) lock_configuration: At<'a>,
}
