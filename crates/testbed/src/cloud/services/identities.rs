//! AWS IAM, and who is asking.

use base64::prelude::{BASE64_STANDARD, Engine};
use serde_json::{Value, json};

use super::{Account, with};
use crate::cloud::answer::Answer;
use crate::cloud::population::{ACCOUNT, Kind, Population, name};

pub(super) fn caller(account: &Account<'_>) -> Option<Answer> {
    let arn = format!("arn:aws:iam::{ACCOUNT}:user/auditor");
    let caller = json!({ "Arn": arn, "UserId": "AIDAEXAMPLE", "Account": ACCOUNT });
    (account.question.operation == "GetCallerIdentity").then(|| Answer::Tree(caller))
}

pub(super) fn answer(account: &Account<'_>) -> Option<Answer> {
    let population = account.population;
    Some(match account.question.operation.as_str() {
        "GetAccountAuthorizationDetails" => details(account),
        "GenerateCredentialReport" => Answer::Tree(json!({ "State": "COMPLETE" })),
        "GetCredentialReport" => Answer::Tree(json!({
            "Content": BASE64_STANDARD.encode(report(population)),
            "ReportFormat": "text/csv",
            "GeneratedTime": "2026-11-01T06:00:00Z",
        })),
        "GetAccountSummary" => {
            let entry = |(key, value): (&str, usize)| json!({ "key": key, "value": value });
            let users = population.everywhere(Kind::User);
            let all = [("Users", users), ("AccountMFAEnabled", 1), ("AccountAccessKeysPresent", 0)];
            Answer::Tree(json!({ "SummaryMap": { "entry": all.map(entry) } }))
        }
        "GetAccountPasswordPolicy" => Answer::Tree(json!({ "PasswordPolicy": {
            "MinimumPasswordLength": 14, "RequireSymbols": true, "RequireNumbers": true,
            "RequireUppercaseCharacters": true, "RequireLowercaseCharacters": true,
            "AllowUsersToChangePassword": true, "ExpirePasswords": false,
        } })),
        _ => return None,
    })
}

/// Users, groups, roles and policies are one list over all pages; a filter leaves some of them out.
fn details(account: &Account<'_>) -> Answer {
    let wanted = account.question.list("Filter");
    let is_wanted = |filter: &str| wanted.is_empty() || wanted.iter().any(|name| name == filter);
    type Item = fn(&Population, usize) -> Value;
    let kinds: [(&str, Kind, &str, Item); 4] = [
        ("User", Kind::User, "UserDetailList", user),
        ("Group", Kind::Group, "GroupDetailList", group),
        ("Role", Kind::Role, "RoleDetailList", role),
        ("LocalManagedPolicy", Kind::Policy, "Policies", policy),
    ];
    let count = |filter: &str, kind: Kind| if is_wanted(filter) { account.population.everywhere(kind) } else { 0 };
    let total = kinds.iter().map(|(filter, kind, ..)| count(filter, *kind)).sum();
    let page = account.page(total, "MaxItems", 100);
    let mut tree = json!({ "IsTruncated": page.next.is_some() });
    let mut before = 0;
    for (filter, kind, list, item) in kinds {
        let count = count(filter, kind);
        let own = page.items.start.max(before)..page.items.end.min(before + count);
        let items: Vec<Value> = own.map(|at| item(account.population, at - before)).collect();
        tree[list] = json!({ "member": items });
        before += count;
    }
    with(tree, "Marker", page.next)
}

fn identity(kind: &str, word: &str, number: usize) -> Value {
    let named = name(number);
    json!({
        "Path": "/",
        format!("{kind}Name"): named,
        format!("{kind}Id"): format!("A{word}A{number:016}"),
        "Arn": format!("arn:aws:iam::{ACCOUNT}:{}/{named}", kind.to_lowercase()),
        "CreateDate": "2024-05-01T09:00:00Z",
        "AttachedManagedPolicies": { "member": [] },
    })
}

fn attached(number: usize) -> Value {
    let named = name(number);
    let policy = json!({ "PolicyName": named, "PolicyArn": format!("arn:aws:iam::{ACCOUNT}:policy/{named}") });
    json!({ "member": [policy] })
}

fn user(population: &Population, number: usize) -> Value {
    let mut user = identity("User", "ID", number);
    user["GroupList"] = json!({ "member": [name(number % population.everywhere(Kind::Group).max(1))] });
    user
}

