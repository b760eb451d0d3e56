//! Amazon GuardDuty.

use model::{At, Fact, List, Text, Verdict, View, when};

/// What watches a region for threats.
#[derive(Debug, View)]
#[view("AWS::GuardDuty::Detector")]
pub(crate) struct Detector<'a> {
    pub(crate) at: At<'a>,
    pub(crate) enable: Fact<'a, bool>,
    features: List<'a, Feature<'a>>,
    #[view(path = "DataSources.S3Logs.Enable", default = true)]
    s3_logs: Fact<'a, bool>,
    #[view(path = "DataSources.Kubernetes.AuditLogs.Enable", default = true)]
    kubernetes_audit_logs: Fact<'a, bool>,
    #[view(path = "DataSources.MalwareProtection.ScanEc2InstanceWithFindings.EbsVolumes", default = true)]
    malware_protection: Fact<'a, bool>,
}

#[derive(Debug, View)]
struct Feature<'a> {
    at: At<'a>,
    name: Fact<'a, Text<'a>>,
    status: Fact<'a, Text<'a>>,
}

impl Detector<'_> {
    /// None of its features is turned off. All but runtime monitoring are on unless turned off (GuardDuty
    /// API Reference, "CreateDetector"). The older runtime monitoring of EKS alone gives way to the one for all.
    pub(crate) fn must_turn_off_nothing(&self) -> Verdict {
        self.features.all(|feature| {
            when(feature.name.must_not_be("EKS_RUNTIME_MONITORING"), || feature.status.must_be("ENABLED"))
        }) & self.s3_logs.must_be(true)
            & self.kubernetes_audit_logs.must_be(true)
            & self.malware_protection.must_be(true)
    }

    /// It watches what goes on within machines and containers.
    pub(crate) fn must_monitor_runtime(&self) -> Verdict {
        self.features.any("runtime monitoring", |feature| {
            when(feature.name.must_be_set(), || {
                feature.name.must_be("RUNTIME_MONITORING") & feature.status.must_be("ENABLED")
            })
        })
    }
}
