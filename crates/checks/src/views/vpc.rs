//! Amazon VPC: networks, subnets and routes.

use model::{At, Fact, FromAt, Inventory, Linked, List, Text, Verdict, View, at_least_distinct, when};

use crate::network::Network;

/// A virtual network.
#[derive(Debug, View)]
#[view("AWS::EC2::VPC")]
pub(crate) struct Vpc<'a> {
    pub(crate) at: At<'a>,
    pub(crate) cidr_block: Fact<'a, Text<'a>>,
    #[view(path = "Observed.IsDefault", default = false)]
    is_default: Fact<'a, bool>,
}

impl Vpc<'_> {
    /// Goes on unless it is a default network with nothing in it: AWS puts one into every region of an account, and
    /// through one that nothing is in nothing goes.
    pub(crate) fn unless_idle(&self, around: &Inventory, then: impl FnOnce() -> Verdict) -> Verdict {
        if !self.at.is_in_account() {
            return then();
        }
        let is_used = self.is_default.must_be(false)
            | around
                .referring::<Subnet>("VpcId", &self.at)
                .any("a subnet with something in it", |subnet| subnet.must_hold_something());
        when(is_used, then)
    }
}

/// A network access control list.
#[derive(Debug, View)]
#[view("AWS::EC2::NetworkAcl")]
pub(crate) struct NetworkAcl<'a> {
    pub(crate) at: At<'a>,
    pub(crate) vpc_id: Fact<'a, Text<'a>>,
}

/// A subnet.
#[derive(Debug, View)]
#[view("AWS::EC2::Subnet")]
pub(crate) struct Subnet<'a> {
    pub(crate) at: At<'a>,
    pub(crate) availability_zone: Fact<'a, Text<'a>>,
    #[view(default = false)]
    pub(crate) map_public_ip_on_launch: Fact<'a, bool>,
    pub(crate) vpc_id: Fact<'a, Text<'a>>,
    cidr_block: Fact<'a, Text<'a>>,
    #[view(path = "Observed.AvailableIpAddressCount")]
    available: Fact<'a, i64>,
}

/// How many addresses of a subnet AWS keeps for itself (Amazon VPC User Guide, "Subnet CIDR blocks").
const KEPT_BY_AWS: i64 = 5;

impl Subnet<'_> {
    /// It gives no public addresses to what is launched in it.
    pub(crate) fn stays_private(&self) -> Verdict {
        self.map_public_ip_on_launch.must_be(false)
    }

    /// Some of its addresses are taken.
    fn must_hold_something(&self) -> Verdict {
        self.cidr_block.and_then(|range| {
            let prefix = range.rsplit('/').next().and_then(|prefix| prefix.parse::<u32>().ok());
            match prefix.and_then(|prefix| 32_u32.checked_sub(prefix)) {
                Some(bits) => self.available.must_be_at_most((1_i64 << bits) - KEPT_BY_AWS - 1),
                None => Verdict::not_applicable(),
            }
        })
    }
}

/// What the subnets of a list have as zones; one that was not read stands for its zone itself, as
/// something not known.
fn zones<'a>(subnets: Vec<Fact<'a, Text<'a>>>, around: &'a Inventory) -> Vec<Fact<'a, Text<'a>>> {
    subnets
        .into_iter()
        .map(|subnet| match around.linked::<Subnet>(&subnet) {
            Linked::Found(found) => found.availability_zone,
            // A name says nothing of the zone: an absent property is like no other.
            _ => Fact::from_at(subnet.at().child("AvailabilityZone")),
        })
        .collect()
}

/// The subnets of a list lie in two or more zones.
pub(crate) fn must_span_zones<'a>(subnets: &List<'a, Fact<'a, Text<'a>>>, around: &'a Inventory) -> Verdict {
    match subnets.state() {
        model::State::Set(places) if places.len() > 1 => {
            at_least_distinct(subnets.at(), zones(places, around), 2, "zones")
        }
        _ => subnets.must_have_at_least(2),
    }
}

/// A log of the traffic of a network, a subnet or an interface.
#[derive(Debug, View)]
#[view("AWS::EC2::FlowLog")]
pub(crate) struct FlowLog<'a> {
    pub(crate) at: At<'a>,
}

