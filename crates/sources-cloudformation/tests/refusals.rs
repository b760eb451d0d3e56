//! What is refused, where, and that it costs only itself.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::fmt::Write;

use model::{Builder, Inventory, Value};
use sources_cloudformation::{Options, read_text};

fn read(text: &str) -> Inventory {
    let mut builder = Builder::new();
    read_text("t.yaml", text, &Options::default(), &mut builder);
    builder.build()
}

/// The only gap of a text: its line and reason.
fn refused(text: &str) -> (u32, String) {
    let inventory = read(text);
    assert_eq!(inventory.gaps.len(), 1, "{:?}", inventory.gaps);
    let gap = &inventory.gaps[0];
    assert_eq!(gap.file.as_deref(), Some("t.yaml"));
    (gap.line.unwrap(), gap.reason.clone())
}

fn ids(inventory: &Inventory) -> Vec<&str> {
    let resources = inventory.resources.iter().filter(|one| one.kind != "Pilaster::Template");
    resources.map(|resource| resource.id.as_str()).collect()
}

fn with(properties: &str) -> String {
    format!("Resources:\n  A:\n    Type: A::B::C\n    Properties:\n{properties}\n")
}

#[test]
fn duplicate_keys() {
    let (line, reason) = refused(&with("      P: 1\n      Q: 2\n      P: 3"));
    assert_eq!((line, &*reason), (7, "duplicate key P, first used in line 5"));
    let json = "{\"Resources\": {\n\"A\": {\"Type\": \"A::B::C\"},\n\"A\": {\"Type\": \"A::B::C\"}}}";
    assert_eq!(refused(json), (3, "duplicate key A, first used in line 2".to_owned()));
}

#[test]
fn unknown_short_tags() {
    assert_eq!(refused(&with("      P: !Reff X")), (5, "unknown tag !Reff".to_owned()));
    assert_eq!(refused(&with("      P: !Foo\n        - X")).1, "unknown tag !Foo");
    assert_eq!(refused(&with("      P: !!binary aGk=")).1, "unknown tag !!binary");
    assert!(read(&with("      P: !!str 1\n      Q: ! 2")).gaps.is_empty());
}

#[test]
fn aliases_that_contain_themselves() {
    let (line, reason) = refused(&with("      P: &a\n        - *a"));
    assert_eq!((line, &*reason), (6, "an alias to what it stands in"));
}

#[test]
fn alias_bombs() {
    let mut text = String::from("      P0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(text, "      P{level}: &a{level} [{aliases}]").unwrap();
    }
    assert_eq!(refused(&with(&text)).1, "its aliases make it many times larger than it is written");
}

