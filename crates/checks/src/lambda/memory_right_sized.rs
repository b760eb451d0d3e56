//! `lambda_memory_right_sized`

use macros::check;
use model::{Inventory, Verdict, when};

use crate::views::computeoptimizer::{OfFunction, estimated, must_not_find, recommended};
use crate::views::lambda::Function;

/// Lambda functions have the memory that suits them
///
/// A function is charged by memory and time, and gets its share of a processor by its memory. Too much is
/// paid for and not used; with too little it takes longer, which may cost more and keeps its caller
/// waiting. AWS Compute Optimizer tries out which size would have been best for what the function did. It
/// says nothing of functions with fewer than fifty calls in a fortnight, or where the account is not
/// enrolled.
///
/// ## Fix
/// Set `MemorySize` to what Compute Optimizer recommends (`RecommendationOptions`), and compare durations
/// and cost after some days.
/// ```account,fail
/// [{"Type": "AWS::Lambda::Function", "Id": "orders", "Arn": "arn:aws:lambda:eu-west-1:111122223333:function:orders"},
///  {"Type": "Pilaster::FunctionRecommendation", "Properties": {"Finding": "NotOptimized",
///   "FindingReasonCodes": ["MemoryOverprovisioned"],
///   "ResourceArn": "arn:aws:lambda:eu-west-1:111122223333:function:orders"}}]
/// ```
/// ```account,pass
/// [{"Type": "AWS::Lambda::Function", "Id": "orders", "Arn": "arn:aws:lambda:eu-west-1:111122223333:function:orders"},
///  {"Type": "Pilaster::FunctionRecommendation", "Properties": {"Finding": "Optimized",
///   "ResourceArn": "arn:aws:lambda:eu-west-1:111122223333:function:orders"}}]
/// ```
/// ```account,not_applicable
/// [{"Type": "AWS::Lambda::Function", "Id": "orders", "Arn": "arn:aws:lambda:eu-west-1:111122223333:function:orders"},
///  {"Type": "Pilaster::FunctionRecommendation", "Properties": {"Finding": "Unavailable",
///   "FindingReasonCodes": ["InsufficientData"],
///   "ResourceArn": "arn:aws:lambda:eu-west-1:111122223333:function:orders"}}]
/// ```
/// ```account,unknown
/// {"Type": "AWS::Lambda::Function", "Id": "orders", "Arn": "arn:aws:lambda:eu-west-1:111122223333:function:orders"}
/// ```
#[check(
    COST06_BP02, PERF02_BP04, SUS05_BP01,
    severity = Low, needs = [Testing], code = Never,
    saves = estimated(around, &function.at)
)]
fn lambda_memory_right_sized(function: &Function, around: &Inventory) -> Verdict {
    when(
        recommended::<OfFunction>(around, &function.at, |found| must_not_find(&found.finding, "Unavailable"), none),
        || recommended::<OfFunction>(around, &function.at, |found| must_not_find(&found.finding, "NotOptimized"), none),
    )
}

/// Nothing is recommended, so there is nothing to follow.
fn none() -> Verdict {
    Verdict::not_applicable()
}
