//! AWS IAM: identities and their policies, how they sign in, and what holds for the account.

use aws_wire::{Call, Pages};
use model::{Node, Value, Why};
use serde_json::json;

use crate::credential_report::{self, Credentials, IAM};
use crate::shape::{parsed, part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static DETAILS: Call = Call {
    service: &IAM,
    operation: "GetAccountAuthorizationDetails",
    path: "",
    action: "iam:GetAccountAuthorizationDetails",
    pages: Pages::Token { answer: "Marker", parameter: "Marker" },
    // Inline policies and the keys of users come with whom they belong to.
    yields: &[
        "AWS::IAM::User",
        "AWS::IAM::Group",
        "AWS::IAM::Role",
        "AWS::IAM::ManagedPolicy",
        "AWS::IAM::AccessKey",
        "AWS::IAM::Policy",
        "AWS::IAM::UserPolicy",
        "AWS::IAM::GroupPolicy",
        "AWS::IAM::RolePolicy",
    ],
    unset: &[],
};

static PROFILES: Call = Call {
    service: &IAM,
    operation: "ListInstanceProfiles",
    path: "",
    action: "iam:ListInstanceProfiles",
    pages: Pages::Token { answer: "Marker", parameter: "Marker" },
    yields: &["AWS::IAM::InstanceProfile"],
    unset: &[],
};

static CERTIFICATES: Call = Call {
    service: &IAM,
    operation: "ListServerCertificates",
    path: "",
    action: "iam:ListServerCertificates",
    pages: Pages::Token { answer: "Marker", parameter: "Marker" },
    yields: &["AWS::IAM::ServerCertificate"],
    unset: &[],
};

static OIDC_PROVIDERS: Call = Call {
    service: &IAM,
    operation: "ListOpenIDConnectProviders",
    path: "",
    action: "iam:ListOpenIDConnectProviders",
    pages: Pages::One,
    yields: &["AWS::IAM::OIDCProvider"],
    unset: &[],
};

static OIDC_PROVIDER: Call = Call {
    service: &IAM,
    operation: "GetOpenIDConnectProvider",
    path: "",
    action: "iam:GetOpenIDConnectProvider",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static SAML_PROVIDERS: Call = Call {
    service: &IAM,
    operation: "ListSAMLProviders",
    path: "",
    action: "iam:ListSAMLProviders",
    pages: Pages::One,
    yields: &["AWS::IAM::SAMLProvider"],
    unset: &[],
};

static PASSWORDS: Call = Call {
    service: &IAM,
    operation: "GetAccountPasswordPolicy",
    path: "",
    action: "iam:GetAccountPasswordPolicy",
    pages: Pages::One,
    yields: &["Pilaster::PasswordPolicy"],
    unset: &["NoSuchEntity", "NoSuchEntityException"],
};

static SUMMARY: Call = Call {
    service: &IAM,
    operation: "GetAccountSummary",
    path: "",
    action: "iam:GetAccountSummary",
    pages: Pages::One,
    yields: &["Pilaster::RootUser"],
    unset: &[],
};

static VIRTUAL_DEVICES: Call = Call {
    service: &IAM,
    operation: "ListVirtualMFADevices",
    path: "",
    action: "iam:ListVirtualMFADevices",
    pages: Pages::Token { answer: "Marker", parameter: "Marker" },
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "iam",
    reach: Reach::Once,
    calls: &[
        &DETAILS,
        &PROFILES,
        &CERTIFICATES,
        &OIDC_PROVIDERS,
        &OIDC_PROVIDER,
        &SAML_PROVIDERS,
        &PASSWORDS,
        &SUMMARY,
        &VIRTUAL_DEVICES,
        &credential_report::GENERATE,
        &credential_report::REPORT,
    ],
    collect: |run| Box::pin(everything(run)),
};

/// What the summary of an account tells of its root user.
const OF_ROOT: [&str; 4] =
    ["AccountMFAEnabled", "AccountAccessKeysPresent", "AccountPasswordPresent", "AccountSigningCertificatesPresent"];

const PASSWORD_POLICY: [&str; 10] = [
    "AllowUsersToChangePassword",
    "ExpirePasswords",
    "HardExpiry",
    "MaxPasswordAge",
    "MinimumPasswordLength",
    "PasswordReusePrevention",
    "RequireLowercaseCharacters",
    "RequireNumbers",
    "RequireSymbols",
    "RequireUppercaseCharacters",
];

/// What one list does not give is no reason to leave out the others; each notes its own gap.
async fn everything(run: &Run) -> Result<(), Halt> {
    let (credentials, passwords, summary, devices) = tokio::join!(
        credential_report::read(run),
        run.get(&PASSWORDS, json!({})),
        run.get(&SUMMARY, json!({})),
        run.get_list(&VIRTUAL_DEVICES, json!({ "AssignmentStatus": "Assigned" }), "VirtualMFADevices"),
    );
    // The summary is of now, the report may be some hours old.
    let mut root = Draft::new("Pilaster::RootUser", run.account(), run.origin(&SUMMARY))
        .set("Credentials", credentials.root())
        .set("VirtualMFADevices", devices.map(|devices| each_item(devices, of_root)));
    for property in OF_ROOT {
        root = root.set(property, summary.at(&format!("SummaryMap.{property}")));
    }
    run.add(root);
    // Where no policy is set, that of AWS counts.
    let mut policy = Draft::new("Pilaster::PasswordPolicy", run.account(), run.origin(&PASSWORDS));
    if let Some(found) = passwords.at("PasswordPolicy") {
        policy = policy.take(&found, &PASSWORD_POLICY.map(|property| (property, property)));
    }
    run.add(policy);
    credentials.drafts(run.account()).into_iter().for_each(|draft| run.add(draft));
    let _ = identities(run, &credentials).await;
    let (profiles, certificates, oidc, saml) = tokio::join!(
        run.list(&PROFILES, json!({ "MaxItems": 1000 }), "InstanceProfiles"),
        run.list(&CERTIFICATES, json!({ "MaxItems": 1000 }), "ServerCertificateMetadataList"),
        run.list(&OIDC_PROVIDERS, json!({}), "OpenIDConnectProviderList"),
        run.list(&SAML_PROVIDERS, json!({}), "SAMLProviderList"),
    );
    profiles.unwrap_or_default().iter().filter_map(profile).for_each(|draft| run.add(draft));
    certificates.unwrap_or_default().iter().filter_map(certificate).for_each(|draft| run.add(draft));
    saml.unwrap_or_default().iter().filter_map(saml_provider).for_each(|draft| run.add(draft));
    run.each(oidc.unwrap_or_default(), oidc_provider).await;
    Ok(())
}

/// The serial number of a virtual device, where the root user signs in with it. The console of former years
/// gave it always the same name.
fn of_root(device: Node) -> Option<Node> {
    let serial = text(&device, "SerialNumber")?;
    let is_root = text(&device, "User.Arn").is_some_and(|arn| arn.ends_with(":root"));
    (is_root || serial.ends_with(":mfa/root-account-mfa-device")).then(|| part(&device, "SerialNumber"))?
}

async fn identities(run: &Run, credentials: &Credentials) -> Result<(), Halt> {
    let details =
        |filter: &'static str, path| run.list(&DETAILS, json!({ "Filter": [filter], "MaxItems": 1000 }), path);
    for user in details("User", "UserDetailList").await? {
        let Some(draft) = identity("AWS::IAM::User", &user, "UserName", "UserPolicyList") else { continue };
        let draft = draft.set("Groups", part(&user, "GroupList"));
        run.add(credentials.set(draft, text(&user, "UserName").unwrap_or_default()));
    }
    for group in details("Group", "GroupDetailList").await? {
        identity("AWS::IAM::Group", &group, "GroupName", "GroupPolicyList")
            .into_iter()
            .for_each(|draft| run.add(draft));
    }
    for role in details("Role", "RoleDetailList").await? {
        let Some(draft) = identity("AWS::IAM::Role", &role, "RoleName", "RolePolicyList") else { continue };
        let trust = part(&role, "AssumeRolePolicyDocument").map(document);
        run.add(draft.set("AssumeRolePolicyDocument", trust).take(
            &role,
            &[
                ("RoleLastUsed.LastUsedDate", "Observed.LastUsedDate"),
                ("RoleLastUsed.Region", "Observed.LastUsedRegion"),
            ],
        ));
    }
    for policy in details("LocalManagedPolicy", "Policies").await? {
        managed_policy(&policy).into_iter().for_each(|draft| run.add(draft));
    }
    Ok(())
}

/// A user, a group or a role, with the policies that it holds and takes in.
fn identity(kind: &str, node: &Node, name: &str, policies: &str) -> Option<Draft> {
    let id = text(node, name)?;
    let mut draft = Draft::new(kind, id, node.origin).name(id);
    if let Some(arn) = text(node, "Arn") {
        draft = draft.arn(arn);
    }
    let inline = part(node, policies).map(|list| {
        each_item(list, |mut policy| {
            if let Value::Map(entries) = &mut policy.value
                && let Some(found) = entries.get_mut("PolicyDocument")
            {
                *found = document(found.clone());
            }
            Some(policy)
        })
    });
    let attached = part(node, "AttachedManagedPolicies");
    let attached = attached.map(|list| each_item(list, |policy| part(&policy, "PolicyArn")));
    let draft = draft.set("Policies", inline).set("ManagedPolicyArns", attached);
    Some(draft.take(
        node,
        &[
            (name, name),
            ("Path", "Path"),
            ("PermissionsBoundary.PermissionsBoundaryArn", "PermissionsBoundary"),
            ("Tags", "Tags"),
            ("CreateDate", "Observed.CreateDate"),
        ],
    ))
}

/// The version of a managed policy that counts is its default one.
fn managed_policy(policy: &Node) -> Option<Draft> {
    let arn = text(policy, "Arn")?;
    let name = text(policy, "PolicyName").or_else(|| arn.rsplit('/').next())?;
    let versions = match policy.get("PolicyVersionList").map(|versions| &versions.value) {
        Some(Value::List(versions)) => versions.as_slice(),
        _ => &[],
    };
    let default = text(policy, "DefaultVersionId");
    let default = versions.iter().find(|version| default.is_some() && text(version, "VersionId") == default);
    let counts = default.and_then(|version| part(version, "Document")).map(document).unwrap_or_else(|| {
        let why = Why::Denied("iam:GetAccountAuthorizationDetails (the default version is missing)".into());
        Node::new(Value::Unknown(why), policy.origin)
    });
    let draft = Draft::new("AWS::IAM::ManagedPolicy", name, policy.origin).name(arn).arn(arn);
    Some(draft.set("PolicyDocument", Some(counts)).take(
        policy,
        &[
            ("PolicyName", "ManagedPolicyName"),
            ("Description", "Description"),
            ("Path", "Path"),
            ("AttachmentCount", "Observed.AttachmentCount"),
            ("CreateDate", "Observed.CreateDate"),
            ("PermissionsBoundaryUsageCount", "Observed.PermissionsBoundaryUsageCount"),
            ("UpdateDate", "Observed.UpdateDate"),
        ],
    ))
}

fn profile(profile: &Node) -> Option<Draft> {
    let (name, arn) = (text(profile, "InstanceProfileName")?, text(profile, "Arn")?);
    let roles = part(profile, "Roles").map(|list| each_item(list, |role| part(&role, "RoleName")));
    let draft = Draft::new("AWS::IAM::InstanceProfile", name, profile.origin).name(name).arn(arn).set("Roles", roles);
    let taken =
        [("InstanceProfileName", "InstanceProfileName"), ("Path", "Path"), ("CreateDate", "Observed.CreateDate")];
    Some(draft.take(profile, &taken))
}

fn certificate(certificate: &Node) -> Option<Draft> {
    let (name, arn) = (text(certificate, "ServerCertificateName")?, text(certificate, "Arn")?);
    let draft = Draft::new("AWS::IAM::ServerCertificate", name, certificate.origin).name(name).arn(arn);
    Some(draft.take(
        certificate,
        &[
            ("ServerCertificateName", "ServerCertificateName"),
            ("Path", "Path"),
            ("Expiration", "Observed.Expiration"),
            ("UploadDate", "Observed.UploadDate"),
        ],
    ))
}

fn saml_provider(provider: &Node) -> Option<Draft> {
    let arn = text(provider, "Arn")?;
    let draft = Draft::new("AWS::IAM::SAMLProvider", arn, provider.origin).name(arn).arn(arn);
    Some(draft.take(provider, &[("CreateDate", "Observed.CreateDate"), ("ValidUntil", "Observed.ValidUntil")]))
}

async fn oidc_provider(run: &Run, provider: Node) -> Vec<Draft> {
    let Some(arn) = text(&provider, "Arn") else { return Vec::new() };
    let details = run.get(&OIDC_PROVIDER, json!({ "OpenIDConnectProviderArn": arn })).await;
    let draft = Draft::new("AWS::IAM::OIDCProvider", arn, provider.origin).name(arn).arn(arn);
    let draft = draft
        .set("Url", details.at("Url"))
        .set("ClientIdList", details.at("ClientIDList"))
        .set("ThumbprintList", details.at("ThumbprintList"));
    vec![draft.set("Tags", details.at("Tags")).set("Observed.CreateDate", details.at("CreateDate"))]
}

fn each_item(mut list: Node, change: impl Fn(Node) -> Option<Node>) -> Node {
    if let Value::List(items) = &mut list.value {
        *items = std::mem::take(items).into_iter().filter_map(change).collect();
    }
    list
}

/// A policy document. IAM gives it as JSON in the encoding of addresses.
fn document(mut node: Node) -> Node {
    if let Value::Text(text) = &mut node.value
        && text.starts_with('%')
        && let Some(decoded) = decoded(text)
    {
        *text = decoded.into();
    }
    parsed(node)
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
                u8::try_from(digit(rest.next())? * 16 + digit(rest.next())?).ok()?
            }
            b'+' => b' ',
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}
