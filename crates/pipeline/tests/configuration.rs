//! What `pilaster.toml` changes, and how it is refused.

mod support;

use framework::Severity;
use support::{statuses, with_config};

const DATABASE: &str = "
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties: { Engine: postgres, BackupRetentionPeriod: 10 }
";

const CHECK: &str = "rds_backup_retention";

#[test]
fn checks_can_be_left_out_weighed_and_tuned() {
    assert_eq!(statuses(&with_config(DATABASE, ""), CHECK), ["Db pass"]);
    let stricter = with_config(DATABASE, "[checks.rds_backup_retention]\nmin_days = 30\nseverity = \"low\"\n");
    assert_eq!(statuses(&stricter, CHECK), ["Db fail"]);
    let finding = stricter.findings.iter().find(|f| stricter.check(f).id == CHECK).expect("one");
    assert_eq!(finding.severity, Severity::Low);
    let without = with_config(DATABASE, "[checks.rds_backup_retention]\nenabled = false\n");
    assert!(statuses(&without, CHECK).is_empty());
}

#[test]
fn what_cannot_be_meant_is_refused_with_its_line() {
    let cases = [
        ("\n[checks.rds_backup_retenton]\nenabled = false\n", "pilaster.toml:2", "did you mean rds_backup_retention?"),
        ("[checks.rds_backup_retention]\nmin_dais = 3\n", "pilaster.toml:1", "it has enabled, severity, min_days"),
        ("[checks.rds_backup_retention]\nmin_days = \"x\"\n", "pilaster.toml:1", "it is a whole number"),
        ("[checks.rds_backup_retention]\nseverity = \"dire\"\n", "pilaster.toml:1", "critical, high, medium or low"),
        ("\n\n[[waivers]]\ncheck = \"*\"\nreasn = \"x\"\n", "pilaster.toml:", "unknown field `reasn`"),
        ("\nchecks = [\n", "pilaster.toml:", ""),
    ];
    for (text, place, message) in cases {
        let error = pipeline::config("pilaster.toml", text).expect_err(text).to_string();
        assert!(error.starts_with(place) && error.contains(message), "{text:?}: {error}");
    }
}
