//! Which account it is, and which regions are enabled in it.

use aws_wire::{Call, Class, Client, Failure, Pages, Protocol, Scope, Service};
use model::{Builder, Node, Origin, Source, SourceId, Value};
use serde_json::{Map, json};
use thiserror::Error;

use crate::Draft;

static STS: Service = Service {
    endpoint: "sts",
    signing: "sts",
    variable: "STS",
    protocol: Protocol::Query { version: "2011-06-15", items: &[] },
    scope: Scope::Regional,
};

static EC2: Service = Service {
    endpoint: "ec2",
    signing: "ec2",
    variable: "EC2",
    protocol: Protocol::Ec2 { version: "2016-11-15" },
    scope: Scope::Regional,
};

static IDENTITY: Call = Call {
    service: &STS,
    operation: "GetCallerIdentity",
    path: "",
    action: "sts:GetCallerIdentity",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static REGIONS: Call = Call {
    service: &EC2,
    operation: "DescribeRegions",
    path: "",
    action: "ec2:DescribeRegions",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(crate) static ORGANIZATIONS: Service = Service {
    endpoint: "organizations",
    signing: "organizations",
    variable: "ORGANIZATIONS",
    protocol: Protocol::Json { target: "AWSOrganizationsV20161128", version: "1.1" },
    scope: Scope::Global,
};

static MEMBERS: Call = Call {
    service: &ORGANIZATIONS,
    operation: "ListAccounts",
    path: "",
    action: "organizations:ListAccounts",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &[],
    unset: &[],
};

/// The calls that are made before a scan.
pub(crate) static CALLS: [&Call; 2] = [&IDENTITY, &REGIONS];

/// Why an account cannot be scanned.
#[derive(Debug, Error)]
pub enum AccountError {
    /// It does not say which account it is.
    #[error("the identity of the credentials cannot be found out")]
    Identity(#[source] Failure),
    /// It does not say which regions are enabled.
    #[error("the enabled regions cannot be listed; name them with --region")]
    Regions(#[source] Failure),
    /// It does not say which accounts are in the organization.
    #[error(
        "the accounts of the organization cannot be listed; \
         use the management account or a delegated administrator, or name roles with --role-arn"
    )]
    Organization(#[source] Failure),
}

/// The number of the account and the ARN of the identity that the client calls with.
///
/// # Errors
/// When the credentials do not count.
pub async fn who_am_i(client: &Client, region: &str) -> Result<(String, String), AccountError> {
    let answer = client.send(&IDENTITY, region, &Map::new(), nowhere()).await.map_err(AccountError::Identity)?;
    match text(&answer, "Account") {
        account if account.is_empty() => Err(AccountError::Identity(Failure::new(&IDENTITY, Class::Malformed))),
        account => Ok((account, text(&answer, "Arn"))),
    }
}

/// The regions that are enabled, sorted, with `home` first.
///
/// # Errors
/// When they cannot be listed.
pub async fn enabled_regions(client: &Client, home: &str) -> Result<Vec<String>, AccountError> {
    // Only those that are enabled unless all are asked for; opt-in regions that are not are left out.
    let parameters = json!({ "AllRegions": false });
    let parameters = parameters.as_object().cloned().unwrap_or_default();
    let answer = client.send(&REGIONS, home, &parameters, nowhere()).await.map_err(AccountError::Regions)?;
    let mut regions: Vec<String> = match answer.get("regionInfo").map(|node| &node.value) {
        Some(Value::List(regions)) => regions
            .iter()
            .filter(|region| text(region, "optInStatus") != "not-opted-in")
            .map(|region| text(region, "regionName"))
            .collect(),
        _ => Vec::new(),
    };
    // Every account has some.
    if regions.is_empty() {
        return Err(AccountError::Regions(Failure::new(&REGIONS, Class::Malformed)));
    }
    regions.sort_by_key(|region| (region != home, region.clone()));
    Ok(regions)
}

/// A member of an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The account's number.
    pub id: String,
    /// Whether it can be used: accounts that are suspended or being closed cannot.
    pub is_active: bool,
}

/// The accounts of the organization, sorted by number.
///
/// # Errors
/// When they cannot be listed: the management account and delegated administrators may.
pub async fn organization(client: &Client, region: &str) -> Result<Vec<Member>, AccountError> {
    let pages = client.pages(&MEMBERS, region, &Map::new(), nowhere()).await.map_err(AccountError::Organization)?;
    let mut members = Vec::new();
    for page in &pages {
        let Some(Value::List(accounts)) = page.get("Accounts").map(|node| &node.value) else {
            return Err(AccountError::Organization(Failure::new(&MEMBERS, Class::Malformed)));
        };
        members.extend(accounts.iter().map(|account| Member {
            id: text(account, "Id"),
            // `Status` gives way to `State` in 2026; an answer has either or both.
            is_active: [text(account, "State"), text(account, "Status")].iter().any(|state| state == "ACTIVE"),
        }));
    }
    members.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(members)
}

/// The account and its regions as resources, for what is judged of them as a whole: that a service is on
/// in every region, that there is a budget.
pub(crate) fn resources(id: &str, regions: &[String], into: &mut Builder) {
    let home = regions.first().cloned().unwrap_or_default();
    let mut source = |call: &Call| {
        let source = Source::Call { operation: call.action.to_owned(), region: home.clone() };
        Origin::new(into.source(source), 0, 0)
    };
    let (identity, listed) = (source(&IDENTITY), source(&REGIONS));
    let mut account = Draft::new("Pilaster::Account", id, identity).name(id).resource;
    account.account = Some(id.to_owned());
    into.resource(account);
    let mut regions = regions.to_vec();
    regions.sort();
    for region in regions {
        let mut resource = Draft::new("Pilaster::Region", region.as_str(), listed).name(region.as_str()).resource;
        resource.account = Some(id.to_owned());
        resource.region = Some(region);
        into.resource(resource);
    }
}

fn nowhere() -> Origin {
    Origin::new(SourceId(0), 0, 0)
}

fn text(node: &Node, key: &str) -> String {
    match node.get(key).map(|node| &node.value) {
        Some(Value::Text(text)) => text.to_string(),
        _ => String::new(),
    }
}
