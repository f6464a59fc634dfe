//! The program's words, in Swedish and English. A missing text does not compile.

/// A struct of words, filled twice. A text without its other language does not compile.
macro_rules! words {
    ($(#[$about:meta])* $name:ident $($field:ident $swedish:literal $english:literal;)*) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name {
            /// Which language these are in.
            pub lang: Lang,
            $(#[doc = concat!("`", $english, "`")] pub $field: &'static str,)*
        }

        impl $name {
            /// The words of a language.
            #[must_use]
            pub const fn of(lang: Lang) -> Self {
                Self { lang, $($field: lang.choose($swedish, $english),)* }
            }
        }
    };
}

mod cli;
mod diagnostics;
mod explanations;
mod help;
mod list_diagnostics;
mod names;
mod report;
mod review;
mod review_commands;
mod sentences;
mod system_errors;
mod words;

pub use cli::{CliWords, fill};
pub use diagnostics::{explain, hint};
pub use explanations::{Explanation, explanation};
pub use help::{
    HelpWords, UsageWords, config_head, expected_value, swedish_help, swedish_help_keys, swedish_value_name,
};
pub use names::{Bilingual, field_label, label_of_key};
pub use report::ReportWords;
pub use review::{
    events_imported, first_round_name, review_reason, review_state, round_begun, store_damaged,
    store_finding, store_migrated, store_repaired, store_sound, verdicts_differ,
};
pub use review_commands::ReviewCliWords;
pub use system_errors::{system_error, system_error_of_kind};
pub use words::Words;

/// A language that the program speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Swedish, which is also what an unset locale means.
    #[default]
    Swedish,
    /// English.
    English,
}

impl Lang {
    /// The language of a locale (`sv_SE.UTF-8`, `en`); Swedish if it is unset, `C` or `POSIX`.
    #[must_use]
    pub fn from_locale(locale: &str) -> Self {
        let language = locale.split(['_', '.', '-', '@']).next().unwrap_or_default();
        match language {
            "" | "C" | "POSIX" | "sv" => Self::Swedish,
            _ => Self::English,
        }
    }

    /// The one of two texts that is in this language.
    #[must_use]
    pub const fn choose<T: Copy>(self, swedish: T, english: T) -> T {
        match self {
            Self::Swedish => swedish,
            Self::English => english,
        }
    }

    /// The value of this language, or that of the other one if it is missing.
    #[must_use]
    pub fn prefer<T: Copy>(self, swedish: Option<T>, english: Option<T>) -> Option<T> {
        self.choose(swedish.or(english), english.or(swedish))
    }

    /// The decimal sign.
    #[must_use]
    pub const fn decimal_sign(self) -> char {
        self.choose(',', '.')
    }

    /// The separator between groups of three digits.
    #[must_use]
    pub const fn group_separator(self) -> char {
        self.choose(' ', ',')
    }

    /// `sv` or `en`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.choose("sv", "en")
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        self.choose(Self::English, Self::Swedish)
    }
}

impl std::str::FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(text: &str) -> Result<Self, UnknownLang> {
        match text.to_ascii_lowercase().as_str() {
            "sv" | "swedish" | "svenska" => Ok(Self::Swedish),
            "en" | "english" | "engelska" => Ok(Self::English),
            _ => Err(UnknownLang(text.to_owned())),
        }
    }
}

/// A language that the program does not speak.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no language of this program; it speaks `sv` and `en`")]
pub struct UnknownLang(pub String);

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("", Lang::Swedish)]
    #[case("C.UTF-8", Lang::Swedish)]
    #[case("POSIX", Lang::Swedish)]
    #[case("sv_SE.UTF-8", Lang::Swedish)]
    #[case("en_GB.UTF-8", Lang::English)]
    #[case("de_DE", Lang::English)]
    fn locales(#[case] locale: &str, #[case] lang: Lang) {
        assert_eq!(Lang::from_locale(locale), lang);
    }
}
