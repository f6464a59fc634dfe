//! A line to type, in place of the bottom line.

use tui_input::Input as Line;

use crate::review::event::EventId;

/// A line to type.
#[derive(Clone, Debug)]
pub struct InputLine {
    /// The line with its cursor.
    pub line: Line,
    /// Use of the text.
    pub purpose: InputPurpose,
}

/// The use of a typed line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputPurpose {
    /// The path of the file to write.
    File,
    /// The reason for rejecting these records, as free text.
    OtherReason(Vec<String>),
    /// The name of a new round over these records; the round that it continues.
    RoundName(Vec<String>, Option<EventId>),
    /// The purpose of a new round with this name.
    Purpose(String, Vec<String>, Option<EventId>),
    /// The reason for reopening a round.
    Reopen,
    /// The path of the file for unsaved work.
    Unsaved,
}
