//! Calls to AWS that return property trees.
//!
//! The read-only calls of a scan need no typed clients: an answer becomes a tree of [`model::Node`]s in
//! the names the service uses, and views read it. What differs between services is data: a [`Service`]
//! says how it speaks and where it is, a [`Call`] what is asked, how answers go on over pages, and which
//! errors mean that something is not set.
//!
//! [`request`] writes a call down in the service's protocol, [`answer`] reads what comes back, [`endpoint`]
//! knows where a service is, and [`Failure`] what went wrong. [`Client`] puts them together: it signs, keeps
//! within what a service takes, and makes a call again when that may help.

mod absent;
mod answer;
mod call;
mod client;
mod credentials;
mod endpoint;
mod failure;
mod form;
mod identity;
mod limits;
mod rates;
mod recording;
mod redact;
mod request;
mod xml;

pub use answer::{answer, next_page};
pub use call::{Call, Pages, Protocol, Scope, Service};
pub use client::{Client, ClientError, ClientOptions, Counts};
pub use endpoint::{Endpoint, EndpointOptions, Partition, endpoint, partition};
pub use failure::{Class, Failure};
pub use identity::{AssumeRole, Identity, IdentityError, IdentityOptions};
pub use rates::{RATES, Rate};
pub use recording::{Recorder, Recording, RecordingError};
pub use request::{Request, request};
