//! `ebs_volume_backed_up`

use macros::check;
use model::{At, Fact, Inventory, List, Text, Verdict, View};

use crate::views::backup::Selection;
use crate::views::ec2::Volume;

/// A policy of Amazon Data Lifecycle Manager.
#[derive(Debug, View)]
#[view("AWS::DLM::LifecyclePolicy")]
struct LifecyclePolicy<'a> {
    at: At<'a>,
    #[view(default = "ENABLED")]
    state: Fact<'a, Text<'a>>,
    #[view(path = "PolicyDetails.TargetTags")]
    target_tags: List<'a, Tag<'a>>,
    /// A default policy takes every volume that has no recent snapshot.
    default_policy: Fact<'a, Text<'a>>,
}

#[derive(Debug, View)]
struct Tag<'a> {
    at: At<'a>,
    key: Fact<'a, Text<'a>>,
    value: Fact<'a, Text<'a>>,
}

impl LifecyclePolicy<'_> {
    fn must_cover(&self, volume: &Volume) -> Verdict {
        let by_tag = self.target_tags.any("a tag of the volume", |tag| {
            tag.key.and_then(|key| tag.value.and_then(|value| volume.tags.must_have(key, &[value])))
        });
        self.state.must_be("ENABLED") & (by_tag | self.default_policy.must_be("VOLUME"))
    }
}

/// Block storage volumes are backed up by a plan
///
/// A volume lives in one zone and fails now and then; a wrong command empties it within a second. What is
/// not in a snapshot is gone. Snapshots made by hand are forgotten; a plan makes them every day and
/// deletes the old ones. Selections by tag or pattern may cover a volume that they do not name.
///
/// ## Fix
/// Name the volume, or a tag it has, in an `AWS::Backup::BackupSelection`, or give it the tag of an
/// `AWS::DLM::LifecyclePolicy`. Restore one now and then to know that it works.
/// ```yaml,fail
/// Type: AWS::EC2::Volume
/// Properties: { AvailabilityZone: eu-west-1a, Size: 100 }
/// ```
/// ```yaml,pass
/// Resources:
///   Data:
///     Type: AWS::EC2::Volume
///     Properties: { AvailabilityZone: eu-west-1a, Size: 100, Tags: [{ Key: backup, Value: daily }] }
///   Daily:
///     Type: AWS::DLM::LifecyclePolicy
///     Properties:
///       State: ENABLED
///       PolicyDetails: { ResourceTypes: [VOLUME], TargetTags: [{ Key: backup, Value: daily }] }
/// ```
#[check(REL09_BP01, REL09_BP03, severity = Medium, effort = Medium, needs = [Money], fsbp = ["EC2.28"], code = Partly)]
fn ebs_volume_backed_up(volume: &Volume, around: &Inventory) -> Verdict {
    let lifecycle = around.beside::<LifecyclePolicy>(&volume.at).any("a policy", |policy| policy.must_cover(volume));
    let selection = Selection::must_cover(&volume.at, &volume.tags, around);
    // Policies for other volumes are no reason why this one is not backed up.
    if lifecycle.outcome == model::Outcome::Fail { selection } else { selection | lifecycle }
}
