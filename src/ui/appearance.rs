//! What drawing needs beside the state, the same for a whole session.

use super::keys::keymap::Keymap;
use super::theme::Theme;

/// What drawing needs beside the state.
#[derive(Clone, Debug)]
pub struct Appearance {
    /// The looks.
    pub theme: Theme,
    /// The keys, for help and hints.
    pub keymap: Keymap,
}
