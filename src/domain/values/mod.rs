//! Typed values of fields, each read from the raw text of a record.

pub mod amount;
pub mod column_index;
pub mod count;
pub mod currency;
pub mod date;
pub mod diarienummer;
pub(crate) mod luhn;
pub mod month_name;
pub(crate) mod number;
pub mod organisation_number;
pub mod percent;
pub mod period;
pub mod span;
pub mod title_id;
pub mod value;
pub mod yes_no;
