//! Amazon Elastic Container Registry.

use model::{At, Fact, List, Text, Verdict, View};

use crate::policy::Policy;

/// A private repository of images.
#[derive(Debug, View)]
#[view("AWS::ECR::Repository")]
pub(crate) struct Repository<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "ImageScanningConfiguration.ScanOnPush", default = false)]
    pub(crate) scan_on_push: Fact<'a, bool>,
    #[view(default = "MUTABLE")]
    pub(crate) image_tag_mutability: Fact<'a, Text<'a>>,
    #[view(path = "LifecyclePolicy.LifecyclePolicyText")]
    pub(crate) lifecycle_policy: At<'a>,
    #[view(path = "RepositoryPolicyText")]
    pub(crate) policy: Policy<'a>,
}

/// How a registry scans its repositories, all of them.
#[derive(Debug, View)]
#[view("AWS::ECR::RegistryScanningConfiguration")]
pub(crate) struct RegistryScanning<'a> {
    pub(crate) at: At<'a>,
    rules: List<'a, ScanningRule<'a>>,
}

#[derive(Debug, View)]
struct ScanningRule<'a> {
    at: At<'a>,
    scan_frequency: Fact<'a, Text<'a>>,
    repository_filters: List<'a, RepositoryFilter<'a>>,
}

#[derive(Debug, View)]
struct RepositoryFilter<'a> {
    at: At<'a>,
    filter: Fact<'a, Text<'a>>,
}

impl RegistryScanning<'_> {
    /// It scans every repository when an image is pushed, or all the time.
    pub(crate) fn must_scan_everything(&self) -> Verdict {
        self.rules.any("a rule that scans every repository", |rule| {
            rule.scan_frequency.must_be_one_of(&["SCAN_ON_PUSH", "CONTINUOUS_SCAN"])
                & rule.repository_filters.any("every repository", |filter| filter.filter.must_be("*"))
        })
    }
}
