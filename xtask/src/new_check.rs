//! The skeleton of a check.

use std::path::{Path, PathBuf};

use framework::BestPractice;

use crate::name::is_module_name;
use crate::register::{CHECK_VIEWS, Mode, check_folder, register};
use crate::workspace::{self, Error};

/// Writes the skeleton of the check `<service>_<name>` and lists it in the registers. Returns the
/// files it wrote, the skeleton first.
///
/// The skeleton does not pass the tests: what it claims, shows and judges is still to be written.
pub fn new_check(root: &Path, service: &str, name: &str, practices: &[String]) -> Result<Vec<PathBuf>, Error> {
    if service == CHECK_VIEWS {
        return Err(Error::Argument(format!("`{CHECK_VIEWS}` holds views, not checks; name the service")));
    }
    for (what, text) in [("service", service), ("check", name)] {
        if !is_module_name(text) {
            return Err(Error::Argument(format!(
                "{text:?} cannot name a {what}; use snake case, such as `bucket_versioning`"
            )));
        }
    }
    if let Some(rest) = name.strip_prefix(&format!("{service}_")) {
        return Err(Error::Argument(format!("the name does not repeat the service; say `{service} {rest}`")));
    }
    let practices = parse(practices)?;
    let path = check_folder(service).join(format!("{name}.rs"));
    if root.join(&path).exists() {
        return Err(Error::broken(path, "it is there already; choose another name or edit it"));
    }
    // What stops the register should stop this before anything is written.
    register(root, Mode::Check)?;
    let views = workspace::read_if_there(&root.join(check_folder(CHECK_VIEWS)).join(format!("{service}.rs")))?;
    let view = view_for(name, &views.unwrap_or_default());
    workspace::write(&root.join(&path), &skeleton(service, name, &practices, view.as_ref()))?;
    let mut written = vec![path];
    written.extend(register(root, Mode::Write)?);
    Ok(written)
}

fn parse(practices: &[String]) -> Result<Vec<BestPractice>, Error> {
    let mut parsed = Vec::new();
    for text in practices {
        let practice = text.parse()?;
        if parsed.contains(&practice) {
            return Err(Error::Argument(format!("{practice} is named twice; name it once")));
        }
        parsed.push(practice);
    }
    if parsed.is_empty() {
        return Err(Error::Argument(
            "a check gives evidence for a best practice; name one, such as SEC08_BP02".to_owned(),
        ));
    }
    Ok(parsed)
}

#[derive(Debug, PartialEq, Eq)]
struct View {
    name: String,
    /// `AWS::S3::Bucket`
    kind: String,
}

/// The view a check's name begins with: `Bucket` for `bucket_versioning`. The longest wins.
fn view_for(check: &str, views: &str) -> Option<View> {
    let mut kind = None;
    let mut best: Option<View> = None;
    for line in views.lines() {
        if let Some(options) = line.strip_prefix("#[view(\"") {
            kind = options.split('"').next();
        } else if let Some(rest) = line.strip_prefix("pub(crate) struct ") {
            let name = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            let begins =
                check.strip_prefix(&snake_case(name)).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'));
            if let Some(kind) = kind.take()
                && begins
                && best.as_ref().is_none_or(|best| best.name.len() < name.len())
            {
                best = Some(View { name: name.to_owned(), kind: kind.to_owned() });
            }
        }
    }
    best
}

fn snake_case(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.extend(c.to_lowercase());
    }
    text
}

