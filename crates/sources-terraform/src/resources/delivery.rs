//! How software gets to where it runs: builds, pipelines, deployments and stacks.

use crate::mapping::{From, List, Mapping, One, Rule, Take, With};
use crate::shape::{json, text_or};

const SOURCE: &[Rule] = &[
    Take("type", "Type"),
    Take("location", "Location"),
    Take("buildspec", "BuildSpec"),
    Take("git_clone_depth", "GitCloneDepth"),
    Take("insecure_ssl", "InsecureSsl"),
    Take("report_build_status", "ReportBuildStatus"),
    One("auth", "Auth", &[Take("type", "Type"), Take("resource", "Resource")]),
];

const ARTIFACTS: &[Rule] = &[
    Take("type", "Type"),
    Take("artifact_identifier", "ArtifactIdentifier"),
    Take("location", "Location"),
    Take("name", "Name"),
    Take("path", "Path"),
    Take("packaging", "Packaging"),
    Take("encryption_disabled", "EncryptionDisabled"),
];

const HEALTHY_HOSTS: &[Rule] = &[Take("type", "Type"), Take("value", "Value")];

pub(crate) static MAPPINGS: &[Mapping] = &[
    Mapping::own(
        "aws_codebuild_project",
        "AWS::CodeBuild::Project",
        &[
            Take("name", "Name"),
            Take("description", "Description"),
            Take("service_role", "ServiceRole"),
            Take("encryption_key", "EncryptionKey"),
            Take("build_timeout", "TimeoutInMinutes"),
            Take("queued_timeout", "QueuedTimeoutInMinutes"),
            Take("concurrent_build_limit", "ConcurrentBuildLimit"),
            Take("source_version", "SourceVersion"),
            Take("badge_enabled", "BadgeEnabled"),
            Take("project_visibility", "Visibility"),
            One("source", "Source", SOURCE),
            List("secondary_sources", "SecondarySources", SECONDARY_SOURCE),
            One("artifacts", "Artifacts", ARTIFACTS),
            List("secondary_artifacts", "SecondaryArtifacts", ARTIFACTS),
            One("cache", "Cache", &[Take("type", "Type"), Take("location", "Location"), Take("modes", "Modes")]),
            One(
                "environment",
                "Environment",
                &[
                    Take("type", "Type"),
                    Take("image", "Image"),
                    Take("compute_type", "ComputeType"),
                    Take("image_pull_credentials_type", "ImagePullCredentialsType"),
                    Take("privileged_mode", "PrivilegedMode"),
                    List(
                        "environment_variable",
                        "EnvironmentVariables",
                        &[Take("name", "Name"), Take("type", "Type"), Take("value", "Value")],
                    ),
                ],
            ),
            One(
                "logs_config",
                "LogsConfig",
                &[
                    One(
                        "cloudwatch_logs",
                        "CloudWatchLogs",
                        &[Take("group_name", "GroupName"), Take("status", "Status"), Take("stream_name", "StreamName")],
                    ),
                    One(
                        "s3_logs",
                        "S3Logs",
                        &[
                            Take("location", "Location"),
                            Take("status", "Status"),
                            Take("encryption_disabled", "EncryptionDisabled"),
                        ],
                    ),
                ],
            ),
            One(
                "vpc_config",
                "VpcConfig",
                &[Take("vpc_id", "VpcId"), Take("subnets", "Subnets"), Take("security_group_ids", "SecurityGroupIds")],
            ),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_codedeploy_app",
        "AWS::CodeDeploy::Application",
        &[Take("name", "ApplicationName"), Take("compute_platform", "ComputePlatform"), Take("tags_all", "Tags")],
    )
    .named("name"),
    Mapping::own(
        "aws_codedeploy_deployment_config",
        "AWS::CodeDeploy::DeploymentConfig",
        &[
            Take("deployment_config_name", "DeploymentConfigName"),
            Take("compute_platform", "ComputePlatform"),
            One("minimum_healthy_hosts", "MinimumHealthyHosts", HEALTHY_HOSTS),
            One(
                "traffic_routing_config",
                "TrafficRoutingConfig",
                &[
                    From(&["type"], "Type", |values| Some(text_or(values, "type", "AllAtOnce"))),
                    One(
                        "time_based_canary",
                        "TimeBasedCanary",
                        &[Take("interval", "CanaryInterval"), Take("percentage", "CanaryPercentage")],
                    ),
                    One(
                        "time_based_linear",
                        "TimeBasedLinear",
                        &[Take("interval", "LinearInterval"), Take("percentage", "LinearPercentage")],
                    ),
                ],
            ),
        ],
    )
    .named("deployment_config_name"),
    Mapping::own(
        "aws_codedeploy_deployment_group",
        "AWS::CodeDeploy::DeploymentGroup",
        &[
            Take("app_name", "ApplicationName"),
            Take("deployment_group_name", "DeploymentGroupName"),
            // The provider asks for this one where none is set, on every platform.
            From(&["deployment_config_name"], "DeploymentConfigName", |values| {
                Some(text_or(values, "deployment_config_name", "CodeDeployDefault.OneAtATime"))
            }),
            Take("service_role_arn", "ServiceRoleArn"),
            Take("autoscaling_groups", "AutoScalingGroups"),
            One(
                "auto_rollback_configuration",
                "AutoRollbackConfiguration",
                &[Take("enabled", "Enabled"), Take("events", "Events")],
            ),
            One(
                "alarm_configuration",
                "AlarmConfiguration",
                &[
                    Take("enabled", "Enabled"),
                    Take("ignore_poll_alarm_failure", "IgnorePollAlarmFailure"),
                    List("alarms", "Alarms", &[Take("", "Name")]),
                ],
            ),
            One(
                "deployment_style",
                "DeploymentStyle",
                &[Take("deployment_option", "DeploymentOption"), Take("deployment_type", "DeploymentType")],
            ),
            List(
                "ecs_service",
                "ECSServices",
                &[Take("cluster_name", "ClusterName"), Take("service_name", "ServiceName")],
            ),
            List(
                "ec2_tag_filter",
                "Ec2TagFilters",
                &[Take("key", "Key"), Take("type", "Type"), Take("value", "Value")],
            ),
            List(
                "trigger_configuration",
                "TriggerConfigurations",
                &[
                    Take("trigger_name", "TriggerName"),
                    Take("trigger_events", "TriggerEvents"),
                    Take("trigger_target_arn", "TriggerTargetArn"),
                ],
            ),
            Take("tags_all", "Tags"),
        ],
    )
    .named("deployment_group_name"),
    Mapping::own(
        "aws_codepipeline",
        "AWS::CodePipeline::Pipeline",
        &[
            Take("name", "Name"),
            Take("role_arn", "RoleArn"),
            Take("pipeline_type", "PipelineType"),
            Take("execution_mode", "ExecutionMode"),
            List(
                "artifact_store",
                "ArtifactStores",
                &[
                    Take("region", "Region"),
                    Take("location", "ArtifactStore.Location"),
                    Take("type", "ArtifactStore.Type"),
                    One("encryption_key", "ArtifactStore.EncryptionKey", &[Take("id", "Id"), Take("type", "Type")]),
                ],
            ),
            List(
                "stage",
                "Stages",
                &[
                    Take("name", "Name"),
                    List(
                        "action",
                        "Actions",
                        &[
                            Take("name", "Name"),
                            Take("category", "ActionTypeId.Category"),
                            Take("owner", "ActionTypeId.Owner"),
                            Take("provider", "ActionTypeId.Provider"),
                            Take("version", "ActionTypeId.Version"),
                            Take("configuration", "Configuration"),
                            Take("region", "Region"),
                            Take("role_arn", "RoleArn"),
                            Take("run_order", "RunOrder"),
                        ],
                    ),
                ],
            ),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_cloudformation_stack",
        "AWS::CloudFormation::Stack",
        &[
            Take("name", "StackName"),
            Take("parameters", "Parameters"),
            Take("template_url", "TemplateURL"),
            With("template_body", "TemplateBody", json),
            With("policy_body", "StackPolicyBody", json),
            Take("capabilities", "Capabilities"),
            Take("disable_rollback", "DisableRollback"),
            Take("iam_role_arn", "RoleARN"),
            Take("notification_arns", "NotificationARNs"),
            Take("timeout_in_minutes", "TimeoutInMinutes"),
            Take("tags_all", "Tags"),
        ],
    )
    .named("name"),
    Mapping::own(
        "aws_appconfig_deployment_strategy",
        "AWS::AppConfig::DeploymentStrategy",
        &[
            Take("name", "Name"),
            Take("description", "Description"),
            Take("deployment_duration_in_minutes", "DeploymentDurationInMinutes"),
            Take("final_bake_time_in_minutes", "FinalBakeTimeInMinutes"),
            Take("growth_factor", "GrowthFactor"),
            Take("growth_type", "GrowthType"),
            Take("replicate_to", "ReplicateTo"),
            Take("tags_all", "Tags"),
        ],
    ),
    Mapping::own(
        "aws_appconfig_environment",
        "AWS::AppConfig::Environment",
        &[
            Take("name", "Name"),
            Take("description", "Description"),
            Take("application_id", "ApplicationId"),
            List("monitor", "Monitors", &[Take("alarm_arn", "AlarmArn"), Take("alarm_role_arn", "AlarmRoleArn")]),
            Take("tags_all", "Tags"),
        ],
    ),
    Mapping::own(
        "aws_servicecatalog_portfolio",
        "AWS::ServiceCatalog::Portfolio",
        &[
            Take("name", "DisplayName"),
            Take("description", "Description"),
            Take("provider_name", "ProviderName"),
            Take("tags_all", "Tags"),
        ],
    )
    .named("id"),
    Mapping::own(
        "aws_servicecatalog_product",
        "AWS::ServiceCatalog::CloudFormationProduct",
        &[
            Take("name", "Name"),
            Take("owner", "Owner"),
            Take("type", "ProductType"),
            Take("description", "Description"),
            Take("distributor", "Distributor"),
            List(
                "provisioning_artifact_parameters",
                "ProvisioningArtifactParameters",
                &[
                    Take("name", "Name"),
                    Take("description", "Description"),
                    Take("template_url", "Info.LoadTemplateFromURL"),
                ],
            ),
            Take("tags_all", "Tags"),
        ],
    ),
    Mapping::own(
        "aws_servicecatalog_product_portfolio_association",
        "AWS::ServiceCatalog::PortfolioProductAssociation",
        &[Take("portfolio_id", "PortfolioId"), Take("product_id", "ProductId")],
    ),
];

const SECONDARY_SOURCE: &[Rule] = &[Take("source_identifier", "SourceIdentifier"), One("", "", SOURCE)];
