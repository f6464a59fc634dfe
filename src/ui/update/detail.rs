//! The detail: its fields, the matches in its text, scrolling.

use super::common::detail_view::{self, Direction};
use super::common::{panes, popups, selection};
use super::list;
use crate::ui::document::ShownLine;
use crate::ui::keys::action::{DetailAction, ScrollAction};
use crate::ui::pages::Popup;
use crate::ui::pages::text_page::PagerKind;
use crate::ui::record_detail::record_detail;
use crate::ui::state::{Focus, State};

/// Maximum number of records searched for the next match in a text: few enough to answer at once.
const MOST_RECORDS: usize = 2_000;

/// Runs an action of the detail family.
pub(super) fn act(state: &mut State, action: DetailAction) {
    match action {
        DetailAction::Open => list::open(state),
        DetailAction::Close => step_back(state),
        DetailAction::SwitchPane => switch_pane(state),
        DetailAction::FieldDown => choose_field(state, Direction::Forwards),
        DetailAction::FieldUp => choose_field(state, Direction::Backwards),
        DetailAction::NextHit => next_hit(state, Direction::Forwards),
        DetailAction::PreviousHit => next_hit(state, Direction::Backwards),
        DetailAction::Source => open_source(state),
    }
}

/// Scrolls the text page that is open, else the detail.
pub(super) fn scroll(state: &mut State, action: ScrollAction) {
    let is_pager = matches!(state.popup, Some(Popup::Pager(_)));
    let height = if is_pager { popups::pager_height(state) } else { detail_view::height(state) };
    let page = height.max(2) - 1;
    let half = (page / 2).max(1);
    let (direction, lines) = match action {
        ScrollAction::DetailDown | ScrollAction::Down => (Direction::Forwards, 1),
        ScrollAction::DetailUp | ScrollAction::Up => (Direction::Backwards, 1),
        ScrollAction::HalfDown => (Direction::Forwards, half),
        ScrollAction::HalfUp => (Direction::Backwards, half),
        ScrollAction::PageDown => (Direction::Forwards, page),
        ScrollAction::PageUp => (Direction::Backwards, page),
        ScrollAction::Bottom => (Direction::Forwards, usize::MAX),
        ScrollAction::Top => (Direction::Backwards, usize::MAX),
    };
    let Some(Popup::Pager(pager)) = &mut state.popup else {
        return detail_view::scroll(state, direction, lines);
    };
    let scrolled = match direction {
        Direction::Forwards => pager.scroll.saturating_add(lines),
        Direction::Backwards => pager.scroll.saturating_sub(lines),
    };
    pager.scroll = scrolled.min(pager.lines.len().saturating_sub(height));
}

fn switch_pane(state: &mut State) {
    match state.focus {
        Focus::List | Focus::Prompt => state.focus = Focus::Detail,
        Focus::Detail => panes::close_detail(state),
    }
}

/// `h`: closes a popup or the detail; does nothing in the list.
fn step_back(state: &mut State) {
    if !popups::close_popup(state) && state.focus == Focus::Detail {
        panes::close_detail(state);
    }
}

fn open_source(state: &mut State) {
    if state.selected().is_some() {
        return popups::open_pager(state, PagerKind::Source);
    }
    let words = state.words();
    state.say(words.nothing_selected);
}

/// `n` and `N`: the next match in the text, or the first one in the next record that has one.
fn next_hit(state: &mut State, direction: Direction) {
    let hits = |state: &State| record_detail(state).map_or(0, |page| page.hits.len());
    let here = match (direction, state.detail.hit) {
        (Direction::Forwards, None) => Some(0),
        (Direction::Forwards, Some(hit)) => Some(hit + 1),
        (Direction::Backwards, hit) => hit.and_then(|hit| hit.checked_sub(1)),
    };
    if let (Some(hit), Some(page)) = (here.filter(|hit| *hit < hits(state)), record_detail(state)) {
        return detail_view::go_to_hit(state, &page, hit);
    }
    let before = (state.list, state.detail);
    let step = if direction == Direction::Forwards { 1 } else { -1 };
    for _ in 0..MOST_RECORDS {
        let at = state.list.at;
        selection::select(state, at.saturating_add_signed(step));
        if state.list.at == at {
            break;
        }
        if let Some(page) = record_detail(state)
            && !page.hits.is_empty()
        {
            let hit = if direction == Direction::Forwards { 0 } else { page.hits.len() - 1 };
            return detail_view::go_to_hit(state, &page, hit);
        }
    }
    (state.list, state.detail) = before;
    let words = state.words();
    state.say(words.no_hit_in_text);
}

/// Down: the next field, and after the last one on through the text. Up: the same way back.
fn choose_field(state: &mut State, direction: Direction) {
    let Some(page) = record_detail(state) else { return };
    let (height, scrolled) = (detail_view::height(state), state.detail.scroll);
    let is_near = |at: usize| {
        let scroll = page.items.get(at).map(|item| page.scroll_to(item.line, scrolled, height, 0));
        // A field far away is reached by scrolling through the text between.
        scroll.filter(|scroll| scroll.abs_diff(scrolled) <= 2)
    };
    let is_seen = |at: &usize| {
        page.items
            .get(*at)
            .is_some_and(|item| page.seen(scrolled, height).contains(&ShownLine::Line(item.line)))
    };
    let next = match (direction, state.detail.field) {
        (Direction::Forwards, None) => (0..page.items.len()).find(is_seen),
        (Direction::Backwards, None) => (0..page.items.len()).rfind(is_seen),
        (Direction::Forwards, Some(field)) => Some(field + 1),
        (Direction::Backwards, Some(field)) => field.checked_sub(1),
    };
    match next.and_then(|at| Some((at, is_near(at)?))) {
        Some((at, scroll)) => {
            state.detail.field = Some(at);
            state.detail.scroll = scroll;
        }
        None => detail_view::scroll(state, direction, 1),
    }
}
