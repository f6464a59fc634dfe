//! What lies over the panes: opening, filtering, choosing, scrolling.

use tui_input::{Input as Line, InputRequest};

use super::{output, prompt};
use crate::i18n::Lang;
use crate::ui::keys::action::{Action, MenuAction, ScrollAction};
use crate::ui::keys::context::Context;
use crate::ui::keys::key::{Key, KeyCode};
use crate::ui::keys::keymap::Keymap;
use crate::ui::layout;
use crate::ui::pages;
use crate::ui::pages::examples::EXAMPLES;
use crate::ui::popup::{Ask, InputPurpose, Menu, MenuChoice, MenuItem, MenuKind, Pager, PagerKind, Popup};
use crate::ui::review::Review;
use crate::ui::state::State;

/// How large menus are at most. Beside the short one of sort keys the list is seen, as it comes to stand.
pub(in crate::ui) const fn menu_size(kind: MenuKind) -> (u16, u16) {
    match kind {
        MenuKind::Order => (52, 15),
        MenuKind::Reasons | MenuKind::Confirm | MenuKind::Unsaved | MenuKind::Tags => (60, 14),
        MenuKind::Rounds => (72, 16),
        MenuKind::Help | MenuKind::Palette | MenuKind::CopyWhat => (72, 30),
    }
}

