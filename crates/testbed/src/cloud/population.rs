//! What a generated account holds. Nothing is stored: what stands at a place follows from the place and the
//! seed.

use std::collections::BTreeMap;
use std::ops::Range;

/// The number of every account.
pub(super) const ACCOUNT: &str = "123456789012";

/// A generated account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Population {
    /// The regions that are enabled. The first holds two fifths of everything, the second a fifth, and the
    /// others have equal parts of the rest.
    pub regions: Vec<String>,
    /// How many resources it holds about, what every region has from the beginning and what hangs on others
    /// (routes, listeners, subscriptions) aside.
    pub resources: usize,
    /// Decides what they are like.
    pub seed: u64,
}

impl Default for Population {
    fn default() -> Self {
        Self { regions: vec!["us-east-1".to_owned(), "eu-west-1".to_owned()], resources: 100, seed: 1 }
    }
}

/// What an account holds, by how many there are among a thousand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Instance = 100,
    Volume = 130,
    /// Beside the default one of each network.
    SecurityGroup = 81,
    /// Beside the default one of each region.
    Vpc = 9,
    /// Beside three of each region.
    Subnet = 38,
    /// Beside the main one of each network.
    RouteTable = 8,
    User = 22,
    Group = 4,
    Role = 82,
    Policy = 42,
    Bucket = 60,
    Function = 79,
    Queue = 51,
    Topic = 39,
    Table = 41,
    Database = 31,
    LogGroup = 90,
    Key = 20,
    LoadBalancer = 16,
    Alarm = 47,
    Cluster = 3,
    Service = 7,
}

impl Kind {
    fn in_a_thousand(self) -> usize {
        self as usize
    }
}

impl Population {
    /// How many there are of a kind, over all regions, one at the least; of kinds that every region has some
    /// of from the beginning, those aside.
    fn total(&self, kind: Kind) -> usize {
        (self.resources * kind.in_a_thousand() / 1000).max(1)
    }

    /// The numbers of those of a kind that are in a region.
    fn share(&self, kind: Kind, region: &str) -> Range<usize> {
        let (total, regions) = (self.total(kind), self.regions.len());
        let Some(at) = self.regions.iter().position(|name| name == region) else { return 0..0 };
        let weight = |at: usize| match (regions, at) {
            (1, _) => 1,
            (2, 0) => 2,
            (2, _) => 1,
            (_, 0) => 2 * (regions - 2),
            (_, 1) => regions - 2,
            _ => 2,
        };
        let all: usize = (0..regions).map(weight).sum();
        let before: usize = (0..at).map(weight).sum();
        total * before / all..total * (before + weight(at)) / all
    }

    /// How many there are of a kind in a region.
    pub(super) fn count(&self, kind: Kind, region: &str) -> usize {
        let own = self.share(kind, region).len();
        match kind {
            _ if !self.regions.iter().any(|name| name == region) => 0,
            Kind::Vpc => own + 1,
            Kind::Subnet => own + 3,
            Kind::SecurityGroup | Kind::RouteTable => own + self.count(Kind::Vpc, region),
            // A service is part of a cluster.
            Kind::Service if self.count(Kind::Cluster, region) == 0 => 0,
            _ => own,
        }
    }

    /// How many there are of a kind in the account, for what is listed in one place.
    pub(super) fn everywhere(&self, kind: Kind) -> usize {
        self.regions.iter().map(|region| self.count(kind, region)).sum()
    }

    /// The region in which the one of this number is.
    pub(super) fn region_of(&self, kind: Kind, number: usize) -> &str {
        let found = self.regions.iter().find(|region| self.share(kind, region).contains(&number));
        found.map_or("us-east-1", String::as_str)
    }

    /// Where what is listed in one place for all regions is.
    pub(super) fn home(&self) -> &str {
        self.regions.first().map_or("us-east-1", String::as_str)
    }

    /// What decides about a thing.
    pub(super) fn dice(&self, kind: Kind, region: &str, number: usize) -> Dice {
        let named = region.bytes().fold(kind.in_a_thousand() as u64, |sum, byte| mixed(sum ^ u64::from(byte)));
        Dice(mixed(named ^ mixed(self.seed ^ mixed(number as u64))))
    }

    /// The id of a thing: `i-0123456789abcdef0`.
    pub(super) fn id(&self, prefix: &str, kind: Kind, region: &str, number: usize) -> String {
        format!("{prefix}-0{:016x}", self.dice(kind, region, number).0)
    }

