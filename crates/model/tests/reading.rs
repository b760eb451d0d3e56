//! Questions on text of which only parts are known, and on whole trees.

use std::sync::Arc;

use indexmap::IndexMap;
use model::{
    At, BLANK, Builder, Expression, ExpressionKind, Fact, FromAt, Inventory, List, Medium, Node, Origin, Outcome, Part,
    Presence, Reference, Resource, ResourceId, Text, Value, Why,
};

fn parameter(name: &str, hidden: bool) -> Expression {
    Expression::new(format!("!Ref {name}"), ExpressionKind::Parameter { name: name.into(), hidden })
}

fn account() -> Expression {
    Expression::set("!Ref AWS::AccountId", ExpressionKind::Pseudo)
}

/// An inventory of one resource whose property `P` has this value.
fn with(value: Value) -> Inventory {
    let mut builder = Builder::new();
    let source = builder.file("example.yaml", "");
    let origin = Origin::new(source, 1, 1);
    let properties = IndexMap::from([("P".to_owned(), Node::new(value, origin))]);
    builder.resource(Resource {
        kind: "AWS::Example::Thing".to_owned(),
        id: "Thing".to_owned(),
        name: None,
        arn: None,
        account: None,
        region: None,
        origin,
        presence: Presence::Certain,
        medium: Medium::Code,
        properties: Node::new(Value::Map(properties), origin),
        attributes: IndexMap::new(),
    });
    builder.build()
}

fn place(inventory: &Inventory) -> At<'_> {
    inventory.at(ResourceId(0)).child("P")
}

fn reads(value: Value, test: impl Fn(&str) -> bool) -> Outcome {
    let inventory = with(value);
    Fact::<Text<'_>>::from_at(place(&inventory)).must_read("something", test).outcome
}

fn pattern(parts: Vec<Part>) -> Value {
    Value::Pattern(parts.into())
}

fn unknown(expression: Expression) -> Value {
    Value::Unknown(Why::Unresolved(Arc::new(expression)))
}

#[test]
fn parts_that_aws_supplies_stand_for_fixed_text() {
    let arn = || {
        pattern(vec![
            Part::Text("arn:aws:iam::".into()),
            Part::Unknown(Arc::new(account())),
            Part::Text(":role/web".into()),
        ])
    };
    assert_eq!(reads(arn(), |text| text == format!("arn:aws:iam::{BLANK}:role/web")), Outcome::Pass);
    assert_eq!(reads(arn(), |text| text.contains('*')), Outcome::Fail);
    let reference = Value::Reference(Reference { target: ResourceId(0), attribute: "Arn".into() });
    assert_eq!(reads(reference, |text| text.starts_with(BLANK)), Outcome::Pass);
    assert_eq!(reads(unknown(account()), |text| !text.contains('*')), Outcome::Pass);
}

#[test]
fn parts_that_may_be_anything_settle_nothing_but_what_holds_either_way() {
    let arn =
        || pattern(vec![Part::Text("arn:aws:iam::".into()), Part::Unknown(Arc::new(parameter("Account", false)))]);
    assert_eq!(reads(arn(), |text| text.starts_with("arn:")), Outcome::Pass);
    assert_eq!(reads(arn(), |text| !text.contains('*')), Outcome::Unknown);
    // It may be that the parameter makes it so.
    assert_eq!(reads(arn(), |text| text.ends_with("111122223333")), Outcome::Unknown);
    assert_eq!(reads(unknown(parameter("Any", false)), |text| !text.contains('*')), Outcome::Unknown);
}

#[test]
fn what_the_deployment_supplies_is_a_list_of_one_and_no_wildcard() {
    let inventory = with(unknown(account()));
    let list = List::<Fact<'_, Text<'_>>>::from_at(place(&inventory));
    assert_eq!(list.must_not_contain("*").outcome, Outcome::Pass);
    assert_eq!(list.must_contain("111122223333").outcome, Outcome::Unknown);
    let inventory = with(unknown(parameter("Accounts", false)));
    let list = List::<Fact<'_, Text<'_>>>::from_at(place(&inventory));
    assert_eq!(list.must_not_contain("*").outcome, Outcome::Unknown);
}

#[test]
fn hidden_parameters_are_found_in_parts() {
    let shows = |value| {
        let inventory = with(value);
        Fact::<Text<'_>>::from_at(place(&inventory)).must_hold_no_hidden_parameter().outcome
    };
    let within =
        |hidden| pattern(vec![Part::Text("login ".into()), Part::Unknown(Arc::new(parameter("Password", hidden)))]);
    assert_eq!(shows(unknown(parameter("Password", true))), Outcome::Fail);
    assert_eq!(shows(within(true)), Outcome::Fail);
    assert_eq!(shows(within(false)), Outcome::Pass);
    assert_eq!(shows(Value::Text("plain".into())), Outcome::Pass);
}

#[test]
fn literals_are_found_anywhere_and_never_shown() {
    let origin = Origin::new(model::SourceId(0), 1, 1);
    let node = |value| Node::new(value, origin);
    let entry = |name: &str, value| (name.to_owned(), node(value));
    let inventory = with(Value::List(vec![
        node(Value::Map(IndexMap::from([
            entry("User", Value::Text("shop".into())),
            entry("Password", Value::Text("hunter22".into())),
        ]))),
        node(Value::Map(IndexMap::from([entry("Password", unknown(parameter("Password", true)))]))),
    ]));
    let verdict = place(&inventory).must_hold_no_literal("no password", |names, _| names.last() == Some(&"Password"));
    assert_eq!(verdict.outcome, Outcome::Fail);
    assert_eq!(verdict.evidence.len(), 1);
    assert_eq!(verdict.evidence[0].path, "P[0].Password");
    assert!(verdict.evidence[0].sensitive && !verdict.evidence[0].observed.contains("hunter22"));
    let verdict = place(&inventory).must_hold_no_literal("no key", |_, text| text.starts_with("AKIA"));
    assert_eq!(verdict.outcome, Outcome::Pass);
}
