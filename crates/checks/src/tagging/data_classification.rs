//! `tagging_data_classification`

use findings::Settings;
use macros::check;
use model::Verdict;

use crate::views::tagging::DataStore;

/// Data stores say how sensitive their data is
///
/// Who may see it, how it is encrypted, how long it is kept and what has to happen when it leaks all
/// depend on what the data is. A tag with one of a few agreed values is what people, policies and tools
/// can act on; without it everything is treated alike, which is too much for some and too little for the
/// rest.
///
/// ## Fix
/// Agree on three or four classes, find out which one the data belongs to, and tag the store with it.
/// The keys and the values that count are thresholds: `tag_keys` and `classes`.
/// ```yaml,fail
/// Type: AWS::S3::Bucket
/// ```
/// ```yaml,pass
/// Type: AWS::S3::Bucket
/// Properties: { Tags: [{ Key: DataClassification, Value: Internal }] }
/// ```
#[check(
    SEC07_BP01, SEC07_BP02, SUS04_BP01,
    severity = Low, code = Partly,
    thresholds(
        tag_keys = ["DataClassification", "Classification", "data-classification"],
        classes = [
            "Public", "public", "Internal", "internal", "Confidential", "confidential", "Restricted", "restricted",
            "Secret", "secret", "Sensitive", "sensitive", "PII"
        ]
    )
)]
fn tagging_data_classification(store: &DataStore, settings: &Settings) -> Verdict {
    let classes: Vec<&str> = settings.words("classes").iter().map(String::as_str).collect();
    let tagged = settings.words("tag_keys").iter().map(|key| store.tags().must_have(key, &classes));
    // Of keys that are all missing, the first one is enough to say.
    tagged.reduce(Verdict::or_perhaps).unwrap_or_else(Verdict::not_applicable)
}
