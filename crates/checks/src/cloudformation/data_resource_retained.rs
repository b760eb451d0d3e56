//! `cloudformation_data_resource_retained`

use macros::check;
use model::{At, Fact, Outcome, Text, Verdict, View, when};

/// A resource that holds data which is in no other place.
#[derive(Debug, View)]
#[view(
    "AWS::Cognito::UserPool",
    "AWS::DocDB::DBCluster",
    "AWS::DynamoDB::GlobalTable",
    "AWS::DynamoDB::Table",
    "AWS::EC2::Volume",
    "AWS::EFS::FileSystem",
    "AWS::FSx::FileSystem",
    "AWS::KMS::Key",
    "AWS::Neptune::DBCluster",
    "AWS::OpenSearchService::Domain",
    "AWS::RDS::DBCluster",
    "AWS::RDS::DBInstance",
    "AWS::Redshift::Cluster",
    "AWS::Timestream::Table"
)]
struct DataStore<'a> {
    at: At<'a>,
    #[view(attribute = "DeletionPolicy")]
    deletion_policy: Fact<'a, Text<'a>>,
    #[view(attribute = "UpdateReplacePolicy", default = "Delete")]
    update_replace_policy: Fact<'a, Text<'a>>,
    /// Of databases and clusters a switch, of user pools `ACTIVE`.
    deletion_protection: Fact<'a, Text<'a>>,
    deletion_protection_enabled: Fact<'a, bool>,
    #[view(path = "DBClusterIdentifier")]
    cluster: At<'a>,
    #[view(path = "SourceDBInstanceIdentifier")]
    source: At<'a>,
}

/// Resources that hold data outlive their stack
///
/// A resource that is removed from a template, renamed in it, or changed in a property that only a new
/// one can have, is deleted along with its data, and so is everything when the stack is deleted. With
/// `Retain` or `Snapshot` the data stays behind. Resources that refuse to be deleted keep it as well.
/// CloudFormation takes a snapshot of RDS databases when it is told nothing, but not when it replaces
/// them. Instances of a cluster and read replicas are left out, because the data is elsewhere, and so are buckets:
/// Amazon S3 deletes none that has an object in it.
///
/// ## Fix
/// Set `DeletionPolicy` and `UpdateReplacePolicy` to `Retain`, or to `Snapshot` where the type allows it.
/// `RetainExceptOnCreate` cleans up after a creation that failed. What is retained has to be removed by
/// hand once nobody needs it.
/// ```yaml,fail
/// Type: AWS::DynamoDB::Table
/// Properties: { BillingMode: PAY_PER_REQUEST }
/// ```
/// ```yaml,fail
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: postgres }
/// ```
/// ```yaml,pass
/// Type: AWS::DynamoDB::Table
/// DeletionPolicy: Retain
/// UpdateReplacePolicy: Retain
/// Properties: { BillingMode: PAY_PER_REQUEST }
/// ```
/// ```yaml,pass
/// Type: AWS::RDS::DBInstance
/// UpdateReplacePolicy: Snapshot
/// Properties: { Engine: postgres }
/// ```
#[check(REL09_BP01, OPS06_BP01, severity = Medium, live = Never)]
fn cloudformation_data_resource_retained(store: &DataStore) -> Verdict {
    match store.at.resource().kind.as_str() {
        "AWS::RDS::DBInstance" => {
            when(store.cluster.must_be_unset() & store.source.must_be_unset(), || store.must_be_kept())
        }
        _ => store.must_be_kept(),
    }
}

const KEEPING: [&str; 3] = ["Retain", "RetainExceptOnCreate", "Snapshot"];

impl<'a> DataStore<'a> {
    fn deletion_policy(&self) -> Fact<'a, Text<'a>> {
        // AWS CloudFormation User Guide, "DeletionPolicy attribute".
        let unset = match self.at.resource().kind.as_str() {
            "AWS::RDS::DBCluster" | "AWS::RDS::DBInstance" => "Snapshot",
            _ => "Delete",
        };
        self.deletion_policy.clone().with_default(unset)
    }

    fn is_protected(&self) -> Verdict {
        self.deletion_protection.must_be_one_of(&["true", "ACTIVE"]) | self.deletion_protection_enabled.must_be(true)
    }

    fn must_be_kept(&self) -> Verdict {
        let kept =
            self.deletion_policy().must_be_one_of(&KEEPING) & self.update_replace_policy.must_be_one_of(&KEEPING);
        match self.is_protected() {
            // A protection that most types do not even have is nothing to point at.
            unprotected if unprotected.outcome == Outcome::Fail => kept,
            protected => kept | protected,
        }
    }
}
