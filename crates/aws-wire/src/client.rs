//! Making calls: addressed, signed, limited, and made again when that may help.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SigningSettings, UriPathNormalizationMode,
    sign,
};
use aws_sigv4::sign::v4;
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use model::{Node, Origin, SourceId};
use serde_json::{Map, Value};
use thiserror::Error;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use crate::absent::is_absent;
use crate::credentials::Cached;
use crate::limits::Limits;
use crate::{
    Call, Class, EndpointOptions, Failure, Recorder, Recording, Request, Service, answer, endpoint, next_page, request,
};

/// The largest answer that is read, in bytes.
const LARGEST: usize = 64 << 20;

/// How many times as often a call is made that is throttled: a busy account is no failure. Of a service that
/// refuses three calls in ten, eight attempts would lose one in fifteen thousand.
const PATIENCE: u32 = 3;

/// No list goes on over more pages than this: a service that repeats a token would never end.
const MOST_PAGES: usize = 100_000;

/// How calls are made.
#[derive(Debug, Clone)]
pub struct ClientOptions {
    /// An address for every service.
    pub endpoint_url: Option<String>,
    /// Addresses for single services, by [`Service::variable`].
    pub endpoint_urls: HashMap<String, String>,
    /// Endpoints validated for FIPS 140.
    pub fips: bool,
    /// Endpoints that speak both versions of IP.
    pub dual_stack: bool,
    /// How often a call is made at the most.
    pub attempts: u32,
    /// How long an answer is waited for.
    pub timeout: Duration,
    /// The longest pause before a call is made again.
    pub longest_pause: Duration,
    /// How many requests may be under way at once, in all clients that share it. What waits for its turn
    /// in a bucket, or for another attempt, is not under way.
    pub in_flight: Arc<Semaphore>,
}

/// How many requests are under way at once, unless told otherwise.
const IN_FLIGHT: usize = 96;

impl Default for ClientOptions {
    fn default() -> Self {
        Self {
            endpoint_url: None,
            endpoint_urls: HashMap::new(),
            fips: false,
            dual_stack: false,
            attempts: 8,
            timeout: Duration::from_secs(30),
            longest_pause: Duration::from_secs(20),
            in_flight: Arc::new(Semaphore::new(IN_FLIGHT)),
        }
    }
}

/// Why there is no client.
#[derive(Debug, Error)]
pub enum ClientError {
    /// The certificates of the system cannot be read.
    #[error("the certificates of this system cannot be read; install ca-certificates")]
    Certificates(#[source] std::io::Error),
}

/// How many calls were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Requests that went out, repeated ones included.
    pub requests: u64,
    /// How many of them were throttled.
    pub throttled: u64,
}

type Http = hyper_util::client::legacy::Client<HttpsConnector<HttpConnector>, Full<Bytes>>;

/// Who answers.
#[derive(Debug)]
enum Carrier {
    /// AWS, or what stands in for it.
    Network { http: Box<Http>, credentials: Cached },
    /// What was kept of its answers.
    Recording(Recording),
}

/// Makes calls with one identity. Connections are kept and shared.
#[derive(Debug)]
pub struct Client {
    carrier: Carrier,
    recorder: OnceLock<Recorder>,
    options: ClientOptions,
    limits: Limits,
    /// Whether the credentials have been accepted anywhere.
    accepted: AtomicBool,
    requests: AtomicU64,
    throttled: AtomicU64,
}

impl Client {
    /// A client with these credentials.
    ///
    /// # Errors
    /// When the system has no certificates to know services by.
    pub fn new(credentials: SharedCredentialsProvider, options: ClientOptions) -> Result<Self, ClientError> {
        let connector = HttpsConnectorBuilder::new()
            .with_native_roots()
            .map_err(ClientError::Certificates)?
            .https_or_http()
            .enable_http1()
            .build();
        let http = hyper_util::client::legacy::Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            // A scan speaks to a thousand hosts within seconds, and systems allow few open files.
            .pool_idle_timeout(Duration::from_secs(5))
            .pool_max_idle_per_host(8)
            .build(connector);
        Ok(Self::with(Carrier::Network { http: Box::new(http), credentials: Cached::new(credentials) }, options))
    }

    /// A client that answers from a recording. It makes no calls and needs no credentials.
    pub fn replaying(recording: Recording) -> Self {
        Self::with(Carrier::Recording(recording), ClientOptions::default())
    }

