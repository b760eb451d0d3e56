//! The stored form: the same bytes for the same input, nothing lost on the way, no secrets in it.

mod support;

use assessment::{ArtefactError, Assessment};
use findings::{Saving, SavingSource, WaiverScope};
use model::{ResourceId, SourceId, Suppression};
use pricing::Usd;
use support::{assess, request};

const TEMPLATE: &str = "
Parameters: { Password: { Type: String, NoEcho: true } }
Resources:
  Logs:
    Type: AWS::S3::Bucket
    Metadata: { pilaster: { waive: { check: s3_bucket_versioning, reason: logs are replaceable } } }
  Db:
    Type: AWS::RDS::DBInstance
    Properties: { Engine: postgres, MasterUsername: shop, MasterUserPassword: Harvest-Moon-1974 }
  Other:
    Type: AWS::RDS::DBInstance
    Properties: { Engine: postgres, MasterUserPassword: !Ref Password, DBName: !Sub 'x-${Password}' }
";

fn stored(assessment: &Assessment) -> Vec<u8> {
    let mut bytes = Vec::new();
    assessment.save(&mut bytes).expect("saved");
    bytes
}

fn assessment() -> Assessment {
    let mut request = request(TEMPLATE);
    request.parameters.insert("Password".to_owned(), "Velvet-Otter-88".to_owned());
    assess(request)
}

#[test]
fn what_is_stored_is_what_is_read_again() {
    let bytes = stored(&assessment());
    assert_eq!(bytes, stored(&assessment()));
    let again = Assessment::load(bytes.as_slice()).expect("loaded");
    assert_eq!(again.findings, assessment().findings);
    assert_eq!(again.pillars, assessment().pillars);
    assert_eq!(stored(&again), bytes);
}

#[test]
fn secrets_are_not_stored() {
    let again = Assessment::load(stored(&assessment()).as_slice()).expect("loaded");
    let text = serde_json::to_string(&again).expect("JSON");
    for secret in ["Harvest-Moon-1974", "Velvet-Otter-88"] {
        assert!(!text.contains(secret), "{secret} is in the artefact");
    }
    let text = format!("{:?}", assessment().findings);
    assert!(!text.contains("Harvest-Moon-1974") && !text.contains("Velvet-Otter-88"));
}

#[test]
fn what_is_no_artefact_is_refused() {
    assert!(Assessment::load(&b"{}"[..]).is_err());
    assert!(Assessment::load(&stored(&assessment())[..40]).is_err());
}

#[test]
fn what_names_something_that_is_not_there_is_refused() {
    type Damage = fn(&mut Assessment);
    const NOTHING: u32 = 1_000_000;
    let damages: [(&str, Damage); 13] = [
        ("check", |a| a.findings[0].check = NOTHING),
        ("resource", |a| a.findings[0].resource = ResourceId(NOTHING)),
        ("waiver", |a| a.findings[0].waiver = Some(NOTHING)),
        ("resource", |a| a.findings[0].evidence[0].resource = ResourceId(NOTHING)),
        ("source", |a| a.findings[0].evidence[0].origin.source = SourceId(NOTHING)),
        ("resource", |a| {
            let saving = Saving::new(Usd::from_cents(100), String::new(), SavingSource::ListPrice);
            a.findings[0].saving = saving.map(|saving| Saving { also: vec![ResourceId(NOTHING)], ..saving });
        }),
        ("finding", |a| a.practices[0].findings.push(NOTHING)),
        ("source", |a| a.inventory.resources[0].origin.source = SourceId(NOTHING)),
        ("resource", |a| _ = a.inventory.formerly.insert(ResourceId(NOTHING), vec!["Before".to_owned()])),
        ("resource", |a| a.inventory.suppressions[0].resource = Some(ResourceId(NOTHING))),
        ("source", |a| a.inventory.suppressions[0].origin.source = SourceId(NOTHING)),
        ("resource", |a| a.waivers[0].scope = WaiverScope::Resource(ResourceId(NOTHING))),
        // The first that is not there.
        ("check", |a| a.findings[0].check = a.checks.len() as u32),
    ];
    for (number, (named, damage)) in damages.into_iter().enumerate() {
        let mut damaged = assessment();
        let origin = damaged.inventory.resources[0].origin;
        let suppression =
            Suppression { tool: "trivy".to_owned(), rules: Vec::new(), reason: None, resource: None, origin };
        damaged.inventory.suppressions.push(suppression);
        assert!(Assessment::load(stored(&damaged).as_slice()).is_ok());
        damage(&mut damaged);
        match Assessment::load(stored(&damaged).as_slice()) {
            Err(ArtefactError::Dangling { kind, .. }) => assert_eq!(kind, named, "{number}"),
            other => panic!("{number}: {other:?}"),
        }
    }
}

#[test]
fn checks_that_are_called_the_same_are_refused() {
    let mut damaged = assessment();
    damaged.checks[1].id = damaged.checks[0].id.clone();
    let refused = Assessment::load(stored(&damaged).as_slice()).expect_err("refused");
    assert!(refused.to_string().contains(&damaged.checks[0].id), "{refused}");
}

#[test]
fn the_deepest_template_that_is_read_is_stored_and_read_again() {
    // 200 levels are the limit of the reader; these are what a resource and a property leave of them.
    let depth = 190;
    let deep = format!("{}1{}", "{a: ".repeat(depth), "}".repeat(depth));
    let template = format!("Resources: {{ Thing: {{ Type: Custom::Thing, Properties: {{ Deep: {deep} }} }} }}");
    let assessment = assess(request(&template));
    assert!(assessment.inventory.gaps.is_empty(), "{:?}", assessment.inventory.gaps);
    let bytes = stored(&assessment);
    let again = Assessment::load(bytes.as_slice()).expect("loaded");
    assert_eq!(again.inventory.resources, assessment.inventory.resources);
}
