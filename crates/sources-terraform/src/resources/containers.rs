//! Containers: clusters, services, tasks, and the registries of their images.

use indexmap::IndexMap;
use model::{Node, Value};

use crate::mapping::{From, List, Mapping, One, Rule, Take, With, argument};
use crate::shape::{as_text, each_under, enabled_capitals, json};

pub(crate) static MAPPINGS: &[Mapping] = &[
    Mapping::own(
        "aws_ecs_cluster",
        "AWS::ECS::Cluster",
        &[
            Take("name", "ClusterName"),
            List("setting", "ClusterSettings", &[Take("name", "Name"), Take("value", "Value")]),
            // Gone since 5.0.
            Take("capacity_providers", "CapacityProviders"),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::part(
        "aws_ecs_cluster_capacity_providers",
        &["AWS::ECS::Cluster"],
        "cluster_name",
        &[
            Take("capacity_providers", "CapacityProviders"),
            List("default_capacity_provider_strategy", "DefaultCapacityProviderStrategy", STRATEGY),
        ],
    ),
    Mapping::own(
        "aws_ecs_capacity_provider",
        "AWS::ECS::CapacityProvider",
        &[
            Take("name", "Name"),
            One(
                "auto_scaling_group_provider",
                "AutoScalingGroupProvider",
                &[
                    Take("auto_scaling_group_arn", "AutoScalingGroupArn"),
                    Take("managed_termination_protection", "ManagedTerminationProtection"),
                    Take("managed_draining", "ManagedDraining"),
                    One(
                        "managed_scaling",
                        "ManagedScaling",
                        &[Take("status", "Status"), Take("target_capacity", "TargetCapacity")],
                    ),
                ],
            ),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_ecs_service",
        "AWS::ECS::Service",
        &[
            Take("name", "ServiceName"),
            Take("cluster", "Cluster"),
            Take("task_definition", "TaskDefinition"),
            Take("launch_type", "LaunchType"),
            Take("platform_version", "PlatformVersion"),
            Take("scheduling_strategy", "SchedulingStrategy"),
            From(&["desired_count", "scheduling_strategy"], "DesiredCount", desired_count),
            Take("enable_execute_command", "EnableExecuteCommand"),
            List("capacity_provider_strategy", "CapacityProviderStrategy", STRATEGY),
            One(
                "network_configuration",
                "NetworkConfiguration.AwsvpcConfiguration",
                &[
                    Take("subnets", "Subnets"),
                    Take("security_groups", "SecurityGroups"),
                    With("assign_public_ip", "AssignPublicIp", enabled_capitals),
                ],
            ),
            One("deployment_controller", "DeploymentController", &[Take("type", "Type")]),
            Take("deployment_maximum_percent", "DeploymentConfiguration.MaximumPercent"),
            Take("deployment_minimum_healthy_percent", "DeploymentConfiguration.MinimumHealthyPercent"),
            One(
                "deployment_circuit_breaker",
                "DeploymentConfiguration.DeploymentCircuitBreaker",
                &[Take("enable", "Enable"), Take("rollback", "Rollback")],
            ),
            One(
                "alarms",
                "DeploymentConfiguration.Alarms",
                &[Take("alarm_names", "AlarmNames"), Take("enable", "Enable"), Take("rollback", "Rollback")],
            ),
            List(
                "load_balancer",
                "LoadBalancers",
                &[
                    Take("target_group_arn", "TargetGroupArn"),
                    Take("elb_name", "LoadBalancerName"),
                    Take("container_name", "ContainerName"),
                    Take("container_port", "ContainerPort"),
                ],
            ),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_ecs_task_definition",
        "AWS::ECS::TaskDefinition",
        &[
            Take("family", "Family"),
            With("container_definitions", "ContainerDefinitions", |node| json(node).map(in_capitals)),
            Take("requires_compatibilities", "RequiresCompatibilities"),
            Take("network_mode", "NetworkMode"),
            Take("pid_mode", "PidMode"),
            Take("ipc_mode", "IpcMode"),
            Take("cpu", "Cpu"),
            Take("memory", "Memory"),
            Take("execution_role_arn", "ExecutionRoleArn"),
            Take("task_role_arn", "TaskRoleArn"),
            One(
                "runtime_platform",
                "RuntimePlatform",
                &[
                    Take("cpu_architecture", "CpuArchitecture"),
                    Take("operating_system_family", "OperatingSystemFamily"),
                ],
            ),
            List("volume", "Volumes", VOLUME),
            Take("tags_all", "Tags"),
        ],
    )
    .named("family"),
    Mapping::own(
        "aws_ecr_repository",
        "AWS::ECR::Repository",
        &[
            Take("name", "RepositoryName"),
            Take("image_tag_mutability", "ImageTagMutability"),
            Take("force_delete", "EmptyOnDelete"),
            One("image_scanning_configuration", "ImageScanningConfiguration", &[Take("scan_on_push", "ScanOnPush")]),
            One(
                "encryption_configuration",
                "EncryptionConfiguration",
                &[Take("encryption_type", "EncryptionType"), Take("kms_key", "KmsKey")],
            ),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::part(
        "aws_ecr_lifecycle_policy",
        &["AWS::ECR::Repository"],
        "repository",
        &[Take("policy", "LifecyclePolicy.LifecyclePolicyText")],
    ),
    Mapping::part(
        "aws_ecr_repository_policy",
        &["AWS::ECR::Repository"],
        "repository",
        &[With("policy", "RepositoryPolicyText", json)],
    ),
    Mapping::own(
        "aws_ecr_registry_scanning_configuration",
        "AWS::ECR::RegistryScanningConfiguration",
        &[
            Take("scan_type", "ScanType"),
            List(
                "rule",
                "Rules",
                &[
                    Take("scan_frequency", "ScanFrequency"),
                    List(
                        "repository_filter",
                        "RepositoryFilters",
                        &[Take("filter", "Filter"), Take("filter_type", "FilterType")],
                    ),
                ],
            ),
        ],
    ),
    Mapping::own(
        "aws_eks_cluster",
        "AWS::EKS::Cluster",
        &[
            Take("name", "Name"),
            Take("version", "Version"),
            Take("role_arn", "RoleArn"),
            One(
                "vpc_config",
                "ResourcesVpcConfig",
                &[
                    Take("endpoint_public_access", "EndpointPublicAccess"),
                    Take("endpoint_private_access", "EndpointPrivateAccess"),
                    Take("public_access_cidrs", "PublicAccessCidrs"),
                    Take("subnet_ids", "SubnetIds"),
                    Take("security_group_ids", "SecurityGroupIds"),
                ],
            ),
            With("enabled_cluster_log_types", "Logging.ClusterLogging.EnabledTypes", |node| each_under(node, "Type")),
            List(
                "encryption_config",
                "EncryptionConfig",
                &[Take("resources", "Resources"), One("provider", "Provider", &[Take("key_arn", "KeyArn")])],
            ),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_eks_node_group",
        "AWS::EKS::Nodegroup",
        &[
            Take("node_group_name", "NodegroupName"),
            Take("cluster_name", "ClusterName"),
            Take("node_role_arn", "NodeRole"),
            Take("subnet_ids", "Subnets"),
            Take("ami_type", "AmiType"),
            Take("capacity_type", "CapacityType"),
            Take("instance_types", "InstanceTypes"),
            Take("disk_size", "DiskSize"),
            Take("version", "Version"),
            One(
                "scaling_config",
                "ScalingConfig",
                &[Take("min_size", "MinSize"), Take("max_size", "MaxSize"), Take("desired_size", "DesiredSize")],
            ),
            One(
                "launch_template",
                "LaunchTemplate",
                &[Take("id", "Id"), Take("name", "Name"), Take("version", "Version")],
            ),
            One(
                "remote_access",
                "RemoteAccess",
                &[Take("ec2_ssh_key", "Ec2SshKey"), Take("source_security_group_ids", "SourceSecurityGroups")],
            ),
            Take("tags_all", "Tags"),
        ],
    )
    .named("node_group_name"),
];

const STRATEGY: &[Rule] =
    &[Take("capacity_provider", "CapacityProvider"), Take("base", "Base"), Take("weight", "Weight")];

const VOLUME: &[Rule] = &[
    Take("name", "Name"),
    Take("host_path", "Host.SourcePath"),
    One(
        "efs_volume_configuration",
        "EFSVolumeConfiguration",
        &[
            Take("file_system_id", "FilesystemId"),
            Take("root_directory", "RootDirectory"),
            Take("transit_encryption", "TransitEncryption"),
            One(
                "authorization_config",
                "AuthorizationConfig",
                &[Take("access_point_id", "AccessPointId"), Take("iam", "IAM")],
            ),
        ],
    ),
];

/// How many tasks are kept running. Where AWS takes one, the provider asks for none; of a daemon, neither says.
fn desired_count(values: &Node) -> Option<Node> {
    let is_daemon = argument(values, "scheduling_strategy").and_then(as_text) == Some("DAEMON");
    let none = || (!is_daemon).then(|| Node::new(Value::Number("0".into()), values.origin));
    argument(values, "desired_count").cloned().or_else(none)
}

/// What in the definition of a container is a map of its user's.
const FREE: [&str; 2] = ["dockerLabels", "options"];

/// The names of a document of the API as CloudFormation has them: `logConfiguration` as `LogConfiguration`.
fn in_capitals(node: Node) -> Node {
    let value = match node.value {
        Value::List(items) => Value::List(items.into_iter().map(in_capitals).collect()),
        Value::Map(entries) => {
            let named = entries.into_iter().map(|(key, node)| {
                let node = if FREE.contains(&key.as_str()) { node } else { in_capitals(node) };
                let mut letters = key.chars();
                let first = letters.next().map(|first| first.to_ascii_uppercase());
                (first.into_iter().chain(letters).collect(), node)
            });
            Value::Map(named.collect::<IndexMap<String, Node>>())
        }
        value => value,
    };
    Node { value, ..node }
}
