//! `vpc_transit_gateway_no_auto_accept`

use macros::check;
use model::{At, Fact, Text, Verdict, View};

/// A hub between networks.
#[derive(Debug, View)]
#[view("AWS::EC2::TransitGateway")]
struct TransitGateway<'a> {
    at: At<'a>,
    #[view(default = "disable")]
    auto_accept_shared_attachments: Fact<'a, Text<'a>>,
}

/// Transit gateways do not accept attachments of other accounts by themselves
///
/// Whoever the gateway is shared with can then connect a network to it, and with default route tables
/// reach every other one, without anybody having looked. One account that is taken over is enough.
///
/// ## Fix
/// Set `AutoAcceptSharedAttachments: disable` and accept attachments one by one, by hand or by a pipeline
/// that knows which are expected. Those that exist stay.
/// ```yaml,fail
/// Type: AWS::EC2::TransitGateway
/// Properties: { AutoAcceptSharedAttachments: enable }
/// ```
/// ```yaml,pass
/// Type: AWS::EC2::TransitGateway
/// Properties: { AutoAcceptSharedAttachments: disable }
/// ```
/// ```yaml,pass
/// Type: AWS::EC2::TransitGateway
/// ```
#[check(SEC05_BP02, SEC03_BP08, severity = High, fsbp = ["EC2.23"])]
fn vpc_transit_gateway_no_auto_accept(gateway: &TransitGateway) -> Verdict {
    gateway.auto_accept_shared_attachments.must_be("disable")
}
