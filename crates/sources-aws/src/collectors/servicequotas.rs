//! Service Quotas: what of a quota is in use.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use serde_json::json;

use crate::shape::{into_items, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static SERVICE_QUOTAS: Service = Service {
    endpoint: "servicequotas",
    signing: "servicequotas",
    variable: "SERVICE_QUOTAS",
    protocol: Protocol::Json { target: "ServiceQuotasV20190624", version: "1.1" },
    scope: Scope::Regional,
};

static LIST: Call = Call {
    service: &SERVICE_QUOTAS,
    operation: "ListServiceQuotas",
    path: "",
    action: "servicequotas:ListServiceQuotas",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["Pilaster::ServiceQuota"],
    // A service that is not in the region.
    unset: &["NoSuchResourceException"],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "servicequotas",
    reach: Reach::EveryRegion,
    calls: &[&LIST],
    collect: |run| Box::pin(quotas(run)),
};

/// Services whose quotas stop a system from growing, and whose use CloudWatch measures.
const SERVICES: [&str; 5] = ["dynamodb", "ec2", "elasticloadbalancing", "fargate", "vpc"];

/// Of the quotas, those of which CloudWatch counts the use. Quotas that have only a default, because nobody ever
/// raised them, need not be in the list (Service Quotas API Reference, `ListServiceQuotas`).
async fn quotas(run: &Run) -> Result<(), Halt> {
    for service in SERVICES {
        let asked = json!({ "ServiceCode": service, "MaxResults": 100 });
        for quota in into_items(run.get_list(&LIST, asked, "Quotas").await) {
            let (Some(code), Some("ResourceCount")) =
                (text(&quota, "QuotaCode"), text(&quota, "UsageMetric.MetricName"))
            else {
                continue;
            };
            let draft = Draft::new("Pilaster::ServiceQuota", format!("{service}/{code}"), quota.origin);
            let draft = match text(&quota, "QuotaArn") {
                Some(arn) => draft.arn(arn),
                None => draft,
            };
            run.add(draft.take(
                &quota,
                &[
                    ("QuotaName", "QuotaName"),
                    ("Value", "Value"),
                    ("Adjustable", "Adjustable"),
                    ("UsageMetric", "UsageMetric"),
                ],
            ));
        }
    }
    Ok(())
}
