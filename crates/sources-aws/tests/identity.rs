//! Identities, secrets and messages: what checks make of live accounts.

mod support;

use model::{Inventory, Node, Value};
use serde_json::{Value as Json, json};
use testbed::cloud::{Asked, Reply};

use support::{found, scanned, statuses};

/// The operation, also of services that name it in a form.
fn operation(asked: &Asked) -> &str {
    match asked.operation() {
        "" => asked.body.split('&').find_map(|pair| pair.strip_prefix("Action=")).unwrap_or_default(),
        name => name,
    }
}

fn xml(operation: &str, inner: &str) -> Reply {
    Reply::Answer(
        200,
        format!("<{operation}Response><{operation}Result>{inner}</{operation}Result></{operation}Response>"),
    )
}

fn denied_xml() -> Reply {
    Reply::Answer(403, "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>".to_owned())
}

fn property<'i>(inventory: &'i Inventory, kind: &str, id: &str, path: &str) -> Option<&'i Node> {
    let resource = inventory.resources.iter().find(|resource| resource.kind == kind && resource.id == id)?;
    path.split('.').try_fold(&resource.properties, |node, key| node.get(key))
}

fn text<'i>(inventory: &'i Inventory, kind: &str, id: &str, path: &str) -> &'i str {
    match property(inventory, kind, id, path).map(|node| &node.value) {
        Some(Value::Text(text)) => text,
        _ => "",
    }
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

const REPORT: &str = "user,arn,user_creation_time,password_enabled,password_last_used,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_2_active,access_key_2_last_rotated
<root_account>,arn:aws:iam::1:root,2020-01-01T00:00:00+00:00,not_supported,no_information,true,false,N/A,false,N/A
ann,arn:aws:iam::1:user/ann,2020-01-01T00:00:00+00:00,true,2026-01-01T00:00:00+00:00,false,false,N/A,false,N/A
bob,arn:aws:iam::1:user/a,b/bob,2020-01-01T00:00:00+00:00,false,N/A,false,false,2021-01-01T00:00:00+00:00,true,2022-01-01T00:00:00+00:00
job,arn:aws:iam::1:user/job,2020-01-01T00:00:00+00:00,false,N/A,false,false,2021-01-01T00:00:00+00:00,false,N/A";

const EVERYTHING: &str = "%7B%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22%2A%22%2C%22Resource%22%3A%22%2A%22%7D%5D%7D";
const LITTLE: &str = "%7B%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22s3%3AGetObject%22%2C%22Resource%22%3A%22arn%3Aaws%3As3%3A%3A%3Aa%2F%2A%22%7D%7D";
const TRUST: &str = "%7B%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Principal%22%3A%7B%22AWS%22%3A%22%2A%22%7D%2C%22Action%22%3A%22sts%3AAssumeRole%22%7D%5D%7D";

fn iam(asked: &Asked) -> Reply {
    let operation = operation(asked);
    let policy = |name: &str, document: &str| {
        format!(
            "<member><PolicyName>{name}</PolicyName><Arn>arn:aws:iam::1:policy/{name}</Arn><DefaultVersionId>v2</DefaultVersionId>\
             <PolicyVersionList><member><Document>%7B%7D</Document><VersionId>v1</VersionId></member>\
             <member><Document>{document}</Document><VersionId>v2</VersionId></member></PolicyVersionList></member>"
        )
    };
    let inner = match operation {
        "GetAccountAuthorizationDetails" if asked.body.contains("=User") => "<UserDetailList>\
            <member><UserName>ann</UserName><Arn>arn:aws:iam::1:user/ann</Arn><AttachedManagedPolicies><member>\
            <PolicyArn>arn:aws:iam::aws:policy/ReadOnlyAccess</PolicyArn></member></AttachedManagedPolicies></member>\
            <member><UserName>bob</UserName><UserPolicyList/><AttachedManagedPolicies/></member>\
            <member><UserName>job</UserName></member><member><UserName>new</UserName></member></UserDetailList>"
            .to_owned(),
        "GetAccountAuthorizationDetails" if asked.body.contains("=Role") => format!(
            "<RoleDetailList><member><RoleName>open</RoleName><AssumeRolePolicyDocument>{TRUST}</AssumeRolePolicyDocument>\
             <RolePolicyList><member><PolicyName>p</PolicyName><PolicyDocument>{EVERYTHING}</PolicyDocument></member></RolePolicyList>\
             </member></RoleDetailList>"
        ),
        "GetAccountAuthorizationDetails" if asked.body.contains("=LocalManagedPolicy") => {
            format!("<Policies>{}{}</Policies>", policy("big", EVERYTHING), policy("small", LITTLE))
        }
        "GenerateCredentialReport" => "<State>COMPLETE</State>".to_owned(),
        "GetCredentialReport" => {
            format!("<Content>{}</Content><GeneratedTime>2026-01-01T00:00:00Z</GeneratedTime>", base64(REPORT))
        }
        "GetAccountPasswordPolicy" => {
            let error = "<ErrorResponse><Error><Code>NoSuchEntity</Code></Error></ErrorResponse>";
            return Reply::Answer(404, error.to_owned());
        }
        "GetAccountSummary" => {
            "<SummaryMap><entry><key>AccountMFAEnabled</key><value>1</value></entry></SummaryMap>".to_owned()
        }
        _ => String::new(),
    };
    xml(operation, &inner)
}

