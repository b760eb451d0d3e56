//! What holds for every input: no panic, true positions, one meaning in both syntaxes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::fmt::Write;

use model::{Builder, Inventory, Node, Value};
use proptest::prelude::*;
use sources_cloudformation::{Options, read_text};

/// A tree to be written in either syntax.
#[derive(Debug, Clone)]
enum Tree {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

fn read(name: &str, text: &str) -> Inventory {
    let mut builder = Builder::new();
    read_text(name, text, &Options::default(), &mut builder);
    builder.build()
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            letter if letter.is_control() => {
                let mut units = [0; 2];
                for unit in letter.encode_utf16(&mut units) {
                    write!(quoted, "\\u{unit:04x}").unwrap();
                }
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

fn scalar(tree: &Tree) -> Option<String> {
    Some(match tree {
        Tree::Null => "null".to_owned(),
        Tree::Bool(value) => value.to_string(),
        Tree::Number(number) => number.clone(),
        Tree::Text(text) => quoted(text),
        Tree::List(_) | Tree::Map(_) => return None,
    })
}

fn json(tree: &Tree, indent: usize, out: &mut String) {
    let pad = "  ".repeat(indent + 1);
    match tree {
        Tree::List(items) if !items.is_empty() => {
            out.push('[');
            for (number, item) in items.iter().enumerate() {
                out.push_str(if number > 0 { ",\n" } else { "\n" });
                out.push_str(&pad);
                json(item, indent + 1, out);
            }
            out.push(']');
        }
        Tree::List(_) => out.push_str("[]"),
        Tree::Map(entries) => {
            out.push('{');
            for (number, (key, value)) in entries.iter().enumerate() {
                out.push_str(if number > 0 { ",\n" } else { "\n" });
                out.push_str(&pad);
                out.push_str(&quoted(key));
                out.push_str(" : ");
                json(value, indent + 1, out);
            }
            out.push('}');
        }
        other => out.push_str(&scalar(other).unwrap()),
    }
}

fn yaml(tree: &Tree, indent: usize, out: &mut String) {
    let pad = "  ".repeat(indent);
    match tree {
        Tree::List(items) if !items.is_empty() => {
            for item in items {
                out.push('\n');
                out.push_str(&pad);
                out.push('-');
                after(item, indent, out);
            }
        }
        Tree::Map(entries) if !entries.is_empty() => {
            for (key, value) in entries {
                out.push('\n');
                out.push_str(&pad);
                out.push_str(&yaml_key(key));
                out.push(':');
                after(value, indent, out);
            }
        }
        Tree::List(_) => out.push_str(" []"),
        Tree::Map(_) => out.push_str(" {}"),
        other => {
            out.push(' ');
            out.push_str(&scalar(other).unwrap());
        }
    }
}

fn after(tree: &Tree, indent: usize, out: &mut String) {
    yaml(tree, indent + 1, out);
}

fn yaml_key(key: &str) -> String {
    match !key.is_empty() && key.chars().all(|letter| letter.is_ascii_alphanumeric()) {
        true => key.to_owned(),
        false => quoted(key),
    }
}

fn template(properties: &Tree) -> Tree {
    let map =
        |entries: Vec<(&str, Tree)>| Tree::Map(entries.into_iter().map(|(key, tree)| (key.to_owned(), tree)).collect());
    map(vec![
        ("AWSTemplateFormatVersion", Tree::Text("2010-09-09".to_owned())),
        (
            "Conditions",
            map(vec![(
                "Prod",
                map(vec![(
                    "Fn::Equals",
                    Tree::List(vec![map(vec![("Ref", Tree::Text("Free".to_owned()))]), Tree::Text("prod".to_owned())]),
                )]),
            )]),
        ),
        (
            "Parameters",
            map(vec![
                ("Free", map(vec![("Type", Tree::Text("String".to_owned()))])),
                (
                    "Set",
                    map(vec![
                        ("Type", Tree::Text("CommaDelimitedList".to_owned())),
                        ("Default", Tree::Text("a,b".to_owned())),
                    ]),
                ),
            ]),
        ),
        (
            "Resources",
            map(vec![(
                "Thing",
                map(vec![("Type", Tree::Text("AWS::Some::Thing".to_owned())), ("Properties", properties.clone())]),
            )]),
        ),
    ])
}

fn text_of(tree: &Tree, as_json: bool) -> String {
    let mut out = String::new();
    if as_json {
        json(tree, 0, &mut out)
    } else {
        yaml(tree, 0, &mut out)
    }
    out
}

fn unique(entries: Vec<(String, Tree)>) -> Vec<(String, Tree)> {
    let mut seen = std::collections::BTreeSet::new();
    entries.into_iter().filter(|(key, _)| seen.insert(key.clone())).collect()
}

fn leaf() -> impl Strategy<Value = Tree> {
    prop_oneof![
        Just(Tree::Null),
        any::<bool>().prop_map(Tree::Bool),
        any::<i32>().prop_map(|number| Tree::Number(number.to_string())),
        "[ -~äß日€😀\n\t]{0,12}".prop_map(Tree::Text),
        "true|null|012|1e3|~|-|#|: |&a|!Ref|\\*b|<<".prop_map(Tree::Text),
    ]
}

/// Trees in which nothing is a function.
fn literal() -> impl Strategy<Value = Tree> {
    leaf().prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Tree::List),
            prop::collection::vec(("[A-Za-z0-9 :#é]{1,8}".prop_filter("a function", |key| key != "Ref"), inner), 0..5)
                .prop_map(|entries| Tree::Map(unique(entries))),
        ]
    })
}

