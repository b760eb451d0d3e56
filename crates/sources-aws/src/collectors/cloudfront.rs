//! Amazon CloudFront: distributions and cache policies.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::shape::{literal, part, renamed, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static CLOUDFRONT: Service = Service {
    endpoint: "cloudfront",
    signing: "cloudfront",
    variable: "CLOUDFRONT",
    protocol: Protocol::RestXml {
        items: &[
            "AwsAccountNumber",
            "CNAME",
            "CacheBehavior",
            "CachePolicySummary",
            "CustomErrorResponse",
            "DistributionSummary",
            "FunctionAssociation",
            "KeyGroup",
            "LambdaFunctionAssociation",
            "Location",
            "Method",
            "Origin",
            "OriginCustomHeader",
            "OriginGroup",
            "OriginGroupMember",
            "StatusCode",
            "Tag",
        ],
        flat: &[],
    },
    scope: Scope::Global,
};

static LIST: Call = Call {
    service: &CLOUDFRONT,
    operation: "ListDistributions",
    path: "GET /2020-05-31/distribution",
    action: "cloudfront:ListDistributions",
    pages: Pages::Token { answer: "NextMarker", parameter: "Marker" },
    yields: &["AWS::CloudFront::Distribution"],
    unset: &[],
};

/// The list leaves out logging and the default root object.
static CONFIG: Call = Call {
    service: &CLOUDFRONT,
    operation: "GetDistributionConfig",
    path: "GET /2020-05-31/distribution/{Id}/config",
    action: "cloudfront:GetDistributionConfig",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static TAGS: Call = Call {
    service: &CLOUDFRONT,
    operation: "ListTagsForResource",
    path: "GET /2020-05-31/tagging",
    action: "cloudfront:ListTagsForResource",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

/// The account's own ones: those of AWS are known.
static CACHE_POLICIES: Call = Call {
    service: &CLOUDFRONT,
    operation: "ListCachePolicies",
    path: "GET /2020-05-31/cache-policy?Type=custom",
    action: "cloudfront:ListCachePolicies",
    pages: Pages::Token { answer: "NextMarker", parameter: "Marker" },
    yields: &["AWS::CloudFront::CachePolicy"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "cloudfront",
    reach: Reach::Once,
    calls: &[&LIST, &CONFIG, &TAGS, &CACHE_POLICIES],
    collect: |run| Box::pin(cloudfront(run)),
};

async fn cloudfront(run: &Run) -> Result<(), Halt> {
    let (distributions, policies) =
        tokio::join!(run.list(&LIST, json!({}), "Items"), run.list(&CACHE_POLICIES, json!({}), "Items"));
    for policy in policies.iter().flatten() {
        let Some(id) = text(policy, "CachePolicy.Id") else { continue };
        let draft = Draft::new("AWS::CloudFront::CachePolicy", id, policy.origin).name(id);
        run.add(draft.set("CachePolicyConfig", part(policy, "CachePolicy.CachePolicyConfig")));
    }
    run.each(distributions?, distribution).await;
    policies.map(|_| ())
}

async fn distribution(run: &Run, summary: Node) -> Vec<Draft> {
    let (Some(id), Some(arn)) = (text(&summary, "Id"), text(&summary, "ARN")) else { return Vec::new() };
    let (config, tags) =
        tokio::join!(run.get(&CONFIG, json!({ "Id": id })), run.get(&TAGS, json!({ "Resource": arn })));
    let draft = Draft::new("AWS::CloudFront::Distribution", id, summary.origin)
        .name(id)
        .arn(arn)
        .set("DistributionConfig", config.whole().map(shape))
        .set("Tags", tags.at("Items"))
        .take(&summary, &[("Status", "Observed.Status"), ("DomainName", "Observed.DomainName")]);
    vec![draft]
}

/// The configuration as CloudFormation has it.
fn shape(config: Node) -> Node {
    let mut config = renamed(plain(config), &[("IsIPV6Enabled", "IPV6Enabled")]);
    let Value::Map(entries) = &mut config.value else { return config };
    // Logging that is off is no logging.
    if entries.get("Logging").is_some_and(|logging| text(logging, "Enabled") != Some("true")) {
        entries.shift_remove("Logging");
    }
    if let Some(version) = entries.get_mut("HttpVersion")
        && let Value::Text(name) = &version.value
    {
        *version = literal(name.to_ascii_lowercase(), version);
    }
    if let Some(certificate) = entries.get_mut("ViewerCertificate") {
        let names = [("ACMCertificateArn", "AcmCertificateArn"), ("IAMCertificateId", "IamCertificateId")];
        *certificate = renamed(certificate.clone(), &names);
    }
    // Groups of origins are the one list that keeps its number.
    if let Some(groups) = entries.get_mut("OriginGroups")
        && matches!(groups.value, Value::List(_))
    {
        let entry = [("Items".to_owned(), groups.clone())];
        *groups = Node::new(Value::Map(entries_of(entry)), groups.origin);
    }
    config
}

fn entries_of<const N: usize>(entries: [(String, Node); N]) -> indexmap::IndexMap<String, Node> {
    entries.into_iter().collect()
}

/// `{Quantity, Items}` is a list. Methods that are cached stand within those that are allowed.
fn plain(node: Node) -> Node {
    let origin = node.origin;
    let value = match node.value {
        Value::Map(mut entries) if entries.contains_key("Quantity") && !entries.contains_key("Enabled") => {
            match entries.shift_remove("Items") {
                Some(Node { value: Value::List(items), .. }) => Value::List(items.into_iter().map(plain).collect()),
                _ => Value::List(Vec::new()),
            }
        }
        Value::Map(entries) => {
            let mut shaped = indexmap::IndexMap::new();
            for (key, node) in entries {
                if let Some(cached) = node.get("CachedMethods").filter(|_| key == "AllowedMethods") {
                    shaped.insert("CachedMethods".to_owned(), plain(cached.clone()));
                }
                shaped.insert(key, plain(node));
            }
            Value::Map(shaped)
        }
        Value::List(items) => Value::List(items.into_iter().map(plain).collect()),
        value => value,
    };
    Node::new(value, origin)
}
