//! `lambda_concurrency_bounded`

use macros::check;
use model::{Verdict, when};

use crate::views::lambda::Function;

/// Lambda functions in a VPC are bounded in how many run at once
///
/// A function is put into a VPC to reach something that does not grow with it: a database, a cache, a server. A
/// surge of events starts a thousand copies within seconds, and each opens its connections. A bound keeps what
/// is behind alive, and keeps one function from using up the concurrency of the whole account.
///
/// ## Fix
/// Set `ReservedConcurrentExecutions` to what the thing behind the function bears. Mind that the number is taken
/// from the account's limit, and that events beyond it are throttled and tried again.
/// ```yaml,fail
/// Type: AWS::Lambda::Function
/// Properties: { VpcConfig: { SubnetIds: [subnet-1, subnet-2], SecurityGroupIds: [sg-1] } }
/// ```
/// ```yaml,pass
/// Type: AWS::Lambda::Function
/// Properties: { ReservedConcurrentExecutions: 20, VpcConfig: { SubnetIds: [subnet-1, subnet-2], SecurityGroupIds: [sg-1] } }
/// ```
/// ```yaml,not_applicable
/// Type: AWS::Lambda::Function
/// Properties: { Runtime: python3.14 }
/// ```
#[check(REL05_BP02, REL10_BP03, severity = Low, needs = [Testing])]
fn lambda_concurrency_bounded(function: &Function) -> Verdict {
    when(function.subnets.must_not_be_empty(), || function.reserved_concurrent_executions.must_be_set())
}
