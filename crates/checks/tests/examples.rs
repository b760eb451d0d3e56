//! Every documented example, and every scenario, has the verdict it says it has.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use findings::Check;
use model::{Inventory, Outcome};
use pricing::Usd;

#[test]
#[expect(clippy::disallowed_methods, reason = "CHECK=s3 runs the examples of those checks only")]
fn documented_examples_have_their_verdicts() {
    let only = std::env::var("CHECK").unwrap_or_default();
    let mut wrong = Vec::new();
    for check in checks::all().filter(|check| check.id.contains(&only)) {
        let examples = check.doc().examples;
        for wanted in ["fail", "pass"] {
            if !examples.iter().any(|example| example.expected == wanted) {
                wrong.push(format!("{}: no example that is to {wanted}", check.id));
            }
        }
        for (number, example) in examples.iter().enumerate() {
            if let Err(message) = holds(check, read(example.language, example.text), example.expected) {
                wrong.push(format!("{}, example {}: {message}", check.id, number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn scenarios_have_their_verdicts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut wrong = Vec::new();
    let mut seen = 0;
    let mut silent: BTreeSet<&str> =
        checks::all().filter(|check| check.saves.is_some()).map(|check| check.id).collect();
    for service in fs::read_dir(&folder).expect("scenarios").flatten() {
        for file in fs::read_dir(service.path()).expect("a folder").flatten() {
            let path = file.path();
            let id = format!("{}_{}", name(&service.path()), name(&path));
            let Some(check) = checks::find(&id) else {
                wrong.push(format!("{}: there is no check {id}", path.display()));
                continue;
            };
            let text = fs::read_to_string(&path).expect("readable");
            for (number, block) in text.split("\n```").skip(1).step_by(2).enumerate() {
                let (info, body) = block.split_once('\n').unwrap_or((block, ""));
                seen += 1;
                if info.contains(" saves ") && !info.ends_with(" nothing") {
                    silent.remove(check.id);
                }
                let outcome = match info.split_whitespace().collect::<Vec<_>>()[..] {
                    ["yaml" | "json", "cloudformation", expected] => holds(check, testbed::inventory(body), expected),
                    ["account", expected] => holds(check, testbed::account(body), expected),
                    ["yaml", "cloudformation", "fail", "saves", amount] => {
                        saves(check, testbed::inventory(body), amount)
                    }
                    ["account", "fail", "saves", amount] => saves(check, testbed::account(body), amount),
                    _ => Err(format!(
                        "`{info}` is not `yaml cloudformation pass`, `account pass` or `account fail saves 3.65`"
                    )),
                };
                if let Err(message) = outcome {
                    wrong.push(format!("{id}, scenario {}: {message}", number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 0, "no scenario was read");
    assert!(silent.is_empty(), "no scenario shows what these save: {silent:?}");
}

fn name(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// An example is a template, or a picture of an account.
fn read(language: &str, text: &str) -> Inventory {
    match language {
        "account" => testbed::account(text),
        _ => testbed::inventory(text),
    }
}

fn holds(check: &'static Check, inventory: Inventory, expected: &str) -> Result<(), String> {
    let judged = testbed::judge(check, &inventory);
    let outcomes: Vec<Outcome> = judged.findings.iter().map(|finding| finding.outcome).collect();
    let some = |outcome| outcomes.contains(&outcome);
    let right = match expected {
        "fail" => some(Outcome::Fail),
        "unknown" => some(Outcome::Unknown) && !some(Outcome::Fail),
        "pass" => some(Outcome::Pass) && !some(Outcome::Fail) && !some(Outcome::Unknown),
        "not_applicable" => !outcomes.is_empty() && outcomes.iter().all(|o| *o == Outcome::NotApplicable),
        _ => return Err(format!("`{expected}` is no verdict")),
    };
    if right { Ok(()) } else { Err(format!("expected {expected}, found {:#?}", judged.findings)) }
}

/// Something fails, and what ending the failures saves a month is `wanted` in all.
fn saves(check: &'static Check, inventory: Inventory, wanted: &str) -> Result<(), String> {
    let failures = testbed::judge(check, &inventory).findings;
    let failures: Vec<_> = failures.into_iter().filter(|finding| finding.outcome == Outcome::Fail).collect();
    let savings: Vec<_> = failures.iter().filter_map(|finding| finding.saving.as_ref()).collect();
    let found = match savings.as_slice() {
        [] => "nothing".to_owned(),
        savings => savings.iter().map(|saving| saving.monthly).sum::<Usd>().to_string(),
    };
    let right = !failures.is_empty() && found == wanted;
    if right { Ok(()) } else { Err(format!("expected to save {wanted}, found {found}: {failures:#?}")) }
}
