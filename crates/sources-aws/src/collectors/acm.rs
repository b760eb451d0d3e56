//! AWS Certificate Manager: certificates.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::Node;
use serde_json::json;

use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

static ACM: Service = Service {
    endpoint: "acm",
    signing: "acm",
    variable: "ACM",
    protocol: Protocol::Json { target: "CertificateManager", version: "1.1" },
    scope: Scope::Regional,
};

/// Unless asked for others, the service lists certificates with RSA keys of up to 2,048 bits only.
static CERTIFICATES: Call = Call {
    service: &ACM,
    operation: "ListCertificates",
    path: "",
    action: "acm:ListCertificates",
    pages: Pages::Token { answer: "NextToken", parameter: "NextToken" },
    yields: &["AWS::CertificateManager::Certificate"],
    unset: &[],
};

static CERTIFICATE: Call = Call {
    service: &ACM,
    operation: "DescribeCertificate",
    path: "",
    action: "acm:DescribeCertificate",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

static TAGS: Call = Call {
    service: &ACM,
    operation: "ListTagsForCertificate",
    path: "",
    action: "acm:ListTagsForCertificate",
    pages: Pages::One,
    yields: &[],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "acm",
    reach: Reach::EveryRegion,
    calls: &[&CERTIFICATES, &CERTIFICATE, &TAGS],
    collect: |run| Box::pin(certificates(run)),
};

const KEY_TYPES: [&str; 7] =
    ["RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1", "EC_secp521r1"];

async fn certificates(run: &Run) -> Result<(), Halt> {
    let parameters = json!({ "Includes": { "keyTypes": KEY_TYPES }, "MaxItems": 1000 });
    let certificates = run.list(&CERTIFICATES, parameters, "CertificateSummaryList").await?;
    run.each(certificates, certificate).await;
    Ok(())
}

async fn certificate(run: &Run, summary: Node) -> Vec<Draft> {
    let Some(arn) = text(&summary, "CertificateArn") else { return Vec::new() };
    let (certificate, tags) = tokio::join!(
        run.get(&CERTIFICATE, json!({ "CertificateArn": arn })),
        run.get(&TAGS, json!({ "CertificateArn": arn })),
    );
    let mut draft = Draft::new("AWS::CertificateManager::Certificate", arn, summary.origin).name(arn).arn(arn);
    // What the list said stands where the description is refused.
    if let Some(details) = certificate.at("Certificate") {
        draft = draft.take(
            &details,
            &[
                ("CertificateAuthorityArn", "CertificateAuthorityArn"),
                ("Options.CertificateTransparencyLoggingPreference", "CertificateTransparencyLoggingPreference"),
                ("Options.Export", "CertificateExport"),
                ("SubjectAlternativeNames", "SubjectAlternativeNames"),
                ("DomainValidationOptions", "Observed.DomainValidationOptions"),
                ("FailureReason", "Observed.FailureReason"),
                ("InUseBy", "Observed.InUseBy"),
                ("NotAfter", "Observed.NotAfter"),
                ("NotBefore", "Observed.NotBefore"),
                ("RenewalEligibility", "Observed.RenewalEligibility"),
                ("RenewalSummary", "Observed.RenewalSummary"),
                ("SignatureAlgorithm", "Observed.SignatureAlgorithm"),
                ("Status", "Observed.Status"),
                ("Type", "Observed.Type"),
                ("KeyAlgorithm", "KeyAlgorithm"),
                ("DomainName", "DomainName"),
            ],
        );
    }
    draft = draft.take(
        &summary,
        &[
            ("DomainName", "DomainName"),
            ("InUse", "Observed.InUse"),
            ("NotAfter", "Observed.NotAfter"),
            ("Status", "Observed.Status"),
            ("Type", "Observed.Type"),
        ],
    );
    vec![draft.set("Tags", tags.at("Tags"))]
}
