//! The committed registers list what is there.

use xtask::register::{Mode, register};

#[test]
fn registers_are_fresh() {
    let stale = register(&xtask::root(), Mode::Check).expect("the workspace is readable");
    assert!(stale.is_empty(), "run `cargo xtask register`; these are stale: {stale:?}");
}
