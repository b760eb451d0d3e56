//! AWS Systems Manager.

use model::{At, Fact, List, Text, Verdict, View};

/// A parameter of the Parameter Store.
#[derive(Debug, View)]
#[view("AWS::SSM::Parameter")]
pub(crate) struct Parameter<'a> {
    pub(crate) at: At<'a>,
    pub(crate) name: Fact<'a, Text<'a>>,
    #[view(path = "Type")]
    pub(crate) kind: Fact<'a, Text<'a>>,
    pub(crate) value: Fact<'a, Text<'a>>,
}

/// What runs a document on machines: an association, or a task of a maintenance window.
#[derive(Debug, View)]
#[view("AWS::SSM::Association", "AWS::SSM::MaintenanceWindowTask")]
pub(crate) struct Run<'a> {
    pub(crate) at: At<'a>,
    name: Fact<'a, Text<'a>>,
    task_arn: Fact<'a, Text<'a>>,
    schedule_expression: Fact<'a, Text<'a>>,
    #[view(path = "Parameters.Operation")]
    operation: List<'a, Fact<'a, Text<'a>>>,
    #[view(path = "TaskInvocationParameters.MaintenanceWindowRunCommandParameters.Parameters.Operation")]
    task_operation: List<'a, Fact<'a, Text<'a>>>,
    #[view(path = "TaskParameters.Operation.Values")]
    old_task_operation: List<'a, Fact<'a, Text<'a>>>,
}

/// Documents of AWS that look for patches and install them.
const PATCHING: [&str; 3] =
    ["AWS-RunPatchBaseline", "AWS-RunPatchBaselineAssociation", "AWS-RunPatchBaselineWithHooks"];

impl Run<'_> {
    /// It looks for patches.
    pub(crate) fn patches(&self) -> Verdict {
        self.name.must_be_one_of(&PATCHING)
            | self.task_arn.must_read("a document that patches", |arn| {
                arn.rsplit('/').next().is_some_and(|name| PATCHING.contains(&name))
            })
    }

    /// It installs what it finds.
    pub(crate) fn must_install(&self) -> Verdict {
        match self.at.resource().kind.as_str() {
            "AWS::SSM::Association" => self.operation.must_contain("Install"),
            _ => self.task_operation.must_contain("Install") | self.old_task_operation.must_contain("Install"),
        }
    }

    /// It does so again and again. The task of a window runs whenever the window opens.
    pub(crate) fn must_repeat(&self) -> Verdict {
        match self.at.resource().kind.as_str() {
            "AWS::SSM::Association" => self.schedule_expression.must_be_set(),
            _ => Verdict::not_applicable(),
        }
    }
}
