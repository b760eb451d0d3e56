//! `iam_root_no_access_keys`

use macros::check;
use model::Verdict;

use crate::views::iam::RootUser;

/// The root user has no access keys
///
/// A key of the root user may do everything, no policy of the account limits it, and it is valid until it
/// is deleted. A copy in a script, on a laptop or in a repository is the whole account. Nothing needs one:
/// what only root can do is done in the console.
///
/// ## Fix
/// Find out in CloudTrail what still uses the key and give that a role. Deactivate the key for some days,
/// then delete it as root under "Security credentials", or from the management account by centralized root
/// access.
/// ```account,fail
/// { "Type": "Pilaster::RootUser", "Properties": { "AccountAccessKeysPresent": 1 } }
/// ```
/// ```account,pass
/// { "Type": "Pilaster::RootUser", "Properties": { "AccountAccessKeysPresent": 0 } }
/// ```
/// ```account,unknown
/// { "Type": "Pilaster::RootUser",
///   "Properties": { "AccountAccessKeysPresent": { "Denied": "iam:GetAccountSummary" } } }
/// ```
#[check(SEC01_BP02, SEC02_BP02, severity = Critical, needs = [Testing], fsbp = ["IAM.4"], cis = ["v3.0.0:1.4", "v5.0.0:1.3"], code = Never)]
fn iam_root_no_access_keys(root: &RootUser) -> Verdict {
    root.access_keys_present.must_be(0)
}
