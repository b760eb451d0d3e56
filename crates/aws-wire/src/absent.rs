//! Where services are not.

/// Services that have no endpoint in some regions of the partition `aws` (botocore, `endpoints.json`). The
/// names of such hosts cannot be found, as they cannot when there is no network: only what is listed here is
/// taken for absent, and only where its name is not found either.
#[rustfmt::skip]
static ABSENT: [(&str, &[&str]); 10] = [
    ("codebuild", &["ap-east-2", "ca-west-1", "mx-central-1"]),
    ("codepipeline", &["ap-east-2", "ap-southeast-7", "ca-west-1", "mx-central-1"]),
    ("compute-optimizer", &["ap-east-2", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-west-1", "mx-central-1"]),
    ("elasticbeanstalk", &["ap-east-2", "mx-central-1"]),
    ("inspector2", &["ap-southeast-6"]),
    ("macie2", &["ap-east-2", "ap-south-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-west-1", "eu-central-2", "eu-south-2", "me-central-1", "mx-central-1"]),
    ("resiliencehub", &["ap-east-2", "ap-northeast-3", "ap-south-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-west-1", "eu-central-2", "eu-south-2", "il-central-1", "me-central-1", "mx-central-1"]),
    ("servicecatalog", &["ap-east-2", "ap-southeast-5", "ap-southeast-7", "mx-central-1"]),
    ("wellarchitected", &["af-south-1", "ap-east-2", "ap-northeast-3", "ap-south-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-west-1", "eu-central-2", "eu-south-1", "eu-south-2", "il-central-1", "me-central-1", "mx-central-1"]),
    ("workspaces", &["ap-east-1", "ap-east-2", "ap-northeast-3", "ap-south-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-6", "ap-southeast-7", "ca-west-1", "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2", "me-central-1", "me-south-1", "mx-central-1", "us-west-1"]),
];

/// Whether a service is known to have no endpoint in a region.
pub(crate) fn is_absent(endpoint: &str, region: &str) -> bool {
    ABSENT.iter().any(|(service, regions)| *service == endpoint && regions.contains(&region))
}

#[cfg(test)]
mod tests {
    use super::is_absent;

    #[test]
    fn services_are_absent_where_they_are_listed() {
        assert!(is_absent("workspaces", "us-west-1"));
        assert!(!is_absent("workspaces", "us-east-1") && !is_absent("sqs", "us-west-1"));
    }
}
