//! Amazon EC2: instances and what they are launched from.

use model::{At, Fact, FromAt, Inventory, List, Tags, Text, Verdict, View, when};

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
    pub(crate) network_interface_id: Fact<'a, Text<'a>>,
    pub(crate) subnet_id: Fact<'a, Text<'a>>,
}

#[derive(Debug, View)]
pub(crate) struct BlockDevice<'a> {
    pub(crate) at: At<'a>,
    pub(crate) ebs: EbsDevice<'a>,
}

#[derive(Debug, View)]
pub(crate) struct EbsDevice<'a> {
    pub(crate) at: At<'a>,
    pub(crate) encrypted: Fact<'a, bool>,
    pub(crate) snapshot_id: Fact<'a, Text<'a>>,
    pub(crate) volume_type: Fact<'a, Text<'a>>,
}

/// A block storage volume.
#[derive(Debug, View)]
#[view("AWS::EC2::Volume")]
pub(crate) struct Volume<'a> {
    pub(crate) at: At<'a>,
    pub(crate) encrypted: Fact<'a, bool>,
    pub(crate) snapshot_id: Fact<'a, Text<'a>>,
    /// AWS CloudFormation and the API make gp2 volumes when told nothing.
    #[view(default = "gp2")]
    pub(crate) volume_type: Fact<'a, Text<'a>>,
    pub(crate) tags: Tags<'a>,
}
