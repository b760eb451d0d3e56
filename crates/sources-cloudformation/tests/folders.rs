//! Files and folders: what is read, what is skipped, what is followed.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

use model::{Builder, Inventory, Value};
use sources_cloudformation::{Error, Options, parameter_file, read};
use tempfile::TempDir;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn read_all(paths: &[PathBuf]) -> Inventory {
    let mut builder = Builder::new();
    read(paths, &Default::default(), &Options::default(), &mut |_| {}, &mut builder).unwrap();
    builder.build()
}

fn read_folder(folder: &TempDir) -> Inventory {
    read_all(&[folder.path().to_owned()])
}

fn short(folder: &TempDir, path: &str) -> String {
    let prefix = format!("{}/", folder.path().display());
    path.strip_prefix(&prefix).unwrap_or(path).to_owned()
}

fn skipped(folder: &TempDir, inventory: &Inventory) -> Vec<(String, String)> {
    let skipped = inventory.skipped.iter();
    skipped.map(|one| (short(folder, &one.file), one.reason.clone())).collect()
}

fn ids(inventory: &Inventory) -> Vec<&str> {
    let resources = inventory.resources.iter().filter(|one| one.kind != "Pilaster::Template");
    resources.map(|one| one.id.as_str()).collect()
}

const BUCKET: &str = "Resources: { B: { Type: AWS::S3::Bucket } }\n";

#[test]
fn a_folder_is_walked_in_the_order_of_names() {
    let folder = folder(&[
        ("b.yaml", "Resources: { Second: { Type: AWS::S3::Bucket } }"),
        ("a/x.template", "Resources: { First: { Type: AWS::S3::Bucket } }"),
        ("c.json", "{\"Resources\": {\"Third\": {\"Type\": \"AWS::S3::Bucket\"}}}"),
        ("values.yaml", "image: nginx\n"),
        ("package.json", "{\"name\": \"Resources\"}"),
        ("k8s.yml", "kind: Service\nResources:\n  a: 1\n"),
        ("README.md", "Resources:\n"),
        ("node_modules/x/t.yaml", BUCKET),
        (".aws-sam/build/t.yaml", BUCKET),
        (".github/t.yaml", "Resources: { Hidden: { Type: AWS::S3::Bucket } }"),
    ]);
    let inventory = read_folder(&folder);
    assert_eq!(inventory.gaps, []);
    assert_eq!(ids(&inventory), ["Hidden", "First", "Second", "Third"]);
    let skipped = skipped(&folder, &inventory);
    let expected = [
        (".aws-sam", "a folder of copies or downloads"),
        ("README.md", "its name is not that of a template"),
        ("k8s.yml", "not a template"),
        ("node_modules", "a folder of copies or downloads"),
        ("package.json", "not a template"),
        ("values.yaml", "not a template"),
    ];
    assert_eq!(skipped, expected.map(|(file, reason)| (file.to_owned(), reason.to_owned())));
}

#[test]
fn a_path_that_is_not_there_is_an_error() {
    let mut builder = Builder::new();
    let paths = [PathBuf::from("nowhere/at/all.yaml")];
    let error = read(&paths, &Default::default(), &Options::default(), &mut |_| {}, &mut builder).unwrap_err();
    assert!(matches!(error, Error::Missing { .. }));
    assert_eq!(error.to_string(), "nowhere/at/all.yaml does not exist: name a template or a folder of templates");
}

#[test]
fn a_broken_template_costs_only_itself() {
    let folder = folder(&[("bad.yaml", "Resources:\n  A: {\n"), ("good.yaml", BUCKET), ("latin.yaml", "x")]);
    fs::write(folder.path().join("latin.yaml"), b"Resources:\n  A: \xe9\n").unwrap();
    let inventory = read_folder(&folder);
    assert_eq!(ids(&inventory), ["B"]);
    let gaps: Vec<(String, Option<u32>)> =
        inventory.gaps.iter().map(|gap| (short(&folder, gap.file.as_deref().unwrap()), gap.line)).collect();
    assert_eq!(gaps[0].0, "bad.yaml");
    assert_eq!(gaps[1], ("latin.yaml".to_owned(), Some(2)));
    assert_eq!(inventory.gaps[1].reason, "not in UTF-8");
}

