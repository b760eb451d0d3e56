//! What records of DNS may point to that anybody can have once it is gone: names of buckets and of
//! environments of AWS Elastic Beanstalk. Whether such a name is free, AWS tells whoever asks.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::{Node, Value};
use serde_json::json;

use crate::Run;
use crate::shape::{is_unknown, items, text};

static S3: Service = Service {
    endpoint: "s3",
    signing: "s3",
    variable: "S3",
    protocol: Protocol::RestXml { items: &[], flat: &[] },
    scope: Scope::Regional,
};

static ELASTIC_BEANSTALK: Service = Service {
    endpoint: "elasticbeanstalk",
    signing: "elasticbeanstalk",
    variable: "ELASTIC_BEANSTALK",
    protocol: Protocol::Query { version: "2010-12-01", items: &[] },
    scope: Scope::Regional,
};

/// A bucket that is somebody else's answers with a refusal, and then it is not known.
pub(crate) static BUCKET: Call = Call {
    service: &S3,
    operation: "GetBucketLocation",
    path: "GET /{Bucket}?location",
    action: "s3:GetBucketLocation",
    pages: Pages::One,
    yields: &[],
    unset: &["NoSuchBucket"],
};

pub(crate) static ENVIRONMENT: Call = Call {
    service: &ELASTIC_BEANSTALK,
    operation: "CheckDNSAvailability",
    path: "",
    action: "elasticbeanstalk:CheckDNSAvailability",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

/// Whether there is what a record points to. Nothing is said of a record that points to nothing of the kind.
pub(crate) async fn target_exists(run: &Run, record: &Node) -> Option<Node> {
    let (value, origin) = match claimable(record)? {
        Claimable::Bucket { name, region } => {
            let answer = run.get_in(&region, &BUCKET, json!({ "Bucket": name })).await;
            match answer.whole() {
                Some(refused) if is_unknown(&refused) => return Some(refused),
                answer => (answer.is_some(), run.origin(&BUCKET)),
            }
        }
        Claimable::Environment { prefix, region } => {
            let answer = run.get_in(&region, &ENVIRONMENT, json!({ "CNAMEPrefix": prefix })).await;
            let available = answer.at("Available")?;
            match &available.value {
                Value::Text(text) => (&**text != "true", available.origin),
                _ => return Some(available),
            }
        }
    };
    Some(Node::new(Value::Bool(value), origin))
}

#[derive(Debug, PartialEq, Eq)]
enum Claimable {
    Bucket { name: String, region: String },
    Environment { prefix: String, region: String },
}

/// What a record points to, if it is of the kind. Amazon S3 answers for the bucket that has the name which
/// was asked for: that of the record.
fn claimable(record: &Node) -> Option<Claimable> {
    let plain = |name: &str| name.trim_end_matches('.').to_ascii_lowercase();
    let target = match text(record, "AliasTarget.DNSName") {
        Some(alias) => plain(alias),
        None if text(record, "Type") == Some("CNAME") => {
            plain(items(record, "ResourceRecords").iter().find_map(|record| text(record, "Value"))?)
        }
        None => return None,
    };
    if let Some(rest) = target.strip_suffix(".elasticbeanstalk.com") {
        // Names with a part that AWS made up, `shop.eba-x1y2z3.eu-west-1`, are given to nobody else.
        let (prefix, region) = rest.split_once('.')?;
        let prefix = prefix.to_owned();
        return is_region(region).then(|| Claimable::Environment { prefix, region: region.to_owned() });
    }
    let region = bucket_region(&target)?;
    let name = plain(text(record, "Name")?);
    is_bucket(&name).then_some(Claimable::Bucket { name, region })
}

/// The region of an endpoint of Amazon S3, behind the name of a bucket or without: `s3-website-eu-west-1`,
/// `s3-website.eu-central-1`, `s3.eu-west-1`, `s3`.
fn bucket_region(target: &str) -> Option<String> {
    let rest = target.strip_suffix(".amazonaws.com").or_else(|| target.strip_suffix(".amazonaws.com.cn"))?;
    let (before, last) = rest.rsplit_once('.').unwrap_or(("", rest));
    let region = match last.strip_prefix("s3-website-") {
        Some(region) => region,
        None if last == "s3" => "us-east-1",
        None if matches!(before.rsplit('.').next(), Some("s3-website" | "s3")) => last,
        None => return None,
    };
    is_region(region).then(|| region.to_owned())
}

/// It becomes a part of the address that a signed request goes to, and whoever writes the record chooses it.
fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let (Some((number, names)), true) = (parts.split_last(), text.len() <= 32) else { return false };
    let is_name = |name: &&str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase());
    names.len() >= 2 && names.iter().all(is_name) && number.len() == 1 && number.bytes().all(|b| b.is_ascii_digit())
}

