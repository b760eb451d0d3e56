//! The functions, one by one.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use model::{Builder, ExpressionKind, Inventory, Node, Part, ResourceId, Value, Why};
use sources_cloudformation::{Options, read_text};

const HEAD: &str = "
Parameters:
  Free: { Type: String }
  FreeList: { Type: CommaDelimitedList }
  Given: { Type: String, Default: default }
  List: { Type: 'List<AWS::EC2::Subnet::Id>', Default: 'subnet-1, subnet-2' }
  Ami: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: /aws/ami }
  Secret: { Type: String, NoEcho: true, Default: hunter2 }
  Dynamic: { Type: String, Default: '{{resolve:ssm:/size:1}}' }
Mappings:
  Sizes:
    eu-west-1: { db: large, on: true }
    us-east-1: { db: small }
Conditions:
  Yes: !Equals [a, a]
  No: !Not [!Condition Yes]
  Maybe: !Equals [!Ref Free, prod]
  Either: !Or [!Condition Yes, !Condition Maybe]
  Neither: !And [!Condition No, !Condition Maybe]
  Both: !And [!Condition Yes, !Condition Maybe]
  Somewhere: !Not [!Equals [!Ref AWS::Region, '']]
Resources:
  Bucket: { Type: AWS::S3::Bucket }
  Gone: { Type: AWS::S3::Bucket, Condition: No }
  Thing:
    Type: A::B::C
    Properties:
      P: ";

fn inventory(written: &str, options: &Options) -> Inventory {
    let mut builder = Builder::new();
    read_text("t.yaml", &format!("{HEAD}{written}\n"), options, &mut builder);
    builder.build()
}

/// The node that stands for what is written.
fn node_with(written: &str, options: &Options) -> Node {
    let inventory = inventory(written, options);
    assert_eq!(inventory.gaps, [], "{written}");
    let thing = inventory.resources.iter().find(|one| one.id == "Thing").unwrap();
    thing.properties.get("P").cloned().unwrap_or_else(|| panic!("{written} left it out"))
}

fn node(written: &str) -> Node {
    node_with(written, &Options::default())
}

/// A short form of a value: what is known as it is, the rest within `${}`.
fn show(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(text) | Value::Text(text) => text.to_string(),
        Value::Pattern(parts) => parts.iter().map(part).collect(),
        Value::List(items) => {
            format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(" "))
        }
        Value::Map(entries) => {
            let entries: Vec<String> = entries.iter().map(|(key, node)| format!("{key}={}", show(node))).collect();
            format!("{{{}}}", entries.join(" "))
        }
        Value::Reference(reference) => format!("@{}.{}", reference.target.0, reference.attribute),
        Value::Unknown(Why::Unresolved(expression)) => {
            format!("?{}{}", expression.text, if expression.set { "!" } else { "" })
        }
        Value::Unknown(why) => format!("{why:?}"),
    }
}

fn part(part: &Part) -> String {
    match part {
        Part::Text(text) => text.to_string(),
        Part::Reference(reference) => format!("${{@{}.{}}}", reference.target.0, reference.attribute),
        Part::Unknown(expression) => format!("${{{}}}", expression.text),
    }
}

