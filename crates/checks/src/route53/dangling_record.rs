//! `route53_dangling_record`

use std::net::Ipv4Addr;

use macros::check;
use model::{At, Fact, Inventory, List, Text, Verdict, View, when};

#[derive(Debug, View)]
#[view("AWS::Route53::RecordSet")]
struct Record<'a> {
    at: At<'a>,
    #[view(path = "Type")]
    kind: Fact<'a, Text<'a>>,
    #[view(path = "AliasTarget.DNSName")]
    alias: Fact<'a, Text<'a>>,
    resource_records: List<'a, Fact<'a, Text<'a>>>,
    #[view(path = "Observed.PrivateZone", default = false)]
    private_zone: Fact<'a, bool>,
    /// Whether there is what it points to, where AWS says whether anybody could have the name.
    #[view(path = "Observed.TargetExists")]
    target_exists: Fact<'a, bool>,
}

#[derive(Debug, View)]
#[view("AWS::EC2::EIP")]
struct Address<'a> {
    at: At<'a>,
}

#[derive(Debug, View)]
#[view("AWS::CloudFront::Distribution")]
struct Distribution<'a> {
    at: At<'a>,
}

impl<'a> Record<'a> {
    /// A distribution that it names is the account's. Another one may be that of another account.
    fn must_name_a_distribution(&self, around: &'a Inventory) -> Verdict {
        let named = |name: &Fact<'a, Text<'a>>| {
            name.and_then(|text| {
                let name = text.trim_end_matches('.').to_ascii_lowercase();
                if !name.ends_with(".cloudfront.net") {
                    return Verdict::not_applicable();
                }
                let found = around.holding::<Distribution>("Observed.DomainName", &name, &self.at);
                found.must_exist("a distribution of the account").weakened()
            })
        };
        let names =
            || when(self.resource_records.must_not_be_empty(), || self.resource_records.all(|name| named(&name)));
        named(&self.alias) & when(self.kind.must_be("CNAME"), names)
    }

    /// A public address is an Elastic IP address of the account. Another one may be anybody's.
    fn must_hold_own_addresses(&self, around: &'a Inventory) -> Verdict {
        let own = |address: Fact<'a, Text<'a>>| {
            address.and_then(|text| match text.trim().parse::<Ipv4Addr>() {
                Ok(ip) if is_public(ip) => around
                    .holding_in_account::<Address>("PublicIp", &ip.to_string(), &self.at)
                    .must_exist("an address of the account")
                    .weakened(),
                _ => Verdict::not_applicable(),
            })
        };
        when(self.kind.must_be("A"), || {
            when(self.resource_records.must_not_be_empty(), || self.resource_records.all(own))
        })
    }
}

fn is_public(ip: Ipv4Addr) -> bool {
    !(ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_unspecified() || ip.is_documentation())
}

/// Records do not point to what anybody could claim
///
/// When a bucket or an environment is deleted and its record stays, whoever creates one of that name answers under
/// your domain: with a copy of your sign-in page, a certificate of its own, and the cookies of your users. A record
/// fails where AWS says that the name is free: of buckets that serve a website and of environments of Elastic
/// Beanstalk. An address or a distribution that is not the account's may be that of another account or of another
/// provider, which is unknown.
///
/// ## Fix
/// Delete the record, or create the bucket or the environment again yourself, now. Delete records before what they
/// point to.
/// ```account,fail
/// {
///   "Type": "AWS::Route53::RecordSet",
///   "Properties": {
///     "Name": "promo.example.com.", "Type": "A",
///     "AliasTarget": { "DNSName": "s3-website-eu-west-1.amazonaws.com." },
///     "Observed": { "TargetExists": false }
///   }
/// }
/// ```
/// ```account,pass
/// {
///   "Type": "AWS::Route53::RecordSet",
///   "Properties": {
///     "Name": "promo.example.com.", "Type": "A",
///     "AliasTarget": { "DNSName": "s3-website-eu-west-1.amazonaws.com." },
///     "Observed": { "TargetExists": true }
///   }
/// }
/// ```
/// ```account,unknown
/// {
///   "Listed": ["AWS::EC2::EIP"],
///   "Resources": [
///     {
///       "Type": "AWS::Route53::RecordSet",
///       "Properties": { "Name": "shop.example.com.", "Type": "A", "ResourceRecords": ["52.1.2.3"] }
///     }
///   ]
/// }
/// ```
#[check(SEC03_BP07, COST04_BP03, severity = High, code = Never)]
fn route53_dangling_record(record: &Record, around: &Inventory) -> Verdict {
    when(record.private_zone.must_be(false), || {
        record.target_exists.and_then(|_| record.target_exists.must_be(true))
            & record.must_name_a_distribution(around)
            & record.must_hold_own_addresses(around)
    })
}
