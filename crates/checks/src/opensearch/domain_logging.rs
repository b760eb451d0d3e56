//! `opensearch_domain_logging`

use macros::check;
use model::{Verdict, when};

use crate::views::opensearch::Domain;

/// OpenSearch domains publish their error and audit logs
///
/// Error logs say why an index was refused or a query timed out, and are the first thing AWS Support asks for.
/// Audit logs, which come with fine-grained access control, say who read and changed what. A domain writes
/// neither anywhere unless told to.
///
/// ## Fix
/// In `LogPublishingOptions`, give `ES_APPLICATION_LOGS` and, with fine-grained access control, `AUDIT_LOGS` a
/// `CloudWatchLogsLogGroupArn`. The log group needs a resource policy that lets OpenSearch write to it.
/// ```yaml,fail
/// Type: AWS::OpenSearchService::Domain
/// Properties: { ClusterConfig: { InstanceCount: 3 } }
/// ```
/// ```yaml,pass
/// Type: AWS::OpenSearchService::Domain
/// Properties:
///   LogPublishingOptions:
///     ES_APPLICATION_LOGS:
///       CloudWatchLogsLogGroupArn: arn:aws:logs:eu-west-1:123456789012:log-group:search
///       Enabled: true
/// ```
#[check(SEC04_BP01, PERF03_BP04, severity = Medium, needs = [Money], fsbp = ["Opensearch.4", "Opensearch.5"])]
fn opensearch_domain_logging(domain: &Domain) -> Verdict {
    must_publish(domain, "ES_APPLICATION_LOGS")
        & when(domain.fine_grained_access.must_be(true), || must_publish(domain, "AUDIT_LOGS"))
}

fn must_publish(domain: &Domain<'_>, kind: &str) -> Verdict {
    domain.logs.any(kind, |found, log| match found == kind {
        true => log.enabled.must_be(true) & log.log_group.must_be_set(),
        false => Verdict::no(),
    })
}
