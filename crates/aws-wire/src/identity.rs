//! Who makes the calls: the standard chain of credentials, and roles assumed from it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use aws_config::{BehaviorVersion, Region};
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use model::{Node, Origin, SourceId, Value};
use serde_json::json;
use thiserror::Error;

use crate::{Call, Class, Client, Failure, Pages, Protocol, Scope, Service};

/// Where credentials are looked for.
#[derive(Debug, Clone, Default)]
pub struct IdentityOptions {
    /// A profile of the AWS configuration; without it `AWS_PROFILE` or the default one.
    pub profile: Option<String>,
    /// The region for calls that find out credentials.
    pub region: Option<String>,
    /// An address for those calls.
    pub endpoint_url: Option<String>,
}

/// A role to take on.
#[derive(Debug, Clone)]
pub struct AssumeRole {
    /// Its ARN.
    pub arn: String,
    /// What the role asks for beside the right to assume it.
    pub external_id: Option<String>,
    /// The name of the session, as it shows in CloudTrail.
    pub session_name: String,
    /// How long a session lasts; without it an hour. Sessions are renewed before they end.
    pub duration: Option<Duration>,
    /// The serial number of an MFA device and the code it shows. A code counts once: the session ends when
    /// its time is up.
    pub mfa: Option<(String, String)>,
}

static STS: Service = Service {
    endpoint: "sts",
    signing: "sts",
    variable: "STS",
    protocol: Protocol::Query { version: "2011-06-15", items: &[] },
    scope: Scope::Regional,
};

static ASSUME_ROLE: Call = Call {
    service: &STS,
    operation: "AssumeRole",
    path: "",
    action: "sts:AssumeRole",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

/// Takes on a role whenever it is asked. [`Client`] asks only when credentials are about to expire.
#[derive(Debug)]
struct Role {
    client: Arc<Client>,
    region: String,
    role: AssumeRole,
    /// The session that was begun when the role was tried.
    first: Mutex<Option<Credentials>>,
}

impl Role {
    async fn assume(&self) -> Result<Credentials, Failure> {
        let AssumeRole { arn, external_id, session_name, duration, mfa } = &self.role;
        let (serial, code) = mfa.as_ref().map_or((None, None), |(serial, code)| (Some(serial), Some(code)));
        let parameters = [
            ("RoleArn", Some(json!(arn))),
            ("RoleSessionName", Some(json!(session_name))),
            ("ExternalId", external_id.as_ref().map(|id| json!(id))),
            ("DurationSeconds", duration.map(|duration| json!(duration.as_secs()))),
            ("SerialNumber", serial.map(|serial| json!(serial))),
            ("TokenCode", code.map(|code| json!(code))),
        ];
        let parameters = parameters.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
        let answer = self.client.send(&ASSUME_ROLE, &self.region, &parameters, Origin::new(SourceId(0), 0, 0)).await?;
        let text = |key: &str| match answer.get("Credentials").and_then(|node| node.get(key)) {
            Some(Node { value: Value::Text(text), .. }) => Ok(text.to_string()),
            _ => Err(Failure::new(&ASSUME_ROLE, Class::Malformed)),
        };
        let expiry = text("Expiration")?.parse::<jiff::Timestamp>();
        let expiry = expiry.map_err(|_| Failure::new(&ASSUME_ROLE, Class::Malformed))?;
        Ok(Credentials::new(
            text("AccessKeyId")?,
            text("SecretAccessKey")?,
            Some(text("SessionToken")?),
            Some(SystemTime::from(expiry)),
            "AssumeRole",
        ))
    }
}

impl ProvideCredentials for Role {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let first = self.first.lock().unwrap_or_else(PoisonError::into_inner).take();
        future::ProvideCredentials::new(async {
            match first {
                Some(first) => Ok(first),
                None => self.assume().await.map_err(CredentialsError::provider_error),
            }
        })
    }
}

/// Credentials that have been found, and what the configuration says of the region.
#[derive(Debug, Clone)]
pub struct Identity {
    /// Gives credentials, and new ones before they expire.
    pub credentials: SharedCredentialsProvider,
    /// The region of the environment or the profile.
    pub region: Option<String>,
}

/// Why there are no credentials.
#[derive(Debug, Error)]
pub enum IdentityError {
    /// The chain has none.
    #[error(
        "there are no AWS credentials; set AWS_PROFILE or name one with --profile, or sign in with `aws sso login`"
    )]
    None,
    /// They were found and cannot be used.
    #[error("the AWS credentials cannot be used; try `aws sts get-caller-identity` with the same profile")]
    Unusable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A role cannot be taken on.
    #[error("the role {arn} cannot be assumed; its trust policy must allow it, with the external id it asks for")]
    Role {
        /// Its ARN.
        arn: String,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl Identity {
    /// Looks for credentials in the environment, profiles, SSO, processes, web identity, containers and
    /// instances. They are asked for once, so that what is wrong with them is known before anything runs.
    ///
    /// # Errors
    /// When there are none, or they cannot be used.
    pub async fn find(options: &IdentityOptions) -> Result<Self, IdentityError> {
        let http =
            aws_smithy_http_client::Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https();
        let mut loader = aws_config::defaults(BehaviorVersion::latest()).http_client(http);
        if let Some(profile) = &options.profile {
            loader = loader.profile_name(profile);
        }
        if let Some(region) = &options.region {
            loader = loader.region(Region::new(region.clone()));
        }
        if let Some(url) = &options.endpoint_url {
            loader = loader.endpoint_url(url);
        }
        let config = loader.load().await;
        let region = config.region().map(|region| region.as_ref().to_owned());
        let credentials = config.credentials_provider().ok_or(IdentityError::None)?;
        credentials.provide_credentials().await.map_err(|error| match error {
            CredentialsError::CredentialsNotLoaded(_) => IdentityError::None,
            // The last link of the chain asks for an instance's role: where there is no instance, there are
            // no credentials.
            error if names_instance_metadata(&error) => IdentityError::None,
            error => IdentityError::Unusable(Box::new(error)),
        })?;
        Ok(Self { credentials, region })
    }

    /// Takes on a role with the identity that `client` calls with. It is done once, so that what is wrong
    /// is known before anything runs.
    ///
    /// # Errors
    /// When the role cannot be assumed.
    pub async fn assume(client: &Arc<Client>, region: &str, role: AssumeRole) -> Result<Self, IdentityError> {
        let arn = role.arn.clone();
        let role = Role { client: Arc::clone(client), region: region.to_owned(), role, first: Mutex::new(None) };
        let first = role.assume().await.map_err(|failure| IdentityError::Role { arn, source: Box::new(failure) })?;
        *role.first.lock().unwrap_or_else(PoisonError::into_inner) = Some(first);
        Ok(Self { credentials: SharedCredentialsProvider::new(role), region: Some(region.to_owned()) })
    }
}

fn names_instance_metadata(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut link = Some(error);
    while let Some(error) = link {
        let text = error.to_string();
        if text.contains("IMDS") || text.contains("instance metadata") {
            return true;
        }
        link = error.source();
    }
    false
}
