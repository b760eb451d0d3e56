//! Amazon OpenSearch Service: domains.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use futures_util::future::join_all;
use model::{Node, Value};
use serde_json::json;

use crate::shape::{parsed, part, text};
use crate::tags::{TAGS, Tags};
use crate::{Collector, Draft, Halt, Reach, Run};

static OPENSEARCH: Service = Service {
    endpoint: "es",
    signing: "es",
    variable: "OPENSEARCH",
    protocol: Protocol::RestJson,
    scope: Scope::Regional,
};

static LIST: Call = Call {
    service: &OPENSEARCH,
    operation: "ListDomainNames",
    path: "GET /2021-01-01/domain",
    action: "es:ListDomainNames",
    pages: Pages::One,
    yields: &["AWS::OpenSearchService::Domain"],
    unset: &[],
};

static DOMAINS: Call = Call {
    service: &OPENSEARCH,
    operation: "DescribeDomains",
    path: "POST /2021-01-01/opensearch/domain-info",
    action: "es:DescribeDomains",
    pages: Pages::One,
    yields: &["AWS::OpenSearchService::Domain"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "opensearch",
    reach: Reach::EveryRegion,
    calls: &[&LIST, &DOMAINS, &TAGS],
    collect: |run| Box::pin(collect(run)),
};

/// How many domains one call describes.
const AT_ONCE: usize = 5;

async fn collect(run: &Run) -> Result<(), Halt> {
    let listed = run.list(&LIST, json!({}), "DomainNames").await?;
    let names: Vec<&str> = listed.iter().filter_map(|domain| text(domain, "DomainName")).collect();
    if names.is_empty() {
        return Ok(());
    }
    let described = names.chunks(AT_ONCE).map(|names| {
        // What one call does not give is a gap of its own; the others count all the same.
        run.list(&DOMAINS, json!({ "DomainNames": names }), "DomainStatusList")
    });
    let (described, tags) = tokio::join!(join_all(described), Tags::read(run, &["es:domain"]));
    for found in described.into_iter().flatten().flatten() {
        let Some(draft) = domain(&found) else { continue };
        run.add(draft.set("Tags", text(&found, "ARN").and_then(|arn| tags.of(arn))));
    }
    Ok(())
}

fn domain(domain: &Node) -> Option<Draft> {
    let (name, arn) = (text(domain, "DomainName")?, text(domain, "ARN")?);
    let draft = Draft::new("AWS::OpenSearchService::Domain", name, domain.origin).name(name).arn(arn);
    // An empty policy is none.
    let policy =
        part(domain, "AccessPolicies").filter(|policy| !matches!(&policy.value, Value::Text(text) if text.is_empty()));
    Some(
        draft
            .take(
                domain,
                &[
                    ("DomainName", "DomainName"),
                    ("EngineVersion", "EngineVersion"),
                    ("ClusterConfig", "ClusterConfig"),
                    ("EBSOptions", "EBSOptions"),
                    ("VPCOptions", "VPCOptions"),
                    ("EncryptionAtRestOptions", "EncryptionAtRestOptions"),
                    ("NodeToNodeEncryptionOptions", "NodeToNodeEncryptionOptions"),
                    ("LogPublishingOptions", "LogPublishingOptions"),
                    ("DomainEndpointOptions", "DomainEndpointOptions"),
                    ("AdvancedSecurityOptions", "AdvancedSecurityOptions"),
                    ("CognitoOptions", "CognitoOptions"),
                    ("SnapshotOptions", "SnapshotOptions"),
                    ("SoftwareUpdateOptions", "SoftwareUpdateOptions"),
                    ("OffPeakWindowOptions", "OffPeakWindowOptions"),
                    ("Processing", "Observed.Processing"),
                ],
            )
            .set("AccessPolicies", policy.map(parsed)),
    )
}
