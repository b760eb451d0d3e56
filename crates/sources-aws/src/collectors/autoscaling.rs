//! Amazon EC2 Auto Scaling: groups, what scales them, and launch configurations.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::shape::{from_base64, list, literal, part, pluck, text};
use crate::{Collector, Draft, Halt, Reach, Run};

pub(crate) static AUTOSCALING: Service = Service {
    endpoint: "autoscaling",
    signing: "autoscaling",
    variable: "AUTO_SCALING",
    protocol: Protocol::Query { version: "2011-01-01", items: &[] },
    scope: Scope::Regional,
};

pub(crate) const PAGES: Pages = Pages::Token { answer: "NextToken", parameter: "NextToken" };

static GROUPS: Call = Call {
    service: &AUTOSCALING,
    operation: "DescribeAutoScalingGroups",
    path: "",
    action: "autoscaling:DescribeAutoScalingGroups",
    pages: PAGES,
    yields: &["AWS::AutoScaling::AutoScalingGroup"],
    unset: &[],
};

static POLICIES: Call = Call {
    service: &AUTOSCALING,
    operation: "DescribePolicies",
    path: "",
    action: "autoscaling:DescribePolicies",
    pages: PAGES,
    yields: &["AWS::AutoScaling::ScalingPolicy"],
    unset: &[],
};

static SCHEDULED: Call = Call {
    service: &AUTOSCALING,
    operation: "DescribeScheduledActions",
    path: "",
    action: "autoscaling:DescribeScheduledActions",
    pages: PAGES,
    yields: &["AWS::AutoScaling::ScheduledAction"],
    unset: &[],
};

static CONFIGURATIONS: Call = Call {
    service: &AUTOSCALING,
    operation: "DescribeLaunchConfigurations",
    path: "",
    action: "autoscaling:DescribeLaunchConfigurations",
    pages: PAGES,
    yields: &["AWS::AutoScaling::LaunchConfiguration"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "autoscaling",
    reach: Reach::EveryRegion,
    calls: &[&GROUPS, &POLICIES, &SCHEDULED, &CONFIGURATIONS],
    collect: |run| Box::pin(collect(run)),
};

async fn collect(run: &Run) -> Result<(), Halt> {
    let (groups, policies, scheduled, configurations) =
        tokio::join!(groups(run), policies(run), scheduled(run), configurations(run));
    groups.and(policies).and(scheduled).and(configurations)
}

async fn groups(run: &Run) -> Result<(), Halt> {
    for found in run.list(&GROUPS, json!({ "MaxRecords": 100 }), "AutoScalingGroups").await? {
        let Some(name) = text(&found, "AutoScalingGroupName") else { continue };
        let mut group = Draft::new("AWS::AutoScaling::AutoScalingGroup", name, found.origin).name(name);
        if let Some(arn) = text(&found, "AutoScalingGroupARN") {
            group = group.arn(arn);
        }
        for property in [
            "AutoScalingGroupName",
            "AvailabilityZones",
            "CapacityRebalance",
            "Cooldown",
            "DefaultInstanceWarmup",
            "DesiredCapacity",
            "HealthCheckGracePeriod",
            "HealthCheckType",
            "LaunchConfigurationName",
            "LaunchTemplate",
            "LoadBalancerNames",
            "MaxInstanceLifetime",
            "MaxSize",
            "MinSize",
            "MixedInstancesPolicy",
            "NewInstancesProtectedFromScaleIn",
            "Tags",
            "TargetGroupARNs",
            "TerminationPolicies",
        ] {
            group = group.set(property, part(&found, property));
        }
        run.add(
            group
                .set("VPCZoneIdentifier", part(&found, "VPCZoneIdentifier").map(subnets))
                .set("Observed.InstanceIds", pluck(&found, "Instances", "InstanceId"))
                .set("Observed.CreatedTime", part(&found, "CreatedTime")),
        );
    }
    Ok(())
}

/// The API writes the list as text, with commas.
fn subnets(node: Node) -> Node {
    let Value::Text(text) = &node.value else { return node };
    let ids = text.split(',').map(str::trim).filter(|id| !id.is_empty());
    list(ids.map(|id| literal(id, &node)).collect(), &node)
}

async fn policies(run: &Run) -> Result<(), Halt> {
    for found in run.list(&POLICIES, json!({ "MaxRecords": 100 }), "ScalingPolicies").await? {
        let Some(arn) = text(&found, "PolicyARN") else { continue };
        let mut policy = Draft::new("AWS::AutoScaling::ScalingPolicy", arn, found.origin).name(arn).arn(arn);
        for property in [
            "AdjustmentType",
            "AutoScalingGroupName",
            "Cooldown",
            "EstimatedInstanceWarmup",
            "MetricAggregationType",
            "PolicyName",
            "PolicyType",
            "PredictiveScalingConfiguration",
            "ScalingAdjustment",
            "StepAdjustments",
            "TargetTrackingConfiguration",
        ] {
            policy = policy.set(property, part(&found, property));
        }
        run.add(policy.set("Observed.Enabled", part(&found, "Enabled")));
    }
    Ok(())
}

async fn scheduled(run: &Run) -> Result<(), Halt> {
    for found in run.list(&SCHEDULED, json!({ "MaxRecords": 100 }), "ScheduledUpdateGroupActions").await? {
        let Some(arn) = text(&found, "ScheduledActionARN") else { continue };
        let mut action = Draft::new("AWS::AutoScaling::ScheduledAction", arn, found.origin).arn(arn);
        for property in [
            "AutoScalingGroupName",
            "DesiredCapacity",
            "EndTime",
            "MaxSize",
            "MinSize",
            "Recurrence",
            "StartTime",
            "TimeZone",
        ] {
            action = action.set(property, part(&found, property));
        }
        run.add(action);
    }
    Ok(())
}

async fn configurations(run: &Run) -> Result<(), Halt> {
    for found in run.list(&CONFIGURATIONS, json!({ "MaxRecords": 100 }), "LaunchConfigurations").await? {
        let Some(name) = text(&found, "LaunchConfigurationName") else { continue };
        let mut configuration = Draft::new("AWS::AutoScaling::LaunchConfiguration", name, found.origin).name(name);
        if let Some(arn) = text(&found, "LaunchConfigurationARN") {
            configuration = configuration.arn(arn);
        }
        for property in [
            "AssociatePublicIpAddress",
            "BlockDeviceMappings",
            "EbsOptimized",
            "IamInstanceProfile",
            "ImageId",
            "InstanceType",
            "KeyName",
            "LaunchConfigurationName",
            "MetadataOptions",
            "SecurityGroups",
            "SpotPrice",
        ] {
            configuration = configuration.set(property, part(&found, property));
        }
        run.add(
            configuration
                .set("InstanceMonitoring", part(&found, "InstanceMonitoring.Enabled"))
                .set("UserData", part(&found, "UserData").map(from_base64))
                .set("Observed.CreatedTime", part(&found, "CreatedTime")),
        );
    }
    Ok(())
}
