//! Which key does what, where: the default table with the user's changes.

use std::collections::HashMap;

use super::action::{Action, BINDINGS};
use super::context::Context;
use super::key::Key;

/// Actions by context and key.
#[derive(Clone, Debug)]
pub struct Keymap {
    actions: HashMap<(Context, Key), Action>,
    /// The bindings in the order of the table, for the help.
    rows: Vec<BindingRow>,
}

/// The keys of one action in one context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BindingRow {
    /// The action.
    pub action: Action,
    /// Where.
    pub context: Context,
    /// Its keys; may be none.
    pub keys: Vec<Key>,
}

/// A wish of the user: in this context, this action has these keys and no others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// Where.
    pub context: Context,
    /// The action.
    pub action: Action,
    /// Its keys.
    pub keys: Vec<Key>,
}

/// Reason why a key override was rejected, or its side effect.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyProblem {
    /// Nothing in that context does this.
    #[error("`{action}` does not exist in `{context}`")]
    NotThere {
        /// The action's name.
        action: &'static str,
        /// The context's name.
        context: &'static str,
    },
    /// Two actions want the same key; the one set first keeps it.
    #[error("`{key}` is already `{kept}` in `{context}`, so `{lost}` does not get it")]
    Taken {
        /// The key.
        key: Key,
        /// The action that keeps it.
        kept: &'static str,
        /// The action that does not get it.
        lost: &'static str,
        /// The context's name.
        context: &'static str,
    },
}

impl Default for Keymap {
    fn default() -> Self {
        Self::with(&[]).0
    }
}

impl Keymap {
    /// The default table with the user's wishes. A wish takes its key from whatever has it by default; of two
    /// wishes for one key the first counts. Each problem carries the wish's place in the list.
    #[must_use]
    pub fn with(overrides: &[Override]) -> (Self, Vec<(usize, KeyProblem)>) {
        let mut map = Self { actions: HashMap::new(), rows: default_rows() };
        let mut problems = Vec::new();
        for (at, wish) in overrides.iter().enumerate() {
            let (action, context) = (wish.action.name(), wish.context.name());
            let Some(row) =
                map.rows.iter().position(|row| row.action == wish.action && row.context == wish.context)
            else {
                problems.push((at, KeyProblem::NotThere { action, context }));
                continue;
            };
            map.rows[row].keys.clear();
            for key in &wish.keys {
                match taken(&map.actions, wish.context, *key) {
                    Some(kept) => problems.push((
                        at,
                        KeyProblem::Taken { key: *key, kept: kept.name(), lost: action, context },
                    )),
                    None => {
                        map.actions.insert((wish.context, *key), wish.action);
                        map.rows[row].keys.push(*key);
                    }
                }
            }
        }
        map.take_defaults(overrides);
        (map, problems)
    }

    /// Gives each row without an override its default keys, unless they are taken.
    fn take_defaults(&mut self, overrides: &[Override]) {
        for row in &mut self.rows {
            if overrides.iter().any(|wish| wish.action == row.action && wish.context == row.context) {
                continue;
            }
            row.keys.retain(|key| {
                let is_free = taken(&self.actions, row.context, *key).is_none();
                if is_free {
                    self.actions.insert((row.context, *key), row.action);
                }
                is_free
            });
        }
    }

    /// The action of a key in a context.
    #[must_use]
    pub fn action(&self, context: Context, key: Key) -> Option<Action> {
        context.lookup().iter().find_map(|place| self.actions.get(&(*place, key)).copied())
    }

    /// All actions with their keys, in the order of the table.
    #[must_use]
    pub fn rows(&self) -> &[BindingRow] {
        &self.rows
    }

    /// The first key of an action as seen from a context, for hints; `None` if it has none there.
    #[must_use]
    pub fn key_for(&self, context: Context, action: Action) -> Option<Key> {
        context.lookup().iter().find_map(|place| {
            let row = self.rows.iter().find(|row| row.context == *place && row.action == action)?;
            row.keys.first().copied()
        })
    }
}