    fn with(carrier: Carrier, options: ClientOptions) -> Self {
        Self {
            carrier,
            recorder: OnceLock::new(),
            options,
            limits: Limits::default(),
            accepted: AtomicBool::new(false),
            requests: AtomicU64::new(0),
            throttled: AtomicU64::new(0),
        }
    }

    /// Keeps every answer from now on. The first recorder stays.
    pub fn record(&self, recorder: Recorder) {
        let _ = self.recorder.set(recorder);
    }

    /// What keeps the answers.
    pub fn recorder(&self) -> Option<&Recorder> {
        self.recorder.get()
    }

    /// How many calls have been made.
    pub fn counts(&self) -> Counts {
        Counts { requests: self.requests.load(Ordering::Relaxed), throttled: self.throttled.load(Ordering::Relaxed) }
    }

    /// Makes a call and reads its answer. What passes is tried again, after a pause of up to twice the one
    /// before, chosen at random so that callers part.
    ///
    /// # Errors
    /// With the failure of the last attempt.
    pub async fn send(
        &self,
        call: &Call,
        region: &str,
        parameters: &Map<String, Value>,
        origin: Origin,
    ) -> Result<Node, Failure> {
        let request = request(call, parameters);
        match &self.carrier {
            Carrier::Recording(recording) => recording.answer(call, region, &request, origin),
            Carrier::Network { http, credentials } => {
                let answered = self.persist(http, credentials, call, region, &request).await;
                // What hands out credentials is never kept.
                if let Some(recorder) = self.recorder.get().filter(|_| call.service.signing != "sts") {
                    let kept = answered.as_ref().map(|answered| &*answered.body);
                    // The scan goes on; that a recording is not whole shows when it is read.
                    let _ = recorder.keep(call, region, &request, kept);
                }
                answered?.read(call, origin)
            }
        }
    }

    /// Makes a call until it is answered, or does not get better.
    async fn persist(
        &self,
        http: &Http,
        credentials: &Cached,
        call: &Call,
        region: &str,
        request: &Request,
    ) -> Result<Answered, Failure> {
        let (mut attempt, mut throttled) = (0, 0);
        loop {
            self.limits.admit(call, region).await;
            let result = self.attempt(http, credentials, call, region, request).await;
            match result {
                Ok(answered) => {
                    self.accepted.store(true, Ordering::Relaxed);
                    self.limits.learn(call, region, false);
                    return Ok(answered);
                }
                Err(failure) => {
                    if failure.class == Class::Throttled {
                        self.throttled.fetch_add(1, Ordering::Relaxed);
                        self.limits.learn(call, region, true);
                        throttled += 1;
                    } else {
                        attempt += 1;
                    }
                    let spent = attempt >= self.options.attempts || throttled >= PATIENCE * self.options.attempts;
                    if !failure.class.is_passing() || spent {
                        return Err(failure);
                    }
                }
            }
            sleep(self.pause(attempt + throttled)).await;
        }
    }

    /// Makes a call and all that follow it, page by page.
    ///
    /// # Errors
    /// With the failure of any page: half a list is none.
    pub async fn pages(
        &self,
        call: &Call,
        region: &str,
        parameters: &Map<String, Value>,
        origin: Origin,
    ) -> Result<Vec<Node>, Failure> {
        let mut parameters = parameters.clone();
        let mut pages = Vec::new();
        let mut last = None;
        loop {
            let page = self.send(call, region, &parameters, origin).await?;
            let next = next_page(call, &page);
            pages.push(page);
            match next {
                None => return Ok(pages),
                Some((_, token)) if last.as_ref() == Some(&token) => return Err(Failure::new(call, Class::Malformed)),
                Some(_) if pages.len() >= MOST_PAGES => return Err(Failure::new(call, Class::Malformed)),
                Some((parameter, token)) => {
                    parameters.insert(parameter.to_owned(), Value::String(token.clone()));
                    last = Some(token);
                }
            }
        }
    }

    /// Full jitter over an exponential pause (AWS Architecture Blog, "Exponential Backoff And Jitter").
    fn pause(&self, attempt: u32) -> Duration {
        let most = Duration::from_millis(100).saturating_mul(1 << attempt.min(16)).min(self.options.longest_pause);
        most.mul_f64(fastrand::f64())
    }

