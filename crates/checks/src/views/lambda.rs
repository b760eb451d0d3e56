//! AWS Lambda.

use model::{At, Entries, Fact, Inventory, List, Outcome, Text, Verdict, View, when};

use crate::views::cloudwatch::Alarm;

/// A function.
#[derive(Debug, View)]
#[view("AWS::Lambda::Function")]
pub(crate) struct Function<'a> {
    pub(crate) at: At<'a>,
    #[view(default = "Zip")]
    pub(crate) package_type: Fact<'a, Text<'a>>,
    pub(crate) runtime: Fact<'a, Text<'a>>,
    pub(crate) architectures: List<'a, Fact<'a, Text<'a>>>,
    #[view(path = "Environment.Variables")]
    pub(crate) variables: Entries<'a, Fact<'a, Text<'a>>>,
    /// Seconds.
    #[view(default = 3)]
    pub(crate) timeout: Fact<'a, i64>,
    #[view(path = "TracingConfig.Mode", default = "PassThrough")]
    pub(crate) tracing: Fact<'a, Text<'a>>,
    #[view(path = "DeadLetterConfig.TargetArn")]
    pub(crate) dead_letter_target: Fact<'a, Text<'a>>,
    #[view(path = "VpcConfig.SubnetIds")]
    pub(crate) subnets: List<'a, Fact<'a, Text<'a>>>,
    pub(crate) reserved_concurrent_executions: Fact<'a, i64>,
}

impl<'a> Function<'a> {
    /// An alarm watches one of these metrics of it, or of every function at once.
    pub(crate) fn must_have_alarm(&self, around: &'a Inventory, metrics: &[&'a str], expected: &str) -> Verdict {
        let own = Alarm::must_watch(around, &self.at, metrics, expected);
        if own.outcome == Outcome::Pass {
            return own;
        }
        let watches_all =
            |alarm: &Alarm<'a>| alarm.at.as_one_of_several(alarm.must_watch_all_of("AWS/Lambda", metrics));
        own | model::any(around.such(&self.at, expected, watches_all).take(10).map(|alarm| watches_all(&alarm)))
    }

    /// It is deployed as an archive on a runtime that Lambda maintains.
    pub(crate) fn is_zip(&self) -> Verdict {
        when(self.package_type.must_be("Zip"), || self.runtime.must_be_set())
    }
}

/// A statement of the resource policy of a function.
#[derive(Debug, View)]
#[view("AWS::Lambda::Permission")]
pub(crate) struct Permission<'a> {
    pub(crate) at: At<'a>,
    pub(crate) principal: Fact<'a, Text<'a>>,
    pub(crate) source_account: Fact<'a, Text<'a>>,
    pub(crate) source_arn: Fact<'a, Text<'a>>,
    /// Of permissions to call the function by its URL: whether a signature is demanded there.
    #[view(path = "FunctionUrlAuthType")]
    pub(crate) url_authentication: Fact<'a, Text<'a>>,
    /// It holds only for calls by that URL.
    #[view(default = false)]
    pub(crate) invoked_via_function_url: Fact<'a, bool>,
    #[view(path = "PrincipalOrgID")]
    pub(crate) principal_organization: Fact<'a, Text<'a>>,
}

/// What becomes of asynchronous invocations.
#[derive(Debug, View)]
#[view("AWS::Lambda::EventInvokeConfig")]
pub(crate) struct EventInvokeConfig<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "DestinationConfig.OnFailure.Destination")]
    pub(crate) failure_destination: Fact<'a, Text<'a>>,
}

/// A queue or stream that a function consumes.
#[derive(Debug, View)]
#[view("AWS::Lambda::EventSourceMapping")]
pub(crate) struct EventSourceMapping<'a> {
    pub(crate) at: At<'a>,
    pub(crate) event_source_arn: Fact<'a, Text<'a>>,
    pub(crate) function_name: Fact<'a, Text<'a>>,
}
