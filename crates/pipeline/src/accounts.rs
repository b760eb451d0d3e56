//! Which accounts a scan reads, and with what identity.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use aws_wire::{AssumeRole, Client, ClientOptions, Identity, IdentityOptions};
use futures_util::{StreamExt, stream};
use indexmap::IndexSet;
use model::Gap;
use sources_aws::Account;

use crate::Error;

/// The region of calls that need one before any is known.
const HOME: &str = "us-east-1";

/// How many accounts are asked at once who they are.
const AT_ONCE: usize = 16;

/// How AWS is reached.
#[derive(Debug, Clone, Default)]
pub struct Access {
    /// A profile of the AWS configuration.
    pub profile: Option<String>,
    /// Whose accounts are meant.
    pub whose: Whose,
    /// How roles are taken on.
    pub session: Session,
    /// The regions; without any, all that are enabled.
    pub regions: Vec<String>,
    /// An address for every service.
    pub endpoint_url: Option<String>,
    /// Addresses for single services, by the name of their environment variable.
    pub endpoint_urls: HashMap<String, String>,
    /// Endpoints validated for FIPS 140.
    pub fips: bool,
    /// Endpoints that speak both versions of IP.
    pub dual_stack: bool,
}

/// Whose accounts are meant.
#[derive(Debug, Clone, Default)]
pub enum Whose {
    /// The account of the identity itself.
    #[default]
    Own,
    /// Those of some roles, by ARN.
    Roles(Vec<String>),
    /// All active ones of the organization; in each of them the role of this name is taken on.
    Organization(String),
}

/// How roles are taken on.
#[derive(Debug, Clone, Default)]
pub struct Session {
    /// What the roles ask for beside the right to assume them.
    pub external_id: Option<String>,
    /// The name of the sessions, as it shows in CloudTrail; without it `pilaster`.
    pub name: Option<String>,
    /// How long a session lasts; without it an hour.
    pub duration: Option<Duration>,
    /// The serial number of an MFA device and the code it shows.
    pub mfa: Option<(String, String)>,
}

impl Session {
    fn role(&self, arn: String) -> AssumeRole {
        AssumeRole {
            arn,
            external_id: self.external_id.clone(),
            session_name: self.name.clone().unwrap_or_else(|| "pilaster".to_owned()),
            duration: self.duration,
            mfa: self.mfa.clone(),
        }
    }
}

/// The accounts that can be read, and what kept others from it.
pub(crate) struct Found {
    pub(crate) accounts: Vec<Account>,
    pub(crate) gaps: Vec<Gap>,
}

/// An identity, and where it is at home.
pub(crate) struct Base {
    pub(crate) client: Arc<Client>,
    pub(crate) home: String,
    options: ClientOptions,
}

/// Finds the identity that everything begins with.
pub(crate) async fn base(access: &Access) -> Result<Base, Error> {
    let identity = Identity::find(&IdentityOptions {
        profile: access.profile.clone(),
        region: access.regions.first().cloned(),
        endpoint_url: access.endpoint_url.clone(),
    })
    .await?;
    let home = access.regions.first().cloned().or(identity.region).unwrap_or_else(|| HOME.to_owned());
    let options = ClientOptions {
        endpoint_url: access.endpoint_url.clone(),
        endpoint_urls: access.endpoint_urls.clone(),
        fips: access.fips || identity.fips,
        dual_stack: access.dual_stack || identity.dual_stack,
        ..ClientOptions::default()
    };
    let client = Arc::new(Client::new(identity.credentials, options.clone())?);
    Ok(Base { client, home, options })
}

impl Base {
    /// The account of an identity, with its enabled regions.
    async fn account(&self, client: Arc<Client>, access: &Access) -> Result<Account, Error> {
        let (id, _) = sources_aws::who_am_i(&client, &self.home).await?;
        let regions = match access.regions.is_empty() {
            true => sources_aws::enabled_regions(&client, &self.home).await?,
            false => access.regions.iter().cloned().collect::<IndexSet<String>>().into_iter().collect(),
        };
        Ok(Account { id, client, regions })
    }

    async fn of_role(&self, arn: String, access: &Access) -> Result<Account, Error> {
        let credentials = Identity::assume(&self.client, &self.home, access.session.role(arn)).await?;
        self.account(Arc::new(Client::new(credentials, self.options.clone())?), access).await
    }

    /// The accounts that are meant.
    ///
    /// # Errors
    /// When one that was named cannot be read. Of an organization, an account that cannot be is a gap.
    pub(crate) async fn accounts(&self, access: &Access) -> Result<Found, Error> {
        let mut found = Found { accounts: Vec::new(), gaps: Vec::new() };
        match &access.whose {
            Whose::Own => found.accounts.push(self.account(Arc::clone(&self.client), access).await?),
            Whose::Roles(roles) => {
                let read = stream::iter(roles.clone()).map(|arn| self.of_role(arn, access)).buffered(AT_ONCE);
                let accounts: Vec<Result<Account, Error>> = read.collect().await;
                found.accounts = accounts.into_iter().collect::<Result<_, _>>()?;
                // Two roles of one account would read it twice.
                let mut seen = HashSet::new();
                found.accounts.retain(|account| seen.insert(account.id.clone()));
            }
            Whose::Organization(role) => {
                let own = self.account(Arc::clone(&self.client), access).await?;
                let partition = aws_wire::partition(&self.home).id;
                let members = sources_aws::organization(&self.client, &self.home).await?;
                let others = members.into_iter().filter(|member| member.is_active && member.id != own.id);
                let read = stream::iter(others).map(async |member| {
                    let arn = format!("arn:{partition}:iam::{}:role/{role}", member.id);
                    (member.id, self.of_role(arn, access).await)
                });
                let read: Vec<(String, Result<Account, Error>)> = read.buffered(AT_ONCE).collect().await;
                found.accounts.push(own);
                for (id, account) in read {
                    match account {
                        Ok(account) => found.accounts.push(account),
                        Err(error) => found.gaps.push(not_read(id, error)),
                    }
                }
            }
        }
        Ok(found)
    }
}

/// An account of the organization that could not be read at all.
fn not_read(id: String, error: Error) -> Gap {
    let action = matches!(error, Error::Identity(_)).then(|| "sts:AssumeRole".to_owned());
    Gap {
        account: Some(id),
        reason: format!("the account was not read: {}", crate::with_causes(&error)),
        action,
        ..Gap::default()
    }
}