    fn endpoint_options(&self, service: &Service) -> EndpointOptions {
        let own = self.options.endpoint_urls.get(service.variable);
        EndpointOptions {
            url: own.or(self.options.endpoint_url.as_ref()).cloned(),
            fips: self.options.fips,
            dual_stack: self.options.dual_stack,
        }
    }

    async fn attempt(
        &self,
        http: &Http,
        credentials: &Cached,
        call: &Call,
        region: &str,
        request: &Request,
    ) -> Result<Answered, Failure> {
        let no_answer = || Failure::new(call, Class::NoAnswer);
        #[expect(clippy::disallowed_methods, reason = "a signature holds the time it was made")]
        let now = SystemTime::now();
        // Before the turn: finding credentials may take a call, which needs a turn of its own.
        let identity = credentials.at(now).await.map_err(|_| Failure::new(call, Class::Expired))?;
        let _turn = self.options.in_flight.acquire().await.map_err(|_| no_answer())?;
        let signed = self.signed(identity, now, call, region, request)?;
        self.requests.fetch_add(1, Ordering::Relaxed);
        let exchange = async {
            let response = http.request(signed).await.map_err(|error| match names_no_host(&error) {
                true if is_absent(call.service.endpoint, region) => Failure::new(call, Class::Unavailable),
                _ => no_answer(),
            })?;
            let (parts, body) = response.into_parts();
            let body = Limited::new(body, LARGEST).collect().await.map_err(|_| no_answer())?;
            Ok((parts, body.to_bytes()))
        };
        let (parts, body) = timeout(self.options.timeout, exchange).await.map_err(|_| no_answer())??;
        let status = parts.status.as_u16();
        if parts.status.is_success() {
            return Ok(Answered { status, body });
        }
        let header = parts.headers.get("x-amzn-errortype").and_then(|value| value.to_str().ok());
        let works_elsewhere = self.accepted.load(Ordering::Relaxed);
        let origin = Origin::new(SourceId(0), 0, 0);
        match answer(call, status, header, &body, origin, works_elsewhere) {
            Err(failure) => Err(failure),
            Ok(_) => Err(Failure::new(call, Class::Malformed)),
        }
    }

    fn signed(
        &self,
        credentials: Credentials,
        now: SystemTime,
        call: &Call,
        region: &str,
        request: &Request,
    ) -> Result<http::Request<Full<Bytes>>, Failure> {
        let malformed = || Failure::new(call, Class::Malformed);
        let identity = credentials.into();
        let options = self.endpoint_options(call.service);
        let (bucket, prefix) = (request.bucket.as_deref(), request.host_prefix.as_deref());
        let place = endpoint(call.service, region, &options, &request.path, bucket, prefix);
        let url = format!("{}{}", place.url, place.path.as_deref().unwrap_or(&request.path));
        let mut settings = SigningSettings::default();
        if call.service.signing == "s3" {
            // S3 signs the path as it is, and wants the hash of the body in a header.
            settings.percent_encoding_mode = PercentEncodingMode::Single;
            settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
            settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
        }
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region(&place.region)
            .name(call.service.signing)
            .time(now)
            .settings(settings)
            .build()
            .map_err(|_| malformed())?
            .into();
        let headers = request.headers.iter().map(|(name, value)| (*name, value.as_str()));
        let signable =
            SignableRequest::new(request.method, &url, headers.clone(), SignableBody::Bytes(request.body.as_bytes()));
        let (instructions, _) =
            sign(signable.map_err(|_| malformed())?, &parameters).map_err(|_| malformed())?.into_parts();
        let mut builder = http::Request::builder().method(request.method).uri(&url);
        for (name, value) in headers {
            builder = builder.header(name, value);
        }
        let body = Full::new(Bytes::from(request.body.clone().into_bytes()));
        let mut signed = builder.body(body).map_err(|_| malformed())?;
        instructions.apply_to_request_http1x(&mut signed);
        Ok(signed)
    }
}

/// Whether the host's name was not found.
fn names_no_host(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut link = Some(error);
    while let Some(error) = link {
        if error.to_string().contains("dns error") {
            return true;
        }
        link = error.source();
    }
    false
}

/// An answer that was a success.
struct Answered {
    status: u16,
    body: Bytes,
}

impl Answered {
    fn read(&self, call: &Call, origin: Origin) -> Result<Node, Failure> {
        answer(call, self.status, None, &self.body, origin, true)
    }
}
