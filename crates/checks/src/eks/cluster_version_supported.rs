//! `eks_cluster_version_supported`

use findings::{Saving, Settings};
use jiff::civil::{Date, date};
use macros::check;
use model::{Verdict, when};

use crate::cost::{Cost, given, known};
use crate::views::eks::Cluster;

/// EKS clusters run a version of Kubernetes in standard support
///
/// Amazon EKS patches a version for fourteen months. For twelve more it is patched at six times the price of the
/// control plane, and then the cluster is upgraded whether its workloads are ready or not. Versions cannot be
/// skipped, so an upgrade that is put off becomes several in a row.
///
/// ## Fix
/// Read the notes of each version for removed interfaces, then raise `Version` one minor version at a time, and after
/// each the add-ons and the nodes.
/// ```yaml,fail
/// Type: AWS::EKS::Cluster
/// Properties: { Version: "1.29", ResourcesVpcConfig: { SubnetIds: [subnet-1, subnet-2] } }
/// ```
/// ```yaml,pass
/// Type: AWS::EKS::Cluster
/// Properties: { Version: "1.35", ResourcesVpcConfig: { SubnetIds: [subnet-1, subnet-2] } }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::EKS::Cluster
/// Properties: { ResourcesVpcConfig: { SubnetIds: [subnet-1, subnet-2] } }
/// ```
#[check(
    SEC06_BP01, COST10_BP02, SUS06_BP03,
    severity = High, effort = Large, needs = [Testing], fsbp = ["EKS.2"],
    thresholds(min_days = 0),
    saves = extended_support(cluster, settings)
)]
fn eks_cluster_version_supported(cluster: &Cluster, settings: &Settings) -> Verdict {
    let days = settings.number("min_days");
    let last = settings.today.checked_add(jiff::Span::new().days(days.clamp(0, 3650))).unwrap_or(settings.today);
    // Without a version EKS takes its default, which is a supported one.
    when(cluster.version.must_be_set(), || {
        cluster.version.must_surely("a version in standard support", |version| is_supported(version, last))
    })
}

/// Whether a version is in standard support on a day, as far as the table tells.
fn is_supported(version: &str, day: Date) -> Option<bool> {
    let minor: u16 = version.trim().strip_prefix("1.")?.parse().ok()?;
    if let Some((_, end)) = END_OF_STANDARD_SUPPORT.iter().find(|(listed, _)| *listed == minor) {
        return Some(day < *end);
    }
    let ((oldest, _), (newest, end)) = (END_OF_STANDARD_SUPPORT.first()?, END_OF_STANDARD_SUPPORT.last()?);
    if minor < *oldest {
        return Some(false);
    }
    // A newer version is supported at least as long as the newest that is listed.
    (minor > *newest && day < *end).then_some(true)
}

/// Minor versions of Kubernetes 1, and the day their standard support ends: Amazon EKS User Guide, "Amazon EKS
/// Kubernetes release calendar", as of 2026.
const END_OF_STANDARD_SUPPORT: &[(u16, Date)] = &[
    (23, date(2023, 10, 11)),
    (24, date(2024, 1, 31)),
    (25, date(2024, 5, 1)),
    (26, date(2024, 6, 11)),
    (27, date(2024, 7, 24)),
    (28, date(2024, 11, 26)),
    (29, date(2025, 3, 23)),
    (30, date(2025, 7, 23)),
    (31, date(2025, 11, 26)),
    (32, date(2026, 3, 23)),
    (33, date(2026, 7, 29)),
    (34, date(2026, 12, 2)),
    (35, date(2027, 3, 27)),
];

/// What is charged for a version in extended support, which ends a year after standard support; then EKS updates the
/// cluster by itself (Amazon EKS User Guide, "Understand the Kubernetes version lifecycle on EKS"). A cluster whose policy is
/// `STANDARD` is updated a year before.
fn extended_support(cluster: &Cluster<'_>, settings: &Settings) -> Option<Saving> {
    given(cluster.support_type.must_be("EXTENDED"))?;
    let minor: u16 = known(&cluster.version)?.trim().strip_prefix("1.")?.parse().ok()?;
    let (_, end) = END_OF_STANDARD_SUPPORT.iter().find(|(listed, _)| *listed == minor)?;
    let is_extended = *end <= settings.today && settings.today < end.saturating_add(jiff::Span::new().years(1));
    let price = pricing::price("eks", "cluster:extended-support-surcharge").filter(|_| is_extended)?;
    Cost::hourly(1, "cluster in extended support", price)?.saved()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn support_by_day() {
        for (version, day, wanted) in [
            ("1.34", date(2026, 12, 1), Some(true)),
            ("1.34", date(2026, 12, 2), Some(false)),
            ("1.9", date(2020, 1, 1), Some(false)),
            ("1.36", date(2027, 3, 26), Some(true)),
            ("1.36", date(2027, 3, 27), None),
            ("latest", date(2026, 1, 1), None),
        ] {
            assert_eq!(is_supported(version, day), wanted, "{version} on {day}");
        }
    }
}