#[tokio::test]
async fn identities_are_judged_with_what_the_credential_report_says() {
    let inventory = scanned("iam", iam).await;
    assert!(inventory.gaps.is_empty(), "{:?}", inventory.gaps);
    assert_eq!(statuses(&inventory, "iam_policy_no_full_admin"), ["big fail", "small pass", "open fail", "ann pass"]);
    assert_eq!(statuses(&inventory, "iam_role_trust_no_public_principal"), ["open fail"]);
    let direct = statuses(&inventory, "iam_user_no_direct_policies");
    assert_eq!(direct, ["ann fail", "bob pass", "job pass", "new pass"]);
    // A password, a key that is active, one that is not, and nothing known of a user newer than the report.
    assert_eq!(statuses(&inventory, "iam_user_none_defined"), ["ann fail", "bob fail", "job pass", "new unknown"]);
    assert_eq!(text(&inventory, "AWS::IAM::AccessKey", "bob access_key_1", "Status"), "Inactive");
    let account = |path| property(&inventory, "Pilaster::Account", "1", path).map(|node| node.value.clone());
    assert_eq!(account("Root.MfaActive"), Some(Value::Bool(true)));
    assert_eq!(account("Summary.AccountMFAEnabled"), Some(Value::Text("1".into())));
    assert_eq!(account("PasswordPolicy"), None);
}

#[tokio::test]
async fn users_are_not_judged_without_the_credential_report() {
    let inventory = scanned("iam", |asked| match operation(asked) {
        "GetCredentialReport" | "GetAccountPasswordPolicy" => denied_xml(),
        _ => iam(asked),
    })
    .await;
    let users = statuses(&inventory, "iam_user_none_defined");
    assert_eq!(users, ["ann unknown", "bob unknown", "job unknown", "new unknown"]);
    for path in ["Root", "PasswordPolicy"] {
        let node = property(&inventory, "Pilaster::Account", "1", path).expect("set");
        assert!(matches!(node.value, Value::Unknown(_)), "{path}: {node:?}");
    }
    for content in ["!".to_owned(), base64("no table")] {
        let garbled = scanned("iam", move |asked| match operation(asked) {
            "GetCredentialReport" => xml("GetCredentialReport", &format!("<Content>{content}</Content>")),
            _ => iam(asked),
        })
        .await;
        assert_eq!(statuses(&garbled, "iam_user_none_defined")[0], "ann unknown");
    }
    let nobody = scanned("iam", |_| denied_xml()).await;
    assert!(nobody.gaps.iter().any(|gap| gap.hides.iter().any(|kind| kind == "AWS::IAM::User")));
}

fn kms(asked: &Asked) -> Reply {
    let (key, everyone) = (
        asked.json()["KeyId"].clone(),
        json!({ "Statement": [{ "Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*" }] }),
    );
    Reply::json(match asked.operation() {
        "ListKeys" => {
            json!({ "Keys": [{ "KeyId": "on" }, { "KeyId": "off" }, { "KeyId": "rsa" }, { "KeyId": "aws" }] })
        }
        "ListAliases" => {
            json!({ "Aliases": [{ "AliasName": "alias/aws/s3", "TargetKeyId": "aws" }, { "AliasName": "alias/on", "TargetKeyId": "on" }] })
        }
        "DescribeKey" => {
            assert_ne!(key, "aws", "a key of AWS is not asked about");
            let spec = if key == "rsa" { "RSA_2048" } else { "SYMMETRIC_DEFAULT" };
            json!({ "KeyMetadata": { "KeyId": key, "KeyManager": "CUSTOMER", "KeySpec": spec, "Origin": "AWS_KMS" } })
        }
        "GetKeyPolicy" if key == "off" => json!({ "Policy": everyone.to_string() }),
        "GetKeyPolicy" => {
            json!({ "Policy": "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::1:root\"}}]}" })
        }
        "GetKeyRotationStatus" => json!({ "KeyRotationEnabled": key == "on" }),
        _ => json!({ "Tags": [{ "TagKey": "Owner", "TagValue": "shop" }] }),
    })
}

