//! Keys in popups: typing into them, moving in them, choosing.

use tui_input::{Input as Line, InputRequest};

use super::common::search::insert_at_cursor;
use super::{facets, tags};
use crate::ui::keys::key::{Key, KeyCode};
use crate::ui::layout;
use crate::ui::pages::menu::{MenuChoice, MenuKind};
use crate::ui::pages::text_page::{Pager, PagerKind};
use crate::ui::pages::{Popup, palette};
use crate::ui::state::State;

/// The outcome of offering a key to the popup before any action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum KeyUse {
    /// The popup has no use for the key.
    Free,
    /// The key is used up.
    Taken,
    /// The key has chosen an item; the popup is closed.
    Chose(MenuChoice),
}

impl KeyUse {
    const fn taken_if(is_taken: bool) -> Self {
        if is_taken { Self::Taken } else { Self::Free }
    }
}

/// Offers a key to the popup: it types, or it ends the display of a copied text.
pub(super) fn offer(state: &mut State, key: Key) -> KeyUse {
    let words = state.words();
    let size = state.size;
    match &mut state.popup {
        Some(Popup::Pager(Pager { kind: PagerKind::Copied(_), .. })) => {
            state.popup = None;
            // A key that only confirms does nothing more; any other acts.
            KeyUse::taken_if(matches!(key.code, KeyCode::Esc | KeyCode::Enter | KeyCode::Char(' ' | 'q')))
        }
        // One word is enough to find a sort key: there the space adds the key.
        Some(Popup::Menu(menu)) if menu.kind == MenuKind::Order && key.typed() == Some(' ') => KeyUse::Free,
        Some(Popup::Menu(menu)) => match menu.shortcut(key) {
            Some(choice) => {
                state.popup = None;
                KeyUse::Chose(choice)
            }
            None => {
                let before = menu.filter.value().to_owned();
                let is_taken = edit(&mut menu.filter, key);
                if menu.filter.value() != before {
                    tags::offer_new(menu, &words);
                    menu.choose_first();
                }
                KeyUse::taken_if(is_taken)
            }
        },
        Some(Popup::Palette(palette)) => {
            let before = palette.line.value().to_owned();
            let is_taken = edit(&mut palette.line, key);
            if palette.line.value() != before {
                palette.refresh(&words);
            }
            KeyUse::taken_if(is_taken)
        }
        Some(Popup::Note(note)) => KeyUse::taken_if(note.edit(key, size)),
        Some(Popup::Input(input)) => KeyUse::taken_if(edit(&mut input.line, key)),
        Some(Popup::Facets(panel)) => {
            // The letter that excludes does so until something is typed: names have that letter too.
            let is_typed = |typed| match typed {
                ' ' | '-' => false,
                'x' => !panel.filter.value().is_empty(),
                _ => true,
            };
            if !key.typed().is_none_or(is_typed) {
                return KeyUse::Free;
            }
            let is_taken = edit(&mut panel.filter, key);
            if is_taken {
                facets::lay_out(state);
            }
            KeyUse::taken_if(is_taken)
        }
        Some(Popup::Pager(_)) | None => KeyUse::Free,
    }
}

/// Types into a line; `false` if the key does not.
fn edit(line: &mut Line, key: Key) -> bool {
    let request = match (key.code, key.typed()) {
        (_, Some(typed)) => InputRequest::InsertChar(typed),
        (KeyCode::Backspace, _) => InputRequest::DeletePrevChar,
        (KeyCode::Left, _) => InputRequest::GoToPrevChar,
        (KeyCode::Right, _) => InputRequest::GoToNextChar,
        (KeyCode::Home, _) => InputRequest::GoToStart,
        (KeyCode::End, _) => InputRequest::GoToEnd,
        (KeyCode::Delete, _) => InputRequest::DeleteNextChar,
        (KeyCode::Char('a'), _) if key.ctrl => InputRequest::GoToStart,
        (KeyCode::Char('e'), _) if key.ctrl => InputRequest::GoToEnd,
        (KeyCode::Char('k'), _) if key.ctrl => InputRequest::DeleteTillEnd,
        (KeyCode::Char('u'), _) if key.ctrl => InputRequest::DeleteFromStart,
        (KeyCode::Char('w'), _) if key.ctrl => InputRequest::DeletePrevWord,
        _ => return false,
    };
    line.handle(request);
    true
}

/// Pastes a text into the popup; `false` if it takes none.
pub(super) fn paste(state: &mut State, text: &str) -> bool {
    let words = state.words();
    let type_into = |line: &mut Line| {
        let text: String = text.chars().filter(|c| !c.is_control()).collect();
        insert_at_cursor(line, &text);
    };
    match &mut state.popup {
        Some(Popup::Menu(menu)) => {
            type_into(&mut menu.filter);
            tags::offer_new(menu, &words);
            menu.choose_first();
        }
        Some(Popup::Palette(palette)) => {
            type_into(&mut palette.line);
            palette.refresh(&words);
        }
        Some(Popup::Input(input)) => type_into(&mut input.line),
        Some(Popup::Facets(panel)) => {
            type_into(&mut panel.filter);
            facets::lay_out(state);
        }
        Some(Popup::Note(note)) => note.insert(text),
        Some(Popup::Pager(_)) => {
            state.popup = None;
            return false;
        }
        None => return false,
    }
    true
}

/// The number of items on one page of the open menu, less one that stays visible.
pub(super) fn page(state: &State) -> isize {
    isize::try_from(height(state).max(2) - 1).unwrap_or(1)
}

fn height(state: &State) -> usize {
    let (width, height) = match &state.popup {
        Some(Popup::Menu(menu)) => menu.kind.size(),
        _ => palette::SIZE,
    };
    // The first line of a menu is the filter.
    usize::from(layout::popup(state.size, width, height).inner.height.saturating_sub(1))
}

/// Moves the cursor of the popup by a number of items.
pub(super) fn move_by(state: &mut State, by: isize) {
    let height = height(state);
    facets::move_by(state, by);
    match &mut state.popup {
        Some(Popup::Menu(menu)) => menu.move_by(by, height),
        Some(Popup::Palette(palette)) => palette.move_by(by, height),
        _ => {}
    }
}

/// Completes the line of the palette by the chosen item.
pub(super) fn complete(state: &mut State) {
    let words = state.words();
    if let Some(Popup::Palette(palette)) = &mut state.popup
        && let Some(line) = palette.completed()
    {
        palette.line = Line::new(line);
        palette.refresh(&words);
    }
}
