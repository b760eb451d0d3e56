//! `opensearch_domain_not_public`

use macros::check;
use model::Verdict;

use crate::views::opensearch::Domain;

/// OpenSearch domains cannot be used by everyone
///
/// A domain outside of a VPC answers on the internet. If its access policy admits everyone and it has no users
/// of its own, anyone who finds the address can read and delete every index; such domains are found by
/// scanners within hours, and their data is held to ransom.
///
/// ## Fix
/// Place the domain in a VPC with `VPCOptions`, which replaces it. Otherwise name accounts or roles in
/// `AccessPolicies`, or limit the statement by `aws:SourceIp`, and turn on fine-grained access control with
/// `AdvancedSecurityOptions`.
/// ```yaml,fail
/// Type: AWS::OpenSearchService::Domain
/// Properties:
///   AccessPolicies:
///     Statement: [{ Effect: Allow, Principal: "*", Action: "es:*", Resource: "*" }]
/// ```
/// ```yaml,pass
/// Type: AWS::OpenSearchService::Domain
/// Properties: { VPCOptions: { SubnetIds: [subnet-1, subnet-2] } }
/// ```
/// ```yaml,pass
/// Type: AWS::OpenSearchService::Domain
/// Properties:
///   AccessPolicies:
///     Statement:
///       - { Effect: Allow, Principal: { AWS: "arn:aws:iam::123456789012:role/search" }, Action: "es:*", Resource: "*" }
/// ```
#[check(
    SEC05_BP01, SEC03_BP07,
    severity = Critical, effort = Medium, needs = [Testing], fsbp = ["Opensearch.2", "Opensearch.7"]
)]
fn opensearch_domain_not_public(domain: &Domain) -> Verdict {
    let has_users = domain.fine_grained_access.must_be(true) & domain.anonymous_auth.must_be(false);
    domain.subnets.must_not_be_empty() | domain.must_not_admit_everyone() | has_users
}
