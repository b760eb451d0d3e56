//! Fifteen ways to write one property, and what is known of each: never more, never less.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use model::{Builder, ExpressionKind, Inventory, Node, Presence, Resource, Value, Why};
use sources_cloudformation::{Options, read_text};

fn read_with_gaps(text: &str) -> Inventory {
    let mut builder = Builder::new();
    read_text("template", text, &Options::default(), &mut builder);
    builder.build()
}

fn read(text: &str) -> Inventory {
    let inventory = read_with_gaps(text);
    assert_eq!(inventory.gaps, [], "{text}");
    inventory
}

fn databases(inventory: &Inventory) -> Vec<&Resource> {
    inventory.resources.iter().filter(|resource| resource.kind == "AWS::RDS::DBInstance").collect()
}

/// The node of `StorageEncrypted`, in YAML with short forms and in JSON with long ones.
fn both(yaml: (&str, &str), json: (&str, &str), check: impl Fn(&Node)) {
    let yaml = format!(
        "{}\nResources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      StorageEncrypted: {}\n",
        yaml.0, yaml.1
    );
    let json = format!(
        r#"{{ {} "Resources": {{ "Db": {{ "Type": "AWS::RDS::DBInstance", "Properties": {{ "StorageEncrypted": {} }} }} }} }}"#,
        json.0, json.1
    );
    for text in [yaml, json] {
        let inventory = read(&text);
        let databases = databases(&inventory);
        assert_eq!(databases.len(), 1, "{text}");
        assert_eq!(databases[0].presence, Presence::Certain);
        check(databases[0].properties.get("StorageEncrypted").unwrap());
    }
}

fn says(node: &Node, expected: &str) {
    let text = match &node.value {
        Value::Bool(value) => value.to_string(),
        Value::Text(text) => text.to_string(),
        other => panic!("not known: {other:?}"),
    };
    assert_eq!(text, expected);
}

fn unknown(node: &Node, text: &str, kind: &ExpressionKind, set: bool) {
    let Value::Unknown(Why::Unresolved(expression)) = &node.value else {
        panic!("known: {:?}", node.value);
    };
    assert_eq!(&*expression.text, text);
    assert_eq!(&expression.kind, kind);
    assert_eq!(expression.set, set);
}

