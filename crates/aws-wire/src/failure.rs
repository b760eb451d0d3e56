//! What can go wrong with a call, in the classes a scan has to tell apart.

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
    /// The region is not enabled in the account.
    #[error("the region is not enabled")]
    RegionDisabled,
    /// The service or the operation is not there.
    #[error("the service is not available in the region")]
    Unavailable,
    /// The credentials are no longer valid.
    #[error("the credentials have expired")]
    Expired,
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
    pub fn of_service(call: &Call, status: u16, code: Option<&str>, works_elsewhere: bool) -> Self {
        let name = code.unwrap_or_default();
        let class = if call.unset.contains(&name) {
            Class::Unset
        } else if DENIED.contains(&name) {
            Class::Denied
        } else if THROTTLED.contains(&name) || status == 429 {
            Class::Throttled
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
        Self { class, action: call.action, code: code.map(str::to_owned) }
    }

    /// A failure without an answer of the service.
    pub fn new(call: &Call, class: Class) -> Self {
        Self { class, action: call.action, code: None }
    }
}

/// The code of an error in the body or in the header `x-amzn-errortype` of an answer.
pub(crate) fn code(protocol: Protocol, header: Option<&str>, body: &str) -> Option<String> {
    // `AccessDeniedException:http://internal.amazon.com/...`, `com.amazonaws.sqs#QueueDoesNotExist`
    let bare = |text: &str| {
        let text = text.split(':').next().unwrap_or_default();
        text.rsplit('#').next().map(str::trim).filter(|code| !code.is_empty()).map(str::to_owned)
    };
    if let Some(code) = header.and_then(bare) {
        return Some(code);
    }
    match protocol {
        Protocol::Json { .. } | Protocol::RestJson => {
            let value: serde_json::Value = serde_json::from_str(body).ok()?;
            ["__type", "code", "Code"].iter().find_map(|key| value.get(key)?.as_str()).and_then(bare)
        }
        Protocol::Query { .. } | Protocol::Ec2 { .. } | Protocol::RestXml { .. } => {
            let after = body.split_once("<Code>")?.1;
            bare(after.split_once("</Code>")?.0)
        }
    }
}
