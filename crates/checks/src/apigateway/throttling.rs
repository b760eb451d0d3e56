//! `apigateway_throttling`

use macros::check;
use model::{At, Fact, FromAt, Inventory, Verdict, View};

use crate::views::apigateway::{RestStage, Stage, must_limit};

/// A stage of any API.
#[derive(Debug, View)]
#[view("AWS::ApiGateway::Stage", "AWS::ApiGatewayV2::Stage")]
struct AnyStage<'a> {
    at: At<'a>,
}

#[derive(Debug, View)]
#[view("AWS::ApiGateway::RestApi")]
struct RestApi<'a> {
    at: At<'a>,
}

/// What a group of customers may ask for.
#[derive(Debug, View)]
#[view("AWS::ApiGateway::UsagePlan")]
struct UsagePlan<'a> {
    at: At<'a>,
    #[view(path = "Throttle.RateLimit")]
    rate_limit: Fact<'a, f64>,
    #[view(path = "Throttle.BurstLimit")]
    burst_limit: Fact<'a, i64>,
}

/// Stages of API Gateway limit how many requests they accept
///
/// Without limits of its own a stage takes as much as the account may: ten thousand requests a second, shared with every
/// other API in the Region. One customer in a loop, or an attack, then overloads what is behind, runs up the bill and
/// starves the other APIs.
///
/// ## Fix
/// Set `ThrottlingRateLimit` and `ThrottlingBurstLimit` to what the system behind bears: for REST in a method setting for `/*`
/// and `*` or in a usage plan, otherwise in `DefaultRouteSettings`.
/// ```yaml,fail
/// Type: AWS::ApiGatewayV2::Stage
/// Properties: { ApiId: a1b2c3, StageName: live }
/// ```
/// ```yaml,pass
/// Type: AWS::ApiGatewayV2::Stage
/// Properties: { ApiId: a1b2c3, StageName: live, DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 } }
/// ```
/// ```yaml,pass
/// Type: AWS::ApiGateway::Stage
/// Properties:
///   RestApiId: a1b2c3
///   StageName: live
///   MethodSettings: [{ HttpMethod: "*", ResourcePath: "/*", ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 }]
/// ```
#[check(REL05_BP02, COST09_BP02, SUS02_BP06, severity = Medium, needs = [Testing])]
fn apigateway_throttling(stage: &AnyStage, around: &Inventory) -> Verdict {
    if Stage::KINDS.contains(&stage.at.resource().kind.as_str()) {
        let settings = Stage::from_at(stage.at.clone());
        return must_limit(&settings.throttling_rate_limit, &settings.throttling_burst_limit);
    }
    let rest = RestStage::from_at(stage.at.clone());
    let own = rest.method_settings.any("a setting for all methods with both limits", |setting| {
        setting.covers_all() & must_limit(&setting.throttling_rate_limit, &setting.throttling_burst_limit)
    });
    // A plan names its API and stage as a pair; the API is what both can be traced to.
    own | match around.linked::<RestApi>(&rest.rest_api_id) {
        model::Linked::Found(api) => around
            .referring::<UsagePlan>("ApiStages.*.ApiId", &api.at)
            .any("a usage plan with both limits", |plan| must_limit(&plan.rate_limit, &plan.burst_limit)),
        _ => Verdict::not_applicable(),
    }
}
