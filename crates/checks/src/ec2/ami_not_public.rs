//! `ec2_ami_not_public`

use macros::check;
use model::{At, Fact, Verdict, View};

/// An image of the account's own.
#[derive(Debug, View)]
#[view("Pilaster::Image")]
struct Image<'a> {
    at: At<'a>,
    public: Fact<'a, bool>,
}

/// Machine images are not open to the public
///
/// Anyone can start a public image and look around in it: software that is not published, settings, keys
/// and shell histories that were left behind when it was made. Public images are listed by AWS and searched
/// by machines.
///
/// ## Fix
/// Set the image's permissions to private, and share it with the accounts or the organization that need it.
/// Block public access to images in the region. Replace every secret that was in it.
/// ```account,fail
/// { "Type": "Pilaster::Image", "Properties": { "Public": "true" } }
/// ```
/// ```account,pass
/// { "Type": "Pilaster::Image", "Properties": { "Public": "false" } }
/// ```
#[check(SEC03_BP07, severity = Critical, code = Never)]
fn ec2_ami_not_public(image: &Image) -> Verdict {
    image.public.must_be(false)
}
