//! How people and machines sign in to an account: read from a stand-in, judged by checks.

mod support;

use model::Inventory;
use serde_json::json;
use support::{scanned, statuses};
use testbed::cloud::{Asked, Reply};

fn operation(asked: &Asked) -> &str {
    asked.body.split('&').find_map(|pair| pair.strip_prefix("Action=")).unwrap_or_default()
}

fn answer(operation: &str, inner: &str) -> Reply {
    let text = format!("<{operation}Response><{operation}Result>{inner}</{operation}Result></{operation}Response>");
    Reply::Answer(200, text)
}

fn fault(status: u16, code: &str) -> Reply {
    Reply::Answer(status, format!("<ErrorResponse><Error><Code>{code}</Code></Error></ErrorResponse>"))
}

fn base64(text: &str) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut encoded = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let bits = (0..3).fold(0u32, |bits, place| bits << 8 | u32::from(chunk.get(place).copied().unwrap_or(0)));
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            encoded.push(if place > chunk.len() { '=' } else { char::from(letter) });
        }
    }
    encoded
}

const COLUMNS: &str = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,\
    password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,\
    access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date";

/// An account as a test wants it.
#[derive(Clone, Copy)]
struct Account {
    /// The row of the root user in the report, behind its name and ARN.
    root: &'static str,
    /// The rows of the users.
    users: &'static [(&'static str, &'static str)],
    summary: &'static str,
    devices: &'static str,
    passwords: Option<&'static str>,
    /// An operation that is denied.
    denied: &'static str,
}

/// An account in order: the root user has a security key, Ann signs in with two factors, a job has a key.
const ORDERLY: Account = Account {
    root: "2020-01-01T00:00:00+00:00,TRUE,2024-05-01T10:00:00+00:00,2020-01-01T00:00:00+00:00,not_supported,TRUE,\
           FALSE,N/A,N/A,FALSE,N/A,N/A",
    users: &[
        (
            "ann",
            "2024-01-01T00:00:00+00:00,TRUE,2026-10-30T00:00:00+00:00,2024-01-01T00:00:00+00:00,N/A,TRUE,\
             FALSE,N/A,N/A,FALSE,N/A,N/A",
        ),
        (
            "job",
            "2024-01-01T00:00:00+00:00,FALSE,N/A,N/A,N/A,FALSE,TRUE,2026-10-01T00:00:00+00:00,\
             2026-10-31T00:00:00+00:00,FALSE,N/A,N/A",
        ),
    ],
    summary: "<entry><key>AccountMFAEnabled</key><value>1</value></entry>\
              <entry><key>AccountAccessKeysPresent</key><value>0</value></entry>\
              <entry><key>AccountPasswordPresent</key><value>1</value></entry>",
    devices: "<member><SerialNumber>arn:aws:iam::1:mfa/ann</SerialNumber><User><Arn>arn:aws:iam::1:user/ann</Arn></User></member>",
    passwords: Some(
        "<MinimumPasswordLength>16</MinimumPasswordLength><PasswordReusePrevention>24</PasswordReusePrevention>",
    ),
    denied: "",
};

async fn read(account: Account) -> Inventory {
    scanned("iam", move |asked| {
        let operation = operation(asked);
        if operation == account.denied {
            return fault(403, "AccessDenied");
        }
        let users = account.users.iter();
        answer(
            operation,
            &match operation {
                "GetAccountAuthorizationDetails" if asked.body.contains("=User") => {
                    let users = users.map(|(name, _)| format!("<member><UserName>{name}</UserName></member>"));
                    format!("<UserDetailList>{}</UserDetailList>", users.collect::<String>())
                }
                "GenerateCredentialReport" => "<State>COMPLETE</State>".to_owned(),
                "GetCredentialReport" => {
                    let root = format!("<root_account>,arn:aws:iam::1:root,{}", account.root);
                    let users = users.map(|(name, row)| format!("{name},arn:aws:iam::1:user/{name},{row}"));
                    let lines: Vec<String> = [COLUMNS.to_owned(), root].into_iter().chain(users).collect();
                    format!("<Content>{}</Content>", base64(&lines.join("\n")))
                }
                "GetAccountPasswordPolicy" => match account.passwords {
                    Some(policy) => format!("<PasswordPolicy>{policy}</PasswordPolicy>"),
                    None => return fault(404, "NoSuchEntity"),
                },
                "GetAccountSummary" => format!("<SummaryMap>{}</SummaryMap>", account.summary),
                "ListVirtualMFADevices" => format!("<VirtualMFADevices>{}</VirtualMFADevices>", account.devices),
                _ => String::new(),
            },
        )
    })
    .await
}

const OF_ROOT: [&str; 4] =
    ["iam_root_mfa_enabled", "iam_root_hardware_mfa", "iam_root_no_access_keys", "iam_root_not_recently_used"];

fn root(inventory: &Inventory) -> Vec<String> {
    OF_ROOT.iter().map(|check| statuses(inventory, check).join(" ")).collect()
}

