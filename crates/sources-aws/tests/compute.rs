//! Machines, volumes and what scales and balances them, read from a stand-in.

mod support;

use sources_aws::CellState;
use support::{found, scanned, scanned_in, statuses};
use testbed::cloud::{Asked, Reply};

/// The operation of a form.
fn operation(asked: &Asked) -> &str {
    asked.body.split('&').find_map(|pair| pair.strip_prefix("Action=")).unwrap_or_default()
}

fn xml(body: &str) -> Reply {
    Reply::Answer(200, format!("<Response>{body}</Response>"))
}

fn result(operation: &str, body: &str) -> Reply {
    Reply::Answer(200, format!("<R><{operation}Result>{body}</{operation}Result></R>"))
}

fn denied() -> Reply {
    Reply::Answer(
        403,
        "<Response><Errors><Error><Code>UnauthorizedOperation</Code></Error></Errors></Response>".to_owned(),
    )
}

fn ec2(asked: &Asked) -> Reply {
    match operation(asked) {
        "DescribeInstances" => xml("<reservationSet><item><instancesSet>
            <item><instanceId>i-good</instanceId><instanceState><name>running</name></instanceState>
              <instanceType>m7g.large</instanceType><subnetId>subnet-1</subnetId>
              <monitoring><state>enabled</state></monitoring>
              <metadataOptions><httpTokens>required</httpTokens><httpEndpoint>enabled</httpEndpoint></metadataOptions>
              <iamInstanceProfile><arn>arn:aws:iam::1:instance-profile/web</arn></iamInstanceProfile>
              <networkInterfaceSet><item><networkInterfaceId>eni-1</networkInterfaceId></item></networkInterfaceSet>
              <blockDeviceMapping><item><deviceName>/dev/xvda</deviceName><ebs><volumeId>vol-1</volumeId></ebs></item></blockDeviceMapping>
              <tagSet><item><key>Owner</key><value>shop</value></item></tagSet></item>
            <item><instanceId>i-bad</instanceId><instanceType>m4.large</instanceType>
              <monitoring><state>disabled</state></monitoring>
              <metadataOptions><httpTokens>optional</httpTokens><httpEndpoint>enabled</httpEndpoint></metadataOptions>
              <networkInterfaceSet><item><association><publicIp>192.0.2.1</publicIp></association></item></networkInterfaceSet></item>
            <item><instanceId>i-gone</instanceId><instanceState><name>terminated</name></instanceState></item>
            </instancesSet></item></reservationSet>"),
        // `export DB_PASSWORD=Xk29vhQ8sLmZp4`
        "DescribeInstanceAttribute" if asked.body.contains("i-bad") => {
            xml("<userData><value>ZXhwb3J0IERCX1BBU1NXT1JEPVhrMjl2aFE4c0xtWnA0</value></userData>")
        }
        "DescribeInstanceAttribute" => xml("<userData/>"),
        "DescribeLaunchTemplates" => xml("<launchTemplates><item><launchTemplateId>lt-1</launchTemplateId>
            <launchTemplateName>web</launchTemplateName><defaultVersionNumber>1</defaultVersionNumber>
            <latestVersionNumber>2</latestVersionNumber></item></launchTemplates>"),
        "DescribeLaunchTemplateVersions" => xml("<launchTemplateVersionSet>
            <item><versionNumber>2</versionNumber><launchTemplateData><instanceType>m7g.large</instanceType></launchTemplateData></item>
            <item><versionNumber>1</versionNumber><launchTemplateData><instanceType>t2.micro</instanceType>
              <metadataOptions><httpTokens>required</httpTokens></metadataOptions></launchTemplateData></item>
            </launchTemplateVersionSet>"),
        "DescribeAddresses" => xml("<addressesSet>
            <item><allocationId>eipalloc-free</allocationId></item>
            <item><allocationId>eipalloc-used</allocationId><associationId>eipassoc-1</associationId></item></addressesSet>"),
        _ => xml(""),
    }
}

#[tokio::test]
async fn instances_and_templates_are_judged() {
    let inventory = scanned("ec2", ec2).await;
    assert!(inventory.gaps.is_empty(), "{:?}", inventory.gaps);
    assert_eq!(statuses(&inventory, "ec2_instance_imdsv2_required"), ["i-bad fail", "i-good pass", "lt-1 pass"]);
    assert_eq!(statuses(&inventory, "ec2_instance_current_generation"), ["i-bad fail", "i-good pass", "lt-1 pass"]);
    assert_eq!(statuses(&inventory, "ec2_instance_profile_attached"), ["i-bad fail", "i-good pass"]);
    assert_eq!(statuses(&inventory, "ec2_instance_detailed_monitoring")[..2], ["i-bad fail", "i-good pass"]);
    assert_eq!(statuses(&inventory, "ec2_instance_no_public_ip")[..1], ["i-bad fail"]);
    assert_eq!(statuses(&inventory, "ec2_instance_user_data_no_secrets")[..1], ["i-bad fail"]);
    assert_eq!(statuses(&inventory, "ec2_eip_unassociated"), ["eipalloc-free fail", "eipalloc-used pass"]);
}

#[tokio::test]
async fn what_is_denied_is_unknown() {
    let inventory = scanned("ec2", |asked| match operation(asked) {
        "DescribeInstanceAttribute" | "DescribeLaunchTemplateVersions" => denied(),
        _ => ec2(asked),
    })
    .await;
    let unknown = ["i-bad unknown", "i-good unknown", "lt-1 unknown"];
    assert_eq!(statuses(&inventory, "ec2_instance_user_data_no_secrets"), unknown);
    assert_eq!(statuses(&inventory, "ec2_instance_current_generation")[2..], ["lt-1 unknown"]);
    let actions: Vec<_> = inventory.gaps.iter().filter_map(|gap| gap.action.as_deref()).collect();
    assert_eq!(actions, ["ec2:DescribeInstanceAttribute", "ec2:DescribeLaunchTemplateVersions"]);
}

fn ebs(asked: &Asked) -> Reply {
    match operation(asked) {
        "DescribeVolumes" => xml("<volumeSet>
            <item><volumeId>vol-1</volumeId><volumeType>gp3</volumeType><encrypted>true</encrypted>
              <attachmentSet><item><volumeId>vol-1</volumeId><instanceId>i-1</instanceId></item></attachmentSet></item>
            <item><volumeId>vol-2</volumeId><volumeType>gp2</volumeType><encrypted>false</encrypted><attachmentSet/></item>
            </volumeSet>"),
        "GetSnapshotBlockPublicAccessState" => xml("<state>unblocked</state>"),
        _ => xml(""),
    }
}

#[tokio::test]
async fn volumes_are_judged() {
    let inventory = scanned("ebs", ebs).await;
    for check in ["ebs_volume_encrypted", "ebs_volume_gp2_to_gp3", "ebs_volume_unattached"] {
        assert_eq!(statuses(&inventory, check), ["vol-1 pass", "vol-2 fail"], "{check}");
    }
    assert_eq!(statuses(&inventory, "ebs_snapshot_block_public_access"), ["us-east-1 fail"]);
    let inventory = scanned("ebs", |asked| match operation(asked) {
        "GetSnapshotBlockPublicAccessState" | "DescribeVolumes" => denied(),
        _ => ebs(asked),
    })
    .await;
    assert_eq!(statuses(&inventory, "ebs_snapshot_block_public_access"), ["us-east-1 unknown"]);
    assert!(inventory.gaps.iter().any(|gap| gap.hides.contains(&"AWS::EC2::Volume".to_owned())));
}

fn autoscaling(asked: &Asked) -> Reply {
    match operation(asked) {
        name @ "DescribeAutoScalingGroups" => result(name, "<AutoScalingGroups>
            <member><AutoScalingGroupName>good</AutoScalingGroupName><MinSize>1</MinSize><MaxSize>4</MaxSize>
              <AvailabilityZones><member>a</member><member>b</member></AvailabilityZones>
              <TargetGroupARNs><member>arn:tg</member></TargetGroupARNs><HealthCheckType>ELB</HealthCheckType>
              <LaunchTemplate><LaunchTemplateId>lt-1</LaunchTemplateId></LaunchTemplate></member>
            <member><AutoScalingGroupName>bad</AutoScalingGroupName><MinSize>2</MinSize><MaxSize>2</MaxSize>
              <AvailabilityZones><member>a</member></AvailabilityZones><VPCZoneIdentifier>subnet-1</VPCZoneIdentifier>
              <TargetGroupARNs><member>arn:tg</member></TargetGroupARNs><HealthCheckType>EC2</HealthCheckType>
              <LaunchConfigurationName>old</LaunchConfigurationName></member></AutoScalingGroups>"),
        name @ "DescribePolicies" => result(name, "<ScalingPolicies><member><PolicyARN>arn:policy</PolicyARN>
            <AutoScalingGroupName>good</AutoScalingGroupName></member></ScalingPolicies>"),
        name @ "DescribeLaunchConfigurations" => result(name, "<LaunchConfigurations><member>
            <LaunchConfigurationName>old</LaunchConfigurationName><InstanceType>m7g.large</InstanceType>
            <InstanceMonitoring><Enabled>false</Enabled></InstanceMonitoring><UserData/></member></LaunchConfigurations>"),
        name => result(name, ""),
    }
}

#[tokio::test]
async fn groups_are_judged() {
    let inventory = scanned("autoscaling", autoscaling).await;
    for check in [
        "autoscaling_group_dynamic_scaling",
        "autoscaling_group_elb_health_check",
        "autoscaling_group_launch_template",
        "autoscaling_group_multi_az",
    ] {
        assert_eq!(statuses(&inventory, check), ["bad fail", "good pass"], "{check}");
    }
    assert_eq!(statuses(&inventory, "ec2_instance_detailed_monitoring"), ["old fail"]);
    let inventory = scanned("autoscaling", |asked| match operation(asked) {
        "DescribePolicies" => denied(),
        _ => autoscaling(asked),
    })
    .await;
    assert_eq!(statuses(&inventory, "autoscaling_group_dynamic_scaling"), ["bad fail", "good unknown"]);
}

fn elbv2(asked: &Asked) -> Reply {
    let arn = "arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/app/shop/50dc";
    let attribute = |key: &str, value: &str| format!("<member><Key>{key}</Key><Value>{value}</Value></member>");
    match operation(asked) {
        name @ "DescribeLoadBalancers" => result(name, &format!("<LoadBalancers><member><LoadBalancerArn>{arn}</LoadBalancerArn>
            <LoadBalancerName>shop</LoadBalancerName><Type>application</Type><Scheme>internet-facing</Scheme>
            <AvailabilityZones><member><SubnetId>subnet-1</SubnetId></member><member><SubnetId>subnet-2</SubnetId></member></AvailabilityZones>
            </member></LoadBalancers>")),
        name @ "DescribeLoadBalancerAttributes" => {
            let on = attribute("deletion_protection.enabled", "true");
            let off = attribute("access_logs.s3.enabled", "false");
            result(name, &format!("<Attributes>{on}{off}</Attributes>"))
        }
        name @ "DescribeListeners" => result(name, &format!("<Listeners>
            <member><ListenerArn>arn/http</ListenerArn><LoadBalancerArn>{arn}</LoadBalancerArn><Protocol>HTTP</Protocol>
              <DefaultActions><member><Type>redirect</Type><RedirectConfig><Protocol>HTTPS</Protocol></RedirectConfig></member></DefaultActions></member>
            <member><ListenerArn>arn/https</ListenerArn><Protocol>HTTPS</Protocol><SslPolicy>ELBSecurityPolicy-2016-08</SslPolicy></member>
            </Listeners>")),
        name @ "DescribeRules" => result(name, "<Rules><member><RuleArn>arn/rule</RuleArn><IsDefault>true</IsDefault></member></Rules>"),
        name @ "DescribeTargetGroups" => result(name, "<TargetGroups>
            <member><TargetGroupArn>arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/hand/1</TargetGroupArn><TargetGroupName>hand</TargetGroupName><TargetType>instance</TargetType></member>
            <member><TargetGroupArn>arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/scaled/2</TargetGroupArn><TargetGroupName>scaled</TargetGroupName><TargetType>instance</TargetType></member>
            </TargetGroups>"),
        name @ "DescribeTargetGroupAttributes" => result(name, &format!("<Attributes>{}</Attributes>", attribute("stickiness.enabled", "false"))),
        name @ "DescribeTargetHealth" => {
            let id = if asked.body.contains("hand") { "i-hand" } else { "i-scaled" };
            result(name, &format!("<TargetHealthDescriptions><member><Target><Id>{id}</Id></Target></member></TargetHealthDescriptions>"))
        }
        name @ "DescribeAutoScalingInstances" => {
            result(name, "<AutoScalingInstances><member><InstanceId>i-scaled</InstanceId></member></AutoScalingInstances>")
        }
        name => result(name, ""),
    }
}

#[tokio::test]
async fn load_balancers_are_judged() {
    let inventory = scanned("elbv2", elbv2).await;
    assert!(inventory.gaps.is_empty(), "{:?}", inventory.gaps);
    for (check, expected) in [
        ("elbv2_deletion_protection", vec!["shop pass"]),
        ("elbv2_access_logs", vec!["shop fail"]),
        ("elbv2_multi_az", vec!["shop pass"]),
        ("elbv2_listener_https_redirect", vec!["http pass"]),
        ("elbv2_listener_tls_policy", vec!["https fail"]),
        ("elbv2_target_group_stateless", vec!["hand pass", "scaled pass"]),
        ("ec2_instance_in_auto_scaling_group", vec!["hand fail", "scaled pass"]),
        ("elb_classic_migrated", vec!["shop pass"]),
    ] {
        assert_eq!(statuses(&inventory, check), expected, "{check}");
    }
    let inventory = scanned("elbv2", |asked| match operation(asked) {
        "DescribeLoadBalancerAttributes" | "DescribeAutoScalingInstances" => denied(),
        _ => elbv2(asked),
    })
    .await;
    assert_eq!(statuses(&inventory, "elbv2_deletion_protection"), ["shop unknown"]);
    assert_eq!(statuses(&inventory, "ec2_instance_in_auto_scaling_group"), ["hand unknown", "scaled unknown"]);
}

#[tokio::test]
async fn classic_load_balancers_are_found() {
    let inventory = scanned("elb", |asked| match operation(asked) {
        name @ "DescribeLoadBalancers" => result(
            name,
            "<LoadBalancerDescriptions><member>
            <LoadBalancerName>old</LoadBalancerName></member></LoadBalancerDescriptions>",
        ),
        _ => denied(),
    })
    .await;
    assert_eq!(statuses(&inventory, "elb_classic_migrated"), ["old fail"]);
    assert_eq!(inventory.gaps.len(), 1, "{:?}", inventory.gaps);
}

#[tokio::test]
async fn an_empty_region_is_done() {
    for collector in ["ec2", "ebs", "autoscaling", "elb", "elbv2", "security_groups", "vpc", "vpc_connections"] {
        let empty = |asked: &Asked| result(operation(asked), "");
        let (inventory, states) = scanned_in(collector, &["us-east-1"], empty).await;
        assert_eq!(states, [("us-east-1".to_owned(), CellState::Done)], "{collector}");
        // There are settings in every region.
        assert_eq!(found(&inventory).len(), if collector == "ebs" { 2 } else { 0 }, "{collector}");
    }
}
