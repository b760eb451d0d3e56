//! `apigateway_stage_tracing`

use macros::check;
use model::{At, Fact, Verdict, View};

#[derive(Debug, View)]
#[view("AWS::ApiGateway::Stage")]
struct RestStage<'a> {
    at: At<'a>,
    #[view(default = false)]
    tracing_enabled: Fact<'a, bool>,
}

/// REST stages of API Gateway trace requests
///
/// API Gateway is where a request enters. When it begins the trace, AWS X-Ray shows the request whole, from the first
/// byte to the last call behind it; when it does not, the time spent in the gateway and the refused requests are
/// missing, and traces of the services behind do not join up.
///
/// ## Fix
/// Set `TracingEnabled` to true. A share of the requests is sampled, which keeps the cost small.
/// ```yaml,fail
/// Type: AWS::ApiGateway::Stage
/// Properties: { RestApiId: a1b2c3, StageName: live }
/// ```
/// ```yaml,pass
/// Type: AWS::ApiGateway::Stage
/// Properties: { RestApiId: a1b2c3, StageName: live, TracingEnabled: true }
/// ```
#[check(OPS04_BP05, REL06_BP07, severity = Low, needs = [Money], fsbp = ["APIGateway.3"])]
fn apigateway_stage_tracing(stage: &RestStage) -> Verdict {
    stage.tracing_enabled.must_be(true)
}
