//! Credentials that are asked for once, and again shortly before they expire.

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, error::CredentialsError};
use tokio::sync::Mutex;

/// How long before they expire credentials are asked for anew.
const EARLY: Duration = Duration::from_secs(300);

/// How long nobody is asked again, where there are no new ones and the old ones still hold.
const PATIENCE: Duration = Duration::from_secs(30);

/// Providers look things up whenever they are asked: a role is assumed again, a token fetched again. A scan
/// makes thousands of calls and must not.
#[derive(Debug)]
pub(crate) struct Cached {
    provider: SharedCredentialsProvider,
    current: Mutex<Current>,
}

#[derive(Debug, Default)]
struct Current {
    credentials: Option<Credentials>,
    /// Until when they do, whatever their expiry says.
    enough_until: Option<SystemTime>,
}

impl Cached {
    pub(crate) fn new(provider: SharedCredentialsProvider) -> Self {
        Self { provider, current: Mutex::default() }
    }

    /// Credentials that are valid at `now`.
    pub(crate) async fn at(&self, now: SystemTime) -> Result<Credentials, CredentialsError> {
        let mut current = self.current.lock().await;
        let is_enough = |credentials: &Credentials| {
            let settled = credentials.expiry().is_none_or(|expiry| now + EARLY < expiry);
            settled || current.enough_until.is_some_and(|until| now < until)
        };
        if let Some(credentials) = current.credentials.as_ref().filter(|credentials| is_enough(credentials)) {
            return Ok(credentials.clone());
        }
        match (self.provider.provide_credentials().await, current.credentials.clone()) {
            (Ok(fresh), _) => {
                *current = Current { credentials: Some(fresh.clone()), enough_until: None };
                Ok(fresh)
            }
            // They still hold for a moment, and asking again with every call would help nobody.
            (Err(_), Some(old)) if old.expiry().is_some_and(|expiry| now < expiry) => {
                current.enough_until = old.expiry().map(|expiry| expiry.min(now + PATIENCE));
                Ok(old)
            }
            (Err(error), _) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use aws_credential_types::provider::future;

    use super::*;

    #[derive(Debug)]
    struct Counting(Arc<AtomicUsize>);

    impl ProvideCredentials for Counting {
        fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            let number = self.0.fetch_add(1, Ordering::Relaxed) as u64 + 1;
            let expiry = SystemTime::UNIX_EPOCH + Duration::from_secs(3600 * number);
            future::ProvideCredentials::ready(Ok(Credentials::new("AKID", "secret", None, Some(expiry), "test")))
        }
    }

    #[tokio::test]
    async fn a_provider_is_asked_once_and_again_before_credentials_expire() {
        let asked = Arc::new(AtomicUsize::new(0));
        let cached = Cached::new(SharedCredentialsProvider::new(Counting(Arc::clone(&asked))));
        for (second, times) in [(0, 1), (10, 1), (3200, 1), (3301, 2), (6000, 2), (6901, 3)] {
            cached.at(SystemTime::UNIX_EPOCH + Duration::from_secs(second)).await.expect("credentials");
            assert_eq!(asked.load(Ordering::Relaxed), times, "{second}");
        }
    }
}
