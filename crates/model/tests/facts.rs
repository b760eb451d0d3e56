//! What facts, lists and relations answer, for every state a value can be in.

use std::sync::Arc;

use indexmap::IndexMap;
use model::{
    At, Builder, Expression, ExpressionKind, Fact, FromAt, Inventory, List, Medium, Node, Origin, Outcome, Part,
    Presence, Reference, Resource, ResourceId, SourceId, Tags, Text, Value, View, Why,
};

#[derive(View)]
#[view("Test::Thing")]
struct Thing<'a> {
    at: At<'a>,
    enabled: Fact<'a, bool>,
    #[view(default = true)]
    on_by_default: Fact<'a, bool>,
    #[view(default = true, account = false)]
    on_for_new_ones: Fact<'a, bool>,
    days: Fact<'a, i64>,
    name: Fact<'a, Text<'a>>,
    names: List<'a, Fact<'a, Text<'a>>>,
    #[view(path = "Deep.Down")]
    down: Fact<'a, bool>,
    #[view(path = "Observed.LastUsed")]
    last_used: Fact<'a, Text<'a>>,
    other: Fact<'a, Text<'a>>,
    tags: Tags<'a>,
    #[view(attribute = "DeletionPolicy")]
    deletion_policy: Fact<'a, Text<'a>>,
}

fn origin() -> Origin {
    Origin::new(SourceId(0), 1, 1)
}

fn node(value: Value) -> Node {
    Node::new(value, origin())
}

fn text(text: &str) -> Node {
    node(Value::Text(text.into()))
}

fn parameter() -> Expression {
    Expression::new("!Ref P", ExpressionKind::Parameter { name: "P".into(), hidden: false })
}

fn unresolved() -> Node {
    Node::unresolved(parameter(), origin())
}

fn map(entries: Vec<(&str, Node)>) -> Node {
    node(Value::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()))
}

fn resource(properties: Vec<(&str, Node)>) -> Resource {
    Resource {
        kind: "Test::Thing".to_owned(),
        id: "Thing".to_owned(),
        name: None,
        arn: None,
        account: None,
        region: None,
        origin: origin(),
        presence: Presence::Certain,
        medium: Medium::Code,
        properties: map(properties),
        attributes: IndexMap::new(),
    }
}

fn inventory(resources: Vec<Resource>) -> Inventory {
    let mut builder = Builder::new();
    builder.file("t.yaml", "");
    for resource in resources {
        builder.resource(resource);
    }
    builder.build()
}

