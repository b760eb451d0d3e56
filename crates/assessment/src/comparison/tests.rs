//! Comparisons of assessments made by hand.

use findings::{DecidedBy, Effort, Level, WaiverScope};
use indexmap::IndexMap;
use jiff::civil::date;
use model::{Builder, Medium, Node, Origin, Outcome, Presence, Reference, Value};
use proptest::prelude::*;

use super::*;
use crate::{Tally, Target, pillar};

/// An assessment in the making.
#[derive(Default)]
pub(crate) struct Draft {
    builder: Builder,
    files: Vec<String>,
    resources: u32,
    checks: Vec<CheckResult>,
    findings: Vec<Finding>,
}

impl Draft {
    /// A resource of code: type, id, file, and what its property `Is` says, if it has any.
    pub(crate) fn resource(&mut self, kind: &str, id: &str, file: &str, is: Option<Value>) -> &mut Self {
        let source = match self.files.iter().position(|known| known == file) {
            Some(number) => model::SourceId(number as u32),
            None => {
                self.files.push(file.to_owned());
                self.builder.file(file, "")
            }
        };
        // Lines differ from draft to draft.
        let origin = Origin::new(source, self.resources * 7 + self.checks.len() as u32 + 1, 1);
        let entries = is.map(|value| ("Is".to_owned(), Node::new(value, origin)));
        let entries: IndexMap<String, Node> = entries.into_iter().collect();
        self.builder.resource(Resource {
            kind: kind.to_owned(),
            id: id.to_owned(),
            name: None,
            arn: None,
            account: None,
            region: None,
            origin,
            presence: Presence::Certain,
            medium: Medium::Code,
            properties: Node::new(Value::Map(entries), origin),
            attributes: IndexMap::new(),
        });
        self.resources += 1;
        self
    }

    /// What the last resource was called before.
    fn formerly(&mut self, ids: &[&str]) -> &mut Self {
        let ids = ids.iter().map(|id| (*id).to_owned()).collect();
        self.builder.formerly(ResourceId(self.resources - 1), ids);
        self
    }

    /// A bucket that says `is`.
    pub(crate) fn bucket(&mut self, id: &str, file: &str, is: &str) -> &mut Self {
        self.resource("AWS::S3::Bucket", id, file, Some(Value::Text(is.into())))
    }

    pub(crate) fn check(&mut self, id: &str, severity: Severity, practice: &str) -> &mut Self {
        let level = Level::Fully;
        self.checks.push(CheckResult {
            id: id.to_owned(),
            service: "s3".to_owned(),
            claim: String::new(),
            why: String::new(),
            fix: String::new(),
            severity,
            effort: Effort::Small,
            needs: Vec::new(),
            practices: vec![practice.parse().expect("a practice")],
            fsbp: Vec::new(),
            cis: Vec::new(),
            decided_by: DecidedBy { live: level, cloudformation: level, plan: level, directory: level },
            saves: false,
            tally: Tally::default(),
        });
        self
    }

    pub(crate) fn last_check(&mut self) -> &mut CheckResult {
        self.checks.last_mut().expect("a check")
    }

    /// What the last check says of a resource.
    pub(crate) fn says(&mut self, resource: u32, status: Status) -> &mut Self {
        let check = self.checks.last_mut().expect("a check");
        check.tally.count(status);
        self.findings.push(Finding {
            id: format!("{}/{resource}", check.id),
            check: self.checks.len() as u32 - 1,
            resource: ResourceId(resource),
            outcome: match status {
                Status::Fail | Status::Waived => Outcome::Fail,
                Status::Unknown => Outcome::Unknown,
                Status::Pass => Outcome::Pass,
                Status::NotApplicable => Outcome::NotApplicable,
            },
            severity: self.checks.last().expect("a check").severity,
            evidence: Vec::new(),
            waiver: (status == Status::Waived).then_some(0),
            known: false,
            saving: None,
        });
        self
    }

