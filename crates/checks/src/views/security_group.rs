//! Security groups of Amazon EC2 and their rules.

use model::{At, Fact, FromAt, Inventory, Linked, List, Outcome, Text, Verdict, View, when};

use crate::network::Network;

/// What lets traffic in: a security group with its rules, or a rule that stands by itself.
///
/// A group is judged with every rule that points to it. A rule by itself is judged only when its group
/// is not among what was read, so nothing is reported twice.
#[derive(Debug)]
pub(crate) enum Ingress<'a> {
    Group(SecurityGroup<'a>),
    Rule(SecurityGroupIngress<'a>),
}

impl<'a> FromAt<'a> for Ingress<'a> {
    fn from_at(at: At<'a>) -> Self {
        match SecurityGroup::KINDS.contains(&at.resource().kind.as_str()) {
            true => Ingress::Group(SecurityGroup::from_at(at)),
            false => Ingress::Rule(SecurityGroupIngress::from_at(at)),
        }
    }
}

impl<'a> View<'a> for Ingress<'a> {
    const KINDS: &'static [&'static str] = &["AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress"];

    fn at(&self) -> &At<'a> {
        match self {
            Ingress::Group(group) => &group.at,
            Ingress::Rule(rule) => &rule.at,
        }
    }
}

impl<'a> Ingress<'a> {
    /// Every rule passes.
    pub(crate) fn all(&self, around: &'a Inventory, judge: impl Fn(&Rule<'a>) -> Verdict) -> Verdict {
        match self {
            Ingress::Group(group) => {
                let joined = |path| around.referring::<SecurityGroupIngress>(path, &group.at);
                let separate = joined("GroupId").with(joined("GroupName")).certainly();
                let inline = group.ingress.all(|rule| judge(&rule));
                inline & separate.all(|rule| judge(&rule.rule()))
            }
            Ingress::Rule(rule) => {
                let judged_with_its_group = [&rule.group_id, &rule.group_name]
                    .into_iter()
                    .any(|group| matches!(around.linked::<SecurityGroup>(group), Linked::Found(_)));
                match judged_with_its_group {
                    true => Verdict::not_applicable(),
                    false => judge(&rule.rule()).or_clear(&rule.at),
                }
            }
        }
    }
}

/// A security group.
#[derive(Debug, View)]
#[view("AWS::EC2::SecurityGroup")]
pub(crate) struct SecurityGroup<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "SecurityGroupIngress")]
    ingress: List<'a, Rule<'a>>,
}

/// A rule that is a resource of its own.
#[derive(Debug, View)]
#[view("AWS::EC2::SecurityGroupIngress")]
pub(crate) struct SecurityGroupIngress<'a> {
    pub(crate) at: At<'a>,
    group_id: Fact<'a, Text<'a>>,
    group_name: Fact<'a, Text<'a>>,
}

impl<'a> SecurityGroupIngress<'a> {
    fn rule(&self) -> Rule<'a> {
        Rule::from_at(self.at.clone())
    }
}

/// A rule that lets traffic in. Other security groups and prefix lists as its source are never the
/// internet: a prefix list is a list of known ranges.
#[derive(Debug, View)]
pub(crate) struct Rule<'a> {
    pub(crate) at: At<'a>,
    ip_protocol: Fact<'a, Text<'a>>,
    /// EC2 demands both ports for TCP and UDP; where they are missing all the same, all are meant.
    #[view(default = -1)]
    from_port: Fact<'a, i64>,
    #[view(default = -1)]
    to_port: Fact<'a, i64>,
    cidr_ip: Fact<'a, Network>,
    cidr_ipv6: Fact<'a, Network>,
}

impl Rule<'_> {
    /// It does not open a port of TCP to the internet.
    pub(crate) fn must_not_open_tcp(&self, port: i64) -> Verdict {
        self.must_be_limited_if(|| self.lets_in("tcp", "6") & self.covers_one_of(&[port]))
    }

    /// It opens none of these ports of TCP or UDP to the internet.
    pub(crate) fn must_open_none_of(&self, ports: &[i64]) -> Verdict {
        self.must_be_limited_if(|| self.lets_in_ports() & self.covers_one_of(ports))
    }

    /// It does not open every port, or every protocol, to the internet.
    pub(crate) fn must_not_open_everything(&self) -> Verdict {
        // Port 0 is never used, so 1-65535 is everything, too.
        self.must_be_limited_if(|| {
            self.is_all_traffic() | (self.lets_in_ports() & self.covers_one_of(&[1]) & self.covers_one_of(&[65535]))
        })
    }

    /// Where `dangerous` holds, its source is limited. Most sources are: they are asked first.
    fn must_be_limited_if(&self, dangerous: impl FnOnce() -> Verdict) -> Verdict {
        let limited = self.must_not_admit_the_internet();
        match limited.outcome {
            Outcome::Pass | Outcome::NotApplicable => limited,
            Outcome::Fail | Outcome::Unknown => when(dangerous(), || limited),
        }
    }

    fn is_all_traffic(&self) -> Verdict {
        self.ip_protocol.must("every protocol", |found| is_every_protocol(found))
    }

    /// A protocol by its name or number, or all of them.
    fn lets_in(&self, name: &'static str, number: &'static str) -> Verdict {
        self.ip_protocol
            .must(name, |found| found.eq_ignore_ascii_case(name) || *found == number || is_every_protocol(found))
    }

    /// One of the protocols that have ports.
    fn lets_in_ports(&self) -> Verdict {
        self.lets_in("tcp", "6") | self.lets_in("udp", "17")
    }

    /// Its range contains one of `ports`. A rule for all traffic has every port, whatever it says, and -1
    /// stands for all of them. One end of the range can be enough to tell that it contains none.
    fn covers_one_of(&self, ports: &[i64]) -> Verdict {
        const EXPECTED: &str = "a range with the port";
        let reaches = |to: i64, port: i64| port <= to || to == -1;
        let begins = self.from_port.must(EXPECTED, |from| ports.iter().any(|port| port >= from));
        let ends = self.to_port.must(EXPECTED, |to| ports.iter().any(|port| reaches(*to, *port)));
        let contains = self.from_port.and_then(|from| {
            self.to_port.must(EXPECTED, |to| ports.iter().any(|port| from <= *port && reaches(*to, *port)))
        });
        self.is_all_traffic() | (begins & ends & contains)
    }

    /// Its source is a range that can be known, a group or a prefix list. The finding stands at the
    /// range.
    fn must_not_admit_the_internet(&self) -> Verdict {
        let limited = |source: &Fact<'_, Network>| source.and_then(|_| source.must_be(Network::Limited));
        limited(&self.cidr_ip) & limited(&self.cidr_ipv6)
    }
}

/// Terraform has a word for what is -1 to EC2.
fn is_every_protocol(protocol: &str) -> bool {
    protocol == "-1" || protocol.eq_ignore_ascii_case("all")
}