/// Asks one question of a thing with these properties.
fn ask(properties: Vec<(&str, Node)>, question: impl Fn(&Thing<'_>) -> model::Verdict) -> (Outcome, String) {
    let inventory = inventory(vec![resource(properties)]);
    let thing = inventory.all::<Thing<'_>>().next().expect("a thing");
    let verdict = question(&thing);
    let observed = verdict.evidence.first().map(|e| e.observed.clone()).unwrap_or_default();
    (verdict.outcome, observed)
}

#[test]
fn unset_is_judged_by_the_default_of_aws() {
    assert_eq!(ask(vec![], |t| t.enabled.must_be(true)), (Outcome::Fail, "unset".to_owned()));
    assert_eq!(ask(vec![], |t| t.enabled.must_not_be(true)), (Outcome::Pass, "unset".to_owned()));
    assert_eq!(ask(vec![], |t| t.on_by_default.must_be(true)), (Outcome::Pass, "unset, which means true".to_owned()));
    assert_eq!(ask(vec![], |t| t.on_for_new_ones.must_be(true)).0, Outcome::Pass);
    let mut account = resource(vec![]);
    account.medium = Medium::Account;
    let inventory = inventory(vec![account]);
    let thing = inventory.all::<Thing<'_>>().next().expect("a thing");
    assert_eq!(thing.on_for_new_ones.must_be(true).outcome, Outcome::Fail);
}

#[test]
fn unresolved_is_unknown_and_shows_its_expression() {
    let (outcome, observed) = ask(vec![("Enabled", unresolved())], |t| t.enabled.must_be(true));
    assert_eq!((outcome, observed.as_str()), (Outcome::Unknown, "!Ref P (parameter without a value)"));
    assert_eq!(ask(vec![("Deep", unresolved())], |t| t.down.must_be(true)).0, Outcome::Unknown);
    assert_eq!(ask(vec![("Names", unresolved())], |t| t.names.must_contain("a")).0, Outcome::Unknown);
    assert_eq!(ask(vec![("Days", unresolved())], |t| t.days.must_be_at_least(1)).0, Outcome::Unknown);
    assert_eq!(ask(vec![("Name", unresolved())], |t| t.name.must_be_set()).0, Outcome::Unknown);
}

#[test]
fn denied_is_unknown_and_names_the_action() {
    let denied = node(Value::Unknown(Why::Denied("s3:GetThing".into())));
    let (outcome, observed) = ask(vec![("Enabled", denied)], |t| t.enabled.must_be(true));
    assert_eq!((outcome, observed.as_str()), (Outcome::Unknown, "denied: s3:GetThing"));
}

#[test]
fn what_only_an_account_tells_is_unknown_in_code() {
    let (outcome, observed) = ask(vec![], |t| t.last_used.must_be_set());
    assert_eq!((outcome, observed.as_str()), (Outcome::Unknown, "only a running account can tell"));
}

#[test]
fn values_convert_as_cloudformation_converts_them() {
    assert_eq!(ask(vec![("Enabled", text("True"))], |t| t.enabled.must_be(true)).0, Outcome::Pass);
    assert_eq!(ask(vec![("Days", text(" 7 "))], |t| t.days.must_be_at_least(7)).0, Outcome::Pass);
    assert_eq!(ask(vec![("Days", node(Value::Number("30.0".into())))], |t| t.days.must_be(30)).0, Outcome::Pass);
    assert_eq!(ask(vec![("Name", node(Value::Number("1.10".into())))], |t| t.name.must_be("1.10")).0, Outcome::Pass);
    let (outcome, observed) = ask(vec![("Days", text("soon"))], |t| t.days.must_be_at_least(7));
    assert_eq!((outcome, observed.as_str()), (Outcome::Unknown, "soon, which is not an integer"));
}

#[test]
fn text_known_in_part_settles_what_its_parts_settle() {
    let reference = Reference { target: ResourceId(0), attribute: "Arn".into() };
    let pattern = || {
        let mut node = node(Value::Pattern(
            vec![Part::Text("arn:aws:".into()), Part::Reference(reference.clone()), Part::Text("/*".into())].into(),
        ));
        node.written = Some(Arc::new(Expression::set("!Sub arn:aws:${T.Arn}/*", ExpressionKind::Attribute)));
        node
    };
    let name = |question: fn(&Thing<'_>) -> model::Verdict| ask(vec![("Name", pattern())], question).0;
    assert_eq!(name(|t| t.name.must_not_be("*")), Outcome::Pass);
    assert_eq!(name(|t| t.name.must_be("arn:aws:s3:::x")), Outcome::Fail);
    assert_eq!(name(|t| t.name.must_be("arn:aws:x/*")), Outcome::Unknown);
    assert_eq!(name(|t| t.name.must_start_with("arn:")), Outcome::Pass);
    assert_eq!(name(|t| t.name.must_start_with("aws:")), Outcome::Fail);
    assert_eq!(name(|t| t.name.must_contain("/*")), Outcome::Pass);
    assert_eq!(name(|t| t.name.must_be_set()), Outcome::Pass);
    let reference = || node(Value::Reference(reference.clone()));
    assert_eq!(ask(vec![("Name", reference())], |t| t.name.must_be_set()).0, Outcome::Pass);
    assert_eq!(ask(vec![("Name", reference())], |t| t.name.must_not_be("*")).0, Outcome::Pass);
    assert_eq!(ask(vec![("Name", reference())], |t| t.name.must_be("x")).0, Outcome::Unknown);
}

#[test]
fn literals_are_told_from_references_and_never_shown() {
    let secret = |t: &Thing<'_>| t.name.must_not_be_literal();
    let inventory = inventory(vec![resource(vec![("Name", text("hunter2"))])]);
    let verdict = secret(&inventory.all::<Thing<'_>>().next().expect("a thing"));
    assert_eq!(verdict.outcome, Outcome::Fail);
    assert!(verdict.evidence.iter().all(|e| e.sensitive && !e.observed.contains("hunter2")));
    assert_eq!(ask(vec![("Name", unresolved())], secret).0, Outcome::Pass);
    assert_eq!(ask(vec![], secret).0, Outcome::NotApplicable);
}

#[test]
fn what_was_not_read_is_neither_a_literal_nor_none() {
    for why in [Why::NotRead, Why::Denied("test:Get".into())] {
        let unread = || vec![("Name", node(Value::Unknown(why.clone())))];
        assert_eq!(ask(unread(), |t| t.name.must_not_be_literal()).0, Outcome::Unknown);
        assert_eq!(ask(unread(), |t| t.name.must_hold_no_literal("none", |_| true)).0, Outcome::Unknown);
    }
}

#[test]
fn a_list_that_is_not_known_is_neither_empty_nor_full() {
    let choice = Node::unresolved(Expression::new("!If [C, x, !Ref AWS::NoValue]", ExpressionKind::Choice), origin());
    let names = |items: Vec<Node>| vec![("Names", node(Value::List(items)))];
    let two = |t: &Thing<'_>| t.names.must_have_at_least(2);
    assert_eq!(ask(names(vec![text("a"), unresolved()]), two).0, Outcome::Pass);
    assert_eq!(ask(names(vec![text("a"), choice]), two).0, Outcome::Unknown);
    assert_eq!(ask(names(vec![text("a")]), two).0, Outcome::Fail);
    assert_eq!(ask(vec![("Names", text("a"))], |t| t.names.must_contain("a")).0, Outcome::Pass);
    assert_eq!(ask(names(vec![text("a"), unresolved()]), |t| t.names.must_contain("b")).0, Outcome::Unknown);
    assert_eq!(ask(names(vec![text("a"), unresolved()]), |t| t.names.must_contain("a")).0, Outcome::Pass);
    assert_eq!(ask(vec![], |t| t.names.must_not_contain("a")).0, Outcome::Pass);
}

#[test]
fn tags_are_read_in_both_shapes() {
    let listed = vec![("Tags", node(Value::List(vec![map(vec![("Key", text("Owner")), ("Value", text("shop"))])])))];
    let mapped = vec![("Tags", map(vec![("Owner", text("shop"))]))];
    for tags in [listed, mapped] {
        assert_eq!(ask(tags.clone(), |t| t.tags.must_have("Owner", &[])).0, Outcome::Pass);
        assert_eq!(ask(tags.clone(), |t| t.tags.must_have("Owner", &["shop", "bar"])).0, Outcome::Pass);
        assert_eq!(ask(tags.clone(), |t| t.tags.must_have("Owner", &["bar"])).0, Outcome::Fail);
        assert_eq!(ask(tags, |t| t.tags.must_have("Stage", &[])).0, Outcome::Fail);
    }
    assert_eq!(ask(vec![("Tags", unresolved())], |t| t.tags.must_have("Owner", &[])).0, Outcome::Unknown);
}

#[test]
fn attributes_stand_beside_the_properties() {
    let mut kept = resource(vec![]);
    kept.attributes.insert("DeletionPolicy".to_owned(), text("Retain"));
    let inventory = inventory(vec![kept]);
    let thing = inventory.all::<Thing<'_>>().next().expect("a thing");
    assert_eq!(thing.deletion_policy.must_be("Retain").outcome, Outcome::Pass);
}

#[test]
fn relations_are_found_and_weighed() {
    let to_first = || node(Value::Reference(Reference { target: ResourceId(0), attribute: "Ref".into() }));
    let exists = |others: Vec<Resource>| {
        let inventory = inventory([vec![resource(vec![])], others].concat());
        let first = inventory.at(ResourceId(0));
        inventory.referring::<Thing<'_>>("Other", &first).must_exist("a companion").outcome
    };
    assert_eq!(exists(vec![]), Outcome::Fail);
    assert_eq!(exists(vec![resource(vec![("Other", to_first())])]), Outcome::Pass);
    assert_eq!(exists(vec![resource(vec![("Other", unresolved())])]), Outcome::Unknown);
    let mut perhaps = resource(vec![("Other", to_first())]);
    perhaps.presence = Presence::Possible(Arc::new(parameter()));
    assert_eq!(exists(vec![perhaps]), Outcome::Unknown);
}

#[test]
fn links_lead_to_what_was_read_and_say_so_where_they_do_not() {
    let mut named = resource(vec![]);
    named.name = Some("shop".to_owned());
    let outcome = |value: Option<Node>| {
        let holder = resource(value.map(|value| ("Other", value)).into_iter().collect());
        let inventory = inventory(vec![named.clone(), holder]);
        let holder = Thing::from_place(&inventory, ResourceId(1));
        inventory.linked::<Thing<'_>>(&holder.other).and_then(|thing| thing.enabled.must_not_be(true)).outcome
    };
    assert_eq!(outcome(Some(text("shop"))), Outcome::Pass);
    assert_eq!(outcome(Some(text("elsewhere"))), Outcome::Unknown);
    assert_eq!(outcome(Some(unresolved())), Outcome::Unknown);
    assert_eq!(outcome(None), Outcome::NotApplicable);
}

impl<'a> Thing<'a> {
    fn from_place(inventory: &'a Inventory, id: ResourceId) -> Self {
        FromAt::from_at(inventory.at(id))
    }
}

#[test]
fn a_question_that_cannot_tell_is_unknown() {
    let outcome = |value: Option<Node>, answer: Option<bool>| {
        let inventory = inventory(vec![resource(value.map(|value| ("Name", value)).into_iter().collect())]);
        Thing::from_place(&inventory, ResourceId(0)).name.must_surely("a name", |_| answer).outcome
    };
    assert_eq!(outcome(Some(text("a")), Some(true)), Outcome::Pass);
    assert_eq!(outcome(Some(text("a")), Some(false)), Outcome::Fail);
    assert_eq!(outcome(Some(text("a")), None), Outcome::Unknown);
    assert_eq!(outcome(Some(unresolved()), Some(true)), Outcome::Unknown);
    assert_eq!(outcome(None, Some(true)), Outcome::Fail);
}

#[test]
fn text_around_several_resources_speaks_of_each() {
    let part = |target| Part::Reference(Reference { target: ResourceId(target), attribute: "Ref".into() });
    let both = node(Value::Pattern([Part::Text("service/".into()), part(0), Part::Text("/".into()), part(1)].into()));
    let mut cluster = resource(vec![]);
    cluster.kind = "Test::Cluster".to_owned();
    let holder = resource(vec![("Other", both)]);
    let inventory = inventory(vec![cluster, resource(vec![]), holder]);
    for target in [0, 1] {
        let to = inventory.at(ResourceId(target));
        assert_eq!(inventory.referring::<Thing<'_>>("Other", &to).must_exist("one").outcome, Outcome::Pass);
    }
    let holder = Thing::from_place(&inventory, ResourceId(2));
    let linked = inventory.linked::<Thing<'_>>(&holder.other);
    assert!(matches!(linked, model::Linked::Found(thing) if thing.at.id() == ResourceId(1)));
}

#[test]
fn one_of_several_that_fails_does_so_whether_it_exists_or_not() {
    let to_first = || node(Value::Reference(Reference { target: ResourceId(0), attribute: "Ref".into() }));
    let mut perhaps = resource(vec![("Other", to_first()), ("Enabled", node(Value::Bool(false)))]);
    perhaps.presence = Presence::Possible(Arc::new(parameter()));
    let inventory = inventory(vec![resource(vec![]), perhaps]);
    let judged = |wanted| {
        let related = inventory.referring::<Thing<'_>>("Other", &inventory.at(ResourceId(0)));
        related.any("one", |thing| thing.enabled.must_be(wanted)).outcome
    };
    assert_eq!(judged(true), Outcome::Fail);
    assert_eq!(judged(false), Outcome::Unknown);
}

#[test]
fn json_in_text_is_read_like_properties() {
    let outcome = |value: Option<Node>| {
        let inventory = inventory(vec![resource(value.map(|value| ("Name", value)).into_iter().collect())]);
        let thing = Thing::from_place(&inventory, ResourceId(0));
        let verdict = thing.name.at().as_json(|at| Fact::<i64>::from_at(at.child("Deep.Days")).must_be_at_least(7));
        (verdict.outcome, verdict.evidence.first().map(|evidence| evidence.path.clone()).unwrap_or_default())
    };
    let path = || "Name.Deep.Days".to_owned();
    assert_eq!(outcome(Some(text(r#"{"Deep": {"Days": 7}}"#))), (Outcome::Pass, path()));
    assert_eq!(outcome(Some(text(r#"{"Deep": {"Days": 6}}"#))), (Outcome::Fail, path()));
    let written_out = map(vec![("Deep", map(vec![("Days", text("8"))]))]);
    assert_eq!(outcome(Some(written_out)), (Outcome::Pass, path()));
    assert_eq!(outcome(Some(text("no JSON"))), (Outcome::Unknown, "Name".to_owned()));
    assert_eq!(outcome(Some(unresolved())), (Outcome::Unknown, "Name".to_owned()));
    assert_eq!(outcome(None), (Outcome::NotApplicable, String::new()));
}

#[test]
fn what_a_gap_may_hide_is_not_absent() {
    let mut builder = Builder::new();
    builder.resource(resource(vec![]));
    let mut gap = model::Gap::in_file("t.yaml", None, "denied");
    gap.hides = vec!["Test::Thing".to_owned()];
    builder.gap(gap);
    let inventory = builder.build();
    let related = || inventory.referring::<Thing<'_>>("Other", &inventory.at(ResourceId(0)));
    assert_eq!(related().must_exist("a companion").outcome, Outcome::Unknown);
    assert_eq!(related().all(|thing| thing.enabled.must_be(true)).outcome, Outcome::Unknown);
}

#[test]
fn names_count_within_an_account_and_a_region() {
    let place = |region: &str, name: Option<&str>, other: Option<Node>| {
        let mut resource = resource(other.map(|other| ("Other", other)).into_iter().collect());
        resource.region = Some(region.to_owned());
        resource.name = name.map(str::to_owned);
        resource
    };
    let inventory = inventory(vec![
        place("eu-west-1", Some("shop"), None),
        place("us-east-1", Some("shop"), None),
        place("us-east-1", None, Some(text("shop"))),
    ]);
    let referring = |id: u32| {
        let at = inventory.at(ResourceId(id));
        inventory.referring::<Thing<'_>>("Other", &at).must_exist("a companion").outcome
    };
    assert_eq!((referring(0), referring(1)), (Outcome::Fail, Outcome::Pass));
    let holder = Thing::from_place(&inventory, ResourceId(2));
    match inventory.linked::<Thing<'_>>(&holder.other) {
        model::Linked::Found(thing) => assert_eq!(thing.at.id(), ResourceId(1)),
        other => unreachable!("{}", matches!(other, model::Linked::Outside(_))),
    }
}

#[test]
fn what_an_account_was_not_asked_for_is_not_absent() {
    let exists = |listed: bool| {
        let mut builder = Builder::new();
        let mut owner = resource(vec![]);
        owner.medium = Medium::Account;
        builder.resource(owner);
        if listed {
            builder.listed("Test::Thing");
        }
        let inventory = builder.build();
        inventory.referring::<Thing<'_>>("Other", &inventory.at(ResourceId(0))).must_exist("a companion").outcome
    };
    assert_eq!((exists(false), exists(true)), (Outcome::Unknown, Outcome::Fail));
}
