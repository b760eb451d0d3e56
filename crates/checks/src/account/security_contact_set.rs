//! `account_security_contact_set`

use macros::check;
use model::{At, Verdict, View};

/// Whom AWS turns to beside the owner of the account.
#[derive(Debug, View)]
#[view("Pilaster::AccountContacts")]
struct Contacts<'a> {
    at: At<'a>,
    security: At<'a>,
}

/// AWS knows whom to turn to about security
///
/// When AWS finds a key of the account in public, or the account takes part in an attack, it writes to the
/// security contact. Without one the message goes to the address of the root user, which often nobody reads,
/// and the hours in which something could be done go by.
///
/// ## Fix
/// Register a security contact under "Alternate contacts" of the account, or for all accounts from the
/// management account: a list that several people read, not a person.
/// ```account,fail
/// { "Type": "Pilaster::AccountContacts", "Properties": { "Billing": { "EmailAddress": "billing@example.com" } } }
/// ```
/// ```account,pass
/// { "Type": "Pilaster::AccountContacts", "Properties": { "Security": { "EmailAddress": "security@example.com" } } }
/// ```
/// ```account,unknown
/// { "Type": "Pilaster::AccountContacts", "Properties": { "Security": { "Denied": "account:GetAlternateContact" } } }
/// ```
#[check(SEC10_BP01, severity = Medium, fsbp = ["Account.1"], cis = ["v3.0.0:1.2", "v5.0.0:1.2"], code = Never)]
fn account_security_contact_set(contacts: &Contacts) -> Verdict {
    contacts.security.must_be_set()
}
