//! Amazon EC2: instances and what they are launched from.

use model::{At, Fact, FromAt, Inventory, List, State, Tags, Text, Verdict, View, Why, when};

use super::autoscaling::Group;
use super::metrics::Metric;
use crate::cost::{Cost, given, known, within};
use crate::instance_class::is_accelerated;

/// An instance, or a launch template or configuration that instances are made from.
#[derive(Debug)]
pub(crate) struct Machine<'a> {
    pub(crate) at: At<'a>,
    pub(crate) launch: Launch<'a>,
}

impl<'a> FromAt<'a> for Machine<'a> {
    fn from_at(at: At<'a>) -> Self {
        let place = match at.resource().kind.as_str() {
            "AWS::EC2::LaunchTemplate" => at.child("LaunchTemplateData"),
            _ => at.clone(),
        };
        Self { launch: Launch::from_at(place), at }
    }
}

impl<'a> View<'a> for Machine<'a> {
    const KINDS: &'static [&'static str] =
        &["AWS::EC2::Instance", "AWS::EC2::LaunchTemplate", "AWS::AutoScaling::LaunchConfiguration"];

    fn at(&self) -> &At<'a> {
        &self.at
    }
}

impl<'a> Machine<'a> {
    /// It is an instance itself, and not what instances are made from.
    pub(crate) fn is_instance(&self) -> Verdict {
        self.at.must_be_a("AWS::EC2::Instance")
    }

    /// It is made into instances as it is: an instance, a launch configuration, or a launch template of
    /// an Auto Scaling group. What a template of other use lacks, its user may add: Amazon EKS does.
    pub(crate) fn stands_alone(&self, around: &Inventory) -> Verdict {
        let used = |path| around.referring::<Group>(path, &self.at).certainly().must_exist("a group made from it");
        self.is_instance()
            | self.at.must_be_a("AWS::AutoScaling::LaunchConfiguration")
            | used("LaunchTemplate.LaunchTemplateId")
            | used("MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateId")
    }

    /// What is judged holds for the machine itself or, where it leaves `property` to the launch template
    /// it is made from, for that.
    pub(crate) fn or_template(
        &self,
        around: &'a Inventory,
        property: &At<'a>,
        judge: impl Fn(&Launch<'a>) -> Verdict,
    ) -> Verdict {
        let template = when(property.must_be_unset(), || {
            let by_id = around.linked::<Machine>(&self.launch.template.id);
            let by_name = around.linked::<Machine>(&self.launch.template.name);
            by_id.and_then(|template| judge(&template.launch)) & by_name.and_then(|template| judge(&template.launch))
        });
        judge(&self.launch) | template
    }
}

/// What an instance is launched with.
#[derive(Debug, View)]
pub(crate) struct Launch<'a> {
    pub(crate) at: At<'a>,
    pub(crate) instance_type: Fact<'a, Text<'a>>,
    pub(crate) metadata_options: MetadataOptions<'a>,
    pub(crate) user_data: Fact<'a, Text<'a>>,
    /// The name of an instance profile; launch templates have a map here.
    pub(crate) iam_instance_profile: At<'a>,
    pub(crate) network_interfaces: List<'a, NetworkInterface<'a>>,
    /// Of launch configurations only.
    pub(crate) associate_public_ip_address: Fact<'a, bool>,
    pub(crate) block_device_mappings: List<'a, BlockDevice<'a>>,
    pub(crate) subnet_id: Fact<'a, Text<'a>>,
    #[view(path = "LaunchTemplate")]
    pub(crate) template: TemplateOfInstance<'a>,
    /// Of instances: a switch.
    #[view(default = false)]
    pub(crate) monitoring: Fact<'a, bool>,
    /// Of launch templates.
    #[view(path = "Monitoring.Enabled", default = false)]
    pub(crate) monitoring_enabled: Fact<'a, bool>,
    /// Of launch configurations, where it is on unless told otherwise.
    #[view(default = true)]
    pub(crate) instance_monitoring: Fact<'a, bool>,
}