    /// How many resources there are, by the types of AWS CloudFormation.
    pub fn counts(&self) -> BTreeMap<&'static str, usize> {
        let every = |kind: Kind| self.everywhere(kind);
        let attached = |region: &String| self.count(Kind::Volume, region).min(self.count(Kind::Instance, region));
        let such = |kind: Kind, test: fn(&Self, &str, usize) -> bool| {
            let of =
                |region: &String| (0..self.count(kind, region)).filter(|number| test(self, region, *number)).count();
            self.regions.iter().map(of).sum()
        };
        let keys: usize = (0..every(Kind::User)).map(|number| self.access_keys(number)).sum();
        BTreeMap::from([
            ("AWS::EC2::Instance", every(Kind::Instance)),
            ("AWS::EC2::Volume", every(Kind::Volume)),
            ("AWS::EC2::VolumeAttachment", self.regions.iter().map(attached).sum()),
            ("AWS::EC2::SecurityGroup", every(Kind::SecurityGroup)),
            ("AWS::EC2::VPC", every(Kind::Vpc)),
            ("AWS::EC2::InternetGateway", every(Kind::Vpc)),
            ("AWS::EC2::VPCGatewayAttachment", every(Kind::Vpc)),
            ("AWS::EC2::Subnet", every(Kind::Subnet)),
            ("AWS::EC2::SubnetRouteTableAssociation", every(Kind::Subnet)),
            ("AWS::EC2::RouteTable", every(Kind::RouteTable)),
            ("AWS::EC2::Route", every(Kind::RouteTable)),
            ("AWS::IAM::User", every(Kind::User)),
            ("AWS::IAM::AccessKey", keys),
            ("AWS::IAM::Group", every(Kind::Group)),
            ("AWS::IAM::Role", every(Kind::Role)),
            ("AWS::IAM::ManagedPolicy", every(Kind::Policy)),
            ("AWS::S3::Bucket", every(Kind::Bucket)),
            ("AWS::S3::BucketPolicy", (0..every(Kind::Bucket)).filter(|number| self.bucket_policy(*number)).count()),
            ("AWS::Lambda::Function", every(Kind::Function)),
            ("AWS::Lambda::Permission", such(Kind::Function, Self::function_policy)),
            ("AWS::SQS::Queue", every(Kind::Queue)),
            ("AWS::SQS::QueuePolicy", such(Kind::Queue, Self::queue_policy)),
            ("AWS::SNS::Topic", every(Kind::Topic)),
            ("AWS::SNS::TopicPolicy", every(Kind::Topic)),
            ("AWS::SNS::Subscription", every(Kind::Topic)),
            ("AWS::DynamoDB::Table", every(Kind::Table)),
            ("AWS::RDS::DBInstance", every(Kind::Database)),
            ("AWS::Logs::LogGroup", every(Kind::LogGroup)),
            ("AWS::KMS::Key", every(Kind::Key)),
            ("AWS::KMS::Alias", every(Kind::Key)),
            ("AWS::ElasticLoadBalancingV2::LoadBalancer", every(Kind::LoadBalancer)),
            ("AWS::ElasticLoadBalancingV2::Listener", every(Kind::LoadBalancer)),
            ("AWS::ElasticLoadBalancingV2::TargetGroup", every(Kind::LoadBalancer)),
            ("AWS::CloudWatch::Alarm", every(Kind::Alarm)),
            ("AWS::ECS::Cluster", every(Kind::Cluster)),
            ("AWS::ECS::Service", every(Kind::Service)),
            ("AWS::ECS::TaskDefinition", every(Kind::Service)),
        ])
    }

    /// How many access keys a user has.
    pub(super) fn access_keys(&self, user: usize) -> usize {
        usize::from(self.dice(Kind::User, "keys", user).happens(60))
    }

    pub(super) fn bucket_policy(&self, number: usize) -> bool {
        self.dice(Kind::Bucket, "policy", number).happens(60)
    }

    pub(super) fn function_policy(&self, region: &str, number: usize) -> bool {
        self.dice(Kind::Function, region, number).happens(50)
    }

    pub(super) fn queue_policy(&self, region: &str, number: usize) -> bool {
        self.dice(Kind::Queue, region, number).happens(30)
    }
}

/// Decides about a thing, always in the same way.
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = mixed(self.0);
        self.0
    }

    /// Whether something that is so with a percentage of all is so.
    pub(super) fn happens(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    /// A number below another.
    pub(super) fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % (most.max(1) as u64)).unwrap_or(0)
    }

    /// One of some.
    pub(super) fn one<'o>(&mut self, of: &[&'o str]) -> &'o str {
        let chosen = self.below(of.len());
        of.get(chosen).copied().unwrap_or_default()
    }
}

/// A number whose bits depend on all bits of another (the finalizer of SplitMix64).
pub(super) fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// The number that a name ends in: `orders-12`, `…/orders-12`.
pub(super) fn number_of(name: &str) -> Option<usize> {
    name.rsplit('-').next()?.parse().ok()
}

/// The names of an application's parts.
const PARTS: [&str; 12] = [
    "orders", "billing", "search", "users", "reports", "media", "events", "audit", "cache", "mail", "stock", "payments",
];

/// A name that ends in a number.
pub(super) fn name(number: usize) -> String {
    let part = PARTS.get(number % PARTS.len()).copied().unwrap_or("part");
    format!("{part}-{number}")
}
