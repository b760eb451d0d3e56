//! Services and calls as data.

/// A service: how it speaks, and where it is.
#[derive(Debug, PartialEq, Eq)]
pub struct Service {
    /// The name its endpoint begins with: `monitoring`.
    pub endpoint: &'static str,
    /// The name it is signed for, and IAM's prefix of its actions where that is the same.
    pub signing: &'static str,
    /// How environment variables call it, `AWS_ENDPOINT_URL_<NAME>`: `CLOUDWATCH`.
    pub variable: &'static str,
    /// How it speaks.
    pub protocol: Protocol,
    /// Whether it has one endpoint for all regions.
    pub scope: Scope,
}

/// How a service speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// JSON in both directions; the operation stands in a header.
    Json {
        /// What the header says before the operation: `DynamoDB_20120810`.
        target: &'static str,
        /// `1.0` or `1.1`.
        version: &'static str,
    },
    /// A form goes out and XML comes back. Lists are numbered below `member`.
    Query {
        /// The version of the API: `2010-05-08`.
        version: &'static str,
        /// The names of the elements that are items of lists, `member` aside: `DBInstance`.
        items: &'static [&'static str],
    },
    /// As `Query`, with EC2's own ways of writing lists.
    Ec2 {
        /// The version of the API: `2016-11-15`.
        version: &'static str,
    },
    /// Paths and JSON.
    RestJson,
    /// Paths and XML.
    RestXml {
        /// The names of the elements that are items of lists which hold nothing else.
        items: &'static [&'static str],
        /// The names of the elements that are items of lists and stand among others: `Rule`.
        flat: &'static [&'static str],
    },
}

/// Whether a service has one endpoint for all regions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// One endpoint in every region.
    Regional,
    /// One endpoint in each partition.
    Global,
}

/// A call that a scan makes.
#[derive(Debug)]
pub struct Call {
    /// Whom it goes to.
    pub service: &'static Service,
    /// Its name: `DescribeInstances`.
    pub operation: &'static str,
    /// Where it goes, for REST: `GET /{Bucket}?versioning`. Empty for the others. What stands before the
    /// first slash goes before the name of the host, and headers may follow:
    /// `GET {AccountId}./v20180820/accesspoint x-amz-account-id:{AccountId}`.
    pub path: &'static str,
    /// The permission it takes: `ec2:DescribeInstances`.
    pub action: &'static str,
    /// How its answers go on.
    pub pages: Pages,
    /// The types of resource that it lists, those that it shows as part of others included. None of these
    /// is known to be absent where it fails or is not made.
    pub yields: &'static [&'static str],
    /// Codes of errors that mean that what is asked for is not set: `NoSuchBucketPolicy`. Where a code means
    /// other things as well, a part of the message tells it apart: `AccessDeniedException: Macie is not enabled`.
    pub unset: &'static [&'static str],
}

/// How answers go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pages {
    /// One answer is all.
    One,
    /// An answer holds the token to ask for the next one with.
    Token {
        /// Where the answer holds it: `NextToken`, `DistributionList.NextMarker`.
        answer: &'static str,
        /// The parameter that takes it.
        parameter: &'static str,
    },
}