#[derive(Debug, View)]
pub(crate) struct TemplateOfInstance<'a> {
    pub(crate) at: At<'a>,
    #[view(path = "LaunchTemplateId")]
    pub(crate) id: Fact<'a, Text<'a>>,
    #[view(path = "LaunchTemplateName")]
    pub(crate) name: Fact<'a, Text<'a>>,
}

/// How the metadata service of an instance answers. Whether it demands tokens when nothing is said
/// depends on the image and on a setting of the account, so there is no default.
#[derive(Debug, View)]
pub(crate) struct MetadataOptions<'a> {
    pub(crate) at: At<'a>,
    #[view(default = "enabled")]
    pub(crate) http_endpoint: Fact<'a, Text<'a>>,
    pub(crate) http_tokens: Fact<'a, Text<'a>>,
}

#[derive(Debug, View)]
pub(crate) struct NetworkInterface<'a> {
    pub(crate) at: At<'a>,
    pub(crate) associate_public_ip_address: Fact<'a, bool>,
    pub(crate) subnet_id: Fact<'a, Text<'a>>,
}

#[derive(Debug, View)]
pub(crate) struct BlockDevice<'a> {
    pub(crate) at: At<'a>,
    pub(crate) ebs: EbsDevice<'a>,
}

/// A volume: a resource of its own, or part of a block device mapping. Both have the same properties.
#[derive(Debug, View)]
pub(crate) struct EbsDevice<'a> {
    pub(crate) at: At<'a>,
    pub(crate) encrypted: Fact<'a, bool>,
    pub(crate) snapshot_id: Fact<'a, Text<'a>>,
    /// A volume made from an encrypted snapshot is encrypted, whatever is said of it.
    #[view(path = "Observed.SnapshotEncrypted")]
    pub(crate) snapshot_encrypted: Fact<'a, bool>,
    pub(crate) volume_type: Fact<'a, Text<'a>>,
    /// Of a block device mapping, in GiB; a resource of its own has `Size`.
    pub(crate) volume_size: Fact<'a, i64>,
}

/// A volume by itself, or the volumes that a machine is launched with.
#[derive(Debug)]
pub(crate) enum Volumes<'a> {
    One(Box<EbsDevice<'a>>),
    OfMachine(Box<Machine<'a>>),
}

impl<'a> FromAt<'a> for Volumes<'a> {
    fn from_at(at: At<'a>) -> Self {
        match at.resource().kind.as_str() {
            "AWS::EC2::Volume" => Volumes::One(Box::new(EbsDevice::from_at(at))),
            _ => Volumes::OfMachine(Box::new(Machine::from_at(at))),
        }
    }
}

impl<'a> View<'a> for Volumes<'a> {
    const KINDS: &'static [&'static str] = &[
        "AWS::EC2::Volume",
        "AWS::EC2::Instance",
        "AWS::EC2::LaunchTemplate",
        "AWS::AutoScaling::LaunchConfiguration",
    ];

    fn at(&self) -> &At<'a> {
        match self {
            Volumes::One(volume) => &volume.at,
            Volumes::OfMachine(machine) => &machine.at,
        }
    }
}

impl<'a> Volumes<'a> {
    /// Every volume passes. The question does not arise for a machine that names none: those of its
    /// image are not part of the code.
    pub(crate) fn all(&self, judge: impl Fn(&EbsDevice<'a>) -> Verdict) -> Verdict {
        match self {
            Volumes::One(volume) => judge(volume),
            Volumes::OfMachine(machine) => {
                let devices = &machine.launch.block_device_mappings;
                when(devices.must_not_be_empty(), || {
                    devices.all(|device| when(device.ebs.at.must_be_set(), || judge(&device.ebs)))
                })
            }
        }
    }
}

/// A block storage volume.
#[derive(Debug, View)]
#[view("AWS::EC2::Volume")]
pub(crate) struct Volume<'a> {
    pub(crate) at: At<'a>,
    pub(crate) tags: Tags<'a>,
}

