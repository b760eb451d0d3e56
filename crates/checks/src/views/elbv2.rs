//! Elastic Load Balancing: application, network and gateway load balancers.

use model::{At, Fact, List, Text, Verdict, View, when};

/// A load balancer.
#[derive(Debug, View)]
#[view("AWS::ElasticLoadBalancingV2::LoadBalancer")]
pub(crate) struct LoadBalancer<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "Type", default = "application")]
    pub(crate) kind: Fact<'a, Text<'a>>,
    #[view(default = "internet-facing")]
    pub(crate) scheme: Fact<'a, Text<'a>>,
    pub(crate) subnets: List<'a, Fact<'a, Text<'a>>>,
    pub(crate) subnet_mappings: List<'a, At<'a>>,
    #[view(path = "LoadBalancerAttributes")]
    attributes: List<'a, Attribute<'a>>,
}

impl LoadBalancer<'_> {
    /// An attribute that is off unless it is set is on.
    pub(crate) fn must_turn_on(&self, attribute: &'static str) -> Verdict {
        must_turn_on(&self.attributes, attribute)
    }
}

/// What a load balancer sends requests to.
#[derive(Debug, View)]
#[view("AWS::ElasticLoadBalancingV2::TargetGroup")]
pub(crate) struct TargetGroup<'a> {
    pub(crate) at: At<'a>,
    #[view(default = "instance")]
    pub(crate) target_type: Fact<'a, Text<'a>>,
    /// Those registered by hand.
    pub(crate) targets: List<'a, At<'a>>,
    #[view(path = "TargetGroupAttributes")]
    attributes: List<'a, Attribute<'a>>,
}

impl TargetGroup<'_> {
    /// An attribute that is off unless it is set stays off.
    pub(crate) fn must_leave_off(&self, attribute: &'static str) -> Verdict {
        self.attributes.all(|found| found.must_not_be(attribute, "true")).or_clear(&self.at)
    }
}

/// Attributes are a list of keys and values, all of them text.
#[derive(Debug, View)]
struct Attribute<'a> {
    at: At<'a>,
    key: Fact<'a, Text<'a>>,
    value: Fact<'a, Text<'a>>,
}

impl Attribute<'_> {
    fn must_not_be(&self, key: &'static str, unwanted: &'static str) -> Verdict {
        when(self.key.must_be(key), || self.value.must_not_be(unwanted))
    }
}

/// There is an entry for it, and every entry for it says true: so the finding stands at the entry that
/// does not.
fn must_turn_on<'a>(attributes: &List<'a, Attribute<'a>>, key: &'static str) -> Verdict {
    attributes.any(&format!("{key} with true"), |found| found.key.must_be(key))
        & attributes.all(|found| when(found.key.must_be(key), || found.value.must_be("true")))
}

/// Where a load balancer takes connections.
#[derive(Debug, View)]
#[view("AWS::ElasticLoadBalancingV2::Listener")]
pub(crate) struct Listener<'a> {
    pub(crate) at: At<'a>,
    pub(crate) protocol: Fact<'a, Text<'a>>,
    /// Of a listener made through the API or a template (Elastic Load Balancing User Guides, "Security
    /// policies").
    #[view(default = "ELBSecurityPolicy-2016-08")]
    pub(crate) ssl_policy: Fact<'a, Text<'a>>,
    pub(crate) default_actions: List<'a, Action<'a>>,
}

/// A rule of a listener.
#[derive(Debug, View)]
#[view("AWS::ElasticLoadBalancingV2::ListenerRule")]
pub(crate) struct ListenerRule<'a> {
    pub(crate) at: At<'a>,
    pub(crate) actions: List<'a, Action<'a>>,
}

/// What is done with a request.
#[derive(Debug, View)]
pub(crate) struct Action<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "Type")]
    pub(crate) kind: Fact<'a, Text<'a>>,
    /// The protocol stays what it was unless another is named.
    #[view(path = "RedirectConfig.Protocol", default = "#{protocol}")]
    pub(crate) redirect_protocol: Fact<'a, Text<'a>>,
}

impl Action<'_> {
    /// It sends the client to HTTPS, or answers without asking the application.
    pub(crate) fn must_not_serve_plain_http(&self) -> Verdict {
        when(self.kind.must_be("redirect"), || self.redirect_protocol.must_be("HTTPS"))
            & self.kind.must_be_one_of(&["redirect", "fixed-response"])
    }
}
