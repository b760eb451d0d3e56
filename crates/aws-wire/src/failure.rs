//! What can go wrong with a call, in the classes a scan has to tell apart.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Call, Protocol};

/// A call that was answered with an error, or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{action}: {class}{}", code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default())]
pub struct Failure {
    /// What kind of failure it is.
    pub class: Class,
    /// The permission the call takes.
    pub action: &'static str,
    /// The code the service gave. Messages are not kept: they name accounts, principals and keys.
    pub code: Option<String>,
}

/// The kinds of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// The permission is missing.
    #[error("denied")]
    Denied,
    /// Too many calls: the same call later may succeed.
    #[error("throttled")]
    Throttled,
    /// What was asked for is not set. This is an answer, not a gap.
    #[error("not set")]
    Unset,
    /// The region does not accept credentials that others accept.
    #[error(
        "the region does not accept the credentials: it is not enabled, or wants tokens of a regional endpoint of STS"
    )]
    RegionDisabled,
    /// The service or the operation is not there.
    #[error("the service is not available in the region")]
    Unavailable,
    /// The credentials are no longer valid.
    #[error("the credentials have expired")]
    Expired,
    /// The signature is wrong, because the clock or the secret is.
    #[error("the signature was not accepted; the clock of this machine or the secret key is wrong")]
    Signature,
    /// The service failed: the same call later may succeed.
    #[error("the service failed")]
    Service,
    /// The answer could not be read, or the request was refused as malformed.
    #[error("the answer could not be understood")]
    Malformed,
    /// There was no answer: no connection, or none in time.
    #[error("no answer")]
    NoAnswer,
}

impl Class {
    /// Whether the same call may succeed when it is made again.
    pub fn is_passing(self) -> bool {
        matches!(self, Class::Throttled | Class::Service | Class::NoAnswer)
    }
}

/// Codes by which services say that a permission is missing.
const DENIED: [&str; 9] = [
    "AccessDenied",
    "AccessDeniedException",
    "AuthorizationError",
    "AuthorizationErrorException",
    "Forbidden",
    "ForbiddenException",
    "NotAuthorized",
    "UnauthorizedOperation",
    "UnauthorizedAccess",
];

/// Codes of throttling (AWS SDKs and Tools Reference Guide, "Retry behavior").
const THROTTLED: [&str; 15] = [
    "BandwidthLimitExceeded",
    "EC2ThrottledException",
    "LimitExceededException",
    "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SlowDown",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
    "TransactionInProgressException",
    "Throttled",
];

/// Codes of a signature that does not fit.
const SIGNATURE: [&str; 4] =
    ["InvalidSignatureException", "RequestTimeTooSkewed", "SignatureDoesNotMatch", "IncompleteSignature"];

/// Codes of a service that has waited too long for the request: the same call later may succeed.
const LATE: [&str; 2] = ["RequestTimeout", "RequestTimeoutException"];

const EXPIRED: [&str; 6] = [
    "ExpiredToken",
    "ExpiredTokenException",
    "RequestExpired",
    "TokenRefreshRequired",
    "CredentialsExpired",
    "ExpiredCredentials",
];

/// Codes of a region in which the credentials do not count, because the account has not enabled it.
const DISABLED: [&str; 5] =
    ["AuthFailure", "InvalidClientTokenId", "InvalidToken", "UnrecognizedClientException", "OptInRequired"];

const UNAVAILABLE: [&str; 6] = [
    "InvalidAction",
    "NotImplemented",
    "UnknownOperationException",
    "UnknownEndpoint",
    "UnsupportedOperation",
    "InternalFailureNotSupported",
];

impl Failure {
    /// The failure that an error of a service is. `code` comes from the answer's body or headers.
    ///
    /// `ec2` and others answer a call into a region that is not enabled as they answer a wrong key. So
    /// whether credentials count at all has to be known from elsewhere: `works_elsewhere` says that they
    /// have been accepted in another region.
    ///
    /// The message is looked at where the call names a part of it, and is not kept.
    pub(crate) fn of_service(call: &Call, status: u16, error: &ServiceError, works_elsewhere: bool) -> Self {
        let name = error.code.as_deref().unwrap_or_default();
        let class = if call.unset.iter().any(|unset| error.is(unset)) {
            Class::Unset
        } else if DENIED.contains(&name) {
            Class::Denied
        } else if THROTTLED.contains(&name) || status == 429 {
            Class::Throttled
        } else if SIGNATURE.contains(&name) {
            Class::Signature
        } else if LATE.contains(&name) {
            Class::Service
        } else if EXPIRED.contains(&name) {
            Class::Expired
        } else if DISABLED.contains(&name) {
            if works_elsewhere { Class::RegionDisabled } else { Class::Expired }
        } else if UNAVAILABLE.contains(&name) || status == 501 {
            Class::Unavailable
        } else {
            match status {
                401 | 403 => Class::Denied,
                500.. => Class::Service,
                _ => Class::Malformed,
            }
        };
        Self { class, action: call.action, code: error.code.clone() }
    }

    /// A failure without an answer of the service.
    pub fn new(call: &Call, class: Class) -> Self {
        Self { class, action: call.action, code: None }
    }
}

/// What a service says about an error. It never leaves the reading of the answer as a whole: messages name
/// accounts, principals and keys.
#[derive(Clone, Default)]
pub(crate) struct ServiceError {
    code: Option<String>,
    message: Option<String>,
}

impl ServiceError {
    /// The error in the body of an answer; its code may stand in the header `x-amzn-errortype` instead.
    pub(crate) fn read(protocol: Protocol, header: Option<&str>, body: &str) -> Self {
        // `AccessDeniedException:http://internal.amazon.com/...`, `com.amazonaws.sqs#QueueDoesNotExist`
        let bare = |text: &str| {
            let text = text.split(':').next().unwrap_or_default();
            text.rsplit('#').next().map(str::trim).filter(|code| !code.is_empty()).map(str::to_owned)
        };
        let (code, message) = match protocol {
            Protocol::Json { .. } | Protocol::RestJson => {
                let value: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
                let first = |keys: &[&str]| keys.iter().find_map(|key| value.get(key)?.as_str().map(str::to_owned));
                (first(&["__type", "code", "Code"]), first(&["message", "Message"]))
            }
            Protocol::Query { .. } | Protocol::Ec2 { .. } | Protocol::RestXml { .. } => {
                let between = |open: &str, close: &str| {
                    let after = body.split_once(open)?.1;
                    Some(after.split_once(close)?.0.to_owned())
                };
                (between("<Code>", "</Code>"), between("<Message>", "</Message>"))
            }
        };
        Self { code: header.and_then(bare).or_else(|| code.as_deref().and_then(bare)), message }
    }

    /// Whether it is the error that `described` describes: a code, or a code with a part of the message,
    /// `AccessDeniedException: Macie is not enabled`.
    fn is(&self, described: &str) -> bool {
        let (code, part) = described.split_once(": ").unwrap_or((described, ""));
        let message = self.message.as_deref().unwrap_or_default();
        self.code.as_deref() == Some(code) && message.contains(part)
    }
}

/// Without the message.
impl fmt::Debug for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceError").field("code", &self.code).finish_non_exhaustive()
    }
}