/// An instance of an account, and what was measured of it.
#[derive(Debug, View)]
#[view("AWS::EC2::Instance")]
pub(crate) struct Instance<'a> {
    pub(crate) at: At<'a>,
    pub(crate) instance_type: Fact<'a, Text<'a>>,
    #[view(path = "Observed.State")]
    pub(crate) state: Fact<'a, Text<'a>>,
    /// `User initiated (2026-03-01 09:30:00 GMT)`. Not every reason has a time.
    #[view(path = "Observed.StateTransitionReason")]
    pub(crate) transition: Fact<'a, Text<'a>>,
    #[view(path = "Observed.Metrics.CPUUtilization")]
    pub(crate) cpu: Metric<'a>,
    #[view(path = "Observed.Metrics.NetworkIn")]
    pub(crate) network_in: Metric<'a>,
    #[view(path = "Observed.Metrics.NetworkOut")]
    pub(crate) network_out: Metric<'a>,
    pub(crate) volumes: List<'a, AttachedVolume<'a>>,
}

/// A volume of an instance.
#[derive(Debug, View)]
pub(crate) struct AttachedVolume<'a> {
    pub(crate) at: At<'a>,
    pub(crate) volume_id: Fact<'a, Text<'a>>,
}

impl Instance<'_> {
    pub(crate) fn is_running(&self) -> Verdict {
        self.state.must_be("running")
    }

    /// Its work is done by its processors: what an accelerator does shows in no metric of Amazon EC2.
    pub(crate) fn works_by_itself(&self) -> Verdict {
        self.instance_type.must("a type without accelerators", |class| !is_accelerated(class))
    }
}

/// What decides what an instance costs.
#[derive(Debug, View)]
#[view("AWS::EC2::Instance")]
struct Billed<'a> {
    at: At<'a>,
    #[view(default = "default")]
    tenancy: Fact<'a, Text<'a>>,
    image_id: Fact<'a, Text<'a>>,
    #[view(path = "Observed.State")]
    state: Fact<'a, Text<'a>>,
    #[view(path = "Observed.Platform")]
    platform: Fact<'a, Text<'a>>,
    /// Of Spot Instances, and of others that are not paid for on demand.
    #[view(path = "Observed.Lifecycle")]
    lifecycle: Fact<'a, Text<'a>>,
}

/// Whether what is written for an image says that it has Windows: its path in the Parameter Store,
/// `/aws/service/ami-windows-latest/…`, or what it is called in code.
fn is_windows(image: &Fact<'_, Text<'_>>) -> bool {
    let names = |text: &str| text.to_ascii_lowercase().contains("windows");
    match image.state() {
        State::Set(image) => names(image),
        State::Unknown(Why::Unresolved(expression)) => names(&expression.text),
        State::Unset | State::Unknown(_) => false,
    }
}

/// What an instance with Linux of the type `class` costs on demand, if the machine at `at` is one: the number of instances
/// that are made from a template is not known. Of an account's instance its system is known and that it runs; code seldom
/// says anything of its system, and describes what will run.
pub(crate) fn on_demand(at: &At<'_>, class: &str) -> Option<Cost> {
    given(at.must_be_a(Billed::KINDS[0]))?;
    let instance = Billed::from_at(at.clone());
    given(instance.tenancy.must_be("default"))?;
    if !at.is_in_account() && is_windows(&instance.image_id) {
        return None;
    }
    if at.is_in_account() {
        let runs = instance.state.must_be("running") & instance.platform.must_be("Linux/UNIX");
        given(runs & instance.lifecycle.must_be_unset())?;
    }
    let price = pricing::price("ec2", &format!("instance:{class}"))?;
    Cost::hourly(1, &format!("{class} with Linux"), price)
}

/// What is paid for a volume, whatever it is attached to.
#[derive(Debug, View)]
#[view("AWS::EC2::Volume")]
pub(crate) struct Storage<'a> {
    pub(crate) at: At<'a>,
    /// AWS CloudFormation and the API make gp2 of a volume that says nothing.
    #[view(default = "gp2")]
    volume_type: Fact<'a, Text<'a>>,
    /// In GiB. A volume made from a snapshot may leave it out.
    pub(crate) size: Fact<'a, i64>,
    iops: Fact<'a, i64>,
    /// In MiB a second.
    throughput: Fact<'a, i64>,
}

