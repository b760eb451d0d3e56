mod bucket_tls_only;
mod bucket_versioning;

pub(crate) static CHECKS: &[&findings::Check] = &[&bucket_tls_only::S3_BUCKET_TLS_ONLY, &bucket_versioning::S3_BUCKET_VERSIONING];
