//! The forms of file that can be read, one file for each form, with the detection that chooses between them.

pub(crate) mod archive;
pub(crate) mod csv_scanner;
pub(crate) mod detection;
pub(crate) mod foreign;
pub(crate) mod html;
pub(crate) mod html_table;
pub(crate) mod json;
pub(crate) mod json_parts;
pub(crate) mod list;
pub(crate) mod packed;
pub(crate) mod row_sink;
pub mod text_record;
pub(crate) mod workbook;