#[test]
fn too_many_levels() {
    let flow = format!("      P: {}1{}", "[".repeat(197), "]".repeat(197));
    assert_eq!(refused(&with(&flow)).1, "nested more than 200 levels deep");
    let block = (0..210).fold(String::new(), |text, level| text + &" ".repeat(6 + level) + "a:\n");
    assert_eq!(refused(&with(&block)).1, "nested more than 200 levels deep");
    let json = format!("{{\"Resources\": {}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(refused(&json), (1, "nested more than 200 levels deep".to_owned()));
    let ahead = format!("      P: {}1", "{a: ".repeat(1000));
    assert_eq!(refused(&with(&ahead)).1, "nested more than 200 levels deep");
    let fits = format!("      P: {}1{}", "[".repeat(190), "]".repeat(190));
    assert!(read(&with(&fits)).gaps.is_empty());
}

#[test]
fn deep_functions_do_not_exhaust_the_stack() {
    let open = "{\"Fn::If\": [\"C\", {\"Fn::Join\": [\"\", [".repeat(38);
    let close = "]]}, 1]}".repeat(38);
    let text =
        format!("{{\"Resources\": {{\"A\": {{\"Type\": \"A::B::C\", \"Properties\": {{\"P\": {open}1{close}}}}}}}}}");
    assert_eq!(ids(&read(&text)), ["A"]);
}

#[test]
fn several_documents() {
    let (line, reason) = refused("Resources: {}\n---\nResources: {}\n");
    assert_eq!((line, &*reason), (3, "several documents in one file"));
    assert_eq!(read("---\nResources: { A: { Type: A::B::C } }\n---\n").gaps, []);
}

#[test]
fn what_is_not_valid() {
    let (line, reason) = refused(&with("      P: [1, 2"));
    assert!(line >= 5 && reason.starts_with("not valid YAML: "), "{line} {reason}");
    let (line, reason) = refused("{\"Resources\": {\n\"A\": {\"Type\" \"A::B::C\"}}}");
    assert_eq!((line, &*reason), (2, "not valid JSON: missing colon"));
    assert_eq!(refused("Resources: {}\nx: \"\0\"\n"), (2, "a NUL character: not a text file".to_owned()));
    assert_eq!(refused("a: 1\n").1, "not a template");
    assert_eq!(refused("AWSTemplateFormatVersion: x\n").1, "a template without Resources");
    assert_eq!(refused("AWSTemplateFormatVersion: x\nResources: []\n"), (2, "Resources is not a map".to_owned()));
}

#[test]
fn what_is_too_large() {
    let text = " ".repeat((64 << 20) + 1);
    assert_eq!(refused(&text), (1, "larger than 64 MB".to_owned()));
}

#[test]
fn json_with_comments_is_read_as_yaml() {
    let text = "{\n  # note\n  \"Resources\": {\"A\": {\"Type\": \"A::B::C\",},},\n}";
    let inventory = read(text);
    assert_eq!((ids(&inventory), inventory.gaps.len()), (vec!["A"], 0));
}

#[test]
fn a_broken_resource_hides_no_other() {
    let text = "
Resources:
  Good: { Type: AWS::S3::Bucket }
  NoType: { Properties: {} }
  Module:
    Type: { 'Fn::Rain::Module': ../module.yml }
  Listed: [1]
  Wrong: { Type: AWS::S3::Bucket, Properties: [1] }
  Empty:
  Other: { Type: AWS::S3::Bucket, Properties: { BucketName: !Ref NoType } }
";
    let inventory = read(text);
    assert_eq!(ids(&inventory), ["Good", "Other"]);
    let gaps: Vec<(u32, &str)> = inventory.gaps.iter().map(|gap| (gap.line.unwrap(), gap.reason.as_str())).collect();
    assert_eq!(
        gaps,
        [
            (4, "resource NoType: it has no Type"),
            (5, "resource Module: its Type is a module or a macro, which runs before deployment"),
            (7, "resource Listed: not a map"),
            (8, "resource Wrong: its Properties are not a map"),
            (9, "resource Empty: not a map"),
        ]
    );
}

#[test]
fn conditions_that_depend_on_themselves() {
    let text = "
Conditions:
  A: !Not [!Condition B]
  B: !Condition A
Resources:
  X: { Type: A::B::C, Condition: A }
";
    let inventory = read(text);
    assert_eq!(ids(&inventory), ["X"]);
    assert_eq!(inventory.gaps[0].reason, "condition A depends on itself");
    assert_eq!(inventory.gaps[0].line, Some(3));
}

#[test]
fn a_long_chain_of_conditions_ends() {
    let mut text = String::from("Resources: { X: { Type: A::B::C, Condition: C0 } }\nConditions:\n");
    for number in 0..20_000 {
        writeln!(text, "  C{number}: !Not [!Condition C{}]", number + 1).unwrap();
    }
    text.push_str("  C20000: !Equals [a, a]\n");
    assert_eq!(ids(&read(&text)), ["X"]);
}

#[test]
fn conditions_that_are_deep_and_long_do_not_exhaust_the_stack() {
    let mut text =
        String::from("{\"Resources\": {\"X\": {\"Type\": \"A::B::C\", \"Condition\": \"C0\"}}, \"Conditions\": {");
    let (open, close) = ("{\"Fn::Not\": [".repeat(95), "]}".repeat(95));
    for number in 0..190 {
        write!(text, "\"C{number}\": {open}{{\"Condition\": \"C{}\"}}{close},", number + 1).unwrap();
    }
    text.push_str("\"C190\": {\"Fn::Equals\": [1, 1]}}}");
    let inventory = read(&text);
    assert_eq!(inventory.gaps, []);
    assert_eq!(ids(&inventory), ["X"]);
}

#[test]
fn growing_texts_stop_growing() {
    let long = "x".repeat(100_000);
    let mut text = format!("Parameters: {{ P: {{ Type: String, Default: {long} }} }}\nResources:\n");
    for number in 0..2_000 {
        writeln!(text, "  R{number}: {{ Type: A::B::C, Properties: {{ P: !Sub '{}' }} }}", "${P}".repeat(10)).unwrap();
    }
    let inventory = read(&text);
    assert_eq!(ids(&inventory).len(), 2_000);
    assert_eq!(inventory.gaps[0].reason, "grows too large when its functions are resolved: the rest of them is not");
}

#[test]
fn loops_within_loops_stop() {
    let items = (0..60).map(|number| number.to_string()).collect::<Vec<_>>().join(",");
    let mut text = String::from("Resources:\n");
    for level in 0..5 {
        let pad = "  ".repeat(1 + level * 3);
        writeln!(text, "{pad}Fn::ForEach::L{level}:\n{pad}  - V{level}\n{pad}  - [{items}]\n{pad}  -").unwrap();
    }
    let pad = "  ".repeat(16);
    writeln!(text, "{pad}'R${{V0}}x${{V1}}x${{V2}}x${{V3}}x${{V4}}': {{ Type: A::B::C }}").unwrap();
    let inventory = read(&text);
    assert!(inventory.gaps.iter().any(|gap| gap.reason.contains("gives more than is read")), "{:?}", inventory.gaps);
}

#[test]
fn a_reference_to_nothing_is_told() {
    let inventory = read(&with("      P: !Ref Missing\n      Q: !Sub '${Gone.Arn}-x'"));
    let gaps: Vec<(u32, &str)> = inventory.gaps.iter().map(|gap| (gap.line.unwrap(), gap.reason.as_str())).collect();
    assert_eq!(
        gaps,
        [
            (5, "!Ref Missing: nothing of that name in the template"),
            (6, "!GetAtt Gone.Arn: nothing of that name in the template"),
        ]
    );
    assert!(matches!(inventory.resources[1].properties.get("P").unwrap().value, Value::Unknown(_)));
}
