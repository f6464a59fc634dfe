//! Problems in a configuration, and their sentences.

use std::path::PathBuf;

use crate::i18n::{CliWords, Lang, Words, fill};
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
        let words = CliWords::of(lang);
        match self {
            Self::Unreadable(reason) => fill(words.config_unreadable, &[&reason]),
            Self::Syntax(reason) => fill(words.config_syntax, &[&reason]),
            Self::UnknownSetting(name) => fill(words.unknown_setting, &[&name]),
            Self::WrongValue { name, wanted } => fill(words.wrong_value, &[&name, &wanted]),
            Self::UnknownContext(name) => fill(words.unknown_context, &[&name]),
            Self::UnknownAction(name) => fill(words.unknown_action, &[&name]),
            Self::UnknownKey(name) => fill(words.unknown_key, &[&name]),
            Self::Key(KeyProblem::NotThere { action, context }) => {
                fill(words.not_there, &[&action, &context])
            }
            Self::Key(KeyProblem::Taken { key, kept, lost, context }) => {
                fill(words.taken, &[&key, &kept, &context, &lost])
            }
        }
    }
}