const DEFAULT_TRUE: (&str, &str) = (
    "Parameters: { P: { Type: String, Default: true } }",
    r#""Parameters": { "P": { "Type": "String", "Default": true } },"#,
);
const DEFAULT_FALSE: (&str, &str) = (
    "Parameters: { P: { Type: String, Default: 'false' } }",
    r#""Parameters": { "P": { "Type": "String", "Default": "false" } },"#,
);
const NO_DEFAULT: (&str, &str) =
    ("Parameters: { P: { Type: String } }", r#""Parameters": { "P": { "Type": "String" } },"#);
const PROD: (&str, &str) = (
    "Parameters: { Env: { Type: String, Default: prod } }\nConditions: { Prod: !Equals [!Ref Env, prod] }",
    r#""Parameters": { "Env": { "Type": "String", "Default": "prod" } },
       "Conditions": { "Prod": { "Fn::Equals": [{ "Ref": "Env" }, "prod"] } },"#,
);
const DEV: (&str, &str) = (
    "Parameters: { Env: { Type: String, Default: dev } }\nConditions: { Prod: !Equals [!Ref Env, prod] }",
    r#""Parameters": { "Env": { "Type": "String", "Default": "dev" } },
       "Conditions": { "Prod": { "Fn::Equals": [{ "Ref": "Env" }, "prod"] } },"#,
);
const UNKNOWN_ENV: (&str, &str) = (
    "Parameters: { Env: { Type: String } }\nConditions: { Prod: !Equals [!Ref Env, prod] }",
    r#""Parameters": { "Env": { "Type": "String" } },
       "Conditions": { "Prod": { "Fn::Equals": [{ "Ref": "Env" }, "prod"] } },"#,
);

#[test]
fn a_literal_true_is_true() {
    both(("", "true"), ("", "true"), |node| {
        says(node, "true");
        assert_eq!(node.written, None);
    });
    both(("", "'true'"), ("", "\"true\""), |node| says(node, "true"));
}

#[test]
fn a_literal_false_is_false() {
    both(("", "false"), ("", "false"), |node| says(node, "false"));
}

#[test]
fn a_reference_to_a_default_of_true_is_true() {
    both((DEFAULT_TRUE.0, "!Ref P"), (DEFAULT_TRUE.1, r#"{ "Ref": "P" }"#), |node| {
        says(node, "true");
        assert_eq!(&*node.expression().unwrap().text, "!Ref P");
    });
}

#[test]
fn a_reference_to_a_default_of_false_is_false() {
    both((DEFAULT_FALSE.0, "!Ref P"), (DEFAULT_FALSE.1, r#"{ "Ref": "P" }"#), |node| {
        says(node, "false");
        assert_eq!(&*node.expression().unwrap().text, "!Ref P");
    });
}

#[test]
fn a_reference_to_a_parameter_without_default_is_unknown() {
    let kind = ExpressionKind::Parameter { name: "P".into(), hidden: false };
    both((NO_DEFAULT.0, "!Ref P"), (NO_DEFAULT.1, r#"{ "Ref": "P" }"#), |node| {
        unknown(node, "!Ref P", &kind, false);
    });
}

#[test]
fn a_choice_takes_its_first_branch_when_the_default_makes_it_true() {
    let json = r#"{ "Fn::If": ["Prod", true, false] }"#;
    both((PROD.0, "!If [Prod, true, false]"), (PROD.1, json), |node| says(node, "true"));
}

#[test]
fn a_choice_takes_its_second_branch_when_the_default_makes_it_false() {
    let json = r#"{ "Fn::If": ["Prod", true, false] }"#;
    both((DEV.0, "!If [Prod, true, false]"), (DEV.1, json), |node| says(node, "false"));
}

#[test]
fn a_choice_between_equals_is_known_whatever_the_condition() {
    let json = r#"{ "Fn::If": ["Prod", true, true] }"#;
    for head in [PROD, DEV, UNKNOWN_ENV] {
        both((head.0, "!If [Prod, true, true]"), (head.1, json), |node| says(node, "true"));
    }
}

#[test]
fn a_choice_that_leaves_the_property_out_leaves_it_unset() {
    let yaml = "!If [Prod, true, !Ref AWS::NoValue]";
    let json = r#"{ "Fn::If": ["Prod", true, { "Ref": "AWS::NoValue" }] }"#;
    let yaml = format!(
        "{}\nResources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      StorageEncrypted: {yaml}\n",
        DEV.0
    );
    let json = format!(
        r#"{{ {} "Resources": {{ "Db": {{ "Type": "AWS::RDS::DBInstance", "Properties": {{ "StorageEncrypted": {json} }} }} }} }}"#,
        DEV.1
    );
    for text in [yaml, json] {
        let inventory = read(&text);
        assert_eq!(databases(&inventory)[0].properties.get("StorageEncrypted"), None);
    }
}

#[test]
fn a_choice_that_is_not_known_is_unknown() {
    let json = r#"{ "Fn::If": ["Prod", true, false] }"#;
    both((UNKNOWN_ENV.0, "!If [Prod, true, false]"), (UNKNOWN_ENV.1, json), |node| {
        unknown(node, "!If [Prod, true, false]", &ExpressionKind::Choice, true);
    });
    let json = r#"{ "Fn::If": ["Prod", true, { "Ref": "AWS::NoValue" }] }"#;
    let yaml = "!If [Prod, true, !Ref AWS::NoValue]";
    both((UNKNOWN_ENV.0, yaml), (UNKNOWN_ENV.1, json), |node| {
        unknown(node, yaml, &ExpressionKind::Choice, false);
    });
}

#[test]
fn a_lookup_that_finds_its_entry_is_known() {
    let yaml = ("Mappings: { Kinds: { db: { Encrypted: true } } }", "!FindInMap [Kinds, db, Encrypted]");
    let json = (
        r#""Mappings": { "Kinds": { "db": { "Encrypted": true } } },"#,
        r#"{ "Fn::FindInMap": ["Kinds", "db", "Encrypted"] }"#,
    );
    both(yaml, json, |node| says(node, "true"));
}

#[test]
fn what_another_stack_exports_is_unknown() {
    let json = r#"{ "Fn::ImportValue": "db-encrypted" }"#;
    both(("", "!ImportValue db-encrypted"), ("", json), |node| {
        unknown(node, "!ImportValue db-encrypted", &ExpressionKind::Import, true);
    });
}

#[test]
fn a_dynamic_reference_is_unknown() {
    let text = "{{resolve:ssm:/db/encrypted}}";
    both(("", &format!("'{text}'")), ("", &format!("\"{text}\"")), |node| {
        unknown(node, text, &ExpressionKind::Dynamic("ssm".into()), true);
    });
}

#[test]
fn a_resource_whose_condition_is_false_is_not_there() {
    let yaml = format!(
        "{}\nResources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Condition: Prod\n    Properties: {{ StorageEncrypted: false }}\n",
        DEV.0
    );
    let json = format!(
        r#"{{ {} "Resources": {{ "Db": {{ "Type": "AWS::RDS::DBInstance", "Condition": "Prod", "Properties": {{ "StorageEncrypted": false }} }} }} }}"#,
        DEV.1
    );
    for text in [yaml, json] {
        assert!(databases(&read(&text)).is_empty());
    }
}

#[test]
fn a_resource_whose_condition_is_unknown_is_possible() {
    let yaml = format!(
        "{}\nResources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Condition: Prod\n    Properties: {{ StorageEncrypted: false }}\n",
        UNKNOWN_ENV.0
    );
    let inventory = read(&yaml);
    let Presence::Possible(expression) = &databases(&inventory)[0].presence else {
        panic!("certain");
    };
    assert_eq!(&*expression.text, "Prod (depends on !Ref Env, which has no default)");
}

#[test]
fn a_loop_declares_each_of_its_resources() {
    let yaml = "
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Databases:
    - Name
    - [One, Two]
    - Db${Name}:
        Type: AWS::RDS::DBInstance
        Properties: { StorageEncrypted: false, DBInstanceIdentifier: !Sub 'db-${Name}', Engine: !Ref Name }
";
    let json = r#"{ "Transform": "AWS::LanguageExtensions", "Resources": { "Fn::ForEach::Databases": [
        "Name", ["One", "Two"], { "Db${Name}": { "Type": "AWS::RDS::DBInstance", "Properties": {
          "StorageEncrypted": false, "DBInstanceIdentifier": { "Fn::Sub": "db-${Name}" }, "Engine": { "Ref": "Name" } } } } ] } }"#;
    for text in [yaml, json] {
        let inventory = read(text);
        let databases = databases(&inventory);
        let ids: Vec<&str> = databases.iter().map(|resource| resource.id.as_str()).collect();
        assert_eq!(ids, ["DbOne", "DbTwo"]);
        for (database, item) in databases.iter().zip(["One", "Two"]) {
            says(database.properties.get("StorageEncrypted").unwrap(), "false");
            says(database.properties.get("DBInstanceIdentifier").unwrap(), &format!("db-{item}"));
            says(database.properties.get("Engine").unwrap(), item);
            assert_eq!(database.name.as_deref(), Some(&*format!("db-{item}")));
        }
    }
}

#[test]
fn what_a_macro_or_a_loop_adds_to_a_resource_is_unknown() {
    let include = "Fn::Transform: { Name: AWS::Include, Parameters: { Location: s3://a/b } }";
    let beside = format!("Resources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    {include}\n");
    let open = "Fn::ForEach::P: [N, !Ref Names, { 'A${N}': 1 }]";
    let within = format!(
        "Parameters: {{ Names: {{ Type: CommaDelimitedList }} }}\nResources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    \
         Properties:\n      {open}\n"
    );
    for text in [beside, within] {
        let inventory = read_with_gaps(&text);
        assert!(matches!(databases(&inventory)[0].properties.value, Value::Unknown(_)), "{text}");
    }
    // At the top of the template it may change everything: that is told.
    let above = format!("{include}\nResources:\n  Db:\n    Type: AWS::RDS::DBInstance\n");
    let gaps = read_with_gaps(&above).gaps;
    assert!(gaps.len() == 1 && gaps[0].reason.starts_with("the macro "), "{gaps:?}");
}
