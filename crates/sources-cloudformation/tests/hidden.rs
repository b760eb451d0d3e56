//! What a parameter with `NoEcho` holds is hidden wherever it goes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::fs;

use model::{Builder, ExpressionKind, Inventory, Node, Part, Value};
use sources_cloudformation::{Options, read, read_text};

const SECRET: &str = "hunter2";

/// The paths of the texts that hold the secret and are not hidden themselves.
fn leaks(inventory: &Inventory) -> Vec<String> {
    let mut found = Vec::new();
    for resource in &inventory.resources {
        search(&resource.properties, resource.id.clone(), &mut found);
        resource.attributes.iter().for_each(|(name, node)| search(node, format!("{}!{name}", resource.id), &mut found));
        if resource.name.as_ref().is_some_and(|name| name.contains(SECRET)) {
            found.push(format!("name of {}", resource.id));
        }
    }
    found.extend(inventory.gaps.iter().map(|gap| gap.reason.clone()).filter(|reason| reason.contains(SECRET)));
    found
}

fn search(node: &Node, path: String, found: &mut Vec<String>) {
    let hidden = node
        .written
        .as_deref()
        .is_some_and(|written| matches!(written.kind, ExpressionKind::Parameter { hidden: true, .. }));
    let holds = match &node.value {
        Value::Text(text) => text.contains(SECRET),
        Value::Pattern(parts) => parts.iter().any(|part| matches!(part, Part::Text(text) if text.contains(SECRET))),
        Value::List(items) => {
            items.iter().enumerate().for_each(|(number, item)| search(item, format!("{path}.{number}"), found));
            false
        }
        Value::Map(entries) => {
            entries.iter().for_each(|(name, entry)| search(entry, format!("{path}.{name}"), found));
            false
        }
        _ => false,
    };
    if holds && !hidden {
        found.push(path);
    }
}

const PARAMETERS: &str = "
Parameters:
  Secret: { Type: String, NoEcho: true, Default: hunter2 }
  Secrets: { Type: CommaDelimitedList, NoEcho: yes, Default: 'hunter2,hunter2' }
";

fn template(properties: &str) -> Inventory {
    let text = format!(
        "{PARAMETERS}Conditions: {{ C: !Equals [!Ref AWS::Region, x] }}\nResources:\n  A:\n    Type: AWS::S3::Bucket\n    \
         Properties:\n      {properties}\n"
    );
    let mut builder = Builder::new();
    read_text("t.yaml", &text, &Options::default(), &mut builder);
    builder.build()
}

#[test]
fn whatever_functions_make_of_it() {
    for properties in [
        "X: !Ref Secret",
        "X: !Ref Secrets",
        "BucketName: !Ref Secret",
        "X: !Select [0, !Ref Secrets]",
        "X: !Split ['u', !Sub '${Secret}uhunter2']",
        "X: !Join ['', [!Ref Secret, '-', !GetAtt A.Arn]]",
        "X: { Fn::ToJsonString: { a: !Ref Secret } }",
        "X: { Fn::Base64: !Sub 'x${Secret}' }",
        "X: !If [C, { a: !Ref Secret, b: c }, { a: !Ref Secret, b: d }]",
        "X: !Sub '{\"Statement\": [{\"Sid\": \"${Secret}\"}]}'",
    ] {
        let inventory = template(properties);
        assert_eq!(leaks(&inventory), Vec::<String>::new(), "{properties}");
    }
}

#[test]
fn what_stands_beside_it_is_not_hidden() {
    let inventory = template("X: !If [C, { a: !Ref Secret, b: c }, { a: !Ref Secret, b: c }]");
    let node = inventory.resources[1].properties.get("X").unwrap().get("b").unwrap();
    assert!(node.expression().is_none_or(|expression| !matches!(expression.kind, ExpressionKind::Parameter { .. })));
}

#[test]
fn nested_stacks_and_their_outputs() {
    let folder = tempfile::tempdir().unwrap();
    let root = format!(
        "{PARAMETERS}Resources:
  Inner:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: inner.yaml
      Parameters: {{ Plain: !Ref Secret, Plains: !Ref Secrets, Part: !Sub 'a-${{Secret}}' }}
  Broken:
    Type: AWS::CloudFormation::Stack
    Properties: {{ TemplateURL: !Sub 'https://${{Secret}}' }}
  B: {{ Type: AWS::S3::Bucket, Properties: {{ X: !GetAtt Inner.Outputs.O, Y: !Sub '${{Inner.Outputs.L}}' }} }}
"
    );
    let inner = "Parameters: { Plain: { Type: String }, Plains: { Type: CommaDelimitedList }, Part: { Type: String } }
Resources: { B: { Type: AWS::S3::Bucket, Properties: { X: !Ref Plain, Y: !Ref Plains, Z: !Ref Part } } }
Outputs: { O: { Value: !Ref Plain }, L: { Value: !Join ['', !Ref Plains] } }
";
    fs::write(folder.path().join("root.yaml"), root).unwrap();
    fs::write(folder.path().join("inner.yaml"), inner).unwrap();
    let mut builder = Builder::new();
    read(&[folder.path().to_owned()], &Default::default(), &Options::default(), &mut |_| {}, &mut builder).unwrap();
    let inventory = builder.build();
    assert_eq!(leaks(&inventory), Vec::<String>::new());
    // The values are there all the same.
    let bucket = inventory.resources.iter().find(|one| one.id == "Inner/B").unwrap();
    assert_eq!(bucket.properties.get("X").unwrap().value, Value::Text(SECRET.into()));
    let outer = inventory.resources.iter().find(|one| one.id == "B").unwrap();
    assert_eq!(outer.properties.get("X").unwrap().value, Value::Text(SECRET.into()));
}
