//! `elasticache_encryption`

use macros::check;
use model::{Outcome, State, Verdict};

use crate::views::elasticache::ReplicationGroup;

/// ElastiCache replication groups are encrypted at rest and in transit
///
/// Caches hold sessions, tokens and copies of what the database protects so well. Without encryption in
/// transit everything passes the network in the clear, password included, and any host may connect without
/// one. Without encryption at rest, backups and swapped memory are readable.
///
/// ## Fix
/// Set `AtRestEncryptionEnabled: true` and `TransitEncryptionEnabled: true`. Encryption at rest can only be
/// set at creation: restore a backup into a new group. Clients have to connect with TLS;
/// `TransitEncryptionMode: preferred` lets them change one by one.
/// ```yaml,fail
/// Type: AWS::ElastiCache::ReplicationGroup
/// Properties: { ReplicationGroupDescription: sessions, Engine: redis, AtRestEncryptionEnabled: true }
/// ```
/// ```yaml,pass
/// Type: AWS::ElastiCache::ReplicationGroup
/// Properties:
///   ReplicationGroupDescription: sessions
///   Engine: valkey
///   AtRestEncryptionEnabled: true
///   TransitEncryptionEnabled: true
/// ```
#[check(
    SEC08_BP02, SEC09_BP02,
    severity = Medium, effort = Medium, needs = [Downtime, Testing], fsbp = ["ElastiCache.4", "ElastiCache.5"]
)]
fn elasticache_encryption(group: &ReplicationGroup) -> Verdict {
    // Unset is off with Redis OSS. With Valkey it is on according to the API reference (`CreateReplicationGroup`)
    // and off according to the schema of the resource type.
    let valkey = group.engine.must("an engine other than Valkey", |engine| !engine.eq_ignore_ascii_case("valkey"));
    let at_rest = match (group.at_rest_encryption_enabled.state(), valkey.outcome) {
        (State::Unset, Outcome::Fail | Outcome::Unknown) => group.at_rest_encryption_enabled.must_be(true).weakened(),
        _ => group.at_rest_encryption_enabled.must_be(true),
    };
    at_rest & group.transit_encryption_enabled.must_be(true)
}
