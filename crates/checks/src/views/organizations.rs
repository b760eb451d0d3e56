//! AWS Organizations.

use model::{At, Fact, List, Text, View};

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
}

/// An organization.
#[derive(Debug, View)]
#[view("AWS::Organizations::Organization")]
pub(crate) struct Organization<'a> {
    pub(crate) at: At<'a>,
}
