//! Amazon OpenSearch Service.

use model::{At, Entries, Fact, FromAt, List, Text, Verdict, View};

use crate::policy::Policy;

/// A domain.
#[derive(Debug, View)]
#[view("AWS::OpenSearchService::Domain")]
pub(crate) struct Domain<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "VPCOptions.SubnetIds")]
    pub(crate) subnets: List<'a, Fact<'a, Text<'a>>>,
    /// A policy, or the text of one.
    access_policies: At<'a>,
    /// Users, roles and permissions of the domain's own.
    #[view(path = "AdvancedSecurityOptions.Enabled", default = false)]
    pub(crate) fine_grained_access: Fact<'a, bool>,
    #[view(path = "AdvancedSecurityOptions.AnonymousAuthEnabled", default = false)]
    pub(crate) anonymous_auth: Fact<'a, bool>,
    pub(crate) cluster_config: ClusterConfig<'a>,
    /// In GiB, of each node with data.
    #[view(path = "EBSOptions.VolumeSize")]
    pub(crate) volume_size: Fact<'a, i64>,
    #[view(path = "EBSOptions.VolumeType")]
    pub(crate) volume_type: Fact<'a, Text<'a>>,
    #[view(path = "LogPublishingOptions")]
    pub(crate) logs: Entries<'a, Log<'a>>,
}

impl Domain<'_> {
    /// Its policy does not admit everyone. Without one it admits whom a policy of their own lets in.
    pub(crate) fn must_not_admit_everyone(&self) -> Verdict {
        self.access_policies
            .as_json(|policy| Policy::from_at(policy).must_not_admit_everyone())
            .or_perhaps(self.access_policies.must_be_unset())
    }
}

/// What a domain runs on.
#[derive(Debug, View)]
pub(crate) struct ClusterConfig<'a> {
    pub(crate) at: At<'a>,
    pub(crate) instance_type: Fact<'a, Text<'a>>,
    #[view(default = 1)]
    pub(crate) instance_count: Fact<'a, i64>,
    #[view(default = false)]
    pub(crate) dedicated_master_enabled: Fact<'a, bool>,
    pub(crate) dedicated_master_count: Fact<'a, i64>,
    #[view(default = false)]
    pub(crate) zone_awareness_enabled: Fact<'a, bool>,
}

/// Where one kind of log goes.
#[derive(Debug, View)]
pub(crate) struct Log<'a> {
    pub(crate) at: At<'a>,
    #[view(default = true)]
    pub(crate) enabled: Fact<'a, bool>,
    #[view(path = "CloudWatchLogsLogGroupArn")]
    pub(crate) log_group: Fact<'a, Text<'a>>,
}
