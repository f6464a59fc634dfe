//! One setting, and where its value comes from.

use std::path::PathBuf;

use crate::ui::keys::keymap::Override;

/// How the screen looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeName {
    /// The terminal's own colours.
    #[default]
    Default,
    /// Without colour.
    Mono,
}

impl ThemeName {
    /// The names of all themes.
    pub const NAMES: &[&str] = &["default", "mono"];

    /// The theme of a name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::Default, Self::Mono].into_iter().find(|theme| theme.name() == name)
    }

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Mono => "mono",
        }
    }
}

/// Where a setting comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingOrigin {
    /// Nobody spoke of it.
    Default,
    /// The locale.
    Locale,
    /// A configuration file.
    File(PathBuf),
    /// A variable of the environment.
    Variable(&'static str),
    /// An option of this run.
    Option(&'static str),
}

/// A setting and where it comes from.
#[derive(Clone, Debug)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub origin: SettingOrigin,
}

impl<T> Setting<T> {
    pub(super) fn new(value: T, origin: SettingOrigin) -> Self {
        Self { value, origin }
    }

    /// What is nearer to this run takes its place, if it says anything.
    pub(super) fn or_nearer(self, value: Option<T>, origin: impl FnOnce() -> SettingOrigin) -> Self {
        value.map_or(self, |value| Self::new(value, origin()))
    }
}

/// A wish for keys, and where it stands.
#[derive(Clone, Debug)]
pub struct KeyOverride {
    /// The wish.
    pub keys: Override,
    /// The file.
    pub file: PathBuf,
    /// Line and column, from 1.
    pub place: (usize, usize),
}
