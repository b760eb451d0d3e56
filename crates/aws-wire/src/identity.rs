//! Who makes the calls: the standard chain of credentials, and roles assumed from it.

use aws_config::sts::AssumeRoleProvider;
use aws_config::{BehaviorVersion, Region};
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use thiserror::Error;

/// Where credentials are looked for.
#[derive(Debug, Clone, Default)]
pub struct IdentityOptions {
    /// A profile of the AWS configuration; without it `AWS_PROFILE` or the default one.
    pub profile: Option<String>,
    /// The region for calls that find out credentials.
    pub region: Option<String>,
    /// An address for those calls.
    pub endpoint_url: Option<String>,
    /// A role to take on.
    pub role: Option<AssumeRole>,
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
    /// They were found and cannot be used, or the role cannot be assumed.
    #[error("the AWS credentials cannot be used")]
    Unusable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Identity {
    /// Looks for credentials in the environment, profiles, SSO, processes, web identity, containers and
    /// instances, and takes on the role if one is named. The credentials are asked for once, so that what
    /// is wrong with them is known before anything runs.
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
        let mut credentials = config.credentials_provider().ok_or(IdentityError::None)?;
        if let Some(role) = &options.role {
            let mut builder =
                AssumeRoleProvider::builder(&role.arn).session_name(&role.session_name).configure(&config);
            if let Some(external_id) = &role.external_id {
                builder = builder.external_id(external_id);
            }
            let provider = builder.build_from_provider(credentials).await;
            credentials = SharedCredentialsProvider::new(provider);
        }
        use aws_credential_types::provider::error::CredentialsError;
        credentials.provide_credentials().await.map_err(|error| match error {
            CredentialsError::CredentialsNotLoaded(_) => IdentityError::None,
            error => IdentityError::Unusable(Box::new(error)),
        })?;
        Ok(Self { credentials, region })
    }
}