    pub(crate) fn done(&mut self) -> Assessment {
        let draft = std::mem::take(self);
        let pillars = pillar::results(&draft.checks, &[]);
        Assessment {
            version: "0.1.0".to_owned(),
            today: date(2026, 11, 1),
            target: Target { paths: vec!["shop".to_owned()], parameters: Vec::new(), account: None, region: None },
            inventory: draft.builder.build(),
            checks: draft.checks,
            findings: draft.findings,
            waivers: vec![findings::Waiver {
                check: "*".to_owned(),
                scope: WaiverScope::Pattern { resource: None, tag: None },
                reason: "known".to_owned(),
                owner: None,
                until: None,
                place: "pilaster.toml:1".to_owned(),
            }],
            waiver_problems: Vec::new(),
            has_baseline: false,
            practices: Vec::new(),
            questions: Vec::new(),
            pillars,
        }
    }
}

/// One bucket and one check that says this of it.
fn saying(status: Status) -> Assessment {
    let mut draft = Draft::default();
    draft.bucket("Logs", "shop.yaml", "a").check("versioning", Severity::High, "SEC08-BP02").says(0, status).done()
}

/// Every change as `kind cause`.
fn told(comparison: &Comparison<'_>) -> Vec<String> {
    comparison.changes.iter().map(|change| format!("{} {}", change.kind.id(), change.cause.id())).collect()
}

#[test]
fn what_became_of_a_finding() {
    use Status::{Fail, NotApplicable, Pass, Unknown, Waived};
    for (before, after, expected, anew) in [
        (Pass, Fail, Some("new"), true),
        (NotApplicable, Fail, Some("new"), true),
        (Unknown, Fail, Some("now_known"), true),
        (Waived, Fail, Some("no_longer_waived"), true),
        (Waived, Unknown, Some("no_longer_waived"), false),
        (Fail, Pass, Some("fixed"), false),
        (Fail, NotApplicable, Some("fixed"), false),
        (Waived, Pass, Some("fixed"), false),
        (Fail, Unknown, Some("now_unknown"), false),
        (Pass, Unknown, Some("now_unknown"), false),
        (Unknown, Pass, Some("now_known"), false),
        (Fail, Waived, Some("waived"), false),
        (Unknown, Waived, Some("waived"), false),
        (Fail, Fail, None, false),
        (Pass, NotApplicable, None, false),
        (Waived, Waived, None, false),
    ] {
        let (old, new) = (saying(before), saying(after));
        let comparison = Comparison::between(&old, &new);
        let expected: Vec<String> = expected.map(|kind| format!("{kind} verdict")).into_iter().collect();
        assert_eq!(told(&comparison), expected, "{before} to {after}");
        assert_eq!(comparison.worst_new(), anew.then_some(Severity::High), "{before} to {after}");
        assert_eq!(comparison.still_failing, u32::from(before == Fail && after == Fail));
    }
}

#[test]
fn what_failed_and_was_fixed_is_reopened() {
    let (first, second, third) = (saying(Status::Fail), saying(Status::Pass), saying(Status::Fail));
    assert_eq!(told(&Comparison::with_history(&[&first], &second, &third)), ["reopened verdict"]);
    assert_eq!(told(&Comparison::with_history(&[&second], &second, &third)), ["new verdict"]);
    let without = Draft::default().check("versioning", Severity::High, "SEC08-BP02").done();
    assert_eq!(told(&Comparison::with_history(&[&first], &without, &third)), ["new resource"]);
}

#[test]
fn what_is_gone_is_not_fixed() {
    let before = saying(Status::Fail);
    let mut empty = Draft::default();
    let after = empty.check("versioning", Severity::High, "SEC08-BP02").done();
    let comparison = Comparison::between(&before, &after);
    assert_eq!(told(&comparison), ["gone resource"]);
    assert_eq!((comparison.gone.len(), comparison.appeared.len()), (1, 0));
    // A gap in the file, or one that names the type, may hide it.
    for gap in [
        Gap::in_file("shop.yaml", Some(3), "it cannot be parsed"),
        Gap { hides: vec!["AWS::S3::Bucket".to_owned()], reason: "denied".to_owned(), ..Gap::default() },
    ] {
        empty.builder.gap(gap);
        let hiding = empty.check("versioning", Severity::High, "SEC08-BP02").done();
        let comparison = Comparison::between(&before, &hiding);
        assert_eq!(told(&comparison), ["gone gap"]);
        assert_eq!(comparison.differences.first().map(|one| one.scope), Some(Scope::Gaps));
        assert_eq!(told(&Comparison::between(&hiding, &before)), ["new gap"]);
    }
    let unchecked = Draft::default().bucket("Logs", "shop.yaml", "a").done();
    assert_eq!(told(&Comparison::between(&before, &unchecked)), ["gone check"]);
    assert_eq!(told(&Comparison::between(&unchecked, &before)), ["new check"]);
}

