//! Which metrics are asked for, of which types of resource.

use Statistic::{Average, Maximum, Minimum, Sum};
use Take::{Account, Each, Id, LastOf, Name, Word};

/// A metric of every resource of a type.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Metric {
    /// The type of resource.
    pub(crate) kind: &'static str,
    /// Where CloudWatch keeps it: `AWS/EC2`.
    pub(crate) namespace: &'static str,
    /// Its name: `CPUUtilization`. One with a dot becomes a map within a map.
    pub(crate) name: &'static str,
    /// The dimensions it is kept under, all of them: CloudWatch sums nothing up over a dimension that is
    /// left out.
    pub(crate) dimensions: &'static [(&'static str, Take)],
    /// What is asked of it.
    pub(crate) statistics: &'static [Statistic],
    /// How many days it is asked for, up to the one of the scan.
    pub(crate) days: i32,
    /// A property, and the value with which a resource has the metric.
    pub(crate) only: Option<(&'static str, &'static str)>,
}

impl Metric {
    /// As it is, for fewer days: where only how it is now counts.
    const fn over(mut self, days: i32) -> Self {
        self.days = days;
        self
    }

    /// As it is, of resources only of which a property has a value.
    const fn only(mut self, property: &'static str, value: &'static str) -> Self {
        self.only = Some((property, value));
        self
    }
}

/// Where the value of a dimension comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Take {
    /// The id of the resource.
    Id,
    /// The name others refer to it by.
    Name,
    /// The number of the account.
    Account,
    /// Each item of a property; `*` steps into a list. Items are measured apart and taken together.
    Each(&'static str),
    /// What stands behind the last slash of a property.
    LastOf(&'static str),
    /// Always the same.
    Word(&'static str),
}

/// What CloudWatch makes of the values of a day, and a scan of those of its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Statistic {
    /// The largest value, and the largest of those.
    Maximum,
    /// The mean, and the mean of those.
    Average,
    /// The sum, and the sum of those.
    Sum,
    /// The smallest value, and the smallest of those.
    Minimum,
}

impl Statistic {
    /// As CloudWatch calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Maximum => "Maximum",
            Average => "Average",
            Sum => "Sum",
            Minimum => "Minimum",
        }
    }
}

/// CloudWatch keeps values of single minutes for fifteen days.
const FORTNIGHT: i32 = 14;

const fn metric(
    kind: &'static str,
    namespace: &'static str,
    name: &'static str,
    dimensions: &'static [(&'static str, Take)],
    statistics: &'static [Statistic],
) -> Metric {
    Metric { kind, namespace, name, dimensions, statistics, days: FORTNIGHT, only: None }
}

const INSTANCE: &str = "AWS::EC2::Instance";
const VOLUME: &str = "AWS::EC2::Volume";
const NAT: &str = "AWS::EC2::NatGateway";
const DATABASE: &str = "AWS::RDS::DBInstance";
const TABLE_KIND: &str = "AWS::DynamoDB::Table";
const SERVICE: &str = "AWS::ECS::Service";
const BALANCER: &str = "AWS::ElasticLoadBalancingV2::LoadBalancer";
const CACHES: &str = "AWS::ElastiCache::ReplicationGroup";
const CACHE: &str = "AWS::ElastiCache::CacheCluster";
const DOMAIN: &str = "AWS::OpenSearchService::Domain";
const ENDPOINT: &str = "AWS::SageMaker::Endpoint";
const BUCKET: &str = "AWS::S3::Bucket";
const QUOTA: &str = "Pilaster::ServiceQuota";

const OF_INSTANCE: &[(&str, Take)] = &[("InstanceId", Id)];
const OF_VOLUME: &[(&str, Take)] = &[("VolumeId", Id)];
const OF_NAT: &[(&str, Take)] = &[("NatGatewayId", Id)];
const OF_DATABASE: &[(&str, Take)] = &[("DBInstanceIdentifier", Id)];
const OF_TABLE: &[(&str, Take)] = &[("TableName", Name)];
const OF_SERVICE: &[(&str, Take)] = &[("ClusterName", LastOf("Cluster")), ("ServiceName", Name)];
const OF_BALANCER: &[(&str, Take)] = &[("LoadBalancer", Name)];
const OF_CACHES: &[(&str, Take)] = &[("CacheClusterId", Each("Observed.MemberClusters"))];
const OF_CACHE: &[(&str, Take)] = &[("CacheClusterId", Id)];
const OF_DOMAIN: &[(&str, Take)] = &[("ClientId", Account), ("DomainName", Name)];
const OF_ENDPOINT: &[(&str, Take)] =
    &[("EndpointName", Name), ("VariantName", Each("Observed.ProductionVariants.*.VariantName"))];
const OF_BUCKET: &[(&str, Take)] = &[("BucketName", Name), ("StorageType", Word("StandardStorage"))];
const OF_QUOTA: &[(&str, Take)] = &[
    ("Class", Each("UsageMetric.MetricDimensions.Class")),
    ("Resource", Each("UsageMetric.MetricDimensions.Resource")),
    ("Service", Each("UsageMetric.MetricDimensions.Service")),
    ("Type", Each("UsageMetric.MetricDimensions.Type")),
];

