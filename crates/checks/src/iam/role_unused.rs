//! `iam_role_unused`

use findings::Settings;
use macros::check;
use model::{At, Fact, Text, Verdict, View, when};

use crate::moment::must_be_in_use;

/// What is observed of a role.
#[derive(Debug, View)]
#[view("AWS::IAM::Role")]
struct Role<'a> {
    at: At<'a>,
    role_name: Fact<'a, Text<'a>>,
    #[view(default = "/")]
    path: Fact<'a, Text<'a>>,
    #[view(path = "Observed.LastUsedDate")]
    last_used: Fact<'a, Text<'a>>,
    #[view(path = "Observed.CreateDate")]
    created: Fact<'a, Text<'a>>,
}

/// Roles by which the management account gets into its members when nothing else does: AWS Organizations and AWS
/// Control Tower make them, and it is well when nobody needs them.
const BREAK_GLASS: [&str; 2] = ["AWSControlTowerExecution", "OrganizationAccountAccessRole"];

/// IAM roles are in use
///
/// A role that nothing uses keeps its permissions and its trust: whoever gets hold of what it trusts, an old
/// instance, a pipeline, a partner's account, gets all it may do, and nobody misses anything. Roles that AWS
/// keeps for its services and for IAM Identity Center are not judged, and neither are those by which a management
/// account gets into its members (`OrganizationAccountAccessRole`, `AWSControlTowerExecution`).
///
/// ## Fix
/// Look at what trusts the role, then delete it, or deny everything by a policy for some weeks first. `days`
/// is how long a role may lie idle; a role for emergencies or yearly tasks deserves a waiver that says so.
/// ```account,fail
/// { "Type": "AWS::IAM::Role", "Properties": { "Observed": { "CreateDate": "2024-01-01T00:00:00Z" } } }
/// ```
/// ```account,fail
/// { "Type": "AWS::IAM::Role",
///   "Properties": { "Observed": { "CreateDate": "2024-01-01T00:00:00Z", "LastUsedDate": "2026-05-01T00:00:00Z" } } }
/// ```
/// ```account,pass
/// { "Type": "AWS::IAM::Role",
///   "Properties": { "Observed": { "CreateDate": "2024-01-01T00:00:00Z", "LastUsedDate": "2026-10-01T00:00:00Z" } } }
/// ```
/// ```account,not_applicable
/// { "Type": "AWS::IAM::Role",
///   "Properties": { "Path": "/aws-service-role/ecs.amazonaws.com/", "Observed": { "CreateDate": "2024-01-01T00:00:00Z" } } }
/// ```
/// ```account,not_applicable
/// { "Type": "AWS::IAM::Role",
///   "Properties": { "RoleName": "OrganizationAccountAccessRole",
///     "Observed": { "CreateDate": "2024-01-01T00:00:00Z" } } }
/// ```
#[check(SEC03_BP04, SEC03_BP06, severity = Medium, needs = [Testing], code = Never, thresholds(days = 90))]
fn iam_role_unused(role: &Role, settings: &Settings) -> Verdict {
    let is_own = role.path.must("a path of the account's own", |path| {
        !path.starts_with("/aws-service-role/") && !path.starts_with("/aws-reserved/")
    });
    when(is_own & role.role_name.must_not_be_one_of(&BREAK_GLASS), || {
        must_be_in_use(&role.last_used, &role.created, settings.number("days"), settings)
    })
}
