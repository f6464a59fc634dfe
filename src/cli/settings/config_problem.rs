//! What in a configuration means nothing, in words.

use std::path::PathBuf;

use crate::i18n::{Lang, Words};
use crate::ui::keys::keymap::KeyProblem;

/// Something in a configuration that means nothing or cannot be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigProblem {
    /// The file, or the variable.
    pub file: PathBuf,
    /// The line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What it is.
    pub kind: ProblemKind,
}

/// What can be the matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The file could not be read, for this reason.
    Unreadable(String),
    /// The file is no TOML, for this reason; nothing of it is used.
    Syntax(String),
    /// There is no such setting.
    UnknownSetting(String),
    /// A value of another kind is wanted.
    WrongValue {
        /// The setting.
        name: String,
        /// What it may be.
        wanted: String,
    },
    /// There is no such place for keys.
    UnknownContext(String),
    /// There is no such action.
    UnknownAction(String),
    /// There is no such key.
    UnknownKey(String),
    /// The key cannot be had.
    Key(KeyProblem),
}

impl ConfigProblem {
    /// The problem in one line, as compilers write it.
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
