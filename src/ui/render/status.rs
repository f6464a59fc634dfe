//! The bottom line: what has just happened, else what there is to know; at its right the keys that matter here.

use ratatui::layout::Rect;

use super::paint::CellPen;
use crate::domain::diagnostic::DiagnosticCounts;
use crate::domain::reviewed::ReviewState;
use crate::i18n::review_state;
use crate::text::width::width;
use crate::ui::appearance::Appearance;
use crate::ui::keys::action::{
    Action, AppAction, DetailAction, EditAction, FilterAction, MarkAction, MenuAction, MoveAction,
    OrderAction, OutputAction, PromptAction, ReviewAction, RoundAction, ScrollAction,
};
use crate::ui::keys::context::Context;
use crate::ui::review::Review;
use crate::ui::state::State;
use crate::ui::theme::Theme;

pub(super) fn draw(state: &State, view: &Appearance, pen: &mut CellPen<'_>, line: Rect) {
    let (said, style) = match &state.message {
        Some(message) => (message.clone(), pen.theme.strong()),
        None => (standing(state, pen.theme), pen.theme.quiet()),
    };
    let room = usize::from(line.width).saturating_sub(width(&said) + 4);
    let hints = hints(state, view, room);
    let end = if hints.is_empty() { line.width } else { pen.text_right(line, &hints, pen.theme.quiet()) };
    pen.cut(line, 1, end.saturating_sub(2), &said, style);
}

/// What there is to know when nothing has happened.
fn standing(state: &State, theme: Theme) -> String {
    let words = state.words();
    let mut parts = Vec::new();
    parts.extend(super::review::progress(state, theme));
    if let Some(progress) = state.load.progress().filter(|_| state.ready) {
        parts.push(progress.text(&words));
    }
    let answer = state.results.answer.as_ref();
    parts.extend(answer.and_then(|answer| answer.undecided_in_words(&words)));
    parts.extend(answer.and_then(|answer| answer.sorted_last_in_words(&words)));
    if state.selected_hit().is_some_and(|hit| hit.is_outside_the_filter()) {
        parts.push(words.outside_the_filter.to_owned());
    }
    if state.setup.example_data {
        parts.push(words.example_data.to_owned());
    }
    if state.selected_hit().is_some_and(|hit| hit.only_by_description()) {
        parts.push(words.in_text.to_owned());
    }
    let ids = state.results.answer.as_ref().and_then(|answer| answer.ids.as_ref());
    if let Some(ids) = ids.filter(|ids| !ids.missing.is_empty()) {
        parts.push(format!("{} {}", ids.missing.len(), words.missing_ids));
    }
    let marked = state.marks.ids.len();
    if marked > 0 {
        parts.push(words.marked_count(marked));
        let hidden = state.marks.hidden;
        if hidden > 0 {
            parts.push(format!("{hidden} {}", words.not_shown));
        }
    }
    let tally = words.tally(DiagnosticCounts { notes: 0, ..state.tally });
    if !tally.is_empty() {
        parts.push(tally);
    }
    parts.join(" · ")
}

/// As many key hints as fit into so many columns, the most useful first.
fn hints(state: &State, view: &Appearance, room: usize) -> String {
    let words = state.words();
    let context = state.context();
    let is_reviewing = matches!(&state.review, Review::Open(review) if !review.is_closed());
    let [reviewed, approved, rejected] =
        [ReviewState::Reviewed, ReviewState::Approved, ReviewState::Rejected]
            .map(|verdict| review_state(verdict, state.lang));
    let wanted: &[(Action, &str)] = match context {
        Context::Prompt if state.setup.pick => &[
            (Action::Prompt(PromptAction::Accept), words.key_print),
            (Action::Prompt(PromptAction::Leave), words.key_mark),
            (Action::App(AppAction::Help), words.key_help),
        ],
        Context::Prompt => &[
            (Action::Prompt(PromptAction::Accept), words.key_list),
            (Action::App(AppAction::Back), words.key_back),
            (Action::App(AppAction::Help), words.key_help),
        ],
        Context::List | Context::Detail if is_reviewing => &[
            (Action::Review(ReviewAction::Reviewed), reviewed),
            (Action::App(AppAction::Help), words.key_help),
            (Action::Review(ReviewAction::Approve), approved),
            (Action::Review(ReviewAction::Reject), rejected),
            (
                Action::App(AppAction::Leave),
                if context == Context::List { words.key_quit } else { words.key_back },
            ),
            (Action::Review(ReviewAction::Undo), words.key_undo),
            (Action::Round(RoundAction::NextUndecided), words.key_next),
            (Action::Review(ReviewAction::Note), words.key_note),
            (Action::Edit(EditAction::Open), words.key_search),
        ],
        Context::List => &[
            (Action::Edit(EditAction::Open), words.key_search),
            (Action::Detail(DetailAction::Open), words.key_open),
            (Action::App(AppAction::Help), words.key_help),
            (Action::App(AppAction::Leave), words.key_quit),
            (Action::Output(OutputAction::Copy), words.key_copy),
            (Action::Mark(MarkAction::Toggle), words.key_mark),
            (Action::App(AppAction::Diagnostics), words.diagnostics),
        ],
        Context::Detail => &[
            (Action::App(AppAction::Leave), words.key_back),
            (Action::Move(MoveAction::NextRecord), words.key_next),
            (Action::Scroll(ScrollAction::PageDown), words.key_scroll),
            (Action::App(AppAction::Help), words.key_help),
            (Action::Detail(DetailAction::Source), words.key_source),
            (Action::Output(OutputAction::Copy), words.key_copy),
        ],
        Context::Facets => &[
            (Action::Filter(FilterAction::IncludeValue), words.key_include),
            (Action::Filter(FilterAction::ExcludeValue), words.key_exclude),
            (Action::Filter(FilterAction::ClosePanel), words.key_done),
        ],
        Context::Order => &[
            (Action::Order(OrderAction::SortBy), words.key_choose),
            (Action::Order(OrderAction::AddKey), words.key_add),
            (Action::App(AppAction::Back), words.key_back),
        ],
        Context::Palette => &[
            (Action::Menu(MenuAction::Choose), words.key_choose),
            (Action::Menu(MenuAction::Complete), words.key_complete),
            (Action::App(AppAction::Back), words.key_back),
        ],
        Context::Menu => &[
            (Action::Menu(MenuAction::Choose), words.key_choose),
            (Action::App(AppAction::Back), words.key_back),
        ],
        _ => &[
            (Action::Scroll(ScrollAction::PageDown), words.key_scroll),
            (Action::App(AppAction::Back), words.key_back),
        ],
    };
    let mut said = String::new();
    for (action, word) in wanted {
        let Some(key) = view.keymap.key_for(context, *action) else { continue };
        let hint = format!("{key} {word}  ");
        // A shorter one behind it may still have room.
        if width(&said) + width(&hint) > room {
            continue;
        }
        said.push_str(&hint);
    }
    said
}
