//! `dataexports_cost_and_usage_configured`

use macros::check;
use model::{At, Fact, List, Text, Verdict, View, when};

/// A data export, or a report of the older kind.
#[derive(Debug, View)]
#[view("AWS::BCMDataExports::Export", "AWS::CUR::ReportDefinition")]
struct Export<'a> {
    at: At<'a>,
    #[view(path = "Export.DataQuery.QueryStatement")]
    query: Fact<'a, Text<'a>>,
    /// Off unless asked for (AWS Data Exports User Guide, "Cost and Usage Report (CUR) 2.0").
    #[view(path = "Export.DataQuery.TableConfigurations.COST_AND_USAGE_REPORT.INCLUDE_RESOURCES", default = "FALSE")]
    include_resources: Fact<'a, Text<'a>>,
    additional_schema_elements: List<'a, Fact<'a, Text<'a>>>,
}

/// Cost and usage exports tell the cost of single resources
///
/// Without resource ids an export says what a service cost, and not which bucket or instance it was: there is
/// nothing to act on. They cannot be added for months that are past.
///
/// ## Fix
/// In an `AWS::BCMDataExports::Export` set `INCLUDE_RESOURCES: "TRUE"` in the table configuration of
/// `COST_AND_USAGE_REPORT`; in an `AWS::CUR::ReportDefinition` add `RESOURCES` to `AdditionalSchemaElements`. The
/// files become larger.
/// ```yaml,fail
/// Type: AWS::BCMDataExports::Export
/// Properties:
///   Export:
///     Name: costs
///     DataQuery: { QueryStatement: SELECT line_item_usage_amount FROM COST_AND_USAGE_REPORT }
/// ```
/// ```yaml,pass
/// Type: AWS::BCMDataExports::Export
/// Properties:
///   Export:
///     Name: costs
///     DataQuery:
///       QueryStatement: SELECT line_item_resource_id, line_item_usage_amount FROM COST_AND_USAGE_REPORT
///       TableConfigurations:
///         COST_AND_USAGE_REPORT: { TIME_GRANULARITY: DAILY, INCLUDE_RESOURCES: "TRUE" }
/// ```
/// ```yaml,pass
/// Type: AWS::CUR::ReportDefinition
/// Properties: { ReportName: costs, TimeUnit: DAILY, AdditionalSchemaElements: [RESOURCES] }
/// ```
#[check(COST03_BP01, COST01_BP04, severity = Medium, code = Partly)]
fn dataexports_cost_and_usage_configured(export: &Export) -> Verdict {
    let is_report = export.at.must_be_a("AWS::CUR::ReportDefinition");
    when(is_report, || export.additional_schema_elements.must_contain("RESOURCES"))
        & when(export.query.must_contain("COST_AND_USAGE_REPORT"), || {
            export.include_resources.must("TRUE", |value| value.eq_ignore_ascii_case("true"))
        })
}
