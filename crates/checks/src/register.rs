#[path = "rds/mod.rs"]
pub(crate) mod rds;
#[path = "s3/mod.rs"]
pub(crate) mod s3;

pub(crate) static SERVICES: &[(&str, &[&findings::Check])] = &[("rds", rds::CHECKS), ("s3", s3::CHECKS)];
