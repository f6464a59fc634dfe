//! Records and the meaning of their fields: codes, dates, amounts, ids. Pure: no files, no clock, no terminal.

pub mod catalogue;
pub mod codes;
pub mod values;

pub mod diagnostic;
pub mod privacy;
pub mod project_state;
pub mod record_id;
pub mod reviewed;
pub mod schema;
pub mod source_location;
