//! Records and what they mean: codes, dates, amounts, ids. Pure: no files, no clock, no terminal.

pub mod agree;
pub mod amount;
pub mod catalogue;
pub mod code_table;
pub mod codes;
pub mod collect;
pub mod count;
pub mod date;
pub mod diagnostic;
pub mod diarienummer;
pub mod gather;
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
mod segment;
pub mod span;
pub mod title_id;
pub mod unite;
pub mod value;
pub mod yes_no;
