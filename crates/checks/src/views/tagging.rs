//! Resources by what their tags are for.

use model::{At, Fact, Tags, View};

/// What is paid for by the hour, the gigabyte or the request, and has tags.
#[derive(Debug, View)]
#[view(
    "AWS::AmazonMQ::Broker",
    "AWS::ApiGateway::RestApi",
    "AWS::ApiGatewayV2::Api",
    "AWS::Backup::BackupVault",
    "AWS::CloudFront::Distribution",
    "AWS::CloudTrail::Trail",
    "AWS::CodeBuild::Project",
    "AWS::Cognito::UserPool",
    "AWS::DocDB::DBCluster",
    "AWS::DynamoDB::Table",
    "AWS::EC2::Instance",
    "AWS::EC2::NatGateway",
    "AWS::EC2::TransitGateway",
    "AWS::EC2::VPC",
    "AWS::EC2::Volume",
    "AWS::ECR::Repository",
    "AWS::ECS::Cluster",
    "AWS::ECS::Service",
    "AWS::EFS::FileSystem",
    "AWS::EKS::Cluster",
    "AWS::EKS::Nodegroup",
    "AWS::ElastiCache::CacheCluster",
    "AWS::ElastiCache::ReplicationGroup",
    "AWS::ElasticLoadBalancingV2::LoadBalancer",
    "AWS::FSx::FileSystem",
    "AWS::Glue::Job",
    "AWS::KMS::Key",
    "AWS::Kinesis::Stream",
    "AWS::KinesisFirehose::DeliveryStream",
    "AWS::Lambda::Function",
    "AWS::Logs::LogGroup",
    "AWS::MSK::Cluster",
    "AWS::Neptune::DBCluster",
    "AWS::OpenSearchService::Domain",
    "AWS::RDS::DBCluster",
    "AWS::RDS::DBInstance",
    "AWS::Redshift::Cluster",
    "AWS::S3::Bucket",
    "AWS::SNS::Topic",
    "AWS::SQS::Queue",
    "AWS::SageMaker::NotebookInstance",
    "AWS::SecretsManager::Secret",
    "AWS::StepFunctions::StateMachine",
    "AWS::WAFv2::WebACL"
)]
pub(crate) struct Taggable<'a> {
    pub(crate) at: At<'a>,
    tags: Tags<'a>,
    file_system_tags: Tags<'a>,
    user_pool_tags: Tags<'a>,
    backup_vault_tags: Tags<'a>,
    /// Made by AWS in every region, and free: a network that nobody asked for.
    #[view(path = "Observed.IsDefault", default = false)]
    pub(crate) is_default: Fact<'a, bool>,
}

impl<'a> Taggable<'a> {
    /// The tags, whatever the type calls them.
    pub(crate) fn tags(&self) -> &Tags<'a> {
        match self.at.resource().kind.as_str() {
            "AWS::EFS::FileSystem" => &self.file_system_tags,
            "AWS::Cognito::UserPool" => &self.user_pool_tags,
            "AWS::Backup::BackupVault" => &self.backup_vault_tags,
            _ => &self.tags,
        }
    }
}

/// What keeps data.
#[derive(Debug, View)]
#[view(
    "AWS::DocDB::DBCluster",
    "AWS::DynamoDB::Table",
    "AWS::EC2::Volume",
    "AWS::EFS::FileSystem",
    "AWS::FSx::FileSystem",
    "AWS::Kinesis::Stream",
    "AWS::Neptune::DBCluster",
    "AWS::OpenSearchService::Domain",
    "AWS::RDS::DBCluster",
    "AWS::RDS::DBInstance",
    "AWS::Redshift::Cluster",
    "AWS::S3::Bucket"
)]
pub(crate) struct DataStore<'a> {
    pub(crate) at: At<'a>,
    tags: Tags<'a>,
    file_system_tags: Tags<'a>,
}

impl<'a> DataStore<'a> {
    /// The tags, whatever the type calls them.
    pub(crate) fn tags(&self) -> &Tags<'a> {
        match self.at.resource().kind.as_str() {
            "AWS::EFS::FileSystem" => &self.file_system_tags,
            _ => &self.tags,
        }
    }
}
