//! Where commands write: data to standard output, the rest to standard error. What is written as text has
//! passed `printable`; colour is added here, and only for a terminal.

use std::fmt::Display;
use std::io::{self, Write};

use super::error::CliError;
use crate::domain::diagnostic::Severity;
use crate::i18n::Words;
use crate::text::printable::printable_lines;

/// Where commands write.
pub struct Output<'a> {
    /// Standard output.
    pub data: &'a mut dyn Write,
    /// Standard error.
    pub errors: &'a mut dyn Write,
    /// How data is shown.
    pub data_looks: Looks,
    /// How the rest is shown.
    pub error_looks: Looks,
}

/// How text is shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Looks {
    /// With colours and bold.
    pub coloured: bool,
    /// For a person at a terminal of so many columns; `None` for a pipe, where nothing is cut off.
    pub columns: Option<usize>,
}

impl Looks {
    /// A heading, an id.
    #[must_use]
    pub fn strong<T: Display>(self, text: T) -> Styled<T> {
        self.styled("1", text)
    }

    /// Something of this severity.
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

    /// Something beside the point.
    #[must_use]
    pub fn quiet<T: Display>(self, text: T) -> Styled<T> {
        self.styled("2", text)
    }

    fn styled<T: Display>(self, codes: &'static str, text: T) -> Styled<T> {
        Styled { codes: self.coloured.then_some(codes), text }
    }
}

/// A text with its looks.
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
    /// A line that is no data.
    ///
    /// # Errors
    /// When standard error cannot be written to.
    pub fn say(&mut self, line: impl Display) -> io::Result<()> {
        writeln!(self.errors, "{}", printable_lines(&line.to_string()))
    }

    /// Says why a command failed.
    ///
    /// # Errors
    /// When standard error cannot be written to.
    pub fn fail(&mut self, error: &CliError, words: &Words) -> io::Result<()> {
        self.complain(error, words)?;
        self.advise(error, words)
    }

    /// Says why, without what to do about it: something else comes between.
    ///
    /// # Errors
    /// When standard error cannot be written to.
    pub fn complain(&mut self, error: &CliError, words: &Words) -> io::Result<()> {
        let label = self.error_looks.severity(Severity::Error, format!("{}:", words.error));
        let sentence = error.sentence(words.lang);
        writeln!(self.errors, "{label} {}", printable_lines(&sentence))
    }

    /// Says what to do about it.
    ///
    /// # Errors
    /// When standard error cannot be written to.
    pub fn advise(&mut self, error: &CliError, words: &Words) -> io::Result<()> {
        let looks = self.error_looks;
        if let Some(hint) = error.hint(words.lang) {
            writeln!(self.errors, "{} {}", looks.strong(format!("{}:", words.hint)), printable_lines(&hint))?;
        }
        Ok(())
    }
}