/// The largest volumes, the most IOPS and the most MiB a second that any type of volume can have (Amazon EBS User Guide,
/// "Amazon EBS volume types"). What says more is no volume.
const MOST_GIB: i64 = 65_536;
const MOST_IOPS: i64 = 256_000;
const MOST_THROUGHPUT: i64 = 2_000;

/// A size in GiB, where a volume may have it.
pub(crate) fn of_a_volume(size: i64) -> Option<i64> {
    within(size, 1, MOST_GIB)
}

/// What a gp3 volume has without being charged for it (Amazon EBS pricing).
const FREE_IOPS: i64 = 3_000;
const FREE_THROUGHPUT: i64 = 125;
/// Above it, each of the IOPS of an io2 volume costs less (Amazon EBS pricing), how much less is not known here.
const IOPS_OF_FIRST_TIER: i64 = 32_000;

impl Storage<'_> {
    /// What it costs, and all that was provisioned of it.
    pub(crate) fn cost(&self) -> Option<Cost> {
        let (kind, size) = (known(&self.volume_type)?, of_a_volume(known(&self.size)?)?);
        let extra = |fact: &Fact<i64>, free: i64, most: i64| match fact.state() {
            State::Unset => Some(0),
            State::Set(value) => Some((within(value, 0, most)? - free).max(0)),
            State::Unknown(_) => None,
        };
        let price = pricing::price("ebs", &format!("volume:{kind}"))?;
        let storage = Cost::monthly(size, &format!("GiB of {kind}"), price)?;
        Some(match kind {
            "gp3" => storage.and(gp3_iops(extra(&self.iops, FREE_IOPS, MOST_IOPS)?)).and(gp3_throughput(extra(
                &self.throughput,
                FREE_THROUGHPUT,
                MOST_THROUGHPUT,
            )?)),
            "io1" | "io2" => storage.and(Some(provisioned_iops(kind, known(&self.iops)?)?)),
            _ => storage,
        })
    }
}

/// What IOPS cost that are provisioned for an io1 or io2 volume.
pub(crate) fn provisioned_iops(kind: &str, iops: i64) -> Option<Cost> {
    let iops = within(iops, 1, if kind == "io2" { IOPS_OF_FIRST_TIER } else { MOST_IOPS })?;
    Cost::monthly(iops, &format!("IOPS of {kind}"), pricing::price("ebs", &format!("volume:{kind}-iops"))?)
}

/// What IOPS cost that a gp3 volume has beyond those it is given.
pub(crate) fn gp3_iops(beyond: i64) -> Option<Cost> {
    let price = pricing::price("ebs", "volume:gp3-iops-over-3000").filter(|_| beyond > 0)?;
    Cost::monthly(within(beyond, 1, MOST_IOPS)?, "IOPS of gp3 beyond 3000", price)
}

/// What MiB a second cost that a gp3 volume has beyond those it is given.
fn gp3_throughput(beyond: i64) -> Option<Cost> {
    let price = pricing::price("ebs", "volume:gp3-throughput-over-125").filter(|_| beyond > 0)?;
    Cost::monthly(beyond, "MiB a second of gp3 beyond 125", price)
}

/// What a gp2 volume costs, and what a gp3 volume that does as much at any time: 3 IOPS for each GiB up to 16,000, and
/// 250 MiB a second from 334 GiB (Amazon EBS User Guide, "General Purpose SSD volumes").
pub(crate) fn gp2_and_gp3(size: i64) -> Option<(Cost, Cost)> {
    let size = of_a_volume(size)?;
    let gp2 = Cost::monthly(size, "GiB of gp2", pricing::price("ebs", "volume:gp2")?)?;
    let gp3 = Cost::monthly(size, "GiB of gp3", pricing::price("ebs", "volume:gp3")?)?;
    let iops = (size * 3).min(16_000) - FREE_IOPS;
    let throughput = if size >= 334 { 250 - FREE_THROUGHPUT } else { 0 };
    Some((gp2, gp3.and(gp3_iops(iops)).and(gp3_throughput(throughput))))
}
