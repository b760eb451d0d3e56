//! AWS Organizations.

use model::{At, Fact, FromAt, Inventory, List, Text, Verdict, View, when};

/// A policy of an organization, of any type.
#[derive(Debug, View)]
#[view("AWS::Organizations::Policy")]
pub(crate) struct Policy<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "Type")]
    pub(crate) kind: Fact<'a, Text<'a>>,
    pub(crate) target_ids: List<'a, Fact<'a, Text<'a>>>,
}

/// An account of an organization.
#[derive(Debug, View)]
#[view("AWS::Organizations::Account")]
pub(crate) struct Account<'a> {
    pub(crate) at: At<'a>,
    pub(crate) parent_ids: List<'a, Fact<'a, Text<'a>>>,
    #[view(path = "Observed.Status")]
    pub(crate) status: Fact<'a, Text<'a>>,
}

/// An organization.
#[derive(Debug, View)]
#[view("AWS::Organizations::Organization")]
pub(crate) struct Organization<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "Observed.ManagementAccountId")]
    pub(crate) management: Fact<'a, Text<'a>>,
}

/// A policy, or the account that manages an organization and so has to have one.
#[derive(Debug, View)]
#[view("AWS::Organizations::Policy", "Pilaster::Account")]
pub(crate) struct PolicyOfAccount<'a> {
    pub(crate) at: At<'a>,
}

impl PolicyOfAccount<'_> {
    /// A policy of a kind is attached to something. An account has to have one such policy if it manages an
    /// organization; other members may not see the policies, and an account by itself has none.
    pub(crate) fn must_be_attached(&self, around: &Inventory, kind: &str) -> Verdict {
        let is_attached = |policy: &Policy| when(policy.kind.must_be(kind), || policy.target_ids.must_not_be_empty());
        if self.at.resource().kind != "Pilaster::Account" {
            return is_attached(&Policy::from_at(self.at.clone()));
        }
        let account = self.at.resource().id.as_str();
        let manages = around
            .in_account::<Organization>(&self.at)
            .any("an organization that it manages", |organization| organization.management.must_be(account));
        when(manages, || around.one_of::<Policy>(&self.at, "a policy that is attached to something", is_attached))
    }
}
