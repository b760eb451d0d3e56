//! A template has no file read outside the folder or repository that was named.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;

use model::{Builder, Inventory};
use sources_cloudformation::{Options, read};
use tempfile::TempDir;

const SHARED: &str = "Resources: { Shared: { Type: AWS::S3::Bucket } }\n";

fn nesting(location: &str) -> String {
    format!("Resources:\n  S:\n    Type: AWS::CloudFormation::Stack\n    Properties: {{ TemplateURL: '{location}' }}\n")
}

/// `outside.yaml`, which holds a secret key, beside `project/` with what is given.
fn project(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("outside.yaml"), "Resources: {}\nSECRET: 1\nSECRET: 2\n").unwrap();
    for (name, text) in files {
        let path = folder.path().join("project").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn read_one(path: &Path) -> Inventory {
    let mut builder = Builder::new();
    read(&[path.to_owned()], &Default::default(), &Options::default(), &mut |_| {}, &mut builder).unwrap();
    builder.build()
}

fn assert_refused(inventory: &Inventory, part: &str) {
    assert_eq!(inventory.gaps.len(), 1, "{:?}", inventory.gaps);
    let reason = &inventory.gaps[0].reason;
    assert!(reason.contains(part), "{reason}");
    assert!(!reason.contains("SECRET"), "{reason}");
    assert!(!inventory.resources.iter().any(|one| one.id.starts_with("S/")));
}

#[test]
fn a_path_that_leads_out() {
    for location in ["../outside.yaml", "./a/../../outside.yaml", "file://../outside.yaml", "/etc/passwd", "../nothing"]
    {
        let folder = project(&[("root.yaml", &nesting(location))]);
        assert_refused(&read_one(&folder.path().join("project")), "its template lies outside ");
        assert_refused(&read_one(&folder.path().join("project/root.yaml")), "its template lies outside ");
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out() {
    let folder = project(&[("root.yaml", &nesting("link.yaml"))]);
    std::os::unix::fs::symlink(folder.path().join("outside.yaml"), folder.path().join("project/link.yaml")).unwrap();
    assert_refused(&read_one(&folder.path().join("project")), "its template lies outside ");
}

#[test]
fn what_the_named_folder_or_the_repository_holds_is_read() {
    let files = [("stacks/root.yaml", &*nesting("../parts/shared.yaml")), ("parts/shared.yaml", SHARED)];
    let folder = project(&files);
    let named = read_one(&folder.path().join("project"));
    assert!(named.resources.iter().any(|one| one.id == "S/Shared"));
    // The folder alone does not hold it; the repository does.
    let stacks = folder.path().join("project/stacks");
    assert_refused(&read_one(&stacks), "its template lies outside ");
    fs::create_dir(folder.path().join("project/.git")).unwrap();
    for path in [stacks.clone(), stacks.join("root.yaml")] {
        assert!(read_one(&path).resources.iter().any(|one| one.id == "S/Shared"));
    }
}

#[test]
fn a_manifest_of_the_cdk_that_leads_out() {
    let manifest = r#"{"version": "1", "artifacts": {
        "a": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "../../outside.yaml"}}}}"#;
    let folder = project(&[("cdk.out/manifest.json", manifest)]);
    assert_refused(&read_one(&folder.path().join("project")), "lists a template outside ");
    let manifest = r#"{"version": "1", "artifacts": {
        "a": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "../.."}}}}"#;
    let folder = project(&[("cdk.out/manifest.json", manifest)]);
    assert_refused(&read_one(&folder.path().join("project")), "lists a folder outside ");
}

#[cfg(unix)]
#[test]
fn a_pipe_in_a_folder_is_not_waited_for() {
    let folder = project(&[("root.yaml", SHARED)]);
    let pipe = folder.path().join("project/pipe.yaml");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let inventory = read_one(&folder.path().join("project"));
    assert!(inventory.skipped.iter().any(|one| one.reason == "a device or a pipe"));
    assert!(inventory.gaps.is_empty());
}
