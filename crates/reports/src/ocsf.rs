//! The vocabulary of OCSF that a Compliance Finding takes, as of <https://schema.ocsf.io/1.5.0>.

use serde::Serialize;

use crate::document::{EvidenceEntry, SavingEntry, WaiverEntry};

/// Class 2003.
#[derive(Serialize)]
pub(crate) struct ComplianceFinding<'a> {
    pub(crate) activity_id: u8,
    pub(crate) activity_name: &'static str,
    pub(crate) category_uid: u8,
    pub(crate) category_name: &'static str,
    pub(crate) class_uid: u16,
    pub(crate) class_name: &'static str,
    pub(crate) type_uid: u32,
    pub(crate) type_name: &'static str,
    /// In milliseconds since 1970.
    pub(crate) time: i128,
    pub(crate) message: String,
    pub(crate) severity_id: u8,
    pub(crate) severity: &'static str,
    pub(crate) status_id: u8,
    pub(crate) status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) comment: Option<&'a str>,
    pub(crate) metadata: Metadata<'a>,
    pub(crate) cloud: Cloud<'a>,
    pub(crate) finding_info: FindingInfo<'a>,
    pub(crate) compliance: Compliance<'a>,
    pub(crate) resources: [ResourceDetails<'a>; 1],
    pub(crate) remediation: Remediation<'a>,
    pub(crate) unmapped: Unmapped<'a>,
}

#[derive(Serialize)]
pub(crate) struct Metadata<'a> {
    pub(crate) version: &'static str,
    pub(crate) profiles: [&'static str; 1],
    pub(crate) event_code: &'a str,
    pub(crate) product: Product<'a>,
}

#[derive(Serialize)]
pub(crate) struct Product<'a> {
    pub(crate) name: &'static str,
    pub(crate) vendor_name: &'static str,
    pub(crate) version: &'a str,
}

/// What the profile `cloud` adds.
#[derive(Serialize)]
pub(crate) struct Cloud<'a> {
    pub(crate) provider: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) account: Option<Account<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) region: Option<&'a str>,
}

#[derive(Serialize)]
pub(crate) struct Account<'a> {
    pub(crate) uid: &'a str,
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) type_id: u8,
}

#[derive(Serialize)]
pub(crate) struct FindingInfo<'a> {
    pub(crate) uid: &'a str,
    pub(crate) title: &'a str,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) desc: String,
    pub(crate) types: Vec<&'static str>,
    pub(crate) analytic: Analytic<'a>,
}

#[derive(Serialize)]
pub(crate) struct Analytic<'a> {
    pub(crate) uid: &'a str,
    pub(crate) name: &'a str,
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) type_id: u8,
    pub(crate) category: &'a str,
}

#[derive(Serialize)]
pub(crate) struct Compliance<'a> {
    pub(crate) control: &'a str,
    pub(crate) desc: &'a str,
    pub(crate) standards: Vec<&'static str>,
    pub(crate) requirements: Vec<String>,
    pub(crate) status_id: u8,
    pub(crate) status: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) status_details: Vec<String>,
}

#[derive(Serialize)]
pub(crate) struct ResourceDetails<'a> {
    pub(crate) uid: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<&'a str>,
    #[serde(rename = "type")]
    pub(crate) kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) region: Option<&'a str>,
    pub(crate) cloud_partition: &'a str,
    pub(crate) data: ResourceData<'a>,
}

/// The place for what a source knows of a resource beyond that.
#[derive(Serialize)]
pub(crate) struct ResourceData<'a> {
    /// The logical id in code, the physical id in an account.
    pub(crate) id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) line: Option<u32>,
}

#[derive(Serialize)]
pub(crate) struct Remediation<'a> {
    pub(crate) desc: &'a str,
    pub(crate) references: Vec<String>,
}

/// What the class has no place for.
#[derive(Serialize)]
pub(crate) struct Unmapped<'a> {
    pub(crate) pillars: Vec<&'static str>,
    pub(crate) effort: &'static str,
    pub(crate) needs: Vec<&'static str>,
    pub(crate) evidence: Vec<EvidenceEntry<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) waiver: Option<WaiverEntry<'a>>,
    #[serde(flatten)]
    pub(crate) saving: Option<SavingEntry<'a>>,
    pub(crate) target: &'a [String],
}