#[tokio::test]
async fn keys() {
    let inventory = scanned("kms", kms).await;
    assert_eq!(statuses(&inventory, "kms_key_rotation"), ["off fail", "on pass"]);
    assert_eq!(statuses(&inventory, "kms_key_not_public"), ["off fail", "on pass", "rsa pass"]);
    let Some(Value::List(tags)) = property(&inventory, "AWS::KMS::Key", "on", "Tags").map(|node| node.value.clone())
    else {
        panic!("no tags");
    };
    assert_eq!(tags[0].get("Key").map(|node| &node.value), Some(&Value::Text("Owner".into())));
    let inventory = scanned("kms", |asked| match asked.operation() {
        "GetKeyRotationStatus" | "ListAliases" => Reply::error("AccessDeniedException"),
        "DescribeKey" if asked.json()["KeyId"] == "aws" => {
            Reply::json(json!({ "KeyMetadata": { "KeyManager": "AWS" } }))
        }
        _ => kms(asked),
    })
    .await;
    assert_eq!(statuses(&inventory, "kms_key_rotation"), ["off unknown", "on unknown"]);
}

#[tokio::test]
async fn secrets() {
    let reply = |asked: &Asked| match asked.operation() {
        "ListSecrets" => Reply::json(json!({ "SecretList": [
            { "ARN": "arn:aws:secretsmanager:us-east-1:1:secret:a", "Name": "a", "RotationEnabled": true, "RotationRules": { "AutomaticallyAfterDays": 30 } },
            { "ARN": "arn:aws:secretsmanager:us-east-1:1:secret:b", "Name": "b" },
        ] })),
        _ => Reply::json(json!({})),
    };
    let inventory = scanned("secretsmanager", reply).await;
    assert_eq!(statuses(&inventory, "secretsmanager_rotation"), ["a pass", "b fail"]);
    let denied = scanned("secretsmanager", |_| Reply::error("AccessDeniedException")).await;
    assert_eq!(denied.gaps[0].action.as_deref(), Some("secretsmanager:ListSecrets"));
}

fn ssm(asked: &Asked) -> Reply {
    let content = if asked.json()["Name"] == "good" {
        json!({ "description": "Restarts", "assumeRole": "{{ Role }}" })
    } else {
        json!({ "mainSteps": [] })
    };
    Reply::json(match asked.operation() {
        "DescribeParameters" => {
            json!({ "Parameters": [{ "Name": "/db/password", "Type": "SecureString" }, { "Name": "/web/password", "Type": "String" }] })
        }
        "ListDocuments" => {
            json!({ "DocumentIdentifiers": [{ "Name": "good", "DocumentType": "Automation" }, { "Name": "bare", "DocumentType": "Automation" }] })
        }
        "GetDocument" => json!({ "Content": content.to_string() }),
        "ListAssociations" => {
            json!({ "Associations": [{ "AssociationId": "a1", "Name": "AWS-RunPatchBaseline", "ScheduleExpression": "rate(1 day)" }] })
        }
        "DescribeAssociation" => json!({ "AssociationDescription": { "Parameters": { "Operation": ["Scan"] } } }),
        "DescribeMaintenanceWindows" => json!({ "WindowIdentities": [{ "WindowId": "mw-1" }] }),
        "DescribeMaintenanceWindowTasks" => {
            json!({ "Tasks": [{ "WindowId": "mw-1", "WindowTaskId": "t1", "TaskArn": "AWS-RunPatchBaseline" }] })
        }
        _ => json!({ "TaskInvocationParameters": { "RunCommand": { "Parameters": { "Operation": ["Install"] } } } }),
    })
}

