//! Records and what they mean: codes, dates, amounts, ids. Pure: no files, no clock, no terminal.

pub mod amount;
pub mod catalogue;
pub mod code_table;
pub mod codes;
pub mod collect;
pub mod count;
pub mod date;
pub mod diagnostic;
pub mod diarienummer;
mod luhn;
mod number;
pub mod organisation_number;
pub mod percent;
pub mod period;
pub mod privacy;
pub mod privacy_labels;
pub mod record;
pub mod regions;
pub mod schema;
pub mod span;
pub mod title_id;
mod unite;
pub mod value;
pub mod yes_no;
