mod backup_retention;

pub(crate) static CHECKS: &[&findings::Check] = &[&backup_retention::RDS_BACKUP_RETENTION];
