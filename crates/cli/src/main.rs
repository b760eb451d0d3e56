//! The `pilaster` binary.

fn main() {}