/// The action that already has a key in a context. Review keys act in list and detail too, so that a key must not be
/// bound in both.
fn taken(actions: &HashMap<(Context, Key), Action>, context: Context, key: Key) -> Option<Action> {
    let beside = match context {
        Context::Browse => Context::Review,
        Context::Review => Context::Browse,
        other => other,
    };
    [context, beside].iter().find_map(|context| actions.get(&(*context, key)).copied())
}

fn default_rows() -> Vec<BindingRow> {
    let row = |binding: &super::action::Binding| BindingRow {
        action: binding.action,
        context: binding.context,
        keys: binding.keys.iter().filter_map(|name| name.parse().ok()).collect(),
    };
    BINDINGS.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::keys::action::{AppAction, MoveAction, OutputAction, ReviewAction, ScrollAction};
    use std::collections::HashSet;

    fn key(name: &str) -> Key {
        name.parse().expect("a key")
    }

    #[test]
    fn a_wish_takes_a_key_of_the_review() {
        let wish = Override {
            context: Context::Browse,
            action: Action::Output(OutputAction::Write),
            keys: vec![key("p")],
        };
        let (map, problems) = Keymap::with(&[wish]);
        assert_eq!(problems, []);
        assert_eq!(map.action(Context::List, key("p")), Some(Action::Output(OutputAction::Write)));
        assert_eq!(map.key_for(Context::List, Action::Review(ReviewAction::PutOff)), None);
    }

    #[test]
    fn every_default_key_has_a_name_and_means_one_thing() {
        let mut seen = HashSet::new();
        for binding in BINDINGS {
            for name in binding.keys {
                assert!(seen.insert((binding.context, key(name))), "{name} twice in {:?}", binding.context);
            }
        }
    }

    /// Swedish keyboards need `AltGr` or a dead key for these, terminals take the others for themselves.
    #[test]
    fn no_default_key_is_hard_to_type_in_sweden() {
        for binding in BINDINGS {
            for name in binding.keys {
                assert!(!["[", "]", "{", "}", "\\", "|", "~", "^", "$", "@", "`"].contains(name));
                assert!(
                    !["ctrl-h", "ctrl-i", "ctrl-j", "ctrl-m", "ctrl-[", "ctrl-s", "ctrl-q"].contains(name)
                );
            }
        }
    }

    #[test]
    fn nearer_contexts_win() {
        let map = Keymap::default();
        assert_eq!(map.action(Context::List, key("j")), Some(Action::Move(MoveAction::Down)));
        assert_eq!(map.action(Context::Detail, key("j")), Some(Action::Scroll(ScrollAction::Down)));
        assert_eq!(map.action(Context::Prompt, key("j")), None);
        assert_eq!(map.action(Context::Prompt, key("f1")), Some(Action::App(AppAction::Help)));
    }

    #[test]
    fn a_wish_takes_its_key_from_the_default() {
        let wish =
            Override { context: Context::List, action: Action::Move(MoveAction::Last), keys: vec![key("j")] };
        let (map, problems) = Keymap::with(&[wish]);
        assert_eq!(problems, []);
        assert_eq!(map.action(Context::List, key("j")), Some(Action::Move(MoveAction::Last)));
        assert_eq!(map.action(Context::List, key("G")), None);
        assert_eq!(map.key_for(Context::List, Action::Move(MoveAction::Down)), Some(key("down")));
    }

    #[test]
    fn wishes_that_cannot_be_met_are_reported() {
        let wish = |context, action| Override { context, action, keys: vec![key("x")] };
        let (_, problems) = Keymap::with(&[
            wish(Context::Prompt, Action::Move(MoveAction::Down)),
            wish(Context::List, Action::Move(MoveAction::Down)),
            wish(Context::List, Action::Move(MoveAction::Up)),
        ]);
        assert_eq!(problems.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [0, 2]);
    }
}
