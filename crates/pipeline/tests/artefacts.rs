//! The stored form: the same bytes for the same input, nothing lost on the way, no secrets in it.

mod support;

use assessment::Assessment;
use support::{assess, request};

const TEMPLATE: &str = "
Parameters: { Password: { Type: String, NoEcho: true } }
Resources:
  Logs: { Type: AWS::S3::Bucket }
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
