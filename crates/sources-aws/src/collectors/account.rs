//! AWS Account Management: whom AWS turns to beside the owner of the account.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use serde_json::json;

use crate::{Collector, Draft, Halt, Reach, Run};

static ACCOUNT: Service = Service {
    endpoint: "account",
    signing: "account",
    variable: "ACCOUNT",
    protocol: Protocol::RestJson,
    scope: Scope::Global,
};

static CONTACT: Call = Call {
    service: &ACCOUNT,
    operation: "GetAlternateContact",
    path: "POST /getAlternateContact",
    action: "account:GetAlternateContact",
    pages: Pages::One,
    yields: &[],
    unset: &["ResourceNotFoundException"],
};

pub(crate) static COLLECTOR: Collector =
    Collector { name: "account", reach: Reach::Once, calls: &[&CONTACT], collect: |run| Box::pin(contacts(run)) };

async fn contacts(run: &Run) -> Result<(), Halt> {
    let (billing, operations, security) = tokio::join!(
        run.get(&CONTACT, json!({ "AlternateContactType": "BILLING" })),
        run.get(&CONTACT, json!({ "AlternateContactType": "OPERATIONS" })),
        run.get(&CONTACT, json!({ "AlternateContactType": "SECURITY" })),
    );
    let draft = Draft::new("Pilaster::AccountContacts", run.account(), run.origin(&CONTACT));
    let draft = draft
        .set("Billing", billing.at("AlternateContact"))
        .set("Operations", operations.at("AlternateContact"))
        .set("Security", security.at("AlternateContact"));
    run.add(draft);
    Ok(())
}
