//! Problems in a configuration, and their sentences.

use std::path::PathBuf;

use crate::i18n::{Lang, Words};
use crate::ui::keys::keymap::KeyProblem;

/// A problem in a configuration file or variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigProblem {
    /// Path of the file, or name of the variable.
    pub file: PathBuf,
    /// Line, from 1; 0 for the whole file.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Kind of the problem.
    pub kind: ProblemKind,
}

/// Kinds of problems.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The file cannot be read; the system's reason.
    Unreadable(String),
    /// The file is not valid TOML and is not used; the parser's reason.
    Syntax(String),
    /// Unknown setting.
    UnknownSetting(String),
    /// Value of the wrong type.
    WrongValue {
        /// Name of the setting.
        name: String,
        /// Accepted values.
        wanted: String,
    },
    /// Unknown key context.
    UnknownContext(String),
    /// Unknown action.
    UnknownAction(String),
    /// Unknown key.
    UnknownKey(String),
    /// The binding conflicts with another.
    Key(KeyProblem),
}

impl ConfigProblem {
    /// The problem in one line, in the format of compilers.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let place = match self.line {
            0 => String::new(),
            line => format!(":{line}:{}", self.column),
        };
        let warning = Words::of(lang).warning;
        format!("{}{place}: {warning}: {}", self.file.display(), self.kind.sentence(lang))
    }
}

impl ProblemKind {
    fn sentence(&self, lang: Lang) -> String {
        let (swedish, english) = match self {
            Self::Unreadable(reason) => {
                (format!("filen kan inte läsas: {reason}"), format!("the file cannot be read: {reason}"))
            }
            Self::Syntax(reason) => (
                format!("filen är inte TOML och används inte: {reason}"),
                format!("the file is no TOML and is not used: {reason}"),
            ),
            Self::UnknownSetting(name) => {
                (format!("det finns ingen inställning `{name}`"), format!("there is no setting `{name}`"))
            }
            Self::WrongValue { name, wanted } => {
                (format!("`{name}` ska vara: {wanted}"), format!("`{name}` should be: {wanted}"))
            }
            Self::UnknownContext(name) => (
                format!("det finns ingen tangentgrupp `{name}`"),
                format!("there is no group of keys `{name}`"),
            ),
            Self::UnknownAction(name) => {
                (format!("det finns ingen åtgärd `{name}`"), format!("there is no action `{name}`"))
            }
            Self::UnknownKey(name) => {
                (format!("det finns ingen tangent `{name}`"), format!("there is no key `{name}`"))
            }
            Self::Key(KeyProblem::NotThere { action, context }) => (
                format!("åtgärden `{action}` finns inte i `{context}`"),
                format!("there is no action `{action}` in `{context}`"),
            ),
            Self::Key(KeyProblem::Taken { key, kept, lost, context }) => (
                format!("`{key}` är redan `{kept}` i `{context}`, så `{lost}` får den inte"),
                format!("`{key}` is already `{kept}` in `{context}`, so `{lost}` does not get it"),
            ),
        };
        lang.choose(&swedish, &english).clone()
    }
}
