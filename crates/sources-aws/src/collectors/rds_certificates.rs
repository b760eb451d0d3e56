//! Amazon RDS: the authorities that sign the certificates of databases.

use aws_wire::{Call, Pages};
use serde_json::json;

use super::rds::RDS;
use crate::shape::text;
use crate::{Collector, Draft, Halt, Reach, Run};

static AUTHORITIES: Call = Call {
    service: &RDS,
    operation: "DescribeCertificates",
    path: "",
    action: "rds:DescribeCertificates",
    pages: Pages::Token { answer: "Marker", parameter: "Marker" },
    yields: &["Pilaster::DatabaseAuthority"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "rds_certificates",
    reach: Reach::EveryRegion,
    calls: &[&AUTHORITIES],
    collect: |run| Box::pin(authorities(run)),
};

async fn authorities(run: &Run) -> Result<(), Halt> {
    for found in run.list(&AUTHORITIES, json!({ "MaxRecords": 100 }), "Certificates").await? {
        let Some(id) = text(&found, "CertificateIdentifier") else { continue };
        run.add(Draft::new("Pilaster::DatabaseAuthority", id, found.origin).name(id).take(
            &found,
            &[
                ("CertificateIdentifier", "CertificateIdentifier"),
                ("ValidFrom", "ValidFrom"),
                ("ValidTill", "ValidTill"),
                ("CustomerOverride", "Observed.CustomerOverride"),
            ],
        ));
    }
    Ok(())
}
