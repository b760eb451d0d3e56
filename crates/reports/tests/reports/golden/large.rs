//! An assessment of a large estate.

use assessment::{Assessment, Input};
use findings::Finding;
use model::{Builder, Evidence, Medium, Node, Origin, Outcome, Presence, Resource, Source, Value};

use super::ALL;

/// An assessment with very many findings, in several regions.
pub(crate) fn large(findings: usize) -> Assessment {
    let mut builder = Builder::new();
    let mut found = Vec::new();
    let regions = ["eu-west-1", "us-east-1", "ap-southeast-2", "sa-east-1"];
    for number in 0..findings {
        let check = number * ALL.len() / findings;
        let region = regions[number % regions.len()];
        let source = Source::Call { operation: "s3:GetBucketVersioning".to_owned(), region: region.to_owned() };
        let origin = Origin::new(builder.source(source), 0, 0);
        let resource = builder.resource(Resource {
            kind: ["AWS::S3::Bucket", "AWS::EC2::Volume", "AWS::RDS::DBInstance"][number % 3].to_owned(),
            id: format!("resource-{number:05}"),
            name: None,
            arn: None,
            account: Some("111122223333".to_owned()),
            region: Some(region.to_owned()),
            origin,
            presence: Presence::Certain,
            medium: Medium::Account,
            properties: Node::new(Value::Map(Default::default()), origin),
            attributes: Default::default(),
        });
        found.push(Finding {
            id: format!("{number:020x}"),
            check: check as u32,
            resource,
            outcome: if number % 10 == 9 { Outcome::Unknown } else { Outcome::Fail },
            severity: ALL[check].severity(),
            evidence: vec![Evidence {
                resource,
                path: "VersioningConfiguration.Status".to_owned(),
                observed: "unset".to_owned(),
                expected: "Enabled".to_owned(),
                origin,
                sensitive: false,
            }],
            waiver: None,
            known: false,
            saving: None,
        });
    }
    Assessment::new(Input {
        version: "0.1.0".to_owned(),
        today: jiff::civil::date(2026, 11, 1),
        target: assessment::Target {
            paths: Vec::new(),
            parameters: Vec::new(),
            account: Some("111122223333".to_owned()),
            region: None,
        },
        inventory: builder.build(),
        checks: ALL.iter().map(|check| (*check, check.severity())).collect(),
        findings: found,
        waivers: Vec::new(),
        waiver_problems: Vec::new(),
        has_baseline: false,
    })
}
