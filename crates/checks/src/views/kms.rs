//! AWS Key Management Service.

use model::{At, Fact, Text, Verdict, View};

use crate::policy::Policy;

/// A key.
#[derive(Debug, View)]
#[view("AWS::KMS::Key")]
pub(crate) struct Key<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "KeyPolicy")]
    pub(crate) policy: Policy<'a>,
    #[view(default = false)]
    pub(crate) enable_key_rotation: Fact<'a, bool>,
    #[view(path = "Observed.KeyState")]
    pub(crate) state: Fact<'a, Text<'a>>,
    #[view(default = "SYMMETRIC_DEFAULT")]
    key_spec: Fact<'a, Text<'a>>,
    #[view(default = "AWS_KMS")]
    origin: Fact<'a, Text<'a>>,
}

impl Key<'_> {
    /// KMS can rotate it: it is symmetric, and its material was made by KMS.
    pub(crate) fn can_rotate(&self) -> Verdict {
        self.key_spec.must_be("SYMMETRIC_DEFAULT") & self.origin.must_be("AWS_KMS")
    }
}