/// An entry of a network access list.
#[derive(Debug, View)]
#[view("AWS::EC2::NetworkAclEntry")]
pub(crate) struct NetworkAclEntry<'a> {
    pub(crate) at: At<'a>,
    pub(crate) network_acl_id: Fact<'a, Text<'a>>,
    #[view(default = false)]
    pub(crate) egress: Fact<'a, bool>,
    pub(crate) rule_action: Fact<'a, Text<'a>>,
    pub(crate) protocol: Fact<'a, i64>,
    #[view(path = "PortRange.From", default = 0)]
    pub(crate) from_port: Fact<'a, i64>,
    #[view(path = "PortRange.To", default = 65535)]
    pub(crate) to_port: Fact<'a, i64>,
    pub(crate) cidr_block: Fact<'a, Network>,
    pub(crate) ipv6_cidr_block: Fact<'a, Network>,
}

impl NetworkAclEntry<'_> {
    /// It allows traffic into the subnet.
    pub(crate) fn lets_in(&self) -> Verdict {
        self.egress.must_be(false) & self.rule_action.must_be("allow")
    }

    /// It applies to a port of TCP. An entry for every protocol has every port, whatever it says.
    pub(crate) fn covers(&self, port: i64) -> Verdict {
        let range = self.from_port.must_be_at_most(port) & self.to_port.must_be_at_least(port);
        self.protocol.must_be(-1) | (self.protocol.must_be(6) & range)
    }

    /// It is for a range that can be known.
    pub(crate) fn must_not_admit_the_internet(&self) -> Verdict {
        let limited = |source: &Fact<'_, Network>| source.and_then(|_| source.must_be(Network::Limited));
        limited(&self.cidr_block) & limited(&self.ipv6_cidr_block)
    }
}

/// A gateway to the internet for what has private addresses.
#[derive(Debug, View)]
#[view("AWS::EC2::NatGateway")]
pub(crate) struct NatGateway<'a> {
    pub(crate) at: At<'a>,
    pub(crate) subnet_id: Fact<'a, Text<'a>>,
    /// A regional gateway covers every zone by itself.
    #[view(default = "zonal")]
    pub(crate) availability_mode: Fact<'a, Text<'a>>,
}

/// A route of a route table.
#[derive(Debug, View)]
#[view("AWS::EC2::Route")]
pub(crate) struct Route<'a> {
    pub(crate) at: At<'a>,
    pub(crate) nat_gateway_id: Fact<'a, Text<'a>>,
    pub(crate) vpc_peering_connection_id: Fact<'a, Text<'a>>,
    pub(crate) destination_cidr_block: Fact<'a, Text<'a>>,
}

/// A table of routes.
#[derive(Debug, View)]
#[view("AWS::EC2::RouteTable")]
pub(crate) struct RouteTable<'a> {
    pub(crate) at: At<'a>,
}

/// Which table a subnet uses.
#[derive(Debug, View)]
#[view("AWS::EC2::SubnetRouteTableAssociation")]
pub(crate) struct SubnetRouteTable<'a> {
    pub(crate) at: At<'a>,
    pub(crate) route_table_id: Fact<'a, Text<'a>>,
}

/// A private way to a service.
#[derive(Debug, View)]
#[view("AWS::EC2::VPCEndpoint")]
pub(crate) struct Endpoint<'a> {
    pub(crate) at: At<'a>,
    pub(crate) service_name: Fact<'a, Text<'a>>,
    pub(crate) route_table_ids: List<'a, At<'a>>,
    #[view(default = "Gateway")]
    pub(crate) vpc_endpoint_type: Fact<'a, Text<'a>>,
}

/// A connection between two networks.
#[derive(Debug, View)]
#[view("AWS::EC2::VPCPeeringConnection")]
pub(crate) struct Peering<'a> {
    pub(crate) at: At<'a>,
    pub(crate) vpc_id: Fact<'a, Text<'a>>,
    pub(crate) peer_vpc_id: Fact<'a, Text<'a>>,
}