/// A record for any name, `\052.example.com`, is for no bucket in particular.
fn is_bucket(name: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
    (3..=63).contains(&name.len()) && name.bytes().all(is_letter)
}

#[cfg(test)]
mod tests {
    use model::{Origin, SourceId};

    use super::*;

    fn found(record: serde_json::Value) -> Option<Claimable> {
        claimable(&Node::from_json(record, Origin::new(SourceId(0), 0, 0)))
    }

    fn cname(target: &str) -> serde_json::Value {
        json!({ "Name": "www.example.com.", "Type": "CNAME", "ResourceRecords": [{ "Value": target }] })
    }

    fn bucket(region: &str) -> Option<Claimable> {
        Some(Claimable::Bucket { name: "www.example.com".to_owned(), region: region.to_owned() })
    }

    #[test]
    fn buckets_and_environments_are_told_from_everything_else() {
        let alias = json!({ "Name": "www.example.com.", "Type": "A",
            "AliasTarget": { "DNSName": "s3-website-us-east-1.amazonaws.com." } });
        assert_eq!(found(alias), bucket("us-east-1"));
        for (target, region) in [
            ("www.example.com.s3-website-eu-west-1.amazonaws.com", "eu-west-1"),
            ("WWW.example.com.s3-website.eu-central-1.amazonaws.com.", "eu-central-1"),
            ("www.example.com.s3.amazonaws.com", "us-east-1"),
            ("www.example.com.s3.ap-southeast-2.amazonaws.com", "ap-southeast-2"),
            ("www.example.com.s3-website.cn-north-1.amazonaws.com.cn", "cn-north-1"),
        ] {
            assert_eq!(found(cname(target)), bucket(region), "{target}");
        }
        let environment = Claimable::Environment { prefix: "shop".to_owned(), region: "eu-west-1".to_owned() };
        assert_eq!(found(cname("shop.eu-west-1.elasticbeanstalk.com")), Some(environment));
        for target in [
            "shop.eba-x1y2z3.eu-west-1.elasticbeanstalk.com",
            "shop.elasticbeanstalk.com",
            "shop.eu-west-1.elb.amazonaws.com",
            "d111111abcdef8.cloudfront.net",
            "example.org",
            "",
        ] {
            assert_eq!(found(cname(target)), None, "{target}");
        }
    }

    #[test]
    fn no_request_is_led_astray_by_what_a_record_says() {
        for region in ["evil@eu-west-1", "eu-west-1/x", "eu-west-1#", "eu--1", "-eu-1", "eu-west-", "eu-west-1%2f"] {
            assert_eq!(found(cname(&format!("shop.{region}.elasticbeanstalk.com"))), None, "{region}");
            assert_eq!(found(cname(&format!("x.s3-website-{region}.amazonaws.com"))), None, "{region}");
        }
        for name in ["\\052.example.com.", "a/b.example.com", "UPPER_case", "x", ""] {
            let record = json!({ "Name": name, "Type": "A",
                "AliasTarget": { "DNSName": "s3-website-us-east-1.amazonaws.com." } });
            assert_eq!(found(record), None, "{name}");
        }
    }
}
