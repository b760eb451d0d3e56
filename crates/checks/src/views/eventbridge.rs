//! Amazon EventBridge.

use model::{At, Fact, Text, Verdict, View};

use crate::policy::{Policy, Statement};

/// A bus for events.
#[derive(Debug, View)]
#[view("AWS::Events::EventBus")]
pub(crate) struct EventBus<'a> {
    pub(crate) at: At<'a>,
    pub(crate) policy: Policy<'a>,
}

/// A statement that is added to the policy of a bus: as a statement, or in properties of its own.
#[derive(Debug, View)]
#[view("AWS::Events::EventBusPolicy")]
pub(crate) struct EventBusPolicy<'a> {
    pub(crate) at: At<'a>,
    statement: Statement<'a>,
    principal: Fact<'a, Text<'a>>,
    #[view(path = "Condition.Value")]
    organization: Fact<'a, Text<'a>>,
}

impl EventBusPolicy<'_> {
    /// It does not admit anyone at all.
    pub(crate) fn must_not_admit_everyone(&self) -> Verdict {
        let by_properties = self.principal.must_not_be("*") | self.organization.must_be_set();
        self.statement.must_not_admit_everyone() & by_properties
    }
}