/// Keys that a popup takes before any action: typing into it, and the key that ends showing a copy.
/// `true` if the key is used up.
pub(super) fn takes(state: &mut State, key: Key) -> bool {
    let lang = state.lang;
    match &mut state.popup {
        Some(Popup::Pager(Pager { kind: PagerKind::Copied(_), .. })) => {
            state.popup = None;
            // A key that only says "seen" does nothing more; any other acts.
            matches!(key.code, KeyCode::Esc | KeyCode::Enter | KeyCode::Char(' ' | 'q'))
        }
        // Two words of a key's title are seldom needed to find it: there a space adds the key.
        Some(Popup::Menu(menu)) if menu.kind == MenuKind::Order && key.typed() == Some(' ') => false,
        Some(Popup::Menu(menu)) if menu.digit(key).is_some() => {
            if let Some(MenuChoice::Review(choice)) = menu.digit(key) {
                state.popup = None;
                super::review::choose(state, choice);
            }
            true
        }
        Some(Popup::Note(note)) => note.edit(key),
        Some(Popup::Menu(menu)) => {
            let before = menu.filter.value().to_owned();
            let taken = edit(&mut menu.filter, key);
            if menu.filter.value() != before {
                super::tags::offer_new(menu, lang);
                menu.choose_first();
            }
            taken
        }
        Some(Popup::Ask(ask)) => edit(&mut ask.line, key),
        Some(Popup::Facets(panel)) => {
            // A letter that excludes does so until something is typed: names have that letter too.
            let is_typed = |typed| match typed {
                ' ' | '-' => false,
                'x' => !panel.filter.value().is_empty(),
                _ => true,
            };
            if !key.typed().is_none_or(is_typed) {
                return false;
            }
            let taken = edit(&mut panel.filter, key);
            if taken {
                super::facets::lay_out(state);
            }
            taken
        }
        _ => false,
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

/// A paste goes into the line of a popup; `false` if there is none.
pub(super) fn paste(state: &mut State, text: &str) -> bool {
    let line = match &mut state.popup {
        Some(Popup::Menu(menu)) => &mut menu.filter,
        Some(Popup::Ask(ask)) => &mut ask.line,
        Some(Popup::Facets(panel)) => &mut panel.filter,
        Some(Popup::Note(note)) => {
            note.insert(text);
            return true;
        }
        Some(Popup::Pager(_)) => {
            state.popup = None;
            return false;
        }
        None => return false,
    };
    prompt::insert_at_cursor(line, &text.chars().filter(|c| !c.is_control()).collect::<String>());
    let lang = state.lang;
    if let Some(Popup::Menu(menu)) = &mut state.popup {
        super::tags::offer_new(menu, lang);
        menu.choose_first();
    }
    super::facets::lay_out(state);
    true
}

/// Runs an action of the menu family.
pub(super) fn act(state: &mut State, action: MenuAction, keymap: &Keymap) {
    let page = isize::try_from(menu_height(state).max(2) - 1).unwrap_or(1);
    match action {
        MenuAction::Down => move_by(state, 1),
        MenuAction::Up => move_by(state, -1),
        MenuAction::PageDown => move_by(state, page),
        MenuAction::PageUp => move_by(state, -page),
        MenuAction::Choose => choose(state, keymap),
    }
}

fn menu_height(state: &State) -> usize {
    let kind = match &state.popup {
        Some(Popup::Menu(menu)) => menu.kind,
        _ => MenuKind::Help,
    };
    let (width, height) = menu_size(kind);
    // The first line of a menu is what is typed.
    usize::from(layout::popup(state.size, width, height).inner.height.saturating_sub(1))
}

fn move_by(state: &mut State, by: isize) {
    let height = menu_height(state);
    super::facets::move_by(state, by);
    if let Some(Popup::Menu(menu)) = &mut state.popup {
        let matching = menu.matching();
        let last = matching.len().saturating_sub(1);
        let at = menu.at.saturating_add_signed(by).min(last);
        // Headings cannot be chosen: on to the next item in the same direction, else back to the nearest.
        let is_item = |at: &usize| matching.get(*at).is_some_and(|item| item.choice.is_some());
        let (mut below, mut above) = (at..=last, (0..=at).rev());
        let next = if by > 0 {
            below.find(is_item).or_else(|| above.find(is_item))
        } else {
            above.find(is_item).or_else(|| below.find(is_item))
        };
        menu.at = next.unwrap_or(at);
        menu.top = menu.top.min(menu.at).max((menu.at + 1).saturating_sub(height.max(1)));
    }
}

fn choose(state: &mut State, keymap: &Keymap) {
    match state.popup.take() {
        Some(Popup::Menu(menu)) => match menu.matching().get(menu.at).and_then(|item| item.choice.clone()) {
            Some(MenuChoice::Act(action)) => super::act(state, action, keymap),
            Some(MenuChoice::Copy(text)) => output::copy_text(state, &text),
            Some(MenuChoice::Query(query)) => prompt::try_out(state, query),
            Some(MenuChoice::SortBy(key)) => super::order::by(state, key),
            Some(MenuChoice::Review(choice)) => super::review::choose(state, choice),
            None => state.popup = Some(Popup::Menu(menu)),
        },
        Some(Popup::Ask(Ask { line, what: InputPurpose::File })) => output::write(state, line.value()),
        Some(Popup::Ask(ask)) => super::review::answer(state, ask),
        other => state.popup = other,
    }
}

/// Scrolls the open text page; `false` if there is none.
pub(super) fn scrolls(state: &mut State, action: ScrollAction) -> bool {
    let height = usize::from(layout::popup(state.size, u16::MAX, u16::MAX).inner.height);
    let Some(Popup::Pager(pager)) = &mut state.popup else { return false };
    let (page, last) = (height.max(2) - 1, pager.lines.len().saturating_sub(height));
    let top = match action {
        ScrollAction::DetailDown | ScrollAction::Down => pager.scroll + 1,
        ScrollAction::DetailUp | ScrollAction::Up => pager.scroll.saturating_sub(1),
        ScrollAction::HalfDown => pager.scroll + page / 2,
        ScrollAction::HalfUp => pager.scroll.saturating_sub(page / 2),
        ScrollAction::PageDown => pager.scroll + page,
        ScrollAction::PageUp => pager.scroll.saturating_sub(page),
        ScrollAction::Top => 0,
        ScrollAction::Bottom => last,
    };
    pager.scroll = top.min(last);
    true
}

/// The keys in force where the person is, nearest first.
pub(super) fn open_help(state: &mut State, keymap: &Keymap) {
    let here = super::context(state);
    let mut items = Vec::new();
    for context in here.lookup().iter().filter(|context| is_in_force(state, **context)) {
        items.push(MenuItem {
            key: String::new(),
            title: context.title(state.lang).to_owned(),
            choice: None,
        });
        for row in keymap.rows().iter().filter(|row| row.context == *context && !row.keys.is_empty()) {
            let keys: Vec<String> = row.keys.iter().map(ToString::to_string).collect();
            items.push(item(keys.join(" "), row.action, state.lang));
        }
    }
    if matches!(here, Context::Prompt | Context::List | Context::Detail) {
        let heading = state.words().query_language.to_owned();
        items.push(MenuItem { key: String::new(), title: heading, choice: None });
        items.extend(EXAMPLES.iter().map(|example| MenuItem {
            key: example.query(state.lang).to_owned(),
            title: example.meaning(state.lang).to_owned(),
            choice: Some(MenuChoice::Query(example.query(state.lang))),
        }));
    }
    open_menu(state, MenuKind::Help, items);
}

/// Whether keys of a context do something: those of a review only while one is open.
fn is_in_force(state: &State, context: Context) -> bool {
    context != Context::Review || matches!(state.review, Review::Open(_))
}

/// Every action that can be done from here, by name.
pub(super) fn open_palette(state: &mut State, keymap: &Keymap) {
    let here = super::context(state);
    let near: &[Context] = match here {
        Context::Detail => Context::Detail.lookup(),
        _ => Context::List.lookup(),
    };
    let near = near.iter().filter(|context| is_in_force(state, **context));
    let mut items: Vec<MenuItem> = Vec::new();
    for row in near.flat_map(|context| keymap.rows().iter().filter(move |row| row.context == *context)) {
        let key = row.keys.first().map(ToString::to_string).unwrap_or_default();
        let item = item(key, row.action, state.lang);
        if !items.iter().any(|known| known.choice == item.choice) {
            items.push(item);
        }
    }
    open_menu(state, MenuKind::Palette, items);
}

fn item(key: String, action: Action, lang: Lang) -> MenuItem {
    MenuItem { key, title: action.title(lang).to_owned(), choice: Some(MenuChoice::Act(action)) }
}

/// What can be copied: of the selected record, and of the search itself.
pub(super) fn open_copy_what(state: &mut State) {
    let words = state.words();
    let record = state.selected();
    let field =
        super::detail::current(state).and_then(|page| Some(page.items.get(state.detail.field?)?.raw.clone()));
    let link =
        record.and_then(|record| record.raw(crate::domain::schema::FieldKind::Link)).map(str::to_owned);
    let render = |form| record.and_then(|record| crate::export::render(form, std::iter::once(record)).ok());
    let ids = state.results.answer.as_ref().and_then(|answer| answer.ids.as_ref());
    let missing = ids.map(|ids| ids.missing.join("\n"));
    let command_line = output::command_line(state);
    let offers = [
        (words.missing_ids_whole, missing),
        (words.field, field),
        ("id", record.map(|record| record.id().to_owned())),
        (words.name, record.map(|record| record.name().to_owned())),
        (words.record_text, render(crate::export::ExportFormat::Text)),
        (words.record_json, render(crate::export::ExportFormat::Json)),
        (words.record_tsv, render(crate::export::ExportFormat::Tsv)),
        (words.link, link),
        (words.command_line, Some(command_line)),
    ];
    let items = offers
        .into_iter()
        .filter_map(|(title, text)| text.filter(|text| !text.is_empty()).map(|text| (title, text)))
        .map(|(title, text)| MenuItem {
            key: String::new(),
            title: title.to_owned(),
            choice: Some(MenuChoice::Copy(text)),
        })
        .collect();
    open_menu(state, MenuKind::CopyWhat, items);
}

pub(super) fn open_menu(state: &mut State, kind: MenuKind, items: Vec<MenuItem>) {
    let words = state.words();
    let title = match kind {
        MenuKind::Help => words.help,
        MenuKind::Palette => words.commands,
        MenuKind::CopyWhat => words.copy_what,
        MenuKind::Reasons => words.reason,
        MenuKind::Unsaved => words.unsaved,
        MenuKind::Rounds | MenuKind::Confirm => words.review,
        MenuKind::Tags => words.tag,
        MenuKind::Order => words.sort,
    };
    open_titled(state, kind, title.to_owned(), items);
}

/// Opens a menu that asks something.
pub(super) fn open_titled(state: &mut State, kind: MenuKind, title: String, items: Vec<MenuItem>) {
    let mut menu = Menu { kind, title, filter: Line::default(), items, at: 0, top: 0 };
    menu.choose_first();
    state.popup = Some(Popup::Menu(menu));
}

/// Opens a text to read.
pub(super) fn open_pager(state: &mut State, kind: PagerKind) {
    let lines = pages::lines(state, &kind).into();
    state.popup = Some(Popup::Pager(Pager { kind, lines, scroll: 0 }));
}

/// After a change of size: texts are laid out anew, and what is chosen is seen.
pub(super) fn keep_in_range(state: &mut State) {
    let size = state.size;
    if let Some(Popup::Note(note)) = &mut state.popup {
        note.lay_out(size);
    }
    if let Some(Popup::Pager(Pager { kind, scroll, .. })) = state.popup.clone() {
        open_pager(state, kind);
        let height = usize::from(layout::popup(state.size, u16::MAX, u16::MAX).inner.height);
        if let Some(Popup::Pager(pager)) = &mut state.popup {
            pager.scroll = scroll.min(pager.lines.len().saturating_sub(height));
        }
    }
    move_by(state, 0);
}

/// What is odd about the data.
pub(super) fn open_diagnostics(state: &mut State) {
    open_pager(state, PagerKind::Diagnostics);
}

/// The selected record as it stands in its sources.
pub(super) fn open_source(state: &mut State) {
    let words = state.words();
    if state.selected().is_none() {
        return state.say(words.nothing_selected);
    }
    open_pager(state, PagerKind::Source);
}
