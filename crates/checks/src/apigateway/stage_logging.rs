//! `apigateway_stage_logging`

use macros::check;
use model::{At, Fact, FromAt, Inventory, Text, Verdict, View, when};

use crate::views::apigateway::{Api, RestStage, Stage};

/// A stage of any API.
#[derive(Debug, View)]
#[view("AWS::ApiGateway::Stage", "AWS::ApiGatewayV2::Stage")]
struct AnyStage<'a> {
    at: At<'a>,
    /// What REST stages call it.
    #[view(path = "AccessLogSetting.DestinationArn")]
    rest_access_log: Fact<'a, Text<'a>>,
    #[view(path = "AccessLogSettings.DestinationArn")]
    access_log: Fact<'a, Text<'a>>,
}

/// Stages of API Gateway write access and execution logs
///
/// The access log tells who called what, when and with which result. The execution log, which REST and WebSocket APIs
/// have, tells what API Gateway did with a request: why it was refused, what was sent on and what came back.
/// Without the first an attack leaves no trace; without the second an error is a guess.
///
/// ## Fix
/// Set `AccessLogSetting` (`AccessLogSettings` for HTTP and WebSocket APIs) to a log group. For REST add a method setting
/// for `/*` and `*` with `LoggingLevel: ERROR`, for WebSocket the same in `DefaultRouteSettings`. The account needs a
/// role for logging, `AWS::ApiGateway::Account`.
/// ```yaml,fail
/// Type: AWS::ApiGateway::Stage
/// Properties: { RestApiId: a1b2c3, StageName: live }
/// ```
/// ```yaml,pass
/// Type: AWS::ApiGateway::Stage
/// Properties:
///   RestApiId: a1b2c3
///   StageName: live
///   AccessLogSetting: { DestinationArn: "arn:aws:logs:eu-west-1:111122223333:log-group:api" }
///   MethodSettings: [{ HttpMethod: "*", ResourcePath: "/*", LoggingLevel: ERROR }]
/// ```
/// ```yaml,pass
/// Resources:
///   Api: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: shop, ProtocolType: HTTP } }
///   Live:
///     Type: AWS::ApiGatewayV2::Stage
///     Properties:
///       ApiId: !Ref Api
///       StageName: live
///       AccessLogSettings: { DestinationArn: "arn:aws:logs:eu-west-1:111122223333:log-group:api" }
/// ```
#[check(SEC04_BP01, OPS04_BP02, severity = Medium, needs = [Money], fsbp = ["APIGateway.1", "APIGateway.9"])]
fn apigateway_stage_logging(stage: &AnyStage, around: &Inventory) -> Verdict {
    if RestStage::KINDS.contains(&stage.at.resource().kind.as_str()) {
        let settings = RestStage::from_at(stage.at.clone()).method_settings;
        let executions = settings.any("a setting for all methods with LoggingLevel ERROR or INFO", |setting| {
            setting.covers_all() & setting.logging_level.must_be_one_of(&["ERROR", "INFO"])
        });
        return stage.rest_access_log.must_be_set() & executions;
    }
    let settings = Stage::from_at(stage.at.clone());
    let executions = around.linked::<Api>(&settings.api_id).and_then(|api| {
        when(api.protocol_type.must_be("WEBSOCKET"), || settings.logging_level.must_be_one_of(&["ERROR", "INFO"]))
    });
    stage.access_log.must_be_set() & executions
}
