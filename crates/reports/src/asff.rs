//! The vocabulary of the AWS Security Finding Format, as `BatchImportFindings` takes it.

use std::collections::BTreeMap;

use serde::Serialize;

/// The types of resources that it has a name for (the members of `ResourceDetails`).
const TYPES: [&str; 97] = [
    "AwsAmazonMqBroker",
    "AwsApiGatewayRestApi",
    "AwsApiGatewayStage",
    "AwsApiGatewayV2Api",
    "AwsApiGatewayV2Stage",
    "AwsAppSyncGraphQlApi",
    "AwsAthenaWorkGroup",
    "AwsAutoScalingAutoScalingGroup",
    "AwsAutoScalingLaunchConfiguration",
    "AwsBackupBackupPlan",
    "AwsBackupBackupVault",
    "AwsBackupRecoveryPoint",
    "AwsCertificateManagerCertificate",
    "AwsCloudFormationStack",
    "AwsCloudFrontDistribution",
    "AwsCloudTrailTrail",
    "AwsCloudWatchAlarm",
    "AwsCodeBuildProject",
    "AwsDmsEndpoint",
    "AwsDmsReplicationInstance",
    "AwsDmsReplicationTask",
    "AwsDynamoDbTable",
    "AwsEc2ClientVpnEndpoint",
    "AwsEc2Eip",
    "AwsEc2Instance",
    "AwsEc2LaunchTemplate",
    "AwsEc2NetworkAcl",
    "AwsEc2NetworkInterface",
    "AwsEc2RouteTable",
    "AwsEc2SecurityGroup",
    "AwsEc2Subnet",
    "AwsEc2TransitGateway",
    "AwsEc2Volume",
    "AwsEc2Vpc",
    "AwsEc2VpcEndpointService",
    "AwsEc2VpcPeeringConnection",
    "AwsEc2VpnConnection",
    "AwsEcrContainerImage",
    "AwsEcrRepository",
    "AwsEcsCluster",
    "AwsEcsContainer",
    "AwsEcsService",
    "AwsEcsTask",
    "AwsEcsTaskDefinition",
    "AwsEfsAccessPoint",
    "AwsEksCluster",
    "AwsElasticBeanstalkEnvironment",
    "AwsElasticsearchDomain",
    "AwsElbLoadBalancer",
    "AwsElbv2LoadBalancer",
    "AwsEventSchemasRegistry",
    "AwsEventsEndpoint",
    "AwsEventsEventbus",
    "AwsGuardDutyDetector",
    "AwsIamAccessKey",
    "AwsIamGroup",
    "AwsIamPolicy",
    "AwsIamRole",
    "AwsIamUser",
    "AwsKinesisStream",
    "AwsKmsKey",
    "AwsLambdaFunction",
    "AwsLambdaLayerVersion",
    "AwsMskCluster",
    "AwsNetworkFirewallFirewall",
    "AwsNetworkFirewallFirewallPolicy",
    "AwsNetworkFirewallRuleGroup",
    "AwsOpenSearchServiceDomain",
    "AwsRdsDbCluster",
    "AwsRdsDbClusterSnapshot",
    "AwsRdsDbInstance",
    "AwsRdsDbSecurityGroup",
    "AwsRdsDbSnapshot",
    "AwsRdsEventSubscription",
    "AwsRedshiftCluster",
    "AwsRoute53HostedZone",
    "AwsS3AccessPoint",
    "AwsS3AccountPublicAccessBlock",
    "AwsS3Bucket",
    "AwsS3Object",
    "AwsSageMakerNotebookInstance",
    "AwsSecretsManagerSecret",
    "AwsSnsTopic",
    "AwsSqsQueue",
    "AwsSsmPatchCompliance",
    "AwsStepFunctionStateMachine",
    "AwsWafRateBasedRule",
    "AwsWafRegionalRateBasedRule",
    "AwsWafRegionalRule",
    "AwsWafRegionalRuleGroup",
    "AwsWafRegionalWebAcl",
    "AwsWafRule",
    "AwsWafRuleGroup",
    "AwsWafWebAcl",
    "AwsWafv2RuleGroup",
    "AwsWafv2WebAcl",
    "AwsXrayEncryptionConfig",
];

