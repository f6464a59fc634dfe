//! The bottom line: the message about the last key, the state of the review and the data, and at the right the keys.

use ratatui::layout::Rect;

use super::paint::CellPen;
use crate::domain::diagnostic::DiagnosticCounts;
use crate::domain::reviewed::ReviewState;
use crate::i18n::review_state;
use crate::text::width::width;
use crate::ui::appearance::Appearance;
use crate::ui::event::StoreCondition;
use crate::ui::keys::action::{
    Action, AppAction, DetailAction, EditAction, FilterAction, MarkAction, MenuAction, MoveAction,
    OrderAction, OutputAction, PromptAction, ReviewAction, RoundAction, ScrollAction,
};
use crate::ui::keys::context::Context;
use crate::ui::review::{OpenReview, Review};
use crate::ui::state::State;
use crate::ui::theme::Theme;

/// The number of hints that are shown even if the rest of the line has to be cut for them.
const ESSENTIAL: usize = 5;

pub(super) fn draw(state: &State, view: &Appearance, pen: &mut CellPen<'_>, line: Rect) {
    let standing = standing(state, pen.theme);
    let width_of = |text: &str| width(text) + 4;
    let free = usize::from(line.width).saturating_sub(state.message.as_deref().map_or(0, width_of));
    let is_reviewing = state.review.opened().is_some_and(|review| !is_troubled(review));
    let wants_hints = state.message.is_none() && (is_reviewing || state.popup.is_some());
    let least = if wants_hints { usize::from(line.width) } else { 0 };
    let essential = hints(state, view, least, ESSENTIAL);
    let room = free.saturating_sub(width_of(&standing)).max(width(&essential));
    let hints = hints(state, view, room.min(usize::from(line.width)), usize::MAX);
    let hints = if width(&hints) < width(&essential) { essential } else { hints };
    let end = if hints.is_empty() { line.width } else { pen.text_right(line, &hints, pen.theme.quiet()) };
    let end = end.saturating_sub(1);
    let mut column = 1;
    if let Some(message) = &state.message {
        column = pen.cut(line, column, end.saturating_sub(column), message, pen.theme.strong());
        if !matches!(state.review, Review::Open(_)) {
            return;
        }
        column = pen.cut(line, column, end.saturating_sub(column), " · ", pen.theme.quiet());
    }
    pen.cut(line, column, end.saturating_sub(column), &standing, pen.theme.quiet());
}

/// Returns `true` if the review has a message that takes precedence over hints.
fn is_troubled(review: &OpenReview) -> bool {
    review.condition != StoreCondition::Sound || review.trouble.is_some()
}

/// The state of review, load, search, marks and data, most important first.
fn standing(state: &State, theme: Theme) -> String {
    let words = state.words();
    let mut parts = Vec::new();
    parts.extend(super::review::progress(state, theme));
    if let Some(progress) = state.load.progress().filter(|_| state.ready) {
        parts.push(progress.text(&words));
    }
    let answer = state.results.answer.as_ref();
    parts.extend(answer.and_then(|answer| answer.added_in_words(&words)));
    let selected = state.selected_hit();
    let like = answer
        .zip(selected)
        .and_then(|(answer, hit)| answer.likeness.iter().find(|like| like.row == hit.row));
    parts.extend(like.map(|like| format!("{}: {}", words.shared_words, like.words.join(", "))));
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
    if state.selected_hit().is_some_and(|hit| hit.only_by_meaning()) {
        parts.push(words.by_meaning.to_owned());
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

/// At most `most` key hints that fit into `room` columns, the most useful first.
fn hints(state: &State, view: &Appearance, room: usize, most: usize) -> String {
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
            (Action::Review(ReviewAction::Approve), approved),
            (Action::Review(ReviewAction::Reject), rejected),
            (Action::Round(RoundAction::NextUndecided), words.key_next),
            (Action::Review(ReviewAction::Note), words.key_note),
            (Action::App(AppAction::Help), words.key_help),
            (Action::Review(ReviewAction::Undo), words.key_undo),
            (Action::Review(ReviewAction::Reviewed), reviewed),
            (
                Action::App(AppAction::Leave),
                if context == Context::List { words.key_quit } else { words.key_back },
            ),
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
            (Action::App(AppAction::Back), words.key_back),
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
    for (action, word) in wanted.iter().take(most) {
        let Some(key) = view.keymap.key_for(context, *action) else { continue };
        let hint = format!("{key} {word}  ");
        // A shorter one may still have room.
        if width(&said) + width(&hint) > room {
            continue;
        }
        said.push_str(&hint);
    }
    said
}
