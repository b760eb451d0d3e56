//! `apigateway_route_authorization`

use macros::check;
use model::{At, Fact, Inventory, Text, Verdict, View, when};

use crate::views::apigateway::Api;

/// What an API answers: a method of a REST API, or a route of an HTTP or WebSocket API.
#[derive(Debug, View)]
#[view("AWS::ApiGateway::Method", "AWS::ApiGatewayV2::Route")]
struct Route<'a> {
    at: At<'a>,
    /// Of methods.
    http_method: Fact<'a, Text<'a>>,
    /// Of routes.
    route_key: Fact<'a, Text<'a>>,
    api_id: Fact<'a, Text<'a>>,
    /// Of methods: what they are answered by.
    #[view(path = "Integration.Type")]
    integration: Fact<'a, Text<'a>>,
    #[view(default = "NONE")]
    authorization_type: Fact<'a, Text<'a>>,
}

impl<'a> Route<'a> {
    /// API Gateway can authorize it: requests that only ask for permission (CORS) carry no identity, and a WebSocket
    /// is authorized once, when it connects.
    fn can_be_authorized(&self, around: &'a Inventory) -> Verdict {
        if self.at.resource().kind == "AWS::ApiGateway::Method" {
            return self.http_method.must_not_be("OPTIONS") & self.integration.must_not_be("MOCK");
        }
        self.route_key.and_then(|key| match key {
            "$default" => around.linked::<Api>(&self.api_id).and_then(|api| api.protocol_type.must_not_be("WEBSOCKET")),
            "$connect" => self.route_key.must_be("$connect"),
            _ => self
                .route_key
                .must("a route that is authorized", |key| key.contains('/') && !key.starts_with("OPTIONS ")),
        })
    }
}

/// Methods and routes of API Gateway require an authorizer
///
/// API Gateway passes on whatever arrives at a method without authorization. Then every function behind it has to find
/// out by itself who is asking, and one that forgets to is open to the internet. With an authorizer, or IAM, a request
/// without a valid identity never gets that far, and is not charged to what is behind.
/// A method that answers by itself (`MOCK`) has nothing behind it and is left out.
///
/// ## Fix
/// Set `AuthorizationType` to `AWS_IAM`, `JWT`, `COGNITO_USER_POOLS` or `CUSTOM` and name the authorizer in `AuthorizerId`.
/// An API key is no authorization: it tells customers apart and is not kept secret. Waive what is meant to be public.
/// ```yaml,fail
/// Type: AWS::ApiGateway::Method
/// Properties: { RestApiId: a1b2c3, ResourceId: d4e5f6, HttpMethod: GET, AuthorizationType: NONE }
/// ```
/// ```yaml,fail
/// Type: AWS::ApiGatewayV2::Route
/// Properties: { ApiId: a1b2c3, RouteKey: GET /orders }
/// ```
/// ```yaml,pass
/// Type: AWS::ApiGateway::Method
/// Properties: { RestApiId: a1b2c3, ResourceId: d4e5f6, HttpMethod: GET, AuthorizationType: AWS_IAM }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::ApiGateway::Method
/// Properties: { RestApiId: a1b2c3, ResourceId: d4e5f6, HttpMethod: OPTIONS, AuthorizationType: NONE }
/// ```
#[check(SEC09_BP03, SEC03_BP01, severity = Medium, effort = Medium, needs = [Testing], fsbp = ["APIGateway.8"])]
fn apigateway_route_authorization(route: &Route, around: &Inventory) -> Verdict {
    when(route.can_be_authorized(around), || route.authorization_type.must_not_be("NONE"))
}
