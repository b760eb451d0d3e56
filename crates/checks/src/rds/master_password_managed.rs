//! `rds_master_password_managed`

use macros::check;
use model::{Verdict, when};

use crate::views::rds::Database;

/// RDS databases do not have their master password written into code
///
/// The master user may do everything. A password that stands in code is known to everyone who can read
/// the repository, its history and the template of the stack, and it is never changed because that takes
/// a deployment. Secrets Manager makes up a password nobody needs to see, and rotates it.
///
/// ## Fix
/// Replace `MasterUserPassword` by `ManageMasterUserPassword: true`, and let the application read the
/// secret. Where you have to keep the property, refer to a secret:
/// `{{resolve:secretsmanager:shop/database:SecretString:password}}`. A password that has been in code is
/// known: change it.
/// ```yaml,fail
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: mysql, MasterUsername: root, MasterUserPassword: correct-horse }
/// ```
/// ```yaml,pass
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: mysql, MasterUsername: root, ManageMasterUserPassword: true }
/// ```
/// ```yaml,pass
/// Type: AWS::RDS::DBCluster
/// Properties:
///   Engine: aurora-mysql
///   MasterUsername: root
///   MasterUserPassword: "{{resolve:secretsmanager:shop/database:SecretString:password}}"
/// ```
#[check(SEC02_BP03, severity = High, live = Never)]
fn rds_master_password_managed(database: &Database) -> Verdict {
    let managed = database.manage_master_user_password.must_be(true);
    database.master_user_password.must_not_be_literal() & when(managed.clone(), || managed)
}
