//! Assessing running accounts.

use std::collections::HashMap;
use std::sync::Arc;

use assessment::{Assessment, Target};
use aws_wire::{AssumeRole, Client, ClientOptions, Identity, IdentityOptions};
use model::Builder;
use sources_aws::{Account, Collector, Plan};

pub use sources_aws::{Cell, CellState};

use crate::{Error, Judging, conclude};

/// How many calls are under way at once, over everything.
const CALLS: usize = 96;

/// The region of calls that need one before any is known.
const HOME: &str = "us-east-1";

/// What to scan, and how.
#[derive(Debug)]
pub struct Scan {
    /// A profile of the AWS configuration.
    pub profile: Option<String>,
    /// Roles to take on, an account each; without any, the identity of the profile is used as it is.
    pub roles: Vec<Role>,
    /// The regions to read; without any, all that are enabled.
    pub regions: Vec<String>,
    /// The services to read, by the names of their collectors; without any, all.
    pub services: Vec<String>,
    /// An address for every service.
    pub endpoint_url: Option<String>,
    /// Addresses for single services, by the name of their environment variable.
    pub endpoint_urls: HashMap<String, String>,
    /// How it is judged.
    pub judging: Judging,
}

/// A role to take on.
#[derive(Debug, Clone)]
pub struct Role {
    /// Its ARN.
    pub arn: String,
    /// What the role asks for beside the right to assume it.
    pub external_id: Option<String>,
}

/// The IAM actions that a scan of these services takes, sorted; of all services where none is named.
///
/// # Errors
/// When a service is named that is not read.
pub fn scan_actions(services: &[String]) -> Result<Vec<&'static str>, Error> {
    Ok(sources_aws::actions(&collectors(services)?))
}

/// Reads the accounts, judges them, and draws the conclusions.
///
/// # Errors
/// When there are no usable credentials, or the account does not say who it is or which regions it has.
/// What cannot be read after that is a gap of the assessment.
pub fn scan(scan: Scan, progress: &(dyn Fn(&Cell, CellState) + Sync)) -> Result<Assessment, Error> {
    let collectors = collectors(&scan.services)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Error::Threads)?;
    let (inventory, accounts) = runtime.block_on(async {
        let mut accounts = Vec::new();
        if scan.roles.is_empty() {
            accounts.push(account(&scan, None).await?);
        }
        for role in &scan.roles {
            accounts.push(account(&scan, Some(role)).await?);
        }
        let names: Vec<String> = accounts.iter().map(|account| account.id.clone()).collect();
        let mut builder = Builder::new();
        sources_aws::scan(
            &Plan { accounts, collectors, calls: CALLS, today: scan.judging.today },
            progress,
            &mut builder,
        )
        .await;
        Ok::<_, Error>((builder.build(), names))
    })?;
    let target = Target {
        paths: Vec::new(),
        parameters: Vec::new(),
        account: Some(accounts.join(", ")),
        region: (!scan.regions.is_empty()).then(|| scan.regions.join(", ")),
    };
    Ok(conclude(inventory, target, &scan.judging))
}

fn collectors(services: &[String]) -> Result<Vec<&'static Collector>, Error> {
    let all = sources_aws::collectors();
    for service in services {
        if !all.iter().any(|collector| collector.name == service) {
            let known = all.iter().map(|collector| collector.name).collect();
            return Err(Error::UnknownService { service: service.clone(), known });
        }
    }
    let wanted = |collector: &Collector| services.is_empty() || services.iter().any(|name| name == collector.name);
    Ok(all.iter().copied().filter(|collector| wanted(collector)).collect())
}

/// Finds out who and where an identity is.
async fn account(scan: &Scan, role: Option<&Role>) -> Result<Account, Error> {
    let identity = Identity::find(&IdentityOptions {
        profile: scan.profile.clone(),
        region: scan.regions.first().cloned(),
        endpoint_url: scan.endpoint_url.clone(),
        role: role.map(|role| AssumeRole {
            arn: role.arn.clone(),
            external_id: role.external_id.clone(),
            session_name: "pilaster".to_owned(),
        }),
    })
    .await?;
    let home = scan.regions.first().cloned().or(identity.region).unwrap_or_else(|| HOME.to_owned());
    let options = ClientOptions {
        endpoint_url: scan.endpoint_url.clone(),
        endpoint_urls: scan.endpoint_urls.clone(),
        ..ClientOptions::default()
    };
    let client = Client::new(identity.credentials, options)?;
    let (id, _) = sources_aws::who_am_i(&client, &home).await?;
    let regions = match scan.regions.is_empty() {
        true => sources_aws::enabled_regions(&client, &home).await?,
        false => scan.regions.clone(),
    };
    Ok(Account { id, client: Arc::new(client), regions })
}
