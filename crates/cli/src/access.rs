//! From the options of the command line to how AWS is reached.

use std::collections::HashMap;
use std::time::Duration;

use pipeline::{Access, Services, Session, Whose};

use crate::arguments::{AccessOptions, ServiceOptions};
use crate::terminal::variable;

/// What names the address of a service: `AWS_ENDPOINT_URL_S3`. Without the end it names that of all.
const ENDPOINT: &str = "AWS_ENDPOINT_URL";

/// How many files a scan may have open: it keeps connections to hundreds of hosts, and systems allow as few
/// as 256.
const OPEN_FILES: u64 = 8192;

/// How AWS is reached: what the options leave open, the environment may say.
pub(crate) fn access(options: AccessOptions) -> Access {
    // Where it cannot be raised, some calls may be made again.
    let _ = rlimit::increase_nofile_limit(OPEN_FILES);
    Access {
        profile: options.profile,
        whose: match options.organization {
            Some(role) => Whose::Organization(role),
            None if options.roles.is_empty() => Whose::Own,
            None => Whose::Roles(options.roles),
        },
        session: Session {
            external_id: options.external_id,
            name: options.session_name,
            duration: options.session_duration.map(Duration::from_secs),
            mfa: options.mfa_serial.zip(options.mfa_code),
        },
        regions: options.regions,
        // What is said in the command holds for all services, whatever the environment says of some.
        endpoint_urls: if options.endpoint_url.is_none() { endpoints() } else { HashMap::new() },
        endpoint_url: options.endpoint_url.or_else(|| variable(ENDPOINT)),
        fips: options.fips,
        dual_stack: options.dual_stack,
    }
}

/// Which services are read.
pub(crate) fn services(options: ServiceOptions) -> Services {
    Services { only: options.services, not: options.skipped, last_report: options.last_credential_report }
}

fn endpoints() -> HashMap<String, String> {
    let named = |(name, url): (String, String)| Some((name.strip_prefix(ENDPOINT)?.strip_prefix('_')?.to_owned(), url));
    std::env::vars_os()
        .filter_map(|(name, url)| Some((name.into_string().ok()?, url.into_string().ok()?)))
        .filter_map(named)
        .collect()
}