#[tokio::test]
async fn systems_manager() {
    let inventory = scanned("ssm", ssm).await;
    // Values are never read: the name is enough.
    let parameters = statuses(&inventory, "ssm_parameter_plaintext_secret");
    assert_eq!(parameters, ["password pass", "password fail"]);
    assert_eq!(statuses(&inventory, "ssm_automation_runbooks"), ["bare fail", "good pass"]);
    assert_eq!(statuses(&inventory, "ssm_patching_scheduled"), ["a1 fail", "t1 pass"]);
    let denied = scanned("ssm", |asked| match asked.operation() {
        "DescribeAssociation" | "GetMaintenanceWindowTask" | "ListDocuments" => Reply::error("AccessDeniedException"),
        _ => ssm(asked),
    })
    .await;
    assert_eq!(statuses(&denied, "ssm_patching_scheduled"), ["a1 unknown", "t1 unknown"]);
    assert!(denied.gaps.iter().any(|gap| gap.hides == ["AWS::SSM::Document"]), "{:?}", denied.gaps);
}

#[tokio::test]
async fn topics() {
    let policy = r#"{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sns:*","Resource":"*"}]}"#;
    let reply = move |asked: &Asked| match operation(asked) {
        "ListTopics" => {
            xml("ListTopics", "<Topics><member><TopicArn>arn:aws:sns:us-east-1:1:open</TopicArn></member></Topics>")
        }
        "GetTopicAttributes" => xml(
            "GetTopicAttributes",
            &format!(
                "<Attributes><entry><key>Policy</key><value>{}</value></entry></Attributes>",
                policy.replace('"', "&quot;")
            ),
        ),
        "ListSubscriptions" => xml(
            "ListSubscriptions",
            "<Subscriptions><member><SubscriptionArn>PendingConfirmation</SubscriptionArn><Protocol>email</Protocol></member></Subscriptions>",
        ),
        operation => xml(operation, ""),
    };
    let inventory = scanned("sns", reply).await;
    assert_eq!(statuses(&inventory, "sns_topic_not_public"), ["open fail"]);
    assert!(inventory.of_kind("AWS::SNS::Subscription").count() == 1 && inventory.gaps.is_empty());
    let denied = scanned("sns", move |asked| match operation(asked) {
        "GetTopicAttributes" => denied_xml(),
        _ => reply(asked),
    })
    .await;
    assert_eq!(statuses(&denied, "sns_topic_not_public"), ["open unknown"]);
}

fn events(asked: &Asked) -> Reply {
    let rule = |name: &str| json!({ "Name": name, "EventBusName": "default", "State": "ENABLED", "EventPattern": "{\"source\":[\"aws.health\"]}" });
    Reply::json(match asked.operation() {
        "ListEventBuses" => json!({ "EventBuses": [
            { "Name": "default" },
            { "Name": "open", "Policy": "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"events:PutEvents\"}]}" },
        ] }),
        "ListRules" if asked.json()["EventBusName"] == "default" => json!({ "Rules": [rule("told"), rule("unheard")] }),
        "ListTargetsByRule" if asked.json()["Rule"] == "told" => {
            json!({ "Targets": [{ "Id": "1", "Arn": "arn:aws:sns:us-east-1:1:ops" }] })
        }
        _ => json!({}),
    })
}

#[tokio::test]
async fn buses_and_rules() {
    let inventory = scanned("eventbridge", events).await;
    assert_eq!(statuses(&inventory, "eventbridge_bus_not_public"), ["default pass", "open fail"]);
    assert_eq!(statuses(&inventory, "health_events_routed"), ["1 pass"]);
    let denied = scanned("eventbridge", |asked| match asked.operation() {
        "ListTargetsByRule" => Reply::error("AccessDeniedException"),
        _ => events(asked),
    })
    .await;
    assert_eq!(statuses(&denied, "health_events_routed"), ["1 unknown"]);
}

fn organization(asked: &Asked) -> Reply {
    let (root, id) = (asked.json()["ParentId"] == "r-1", asked.json()["PolicyId"].clone());
    let account = |id: &str| json!({ "Id": id, "Name": "shop" });
    Reply::json(match asked.operation() {
        "DescribeOrganization" => {
            json!({ "Organization": { "Id": "o-1", "FeatureSet": "ALL", "MasterAccountId": "1" } })
        }
        "ListRoots" => {
            json!({ "Roots": [{ "Id": "r-1", "PolicyTypes": [{ "Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED" }] }] })
        }
        "ListOrganizationalUnitsForParent" if root => {
            json!({ "OrganizationalUnits": [{ "Id": "ou-1", "Name": "Workloads" }] })
        }
        "ListAccountsForParent" if root => json!({ "Accounts": [account("1"), account("2")] }),
        "ListAccountsForParent" => json!({ "Accounts": [account("3")] }),
        "ListPolicies" => json!({ "Policies": [
            { "Id": "p-FullAWSAccess", "Type": "SERVICE_CONTROL_POLICY", "AwsManaged": true },
            { "Id": "p-used", "Type": "SERVICE_CONTROL_POLICY" },
            { "Id": "p-idle", "Type": "SERVICE_CONTROL_POLICY" },
        ] }),
        "ListTargetsForPolicy" if id == "p-used" => json!({ "Targets": [{ "TargetId": "ou-1" }] }),
        _ => json!({}),
    })
}

