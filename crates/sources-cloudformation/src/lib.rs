//! sources-cloudformation