#[test]
fn another_severity_is_told() {
    let before = saying(Status::Fail);
    let mut draft = Draft::default();
    let after = draft.bucket("Logs", "shop.yaml", "a").check("versioning", Severity::Low, "SEC08-BP02");
    let after = after.says(0, Status::Fail).done();
    let comparison = Comparison::between(&before, &after);
    assert_eq!(told(&comparison), ["severity verdict"]);
    let severities = &comparison.differences[0];
    assert_eq!(
        (severities.scope, severities.after.as_slice()),
        (Scope::Severities, &["versioning low".to_owned()][..])
    );
}

/// The pairs of ids that two drafts of buckets are matched by: id, file, content.
fn matched(before: &[(&str, &str, &str)], after: &[(&str, &str, &str)]) -> Vec<(String, String)> {
    let inventory = |buckets: &[(&str, &str, &str)]| {
        let mut draft = Draft::default();
        for (id, file, is) in buckets {
            match *is {
                "" => draft.resource("AWS::S3::Bucket", id, file, None),
                is => draft.bucket(id, file, is),
            };
        }
        draft.done().inventory
    };
    let (before, after) = (inventory(before), inventory(after));
    let pairs = Pairs::between(&before, &after);
    let name = |inventory: &Inventory, id: ResourceId| {
        let resource = inventory.resource(id);
        format!("{} {}", file(inventory, resource).unwrap_or_default(), resource.id)
    };
    (0..before.resources.len() as u32)
        .filter_map(|number| Some((ResourceId(number), pairs.after(ResourceId(number))?)))
        .map(|(old, new)| (name(&before, old), name(&after, new)))
        .collect()
}

#[test]
fn resources_are_found_again() {
    let pair = |before: &str, after: &str| (before.to_owned(), after.to_owned());
    // Renamed files, with one logical id in each.
    assert_eq!(
        matched(&[("Logs", "a", "x"), ("Logs", "b", "y")], &[("Logs", "c", "y"), ("Logs", "d", "x")]),
        [pair("a Logs", "d Logs"), pair("b Logs", "c Logs")]
    );
    // Of twins the file tells, even where the other now says what this one did.
    assert_eq!(matched(&[("Logs", "a", "x"), ("Logs", "b", "y")], &[("Logs", "a", "y")]), [pair("a Logs", "a Logs")]);
    // A reordered list, and one that lost its first item.
    let list = [("q[0]", "f", "x"), ("q[1]", "f", "y"), ("q[2]", "f", "z")];
    assert_eq!(
        matched(&list, &[("q[0]", "f", "z"), ("q[1]", "f", "y"), ("q[2]", "f", "x")]),
        [pair("f q[0]", "f q[2]"), pair("f q[1]", "f q[1]"), pair("f q[2]", "f q[0]")]
    );
    assert_eq!(
        matched(&list, &[("q[0]", "f", "y"), ("q[1]", "f", "z")]),
        [pair("f q[1]", "f q[0]"), pair("f q[2]", "f q[1]")]
    );
    // An item that changed stays where it was.
    assert_eq!(matched(&list[..1], &[("q[0]", "f", "w")]), [pair("f q[0]", "f q[0]")]);
    // Another address: the same properties, or the same name in a module and other properties.
    assert_eq!(matched(&[("t.old", "f", "x")], &[("t.new", "f", "x")]), [pair("f t.old", "f t.new")]);
    assert_eq!(
        matched(&[("t.logs", "f", "x")], &[("module.store.t.logs", "g", "y"), ("t.b", "g", "z")]),
        [pair("f t.logs", "g module.store.t.logs")]
    );
    // Neither is a likeness: no properties at all, or a name that two have.
    assert_eq!(matched(&[("Logs", "f", "")], &[("Images", "f", "")]), []);
    assert_eq!(matched(&[("a.logs", "f", "x"), ("b.logs", "f", "y")], &[("c.logs", "f", "z")]), []);
}

