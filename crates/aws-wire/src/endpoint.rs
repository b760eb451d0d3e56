//! Where services are.

use crate::{Scope, Service};

/// A partition: a set of regions with accounts, names and endpoints of their own.
#[derive(Debug, PartialEq, Eq)]
pub struct Partition {
    /// Its name in ARNs: `aws`, `aws-cn`.
    pub id: &'static str,
    /// What the names of its hosts end in.
    pub suffix: &'static str,
    /// What they end in where both versions of IP are spoken.
    pub dual_stack_suffix: &'static str,
    /// The region its global services are signed for, unless [`GLOBAL`] says otherwise.
    pub global_region: &'static str,
    /// What the names of its regions begin with.
    regions: &'static [&'static str],
}

/// The partitions (botocore, `partitions.json`). The first is the one of names that are not known.
static PARTITIONS: [Partition; 8] = [
    Partition {
        id: "aws",
        suffix: "amazonaws.com",
        dual_stack_suffix: "api.aws",
        global_region: "us-east-1",
        regions: &["us-", "eu-", "ap-", "sa-", "ca-", "me-", "af-", "il-", "mx-"],
    },
    Partition {
        id: "aws-cn",
        suffix: "amazonaws.com.cn",
        dual_stack_suffix: "api.amazonwebservices.com.cn",
        global_region: "cn-northwest-1",
        regions: &["cn-"],
    },
    Partition {
        id: "aws-us-gov",
        suffix: "amazonaws.com",
        dual_stack_suffix: "api.aws",
        global_region: "us-gov-west-1",
        regions: &["us-gov-"],
    },
    Partition {
        id: "aws-iso",
        suffix: "c2s.ic.gov",
        dual_stack_suffix: "api.aws.ic.gov",
        global_region: "us-iso-east-1",
        regions: &["us-iso-"],
    },
    Partition {
        id: "aws-iso-b",
        suffix: "sc2s.sgov.gov",
        dual_stack_suffix: "api.aws.scloud",
        global_region: "us-isob-east-1",
        regions: &["us-isob-"],
    },
    Partition {
        id: "aws-iso-e",
        suffix: "cloud.adc-e.uk",
        dual_stack_suffix: "api.cloud-aws.adc-e.uk",
        global_region: "eu-isoe-west-1",
        regions: &["eu-isoe-"],
    },
    Partition {
        id: "aws-iso-f",
        suffix: "csp.hci.ic.gov",
        dual_stack_suffix: "api.aws.hci.ic.gov",
        global_region: "us-isof-south-1",
        regions: &["us-isof-"],
    },
    Partition {
        id: "aws-eusc",
        suffix: "amazonaws.eu",
        dual_stack_suffix: "api.amazonwebservices.eu",
        global_region: "eusc-de-east-1",
        regions: &["eusc-"],
    },
];

/// Global services whose host is not `<service>.<suffix>`, or that are signed for another region than
/// their partition's: endpoint name, partition, host, region.
static GLOBAL: [(&str, &str, &str, &str); 18] = [
    ("account", "aws", "account.us-east-1.amazonaws.com", "us-east-1"),
    ("account", "aws-cn", "account.cn-northwest-1.amazonaws.com.cn", "cn-northwest-1"),
    ("bcm-data-exports", "aws", "bcm-data-exports.us-east-1.api.aws", "us-east-1"),
    ("bcm-data-exports", "aws-cn", "bcm-data-exports.cn-northwest-1.api.amazonwebservices.com.cn", "cn-northwest-1"),
    ("ce", "aws", "ce.us-east-1.amazonaws.com", "us-east-1"),
    ("ce", "aws-cn", "ce.cn-northwest-1.amazonaws.com.cn", "cn-northwest-1"),
    ("cur", "aws", "cur.us-east-1.amazonaws.com", "us-east-1"),
    ("cur", "aws-cn", "cur.cn-northwest-1.amazonaws.com.cn", "cn-northwest-1"),
    ("globalaccelerator", "aws", "globalaccelerator.us-west-2.amazonaws.com", "us-west-2"),
    ("iam", "aws-cn", "iam.cn-north-1.amazonaws.com.cn", "cn-north-1"),
    ("iam", "aws-us-gov", "iam.us-gov.amazonaws.com", "us-gov-west-1"),
    ("iam", "aws-iso", "iam.us-iso-east-1.c2s.ic.gov", "us-iso-east-1"),
    ("iam", "aws-iso-b", "iam.us-isob-east-1.sc2s.sgov.gov", "us-isob-east-1"),
    ("organizations", "aws", "organizations.us-east-1.amazonaws.com", "us-east-1"),
    ("organizations", "aws-cn", "organizations.cn-northwest-1.amazonaws.com.cn", "cn-northwest-1"),
    ("organizations", "aws-us-gov", "organizations.us-gov-west-1.amazonaws.com", "us-gov-west-1"),
    ("route53", "aws-us-gov", "route53.us-gov.amazonaws.com", "us-gov-west-1"),
    ("route53", "aws-iso", "route53.c2s.ic.gov", "us-iso-east-1"),
];