#[test]
fn a_named_file_that_is_no_template_is_a_gap() {
    let folder = folder(&[("values.yaml", "image: nginx\n"), ("notes.txt", BUCKET)]);
    let inventory = read_all(&[folder.path().join("values.yaml"), folder.path().join("notes.txt")]);
    assert_eq!(inventory.gaps.len(), 1);
    assert_eq!(inventory.gaps[0].reason, "not a template");
    assert_eq!(ids(&inventory), ["B"]);
}

#[test]
fn the_order_of_the_paths_changes_nothing() {
    let folder =
        folder(&[("a.yaml", BUCKET), ("b.yaml", "Resources: { C: { Type: AWS::S3::Bucket } }\n"), ("c.yaml", "{")]);
    let paths = ["c.yaml", "a.yaml", "b.yaml"].map(|name| folder.path().join(name));
    let mut reversed = paths.to_vec();
    reversed.reverse();
    let (one, two) = (read_all(&paths), read_all(&reversed));
    assert_eq!((&one.resources, &one.gaps, &one.sources), (&two.resources, &two.gaps, &two.sources));
    assert_eq!(one.resources, read_all(&[folder.path().to_owned()]).resources);
}

#[test]
fn a_file_named_twice_is_read_once() {
    let folder = folder(&[("t.yaml", BUCKET)]);
    let inventory = read_all(&[folder.path().to_owned(), folder.path().join("./t.yaml")]);
    assert_eq!(ids(&inventory), ["B"]);
}

#[test]
fn twins_are_read_once_and_only_when_they_are_equal() {
    let yaml = "Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties: { A: !GetAtt C.Arn, N: 80 }\n  C: { Type: AWS::S3::Bucket }\n";
    let json = r#"{"Resources": {"B": {"Type": "AWS::S3::Bucket", "Properties": {"A": {"Fn::GetAtt": ["C", "Arn"]}, "N": "80"}}, "C": {"Type": "AWS::S3::Bucket"}}}"#;
    let folder = folder(&[
        ("same.yaml", yaml),
        ("same.json", json),
        ("other.yaml", yaml),
        ("other.json", &json.replace("80", "81")),
    ]);
    let inventory = read_folder(&folder);
    assert_eq!(ids(&inventory).len(), 6);
    assert_eq!(skipped(&folder, &inventory), [("same.json".to_owned(), "same template as same.yaml".to_owned())]);
}

const PARENT: &str = "
Resources:
  User: { Type: A::B::C, Properties: { Vpc: !GetAtt Network.Outputs.Vpc, No: !GetAtt Remote.Outputs.X } }
  App:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: parts/app.yaml
      Parameters: { Vpc: !GetAtt Network.Outputs.Vpc, Name: web }
  Network:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: ./parts/network.yaml }
  Remote:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: 'https://example.com/t.yaml' }
";
const APP: &str = "
Parameters: { Vpc: { Type: String }, Name: { Type: String } }
Resources:
  Instance: { Type: A::B::C, Properties: { Vpc: !Ref Vpc, Name: !Ref Name } }
";
const NETWORK: &str = "
Resources:
  Vpc: { Type: AWS::EC2::VPC }
Outputs:
  Vpc: { Value: !Ref Vpc }
";

