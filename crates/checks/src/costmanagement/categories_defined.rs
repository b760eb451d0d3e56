//! `costmanagement_categories_defined`

use macros::check;
use model::{At, Fact, Text, Verdict, View};

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
/// stands there by name, and someone will ask whose it is.
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
#[check(COST03_BP03, COST03_BP06, severity = Low, code = Partly)]
fn costmanagement_categories_defined(category: &CostCategory) -> Verdict {
    category.default_value.must_be_set()
}
