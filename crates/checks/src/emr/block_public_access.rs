//! `emr_block_public_access`

use macros::check;
use model::{At, Fact, List, Verdict, View};

/// Whether clusters of a region may be open to the internet.
#[derive(Debug, View)]
#[view("Pilaster::EmrBlockPublicAccess")]
struct BlockPublicAccess<'a> {
    at: At<'a>,
    block_public_security_group_rules: Fact<'a, bool>,
    #[view(path = "PermittedPublicSecurityGroupRuleRanges")]
    exceptions: List<'a, Ports<'a>>,
}

#[derive(Debug, View)]
struct Ports<'a> {
    at: At<'a>,
    min_range: Fact<'a, i64>,
    max_range: Fact<'a, i64>,
}

/// EMR clusters cannot be opened to the internet
///
/// The interfaces of Hadoop and Spark ask for no password: who reaches them runs code on the cluster, with
/// the permissions of its role. The block refuses to start a cluster whose security groups let in the
/// internet. AWS leaves port 22 as an exception, which is tolerated here; any other is not.
///
/// ## Fix
/// Turn on block public access in the EMR settings of the region, and remove all exceptions, port 22
/// included where nobody needs it: Session Manager does not.
/// ```account,fail
/// { "Type": "Pilaster::EmrBlockPublicAccess", "Properties": { "BlockPublicSecurityGroupRules": false } }
/// ```
/// ```account,fail
/// { "Type": "Pilaster::EmrBlockPublicAccess",
///   "Properties": { "BlockPublicSecurityGroupRules": true,
///     "PermittedPublicSecurityGroupRuleRanges": [{ "MinRange": 22, "MaxRange": 8088 }] } }
/// ```
/// ```account,pass
/// { "Type": "Pilaster::EmrBlockPublicAccess",
///   "Properties": { "BlockPublicSecurityGroupRules": true,
///     "PermittedPublicSecurityGroupRuleRanges": [{ "MinRange": 22, "MaxRange": 22 }] } }
/// ```
/// ```account,unknown
/// { "Type": "Pilaster::EmrBlockPublicAccess",
///   "Properties": { "BlockPublicSecurityGroupRules": { "Denied": "elasticmapreduce:GetBlockPublicAccessConfiguration" } } }
/// ```
#[check(SEC05_BP01, SEC05_BP04, severity = Critical, needs = [Testing], fsbp = ["EMR.2"], code = Never)]
fn emr_block_public_access(block: &BlockPublicAccess) -> Verdict {
    block.block_public_security_group_rules.must_be(true)
        & block
            .exceptions
            .all(|ports| ports.min_range.must_be(22) & (ports.max_range.must_be(22) | ports.max_range.must_be_unset()))
}
