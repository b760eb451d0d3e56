//! AWS WAF: the web ACLs and rule groups that guard distributions.

use futures_util::future::join_all;
use serde_json::json;

use super::wafv2::{ACL, ACLS, GROUP, GROUPS, TAGS, acl, described_group};
use crate::{Collector, Halt, Reach, Run};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "wafv2_cloudfront",
    reach: Reach::Once,
    calls: &[&ACLS, &ACL, &GROUPS, &GROUP, &TAGS],
    collect: |run| Box::pin(collect(run)),
};

/// Where they are kept, whichever regions are read (AWS WAF API Reference, `ListWebACLs`).
const HOME: &str = "us-east-1";

const SCOPE: &str = "CLOUDFRONT";

async fn collect(run: &Run) -> Result<(), Halt> {
    // Other partitions have no distributions that AWS WAF guards.
    if run.partition() != aws_wire::partition(HOME).id {
        return Ok(());
    }
    let listed = json!({ "Scope": SCOPE, "Limit": 100 });
    let (acls, groups) = tokio::join!(
        run.list_in(HOME, &ACLS, listed.clone(), "WebACLs"),
        run.list_in(HOME, &GROUPS, listed, "RuleGroups"),
    );
    let (found, described) = tokio::join!(
        join_all(acls.iter().flatten().map(|summary| acl(run, HOME, SCOPE, summary))),
        join_all(groups.iter().flatten().map(|summary| described_group(run, HOME, SCOPE, summary))),
    );
    found.into_iter().chain(described).flatten().for_each(|draft| run.add(draft));
    acls.and(groups).map(drop)
}
