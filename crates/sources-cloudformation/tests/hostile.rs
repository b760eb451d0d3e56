//! What is written to use up time or memory ends soon, and says so.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use model::{Builder, Inventory, Node, Presence, Value, Why};
use sources_cloudformation::{Options, read_text};

fn read(text: &str) -> Inventory {
    let mut builder = Builder::new();
    read_text("t.yaml", text, &Options::default(), &mut builder);
    builder.build()
}

fn reasons(inventory: &Inventory) -> Vec<&str> {
    inventory.gaps.iter().map(|gap| gap.reason.as_str()).collect()
}

fn property<'a>(inventory: &'a Inventory, id: &str, name: &str) -> &'a Node {
    let resource = inventory.resources.iter().find(|resource| resource.id == id).unwrap();
    resource.properties.get(name).unwrap()
}

const TOO_LARGE: &str = "grows too large when its functions are resolved: the rest of them is not";

/// A bucket with these properties.
fn bucket(properties: &str) -> String {
    format!("Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties: {properties}\n")
}

fn times(text: &str, count: usize) -> String {
    text.repeat(count)
}

#[test]
fn a_long_delimiter_between_many_items() {
    let inventory = read(&bucket(&format!("{{ X: !Join [{}, [{}b]] }}", times("d", 20_000), times("a,", 20_000))));
    assert_eq!(reasons(&inventory), [TOO_LARGE]);
    assert!(matches!(property(&inventory, "A", "X").value, Value::Unknown(_)));
}

#[test]
fn a_long_item_many_times_in_the_body_of_a_loop() {
    let text = format!(
        "Resources:\n  Fn::ForEach::L:\n  - X\n  - [{}]\n  - R${{X}}: {{ Type: AWS::S3::Bucket, Metadata: '{}' }}\n",
        times("v", 20_000),
        times("${X}", 20_000),
    );
    assert!(reasons(&read(&text)).contains(&"Fn::ForEach::L: gives more than is read"));
}

#[test]
fn a_mapping_that_looks_itself_up() {
    let mappings =
        "Mappings: { M: { a: { b: [[!FindInMap [M, a, b], !FindInMap [M, a, b]]], c: '{{resolve:ssm:x}}' } } }";
    let inventory = read(&format!("{mappings}\n{}", bucket("{ X: !FindInMap [M, a, b], Y: !FindInMap [M, a, c] }")));
    let Value::List(items) = &property(&inventory, "A", "X").value else { panic!("not a list") };
    let Value::List(items) = &items[0].value else { panic!("not a list") };
    assert!(items.iter().all(|item| matches!(item.value, Value::Unknown(_))));
    assert!(matches!(property(&inventory, "A", "Y").value, Value::Unknown(_)));
}

#[test]
fn many_lookups_of_an_unknown_key_in_a_large_mapping() {
    let mut text = "Parameters: { P: { Type: String } }\nMappings:\n  M:\n".to_owned();
    (0..5_000).for_each(|number| text += &format!("    k{number}: {{ a: b }}\n"));
    text += "Resources:\n";
    (0..5_000).for_each(|number| {
        text += &format!("  R{number}: {{ Type: AWS::S3::Bucket, Properties: {{ X: !FindInMap [M, !Ref P, z] }} }}\n");
    });
    let inventory = read(&text);
    assert_eq!(inventory.resources.len(), 5_001);
    // So many entries are not gone through, and nothing is claimed of them.
    let expression = property(&inventory, "R1", "X").expression().unwrap();
    assert!(!expression.set);
}

#[test]
fn a_list_parameter_of_commas() {
    let parameters = format!("Parameters: {{ P: {{ Type: CommaDelimitedList, Default: '{}' }} }}", times(",", 100_000));
    let inventory = read(&format!("{parameters}\n{}", bucket("{ X: !Ref P }")));
    assert!(matches!(property(&inventory, "A", "X").value, Value::Unknown(Why::Malformed(_))));
}

#[test]
fn a_text_split_into_nothing() {
    let inventory = read(&bucket(&format!("{{ X: !Split [',', '{}'] }}", times(",", 400_000))));
    assert_eq!(reasons(&inventory), [TOO_LARGE]);
}

