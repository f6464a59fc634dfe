//! A setting and the origin of its value.

use std::path::PathBuf;

use crate::ui::keys::keymap::Override;

/// Built-in themes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeSetting {
    /// The terminal's own colours.
    #[default]
    Default,
    /// Without colours.
    Mono,
}

impl ThemeSetting {
    /// Names of all themes.
    pub const NAMES: &[&str] = &["default", "mono"];

    /// The theme with a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Default, Self::Mono].into_iter().find(|theme| theme.name() == name)
    }

    /// Name in the configuration.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Mono => "mono",
        }
    }
}

/// Origin of a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingOrigin {
    /// Built-in default.
    Default,
    /// Locale of the environment.
    Locale,
    /// Configuration file.
    File(PathBuf),
    /// Environment variable.
    Variable(&'static str),
    /// Command-line option.
    Option(&'static str),
}

/// A value and its origin.
#[derive(Clone, Debug)]
pub struct Setting<T> {
    /// Value in force.
    pub value: T,
    /// Origin of the value.
    pub origin: SettingOrigin,
}

impl<T> Setting<T> {
    pub(super) fn new(value: T, origin: SettingOrigin) -> Self {
        Self { value, origin }
    }

    /// Replaces the value by one of higher precedence, if there is one.
    pub(super) fn or_nearer(self, value: Option<T>, origin: impl FnOnce() -> SettingOrigin) -> Self {
        value.map_or(self, |value| Self::new(value, origin()))
    }
}

/// A key binding of a configuration file.
#[derive(Clone, Debug)]
pub struct KeyOverride {
    /// The binding.
    pub keys: Override,
    /// Configuration file.
    pub file: PathBuf,
    /// Line and column in characters, from 1.
    pub place: (usize, usize),
}
