//! The detail: scrolling, choosing fields, visiting hits in the text.

use super::list;
use crate::search::results::highlight::Highlighter;
use crate::summary::sheet;
use crate::ui::document::{DetailDocument, document};
use crate::ui::keys::action::{DetailAction, ScrollAction};
use crate::ui::layout::layout;
use crate::ui::state::{DetailPlace, Focus, State};

/// Which way to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HitDirection {
    Forwards,
    Backwards,
}

/// Runs an action of the detail family.
pub(super) fn act(state: &mut State, action: DetailAction) {
    match action {
        DetailAction::Open => list::open(state),
        DetailAction::Close => step_back(state),
        DetailAction::SwitchPane => switch_pane(state),
        DetailAction::FieldDown => choose_field(state, HitDirection::Forwards),
        DetailAction::FieldUp => choose_field(state, HitDirection::Backwards),
        DetailAction::NextHit => next_hit(state, HitDirection::Forwards),
        DetailAction::PreviousHit => next_hit(state, HitDirection::Backwards),
        DetailAction::Source => super::popup::open_source(state),
    }
}

/// Scrolls the text page that is open, else the detail.
pub(super) fn act_scroll(state: &mut State, action: ScrollAction) {
    if super::popup::scrolls(state, action) {
        return;
    }
    let page = height(state).max(2) - 1;
    let half = (page / 2).max(1);
    let (direction, lines) = match action {
        ScrollAction::DetailDown | ScrollAction::Down => (HitDirection::Forwards, 1),
        ScrollAction::DetailUp | ScrollAction::Up => (HitDirection::Backwards, 1),
        ScrollAction::HalfDown => (HitDirection::Forwards, half),
        ScrollAction::HalfUp => (HitDirection::Backwards, half),
        ScrollAction::PageDown => (HitDirection::Forwards, page),
        ScrollAction::PageUp => (HitDirection::Backwards, page),
        ScrollAction::Bottom => (HitDirection::Forwards, usize::MAX),
        ScrollAction::Top => (HitDirection::Backwards, usize::MAX),
    };
    scroll(state, direction, lines);
}

fn switch_pane(state: &mut State) {
    match state.focus {
        Focus::List | Focus::Prompt => state.focus = Focus::Detail,
        Focus::Detail => close(state),
    }
}

/// `h`: closes a popup or the detail; does nothing in the list.
fn step_back(state: &mut State) {
    if !super::close_popup(state) && state.focus == Focus::Detail {
        close(state);
    }
}

/// The detail of the selected record at its present width.
#[must_use]
pub(in crate::ui) fn current(state: &State) -> Option<DetailDocument> {
    let pane = layout(state)?.detail?;
    let record = state.detailed()?;
    let words = state.words();
    let highlighter = Highlighter::new(&state.results.answer.as_ref()?.query);
    let mut sheet = sheet(state.catalogue(), record, &words, state.setup.today);
    sheet.first.extend(crate::ui::review_sheet::first(state, record.id()));
    sheet.groups.extend(crate::ui::review_sheet::groups(state, record.id()));
    Some(document(&sheet, record, words.no_text, &highlighter, pane.inner.width.into()))
}

fn height(state: &State) -> usize {
    layout(state).and_then(|layout| layout.detail).map_or(0, |pane| pane.inner.height.into())
}

/// The last line that may stand at the top.
fn last_top(state: &State) -> usize {
    current(state).map_or(0, |page| page.last_scroll(height(state)))
}

fn scroll(state: &mut State, direction: HitDirection, lines: usize) {
    let top = match direction {
        HitDirection::Forwards => state.detail.scroll.saturating_add(lines),
        HitDirection::Backwards => state.detail.scroll.saturating_sub(lines),
    };
    state.detail.scroll = top.min(last_top(state));
    state.detail.field = None;
}

/// After a change of size.
pub(super) fn keep_in_range(state: &mut State) {
    state.detail.scroll = state.detail.scroll.min(last_top(state));
}

