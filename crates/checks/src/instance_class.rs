//! Instance classes: `db.m7g.large`, `cache.t4g.micro`, `r7g.large.search`.

use crate::cost::within;

/// The family of a class: `m7g` of `db.m7g.large`. A class without hardware, `db.serverless`, has none.
pub(crate) fn family(class: &str) -> Option<&str> {
    class
        .split('.')
        .find(|part| part.starts_with(|c: char| c.is_ascii_lowercase()) && part.contains(|c: char| c.is_ascii_digit()))
}

/// The class of another family and the same size: `m7g.large` for `m5.large`. Whole machines are as large as their
/// family has them, so `m5.metal` has none.
pub(crate) fn in_family(class: &str, other: &str) -> Option<String> {
    let (before, size) = class.split_once(family(class)?)?;
    (!size.starts_with(".metal")).then(|| format!("{before}{other}{size}"))
}

/// The `48xlarge` is the largest class of these families.
const LARGEST: i64 = 48;

/// How many virtual processors a database class has, of the families whose sizes all have the same (Amazon RDS User Guide,
/// "Hardware specifications for DB instance classes").
pub(crate) fn processors(class: &str) -> Option<i64> {
    let family = family(class)?;
    let generation = family.trim_start_matches(|c: char| c.is_ascii_lowercase()).chars().next()?.to_digit(10)?;
    let is_regular = match series(family) {
        "m" | "r" => generation >= 4,
        "t" => generation >= 3,
        _ => false,
    };
    let (_, size) = class.split_once(family).filter(|_| is_regular)?;
    match size.strip_prefix('.')? {
        "micro" | "small" | "medium" if series(family) == "t" => Some(2),
        "large" => Some(2),
        "xlarge" => Some(4),
        size => Some(within(size.strip_suffix("xlarge")?.parse().ok()?, 2, LARGEST)? * 4),
    }
}

/// Whether a class runs on Graviton. Its families have a `g` behind their generation, but for the first
/// one and for those OpenSearch has of its own (Amazon OpenSearch Service Developer Guide, "OpenSearch
/// optimized instances"). A class without hardware has no answer.
pub(crate) fn is_graviton(class: &str) -> Option<bool> {
    let family = family(class)?;
    let letters =
        family.trim_start_matches(|c: char| c.is_ascii_lowercase()).trim_start_matches(|c: char| c.is_ascii_digit());
    Some(letters.contains('g') || ["a1", "or1", "or2", "om2", "oi2"].contains(&family))
}

/// Families of Amazon EC2 with GPUs (Amazon EC2 Instance Types, "Accelerated computing instances"). Those of
/// `gr` are those of `g` with more memory.
const GPUS: [&str; 3] = ["g", "gr", "p"];

/// Families with other accelerators.
const OTHER_ACCELERATORS: [&str; 5] = ["dl", "f", "inf", "trn", "vt"];

/// Whether a type of Amazon EC2 has GPUs.
pub(crate) fn has_gpus(class: &str) -> bool {
    family(class).is_some_and(|family| GPUS.contains(&series(family)))
}

/// Whether a type of Amazon EC2 has GPUs or other accelerators.
pub(crate) fn is_accelerated(class: &str) -> bool {
    has_gpus(class) || family(class).is_some_and(|family| OTHER_ACCELERATORS.contains(&series(family)))
}

/// The letters of a family before its generation.
fn series(family: &str) -> &str {
    family.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_of_classes() {
        for (class, wanted) in [
            ("db.m7g.large", Some("m7g")),
            ("cache.t4g.micro", Some("t4g")),
            ("r6gd.2xlarge.search", Some("r6gd")),
            ("db.r5b.xlarge.tpc2.mem2x", Some("r5b")),
            ("db.serverless", None),
            ("", None),
        ] {
            assert_eq!(family(class), wanted, "{class}");
        }
    }

    #[test]
    fn sizes_are_kept_in_other_families() {
        assert_eq!(in_family("db.m5.large", "m6g").as_deref(), Some("db.m6g.large"));
        assert_eq!(in_family("c5.metal", "c7g"), None);
        assert_eq!(in_family("db.serverless", "m6g"), None);
    }

    #[test]
    fn processors_are_in_the_size() {
        for (class, wanted) in [
            ("db.t3.micro", Some(2)),
            ("db.t3.2xlarge", Some(8)),
            ("db.m5.large", Some(2)),
            ("db.r6g.16xlarge", Some(64)),
            ("db.m5.1000000xlarge", None),
            ("db.t2.micro", None),
            ("db.m3.large", None),
            ("db.r5.xlarge.tpc2.mem2x", None),
            ("db.serverless", None),
        ] {
            assert_eq!(processors(class), wanted, "{class}");
        }
    }

    #[test]
    fn graviton_is_in_the_family() {
        for class in ["db.m7g.large", "db.x2g.xlarge", "cache.r6gd.xlarge", "or1.large.search", "db.t4g.micro"] {
            assert_eq!(is_graviton(class), Some(true), "{class}");
        }
        for class in ["db.m6i.large", "db.t3.micro", "db.x2iedn.xlarge", "g4dn.xlarge", "r5.large.search"] {
            assert_eq!(is_graviton(class), Some(false), "{class}");
        }
        assert_eq!(is_graviton("db.serverless"), None);
    }

    #[test]
    fn accelerators_are_in_the_family() {
        for (class, gpus, accelerated) in [
            ("g5.xlarge", true, true),
            ("p4d.24xlarge", true, true),
            ("g4ad.xlarge", true, true),
            ("gr6.4xlarge", true, true),
            ("gr6f.4xlarge", true, true),
            ("inf2.xlarge", false, true),
            ("trn1n.32xlarge", false, true),
            ("m7g.large", false, false),
            ("t4g.micro", false, false),
            ("", false, false),
        ] {
            assert_eq!((has_gpus(class), is_accelerated(class)), (gpus, accelerated), "{class}");
        }
    }
}
