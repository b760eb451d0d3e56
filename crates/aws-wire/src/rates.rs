//! How many calls services take, where AWS says so.

/// How many calls a second a service takes, of some operations together or of each, in one region.
#[derive(Debug, PartialEq)]
pub struct Rate {
    /// The service as calls are signed for it: `monitoring`.
    pub service: &'static str,
    /// The beginnings of the names of the operations: `Describe`. Those of all are empty.
    pub operations: &'static [&'static str],
    /// Whether the operations share what is taken. Otherwise each has as much.
    pub shared: bool,
    /// Calls a second.
    pub rate: f64,
    /// Calls at once. Where AWS does not tell, those of a second.
    pub burst: f64,
}

const fn each(service: &'static str, operations: &'static [&'static str], rate: f64, burst: f64) -> Rate {
    Rate { service, operations, shared: false, rate, burst }
}

const fn together(service: &'static str, operations: &'static [&'static str], rate: f64, burst: f64) -> Rate {
    Rate { service, operations, shared: true, rate, burst }
}

/// The rates, those of single operations before those of the rest: the first that fits counts. What is not
/// here has no published rate, and is found out.
pub static RATES: [Rate; 27] = [
    // Amazon EC2 Developer Guide, "Request throttling for the Amazon EC2 API": what is asked for without
    // a filter and without pages has a smaller bucket.
    each(
        "ec2",
        &[
            "DescribeInstances",
            "DescribeInstanceStatus",
            "DescribeNetworkInterfaces",
            "DescribeSecurityGroups",
            "DescribeSnapshots",
            "DescribeVolumes",
        ],
        10.0,
        50.0,
    ),
    each("ec2", &["Describe", "List", "Search", "Get"], 20.0, 100.0),
    // AWS Lambda Developer Guide, "Lambda quotas": 15 a second over all that is not named.
    each("lambda", &["GetPolicy"], 15.0, 15.0),
    together("lambda", &[""], 15.0, 15.0),
    // Elastic Load Balancing User Guide, "Request throttling for the Elastic Load Balancing API".
    together("elasticloadbalancing", &["Describe"], 10.0, 40.0),
    // Amazon ECS API Reference, "Request throttling for the Amazon ECS API".
    together("ecs", &["DescribeClusters", "ListClusters"], 20.0, 50.0),
    together("ecs", &["DescribeServices", "ListServices"], 20.0, 100.0),
    together("ecs", &["DescribeTaskDefinition", "ListTaskDefinition"], 20.0, 50.0),
    together("ecs", &["DescribeTasks", "ListTasks", "DescribeContainerInstances"], 20.0, 100.0),
    // AWS KMS Developer Guide, "Request quotas".
    each("kms", &["DescribeKey"], 2000.0, 2000.0),
    each("kms", &["GetKeyPolicy", "GetKeyRotationStatus"], 1000.0, 1000.0),
    each("kms", &["ListAliases", "ListKeys"], 500.0, 500.0),
    each("kms", &["ListGrants", "ListKeyPolicies"], 100.0, 100.0),
    // Amazon CloudWatch endpoints and quotas, AWS General Reference.
    each("monitoring", &["DescribeAlarms"], 9.0, 9.0),
    each("monitoring", &["GetMetricData"], 500.0, 500.0),
    each("monitoring", &["ListMetrics"], 25.0, 25.0),
    each("monitoring", &["GetDashboard", "ListDashboards", "ListTagsForResource"], 10.0, 10.0),
    // Amazon CloudWatch Logs User Guide, "CloudWatch Logs quotas".
    each("logs", &["DescribeLogGroups"], 10.0, 10.0),
    each("logs", &["DescribeLogStreams"], 25.0, 25.0),
    each("logs", &["DescribeMetricFilters", "DescribeSubscriptionFilters", "ListTags"], 5.0, 5.0),
    // Amazon DynamoDB API Reference of each operation; "Best practices for managing the control plane".
    each("dynamodb", &["DescribeContinuousBackups", "ListTagsOfResource"], 10.0, 10.0),
    each("dynamodb", &["ListBackups"], 5.0, 5.0),
    together("dynamodb", &[""], 2500.0, 2500.0),
    // Amazon SNS API Reference of each operation.
    each("sns", &["ListTopics", "ListSubscriptions"], 30.0, 30.0),
    // Amazon API Gateway Developer Guide, "Quotas for creating, deploying and managing a REST API".
    together("apigateway", &[""], 10.0, 40.0),
    // Amazon Route 53 Developer Guide, "Quotas": over all requests of an account.
    together("route53", &[""], 5.0, 5.0),
    // AWS CloudTrail API Reference.
    each("cloudtrail", &["LookupEvents", "ListInsightsData"], 2.0, 2.0),
];

/// The rate that counts for an operation, with its number.
pub(crate) fn rate(service: &str, operation: &str) -> Option<(usize, &'static Rate)> {
    let fits =
        |rate: &Rate| rate.service == service && rate.operations.iter().any(|start| operation.starts_with(start));
    RATES.iter().enumerate().find(|(_, rate)| fits(rate))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_of_an_operation_is_the_first_that_fits() {
        let of = |service, operation| rate(service, operation).map(|(_, rate)| (rate.rate, rate.shared));
        assert_eq!(of("ec2", "DescribeInstances"), Some((10.0, false)));
        assert_eq!(of("ec2", "DescribeSubnets"), Some((20.0, false)));
        assert_eq!(of("lambda", "GetPolicy"), Some((15.0, false)));
        assert_eq!(of("lambda", "ListTags"), Some((15.0, true)));
        assert_eq!(of("sqs", "ListQueues"), None);
    }

    #[test]
    fn every_rate_can_be_reached() {
        for (number, found) in RATES.iter().enumerate() {
            let reached =
                found.operations.iter().any(|start| rate(found.service, start).is_some_and(|(at, _)| at == number));
            assert!(reached, "{found:?} comes too late");
            assert!(found.rate > 0.0 && found.burst >= 1.0);
        }
    }
}
