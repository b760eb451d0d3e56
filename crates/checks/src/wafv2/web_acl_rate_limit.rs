//! `wafv2_web_acl_rate_limit`

use macros::check;
use model::{At, Fact, Inventory, List, Text, Verdict, View, when};

/// A web ACL.
#[derive(Debug, View)]
#[view("AWS::WAFv2::WebACL")]
struct WebAcl<'a> {
    at: At<'a>,
    rules: List<'a, Rule<'a>>,
}

/// Rules that web ACLs share.
#[derive(Debug, View)]
#[view("AWS::WAFv2::RuleGroup")]
struct RuleGroup<'a> {
    at: At<'a>,
    rules: List<'a, Rule<'a>>,
}

#[derive(Debug, View)]
struct Rule<'a> {
    at: At<'a>,
    #[view(path = "Statement.RateBasedStatement")]
    rate_based: At<'a>,
    #[view(path = "Action.Count")]
    only_counts: At<'a>,
    #[view(path = "Statement.RuleGroupReferenceStatement.Arn")]
    group: Fact<'a, Text<'a>>,
}

impl Rule<'_> {
    fn must_limit(&self) -> Verdict {
        self.rate_based.must_be_set() & self.only_counts.must_be_unset()
    }
}

/// Web ACLs limit how many requests one client can send
///
/// A single client can send more than a system is made for: a flood, a scraper, a script that tries
/// passwords, a partner's loop. Managed rules look at each request alone and let all of these pass. A
/// rate-based rule slows the one down, so that the others are still served.
///
/// ## Fix
/// Add a rule with a `RateBasedStatement` and a `Limit` well above what one client needs in five minutes.
/// Let it count for a while, then block. Count by `FORWARDED_IP` where a proxy stands before it.
/// ```yaml,fail
/// Type: AWS::WAFv2::WebACL
/// Properties:
///   Scope: REGIONAL
///   DefaultAction: { Allow: {} }
///   Rules:
///     - Name: known
///       Priority: 1
///       Statement: { ManagedRuleGroupStatement: { VendorName: AWS, Name: AWSManagedRulesCommonRuleSet } }
/// ```
/// ```yaml,pass
/// Type: AWS::WAFv2::WebACL
/// Properties:
///   Scope: REGIONAL
///   DefaultAction: { Allow: {} }
///   Rules:
///     - Name: rate
///       Priority: 1
///       Action: { Block: {} }
///       Statement: { RateBasedStatement: { Limit: 2000, AggregateKeyType: IP } }
/// ```
#[check(REL05_BP02, SEC05_BP03, SUS02_BP06, severity = Medium, needs = [Testing])]
fn wafv2_web_acl_rate_limit(acl: &WebAcl, around: &Inventory) -> Verdict {
    let expected = "a rate-based rule";
    acl.rules.any(expected, |rule| {
        let by_group = when(rule.group.must_be_set(), || {
            let group = around.linked::<RuleGroup>(&rule.group);
            group.and_then(|group| group.rules.any(expected, |rule| rule.must_limit()))
        });
        rule.must_limit() | by_group
    })
}
