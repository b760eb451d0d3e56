//! Amazon API Gateway, both versions of it.

use model::{At, Fact, List, Text, Verdict, View};

/// A stage of a REST API.
#[derive(Debug, View)]
#[view("AWS::ApiGateway::Stage")]
pub(crate) struct RestStage<'a> {
    pub(crate) at: At<'a>,
    pub(crate) rest_api_id: Fact<'a, Text<'a>>,
    pub(crate) method_settings: List<'a, MethodSetting<'a>>,
}

/// Settings for some methods of a stage.
#[derive(Debug, View)]
pub(crate) struct MethodSetting<'a> {
    pub(crate) at: At<'a>,
    pub(crate) http_method: Fact<'a, Text<'a>>,
    pub(crate) resource_path: Fact<'a, Text<'a>>,
    pub(crate) logging_level: Fact<'a, Text<'a>>,
    pub(crate) throttling_rate_limit: Fact<'a, f64>,
    pub(crate) throttling_burst_limit: Fact<'a, i64>,
}

impl MethodSetting<'_> {
    /// It is for every method of every path.
    pub(crate) fn covers_all(&self) -> Verdict {
        self.http_method.must_be("*") & self.resource_path.must_be_one_of(&["/*", "*"])
    }
}

/// A stage of an HTTP or WebSocket API.
#[derive(Debug, View)]
#[view("AWS::ApiGatewayV2::Stage")]
pub(crate) struct Stage<'a> {
    pub(crate) at: At<'a>,
    pub(crate) api_id: Fact<'a, Text<'a>>,
    #[view(path = "DefaultRouteSettings.LoggingLevel", default = "OFF")]
    pub(crate) logging_level: Fact<'a, Text<'a>>,
    #[view(path = "DefaultRouteSettings.ThrottlingRateLimit")]
    pub(crate) throttling_rate_limit: Fact<'a, f64>,
    #[view(path = "DefaultRouteSettings.ThrottlingBurstLimit")]
    pub(crate) throttling_burst_limit: Fact<'a, i64>,
}

/// An HTTP or WebSocket API.
#[derive(Debug, View)]
#[view("AWS::ApiGatewayV2::Api")]
pub(crate) struct Api<'a> {
    pub(crate) at: At<'a>,
    pub(crate) protocol_type: Fact<'a, Text<'a>>,
}

/// A limit on requests: API Gateway has a number below zero for none.
pub(crate) fn must_limit(rate: &Fact<'_, f64>, burst: &Fact<'_, i64>) -> Verdict {
    rate.must("a limit", |limit| *limit >= 0.0) & burst.must("a limit", |limit| *limit >= 0)
}
