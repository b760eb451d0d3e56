//! Instances, alone and in groups behind a load balancer.

use serde_json::json;

use super::{Draft, reference, when};

pub(super) fn add(draft: &mut Draft) {
    let sound = draft.sound();
    let size = draft.pick(&["m4.large", "t2.medium", "m7g.large", "c7g.xlarge"]);
    draft.add(
        "Instance",
        "AWS::EC2::Instance",
        json!({
            "ImageId": reference("Image"),
            "InstanceType": size,
            "SubnetId": draft.to(if sound { "SubnetA" } else { "PublicSubnetA" }),
            "SecurityGroupIds": [draft.attribute("AppSecurityGroup", "GroupId")],
            "IamInstanceProfile": when(sound, || draft.to("InstanceProfile")),
            "Monitoring": sound,
            "MetadataOptions": when(sound, || json!({ "HttpTokens": "required" })),
            "BlockDeviceMappings": [{
                "DeviceName": "/dev/xvda",
                "Ebs": { "VolumeSize": 50, "VolumeType": if sound { "gp3" } else { "gp2" }, "Encrypted": sound },
            }],
            "UserData": { "Fn::Base64": { "Fn::Sub": "#!/bin/sh\necho ${AWS::StackName}\n" } },
            "Tags": draft.tags(sound),
        }),
    );
    draft.add(
        "VolumeAttachment",
        "AWS::EC2::VolumeAttachment",
        json!({ "InstanceId": draft.to("Instance"), "VolumeId": draft.to("Volume"), "Device": "/dev/sdf" }),
    );
    let sound = draft.sound();
    draft.add(
        "LaunchTemplate",
        "AWS::EC2::LaunchTemplate",
        json!({
            "LaunchTemplateData": {
                "ImageId": reference("Image"),
                "InstanceType": { "Fn::FindInMap": ["Sizes", reference("Environment"), "Instance"] },
                "MetadataOptions": { "HttpTokens": if sound { "required" } else { "optional" } },
                "Monitoring": { "Enabled": sound },
                "SecurityGroupIds": [draft.to("AppSecurityGroup")],
            },
        }),
    );
    balancer(draft);
    let sound = draft.sound();
    let zones = if sound { vec![draft.to("SubnetA"), draft.to("SubnetB")] } else { vec![draft.to("SubnetA")] };
    draft.add(
        "Group",
        "AWS::AutoScaling::AutoScalingGroup",
        json!({
            "MinSize": if sound { "2" } else { "1" },
            "MaxSize": if sound { "6" } else { "1" },
            "VPCZoneIdentifier": zones,
            "LaunchTemplate": {
                "LaunchTemplateId": draft.to("LaunchTemplate"),
                "Version": draft.attribute("LaunchTemplate", "LatestVersionNumber"),
            },
            "TargetGroupARNs": [draft.to("Targets")],
            "HealthCheckType": when(sound, || "ELB".into()),
        }),
    );
    if draft.sound() {
        draft.add(
            "Scaling",
            "AWS::AutoScaling::ScalingPolicy",
            json!({
                "AutoScalingGroupName": draft.to("Group"),
                "PolicyType": "TargetTrackingScaling",
                "TargetTrackingConfiguration": {
                    "PredefinedMetricSpecification": { "PredefinedMetricType": "ASGAverageCPUUtilization" },
                    "TargetValue": 60,
                },
            }),
        );
    }
}

fn balancer(draft: &mut Draft) {
    let sound = draft.sound();
    draft.add(
        "Balancer",
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        json!({
            "Type": "application",
            "Scheme": "internet-facing",
            "Subnets": [draft.to("PublicSubnetA"), draft.to("PublicSubnetB")],
            "SecurityGroups": [draft.to("FrontSecurityGroup")],
            "LoadBalancerAttributes": [
                { "Key": "access_logs.s3.enabled", "Value": sound.to_string() },
                when(sound, || json!({ "Key": "access_logs.s3.bucket", "Value": draft.to("LogBucket") })),
                { "Key": "deletion_protection.enabled", "Value": sound.to_string() },
                { "Key": "routing.http.drop_invalid_header_fields.enabled", "Value": sound.to_string() },
            ],
        }),
    );
    draft.add(
        "Targets",
        "AWS::ElasticLoadBalancingV2::TargetGroup",
        json!({
            "Port": 8080,
            "Protocol": "HTTP",
            "VpcId": draft.to("Vpc"),
            "HealthCheckPath": when(sound, || "/health".into()),
        }),
    );
    let sound = draft.sound();
    draft.add(
        "Listener",
        "AWS::ElasticLoadBalancingV2::Listener",
        json!({
            "LoadBalancerArn": draft.to("Balancer"),
            "Port": if sound { 443 } else { 80 },
            "Protocol": if sound { "HTTPS" } else { "HTTP" },
            "SslPolicy": when(sound, || "ELBSecurityPolicy-TLS13-1-2-2021-06".into()),
            "Certificates": when(sound, || json!([{ "CertificateArn": reference("CertificateArn") }])),
            "DefaultActions": [{ "Type": "forward", "TargetGroupArn": draft.to("Targets") }],
        }),
    );
}