/// Trees full of functions, most of them wrong.
fn functional() -> impl Strategy<Value = Tree> {
    let names = "Thing|Free|Set|Prod|Nothing|AWS::Region|AWS::NoValue|a\\$\\{Free\\}b\\$\\{Thing.Arn\\}\\$\\{!x\\}\\$\\{|\\{\\{resolve:ssm:x\\}\\}|\\{\\{resolve:|10.0.0.0/8|0|3|,|\\{\"Statement\": [1]\\}";
    let leaf = prop_oneof![leaf(), names.prop_map(Tree::Text)];
    leaf.prop_recursive(6, 60, 5, |inner| {
        let function = "Ref|Fn::(If|Sub|Join|Select|Split|GetAtt|FindInMap|Base64|Cidr|ImportValue|Length|ToJsonString|GetAZs|Transform|And|Or|Not|Equals|Unheard|ForEach::X)";
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Tree::List),
            (function, inner.clone()).prop_map(|(name, tree)| Tree::Map(vec![(name, tree)])),
            (function, prop::collection::vec(inner.clone(), 2..4))
                .prop_map(|(name, items)| Tree::Map(vec![(name, Tree::List(items))])),
            prop::collection::vec(("[A-C]", inner), 0..4).prop_map(|entries| Tree::Map(unique(entries))),
        ]
    })
}

/// Names of settings that the expansion of serverless resources looks at.
const SETTINGS: &str = "Events|Policies|Role|CodeUri|InlineCode|Tags|Tracing|DeadLetterQueue|AutoPublishAlias|FunctionUrlConfig|EventInvokeConfig|Auth|RestApiId|ApiId|StageName|EndpointConfiguration|DefinitionUri|CorsConfiguration|PrimaryKey|Location|Bucket|Queue|Topic|Schedule|Enabled|Method|Path|LogGroupName|UserPool|Logging";

fn thing(inventory: &Inventory) -> Option<&Node> {
    inventory.resources.iter().find(|resource| resource.id == "Thing").map(|resource| &resource.properties)
}

/// Equality of what was read, wherever it stood.
fn same(left: &Node, right: &Node) -> bool {
    match (&left.value, &right.value) {
        (Value::List(left), Value::List(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Value::Map(left), Value::Map(right)) => {
            left.len() == right.len()
                && left.iter().zip(right).all(|((one, left), (two, right))| one == two && same(left, right))
        }
        (one, two) => one == two && left.written == right.written,
    }
}

/// The text that begins at a node's origin.
fn at<'a>(text: &'a str, node: &Node) -> &'a str {
    let line = text.split('\n').nth(node.origin.line as usize - 1).unwrap();
    let (start, _) = line.char_indices().nth(node.origin.column as usize - 1).unwrap();
    &line[start..]
}

