//! `lambda_tracing_active`

use macros::check;
use model::Verdict;

use crate::views::lambda::Function;

/// Lambda functions trace their invocations
///
/// With active tracing, AWS X-Ray records how long an invocation waited, started and ran, and which calls it
/// made. Without it, a slow request that crosses several functions and services can only be searched for in
/// the logs of each. The default, `PassThrough`, traces only what a caller has already decided to trace.
///
/// ## Fix
/// Set `TracingConfig.Mode` to `Active` and let the role write to X-Ray. A share of the requests is sampled,
/// which keeps the cost small.
/// ```yaml,fail
/// Type: AWS::Lambda::Function
/// Properties: { Runtime: python3.14 }
/// ```
/// ```yaml,pass
/// Type: AWS::Lambda::Function
/// Properties: { Runtime: python3.14, TracingConfig: { Mode: Active } }
/// ```
#[check(OPS04_BP05, REL06_BP07, OPS08_BP03, OPS04_BP04, severity = Low, needs = [Money], fsbp = ["Lambda.7"])]
fn lambda_tracing_active(function: &Function) -> Verdict {
    function.tracing.must_be("Active")
}
