//! `sagemaker_notebook_restricted`

use macros::check;
use model::{At, Fact, Text, Verdict, View};

#[derive(Debug, View)]
#[view("AWS::SageMaker::NotebookInstance")]
struct Notebook<'a> {
    at: At<'a>,
    subnet_id: Fact<'a, Text<'a>>,
    #[view(default = "Enabled")]
    direct_internet_access: Fact<'a, Text<'a>>,
    #[view(default = "Enabled")]
    root_access: Fact<'a, Text<'a>>,
}

/// SageMaker notebook instances have neither direct internet access nor root users
///
/// People run whatever they find in notebooks, next to training data and with a role that reads it. Direct internet
/// access bypasses every firewall and log of the VPC on the way out, and root may turn off what watches the
/// instance. Both are on unless told otherwise.
///
/// ## Fix
/// Set `SubnetId` with `SecurityGroupIds`, `DirectInternetAccess: Disabled` and `RootAccess: Disabled`. Packages
/// then come through a NAT gateway or a private mirror. Changing the subnet replaces the instance: commit the
/// notebooks first.
/// ```yaml,fail
/// Type: AWS::SageMaker::NotebookInstance
/// Properties: { InstanceType: ml.t3.medium, RoleArn: arn:aws:iam::123456789012:role/notebook }
/// ```
/// ```yaml,pass
/// Type: AWS::SageMaker::NotebookInstance
/// Properties:
///   InstanceType: ml.t3.medium
///   RoleArn: arn:aws:iam::123456789012:role/notebook
///   SubnetId: subnet-1
///   DirectInternetAccess: Disabled
///   RootAccess: Disabled
/// ```
#[check(
    SEC05_BP01, SEC03_BP02,
    severity = High, needs = [Downtime, Testing], fsbp = ["SageMaker.1", "SageMaker.2", "SageMaker.3"]
)]
fn sagemaker_notebook_restricted(notebook: &Notebook) -> Verdict {
    notebook.subnet_id.must_be_set()
        & notebook.direct_internet_access.must_be("Disabled")
        & notebook.root_access.must_be("Disabled")
}