fn group(_: &Population, number: usize) -> Value {
    let mut group = identity("Group", "GP", number);
    group["AttachedManagedPolicies"] = attached(number);
    group
}

fn role(population: &Population, number: usize) -> Value {
    let mut dice = population.dice(Kind::Role, "", number);
    let service = dice.one(&["lambda.amazonaws.com", "ec2.amazonaws.com", "ecs-tasks.amazonaws.com"]);
    let trust = json!({ "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Principal": { "Service": service }, "Action": "sts:AssumeRole" },
    ] });
    let mut role = identity("Role", "RO", number);
    role["AssumeRolePolicyDocument"] = json!(encoded(&trust));
    role["InstanceProfileList"] = Value::Null;
    role["AttachedManagedPolicies"] = attached(number % population.everywhere(Kind::Policy).max(1));
    role["RolePolicyList"] =
        json!({ "member": [{ "PolicyName": "own", "PolicyDocument": encoded(&allowing(dice.happens(10))) }] });
    if dice.happens(80) {
        role["RoleLastUsed"] = json!({ "LastUsedDate": "2026-10-20T10:00:00Z", "Region": population.home() });
    }
    role
}

fn policy(population: &Population, number: usize) -> Value {
    let mut dice = population.dice(Kind::Policy, "", number);
    let named = name(number);
    let version = json!({
        "Document": encoded(&allowing(dice.happens(5))), "VersionId": "v1", "IsDefaultVersion": true,
        "CreateDate": "2024-05-01T09:00:00Z",
    });
    json!({
        "PolicyName": named,
        "PolicyId": format!("ANPA{number:016}"),
        "Arn": format!("arn:aws:iam::{ACCOUNT}:policy/{named}"),
        "Path": "/",
        "DefaultVersionId": "v1",
        "AttachmentCount": dice.below(4),
        "PermissionsBoundaryUsageCount": 0,
        "IsAttachable": true,
        "CreateDate": "2024-05-01T09:00:00Z",
        "UpdateDate": "2024-05-01T09:00:00Z",
        "PolicyVersionList": { "member": [version] },
    })
}

fn allowing(everything: bool) -> Value {
    let (action, resource) = match everything {
        true => (json!("*"), json!("*")),
        false => (json!(["s3:GetObject", "s3:PutObject"]), json!("arn:aws:s3:::orders-1/*")),
    };
    json!({ "Version": "2012-10-17", "Statement": [
        { "Sid": "own", "Effect": "Allow", "Action": action, "Resource": resource },
    ] })
}

/// Documents come in the encoding of addresses (RFC 3986).
fn encoded(document: &Value) -> String {
    let mut encoded = String::new();
    for byte in document.to_string().bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => encoded.push(char::from(byte)),
            byte => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// The columns of a credential report (IAM User Guide, "Understanding the report format").
const COLUMNS: &str = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,\
password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,\
access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,\
access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,\
cert_1_last_rotated,cert_2_active,cert_2_last_rotated";

fn report(population: &Population) -> String {
    let (nothing, date) = ("N/A", "2026-10-01T10:00:00+00:00");
    let mut lines = vec![COLUMNS.to_owned()];
    let mut line = |user: &str, arn: String, password: &str, mfa: bool, keys: usize| {
        let key = match keys {
            0 => format!("false,{nothing},{nothing},{nothing},{nothing}"),
            _ => format!("true,{date},{date},{},s3", population.home()),
        };
        lines.push(format!(
            "{user},{arn},2024-05-01T09:00:00+00:00,{password},{date},{date},{nothing},{mfa},{key},\
             false,{nothing},{nothing},{nothing},{nothing},false,{nothing},false,{nothing}"
        ));
    };
    line("<root_account>", format!("arn:aws:iam::{ACCOUNT}:root"), "not_supported", true, 0);
    for number in 0..population.everywhere(Kind::User) {
        let mut dice = population.dice(Kind::User, "", number);
        let named = name(number);
        let password = if dice.happens(40) { "true" } else { "false" };
        let arn = format!("arn:aws:iam::{ACCOUNT}:user/{named}");
        line(&named, arn, password, dice.happens(80), population.access_keys(number));
    }
    lines.join("\n")
}
