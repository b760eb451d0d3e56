//! AWS Backup: plans, selections, vaults and restore testing.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use futures_util::future::join_all;
use model::{Node, Value};
use serde_json::json;

use crate::shape::{each, part, renamed, text};
use crate::tags::{TAGS, Tags};
use crate::{Collector, Draft, Halt, Reach, Run};

pub(crate) static BACKUP: Service = Service {
    endpoint: "backup",
    signing: "backup",
    variable: "BACKUP",
    protocol: Protocol::RestJson,
    scope: Scope::Regional,
};

static PLANS: Call = Call {
    service: &BACKUP,
    operation: "ListBackupPlans",
    path: "GET /backup/plans/",
    action: "backup:ListBackupPlans",
    pages: Pages::Token { answer: "NextToken", parameter: "nextToken" },
    yields: &["AWS::Backup::BackupPlan", "AWS::Backup::BackupSelection"],
    unset: &[],
};

static PLAN: Call = Call {
    service: &BACKUP,
    operation: "GetBackupPlan",
    path: "GET /backup/plans/{backupPlanId}/",
    action: "backup:GetBackupPlan",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static SELECTIONS: Call = Call {
    service: &BACKUP,
    operation: "ListBackupSelections",
    path: "GET /backup/plans/{backupPlanId}/selections/",
    action: "backup:ListBackupSelections",
    pages: Pages::Token { answer: "NextToken", parameter: "nextToken" },
    yields: &["AWS::Backup::BackupSelection"],
    unset: &[],
};

static SELECTION: Call = Call {
    service: &BACKUP,
    operation: "GetBackupSelection",
    path: "GET /backup/plans/{backupPlanId}/selections/{selectionId}",
    action: "backup:GetBackupSelection",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static VAULTS: Call = Call {
    service: &BACKUP,
    operation: "ListBackupVaults",
    path: "GET /backup-vaults/",
    action: "backup:ListBackupVaults",
    pages: Pages::Token { answer: "NextToken", parameter: "nextToken" },
    yields: &["AWS::Backup::BackupVault"],
    unset: &[],
};

static TESTS: Call = Call {
    service: &BACKUP,
    operation: "ListRestoreTestingPlans",
    path: "GET /restore-testing/plans",
    action: "backup:ListRestoreTestingPlans",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::Backup::RestoreTestingPlan", "AWS::Backup::RestoreTestingSelection"],
    unset: &[],
};

static TESTED: Call = Call {
    service: &BACKUP,
    operation: "ListRestoreTestingSelections",
    path: "GET /restore-testing/plans/{RestoreTestingPlanName}/selections",
    action: "backup:ListRestoreTestingSelections",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::Backup::RestoreTestingSelection"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "backup",
    reach: Reach::EveryRegion,
    calls: &[&PLANS, &PLAN, &SELECTIONS, &SELECTION, &VAULTS, &TESTS, &TESTED, &TAGS],
    collect: |run| Box::pin(collect(run)),
};

async fn collect(run: &Run) -> Result<(), Halt> {
    let (plans, vaults, tests) = tokio::join!(
        run.list(&PLANS, json!({ "maxResults": 1000 }), "BackupPlansList"),
        run.list(&VAULTS, json!({ "maxResults": 1000 }), "BackupVaultList"),
        run.list(&TESTS, json!({ "MaxResults": 1000 }), "RestoreTestingPlans"),
    );
    // What one list does not give is a gap of its own; the others count all the same.
    tokio::join!(
        add_vaults(run, vaults.unwrap_or_default()),
        run.each(plans.unwrap_or_default(), plan),
        run.each(tests.unwrap_or_default(), test),
    );
    Ok(())
}

async fn add_vaults(run: &Run, vaults: Vec<Node>) {
    if vaults.is_empty() {
        return;
    }
    let tags = Tags::read(run, &["backup:backup-vault"]).await;
    for found in &vaults {
        let Some(draft) = vault(found) else { continue };
        run.add(draft.set("BackupVaultTags", text(found, "BackupVaultArn").and_then(|arn| tags.of(arn))));
    }
}

fn vault(vault: &Node) -> Option<Draft> {
    let (name, arn) = (text(vault, "BackupVaultName")?, text(vault, "BackupVaultArn")?);
    let draft = Draft::new("AWS::Backup::BackupVault", name, vault.origin).name(name).arn(arn);
    let draft = draft.take(
        vault,
        &[
            ("BackupVaultName", "BackupVaultName"),
            ("EncryptionKeyArn", "EncryptionKeyArn"),
            ("NumberOfRecoveryPoints", "Observed.NumberOfRecoveryPoints"),
            ("LockDate", "Observed.LockDate"),
        ],
    );
    let locked = matches!(vault.get("Locked").map(|node| &node.value), Some(Value::Bool(true)));
    if !locked {
        return Some(draft);
    }
    let lock = Node::new(Value::Map(Default::default()), vault.origin);
    let names = [
        ("MinRetentionDays", "LockConfiguration.MinRetentionDays"),
        ("MaxRetentionDays", "LockConfiguration.MaxRetentionDays"),
    ];
    Some(draft.set("LockConfiguration", Some(lock)).take(vault, &names))
}

async fn plan(run: &Run, listed: Node) -> Vec<Draft> {
    let Some(id) = text(&listed, "BackupPlanId") else { return Vec::new() };
    let (plan, selections) = tokio::join!(
        run.get(&PLAN, json!({ "backupPlanId": id })),
        run.list(&SELECTIONS, json!({ "backupPlanId": id, "maxResults": 1000 }), "BackupSelectionsList"),
    );
    let mut draft = Draft::new("AWS::Backup::BackupPlan", id, listed.origin).name(id);
    if let Some(arn) = text(&listed, "BackupPlanArn") {
        draft = draft.arn(arn);
    }
    draft = draft
        .take(
            &listed,
            &[("BackupPlanName", "BackupPlan.BackupPlanName"), ("LastExecutionDate", "Observed.LastExecutionDate")],
        )
        .set("BackupPlan.BackupPlanRule", plan.at("BackupPlan.Rules").map(|rules| each(rules, rule)));
    let mut drafts = vec![draft];
    // A list that fails is a gap already; the plan counts all the same.
    let selections = selections.unwrap_or_default();
    drafts.extend(join_all(selections.iter().map(|listed| selection(run, id, listed))).await.into_iter().flatten());
    drafts
}

fn rule(rule: Node) -> Node {
    renamed(rule, &[("TargetBackupVaultName", "TargetBackupVault")])
}

async fn selection(run: &Run, plan: &str, listed: &Node) -> Option<Draft> {
    let id = text(listed, "SelectionId")?;
    let found = run.get(&SELECTION, json!({ "backupPlanId": plan, "selectionId": id })).await;
    let mut draft = Draft::new("AWS::Backup::BackupSelection", id, listed.origin).name(id);
    if let Some(found) = found.at("BackupSelection") {
        draft = draft
            .take(
                &found,
                &[
                    ("SelectionName", "BackupSelection.SelectionName"),
                    ("IamRoleArn", "BackupSelection.IamRoleArn"),
                    ("Resources", "BackupSelection.Resources"),
                    ("ListOfTags", "BackupSelection.ListOfTags"),
                    ("NotResources", "BackupSelection.NotResources"),
                ],
            )
            .set("BackupSelection.Conditions", part(&found, "Conditions").filter(says_something));
    }
    Some(draft.take(listed, &[("BackupPlanId", "BackupPlanId")]))
}

/// Conditions are answered as empty lists where there are none.
fn says_something(conditions: &Node) -> bool {
    let Value::Map(entries) = &conditions.value else { return !matches!(conditions.value, Value::Null) };
    entries.values().any(|node| {
        !matches!(&node.value, Value::Null) && !matches!(&node.value, Value::List(items) if items.is_empty())
    })
}

async fn test(run: &Run, plan: Node) -> Vec<Draft> {
    let Some(name) = text(&plan, "RestoreTestingPlanName") else { return Vec::new() };
    let mut draft = Draft::new("AWS::Backup::RestoreTestingPlan", name, plan.origin).name(name);
    if let Some(arn) = text(&plan, "RestoreTestingPlanArn") {
        draft = draft.arn(arn);
    }
    let mut drafts = vec![draft.take(
        &plan,
        &[
            ("RestoreTestingPlanName", "RestoreTestingPlanName"),
            ("ScheduleExpression", "ScheduleExpression"),
            ("ScheduleExpressionTimezone", "ScheduleExpressionTimezone"),
            ("StartWindowHours", "StartWindowHours"),
            ("LastExecutionTime", "Observed.LastExecutionTime"),
        ],
    )];
    let selections = run
        .list(&TESTED, json!({ "RestoreTestingPlanName": name, "MaxResults": 1000 }), "RestoreTestingSelections")
        .await;
    for selection in selections.unwrap_or_default() {
        let Some(id) = text(&selection, "RestoreTestingSelectionName") else { continue };
        let draft = Draft::new("AWS::Backup::RestoreTestingSelection", format!("{name}/{id}"), selection.origin);
        drafts.push(draft.take(
            &selection,
            &[
                ("RestoreTestingPlanName", "RestoreTestingPlanName"),
                ("RestoreTestingSelectionName", "RestoreTestingSelectionName"),
                ("ProtectedResourceType", "ProtectedResourceType"),
                ("IamRoleArn", "IamRoleArn"),
                ("ValidationWindowHours", "ValidationWindowHours"),
            ],
        ));
    }
    drafts
}