#[test]
fn nested_stacks_are_followed_and_their_outputs_come_back() {
    let folder = folder(&[("z.yaml", PARENT), ("parts/app.yaml", APP), ("parts/network.yaml", NETWORK)]);
    let inventory = read_folder(&folder);
    assert_eq!(ids(&inventory), ["User", "App", "Network", "Remote", "Network/Vpc", "App/Instance"]);
    let gaps: Vec<&str> = inventory.gaps.iter().map(|gap| gap.reason.as_str()).collect();
    assert_eq!(gaps, ["nested stack Remote: its template is remote and was not read: https://example.com/t.yaml"]);
    let position =
        |id: &str| inventory.resources.iter().position(|one| one.id == id && one.kind != "Pilaster::Template");
    let vpc = position("Network/Vpc").unwrap() as u32;
    for (id, property) in [("User", "Vpc"), ("App/Instance", "Vpc")] {
        let resource = &inventory.resources[position(id).unwrap()];
        let Value::Reference(reference) = &resource.properties.get(property).unwrap().value else { panic!("{id}") };
        assert_eq!((reference.target.0, &*reference.attribute), (vpc, "Ref"));
    }
    let instance = &inventory.resources[position("App/Instance").unwrap()];
    let name = instance.properties.get("Name").unwrap();
    assert_eq!(name.value, Value::Text("web".into()));
    assert_eq!(&*name.expression().unwrap().text, "!Ref Name");
    let templates: Vec<&str> = inventory
        .resources
        .iter()
        .filter(|one| one.kind == "Pilaster::Template")
        .map(|one| one.id.as_str())
        .skip(1)
        .collect();
    assert_eq!(templates, ["Network", "App"]);
}

#[test]
fn one_template_may_be_nested_several_times() {
    let folder = folder(&[
        (
            "main.yaml",
            "Resources:\n  A: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: n.yaml } }\n  B: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: n.yaml } }\n",
        ),
        ("n.yaml", NETWORK),
    ]);
    assert_eq!(ids(&read_folder(&folder)), ["A", "B", "A/Vpc", "B/Vpc"]);
}

#[test]
fn stacks_that_nest_each_other_end() {
    let nest = |name: &str| {
        format!("Resources:\n  S: {{ Type: 'AWS::CloudFormation::Stack', Properties: {{ TemplateURL: {name} }} }}\n")
    };
    let folder = folder(&[("a.yaml", &nest("b.yaml")), ("b.yaml", &nest("a.yaml")), ("self.yaml", &nest("self.yaml"))]);
    let inventory = read_folder(&folder);
    assert_eq!(ids(&inventory), ["S", "S/S", "S"]);
    assert!(inventory.gaps.iter().all(|gap| gap.reason.ends_with("its template nests itself")));
    assert_eq!(inventory.gaps.len(), 2);
}

#[test]
fn a_broken_nested_template_leaves_the_rest() {
    let folder = folder(&[
        (
            "main.yaml",
            "Resources:\n  A: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: n.yaml } }\n  G: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: gone.yaml } }\n",
        ),
        ("n.yaml", "Resources:\n  A: 1\n  A: 2\n"),
    ]);
    let inventory = read_folder(&folder);
    assert_eq!(ids(&inventory), ["A", "G"]);
    assert_eq!(inventory.gaps.len(), 2);
}