fn skeleton(service: &str, name: &str, practices: &[BestPractice], view: Option<&View>) -> String {
    let constants: Vec<_> = practices.iter().map(|practice| practice.id().replace('-', "_")).collect();
    let (arguments, titles) = (constants.join(", "), titles(practices));
    let (view, kind) = match view {
        Some(view) => (view.name.as_str(), view.kind.as_str()),
        None => ("View", "AWS::Service::Resource"),
    };
    let subject = snake_case(view);
    format!(
        "//! `{service}_{name}`

use macros::check;
use model::Verdict;

use crate::views::{service}::{view};

/// <The claim: one line without a full stop that holds of a resource or does not>
///
/// <Why: what goes wrong without it, and when it is sound to do without.>
///
/// ## Fix
/// <What to change, and what the change costs or interrupts.>
/// ```yaml,fail
/// Type: {kind}
/// ```
/// ```yaml,pass
/// Type: {kind}
/// Properties:
///   <Property>: <value>
/// ```
// {titles}
// Also `severity`, `effort`, `needs`, `fsbp`, `cis`, `live`, `code`: see `macros::check`.
#[check({arguments})]
fn {service}_{name}({subject}: &{view}) -> Verdict {{
    todo!(\"ask the facts of {subject}, such as `{subject}.property.must_be(...)`\")
}}
"
    )
}

fn titles(practices: &[BestPractice]) -> String {
    let titles: Vec<_> = practices.iter().map(|practice| format!("{practice}: {}.", practice.title())).collect();
    titles.join("\n// ")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn workspace() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        let data = Path::new("crates/framework/data/best_practices.csv");
        let text = workspace::read(&workspace::root().join(data)).unwrap();
        workspace::write(&root.path().join(data), &text).unwrap();
        root
    }

    fn new(root: &Path, service: &str, name: &str, practices: &[&str]) -> Result<Vec<PathBuf>, Error> {
        let practices: Vec<_> = practices.iter().map(|&practice| practice.to_owned()).collect();
        new_check(root, service, name, &practices)
    }

    #[test]
    fn it_is_written_and_registered() {
        let root = workspace();
        let views = "#[derive(View)]\n#[view(\"AWS::S3::Bucket\")]\npub(crate) struct Bucket<'a> {\n}\n";
        workspace::write(&root.path().join("crates/checks/src/views/s3.rs"), views).unwrap();

        let written = new(root.path(), "s3", "bucket_versioning", &["rel09-bp02", "SEC08_BP02"]).unwrap();
        let path = Path::new("crates/checks/src/s3/bucket_versioning.rs");
        assert_eq!(written.first().map(PathBuf::as_path), Some(path));
        assert!(written.contains(&PathBuf::from("crates/checks/src/s3/mod.rs")), "{written:?}");

        let text = fs::read_to_string(root.path().join(path)).unwrap();
        assert!(
            text.contains("#[check(REL09_BP02, SEC08_BP02)]\nfn s3_bucket_versioning(bucket: &Bucket) -> Verdict {")
        );
        assert!(text.contains("/// ```yaml,fail\n/// Type: AWS::S3::Bucket\n"));
        assert!(text.contains("todo!("));
        let register = fs::read_to_string(root.path().join("crates/checks/src/s3/mod.rs")).unwrap();
        assert!(register.contains("    &bucket_versioning::S3_BUCKET_VERSIONING,\n"));
        assert_eq!(register_check(root.path()), Vec::<PathBuf>::new());
    }

    fn register_check(root: &Path) -> Vec<PathBuf> {
        register(root, Mode::Check).unwrap()
    }

    #[test]
    fn a_register_that_cannot_be_written_stops_it_first() {
        let root = workspace();
        let hand = "crates/checks/src/s3/mod.rs";
        workspace::write(&root.path().join(hand), "mod a;\n").unwrap();
        assert!(new(root.path(), "s3", "bucket_versioning", &["REL09_BP02"]).is_err());
        assert!(!root.path().join("crates/checks/src/s3/bucket_versioning.rs").exists());
    }

    #[test]
    fn what_is_there_is_kept() {
        let root = workspace();
        new(root.path(), "s3", "bucket_versioning", &["REL09_BP02"]).unwrap();
        let error = new(root.path(), "s3", "bucket_versioning", &["SEC08_BP02"]).unwrap_err();
        assert!(error.to_string().contains("there already"), "{error}");
    }

    #[test]
    fn bad_arguments_are_refused_and_nothing_is_written() {
        let root = workspace();
        for (service, name, practices, expected) in [
            ("S3", "x", &["SEC08_BP02"][..], "cannot name a service"),
            ("s3", "a-b", &["SEC08_BP02"], "cannot name a check"),
            ("..", "x", &["SEC08_BP02"], "cannot name a service"),
            ("views", "x", &["SEC08_BP02"], "name the service"),
            ("s3", "s3_x", &["SEC08_BP02"], "say `s3 x`"),
            ("s3", "x", &["SEC80_BP02"], "did you mean SEC08-BP02"),
            ("s3", "x", &["SEC08_BP02", "sec8-bp2"], "named twice"),
            ("s3", "x", &[], "name one"),
        ] {
            let error = new(root.path(), service, name, practices).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
        assert!(!root.path().join("crates/checks").exists());
    }

    #[test]
    fn the_longest_view_that_begins_the_name_is_taken() {
        let views = "#[view(\"AWS::RDS::DBInstance\")]\npub(crate) struct Instance<'a> {\n\
                     pub(crate) struct Part<'a> {\n\
                     #[view(\"AWS::RDS::DBInstanceGroup\")]\npub(crate) struct InstanceGroup<'a> {\n";
        let name = |check| view_for(check, views).map(|view| view.name);
        assert_eq!(name("instance_encrypted").as_deref(), Some("Instance"));
        assert_eq!(name("instance_group_encrypted").as_deref(), Some("InstanceGroup"));
        assert_eq!(name("instances_encrypted"), None);
        assert_eq!(name("part_encrypted"), None);
    }
}