#[tokio::test]
async fn organizations() {
    let inventory = scanned("organizations", organization).await;
    assert_eq!(statuses(&inventory, "organizations_scp_attached"), ["1 pass", "p-idle fail", "p-used pass"]);
    assert_eq!(statuses(&inventory, "organizations_workload_ou_structure"), ["2 fail", "3 pass"]);
    let denied = scanned("organizations", |asked| match asked.operation() {
        "ListTargetsForPolicy" => Reply::error("AccessDeniedException"),
        _ => organization(asked),
    })
    .await;
    assert_eq!(statuses(&denied, "organizations_scp_attached"), ["1 unknown", "p-idle unknown", "p-used unknown"]);
    let alone = scanned("organizations", |_| Reply::error("AWSOrganizationsNotInUseException")).await;
    assert!(alone.gaps.is_empty() && found(&alone).is_empty(), "{:?}", alone.gaps);
}

#[tokio::test]
async fn analyzers() {
    let reply = |asked: &Asked| {
        let rules: Json = match asked.path.split('?').next() {
            Some("/analyzer") => {
                json!({ "analyzers": [{ "name": "blind", "type": "ACCOUNT", "status": "ACTIVE" }, { "name": "sees", "type": "ACCOUNT", "status": "ACTIVE" }] })
            }
            Some("/analyzer/blind/archive-rule") => {
                json!({ "archiveRules": [{ "ruleName": "all", "filter": { "isPublic": { "eq": ["true"] } } }] })
            }
            _ => {
                json!({ "archiveRules": [{ "ruleName": "site", "filter": { "isPublic": { "eq": ["true"] }, "resource": { "eq": ["arn:aws:s3:::site"] } } }] })
            }
        };
        Reply::json(rules)
    };
    let inventory = scanned("accessanalyzer", reply).await;
    assert_eq!(statuses(&inventory, "accessanalyzer_enabled"), ["us-east-1 pass"]);
    let denied = scanned("accessanalyzer", move |asked| match asked.path.ends_with("archive-rule") {
        true => Reply::error("AccessDeniedException"),
        false => reply(asked),
    })
    .await;
    assert_eq!(statuses(&denied, "accessanalyzer_enabled"), ["us-east-1 unknown"]);
}

#[tokio::test]
async fn certificates_and_contacts() {
    let arn = "arn:aws:acm:us-east-1:1:certificate/c";
    let inventory = scanned("acm", move |asked| match asked.operation() {
        "ListCertificates" => {
            Reply::json(json!({ "CertificateSummaryList": [{ "CertificateArn": arn, "Status": "ISSUED" }] }))
        }
        "DescribeCertificate" => Reply::error("AccessDeniedException"),
        _ => Reply::json(json!({ "Tags": [{ "Key": "Owner", "Value": "shop" }] })),
    })
    .await;
    assert_eq!(text(&inventory, "AWS::CertificateManager::Certificate", arn, "Observed.Status"), "ISSUED");
    let algorithm = property(&inventory, "AWS::CertificateManager::Certificate", arn, "KeyAlgorithm").expect("set");
    assert!(matches!(algorithm.value, Value::Unknown(_)));

    let inventory = scanned("account", |asked| match asked.json()["AlternateContactType"].as_str() {
        Some("SECURITY") => Reply::json(json!({ "AlternateContact": { "Title": "CISO" } })),
        Some("BILLING") => Reply::error("AccessDeniedException"),
        _ => Reply::error("ResourceNotFoundException"),
    })
    .await;
    assert_eq!(text(&inventory, "Pilaster::AccountContacts", "1", "Security.Title"), "CISO");
    assert!(property(&inventory, "Pilaster::AccountContacts", "1", "Operations").is_none());
    let billing = property(&inventory, "Pilaster::AccountContacts", "1", "Billing").expect("set");
    assert!(matches!(billing.value, Value::Unknown(_)));
}
