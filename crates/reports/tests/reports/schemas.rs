//! What programs read is as its schema says.

use crate::golden;
use std::path::Path;

use assessment::Assessment;
use reports::Options;
use serde_json::Value;

/// Set to `1`, it has the test rewrite the schema.
const REWRITE: &str = "PILASTER_WRITE_SCHEMA";

fn render(id: &str, assessment: &Assessment) -> Value {
    let mut out = Vec::new();
    (reports::format(id).unwrap().write)(assessment, &Options::default(), &mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}

pub(crate) fn assert_valid(schema: &Value, instance: &Value) {
    let validator = jsonschema::draft7::options().should_validate_formats(true).build(schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(instance).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

pub(crate) fn sarif_schema() -> Value {
    let mut schema: Value = serde_json::from_str(include_str!("schemas/sarif-schema-2.1.0.json")).unwrap();
    // The one pattern in it is no regular expression: it closes a bracket that was never opened.
    for definition in ["run", "toolComponent"] {
        let language = schema.pointer_mut(&format!("/definitions/{definition}/properties/language")).unwrap();
        language.as_object_mut().unwrap().remove("pattern").unwrap();
    }
    schema
}

#[test]
fn the_schemas_in_the_documentation_are_fresh() {
    for (name, schema) in [("assessment", reports::schema()), ("comparison", reports::comparison_schema())] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../docs/{name}.schema.json"));
        let fresh = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
        #[expect(clippy::disallowed_methods, reason = "a chore for whoever changes the JSON")]
        if std::env::var(REWRITE).is_ok_and(|value| value == "1") {
            std::fs::write(&path, &fresh).unwrap();
        }
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            written == fresh,
            "docs/{name}.schema.json is stale; run `{REWRITE}=1 cargo test -p reports --test reports`"
        );
    }
}

#[test]
fn json_is_as_its_schema_says() {
    for assessment in [golden::assessment(), golden::hostile()] {
        let document = render("json", &assessment);
        let validator = jsonschema::validator_for(&reports::schema()).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
}

#[test]
fn the_schema_refuses_what_is_wrong() {
    let validator = jsonschema::validator_for(&reports::schema()).unwrap();
    let right = render("json", &golden::assessment());
    for (pointer, wrong) in [
        ("/schema", Value::from("pilaster.assessment/9")),
        ("/pillars/0/score", Value::from(101)),
        ("/findings/0/status", Value::from("good")),
        ("/findings/0/evidence/0/column", Value::from(0)),
        ("/date", Value::from("yesterday")),
    ] {
        let mut document = right.clone();
        *document.pointer_mut(pointer).unwrap() = wrong;
        assert!(!validator.is_valid(&document), "{pointer}");
    }
}

#[test]
fn findings_of_practices_are_among_the_findings() {
    let document = render("json", &golden::assessment());
    let ids: Vec<&Value> = document["findings"].as_array().unwrap().iter().map(|finding| &finding["id"]).collect();
    let named: Vec<&Value> = document["best_practices"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|practice| practice["findings"].as_array().unwrap())
        .collect();
    assert!(named.len() >= ids.len());
    assert!(named.iter().all(|id| ids.contains(id)));
}

#[test]
fn sarif_is_as_its_schema_says() {
    for assessment in [golden::assessment(), golden::hostile()] {
        assert_valid(&sarif_schema(), &render("sarif", &assessment));
    }
}

#[test]
fn sarif_says_only_what_its_prose_allows() {
    let log = render("sarif", &golden::assessment());
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert!(results.len() > 10);
    for result in results {
        // A level belongs to failures only.
        assert_eq!(result["kind"] == "fail", result["level"] != "none");
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let location = &result["locations"][0]["physicalLocation"];
        let uri = location["artifactLocation"]["uri"].as_str().unwrap();
        assert!(!uri.starts_with('/') && !uri.contains(".."));
        let region = &location["region"];
        assert!(region["startLine"].as_u64().unwrap() >= 1);
        assert!(region["endColumn"].as_u64().unwrap() > region["startColumn"].as_u64().unwrap());
    }
    assert!(results.iter().any(|result| result["kind"] == "open"));
    assert!(results.iter().any(|result| result["suppressions"][0]["kind"] == "inSource"));
}

#[test]
fn sarif_keeps_the_worst_of_too_many() {
    let mut assessment = golden::assessment();
    let template = assessment.findings.iter().position(|finding| finding.severity.id() == "medium").unwrap();
    let more = assessment.findings[template].clone();
    assessment.findings.extend(std::iter::repeat_n(more, 25_000));
    let log = render("sarif", &assessment);
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 25_000);
    let errors = results.iter().filter(|result| result["level"] == "error").count();
    assert_eq!(errors, 7, "no failure that is worse is lost");
    let told = run["invocations"][0]["toolExecutionNotifications"].to_string();
    assert!(told.contains("findings are left out"), "{told}");
}

#[test]
fn json_is_a_baseline_that_knows_what_it_lists() {
    let mut assessment = golden::assessment();
    for finding in &mut assessment.findings {
        finding.known = false;
    }
    let json = render("json", &assessment).to_string();
    let baseline = findings::Baseline::from_json(&json).unwrap();
    baseline.apply(&mut assessment.findings, &golden::ALL, &assessment.inventory);
    for finding in &assessment.findings {
        let status = finding.status();
        assert_eq!(finding.known, matches!(status, findings::Status::Fail | findings::Status::Unknown), "{status}");
    }
    let left = render("json", &assessment);
    assert_eq!(left["coverage"]["baseline"]["known"], 14);
    assert_eq!(left["findings"].as_array().unwrap().len(), 1, "what is waived stays visible");
}

/// What every line or entry of a format is, of an assessment that is given an account.
fn entries(id: &str, mut assessment: Assessment) -> Vec<Value> {
    use findings::Status::{Fail, NotApplicable, Pass, Unknown, Waived};
    assessment.target.account.get_or_insert("111122223333".to_owned());
    let options = Options { show: [Fail, Unknown, Waived, Pass, NotApplicable].into(), ..Options::default() };
    let mut out = Vec::new();
    (reports::format(id).unwrap().write)(&assessment, &options, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    match id {
        "asff" => {
            let request: Value = serde_json::from_str(&text).unwrap();
            request["Findings"].as_array().unwrap().clone()
        }
        _ => text.lines().map(|line| serde_json::from_str(line).unwrap()).collect(),
    }
}

#[test]
fn each_line_is_a_finding_of_the_json() {
    let mut schema = reports::schema();
    let definitions = schema["$defs"].take();
    let schema = serde_json::json!({ "$ref": "#/$defs/Finding", "$defs": definitions });
    let validator = jsonschema::validator_for(&schema).unwrap();
    for assessment in [golden::assessment(), golden::hostile()] {
        for line in entries("json-lines", assessment) {
            assert!(validator.is_valid(&line), "{line}");
            assert_eq!(line["schema"], "pilaster.finding/1");
            assert_eq!(line["target"]["account"], "111122223333");
        }
    }
}

#[test]
fn ocsf_is_as_its_schema_says() {
    let schema: Value = serde_json::from_str(include_str!("schemas/ocsf-compliance-finding-1.5.0.json")).unwrap();
    let mut statuses = Vec::new();
    for assessment in [golden::assessment(), golden::hostile()] {
        for event in entries("ocsf", assessment) {
            assert_valid(&schema, &event);
            assert_eq!(event["time"], 1_793_491_200_000_u64);
            assert_eq!(event["type_uid"], 200_301);
            statuses.push((event["compliance"]["status"].clone(), event["status"].clone()));
        }
    }
    for (result, status) in [("Fail", "New"), ("Warning", "New"), ("Fail", "Suppressed"), ("Pass", "Pass")] {
        assert!(statuses.contains(&(result.into(), status.into())), "{result}, {status}");
    }
}

#[test]
fn asff_is_as_the_model_of_security_hub_says() {
    let schema: Value = serde_json::from_str(include_str!("schemas/asff-finding.json")).unwrap();
    let mut long = golden::assessment();
    for evidence in long.findings.iter_mut().flat_map(|finding| &mut finding.evidence) {
        evidence.observed = "🚀 ".repeat(5_000);
    }
    for resource in &mut long.inventory.resources {
        resource.id = "\n".repeat(3_000);
    }
    long.waivers[0].reason = " ".to_owned();
    for assessment in [golden::assessment(), golden::hostile(), long] {
        let findings = entries("asff", assessment);
        assert!(!findings.is_empty());
        for finding in findings {
            assert_valid(&schema, &finding);
            assert!(finding.to_string().len() < 240_000);
            let arn = "arn:aws:securityhub:eu-west-1:111122223333:product/111122223333/default";
            assert_eq!(finding["ProductArn"], arn);
            let waived = finding["Workflow"]["Status"] == "SUPPRESSED";
            assert_eq!(waived, finding.get("Note").is_some(), "{finding}");
        }
    }
}
