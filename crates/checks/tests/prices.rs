//! What savings are computed from: prices that are known, and numbers that may be any.

use std::fs;
use std::path::{Path, PathBuf};

use pricing::Usd;

/// A name that is spelt wrongly would save nothing, in silence.
#[test]
fn every_price_that_is_named_is_known() {
    let mut files = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let (mut named, mut unknown) = (0, Vec::new());
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(fs::read_dir(&path).expect("a folder").flatten().map(|entry| entry.path()));
            continue;
        }
        for (service, item) in prices(&path) {
            named += 1;
            if pricing::price(&service, &item).is_none() {
                unknown.push(format!("{}: {service} {item}", path.display()));
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
    assert!(named > 10, "only {named} were found");
}

/// The prices that a file names in full: `price("ebs", "volume:gp3")`.
fn prices(path: &PathBuf) -> Vec<(String, String)> {
    let text = fs::read_to_string(path).expect("a file");
    let calls = text
        .split("price(\"")
        .skip(1)
        .filter_map(|call| call.split_once("\", \""))
        .filter(|(service, _)| !service.contains('"'));
    calls.filter_map(|(service, rest)| Some((service.to_owned(), rest.split_once('"')?.0.to_owned()))).collect()
}

/// The largest and the smallest numbers, and some that nobody means.
const NUMBERS: [&str; 9] =
    ["-9223372036854775808", "-1", "0", "1", "400", "4096", "40000", "9223372036854775807", "1e300"];

#[test]
fn no_number_makes_a_saving_of_nothing_or_of_more_than_anything_costs() {
    let mut savings = 0;
    for number in NUMBERS {
        for other in NUMBERS {
            let volume =
                |kind: &str| format!("{{ VolumeType: {kind}, Size: {number}, Iops: {other}, Throughput: {other} }}");
            let template = format!(
                "Resources:\n  A: {{ Type: AWS::EC2::Volume, Properties: {} }}\n  B: {{ Type: AWS::EC2::Volume, Properties: {} }}
  C: {{ Type: AWS::EC2::Volume, Properties: {} }}
  D: {{ Type: AWS::ElastiCache::ReplicationGroup, Properties: {{ Engine: redis, CacheNodeType: cache.m5.large,
    NumNodeGroups: {number}, ReplicasPerNodeGroup: {other} }} }}
  E: {{ Type: AWS::ECS::TaskDefinition, Properties: {{ RequiresCompatibilities: [FARGATE], Cpu: {number}, Memory: {other} }} }}
  F: {{ Type: AWS::ECS::Service, Properties: {{ TaskDefinition: !Ref E, LaunchType: FARGATE, DesiredCount: {number} }} }}
  G: {{ Type: AWS::OpenSearchService::Domain, Properties: {{ ClusterConfig: {{ InstanceCount: {number} }},
    EBSOptions: {{ VolumeType: gp2, VolumeSize: {other} }} }} }}\n",
                volume("gp2"),
                volume("gp3"),
                volume("io2"),
            );
            let inventory = testbed::inventory(&template);
            for check in checks::all().filter(|check| check.saves.is_some()) {
                for saving in testbed::judge(check, &inventory).findings.iter().filter_map(|f| f.saving.as_ref()) {
                    assert!(saving.monthly > Usd::ZERO, "{}: {saving:?}", check.id);
                    // More than this costs nothing that AWS has.
                    assert!(saving.monthly < Usd::from_cents(1_000_000_000), "{}: {saving:?}", check.id);
                    savings += 1;
                }
            }
        }
    }
    assert!(savings > 50, "{savings}");
}