/// A newly selected record is shown from its beginning, or from its first hit if only its text matches.
pub(super) fn show_from_start(state: &mut State) {
    state.detail = DetailPlace { wide: state.detail.wide, ..DetailPlace::default() };
    let by_text = state.selected_hit().is_some_and(|hit| hit.only_by_description());
    if by_text
        && let Some(page) = current(state)
        && !page.hits.is_empty()
    {
        go_to_hit(state, &page, 0);
    }
}

/// The detail shows the selected record again, if it had stayed behind.
pub(super) fn catch_up(state: &mut State) {
    if state.motion.rest() {
        show_from_start(state);
    }
}

/// The detail takes the screen.
pub(super) fn open_wide(state: &mut State) {
    if state.selected().is_some() {
        state.focus = Focus::Detail;
        state.detail.wide = true;
        keep_in_range(state);
    }
}

/// Back to the list.
pub(super) fn close(state: &mut State) {
    state.detail.wide = false;
    state.detail.field = None;
    state.focus = Focus::List;
    list::keep_in_view(state);
    keep_in_range(state);
}

fn go_to_hit(state: &mut State, page: &DetailDocument, hit: usize) {
    state.detail.hit = Some(hit);
    if let Some(line) = page.hits.get(hit) {
        state.detail.scroll = page.scroll_to(*line, state.detail.scroll, height(state), 3);
    }
}

/// `n` and `N`: the next hit in the text, on into the next record that has one.
fn next_hit(state: &mut State, direction: HitDirection) {
    let hits = |state: &State| current(state).map_or(0, |page| page.hits.len());
    let here = match (direction, state.detail.hit) {
        (_, None) if direction == HitDirection::Forwards => Some(0),
        (HitDirection::Forwards, Some(hit)) => Some(hit + 1),
        (HitDirection::Backwards, Some(hit)) => hit.checked_sub(1),
        (_, None) => None,
    };
    if let (Some(hit), Some(page)) = (here.filter(|hit| *hit < hits(state)), current(state)) {
        return go_to_hit(state, &page, hit);
    }
    let before = (state.list, state.detail);
    let step = if direction == HitDirection::Forwards { 1 } else { -1 };
    // Far enough to feel endless, near enough to answer at once.
    for _ in 0..2_000 {
        let at = state.list.at;
        list::select(state, at.saturating_add_signed(step));
        if state.list.at == at {
            break;
        }
        if let Some(page) = current(state)
            && !page.hits.is_empty()
        {
            let hit = if direction == HitDirection::Forwards { 0 } else { page.hits.len() - 1 };
            return go_to_hit(state, &page, hit);
        }
    }
    (state.list, state.detail) = before;
    let words = state.words();
    state.say(words.no_hit_in_text);
}

/// Down: the next field, and after the last one on through the text. Up: the same way back.
fn choose_field(state: &mut State, direction: HitDirection) {
    let Some(page) = current(state) else { return };
    let (height, scrolled) = (height(state), state.detail.scroll);
    let is_near = |at: usize| {
        let scroll = page.items.get(at).map(|item| page.scroll_to(item.line, scrolled, height, 0));
        // A field that is far away is reached by scrolling through the text between.
        scroll.filter(|scroll| scroll.abs_diff(scrolled) <= 2)
    };
    let is_seen = |at: &usize| {
        page.items.get(*at).is_some_and(|item| page.seen(scrolled, height).any(|line| line == item.line))
    };
    let next = match (direction, state.detail.field) {
        (HitDirection::Forwards, None) => (0..page.items.len()).find(is_seen),
        (HitDirection::Backwards, None) => (0..page.items.len()).rfind(is_seen),
        (HitDirection::Forwards, Some(field)) => Some(field + 1),
        (HitDirection::Backwards, Some(field)) => field.checked_sub(1),
    };
    match next.and_then(|at| Some((at, is_near(at)?))) {
        Some((at, scroll)) => {
            state.detail.field = Some(at);
            state.detail.scroll = scroll;
        }
        None => scroll(state, direction, 1),
    }
}
