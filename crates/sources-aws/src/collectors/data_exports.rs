//! AWS Data Exports: exports of costs and usage, and the older reports of AWS CUR.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::Node;
use serde_json::json;

use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

static DATA_EXPORTS: Service = Service {
    endpoint: "bcm-data-exports",
    signing: "bcm-data-exports",
    variable: "BCM_DATA_EXPORTS",
    protocol: Protocol::Json { target: "AWSBillingAndCostManagementDataExports", version: "1.1" },
    scope: Scope::Global,
};

static CUR: Service = Service {
    endpoint: "cur",
    signing: "cur",
    variable: "COST_AND_USAGE_REPORT_SERVICE",
    protocol: Protocol::Json { target: "AWSOrigamiServiceGatewayService", version: "1.1" },
    scope: Scope::Global,
};

const PAGES: Pages = Pages::Token { answer: "NextToken", parameter: "NextToken" };

static EXPORTS: Call = Call {
    service: &DATA_EXPORTS,
    operation: "ListExports",
    path: "",
    action: "bcm-data-exports:ListExports",
    pages: PAGES,
    yields: &["AWS::BCMDataExports::Export"],
    unset: &[],
};

static EXPORT: Call = Call {
    service: &DATA_EXPORTS,
    operation: "GetExport",
    path: "",
    action: "bcm-data-exports:GetExport",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static REPORTS: Call = Call {
    service: &CUR,
    operation: "DescribeReportDefinitions",
    path: "",
    action: "cur:DescribeReportDefinitions",
    pages: PAGES,
    yields: &["AWS::CUR::ReportDefinition"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "data_exports",
    reach: Reach::Once,
    calls: &[&EXPORTS, &EXPORT, &REPORTS],
    collect: |run| Box::pin(exports(run)),
};

async fn exports(run: &Run) -> Result<(), Halt> {
    let (exports, reports) = tokio::join!(
        run.list(&EXPORTS, json!({ "MaxResults": 100 }), "Exports"),
        run.list(&REPORTS, json!({ "MaxResults": 5 }), "ReportDefinitions"),
    );
    let listed = exports.as_ref().map(drop).map_err(|halt| *halt);
    run.each(exports.unwrap_or_default(), export).await;
    for found in reports.iter().flatten() {
        let Some(name) = text(found, "ReportName") else { continue };
        run.add(Draft::new("AWS::CUR::ReportDefinition", name, found.origin).name(name).take(
            found,
            &[
                ("ReportName", "ReportName"),
                ("AdditionalArtifacts", "AdditionalArtifacts"),
                ("AdditionalSchemaElements", "AdditionalSchemaElements"),
                ("Compression", "Compression"),
                ("Format", "Format"),
                ("RefreshClosedReports", "RefreshClosedReports"),
                ("ReportVersioning", "ReportVersioning"),
                ("S3Bucket", "S3Bucket"),
                ("S3Prefix", "S3Prefix"),
                ("S3Region", "S3Region"),
                ("TimeUnit", "TimeUnit"),
                ("ReportStatus.lastStatus", "Observed.LastStatus"),
            ],
        ));
    }
    listed.and(reports.map(drop))
}

async fn export(run: &Run, found: Node) -> Vec<Draft> {
    let Some(arn) = text(&found, "ExportArn") else { return Vec::new() };
    let answer = run.get(&EXPORT, json!({ "ExportArn": arn })).await;
    let mut draft = Draft::new("AWS::BCMDataExports::Export", arn, found.origin).arn(arn);
    if let Some(name) = text(&found, "ExportName") {
        draft = draft.name(name);
    }
    draft = draft.take(&found, &[("ExportStatus.StatusCode", "Observed.Status")]);
    for property in ["DataQuery", "Description", "DestinationConfigurations", "Name", "RefreshCadence"] {
        draft = draft.set(&format!("Export.{property}"), answer.at(&format!("Export.{property}")));
    }
    vec![draft]
}
