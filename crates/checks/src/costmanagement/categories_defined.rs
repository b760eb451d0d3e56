//! `costmanagement_categories_defined`

use macros::check;
use model::{At, Fact, Inventory, Text, Verdict, View};

#[derive(Debug, View)]
#[view("AWS::CE::CostCategory", "Pilaster::Account")]
struct Place<'a> {
    at: At<'a>,
}

#[derive(Debug, View)]
#[view("AWS::CE::CostCategory")]
struct CostCategory<'a> {
    at: At<'a>,
    default_value: Fact<'a, Text<'a>>,
}

/// Cost categories have a value for what none of their rules covers
///
/// Categories map spending to teams and products. What no rule matches (a new account, an untagged resource)
/// belongs to no value at all, and is missing from every report that is grouped by the category. With a default it
/// stands there by name, and someone will ask whose it is. An account that pays needs one such category; a member of an
/// organization may leave that to the account that pays for all: waive it there.
///
/// ## Fix
/// Set `DefaultValue`, such as `unallocated`, and add rules until little is left under it.
/// ```yaml,fail
/// Type: AWS::CE::CostCategory
/// Properties: { Name: team, RuleVersion: CostCategoryExpression.v1, Rules: "[]" }
/// ```
/// ```yaml,pass
/// Type: AWS::CE::CostCategory
/// Properties: { Name: team, RuleVersion: CostCategoryExpression.v1, Rules: "[]", DefaultValue: unallocated }
/// ```
/// ```account,fail
/// { "Listed": ["AWS::CE::CostCategory"], "Resources": [{ "Type": "Pilaster::Account" }] }
/// ```
/// ```account,pass
/// [
///   { "Type": "Pilaster::Account" },
///   { "Type": "AWS::CE::CostCategory", "Properties": { "Name": "team", "DefaultValue": "unallocated" } }
/// ]
/// ```
#[check(COST03_BP03, COST03_BP06, severity = Low, code = Partly)]
fn costmanagement_categories_defined(place: &Place, around: &Inventory) -> Verdict {
    let expected = "a cost category with a default";
    around.one_of::<CostCategory>(&place.at, expected, |category| category.default_value.must_be_set())
}
