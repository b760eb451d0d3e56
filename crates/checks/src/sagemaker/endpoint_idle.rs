//! `sagemaker_endpoint_idle`

use findings::Settings;
use macros::check;
use model::{At, Fact, List, Text, Verdict, View, when};

use crate::moment::must_be_past;
use crate::views::metrics::Metric;

#[derive(Debug, View)]
#[view("AWS::SageMaker::Endpoint")]
struct Endpoint<'a> {
    at: At<'a>,
    #[view(path = "Observed.Status")]
    status: Fact<'a, Text<'a>>,
    #[view(path = "Observed.CreationTime")]
    created: Fact<'a, Text<'a>>,
    /// Of endpoints that take requests from a queue.
    #[view(path = "Observed.AsyncInferenceConfig")]
    asynchronous: At<'a>,
    #[view(path = "Observed.ProductionVariants")]
    variants: List<'a, Variant<'a>>,
    #[view(path = "Observed.Metrics.Invocations")]
    invocations: Metric<'a>,
}

#[derive(Debug, View)]
struct Variant<'a> {
    at: At<'a>,
    /// None where the variant is serverless.
    #[view(default = 0)]
    current_instance_count: Fact<'a, i64>,
}

/// SageMaker endpoints have been asked for something within the last fortnight
///
/// The instances behind an endpoint are charged by the second for as long as it is in service, and those
/// that serve models are among the most expensive there are. Endpoints of experiments stay behind because
/// nothing ends them. SageMaker counts invocations, and reports nothing while there are none. Endpoints
/// without instances and those that take their requests from a queue are not judged.
///
/// ## Fix
/// Delete the endpoint: its model and its configuration stay, and it can be made again from them. For rare
/// requests use serverless or asynchronous inference, or let its instances scale to zero.
/// ```account,fail
/// {"Type": "AWS::SageMaker::Endpoint", "Properties": {"Observed": {"Status": "InService",
///   "CreationTime": 1640995200, "ProductionVariants": [{"VariantName": "all", "CurrentInstanceCount": 1}],
///   "Metrics": {"Invocations": {"Days": 0}}}}}
/// ```
/// ```account,pass
/// {"Type": "AWS::SageMaker::Endpoint", "Properties": {"Observed": {"Status": "InService",
///   "CreationTime": 1640995200, "ProductionVariants": [{"VariantName": "all", "CurrentInstanceCount": 1}],
///   "Metrics": {"Invocations": {"Sum": 42, "Days": 2}}}}}
/// ```
/// ```account,not_applicable
/// {"Type": "AWS::SageMaker::Endpoint", "Properties": {"Observed": {"Status": "InService",
///   "CreationTime": 1640995200, "ProductionVariants": [{"VariantName": "all",
///     "CurrentServerlessConfig": {"MemorySizeInMB": 2048, "MaxConcurrency": 5}}],
///   "Metrics": {"Invocations": {"Days": 0}}}}}
/// ```
/// ```account,unknown
/// {"Type": "AWS::SageMaker::Endpoint", "Properties": {"Observed": {"Status": "InService",
///   "CreationTime": 1640995200, "ProductionVariants": {"Denied": "sagemaker:DescribeEndpoint"},
///   "AsyncInferenceConfig": {"Denied": "sagemaker:DescribeEndpoint"},
///   "Metrics": {"Invocations": {"Denied": "sagemaker:DescribeEndpoint"}}}}}
/// ```
#[check(
    COST04_BP03, SUS05_BP04, SUS02_BP03,
    severity = Medium, needs = [Testing], code = Never,
    thresholds(days = 14)
)]
fn sagemaker_endpoint_idle(endpoint: &Endpoint, settings: &Settings) -> Verdict {
    let old = must_be_past(&endpoint.created, settings.number("days"), settings);
    let costs = endpoint.variants.any("an instance", |variant| variant.current_instance_count.must_be_at_least(1));
    let judged = endpoint.status.must_be("InService") & old & costs & endpoint.asynchronous.must_be_unset();
    when(judged, || endpoint.invocations.must_count_something())
}