/// Every metric that a check asks for. Those of a type stand together.
pub(crate) static TABLE: &[Metric] = &[
    metric(INSTANCE, "AWS/EC2", "CPUUtilization", OF_INSTANCE, &[Maximum, Average]),
    metric(INSTANCE, "AWS/EC2", "NetworkIn", OF_INSTANCE, &[Sum]),
    metric(INSTANCE, "AWS/EC2", "NetworkOut", OF_INSTANCE, &[Sum]),
    metric(VOLUME, "AWS/EBS", "VolumeReadOps", OF_VOLUME, &[Maximum]),
    metric(VOLUME, "AWS/EBS", "VolumeWriteOps", OF_VOLUME, &[Maximum]),
    metric(NAT, "AWS/NATGateway", "BytesOutToDestination", OF_NAT, &[Sum]),
    metric(NAT, "AWS/NATGateway", "BytesOutToSource", OF_NAT, &[Sum]),
    metric(DATABASE, "AWS/RDS", "DatabaseConnections", OF_DATABASE, &[Maximum]),
    metric(DATABASE, "AWS/RDS", "CPUUtilization", OF_DATABASE, &[Maximum, Average]),
    metric(DATABASE, "AWS/RDS", "FreeStorageSpace", OF_DATABASE, &[Minimum]).over(1),
    metric(TABLE_KIND, "AWS/DynamoDB", "ConsumedReadCapacityUnits", OF_TABLE, &[Sum]),
    metric(TABLE_KIND, "AWS/DynamoDB", "ConsumedWriteCapacityUnits", OF_TABLE, &[Sum]),
    metric(TABLE_KIND, "AWS/DynamoDB", "ProvisionedReadCapacityUnits", OF_TABLE, &[Average]),
    metric(TABLE_KIND, "AWS/DynamoDB", "ProvisionedWriteCapacityUnits", OF_TABLE, &[Average]),
    metric(SERVICE, "AWS/ECS", "CPUUtilization", OF_SERVICE, &[Maximum, Average]),
    metric(SERVICE, "AWS/ECS", "MemoryUtilization", OF_SERVICE, &[Maximum, Average]),
    metric(BALANCER, "AWS/ApplicationELB", "RequestCount", OF_BALANCER, &[Sum]).only("Type", "application"),
    // Of these no target is chosen, so they are not among the requests.
    metric(BALANCER, "AWS/ApplicationELB", "HTTP_Redirect_Count", OF_BALANCER, &[Sum]).only("Type", "application"),
    metric(BALANCER, "AWS/ApplicationELB", "HTTP_Fixed_Response_Count", OF_BALANCER, &[Sum])
        .only("Type", "application"),
    metric(BALANCER, "AWS/NetworkELB", "NewFlowCount", OF_BALANCER, &[Sum]).only("Type", "network"),
    metric(BALANCER, "AWS/NetworkELB", "ActiveFlowCount", OF_BALANCER, &[Maximum]).only("Type", "network"),
    metric(BALANCER, "AWS/GatewayELB", "NewFlowCount", OF_BALANCER, &[Sum]).only("Type", "gateway"),
    metric(BALANCER, "AWS/GatewayELB", "ActiveFlowCount", OF_BALANCER, &[Maximum]).only("Type", "gateway"),
    metric(CACHES, "AWS/ElastiCache", "CurrConnections", OF_CACHES, &[Maximum]),
    metric(CACHES, "AWS/ElastiCache", "GetTypeCmds", OF_CACHES, &[Sum]),
    metric(CACHES, "AWS/ElastiCache", "SetTypeCmds", OF_CACHES, &[Sum]),
    metric(CACHE, "AWS/ElastiCache", "CurrConnections", OF_CACHE, &[Maximum]),
    // Redis and Valkey count by one pair of names, Memcached by the other.
    metric(CACHE, "AWS/ElastiCache", "GetTypeCmds", OF_CACHE, &[Sum]),
    metric(CACHE, "AWS/ElastiCache", "SetTypeCmds", OF_CACHE, &[Sum]),
    metric(CACHE, "AWS/ElastiCache", "CmdGet", OF_CACHE, &[Sum]),
    metric(CACHE, "AWS/ElastiCache", "CmdSet", OF_CACHE, &[Sum]),
    metric(DOMAIN, "AWS/ES", "ClusterStatus.red", OF_DOMAIN, &[Maximum]).over(1),
    metric(DOMAIN, "AWS/ES", "ClusterStatus.yellow", OF_DOMAIN, &[Minimum]).over(1),
    metric(DOMAIN, "AWS/ES", "FreeStorageSpace", OF_DOMAIN, &[Minimum]).over(1),
    metric(DOMAIN, "AWS/ES", "JVMMemoryPressure", OF_DOMAIN, &[Maximum]).over(1),
    metric(ENDPOINT, "AWS/SageMaker", "Invocations", OF_ENDPOINT, &[Sum]),
    metric(BUCKET, "AWS/S3", "BucketSizeBytes", OF_BUCKET, &[Average]),
    metric(QUOTA, "AWS/Usage", "ResourceCount", OF_QUOTA, &[Maximum]),
];
