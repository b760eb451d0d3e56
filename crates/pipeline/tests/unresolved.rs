//! Values that are not literal: each of fifteen ways to set one property has the verdict it deserves,
//! in YAML with short tags and in JSON with long names.

mod support;

use support::{assess, request, statuses};

const CHECK: &str = "rds_storage_encrypted";

/// What stands around the property: parameters, conditions and the like.
const AROUND: &str = r#"
Parameters:
  OnByDefault: { Type: String, Default: "true" }
  OffByDefault: { Type: String, Default: "false" }
  NoDefault: { Type: String }
  Stage: { Type: String, Default: STAGE }
  Name: { Type: AWS::SSM::Parameter::Value<String>, Default: /db/encrypted }
Conditions:
  Prod: !Equals [!Ref Stage, prod]
  Open: !Equals [!Ref NoDefault, "yes"]
Mappings:
  Sizes: { prod: { Encrypted: true } }
"#;

fn database(value: &str, stage: &str) -> Vec<String> {
    let template = format!(
        "{}Resources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      Engine: postgres\n      StorageEncrypted: {value}\n",
        AROUND.replace("STAGE", stage)
    );
    statuses(&assess(request(&template)), CHECK)
}

#[test]
fn every_way_to_set_a_property_has_its_verdict() {
    let cases = [
        ("true", "prod", "pass"),
        ("'true'", "prod", "pass"),
        ("false", "prod", "fail"),
        ("!Ref OnByDefault", "prod", "pass"),
        ("!Ref OffByDefault", "prod", "fail"),
        ("!Ref NoDefault", "prod", "unknown"),
        ("!If [Prod, true, false]", "prod", "pass"),
        ("!If [Prod, true, false]", "dev", "fail"),
        ("!If [Prod, true, true]", "dev", "pass"),
        ("!If [Open, true, true]", "dev", "pass"),
        ("!If [Open, true, false]", "dev", "unknown"),
        ("!If [Prod, true, !Ref AWS::NoValue]", "dev", "fail"),
        ("!If [Open, true, !Ref AWS::NoValue]", "dev", "unknown"),
        ("!FindInMap [Sizes, prod, Encrypted]", "prod", "pass"),
        ("!ImportValue db-encrypted", "prod", "unknown"),
        ("'{{resolve:ssm:/db/encrypted}}'", "prod", "unknown"),
        ("!Ref Name", "prod", "unknown"),
    ];
    for (value, stage, expected) in cases {
        assert_eq!(database(value, stage), [format!("Db {expected}")], "StorageEncrypted: {value}, {stage}");
    }
}

#[test]
fn long_names_in_json_mean_the_same() {
    let cases = [
        (r#"{"Ref": "NoDefault"}"#, "unknown"),
        (r#"{"Ref": "Off"}"#, "fail"),
        (r#"{"Fn::If": ["Prod", true, false]}"#, "fail"),
        (r#"{"Fn::If": ["Open", true, true]}"#, "pass"),
        (r#"{"Fn::If": ["Prod", true, {"Ref": "AWS::NoValue"}]}"#, "fail"),
        (r#"{"Fn::FindInMap": ["Sizes", "prod", "Encrypted"]}"#, "pass"),
        (r#"{"Fn::ImportValue": "db-encrypted"}"#, "unknown"),
    ];
    for (value, expected) in cases {
        let template = format!(
            r#"{{"Parameters": {{"NoDefault": {{"Type": "String"}}, "Off": {{"Type": "String", "Default": "false"}}}},
                "Conditions": {{"Prod": {{"Fn::Equals": ["dev", "prod"]}}, "Open": {{"Fn::Equals": [{{"Ref": "NoDefault"}}, "x"]}}}},
                "Mappings": {{"Sizes": {{"prod": {{"Encrypted": true}}}}}},
                "Resources": {{"Db": {{"Type": "AWS::RDS::DBInstance",
                    "Properties": {{"Engine": "postgres", "StorageEncrypted": {value}}}}}}}}}"#
        );
        assert_eq!(statuses(&assess(request(&template)), CHECK), [format!("Db {expected}")], "{value}");
    }
}

#[test]
fn what_a_condition_leaves_out_is_not_there_and_what_it_may_leave_out_is_unknown() {
    let template = |condition: &str| {
        format!(
            "{}Resources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Condition: {condition}\n    Properties: {{ Engine: postgres, StorageEncrypted: false }}\n",
            AROUND.replace("STAGE", "dev")
        )
    };
    assert!(statuses(&assess(request(&template("Prod"))), CHECK).is_empty());
    assert_eq!(statuses(&assess(request(&template("Open"))), CHECK), ["Db unknown"]);
}

#[test]
fn every_turn_of_a_loop_is_judged() {
    let template = "
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Databases:
    - Name
    - [Orders, Customers]
    - Db${Name}:
        Type: AWS::RDS::DBInstance
        Properties: { Engine: postgres, StorageEncrypted: false }
";
    assert_eq!(statuses(&assess(request(template)), CHECK), ["DbOrders fail", "DbCustomers fail"]);
}

#[test]
fn a_parameter_that_is_given_settles_what_it_decides_and_shows_in_the_evidence() {
    let template = "
Parameters: { Encrypted: { Type: String } }
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties: { Engine: postgres, StorageEncrypted: !Ref Encrypted }
";
    let evidence = |assessment: &assessment::Assessment| {
        let finding = assessment.findings.iter().find(|f| assessment.check(f).id == CHECK).expect("a finding");
        finding.evidence.first().map(|e| e.observed.clone()).unwrap_or_default()
    };
    let unknown = assess(request(template));
    assert_eq!(statuses(&unknown, CHECK), ["Db unknown"]);
    assert!(evidence(&unknown).contains("!Ref Encrypted"), "{}", evidence(&unknown));
    let mut given = request(template);
    given.parameters.insert("Encrypted".to_owned(), "false".to_owned());
    let given = assess(given);
    assert_eq!(statuses(&given, CHECK), ["Db fail"]);
    assert!(evidence(&given).contains("from !Ref Encrypted"), "{}", evidence(&given));
}
