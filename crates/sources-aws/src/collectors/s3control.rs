//! Amazon S3: what an account says about all of its buckets.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use serde_json::json;

use crate::{Collector, Draft, Halt, Reach, Run};

pub(crate) static S3_CONTROL: Service = Service {
    endpoint: "s3-control",
    signing: "s3",
    variable: "S3_CONTROL",
    protocol: Protocol::RestXml { items: &["AccessPoint"], flat: &[] },
    scope: Scope::Regional,
};

/// The answer takes in what policies of the organization say. Its permission has another name than the
/// one for buckets.
static PUBLIC_ACCESS: Call = Call {
    service: &S3_CONTROL,
    operation: "GetPublicAccessBlock",
    path: "GET {AccountId}./v20180820/configuration/publicAccessBlock x-amz-account-id:{AccountId}",
    action: "s3:GetAccountPublicAccessBlock",
    pages: Pages::One,
    yields: &["Pilaster::S3AccountPublicAccessBlock"],
    unset: &["NoSuchPublicAccessBlockConfiguration"],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "s3control",
    reach: Reach::Once,
    calls: &[&PUBLIC_ACCESS],
    collect: |run| Box::pin(public_access_block(run)),
};

/// One of these in an account, whether somebody made it or not: where none is made, no switch is on.
async fn public_access_block(run: &Run) -> Result<(), Halt> {
    let block = run.get(&PUBLIC_ACCESS, json!({ "AccountId": run.account() })).await;
    let draft = Draft::new("Pilaster::S3AccountPublicAccessBlock", run.account(), run.origin(&PUBLIC_ACCESS));
    run.add(draft.set("PublicAccessBlockConfiguration", block.whole()));
    Ok(())
}
