//! `rds_storage_autoscaling`

use macros::check;
use model::{State, Verdict, when};

use crate::views::rds::Instance;

/// RDS instances grow their storage before it is full
///
/// A database whose storage is full stops. Whoever wants to be sure without autoscaling allocates far more
/// than is used, and pays for it every month, because storage cannot be made smaller again. With a
/// maximum set, RDS adds storage without an interruption when less than a tenth is free.
///
/// ## Fix
/// Set `MaxAllocatedStorage` to the size you would still call normal growth, at least a tenth above
/// `AllocatedStorage`, and alarm on `FreeStorageSpace` all the same. Storage of Aurora grows by itself.
/// ```yaml,fail
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: mysql, DBInstanceClass: db.t4g.medium, AllocatedStorage: "100" }
/// ```
/// ```yaml,pass
/// Type: AWS::RDS::DBInstance
/// Properties: { Engine: mysql, DBInstanceClass: db.t4g.medium, AllocatedStorage: "100", MaxAllocatedStorage: 500 }
/// ```
#[check(REL07_BP03, SUS04_BP04, PERF03_BP02, severity = Low)]
fn rds_storage_autoscaling(instance: &Instance) -> Verdict {
    // RDS Custom cannot, and has engines of its own.
    let can = instance.engine.must("an engine that can", |engine| !engine.starts_with("custom-"));
    when(instance.has_storage() & can, || match instance.allocated_storage.state() {
        State::Unset => instance.max_allocated_storage.must_be_set(),
        _ => instance
            .allocated_storage
            .and_then(|size| instance.max_allocated_storage.must_be_at_least(size.saturating_add(1))),
    })
}
