//! Settings that rendering needs in addition to the state; they are fixed for a session.

use super::keys::keymap::Keymap;
use super::theme::Theme;

/// Settings that rendering needs in addition to the state.
#[derive(Clone, Debug)]
pub struct Appearance {
    /// The looks.
    pub theme: Theme,
    /// The keys, for help and hints.
    pub keymap: Keymap,
}
