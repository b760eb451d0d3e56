//! `costmanagement_allocation_tags_activated`

use findings::Settings;
use macros::check;
use model::{At, Fact, Inventory, Text, Verdict, View, all};

#[derive(Debug, View)]
#[view("Pilaster::Account")]
struct Account<'a> {
    at: At<'a>,
}

#[derive(Debug, View)]
#[view("Pilaster::CostAllocationTag")]
struct Tag<'a> {
    at: At<'a>,
    tag_key: Fact<'a, Text<'a>>,
    #[view(path = "Type")]
    kind: Fact<'a, Text<'a>>,
}

/// Keys of your own tags are active in billing
///
/// Tags say whose a resource is, but a bill shows only those whose keys were activated, and only from that day on.
/// Until then the cost of a team or a product cannot be told from the rest, however well everything is tagged. Only the
/// account that pays for an organization knows which keys are active.
///
/// ## Fix
/// In the billing console of the account that pays, activate the keys by which you want to divide costs. List those
/// that have to be there in the threshold `keys`.
/// ```account,fail
/// {
///   "Listed": ["Pilaster::CostAllocationTag"],
///   "Resources": [{ "Type": "Pilaster::Account" }]
/// }
/// ```
/// ```account,pass
/// [
///   { "Type": "Pilaster::Account" },
///   { "Type": "Pilaster::CostAllocationTag", "Properties": { "TagKey": "Team", "Type": "UserDefined" } }
/// ]
/// ```
/// ```account,fail
/// [
///   { "Type": "Pilaster::Account" },
///   { "Type": "Pilaster::CostAllocationTag", "Properties": { "TagKey": "aws:createdBy", "Type": "AWSGenerated" } }
/// ]
/// ```
#[check(COST03_BP02, COST03_BP03, severity = Medium, code = Never, thresholds(keys = []))]
fn costmanagement_allocation_tags_activated(account: &Account, around: &Inventory, settings: &Settings) -> Verdict {
    let tags = || around.in_account::<Tag>(&account.at);
    let wanted = settings
        .words("keys")
        .iter()
        .map(|key| tags().any(&format!("an active key {key}"), |tag| tag.tag_key.must(key, |found| found == key)));
    tags().any("an active key of your own", |tag| tag.kind.must_be("UserDefined")) & all(wanted)
}
