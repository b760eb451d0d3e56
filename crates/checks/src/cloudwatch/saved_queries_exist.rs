//! `cloudwatch_saved_queries_exist`

use macros::check;
use model::{At, Fact, Inventory, List, Text, Verdict, View};

#[derive(Debug, View)]
#[view("AWS::Logs::QueryDefinition", "Pilaster::Account")]
struct Place<'a> {
    at: At<'a>,
}

#[derive(Debug, View)]
#[view("AWS::Logs::QueryDefinition")]
struct QueryDefinition<'a> {
    at: At<'a>,
    query_string: Fact<'a, Text<'a>>,
    log_group_names: List<'a, Fact<'a, Text<'a>>>,
}

/// Saved queries name the log groups they are for
///
/// The query that found the cause last time is worth keeping: the next one who is woken up can run it instead of writing
/// it. Without its log groups it is a text that someone has to know what to do with. Code without saved queries is not
/// judged, because they often stand elsewhere. An account needs one.
///
/// ## Fix
/// List the log groups of the workload in `LogGroupNames`, or choose them in the query with `SOURCE`.
/// ```yaml,fail
/// Type: AWS::Logs::QueryDefinition
/// Properties: { Name: errors, QueryString: "filter level = 'error'" }
/// ```
/// ```yaml,pass
/// Type: AWS::Logs::QueryDefinition
/// Properties: { Name: errors, QueryString: "filter level = 'error'", LogGroupNames: [/shop/web] }
/// ```
/// ```account,fail
/// { "Listed": ["AWS::Logs::QueryDefinition"], "Resources": [{ "Type": "Pilaster::Account" }] }
/// ```
/// ```account,pass
/// [
///   { "Type": "Pilaster::Account" },
///   { "Type": "AWS::Logs::QueryDefinition", "Properties": { "QueryString": "filter level = 'error'", "LogGroupNames": ["/shop/web"] } }
/// ]
/// ```
#[check(OPS08_BP02, REL06_BP05, severity = Low, code = Partly)]
fn cloudwatch_saved_queries_exist(place: &Place, around: &Inventory) -> Verdict {
    around.one_of::<QueryDefinition>(&place.at, "a query with its log groups", |query| {
        query.log_group_names.must_not_be_empty() | query.query_string.must_contain("SOURCE")
    })
}
