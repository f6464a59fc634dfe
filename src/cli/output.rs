//! Output of commands: data to standard output, messages to standard error. Text must have passed
//! `printable` before; colour is added here, and only for a terminal.

use std::fmt::Display;
use std::io::{self, Write};

use super::error::CliError;
use crate::domain::diagnostic::Severity;
use crate::i18n::Words;
use crate::text::printable::printable_lines;

/// Output streams of a command, and the styles that each supports.
pub struct Output<'a> {
    /// Standard output.
    pub data: &'a mut dyn Write,
    /// Standard error.
    pub errors: &'a mut dyn Write,
    /// Style of standard output.
    pub data_looks: Looks,
    /// Style of standard error.
    pub error_looks: Looks,
}

/// Style of a stream.
#[derive(Clone, Copy, Debug, Default)]
pub struct Looks {
    /// Colours and bold are written.
    pub coloured: bool,
    /// Width of the terminal in columns; `None` for a pipe, where nothing is truncated.
    pub columns: Option<usize>,
}

impl Looks {
    /// Emphasis, for headings and ids.
    #[must_use]
    pub fn strong<T: Display>(self, text: T) -> Styled<T> {
        self.styled("1", text)
    }

    /// The colour of a severity.
    #[must_use]
    pub fn severity<T: Display>(self, severity: Severity, text: T) -> Styled<T> {
        self.styled(
            match severity {
                Severity::Error => "1;31",
                Severity::Warning => "1;33",
                Severity::Note => "1;36",
            },
            text,
        )
    }

    /// Text to type, such as a command.
    #[must_use]
    pub fn code<T: Display>(self, text: T) -> Styled<T> {
        self.styled("36", text)
    }

    /// De-emphasis, for secondary text.
    #[must_use]
    pub fn quiet<T: Display>(self, text: T) -> Styled<T> {
        self.styled("2", text)
    }

    fn styled<T: Display>(self, codes: &'static str, text: T) -> Styled<T> {
        Styled { codes: self.coloured.then_some(codes), text }
    }
}

/// A text and its style; displayed as escape sequences around the text, or as the text alone.
pub struct Styled<T> {
    codes: Option<&'static str>,
    text: T,
}

impl<T: Display> Display for Styled<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.codes {
            Some(codes) => write!(f, "\u{1b}[{codes}m{}\u{1b}[0m", self.text),
            None => self.text.fmt(f),
        }
    }
}

impl Output<'_> {
    /// Writes a message to standard error.
    ///
    /// # Errors
    /// If standard error cannot be written.
    pub fn say(&mut self, line: impl Display) -> io::Result<()> {
        writeln!(self.errors, "{}", printable_lines(&line.to_string()))
    }

    /// Reports a failure and its remedy.
    ///
    /// # Errors
    /// If standard error cannot be written.
    pub fn fail(&mut self, error: &CliError, words: &Words) -> io::Result<()> {
        self.complain(error, words)?;
        self.advise(error, words)
    }

    /// Reports a failure without its remedy, for output between the two.
    ///
    /// # Errors
    /// If standard error cannot be written.
    pub fn complain(&mut self, error: &CliError, words: &Words) -> io::Result<()> {
        let label = self.error_looks.severity(Severity::Error, format!("{}:", words.error));
        let sentence = error.sentence(words.lang);
        writeln!(self.errors, "{label} {}", printable_lines(&sentence))
    }

    /// Writes the remedy of a failure, if there is one.
    ///
    /// # Errors
    /// If standard error cannot be written.
    pub fn advise(&mut self, error: &CliError, words: &Words) -> io::Result<()> {
        let looks = self.error_looks;
        if let Some(hint) = error.hint(words.lang) {
            writeln!(self.errors, "{} {}", looks.strong(format!("{}:", words.hint)), printable_lines(&hint))?;
        }
        Ok(())
    }
}