/// What decides where a service is, beside the region.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EndpointOptions {
    /// An address for every service: `--endpoint-url`, `AWS_ENDPOINT_URL`, or the one for this service,
    /// `AWS_ENDPOINT_URL_<SERVICE>`.
    pub url: Option<String>,
    /// Endpoints validated for FIPS 140.
    pub fips: bool,
    /// Endpoints that speak both versions of IP.
    pub dual_stack: bool,
}

/// Where a request goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Scheme, host and what the path begins with, without a slash at the end.
    pub url: String,
    /// The region it is signed for.
    pub region: String,
    /// The path of the request, when its bucket has moved into the name of the host.
    pub path: Option<String>,
}

/// The partition of a region. A region that is not known is taken for one of `aws`.
pub fn partition(region: &str) -> &'static Partition {
    // `us-gov-` begins like `us-`: the longest beginning wins.
    let fit = |partition: &&'static Partition| {
        partition.regions.iter().filter(|start| region.starts_with(**start)).map(|start| start.len()).max()
    };
    let known = PARTITIONS.iter().filter(|partition| fit(partition).is_some());
    known.max_by_key(fit).unwrap_or(&PARTITIONS[0])
}

/// Where a request to a service in a region goes. `path`, `bucket` and `host_prefix` are those of the
/// request.
pub fn endpoint(
    service: &Service,
    region: &str,
    options: &EndpointOptions,
    path: &str,
    bucket: Option<&str>,
    host_prefix: Option<&str>,
) -> Endpoint {
    let partition = partition(region);
    let special = match service.scope {
        Scope::Global => GLOBAL.iter().find(|(name, id, ..)| *name == service.endpoint && *id == partition.id),
        Scope::Regional => None,
    };
    let signed = match (service.scope, special) {
        (Scope::Regional, _) => region,
        (Scope::Global, Some((.., region))) => region,
        (Scope::Global, None) => partition.global_region,
    };
    if let Some(url) = &options.url {
        // A stand-in has one name: buckets stay in the path, and nothing goes before it.
        return Endpoint { url: url.trim_end_matches('/').to_owned(), region: signed.to_owned(), path: None };
    }
    let name = match options.fips {
        true => format!("{}-fips", service.endpoint),
        false => service.endpoint.to_owned(),
    };
    let host = match (service.scope, special) {
        (Scope::Global, Some((_, _, host, _))) => (*host).to_owned(),
        (Scope::Global, None) => format!("{name}.{}", partition.suffix),
        // S3 keeps its suffix and says `dualstack` instead.
        (Scope::Regional, _) if options.dual_stack && matches!(service.endpoint, "s3" | "s3-control") => {
            format!("{name}.dualstack.{region}.{}", partition.suffix)
        }
        (Scope::Regional, _) if options.dual_stack => format!("{name}.{region}.{}", partition.dual_stack_suffix),
        (Scope::Regional, _) => format!("{name}.{region}.{}", partition.suffix),
    };
    let prefix = host_prefix.filter(|prefix| prefix.strip_suffix('.').is_some_and(is_host_name));
    let host = format!("{}{host}", prefix.unwrap_or_default());
    match bucket.filter(|bucket| is_host_name(bucket)) {
        Some(bucket) => {
            let rest = path.strip_prefix('/').and_then(|path| path.strip_prefix(bucket)).unwrap_or(path);
            let path = if rest.starts_with('/') { rest.to_owned() } else { format!("/{rest}") };
            Endpoint { url: format!("https://{bucket}.{host}"), region: signed.to_owned(), path: Some(path) }
        }
        None => Endpoint { url: format!("https://{host}"), region: signed.to_owned(), path: None },
    }
}

/// Whether the name of a bucket or an account can be the first part of a host's. A dot in it would not fit
/// the certificate.
fn is_host_name(name: &str) -> bool {
    (3..=63).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !name.starts_with('-')
        && !name.ends_with('-')
}
