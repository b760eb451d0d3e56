//! What a scan would find closed, before it runs.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::civil::Date;
use model::Builder;
use sources_aws::{Plan, Stop};

use crate::Error;
use crate::accounts::{self, Access, Found};
use crate::scan::{CellProgress, Services, collectors, runtime};

/// How long a service may take to show what it permits.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is known of an account before it is scanned.
#[derive(Debug, Clone)]
pub struct Diagnosis {
    /// The account's number.
    pub account: String,
    /// The ARN of the identity that reads it.
    pub identity: String,
    /// The regions that a scan would read, the first of which was asked.
    pub regions: Vec<String>,
    /// How many services were asked.
    pub services: usize,
    /// The IAM actions that were refused, sorted, each with the calls that take it.
    pub missing: BTreeMap<String, Vec<String>>,
    /// What could not be asked for another reason: call and reason.
    pub failed: Vec<(String, String)>,
    /// Accounts of the organization that cannot be read, and why.
    pub unreadable: Vec<(String, String)>,
}

/// Finds out which identity, accounts and regions a scan would use, and asks every service in one region
/// for one thing of each kind.
///
/// # Errors
/// As a scan's.
pub fn diagnose(
    access: &Access,
    services: &Services,
    today: Date,
    progress: CellProgress<'_>,
) -> Result<Vec<Diagnosis>, Error> {
    let collectors = collectors(services)?;
    runtime()?.block_on(async {
        let base = accounts::base(access).await?;
        let Found { accounts, gaps } = base.accounts(access).await?;
        let mut diagnoses = Vec::new();
        for mut account in accounts {
            let (id, identity) = sources_aws::who_am_i(&account.client, &base.home).await?;
            let regions = account.regions.clone();
            account.regions.truncate(1);
            let plan = Plan {
                accounts: vec![account],
                collectors: collectors.clone(),
                today,
                deadline: PATIENCE,
                probing: true,
                makes_reports: !services.last_report,
            };
            let mut builder = Builder::new();
            sources_aws::scan(&plan, &Stop::default(), None, progress, &mut builder).await;
            let mut missing: BTreeMap<String, Vec<String>> = BTreeMap::new();
            let mut failed = Vec::new();
            for gap in builder.build().gaps {
                let call = [gap.service, gap.call].into_iter().flatten().collect::<Vec<String>>().join(" ");
                match gap.action {
                    Some(action) => missing.entry(action).or_default().push(call),
                    None => failed.push((call, gap.reason)),
                }
            }
            diagnoses.push(Diagnosis {
                account: id,
                identity,
                regions,
                services: collectors.len(),
                missing,
                failed,
                unreadable: Vec::new(),
            });
        }
        if let Some(first) = diagnoses.first_mut() {
            let unreadable = gaps.into_iter().filter_map(|gap| Some((gap.account?, gap.reason)));
            first.unreadable = unreadable.collect();
        }
        Ok(diagnoses)
    })
}