#[tokio::test]
async fn an_account_in_order_passes() {
    let inventory = read(ORDERLY).await;
    assert!(inventory.gaps.is_empty(), "{:?}", inventory.gaps);
    assert_eq!(root(&inventory), ["1 pass", "1 pass", "1 pass", "1 pass"]);
    assert_eq!(statuses(&inventory, "iam_user_mfa_enabled"), ["ann pass"]);
    assert_eq!(statuses(&inventory, "iam_user_access_key_rotated"), ["job pass"]);
    assert_eq!(statuses(&inventory, "iam_user_single_active_access_key"), ["ann pass", "job pass"]);
    assert_eq!(statuses(&inventory, "iam_user_unused_credentials_disabled"), ["ann pass", "job pass"]);
    assert_eq!(statuses(&inventory, "iam_user_no_initial_access_key"), ["ann pass"]);
    assert_eq!(statuses(&inventory, "iam_password_policy_strong"), ["1 pass"]);
}

#[tokio::test]
async fn an_account_that_is_not_fails() {
    let inventory = read(Account {
        root: "2020-01-01T00:00:00+00:00,not_supported,2026-10-30T10:00:00+00:00,not_supported,not_supported,FALSE,\
               TRUE,2020-01-01T00:00:00+00:00,N/A,FALSE,N/A,N/A",
        users: &[(
            "eve",
            "2024-01-01T00:00:00+00:00,TRUE,no_information,2024-01-01T00:00:00+00:00,N/A,FALSE,\
             TRUE,2024-01-01T00:00:04+00:00,N/A,TRUE,2025-01-01T00:00:00+00:00,2026-10-30T00:00:00+00:00",
        )],
        summary: "<entry><key>AccountMFAEnabled</key><value>0</value></entry>\
                  <entry><key>AccountAccessKeysPresent</key><value>1</value></entry>",
        passwords: None,
        ..ORDERLY
    })
    .await;
    assert_eq!(root(&inventory), ["1 fail", "1 fail", "1 fail", "1 fail"]);
    assert_eq!(statuses(&inventory, "iam_user_mfa_enabled"), ["eve fail"]);
    for check in [
        "iam_user_access_key_rotated",
        "iam_user_single_active_access_key",
        "iam_user_unused_credentials_disabled",
        "iam_user_no_initial_access_key",
    ] {
        assert_eq!(statuses(&inventory, check), ["eve fail"], "{check}");
    }
    assert_eq!(statuses(&inventory, "iam_password_policy_strong"), ["1 fail"]);
}

/// The app of an authenticator is told by its name or by whose it is.
#[tokio::test]
async fn virtual_devices_of_the_root_user_are_told_apart() {
    for devices in [
        "<member><SerialNumber>arn:aws:iam::1:mfa/root-account-mfa-device</SerialNumber></member>",
        "<member><SerialNumber>arn:aws:iam::1:mfa/phone</SerialNumber><User><Arn>arn:aws:iam::1:root</Arn></User></member>",
    ] {
        let inventory = read(Account { devices, ..ORDERLY }).await;
        assert_eq!(root(&inventory), ["1 pass", "1 fail", "1 pass", "1 pass"], "{devices}");
    }
    let denied = read(Account { denied: "ListVirtualMFADevices", ..ORDERLY }).await;
    assert_eq!(root(&denied), ["1 pass", "1 unknown", "1 pass", "1 pass"]);
}

/// Members of an organization that manages root access have no root credentials, and people who sign in by
/// IAM Identity Center are no users.
#[tokio::test]
async fn where_nobody_has_credentials_nothing_is_asked_of_them() {
    let bare = Account {
        root: "2025-01-01T00:00:00+00:00,FALSE,N/A,N/A,N/A,FALSE,FALSE,N/A,N/A,FALSE,N/A,N/A",
        users: &[],
        summary: "<entry><key>AccountMFAEnabled</key><value>0</value></entry>\
                  <entry><key>AccountAccessKeysPresent</key><value>0</value></entry>\
                  <entry><key>AccountPasswordPresent</key><value>0</value></entry>",
        devices: "",
        passwords: None,
        denied: "",
    };
    let inventory = read(bare).await;
    assert_eq!(root(&inventory), ["", "", "1 pass", "1 pass"]);
    assert!(statuses(&inventory, "iam_password_policy_strong").is_empty());
    // A summary that says nothing of the password leaves it to the report.
    let summary = "<entry><key>AccountMFAEnabled</key><value>0</value></entry>\
                   <entry><key>AccountAccessKeysPresent</key><value>0</value></entry>";
    assert_eq!(root(&read(Account { summary, ..bare }).await), ["", "", "1 pass", "1 pass"]);
    let denied = read(Account { summary, denied: "GetCredentialReport", ..bare }).await;
    assert_eq!(root(&denied), ["1 unknown", "1 unknown", "1 pass", "1 unknown"]);
}

