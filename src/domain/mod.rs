//! Records and what they mean.

pub mod value;