#[test]
fn references_are_alike_whatever_their_targets_are_called() {
    let draft = |prefix: &str, first: &str| {
        let mut draft = Draft::default();
        if !first.is_empty() {
            draft.bucket(first, "f", "other");
        }
        let target = ResourceId(draft.resources);
        let reference = Value::Reference(Reference { target, attribute: "Arn".into() });
        draft.bucket(&format!("{prefix}.bucket"), "f", "x");
        draft.resource("AWS::S3::BucketPolicy", &format!("{prefix}.policy"), "f", Some(reference));
        draft.done().inventory
    };
    let (before, after) = (draft("a", ""), draft("b.a", "first"));
    let pairs = Pairs::between(&before, &after);
    assert_eq!(pairs.after(ResourceId(1)), Some(ResourceId(2)));
}

#[test]
fn in_an_account_another_id_is_another_resource() {
    let inventory = |id: &str| {
        let mut inventory = Draft::default().bucket(id, "f", "x").done().inventory;
        inventory.resources[0].medium = Medium::Account;
        inventory
    };
    assert_eq!(Pairs::between(&inventory("a/logs"), &inventory("b/logs")).after(ResourceId(0)), None);
}

#[test]
fn what_makes_two_hard_to_compare_is_told() {
    let (mut before, mut after) = (saying(Status::Pass), saying(Status::Pass));
    assert_eq!(Comparison::between(&before, &after).differences, []);
    before.today = date(2026, 11, 2);
    after.version = "0.2.0".to_owned();
    after.target.region = Some("eu-west-1".to_owned());
    after.target.parameters = vec!["Size".to_owned()];
    before.target.paths.push("extra".to_owned());
    after.inventory.resources[0].medium = Medium::Account;
    let comparison = Comparison::between(&before, &after);
    let scopes: Vec<&str> = comparison.differences.iter().map(|one| one.scope.id()).collect();
    assert_eq!(scopes, ["date", "version", "source", "regions", "paths", "parameters"]);
    assert_eq!(comparison.differences[4].before, ["extra"]);
}

/// What became of buckets, as `id` or `former > id`, of those that appeared `+id`, of those that are gone `-id`.
fn became(before: &Assessment, after: &Assessment) -> Vec<String> {
    let comparison = Comparison::between(before, after);
    let id = |one: &Assessment, id: ResourceId| one.inventory.resource(id).id.clone();
    let moved = comparison.moved.iter().map(|(old, new)| format!("{} > {}", id(before, *old), id(after, *new)));
    let appeared = comparison.appeared.iter().map(|new| format!("+{}", id(after, *new)));
    moved.chain(appeared).chain(comparison.gone.iter().map(|old| format!("-{}", id(before, *old)))).collect()
}

#[test]
fn what_was_called_otherwise_is_the_same_whatever_else_changed() {
    let before = Draft::default().bucket("x.a", "a.tf", "one").done();
    let moved = Draft::default().bucket("x.c", "b.tf", "two").formerly(&["x.b", "x.a"]).done();
    assert_eq!(became(&before, &moved), ["x.a > x.c"]);
    // Another now has the id that it had.
    let mut draft = Draft::default();
    let again = draft.bucket("x.a", "a.tf", "one").bucket("x.b", "a.tf", "two").formerly(&["x.a"]).done();
    assert_eq!(became(&before, &again), ["x.a > x.b", "+x.a"]);
    // Both were there already: what is said of the move is old.
    let later = Draft::default().bucket("x.a", "a.tf", "3").bucket("x.b", "a.tf", "4").formerly(&["x.a"]).done();
    assert_eq!(became(&again, &later), Vec::<String>::new());
    // Nobody knows which of two it was.
    let twins = Draft::default().bucket("x.a", "a/a.tf", "5").bucket("x.a", "b/a.tf", "6").done();
    assert_eq!(became(&twins, &moved), ["+x.c", "-x.a", "-x.a"]);
}

#[test]
fn that_one_run_was_given_a_region_makes_no_other_resources() {
    let in_region = |region: Option<&str>| {
        let mut one = Draft::default().bucket("x.a", "a.tf", "one").bucket("x.b", "a.tf", "two").done();
        one.inventory.resources.iter_mut().for_each(|bucket| bucket.region = region.map(str::to_owned));
        one
    };
    let (none, here, there) = (in_region(None), in_region(Some("eu-west-1")), in_region(Some("us-east-1")));
    assert_eq!(became(&none, &here), Vec::<String>::new());
    assert_eq!(became(&here, &none), Vec::<String>::new());
    assert_eq!(became(&here, &there).len(), 4);
}