#[test]
fn more_values_than_are_read() {
    let items = times("0,", 1 << 22);
    let inventory =
        read(&format!(r#"{{"Resources": {{"A": {{"Type": "AWS::S3::Bucket", "Metadata": [{items}0]}}}}}}"#));
    assert_eq!(reasons(&inventory), ["more than 4194304 values"]);
}

#[test]
fn names_longer_than_aws_takes() {
    let long = times("n", 256);
    let inventory = read(&format!("Parameters:\n  {long}: {{ Type: String }}\n{}", bucket("{}")));
    assert_eq!(reasons(&inventory), ["Parameters: a name of more than 255 characters"]);
    assert_eq!(inventory.gaps[0].line, Some(2));
    let text = format!("Resources:\n  ? {long}\n  : Type: AWS::S3::Bucket\n  B: {{ Type: AWS::S3::Bucket }}\n");
    let inventory = read(&text);
    assert_eq!(inventory.resources.last().unwrap().id, "B");
    assert!(reasons(&inventory)[0].ends_with("a name of more than 255 characters"));
}

#[test]
fn a_condition_on_something_long_that_many_resources_have() {
    let long = times("n", 20_000);
    for left in [format!("{{ Fn::{long}: x }}"), format!("'{{{{resolve:ssm:{long}}}}}'")] {
        let mut text = format!("Conditions:\n  C: !Equals [{left}, x]\nResources:\n");
        (0..100).for_each(|number| text += &format!("  R{number}: {{ Type: AWS::S3::Bucket, Condition: C }}\n"));
        let inventory = read(&text);
        assert_eq!(inventory.resources.len(), 101);
        for resource in &inventory.resources {
            if let Presence::Possible(expression) = &resource.presence {
                assert!(expression.text.len() < 500, "{}", expression.text.len());
            }
        }
    }
}

#[test]
fn a_loop_with_a_long_identifier() {
    let text = format!(
        "Resources:\n  Fn::ForEach::L: [{}, [{}b], {{ 'R': {{ Type: AWS::S3::Bucket }} }}]\n",
        times("n", 10_000),
        times("a,", 10_000),
    );
    assert_eq!(reasons(&read(&text)), ["Fn::ForEach::L: a name of more than 255 characters"]);
}

#[test]
fn a_gap_does_not_repeat_a_long_name() {
    // With SAM names may be generated that begin with others: each beginning is looked for.
    let sam = "  F: { Type: AWS::Serverless::SimpleTable }\n";
    let text = bucket(&format!("{{ X: !Ref {} }}", times("n", 300_000))) + sam;
    let inventory = read(&text);
    assert_eq!(inventory.gaps.len(), 1);
    assert!(inventory.gaps[0].reason.len() < 400);
}

#[test]
fn large_settings_shared_by_many_functions() {
    let mut text = "Globals:\n  Function:\n    Environment:\n      Variables:\n".to_owned();
    (0..5_000).for_each(|number| text += &format!("        k{number}: v\n"));
    text += "Resources:\n";
    (0..2_000).for_each(|number| text += &format!("  R{number}: {{ Type: AWS::Serverless::Function }}\n"));
    let inventory = read(&text);
    assert!(reasons(&inventory).contains(&TOO_LARGE));
    // None is there without the settings it shares.
    let mut functions = inventory.resources.iter().filter(|one| one.kind == "AWS::Lambda::Function").peekable();
    assert!(functions.peek().is_some());
    assert!(functions.all(|function| function.properties.get("Environment").is_some()));
}

#[test]
fn a_large_filter_for_many_events() {
    let text = format!(
        "Resources:\n  B: {{ Type: AWS::S3::Bucket }}\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      \
         Events: {{ E: {{ Type: S3, Properties: {{ Bucket: !Ref B, Events: [{0}e], Filter: [{0}e] }} }} }}\n",
        times("e,", 5_000),
    );
    assert_eq!(reasons(&read(&text)), [TOO_LARGE]);
}

#[test]
fn many_suppressions_in_one_line() {
    let text = format!("#{}\n{}", times(" checkov:skip=A", 100_000), bucket("{}"));
    let inventory = read(&text);
    assert_eq!(inventory.suppressions.len(), 100_000);
    let columns: Vec<u32> = inventory.suppressions.iter().map(|one| one.origin.column).take(3).collect();
    assert_eq!(columns, [3, 18, 33]);
}

#[test]
fn values_that_get_deeper_from_stack_to_stack() {
    let folder = tempfile::tempdir().unwrap();
    let child = format!(
        "Parameters: {{ P: {{ Type: String, Default: x }} }}\nResources: {{ B: {{ Type: AWS::S3::Bucket }} }}\n\
         Outputs: {{ O: {{ Value: {}!Ref P{} }} }}\n",
        times("[", 150),
        times("]", 150),
    );
    std::fs::write(folder.path().join("child.yaml"), child).unwrap();
    let mut root = "Resources:\n".to_owned();
    for number in 0..300 {
        root += &format!(
            "  S{number}:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: child.yaml\n"
        );
        if number > 0 {
            root += &format!("      Parameters: {{ P: !GetAtt S{}.Outputs.O }}\n", number - 1);
        }
    }
    std::fs::write(folder.path().join("root.yaml"), root).unwrap();
    let mut builder = Builder::new();
    sources_cloudformation::read(
        &[folder.path().join("root.yaml")],
        &Default::default(),
        &Options::default(),
        &mut |_| {},
        &mut builder,
    )
    .unwrap();
    let inventory = builder.build();
    let deepest = inventory.resources.iter().map(|one| depth(&one.properties)).max().unwrap();
    assert!(deepest <= 410, "{deepest}");
}

fn depth(node: &Node) -> usize {
    match &node.value {
        Value::List(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Map(entries) => 1 + entries.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}
