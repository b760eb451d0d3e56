pub(crate) mod rds;
pub(crate) mod s3;
