//! Machines, their volumes, and what changes how many there are.

use model::{Node, Value, Why};

use crate::mapping::{From, List, Mapping, One, Rule, Take, Unless, With, argument};
use crate::shape::{as_bool, as_text, bool_or, from_base64, map, pairs};

pub(crate) static MAPPINGS: &[Mapping] = &[
    Mapping::own("aws_instance", "AWS::EC2::Instance", INSTANCE),
    Mapping::own("aws_spot_instance_request", "AWS::EC2::Instance", INSTANCE),
    Mapping::own(
        "aws_launch_template",
        "AWS::EC2::LaunchTemplate",
        &[
            Take("name", "LaunchTemplateName"),
            Take("image_id", "LaunchTemplateData.ImageId"),
            Take("instance_type", "LaunchTemplateData.InstanceType"),
            Take("key_name", "LaunchTemplateData.KeyName"),
            Take("ebs_optimized", "LaunchTemplateData.EbsOptimized"),
            Take("disable_api_termination", "LaunchTemplateData.DisableApiTermination"),
            Take("vpc_security_group_ids", "LaunchTemplateData.SecurityGroupIds"),
            With("user_data", "LaunchTemplateData.UserData", from_base64),
            One("metadata_options", "LaunchTemplateData.MetadataOptions", METADATA),
            One(
                "iam_instance_profile",
                "LaunchTemplateData.IamInstanceProfile",
                &[Take("arn", "Arn"), Take("name", "Name")],
            ),
            One("monitoring", "LaunchTemplateData.Monitoring", &[Take("enabled", "Enabled")]),
            One("instance_requirements", "LaunchTemplateData.InstanceRequirements", REQUIREMENTS),
            List(
                "network_interfaces",
                "LaunchTemplateData.NetworkInterfaces",
                &[
                    Take("device_index", "DeviceIndex"),
                    Take("network_interface_id", "NetworkInterfaceId"),
                    Take("associate_public_ip_address", "AssociatePublicIpAddress"),
                    Take("subnet_id", "SubnetId"),
                    Take("security_groups", "Groups"),
                ],
            ),
            List(
                "block_device_mappings",
                "LaunchTemplateData.BlockDeviceMappings",
                &[
                    Take("device_name", "DeviceName"),
                    Take("virtual_name", "VirtualName"),
                    Take("no_device", "NoDevice"),
                    One(
                        "ebs",
                        "Ebs",
                        &[One("", "", EBS), Take("kms_key_id", "KmsKeyId"), Take("snapshot_id", "SnapshotId")],
                    ),
                ],
            ),
            List(
                "tag_specifications",
                "LaunchTemplateData.TagSpecifications",
                &[Take("resource_type", "ResourceType"), With("tags", "Tags", pairs)],
            ),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_launch_configuration",
        "AWS::AutoScaling::LaunchConfiguration",
        &[
            Take("name", "LaunchConfigurationName"),
            Take("image_id", "ImageId"),
            Take("instance_type", "InstanceType"),
            Take("key_name", "KeyName"),
            Take("iam_instance_profile", "IamInstanceProfile"),
            Take("associate_public_ip_address", "AssociatePublicIpAddress"),
            Take("security_groups", "SecurityGroups"),
            Take("enable_monitoring", "InstanceMonitoring"),
            Take("ebs_optimized", "EbsOptimized"),
            Take("spot_price", "SpotPrice"),
            One("", "", USER_DATA),
            One("metadata_options", "MetadataOptions", METADATA),
            One("", "", CONFIGURED_DEVICES),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_ebs_volume",
        "AWS::EC2::Volume",
        &[
            Take("availability_zone", "AvailabilityZone"),
            Take("size", "Size"),
            Take("type", "VolumeType"),
            Take("iops", "Iops"),
            Take("throughput", "Throughput"),
            Take("encrypted", "Encrypted"),
            Take("kms_key_id", "KmsKeyId"),
            Take("snapshot_id", "SnapshotId"),
            Take("multi_attach_enabled", "MultiAttachEnabled"),
            From(&["final_snapshot"], "@DeletionPolicy", kept_as_snapshot),
            From(&["final_snapshot"], "@UpdateReplacePolicy", kept_as_snapshot),
            Take("tags_all", "Tags"),
        ],
    ),
    Mapping::own(
        "aws_volume_attachment",
        "AWS::EC2::VolumeAttachment",
        &[Take("volume_id", "VolumeId"), Take("instance_id", "InstanceId"), Take("device_name", "Device")],
    ),
    Mapping::own(
        "aws_ebs_snapshot_block_public_access",
        "AWS::EC2::SnapshotBlockPublicAccess",
        &[Take("state", "State")],
    ),
    Mapping::own(
        "aws_ebs_encryption_by_default",
        "Pilaster::EbsDefaults",
        &[From(&["enabled"], "EncryptionByDefault", |values| Some(bool_or(values, "enabled", true)))],
    ),
    Mapping::own(
        "aws_dlm_lifecycle_policy",
        "AWS::DLM::LifecyclePolicy",
        &[
            Take("description", "Description"),
            Take("state", "State"),
            Take("execution_role_arn", "ExecutionRoleArn"),
            // Since 6.
            Take("default_policy", "DefaultPolicy"),
            One(
                "policy_details",
                "PolicyDetails",
                &[
                    Take("policy_type", "PolicyType"),
                    Take("resource_types", "ResourceTypes"),
                    Take("resource_locations", "ResourceLocations"),
                    With("target_tags", "TargetTags", pairs),
                    List(
                        "schedule",
                        "Schedules",
                        &[
                            Take("name", "Name"),
                            Take("copy_tags", "CopyTags"),
                            One(
                                "create_rule",
                                "CreateRule",
                                &[
                                    Take("interval", "Interval"),
                                    Take("interval_unit", "IntervalUnit"),
                                    Take("cron_expression", "CronExpression"),
                                    Take("times", "Times"),
                                ],
                            ),
                            One(
                                "retain_rule",
                                "RetainRule",
                                &[
                                    Take("count", "Count"),
                                    Take("interval", "Interval"),
                                    Take("interval_unit", "IntervalUnit"),
                                ],
                            ),
                        ],
                    ),
                ],
            ),
            Take("tags_all", "Tags"),
        ],
    ),
    Mapping::own(
        "aws_autoscaling_group",
        "AWS::AutoScaling::AutoScalingGroup",
        &[
            Take("name", "AutoScalingGroupName"),
            Take("min_size", "MinSize"),
            Take("max_size", "MaxSize"),
            Take("desired_capacity", "DesiredCapacity"),
            Take("availability_zones", "AvailabilityZones"),
            Take("vpc_zone_identifier", "VPCZoneIdentifier"),
            Take("health_check_type", "HealthCheckType"),
            Take("health_check_grace_period", "HealthCheckGracePeriod"),
            Take("target_group_arns", "TargetGroupARNs"),
            Take("load_balancers", "LoadBalancerNames"),
            Take("launch_configuration", "LaunchConfigurationName"),
            Take("capacity_rebalance", "CapacityRebalance"),
            Take("max_instance_lifetime", "MaxInstanceLifetime"),
            List("traffic_source", "TrafficSources", &[Take("identifier", "Identifier"), Take("type", "Type")]),
            One("launch_template", "LaunchTemplate", TEMPLATE),
            One(
                "mixed_instances_policy",
                "MixedInstancesPolicy",
                &[
                    One(
                        "instances_distribution",
                        "InstancesDistribution",
                        &[
                            Take("on_demand_allocation_strategy", "OnDemandAllocationStrategy"),
                            Take("on_demand_base_capacity", "OnDemandBaseCapacity"),
                            Take("on_demand_percentage_above_base_capacity", "OnDemandPercentageAboveBaseCapacity"),
                            Take("spot_allocation_strategy", "SpotAllocationStrategy"),
                            Take("spot_max_price", "SpotMaxPrice"),
                        ],
                    ),
                    One(
                        "launch_template",
                        "LaunchTemplate",
                        &[
                            One("launch_template_specification", "LaunchTemplateSpecification", SPECIFICATION),
                            List(
                                "override",
                                "Overrides",
                                &[
                                    Take("instance_type", "InstanceType"),
                                    Take("weighted_capacity", "WeightedCapacity"),
                                    One("instance_requirements", "InstanceRequirements", REQUIREMENTS),
                                    One("launch_template_specification", "LaunchTemplateSpecification", SPECIFICATION),
                                ],
                            ),
                        ],
                    ),
                ],
            ),
            List("tag", "Tags", GROUP_TAG),
            // Gone since 5.0.
            Unless("tag", &List("tags", "Tags", GROUP_TAG)),
        ],
    )
    .named("name"),
    Mapping::part(
        "aws_autoscaling_group_tag",
        &["AWS::AutoScaling::AutoScalingGroup"],
        "autoscaling_group_name",
        &[List("tag", "Tags[]", GROUP_TAG)],
    ),
    Mapping::part(
        "aws_autoscaling_attachment",
        &["AWS::AutoScaling::AutoScalingGroup"],
        "autoscaling_group_name",
        &[
            Take("lb_target_group_arn", "TargetGroupARNs[]"),
            // Gone since 5.0.
            Take("alb_target_group_arn", "TargetGroupARNs[]"),
            Take("elb", "LoadBalancerNames[]"),
        ],
    ),
    Mapping::own(
        "aws_autoscaling_policy",
        "AWS::AutoScaling::ScalingPolicy",
        &[
            Take("name", "PolicyName"),
            Take("autoscaling_group_name", "AutoScalingGroupName"),
            Take("policy_type", "PolicyType"),
            Take("adjustment_type", "AdjustmentType"),
            Take("scaling_adjustment", "ScalingAdjustment"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_autoscaling_schedule",
        "AWS::AutoScaling::ScheduledAction",
        &[
            Take("scheduled_action_name", "ScheduledActionName"),
            Take("autoscaling_group_name", "AutoScalingGroupName"),
            Take("recurrence", "Recurrence"),
            Take("min_size", "MinSize"),
            Take("max_size", "MaxSize"),
            Take("desired_capacity", "DesiredCapacity"),
        ],
    ),
    // What scales a target names it by what is scaled: to Terraform, a target has no name of its own.
    Mapping::own(
        "aws_appautoscaling_target",
        "AWS::ApplicationAutoScaling::ScalableTarget",
        &[
            Take("resource_id", "ResourceId"),
            Take("scalable_dimension", "ScalableDimension"),
            Take("service_namespace", "ServiceNamespace"),
            Take("min_capacity", "MinCapacity"),
            Take("max_capacity", "MaxCapacity"),
            Take("role_arn", "RoleARN"),
        ],
    )
    .named("resource_id"),
    Mapping::own(
        "aws_appautoscaling_policy",
        "AWS::ApplicationAutoScaling::ScalingPolicy",
        &[
            Take("name", "PolicyName"),
            Take("policy_type", "PolicyType"),
            Take("resource_id", "ResourceId"),
            From(&["resource_id"], "ScalingTargetId", target),
            Take("scalable_dimension", "ScalableDimension"),
            Take("service_namespace", "ServiceNamespace"),
        ],
    )
    .named("name"),
    Mapping::part(
        "aws_appautoscaling_scheduled_action",
        &["AWS::ApplicationAutoScaling::ScalableTarget"],
        "resource_id",
        &[One(
            "",
            "ScheduledActions[]",
            &[
                Take("name", "ScheduledActionName"),
                Take("schedule", "Schedule"),
                One(
                    "scalable_target_action",
                    "ScalableTargetAction",
                    &[Take("min_capacity", "MinCapacity"), Take("max_capacity", "MaxCapacity")],
                ),
            ],
        )],
    ),
    Mapping::own(
        "aws_workspaces_workspace",
        "AWS::WorkSpaces::Workspace",
        &[
            Take("bundle_id", "BundleId"),
            Take("directory_id", "DirectoryId"),
            Take("user_name", "UserName"),
            Take("root_volume_encryption_enabled", "RootVolumeEncryptionEnabled"),
            Take("user_volume_encryption_enabled", "UserVolumeEncryptionEnabled"),
            Take("volume_encryption_key", "VolumeEncryptionKey"),
            One(
                "workspace_properties",
                "WorkspaceProperties",
                &[
                    Take("compute_type_name", "ComputeTypeName"),
                    Take("running_mode", "RunningMode"),
                    Take("running_mode_auto_stop_timeout_in_minutes", "RunningModeAutoStopTimeoutInMinutes"),
                ],
            ),
            Take("tags_all", "Tags"),
        ],
    ),
    Mapping::own(
        "aws_emr_block_public_access_configuration",
        "Pilaster::EmrBlockPublicAccess",
        &[
            Take("block_public_security_group_rules", "BlockPublicSecurityGroupRules"),
            List(
                "permitted_public_security_group_rule_range",
                "PermittedPublicSecurityGroupRuleRanges",
                &[Take("min_range", "MinRange"), Take("max_range", "MaxRange")],
            ),
        ],
    ),
];

const INSTANCE: &[Rule] = &[
    Take("ami", "ImageId"),
    Take("instance_type", "InstanceType"),
    Take("key_name", "KeyName"),
    Take("availability_zone", "AvailabilityZone"),
    Take("tenancy", "Tenancy"),
    Take("ebs_optimized", "EbsOptimized"),
    Take("monitoring", "Monitoring"),
    Take("disable_api_termination", "DisableApiTermination"),
    Take("source_dest_check", "SourceDestCheck"),
    Take("iam_instance_profile", "IamInstanceProfile"),
    Take("vpc_security_group_ids", "SecurityGroupIds"),
    Take("security_groups", "SecurityGroups"),
    From(&["associate_public_ip_address", "subnet_id"], "NetworkInterfaces[]", addressed_interface),
    // An interface that is asked for an address has the subnet itself.
    Unless("associate_public_ip_address", &Take("subnet_id", "SubnetId")),
    List("network_interface", "NetworkInterfaces[]", INTERFACE),
    // Since 6.0.
    List("primary_network_interface", "NetworkInterfaces[]", INTERFACE),
    One("launch_template", "LaunchTemplate", TEMPLATE),
    One("metadata_options", "MetadataOptions", METADATA),
    One("", "", USER_DATA),
    One("", "", DEVICES),
    Take("tags_all", "Tags"),
];

const INTERFACE: &[Rule] = &[Take("device_index", "DeviceIndex"), Take("network_interface_id", "NetworkInterfaceId")];

/// Which launch template is meant. A state tells it by both, and one is enough.
const TEMPLATE: &[Rule] =
    &[Take("id", "LaunchTemplateId"), Unless("id", &Take("name", "LaunchTemplateName")), Take("version", "Version")];

const SPECIFICATION: &[Rule] = &[
    Take("launch_template_id", "LaunchTemplateId"),
    Unless("launch_template_id", &Take("launch_template_name", "LaunchTemplateName")),
    Take("version", "Version"),
];

const REQUIREMENTS: &[Rule] = &[
    One("vcpu_count", "VCpuCount", &[Take("min", "Min"), Take("max", "Max")]),
    One("memory_mib", "MemoryMiB", &[Take("min", "Min"), Take("max", "Max")]),
    Take("allowed_instance_types", "AllowedInstanceTypes"),
];

const METADATA: &[Rule] = &[
    Take("http_endpoint", "HttpEndpoint"),
    Take("http_tokens", "HttpTokens"),
    Take("http_put_response_hop_limit", "HttpPutResponseHopLimit"),
];

const USER_DATA: &[Rule] =
    &[With("user_data", "UserData", user_data), With("user_data_base64", "UserData", from_base64)];

/// The volumes of an instance.
const DEVICES: &[Rule] = &[
    List("root_block_device", "BlockDeviceMappings[]", &[One("", "Ebs", EBS), Take("kms_key_id", "Ebs.KmsKeyId")]),
    List(
        "ebs_block_device",
        "BlockDeviceMappings[]",
        &[
            Take("device_name", "DeviceName"),
            One("", "Ebs", EBS),
            Take("kms_key_id", "Ebs.KmsKeyId"),
            Take("snapshot_id", "Ebs.SnapshotId"),
        ],
    ),
    List("ephemeral_block_device", "BlockDeviceMappings[]", EPHEMERAL),
];

/// The volumes of what a launch configuration makes.
const CONFIGURED_DEVICES: &[Rule] = &[
    List("root_block_device", "BlockDeviceMappings[]", &[One("", "Ebs", EBS)]),
    List(
        "ebs_block_device",
        "BlockDeviceMappings[]",
        &[Take("device_name", "DeviceName"), One("", "Ebs", EBS), Take("snapshot_id", "Ebs.SnapshotId")],
    ),
    List("ephemeral_block_device", "BlockDeviceMappings[]", EPHEMERAL),
];

const EPHEMERAL: &[Rule] =
    &[Take("device_name", "DeviceName"), Take("virtual_name", "VirtualName"), Take("no_device", "NoDevice")];

const EBS: &[Rule] = &[
    Take("encrypted", "Encrypted"),
    Take("volume_type", "VolumeType"),
    Take("volume_size", "VolumeSize"),
    Take("iops", "Iops"),
    Take("throughput", "Throughput"),
    Take("delete_on_termination", "DeleteOnTermination"),
];

const GROUP_TAG: &[Rule] =
    &[Take("key", "Key"), Take("value", "Value"), Take("propagate_at_launch", "PropagateAtLaunch")];

/// The interface of an instance that says whether it has a public address.
fn addressed_interface(values: &Node) -> Option<Node> {
    let address = argument(values, "associate_public_ip_address")?;
    let subnet = argument(values, "subnet_id").map(|subnet| ("SubnetId", subnet.clone()));
    Some(map([("AssociatePublicIpAddress", address.clone())].into_iter().chain(subnet), address.origin))
}

/// Before 6.0, plans and states have no more of the text than its hash.
fn user_data(node: Node) -> Option<Node> {
    let is_hash = |text: &str| text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    match as_text(&node) {
        Some(text) if is_hash(text) => Some(Node::new(Value::Unknown(Why::NotInCode), node.origin)),
        // Whoever encodes it a second time has the decoded text run.
        _ => from_base64(node),
    }
}

/// A volume of which a snapshot is taken before it goes away.
fn kept_as_snapshot(values: &Node) -> Option<Node> {
    let node = argument(values, "final_snapshot")?;
    match as_bool(node) {
        Some(true) => Some(Node { value: Value::Text("Snapshot".into()), ..node.clone() }),
        Some(false) => None,
        None => Some(node.clone()),
    }
}

/// What a scaling policy belongs to. Services have one number that is scaled: the name of what is scaled is the
/// target's. Tables have several, and of those the dimension of the policy tells.
fn target(values: &Node) -> Option<Node> {
    let node = argument(values, "resource_id")?;
    let is_target = match &node.value {
        Value::Reference(reference) => &*reference.attribute == "resource_id",
        Value::Text(text) => text.starts_with("service/"),
        _ => false,
    };
    is_target.then(|| node.clone())
}

#[cfg(test)]
mod tests {
    use model::{Origin, SourceId};
    use serde_json::json;

    use super::*;
    use crate::mapping::properties;

    fn node(value: serde_json::Value) -> Node {
        Node::from_json(value, Origin::new(SourceId(0), 1, 1))
    }

    #[test]
    fn machines_with_and_without_an_address_of_their_own() {
        let made = |values| properties(INSTANCE, &node(values));
        let silent = made(json!({ "ami": "ami-1", "subnet_id": "subnet-1", "root_block_device": [{}] }));
        let blank = json!({ "ImageId": "ami-1", "SubnetId": "subnet-1", "BlockDeviceMappings": [{ "Ebs": {} }] });
        assert_eq!(silent, node(blank));
        let told = made(json!({ "subnet_id": "subnet-1", "associate_public_ip_address": false }));
        let interface = json!([{ "AssociatePublicIpAddress": false, "SubnetId": "subnet-1" }]);
        assert_eq!(told, node(json!({ "NetworkInterfaces": interface })));
    }

    #[test]
    fn user_data_however_it_is_written() {
        let made = |text: &str| user_data(node(json!(text))).map(|node| node.value);
        let text = |text: &str| Some(Value::Text(text.into()));
        assert_eq!(made("#!/bin/sh\necho"), text("#!/bin/sh\necho"));
        assert_eq!(made("IyEvYmluL3No"), text("#!/bin/sh"));
        assert_eq!(made("c765373c563b260626d113c4a56a46e8a8c5ca33"), Some(Value::Unknown(Why::NotInCode)));
        assert!(matches!(made("H4sIAAAAAAAA"), Some(Value::Unknown(Why::Malformed(_)))));
    }
}
