//! Containers, and what stands between them and the world.

use serde_json::json;

use super::{Draft, reference, when};

pub(super) fn add(draft: &mut Draft) {
    let sound = draft.sound();
    draft.add(
        "Images",
        "AWS::ECR::Repository",
        json!({
            "ImageScanningConfiguration": { "ScanOnPush": sound },
            "ImageTagMutability": if sound { "IMMUTABLE" } else { "MUTABLE" },
        }),
    );
    let sound = draft.sound();
    draft.add(
        "Containers",
        "AWS::ECS::Cluster",
        json!({
            "ClusterSettings": [{ "Name": "containerInsights", "Value": if sound { "enabled" } else { "disabled" } }],
        }),
    );
    task(draft);
    let sound = draft.sound();
    draft.add_with(
        "Service",
        "AWS::ECS::Service",
        json!({
            "Cluster": draft.to("Containers"),
            "TaskDefinition": draft.to("Task"),
            "LaunchType": "FARGATE",
            "PlatformVersion": if sound { "LATEST" } else { "1.3.0" },
            "DesiredCount": if sound { 2 } else { 1 },
            "DeploymentConfiguration": when(sound, || json!({
                "DeploymentCircuitBreaker": { "Enable": true, "Rollback": true },
            })),
            "LoadBalancers": [{ "ContainerName": "app", "ContainerPort": 8080, "TargetGroupArn": draft.to("Targets") }],
            "NetworkConfiguration": {
                "AwsvpcConfiguration": {
                    "AssignPublicIp": if sound { "DISABLED" } else { "ENABLED" },
                    "SecurityGroups": [draft.to("AppSecurityGroup")],
                    "Subnets": [draft.to("SubnetA"), draft.to("SubnetB")],
                },
            },
        }),
        json!({ "DependsOn": draft.id("Listener") }),
    );
    let sound = draft.sound();
    draft.add(
        "Distribution",
        "AWS::CloudFront::Distribution",
        json!({
            "DistributionConfig": {
                "Enabled": true,
                "DefaultRootObject": when(sound, || "index.html".into()),
                "HttpVersion": "http2and3",
                "Origins": [{
                    "Id": "balancer",
                    "DomainName": draft.attribute("Balancer", "DNSName"),
                    "CustomOriginConfig": { "OriginProtocolPolicy": if sound { "https-only" } else { "http-only" } },
                }],
                "DefaultCacheBehavior": {
                    "TargetOriginId": "balancer",
                    "ViewerProtocolPolicy": if sound { "redirect-to-https" } else { "allow-all" },
                    "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6",
                    "Compress": sound,
                },
                "Logging": when(sound, || json!({ "Bucket": draft.attribute("LogBucket", "DomainName") })),
                "ViewerCertificate": when(sound, || json!({
                    "AcmCertificateArn": reference("CertificateArn"),
                    "MinimumProtocolVersion": "TLSv1.2_2021",
                    "SslSupportMethod": "sni-only",
                })),
            },
        }),
    );
}

fn task(draft: &mut Draft) {
    let sound = draft.sound();
    draft.add("TaskLogs", "AWS::Logs::LogGroup", json!({ "RetentionInDays": when(sound, || json!(30)) }));
    let sound = draft.sound();
    let image = format!("${{AWS::AccountId}}.dkr.ecr.${{AWS::Region}}.amazonaws.com/${{{}}}", draft.id("Images"));
    let tag = if sound { "1.4.2" } else { "latest" };
    draft.add(
        "Task",
        "AWS::ECS::TaskDefinition",
        json!({
            "Cpu": "512",
            "Memory": "1024",
            "NetworkMode": "awsvpc",
            "RequiresCompatibilities": ["FARGATE"],
            "TaskRoleArn": draft.attribute("TaskRole", "Arn"),
            "ExecutionRoleArn": draft.attribute("TaskRole", "Arn"),
            "RuntimePlatform": when(sound, || json!({ "CpuArchitecture": "ARM64" })),
            "ContainerDefinitions": [{
                "Name": "app",
                "Image": { "Fn::Sub": format!("{image}:{tag}") },
                "Privileged": when(!sound, || true.into()),
                "ReadonlyRootFilesystem": sound,
                "PortMappings": [{ "ContainerPort": 8080 }],
                "Secrets": when(sound, || json!([{ "Name": "PASSWORD", "ValueFrom": draft.to("Secret") }])),
                "Environment": when(!sound, || json!([{ "Name": "PASSWORD", "Value": "not-a-real-password" }])),
                "LogConfiguration": when(sound, || json!({
                    "LogDriver": "awslogs",
                    "Options": {
                        "awslogs-group": draft.to("TaskLogs"),
                        "awslogs-region": reference("AWS::Region"),
                        "awslogs-stream-prefix": "app",
                    },
                })),
            }],
        }),
    );
}
