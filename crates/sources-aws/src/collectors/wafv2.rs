//! AWS WAF: web ACLs and rule groups of a region, and what they guard.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::shape::{as_text, into_items, is_unknown, literal, part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static WAF: Service = Service {
    endpoint: "wafv2",
    signing: "wafv2",
    variable: "WAFV2",
    protocol: Protocol::Json { target: "AWSWAF_20190729", version: "1.1" },
    scope: Scope::Regional,
};

const MARKER: Pages = Pages::Token { answer: "NextMarker", parameter: "NextMarker" };

pub(super) static ACLS: Call = Call {
    service: &WAF,
    operation: "ListWebACLs",
    path: "",
    action: "wafv2:ListWebACLs",
    pages: MARKER,
    yields: &["AWS::WAFv2::WebACL", "AWS::WAFv2::WebACLAssociation"],
    unset: &[],
};

pub(super) static ACL: Call = Call {
    service: &WAF,
    operation: "GetWebACL",
    path: "",
    action: "wafv2:GetWebACL",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(super) static GROUPS: Call = Call {
    service: &WAF,
    operation: "ListRuleGroups",
    path: "",
    action: "wafv2:ListRuleGroups",
    pages: MARKER,
    yields: &["AWS::WAFv2::RuleGroup"],
    unset: &[],
};

pub(super) static GROUP: Call = Call {
    service: &WAF,
    operation: "GetRuleGroup",
    path: "",
    action: "wafv2:GetRuleGroup",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static RESOURCES: Call = Call {
    service: &WAF,
    operation: "ListResourcesForWebACL",
    path: "",
    action: "wafv2:ListResourcesForWebACL",
    pages: Pages::One,
    yields: &["AWS::WAFv2::WebACLAssociation"],
    unset: &[],
};

/// The tags of one: the tags of many at once are those of a region, and what guards distributions is in none.
pub(super) static TAGS: Call = Call {
    service: &WAF,
    operation: "ListTagsForResource",
    path: "",
    action: "wafv2:ListTagsForResource",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "wafv2",
    reach: Reach::EveryRegion,
    calls: &[&ACLS, &ACL, &GROUPS, &GROUP, &RESOURCES, &TAGS],
    collect: |run| Box::pin(collect(run)),
};

async fn collect(run: &Run) -> Result<(), Halt> {
    let listed = json!({ "Scope": "REGIONAL", "Limit": 100 });
    let (acls, groups) =
        tokio::join!(run.list(&ACLS, listed.clone(), "WebACLs"), run.list(&GROUPS, listed, "RuleGroups"));
    let result = acls.as_ref().map(drop).and(groups.as_ref().map(drop)).map_err(|halt| *halt);
    tokio::join!(run.each(acls.unwrap_or_default(), guarding), run.each(groups.unwrap_or_default(), group));
    result
}

/// A web ACL, and what it guards.
async fn guarding(run: &Run, summary: Node) -> Vec<Draft> {
    let of_kind = |kind: &str| {
        let asked = json!({ "WebACLArn": text(&summary, "ARN"), "ResourceType": kind });
        run.get_list(&RESOURCES, asked, "ResourceArns")
    };
    let (acl, balancers, apis) = tokio::join!(
        acl(run, run.region(), "REGIONAL", &summary),
        of_kind("APPLICATION_LOAD_BALANCER"),
        of_kind("API_GATEWAY")
    );
    let guarded = into_items(balancers).into_iter().chain(into_items(apis)).filter_map(|guarded| {
        let draft = Draft::new("AWS::WAFv2::WebACLAssociation", as_text(&guarded)?, guarded.origin);
        Some(draft.set("WebACLArn", part(&summary, "ARN")).set("ResourceArn", Some(guarded)))
    });
    acl.into_iter().chain(guarded).collect()
}

async fn group(run: &Run, summary: Node) -> Vec<Draft> {
    described_group(run, run.region(), "REGIONAL", &summary).await.into_iter().collect()
}

/// A web ACL, from the region that keeps it.
pub(super) async fn acl(run: &Run, region: &str, scope: &str, summary: &Node) -> Option<Draft> {
    let arn = text(summary, "ARN")?;
    let (found, tags) = tokio::join!(
        run.get_in(region, &ACL, named(scope, summary)),
        run.get_in(region, &TAGS, json!({ "ResourceARN": arn, "Limit": 100 })),
    );
    let draft = described(begun("AWS::WAFv2::WebACL", scope, summary)?, found.at("WebACL"));
    Some(draft.region(region).set("Tags", tags.at("TagInfoForResource.TagList")))
}

/// A rule group, from the region that keeps it.
pub(super) async fn described_group(run: &Run, region: &str, scope: &str, summary: &Node) -> Option<Draft> {
    let found = run.get_in(region, &GROUP, named(scope, summary)).await;
    Some(described(begun("AWS::WAFv2::RuleGroup", scope, summary)?, found.at("RuleGroup")).region(region))
}

fn named(scope: &str, summary: &Node) -> serde_json::Value {
    json!({ "Scope": scope, "Name": text(summary, "Name"), "Id": text(summary, "Id") })
}

fn begun(kind: &str, scope: &str, summary: &Node) -> Option<Draft> {
    let (name, arn) = (text(summary, "Name")?, text(summary, "ARN")?);
    let draft = Draft::new(kind, name, summary.origin).name(name).arn(arn);
    let draft = draft.set("Scope", Some(literal(scope, summary)));
    Some(draft.take(summary, &[("Name", "Name"), ("Description", "Description")]))
}

fn described(draft: Draft, found: Option<Node>) -> Draft {
    let Some(found) = found else { return draft };
    let names = ["DefaultAction", "Rules", "VisibilityConfig", "Capacity"];
    names.iter().fold(draft, |draft, name| draft.set(name, part(&found, name).map(arns)))
}

/// The API writes `ARN` where CloudFormation writes `Arn`.
fn arns(node: Node) -> Node {
    if is_unknown(&node) {
        return node;
    }
    let origin = node.origin;
    let value = match node.value {
        Value::Map(entries) => {
            let name = |key: String| if key == "ARN" { "Arn".to_owned() } else { key };
            Value::Map(entries.into_iter().map(|(key, node)| (name(key), arns(node))).collect())
        }
        Value::List(items) => Value::List(items.into_iter().map(arns).collect()),
        value => value,
    };
    Node::new(value, origin)
}