/// Every entry stands at its key and every item at its beginning.
fn positions(tree: &Tree, node: &Node, text: &str, as_json: bool) {
    match (tree, &node.value) {
        (Tree::Map(entries), Value::Map(nodes)) => {
            assert_eq!(entries.len(), nodes.len());
            for ((key, tree), (_, node)) in entries.iter().zip(nodes) {
                let expected = if as_json { quoted(key) } else { yaml_key(key) };
                assert!(at(text, node).starts_with(&expected), "{key:?} not at {:?} in {text}", node.origin);
                positions(tree, node, text, as_json);
            }
        }
        (Tree::List(items), Value::List(nodes)) => {
            assert_eq!(items.len(), nodes.len());
            for (tree, node) in items.iter().zip(nodes) {
                if let Some(expected) = scalar(tree) {
                    assert!(at(text, node).starts_with(&expected), "{expected} not at {:?} in {text}", node.origin);
                }
                positions(tree, node, text, as_json);
            }
        }
        (Tree::Text(expected), Value::Text(found)) => assert_eq!(**expected, **found),
        (Tree::Number(expected), Value::Number(found)) => assert_eq!(**expected, **found),
        (Tree::Bool(expected), Value::Bool(found)) => assert_eq!(expected, found),
        (Tree::Null, Value::Null) => {}
        (tree, value) => panic!("{tree:?} became {value:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,60}", body in "[-:\\[\\]{}&*!|>%@,#'\"?a<\n\t 0]{0,60}") {
        read("text", &text);
        read("text", &format!("Resources:\n  A:\n    Type: A::B::C\n    Properties:\n{body}"));
        read("text", &format!("{{\"Resources\": {body}"));
        read("text", &body);
    }

    #[test]
    fn no_tree_makes_it_panic_and_both_syntaxes_mean_the_same(tree in functional()) {
        let whole = template(&Tree::Map(vec![("P".to_owned(), tree)]));
        let (yaml, json) = (text_of(&whole, false), text_of(&whole, true));
        let (from_yaml, from_json) = (read("t", &yaml), read("t", &json));
        match (thing(&from_yaml), thing(&from_json)) {
            (Some(one), Some(two)) => prop_assert!(same(one, two), "{one:#?}\n{two:#?}\n{yaml}"),
            (one, two) => prop_assert_eq!(one.is_some(), two.is_some(), "{}", yaml),
        }
    }

    #[test]
    fn no_serverless_resource_makes_it_panic(
        kind in "Function|Api|HttpApi|SimpleTable|StateMachine|LayerVersion|Application|Connector|Other",
        properties in prop::collection::vec((SETTINGS, functional()), 0..5),
        event in "Api|HttpApi|S3|SNS|SQS|Schedule|ScheduleV2|EventBridgeRule|CloudWatchLogs|IoTRule|Cognito|Other",
        settings in prop::collection::vec((SETTINGS, functional()), 0..4),
    ) {
        let map = |entries: Vec<(&str, Tree)>| Tree::Map(entries.into_iter().map(|(key, tree)| (key.to_owned(), tree)).collect());
        let text = |text: &str| Tree::Text(text.to_owned());
        let event = map(vec![("Type", text(&event)), ("Properties", Tree::Map(unique(settings)))]);
        let mut properties = properties;
        properties.push(("Events".to_owned(), map(vec![("E", event)])));
        let properties = Tree::Map(unique(properties));
        let kind = format!("AWS::Serverless::{kind}");
        let thing = map(vec![("Type", text(&kind)), ("Properties", properties.clone())]);
        let whole = map(vec![
            ("Globals", map(vec![("Function", properties.clone()), ("Api", properties)])),
            ("Resources", map(vec![("Thing", thing), ("Bucket", map(vec![("Type", text("AWS::S3::Bucket"))]))])),
        ]);
        let inventory = read("t", &text_of(&whole, false));
        prop_assert!(inventory.resources.iter().all(|one| !one.kind.starts_with("AWS::Serverless::")));
    }

    #[test]
    fn every_node_knows_where_it_stands(tree in literal()) {
        let tree = Tree::Map(vec![("P".to_owned(), tree)]);
        let whole = template(&tree);
        for as_json in [false, true] {
            let text = text_of(&whole, as_json);
            let inventory = read("t", &text);
            prop_assert_eq!(&inventory.gaps, &[], "{}", text);
            positions(&tree, thing(&inventory).unwrap(), &text, as_json);

            let text = text.replace('\n', "\r\n");
            positions(&tree, thing(&read("t", &text)).unwrap(), &text, as_json);
        }
    }
}