#[test]
fn output_of_the_cdk_is_read_by_its_manifest() {
    let manifest = r#"{"version": "36.0.0", "artifacts": {
        "Shop": {"type": "aws:cloudformation:stack", "environment": "aws://123456789012/eu-west-1", "properties": {"templateFile": "Shop.template.json"}},
        "Shop.assets": {"type": "cdk:asset-manifest", "properties": {"file": "Shop.assets.json"}},
        "assembly-Prod": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "assembly-Prod"}}}}"#;
    let inner = r#"{"version": "36.0.0", "artifacts": {
        "Prod": {"type": "aws:cloudformation:stack", "environment": "aws://unknown-account/unknown-region", "properties": {"templateFile": "Prod.template.json"}},
        "assembly-loop": {"type": "cdk:cloud-assembly", "properties": {"directoryName": ".."}}}}"#;
    let stack = r#"{"Resources": {"N": {"Type": "AWS::CloudFormation::Stack", "Metadata": {"aws:asset:path": "N.nested.template.json"},
        "Properties": {"TemplateURL": {"Fn::Join": ["", ["https://", {"Ref": "AWS::URLSuffix"}]]}}}}}"#;
    let bucket = r#"{"Resources": {"B": {"Type": "AWS::S3::Bucket", "Properties": {"R": {"Ref": "AWS::Region"}}}}}"#;
    let folder = folder(&[
        ("cdk.out/manifest.json", manifest),
        ("cdk.out/Shop.template.json", stack),
        ("cdk.out/N.nested.template.json", bucket),
        ("cdk.out/Shop.assets.json", "{}"),
        ("cdk.out/asset.1/t.yaml", BUCKET),
        ("cdk.out/stale.template.json", bucket),
        ("cdk.out/assembly-Prod/manifest.json", inner),
        ("cdk.out/assembly-Prod/Prod.template.json", bucket),
    ]);
    let inventory = read_folder(&folder);
    assert_eq!(inventory.gaps, []);
    assert_eq!(ids(&inventory), ["N", "N/B", "B"]);
    let find = |id: &str| inventory.resources.iter().find(|one| one.id == id && one.kind == "AWS::S3::Bucket").unwrap();
    assert_eq!(find("N/B").account.as_deref(), Some("123456789012"));
    assert_eq!(find("N/B").properties.get("R").unwrap().value, Value::Text("eu-west-1".into()));
    assert_eq!(find("B").region, None);
    let skipped = skipped(&folder, &inventory);
    assert!(skipped.iter().any(|(file, _)| file == "cdk.out/stale.template.json"), "{skipped:?}");
}

#[test]
fn parameter_files_come_in_several_forms() {
    let folder = folder(&[
        (
            "cli.json",
            r#"[{"ParameterKey": "A", "ParameterValue": "1"}, {"ParameterKey": "B", "UsePreviousValue": true}]"#,
        ),
        ("pipeline.json", r#"{"Parameters": {"A": "1", "L": ["x", "y"]}, "Tags": {"t": "u"}}"#),
        ("plain.yaml", "A: 1\nFlag: true\n"),
        ("words.json", r#"["A=1", "B=x=y"]"#),
        ("wrong.json", "[\n1\n]"),
        ("broken.json", "{\"A\": \"1\",\n\"A\": \"2\"}"),
    ]);
    let file = |name: &str| parameter_file(&folder.path().join(name));
    let pairs =
        |name: &str| file(name).unwrap().into_iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>();
    assert_eq!(pairs("cli.json"), ["A=1"]);
    assert_eq!(pairs("pipeline.json"), ["A=1", "L=x,y"]);
    assert_eq!(pairs("plain.yaml"), ["A=1", "Flag=true"]);
    assert_eq!(pairs("words.json"), ["A=1", "B=x=y"]);
    let error = file("wrong.json").unwrap_err().to_string();
    assert!(error.contains("wrong.json:2: not a parameter"), "{error}");
    let error = file("broken.json").unwrap_err().to_string();
    assert!(error.ends_with("broken.json:2: duplicate key A, first used in line 1"), "{error}");
    assert!(matches!(file("none.json"), Err(Error::Missing { .. })));
}

#[test]
fn paths_below_the_current_folder_are_shown_from_there() {
    let here = std::env::current_dir().unwrap();
    let folder = tempfile::tempdir_in(&here).unwrap();
    fs::write(folder.path().join("t.yaml"), BUCKET).unwrap();
    let name = Path::new(folder.path().file_name().unwrap()).join("t.yaml");
    for path in [folder.path().join("t.yaml"), Path::new("./").join(&name), name.clone()] {
        let inventory = read_all(&[path]);
        assert_eq!(inventory.resources[0].id, name.to_string_lossy());
    }
}