/// The type of a resource: `AwsS3Bucket` for `AWS::S3::Bucket`, `Other` for what it has no name for.
pub(crate) fn resource_type(kind: &str) -> &'static str {
    let name = match kind {
        "Pilaster::Account" => return "AwsAccount",
        "AWS::ElasticLoadBalancing::LoadBalancer" => "AwsElbLoadBalancer".to_owned(),
        "AWS::ElasticLoadBalancingV2::LoadBalancer" => "AwsElbv2LoadBalancer".to_owned(),
        "AWS::IAM::ManagedPolicy" => "AwsIamPolicy".to_owned(),
        "AWS::StepFunctions::StateMachine" => "AwsStepFunctionStateMachine".to_owned(),
        _ => kind.replace("::", ""),
    };
    TYPES.iter().find(|known| known.eq_ignore_ascii_case(&name)).unwrap_or(&"Other")
}

/// A finding. Strings are within their limits when they come here.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct AwsSecurityFinding {
    pub(crate) schema_version: &'static str,
    pub(crate) id: String,
    pub(crate) product_arn: String,
    pub(crate) product_name: &'static str,
    pub(crate) company_name: &'static str,
    pub(crate) generator_id: String,
    pub(crate) aws_account_id: String,
    pub(crate) types: Vec<String>,
    pub(crate) last_observed_at: String,
    pub(crate) created_at: String,
    pub(crate) updated_at: String,
    pub(crate) severity: SeverityOf,
    /// Severity and types again: an import changes them of a finding that is there only by way of these.
    pub(crate) finding_provider_fields: ProviderFields,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) remediation: Remediation,
    pub(crate) product_fields: BTreeMap<&'static str, String>,
    pub(crate) resources: Vec<ResourceOf>,
    pub(crate) compliance: Compliance,
    pub(crate) workflow: Workflow,
    pub(crate) record_state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<Note>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct ProviderFields {
    pub(crate) severity: SeverityOf,
    pub(crate) types: Vec<String>,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct SeverityOf {
    pub(crate) label: &'static str,
    pub(crate) original: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Remediation {
    pub(crate) recommendation: Recommendation,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Recommendation {
    pub(crate) text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct ResourceOf {
    #[serde(rename = "Type")]
    pub(crate) kind: &'static str,
    pub(crate) id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) partition: Option<&'static str>,
    pub(crate) region: String,
    pub(crate) details: Details,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Details {
    pub(crate) other: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Compliance {
    pub(crate) status: &'static str,
    pub(crate) associated_standards: Vec<AssociatedStandard>,
    pub(crate) related_requirements: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) status_reasons: Vec<StatusReason>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct AssociatedStandard {
    pub(crate) standards_id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct StatusReason {
    pub(crate) reason_code: &'static str,
    pub(crate) description: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Workflow {
    pub(crate) status: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Note {
    pub(crate) text: String,
    pub(crate) updated_by: &'static str,
    pub(crate) updated_at: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_have_their_names() {
        for (kind, name) in [
            ("AWS::S3::Bucket", "AwsS3Bucket"),
            ("AWS::RDS::DBInstance", "AwsRdsDbInstance"),
            ("AWS::DynamoDB::Table", "AwsDynamoDbTable"),
            ("AWS::ElasticLoadBalancingV2::LoadBalancer", "AwsElbv2LoadBalancer"),
            ("AWS::Logs::LogGroup", "Other"),
            ("Pilaster::Account", "AwsAccount"),
            ("Pilaster::Region", "Other"),
        ] {
            assert_eq!(resource_type(kind), name);
        }
    }
}
