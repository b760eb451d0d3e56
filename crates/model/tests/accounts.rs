//! What is judged of an account or a region as a whole.

use indexmap::IndexMap;
use model::{
    At, Builder, Fact, Gap, Inventory, Medium, Node, Origin, Outcome, Presence, Resource, ResourceId, Source, Value,
    Verdict, View,
};

#[derive(View)]
#[view("Test::Detector")]
struct Detector<'a> {
    at: At<'a>,
    enable: Fact<'a, bool>,
}

fn resource(kind: &str, account: &str, region: Option<&str>) -> Resource {
    let origin = Origin::new(model::SourceId(0), 0, 0);
    Resource {
        kind: kind.to_owned(),
        id: region.unwrap_or(account).to_owned(),
        name: None,
        arn: None,
        account: Some(account.to_owned()),
        region: region.map(str::to_owned),
        origin,
        presence: Presence::Certain,
        medium: Medium::Account,
        properties: Node::new(Value::Map(IndexMap::new()), origin),
        attributes: IndexMap::new(),
    }
}

fn detector(account: &str, region: &str, enable: bool) -> Resource {
    let mut detector = resource("Test::Detector", account, Some(region));
    let origin = detector.origin;
    let enable = Node::new(Value::Bool(enable), origin);
    detector.properties = Node::new(Value::Map(IndexMap::from([("Enable".to_owned(), enable)])), origin);
    detector
}

/// The account `a` and its region `here` come first.
fn around(others: Vec<Resource>, more: impl FnOnce(&mut Builder)) -> Inventory {
    let mut builder = Builder::new();
    builder.source(Source::Call { operation: "test:List".to_owned(), region: "here".to_owned() });
    builder.resource(resource("Pilaster::Account", "a", None));
    builder.resource(resource("Pilaster::Region", "a", Some("here")));
    others.into_iter().for_each(|other| {
        builder.resource(other);
    });
    more(&mut builder);
    builder.build()
}

/// As [`around`], where detectors were asked for.
fn listing(others: Vec<Resource>, more: impl FnOnce(&mut Builder)) -> Inventory {
    around(others, |builder| {
        builder.listed("Test::Detector");
        more(builder);
    })
}

fn judged(around: &Inventory, id: u32) -> Verdict {
    around.one_of::<Detector>(&around.at(ResourceId(id)), "a detector", |detector| detector.enable.must_be(true))
}

fn outcomes(others: Vec<Resource>, more: impl FnOnce(&mut Builder)) -> [Outcome; 2] {
    let around = listing(others, more);
    [judged(&around, 0).outcome, judged(&around, 1).outcome]
}

fn denied(account: &str, region: &str) -> Gap {
    Gap {
        account: Some(account.to_owned()),
        region: Some(region.to_owned()),
        hides: vec!["Test::Detector".to_owned()],
        ..Gap::in_file("", None, "denied")
    }
}

#[test]
fn an_account_has_one_anywhere_and_a_region_its_own() {
    use Outcome::{Fail, Pass};
    assert_eq!(outcomes(vec![], |_| {}), [Fail, Fail]);
    assert_eq!(outcomes(vec![detector("a", "here", true)], |_| {}), [Pass, Pass]);
    assert_eq!(outcomes(vec![detector("a", "here", false)], |_| {}), [Fail, Fail]);
    assert_eq!(outcomes(vec![detector("a", "there", true)], |_| {}), [Pass, Fail]);
    assert_eq!(outcomes(vec![detector("b", "here", true)], |_| {}), [Fail, Fail]);
}

#[test]
fn what_stands_for_itself_in_code_is_left_to_the_region_in_an_account() {
    let mut code = detector("a", "here", false);
    code.medium = Medium::Code;
    let around = listing(vec![detector("a", "here", false), code], |_| {});
    assert_eq!(judged(&around, 2).outcome, Outcome::NotApplicable);
    assert_eq!(judged(&around, 3).outcome, Outcome::Fail);
}

#[test]
fn a_gap_hides_in_its_own_account_and_region_only() {
    use Outcome::{Fail, Unknown};
    assert_eq!(outcomes(vec![], |b| b.gap(denied("a", "here"))), [Unknown, Unknown]);
    assert_eq!(outcomes(vec![], |b| b.gap(denied("a", "there"))), [Unknown, Fail]);
    assert_eq!(outcomes(vec![], |b| b.gap(denied("b", "here"))), [Fail, Fail]);
}

#[test]
fn where_a_service_is_not_nothing_is_missing() {
    use Outcome::{Fail, NotApplicable, Pass, Unknown};
    // Of the account it is not known: there may be regions that have it.
    let without = |b: &mut Builder| b.not_offered("Test::Detector", "a", "here");
    assert_eq!(outcomes(vec![], without), [Unknown, NotApplicable]);
    assert_eq!(outcomes(vec![detector("a", "there", true)], without), [Pass, NotApplicable]);
    assert_eq!(outcomes(vec![], |b| b.not_offered("Test::Detector", "a", "there")), [Unknown, Fail]);
    assert_eq!(outcomes(vec![], |b| b.not_offered("Test::Detector", "b", "here")), [Fail, Fail]);
}

#[test]
fn a_number_is_not_known_where_some_may_be_hidden() {
    let around = listing(vec![detector("a", "here", true)], |b| b.gap(denied("a", "here")));
    let at = around.at(ResourceId(1));
    assert_eq!(around.beside::<Detector>(&at).must_number_at_least(1).outcome, Outcome::Pass);
    assert_eq!(around.beside::<Detector>(&at).must_number_at_least(2).outcome, Outcome::Unknown);
    assert_eq!(around.beside::<Detector>(&at).must_number_at_most(1).outcome, Outcome::Unknown);
    assert_eq!(around.beside::<Detector>(&at).must_number_at_most(0).outcome, Outcome::Fail);
}

#[test]
fn of_many_that_will_not_do_their_number_is_enough() {
    let many = listing((0..9).map(|_| detector("a", "here", false)).collect(), |_| {});
    let verdict = judged(&many, 1);
    assert_eq!(verdict.evidence.len(), 1);
    assert_eq!(verdict.evidence[0].observed, "9 Test::Detector, none of which will do");
}

#[test]
fn what_is_not_offered_is_stored() {
    let around = listing(vec![], |b| b.not_offered("Test::Detector", "a", "here"));
    let stored = serde_json::to_string(&around).expect("serializable");
    let read: Inventory = serde_json::from_str(&stored).expect("readable");
    assert_eq!(judged(&read, 1).outcome, Outcome::NotApplicable);
}

#[test]
fn what_nobody_asked_for_is_not_judged() {
    let around = around(vec![], |_| {});
    assert_eq!([0, 1].map(|id| judged(&around, id).outcome), [Outcome::NotApplicable; 2]);
}
