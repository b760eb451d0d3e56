//! The checks of the golden assessment.

use findings::{Check, DecidedBy, Effort, Level, Need};
use framework::{BestPractice, Severity, practices};
use model::Verdict;

const DECIDED_BY: DecidedBy =
    DecidedBy { live: Level::Fully, cloudformation: Level::Fully, plan: Level::Partly, directory: Level::Never };

pub(crate) const fn check(
    id: &'static str,
    module: &'static str,
    doc: &'static str,
    practices: &'static [BestPractice],
    severity: Severity,
    effort: Effort,
    needs: &'static [Need],
) -> Check {
    Check {
        id,
        module,
        doc,
        practices,
        severity: Some(severity),
        effort,
        needs,
        fsbp: &[],
        cis: &[],
        decided_by: DECIDED_BY,
        thresholds: &[],
        kinds: &[],
        judge: |_, _, _| Verdict::not_applicable(),
        saves: None,
    }
}

pub(super) static VOLUME_ENCRYPTED: Check = check(
    "ec2_volume_encrypted",
    "checks::ec2::volume_encrypted",
    "EBS volumes are encrypted

A volume outlives its instance as a snapshot, and whoever can copy the snapshot can read it.

## Fix
Set `Encrypted` to true. A volume that is there is encrypted by way of a copy of its snapshot.",
    &[practices::SEC08_BP02],
    Severity::High,
    Effort::Medium,
    &[Need::Downtime, Need::Testing],
);

pub(super) static GROUP_SSH: Check = check(
    "ec2_security_group_ssh",
    "checks::ec2::security_group_ssh",
    "Security groups do not let the whole internet reach SSH

Every address is scanned for an open port 22 within minutes, and one weak key is enough.

## Fix
Take the rule away and use Session Manager:
- give the instances the policy `AmazonSSMManagedInstanceCore`,
- remove the rule for port 22,
- and drop the key pair from the launch template, so that nobody depends on it again.

Where SSH has to stay, name the addresses of the office instead of `0.0.0.0/0`.",
    &[practices::SEC05_BP02, practices::SEC05_BP01],
    Severity::High,
    Effort::Small,
    &[],
);

pub(super) static LOG_RETENTION: Check = check(
    "logs_group_retention",
    "checks::logs::group_retention",
    "Log groups forget their events after a time

Events are kept for ever, and paid for, where nothing says otherwise.

## Fix
Set `RetentionInDays`.",
    &[practices::COST04_BP05, practices::SUS04_BP03],
    Severity::Low,
    Effort::Small,
    &[],
);

pub(super) static BACKUP_RETENTION: Check = check(
    "rds_backup_retention",
    "checks::rds::backup_retention",
    "RDS instances keep automated backups for at least a week

With a retention of zero there are no backups at all. A day is gone before a mistake made on a Friday
is seen.

## Fix
Set `BackupRetentionPeriod` to the number of days you need to be able to go back, seven or more.",
    &[practices::REL09_BP03],
    Severity::High,
    Effort::Small,
    &[Need::Money],
);

pub(super) static NOT_PUBLIC: Check = check(
    "rds_instance_not_public",
    "checks::rds::instance_not_public",
    "RDS instances cannot be reached from the internet

A database that answers everybody is one leaked password away from being read by everybody.

## Fix
Set `PubliclyAccessible` to false and reach the database from inside the VPC.",
    &[practices::SEC05_BP02, practices::SEC05_BP01],
    Severity::Critical,
    Effort::Small,
    &[Need::Testing],
);

pub(super) static NO_LITERAL_PASSWORD: Check = check(
    "rds_password_not_literal",
    "checks::rds::password_not_literal",
    "The passwords of RDS instances are not written into the template

Whoever reads the repository reads the password.

## Fix
Set `ManageMasterUserPassword`, and rotate the password that was written down.",
    &[practices::SEC02_BP03],
    Severity::Critical,
    Effort::Medium,
    &[],
);

pub(super) static VERSIONING: Check = check(
    "s3_bucket_versioning",
    "checks::s3::bucket_versioning",
    "S3 buckets keep earlier versions of their objects

An overwrite or a delete in a bucket without versions is final.

## Fix
Set `VersioningConfiguration.Status` to `Enabled`, and let a lifecycle rule expire old versions.",
    &[practices::REL09_BP02],
    Severity::Medium,
    Effort::Small,
    &[Need::Money],
);

/// Sorted by id.
pub(crate) static ALL: [&Check; 7] =
    [&GROUP_SSH, &VOLUME_ENCRYPTED, &LOG_RETENTION, &BACKUP_RETENTION, &NOT_PUBLIC, &NO_LITERAL_PASSWORD, &VERSIONING];
