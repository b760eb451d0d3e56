//! `ecr_scan_on_push`

use macros::check;
use model::{Inventory, Verdict};

use crate::views::ecr::{RegistryScanning, Repository};

/// ECR images are scanned for vulnerabilities when they are pushed
///
/// An image carries an operating system and libraries whose flaws become public knowledge after it was
/// built. Without a scan nobody learns that what runs in production has a hole that is being exploited.
///
/// ## Fix
/// Set `ScanOnPush: true` in the repository, or better, turn on enhanced scanning for the whole registry
/// with an `AWS::ECR::RegistryScanningConfiguration`: Inspector then looks at images again whenever a new
/// flaw is published. Have somebody see the findings.
/// ```yaml,fail
/// Type: AWS::ECR::Repository
/// ```
/// ```yaml,pass
/// Type: AWS::ECR::Repository
/// Properties: { ImageScanningConfiguration: { ScanOnPush: true } }
/// ```
/// ```yaml,pass
/// Resources:
///   Web: { Type: AWS::ECR::Repository }
///   Scanning:
///     Type: AWS::ECR::RegistryScanningConfiguration
///     Properties:
///       ScanType: ENHANCED
///       Rules: [{ ScanFrequency: CONTINUOUS_SCAN, RepositoryFilters: [{ Filter: "*", FilterType: WILDCARD }] }]
/// ```
#[check(SEC06_BP01, SEC11_BP02, severity = High, needs = [Money], fsbp = ["ECR.1"], code = Partly)]
fn ecr_scan_on_push(repository: &Repository, around: &Inventory) -> Verdict {
    let registry = around
        .beside::<RegistryScanning>(&repository.at)
        .any("a rule that scans every repository", RegistryScanning::must_scan_everything);
    repository.scan_on_push.must_be(true).or_perhaps(registry)
}