/// Each line: what is written, and what is known of it. The bucket is resource 1.
#[test]
fn what_is_written_and_what_is_known() {
    let cases = [
        ("!Ref Bucket", "@1.Ref"),
        ("!GetAtt Bucket.Arn", "@1.Arn"),
        ("{ 'Fn::GetAtt': Bucket.Arn }", "@1.Arn"),
        ("!Ref Gone", "?!Ref Gone (absent: No is false)"),
        ("!Ref Ami", "?!Ref Ami, from /aws/ami!"),
        ("!Ref List", "[subnet-1 subnet-2]"),
        ("!Ref FreeList", "?!Ref FreeList"),
        ("!Ref AWS::Region", "?!Ref AWS::Region!"),
        ("!Ref AWS::NotificationARNs", "?!Ref AWS::NotificationARNs"),
        ("!Sub 'plain'", "plain"),
        ("!Sub 'a-${Given}-b'", "a-default-b"),
        ("!Sub '${Bucket}'", "@1.Ref"),
        ("!Sub '${Bucket.Arn}/*'", "${@1.Arn}/*"),
        ("!Sub '${Free}'", "?!Ref Free"),
        ("!Sub 'x${!Literal}${Free}'", "x${Literal}${!Ref Free}"),
        ("!Sub 'half ${open'", "half ${open"),
        ("!Sub ['${A}-${Given}', { A: !Ref Free }]", "${!Ref Free}-default"),
        ("!Sub ['${A}', { A: !Join ['', [x, y]] }]", "xy"),
        ("!Join ['-', [a, !Ref Given, 1, true]]", "a-default-1-true"),
        ("!Join [',', !Ref List]", "subnet-1,subnet-2"),
        ("!Join [',', !Ref FreeList]", "?!Join [\",\", !Ref FreeList]"),
        ("!Join ['', ['arn:', !Ref AWS::Partition, ':x']]", "arn:${!Ref AWS::Partition}:x"),
        ("!Join [',', [a, !If [No, b, !Ref AWS::NoValue], c]]", "a,c"),
        ("!Join [',', [a, !If [Maybe, b, !Ref AWS::NoValue], c]]", "a${!If [Maybe, b, !Ref AWS::NoValue]}c"),
        ("!Select [1, [a, b]]", "b"),
        ("!Select ['0', !Ref List]", "subnet-1"),
        ("!Select [5, [a, b]]", "?!Select [5, [a, b]]"),
        ("!Select [18446744073709551615, [a]]", "?!Select [18446744073709551615, [a]]"),
        ("!Ref Dynamic", "?{{resolve:ssm:/size:1}}!"),
        ("!Sub 'x-${Dynamic}'", "x-${{{resolve:ssm:/size:1}}}"),
        ("!Select [0, !GetAZs '']", "?!Select [0, !GetAZs \"\"]!"),
        ("!GetAZs ''", "?!GetAZs \"\"!"),
        (
            "!Select [1, [a, !If [Maybe, b, !Ref AWS::NoValue], c]]",
            "?!Select [1, [a, !If [Maybe, b, !Ref AWS::NoValue], c]]",
        ),
        ("!Split [',', 'a,b']", "[a b]"),
        ("!Select [1, !Split ['/', x/y/z]]", "y"),
        ("!Split [',', !Ref Free]", "?!Split [\",\", !Ref Free]"),
        ("!FindInMap [Sizes, eu-west-1, db]", "large"),
        ("!FindInMap [Sizes, eu-west-1, on]", "true"),
        ("!FindInMap [Sizes, eu-central-1, db]", "?!FindInMap [Sizes, eu-central-1, db]"),
        ("!FindInMap [Sizes, eu-central-1, db, { DefaultValue: none }]", "none"),
        ("!FindInMap [Sizes, !Ref AWS::Region, db]", "?!FindInMap [Sizes, !Ref AWS::Region, db]!"),
        ("!FindInMap [Sizes, !Ref Free, x]", "?!FindInMap [Sizes, !Ref Free, x]!"),
        ("!Base64 '#!/bin/sh'", "#!/bin/sh"),
        ("!Base64 { 'Fn::Sub': 'x ${Free}' }", "x ${!Ref Free}"),
        ("!Cidr [10.0.0.0/16, 2, 8]", "[10.0.0.0/24 10.0.1.0/24]"),
        ("!Select [1, !Cidr [10.0.0.0/16, 2, 8]]", "10.0.1.0/24"),
        ("!Cidr [!GetAtt Bucket.Cidr, 2, 8]", "?!Cidr [!GetAtt Bucket.Cidr, 2, 8]!"),
        ("!ImportValue x", "?!ImportValue x!"),
        ("!ImportValue { 'Fn::Sub': '${Free}-vpc' }", "?!ImportValue !Sub \"${Free}-vpc\"!"),
        ("{ 'Fn::Length': [a, b, c] }", "3"),
        ("{ 'Fn::Length': !Ref List }", "2"),
        ("{ 'Fn::Length': !Ref FreeList }", "?!Length !Ref FreeList!"),
        ("{ 'Fn::ToJsonString': { a: [1, true, x], b: !Ref Given } }", r#"{"a":[1,true,"x"],"b":"default"}"#),
        ("{ 'Fn::ToJsonString': { a: !Ref Bucket } }", r#"{"a":"${@1.Ref}"}"#),
        ("{ 'Fn::ToJsonString': { Statement: [] } }", "{Statement=[]}"),
        ("{ 'Fn::Transform': { Name: X } }", "?!Transform {Name: X}"),
        ("{ 'Fn::Unheard': 1 }", "?!Unheard 1"),
        ("!If [Yes, 1, 2]", "1"),
        ("!If [No, 1, !Ref Bucket]", "@1.Ref"),
        ("!If [Either, 1, 2]", "1"),
        ("!If [Neither, 1, 2]", "2"),
        ("!If [Both, 1, 2]", "?!If [Both, 1, 2]!"),
        ("!If [Somewhere, 1, 2]", "1"),
        ("!If [Maybe, '', 2]", "?!If [Maybe, \"\", 2]"),
        (
            "!If [Maybe, { a: 1, b: 2 }, { a: 1, c: 3 }]",
            "{a=1 b=?!If [Maybe, {a: 1, b: 2}, {a: 1, c: 3}] c=?!If [Maybe, {a: 1, b: 2}, {a: 1, c: 3}]}",
        ),
        ("!If [Maybe, [a, b], [a, c]]", "[a ?!If [Maybe, [a, b], [a, c]]!]"),
        ("!If [Maybe, { a: { b: 1, c: [x] } }, { a: { c: [x], b: 1 } }]", "{a={b=1 c=[x]}}"),
        (
            "!If [Maybe, { a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } }]",
            "{a={b=1 c=?!If [Maybe, {a: {b: 1, c: 2}}, {a: {b: 1, c: 3}}]!}}",
        ),
        ("!If [Maybe, { a: !If [Yes, !Ref AWS::NoValue, 1] }, {}]", "{}"),
        ("!If [Maybe, [a], [a, c]]", "?!If [Maybe, [a], [a, c]]!"),
        ("[a, !Ref AWS::NoValue, b]", "[a b]"),
        ("[a, !If [Maybe, b, !Ref AWS::NoValue]]", "[a ?!If [Maybe, b, !Ref AWS::NoValue]]"),
        ("{ a: !Ref AWS::NoValue, b: 1 }", "{b=1}"),
        ("'{{resolve:secretsmanager:x:SecretString:y}}'", "?{{resolve:secretsmanager:x:SecretString:y}}!"),
        ("'a{{resolve:ssm:/x:1}}b'", "a${{{resolve:ssm:/x:1}}}b"),
        (
            "!Sub '{{resolve:secretsmanager:${Bucket}:SecretString}}'",
            "?{{resolve:secretsmanager:${Bucket}:SecretString}}!",
        ),
        (
            "!Join ['', ['{{resolve:secretsmanager:', !Ref Free, ':SecretString:p}}']]",
            "?{{resolve:secretsmanager:${Free}:SecretString:p}}!",
        ),
        ("'{{resolve:ssm:unclosed'", "{{resolve:ssm:unclosed"),
        ("yes", "yes"),
        ("0123", "0123"),
        ("2012-10-17", "2012-10-17"),
        ("1.10", "1.10"),
    ];
    for (written, expected) in cases {
        assert_eq!(show(&node(written)), expected, "{written}");
    }
}

#[test]
fn what_has_no_value_is_left_out() {
    for written in ["!Ref AWS::NoValue", "!If [Yes, !Ref AWS::NoValue, 1]"] {
        let inventory = inventory(written, &Options::default());
        let thing = inventory.resources.iter().find(|one| one.id == "Thing").unwrap();
        assert_eq!(thing.properties.get("P"), None, "{written}");
    }
}

#[test]
fn what_was_written_is_kept() {
    let node = node("!Ref Secret");
    assert_eq!(show(&node), "hunter2");
    let kind = ExpressionKind::Parameter { name: "Secret".into(), hidden: true };
    assert_eq!(node.expression().unwrap().kind, kind);
    assert_eq!(&*self::node("!Sub '${Given}!'").expression().unwrap().text, "!Sub \"${Given}!\"");
    assert_eq!(self::node("default").expression(), None);
}

#[test]
fn given_parameters_win_over_defaults() {
    let mut options = Options::default();
    options.parameters.insert("Given".to_owned(), "prod".to_owned());
    options.parameters.insert("FreeList".to_owned(), "a,b".to_owned());
    options.parameters.insert("Free".to_owned(), "prod".to_owned());
    options.parameters.insert("Ami".to_owned(), "/other".to_owned());
    for (written, expected) in [
        ("!Ref Given", "prod"),
        ("!Ref FreeList", "[a b]"),
        ("!If [Maybe, 1, 2]", "1"),
        ("!Ref Ami", "?!Ref Ami, from /other!"),
    ] {
        assert_eq!(show(&node_with(written, &options)), expected);
    }
    assert_eq!(&*node_with("!Ref Given", &options).expression().unwrap().text, "!Ref Given");
}

#[test]
fn a_known_deployment_settles_the_pseudo_parameters() {
    let options = Options {
        account: Some("123456789012".to_owned()),
        region: Some("cn-north-1".to_owned()),
        ..Options::default()
    };
    let written = "!Sub '${AWS::Partition}:${AWS::Region}:${AWS::AccountId}:${AWS::URLSuffix}'";
    assert_eq!(show(&node_with(written, &options)), "aws-cn:cn-north-1:123456789012:amazonaws.com.cn");
    let options = Options { region: Some("eu-west-1".to_owned()), ..Options::default() };
    assert_eq!(show(&node_with("!FindInMap [Sizes, !Ref AWS::Region, db]", &options)), "large");
}

#[test]
fn policies_written_as_text_become_trees() {
    let written = r#"'{"Version": "2012-10-17", "Statement": [{"Effect": "Allow"}]}'"#;
    let node = node(written);
    assert_eq!(show(&node), "{Version=2012-10-17 Statement=[{Effect=Allow}]}");
    let effect = node.get("Statement").unwrap();
    assert_eq!(effect.origin, node.origin);
    let written = r#"!Sub '{"Statement": {"Resource": "${Bucket.Arn}/*", "Action": "${Free}"}}'"#;
    assert_eq!(show(&self::node(written)), "{Statement={Resource=${@1.Arn}/* Action=?!Ref Free}}");
    assert_eq!(show(&self::node("'{\"Other\": 1}'")), "{\"Other\": 1}");
    assert_eq!(show(&self::node("'{\"Statement\": '")), "{\"Statement\": ");
}

#[test]
fn references_point_at_their_resource() {
    let inventory = inventory("!Ref Bucket", &Options::default());
    assert_eq!(inventory.resource(ResourceId(1)).id, "Bucket");
    let ids: Vec<&str> = inventory.resources.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["t.yaml", "Bucket", "Thing"]);
}

#[test]
fn merge_keys_and_anchors() {
    let written =
        "&base { a: 1, b: 2 }\n      Q: { <<: *base, b: 3 }\n      R: { b: 4, <<: [*base, { c: 5 }] }\n      S: *base";
    let inventory = inventory(written, &Options::default());
    let properties = &inventory.resources[2].properties;
    let show = |name: &str| show(properties.get(name).unwrap());
    assert_eq!(show("Q"), "{b=3 a=1}");
    assert_eq!(show("R"), "{b=4 a=1 c=5}");
    assert_eq!(show("S"), "{a=1 b=2}");
}

#[test]
fn attributes_beside_the_properties_are_kept() {
    let mut builder = Builder::new();
    let text = "
Parameters: { Keep: { Type: String, Default: Retain } }
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: !Ref Keep
    UpdateReplacePolicy: Snapshot
    DependsOn: [Other]
    Properties: { DBInstanceIdentifier: orders }
  Other: { Type: AWS::S3::Bucket, Properties: { BucketName: !Sub '${AWS::Region}-x' } }
Outputs:
  Name: { Value: !GetAtt Db.Endpoint.Address }
";
    read_text("dir/t.yaml", text, &Options::default(), &mut builder);
    let inventory = builder.build();
    let [template, db, other] = inventory.resources.as_slice() else { panic!("three") };
    assert_eq!(db.name.as_deref(), Some("orders"));
    assert_eq!(other.name, None);
    assert_eq!(db.origin.line, 4);
    let attributes: Vec<(&str, String)> = db.attributes.iter().map(|(key, node)| (key.as_str(), show(node))).collect();
    assert_eq!(
        attributes,
        [
            ("DeletionPolicy", "Retain".to_owned()),
            ("UpdateReplacePolicy", "Snapshot".to_owned()),
            ("DependsOn", "[Other]".to_owned()),
        ]
    );
    assert_eq!((template.kind.as_str(), template.id.as_str()), ("Pilaster::Template", "dir/t.yaml"));
    assert_eq!(show(template.properties.get("Outputs").unwrap()), "{Name=@1.Endpoint.Address}");
    assert_eq!(show(template.properties.get("Parameters").unwrap()), "{Keep={Type=String Default=Retain}}");
}
