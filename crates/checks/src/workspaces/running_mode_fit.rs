//! `workspaces_running_mode_fit`

use macros::check;
use model::{At, Fact, Text, Verdict, View};

/// A virtual desktop.
#[derive(Debug, View)]
#[view("AWS::WorkSpaces::Workspace")]
struct Workspace<'a> {
    at: At<'a>,
    #[view(path = "WorkspaceProperties.RunningMode")]
    running_mode: Fact<'a, Text<'a>>,
}

/// Virtual desktops stop when nobody uses them
///
/// A desktop that is always on is charged by the month and runs through nights and weekends. With
/// automatic stop it is charged by the hour, which is less for everyone who uses it under about 80 hours a
/// month, and takes a minute or two to start. Which of the two fits a person, only their use tells; waive
/// the check for those who are at it all day. With `MANUAL`, the partner that manages the desktop stops it.
///
/// ## Fix
/// Set `WorkspaceProperties.RunningMode: AUTO_STOP` and `RunningModeAutoStopTimeoutInMinutes`.
/// ```yaml,fail
/// Type: AWS::WorkSpaces::Workspace
/// Properties:
///   { BundleId: wsb-1, DirectoryId: d-1, UserName: ana, WorkspaceProperties: { RunningMode: ALWAYS_ON } }
/// ```
/// ```yaml,pass
/// Type: AWS::WorkSpaces::Workspace
/// Properties:
///   { BundleId: wsb-1, DirectoryId: d-1, UserName: ana, WorkspaceProperties: { RunningMode: AUTO_STOP } }
/// ```
#[check(SUS02_BP05, COST06_BP02, severity = Low, code = Partly)]
fn workspaces_running_mode_fit(workspace: &Workspace) -> Verdict {
    workspace.running_mode.must_be_one_of(&["AUTO_STOP", "MANUAL"])
}