#[test]
fn a_gap_that_only_moved_is_no_difference() {
    let with_gap = |line| {
        let mut draft = Draft::default();
        draft.builder.gap(Gap::in_file("a.yaml", Some(line), "a key stands there twice"));
        draft.done()
    };
    assert_eq!(Comparison::between(&with_gap(1), &with_gap(9)).differences, []);
}

/// One of a pair of statuses.
type Pick = fn(&(Option<Status>, Option<Status>)) -> Option<Status>;

fn status() -> impl Strategy<Value = Option<Status>> {
    use Status::{Fail, NotApplicable, Pass, Unknown, Waived};
    prop::option::weighted(0.8, prop::sample::select(vec![Fail, Pass, Unknown, Waived, NotApplicable]))
}

/// Up to five checks with what each says of six resources, of which some are not there.
fn drawn() -> impl Strategy<Value = Assessment> {
    let check = (prop::sample::select(Severity::ALL.to_vec()), any::<bool>(), prop::collection::vec(status(), 6));
    (prop::collection::btree_map(0..5_u8, check, 0..5), prop::collection::vec(any::<bool>(), 6)).prop_map(
        |(checks, there)| {
            let mut draft = Draft::default();
            let mut numbers = Vec::new();
            for (number, is_there) in there.into_iter().enumerate() {
                numbers.push(is_there.then_some(draft.resources));
                if is_there {
                    draft.bucket(&format!("b{number}"), "f", &format!("content {number}"));
                }
            }
            for (id, (severity, is_security, statuses)) in checks {
                draft.check(&format!("check_{id}"), severity, if is_security { "SEC08-BP02" } else { "REL09-BP01" });
                for (number, status) in numbers.iter().zip(statuses) {
                    if let (Some(number), Some(status)) = (number, status) {
                        draft.says(*number, status);
                    }
                }
            }
            draft.done()
        },
    )
}

proptest! {
    #[test]
    fn steps_add_up_to_the_change_and_scores_are_those_of_the_assessments(before in drawn(), after in drawn()) {
        let comparison = Comparison::between(&before, &after);
        for ((change, old), new) in comparison.pillars.iter().zip(&before.pillars).zip(&after.pillars) {
            let points = |tenths: Option<i32>| tenths.map(|tenths| (tenths / 10) as u8);
            prop_assert_eq!((points(change.before), points(change.after)), (old.score, new.score));
            if let Some(whole) = change.change() {
                let sum: i32 = change.steps.iter().map(|step| step.tenths).sum();
                prop_assert_eq!(sum, whole);
            }
        }
        // What fails anew is what fails now and did not.
        let failing = |one: &Assessment| one.tally().failed;
        let anew = comparison.changes.iter().filter(|change| comparison.fails_anew(change)).count() as u32;
        prop_assert_eq!(anew + comparison.still_failing, failing(&after));
        let nothing = Comparison::between(&after, &after);
        prop_assert!(nothing.changes.is_empty() && nothing.differences.is_empty());
        prop_assert!(nothing.pillars.iter().all(|pillar| pillar.steps.is_empty()));
    }

    #[test]
    fn without_checks_that_differ_checks_move_nothing(statuses in prop::collection::vec((status(), status()), 6)) {
        let of = |pick: Pick| {
            let mut draft = Draft::default();
            for (number, pair) in statuses.iter().enumerate() {
                if pick(pair).is_some() {
                    draft.bucket(&format!("b{number}"), "f", &format!("content {number}"));
                }
            }
            draft.check("one", Severity::High, "SEC08-BP02");
            for (number, status) in statuses.iter().filter_map(pick).enumerate() {
                draft.says(number as u32, status);
            }
            draft.done()
        };
        let (before, after) = (of(|pair| pair.0), of(|pair| pair.1));
        let comparison = Comparison::between(&before, &after);
        prop_assert!(comparison.pillars.iter().flat_map(|p| &p.steps).all(|step| step.mover != Mover::Checks));
    }
}
