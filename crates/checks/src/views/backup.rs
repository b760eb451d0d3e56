//! AWS Backup.

use model::{At, Fact, Inventory, List, Outcome, Tags, Text, Verdict, View, any};

use crate::wildcards::covers;

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
    #[view(path = "BackupSelection.NotResources")]
    left_out: List<'a, Fact<'a, Text<'a>>>,
    #[view(path = "BackupSelection.ListOfTags")]
    tags: List<'a, TagCondition<'a>>,
    #[view(path = "BackupSelection.Conditions")]
    conditions: At<'a>,
}

/// A tag that resources are selected by.
#[derive(Debug, View)]
struct TagCondition<'a> {
    at: At<'a>,
    condition_key: Fact<'a, Text<'a>>,
    condition_value: Fact<'a, Text<'a>>,
}

/// How many selections by tags or patterns are looked into for one resource. Where there are more, it is not known.
const LOOKED_INTO: usize = 50;

impl<'a> Selection<'a> {
    /// A selection names `resource`, or selects it by its tags or by a pattern. In code it may get tags that do not
    /// stand there, and its ARN is not known: a selection of others may cover it, too.
    pub(crate) fn must_cover(resource: &At<'a>, tags: &Tags<'a>, around: &'a Inventory) -> Verdict {
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
        let mut broad = around.such(resource, "selects by tags or patterns", is_broad);
        let mut looked_into = broad.by_ref().take(LOOKED_INTO).map(|selection| selection.must_select(resource, tags));
        let found = any(looked_into.by_ref());
        drop(looked_into);
        match found.outcome {
            Outcome::Pass => found,
            Outcome::NotApplicable => named,
            Outcome::Fail if resource.is_in_account() && broad.next().is_none() => named,
            Outcome::Fail | Outcome::Unknown => named.weakened(),
        }
    }

    /// It selects the resource by its tags or its ARN. Where both are asked for, and where more is, only what they
    /// agree on is known.
    fn must_select(&self, resource: &At<'a>, tags: &Tags<'a>) -> Verdict {
        let by_tag = self.tags.any("a tag of the resource", |tag| {
            tag.condition_key.and_then(|key| {
                let key = key.strip_prefix("aws:ResourceTag/").unwrap_or(key);
                tag.condition_value.and_then(|value| tags.must_have(key, &[value]))
            })
        });
        let own = resource.resource().arn.as_deref();
        let by_pattern = self.resources.any("a pattern of its ARN", |pattern| {
            let matched =
                pattern.must_read("a pattern of its ARN", |pattern| own.is_some_and(|own| covers(pattern, own)));
            if own.is_none() { matched.weakened() } else { matched }
        });
        let is = |verdict: Verdict| verdict.outcome == Outcome::Pass;
        let verdict = match (is(self.tags.must_be_empty()), is(self.resources.must_be_empty())) {
            (true, true) => return open_to_doubt(by_tag),
            (false, true) => by_tag,
            (true, false) => by_pattern,
            (false, false) if by_tag.outcome == by_pattern.outcome => by_tag,
            (false, false) => return open_to_doubt(by_tag),
        };
        // A condition or an exception can only leave out.
        let is_all = is(self.conditions.must_be_unset()) && is(self.left_out.must_be_empty());
        match is_all || verdict.outcome == Outcome::Fail {
            true => self.at.as_one_of_several(verdict),
            false => open_to_doubt(verdict),
        }
    }
}

fn open_to_doubt(verdict: Verdict) -> Verdict {
    Verdict { outcome: Outcome::Unknown, ..verdict }
}

/// A vault that backups are kept in.
#[derive(Debug, View)]
#[view("AWS::Backup::BackupVault")]
pub(crate) struct Vault<'a> {
    pub(crate) at: At<'a>,
    pub(crate) lock_configuration: At<'a>,
}
