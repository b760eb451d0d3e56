//! `ec2_instance_imdsv2_required`

use macros::check;
use model::{Inventory, Verdict, when};

use crate::views::ec2::{Launch, Machine};

/// Instances demand a token from callers of their metadata service
///
/// The metadata service hands out the credentials of the instance's role to whoever can make the
/// instance send a plain GET request. An application that can be tricked into fetching a URL (SSRF) is
/// enough. Version 2 demands a token that such a request cannot get. Where nothing is said, the image
/// and a setting of the account decide, and neither is part of this code: say it here.
///
/// ## Fix
/// Set `MetadataOptions.HttpTokens` to `required`, in a launch template if possible, so that every
/// instance made from it has it. Check first that SDKs and agents on the instance are recent enough
/// (the metric `MetadataNoToken` counts calls without a token). `HttpEndpoint: disabled` will do, too.
/// ```yaml,fail
/// Type: AWS::EC2::LaunchTemplate
/// Properties: { LaunchTemplateData: { InstanceType: m7g.large } }
/// ```
/// ```yaml,pass
/// Type: AWS::EC2::LaunchTemplate
/// Properties:
///   LaunchTemplateData:
///     InstanceType: m7g.large
///     MetadataOptions: { HttpTokens: required }
/// ```
#[check(
    SEC06_BP02,
    SEC02_BP02,
    severity = High,
    needs = [Testing],
    fsbp = ["EC2.8", "EC2.170", "AutoScaling.3"],
    cis = ["v3.0.0:5.6", "v5.0.0:5.7"]
)]
fn ec2_instance_imdsv2_required(machine: &Machine, around: &Inventory) -> Verdict {
    machine.or_template(around, machine.launch.metadata_options.http_tokens.at(), must_demand_tokens)
}

fn must_demand_tokens(launch: &Launch) -> Verdict {
    let options = &launch.metadata_options;
    when(options.http_endpoint.must_be("enabled"), || options.http_tokens.must_be("required")).or_clear(&options.at)
}