#[tokio::test]
async fn what_is_denied_is_unknown() {
    let report = read(Account { denied: "GetCredentialReport", ..ORDERLY }).await;
    assert_eq!(root(&report), ["1 pass", "1 pass", "1 pass", "1 unknown"]);
    for check in [
        "iam_user_mfa_enabled",
        "iam_user_access_key_rotated",
        "iam_user_single_active_access_key",
        "iam_user_unused_credentials_disabled",
        "iam_user_no_initial_access_key",
    ] {
        assert_eq!(statuses(&report, check), ["ann unknown", "job unknown"], "{check}");
    }
    // Nobody may have a password, but then the policy would be in order.
    assert_eq!(statuses(&report, "iam_password_policy_strong"), ["1 pass"]);
    let neither = read(Account { denied: "GetCredentialReport", passwords: None, ..ORDERLY }).await;
    assert_eq!(statuses(&neither, "iam_password_policy_strong"), ["1 unknown"]);
    let policy = read(Account { denied: "GetAccountPasswordPolicy", ..ORDERLY }).await;
    assert_eq!(statuses(&policy, "iam_password_policy_strong"), ["1 unknown"]);
    let summary = read(Account { denied: "GetAccountSummary", ..ORDERLY }).await;
    assert_eq!(root(&summary), ["1 unknown", "1 unknown", "1 unknown", "1 pass"]);
}

#[tokio::test]
async fn roles_and_certificates_are_judged_by_their_dates() {
    let reply = |asked: &Asked| {
        let operation = operation(asked);
        answer(
            operation,
            match operation {
                "GetAccountAuthorizationDetails" if asked.body.contains("=Role") => {
                    "<RoleDetailList>\
                    <member><RoleName>idle</RoleName><Path>/</Path><CreateDate>2024-01-01T00:00:00Z</CreateDate>\
                    <RoleLastUsed><LastUsedDate>2026-01-01T00:00:00Z</LastUsedDate></RoleLastUsed></member>\
                    <member><RoleName>new</RoleName><Path>/</Path><CreateDate>2026-10-20T00:00:00Z</CreateDate></member>\
                    <member><RoleName>of-aws</RoleName><Path>/aws-service-role/ecs.amazonaws.com/</Path>\
                    <CreateDate>2024-01-01T00:00:00Z</CreateDate></member>\
                    <member><RoleName>support</RoleName><Path>/</Path><CreateDate>2024-01-01T00:00:00Z</CreateDate>\
                    <RoleLastUsed><LastUsedDate>2026-10-01T00:00:00Z</LastUsedDate></RoleLastUsed><AttachedManagedPolicies>\
                    <member><PolicyArn>arn:aws:iam::aws:policy/AWSSupportAccess</PolicyArn></member>\
                    </AttachedManagedPolicies></member></RoleDetailList>"
                }
                "ListServerCertificates" => {
                    "<ServerCertificateMetadataList>\
                    <member><ServerCertificateName>new</ServerCertificateName><Arn>arn:n</Arn>\
                    <Expiration>2027-01-01T00:00:00Z</Expiration></member>\
                    <member><ServerCertificateName>old</ServerCertificateName><Arn>arn:o</Arn>\
                    <Expiration>2025-01-01T00:00:00Z</Expiration></member></ServerCertificateMetadataList>"
                }
                _ => "",
            },
        )
    };
    let inventory = scanned("iam", reply).await;
    assert_eq!(statuses(&inventory, "iam_role_unused"), ["idle fail", "new pass", "support pass"]);
    assert_eq!(statuses(&inventory, "iam_expired_server_certificates_removed"), ["new pass", "old fail"]);
    assert_eq!(statuses(&inventory, "iam_support_role_exists"), ["1 pass"]);
    let denied = scanned("iam", move |asked| match operation(asked) {
        "GetAccountAuthorizationDetails" => fault(403, "AccessDenied"),
        _ => reply(asked),
    })
    .await;
    assert_eq!(statuses(&denied, "iam_support_role_exists"), ["1 unknown"]);
    assert_eq!(statuses(&read(ORDERLY).await, "iam_support_role_exists"), ["1 fail"]);
}

#[tokio::test]
async fn accounts_have_a_contact_and_an_organization_or_not() {
    let contact = |reply: Reply| async move {
        let inventory = scanned("account", move |_| reply.clone()).await;
        statuses(&inventory, "account_security_contact_set")
    };
    let known = json!({ "AlternateContact": { "EmailAddress": "security@example.com" } });
    assert_eq!(contact(Reply::json(known)).await, ["1 pass"]);
    assert_eq!(contact(Reply::error("ResourceNotFoundException")).await, ["1 fail"]);
    assert_eq!(contact(Reply::error("AccessDeniedException")).await, ["1 unknown"]);
    // A member may ask which organization it belongs to, and no more.
    let organization = |reply: Reply| async move {
        let inventory = scanned("organizations", move |asked| match asked.operation() {
            "DescribeOrganization" => reply.clone(),
            _ => Reply::error("AccessDeniedException"),
        })
        .await;
        statuses(&inventory, "account_in_organization")
    };
    let member = json!({ "Organization": { "Id": "o-1", "MasterAccountId": "2" } });
    assert_eq!(organization(Reply::json(member)).await, ["1 pass"]);
    assert_eq!(organization(Reply::error("AWSOrganizationsNotInUseException")).await, ["1 fail"]);
    assert_eq!(organization(Reply::error("AccessDeniedException")).await, ["1 unknown"]);
}
