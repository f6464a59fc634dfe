//! Where everything stands: a pure function of the size and the state, which `update` and `render` share.

use ratatui::layout::Rect;

use super::state::{Arrangement, Focus, State};

/// The least size that is usable; below it the screen says so.
pub const LEAST: (u16, u16) = (40, 10);

/// From this width on, list and detail stand beside each other in boxes.
const BESIDE_FROM: u16 = 100;
/// From this height on, stacked panes have boxes.
const BOXES_FROM: u16 = 30;

/// Where everything stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The line with the prompt.
    pub prompt: Rect,
    /// The list, if it is shown.
    pub list: Option<Pane>,
    /// The detail, if it is shown.
    pub detail: Option<Pane>,
    /// The bottom line.
    pub status: Rect,
    /// All between prompt and bottom line.
    pub body: Rect,
}

/// A pane and the part of it that holds its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pane {
    /// All of it.
    pub outer: Rect,
    /// Its content.
    pub inner: Rect,
    /// How it is set off.
    pub frame: Frame,
}

/// How a pane is set off from the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// A box around it.
    Box,
    /// A ruled line above it.
    Rule,
    /// Nothing.
    None,
}

/// The layout of a state; `None` if the terminal is too small.
#[must_use]
pub fn layout(state: &State) -> Option<Layout> {
    let (width, height) = state.size;
    if width < LEAST.0 || height < LEAST.1 {
        return None;
    }
    let body = Rect::new(0, 1, width, height - 2);
    let (list, detail) = panes(state, body);
    Some(Layout {
        prompt: Rect::new(0, 0, width, 1),
        list,
        detail,
        status: Rect::new(0, height - 1, width, 1),
        body,
    })
}

fn panes(state: &State, body: Rect) -> (Option<Pane>, Option<Pane>) {
    let boxes = body.width >= BESIDE_FROM || body.height + 2 >= BOXES_FROM;
    let alone = |frame| Some(Pane::new(body, frame));
    if state.detail.wide {
        return (None, alone(if boxes { Frame::Box } else { Frame::None }));
    }
    match state.arrangement {
        Arrangement::ListOnly if state.focus == Focus::Detail => (None, alone(Frame::Rule)),
        Arrangement::ListOnly => (alone(if boxes { Frame::Box } else { Frame::None }), None),
        Arrangement::Auto if body.width >= BESIDE_FROM => {
            // The list needs an id, a name and a date; the text reads best at 90 columns or less.
            let list = (body.width * 46 / 100).max(body.width.saturating_sub(96)).min(110);
            let (left, right) = split_columns(body, list);
            (Some(Pane::new(left, Frame::Box)), Some(Pane::new(right, Frame::Box)))
        }
        Arrangement::Auto | Arrangement::Stacked if boxes => {
            let (above, below) = split_rows(body, body.height * 2 / 5);
            (Some(Pane::new(above, Frame::Box)), Some(Pane::new(below, Frame::Box)))
        }
        Arrangement::Auto | Arrangement::Stacked => {
            let (above, below) = split_rows(body, (body.height / 3).max(3));
            (Some(Pane::new(above, Frame::None)), Some(Pane::new(below, Frame::Rule)))
        }
    }
}

fn split_columns(area: Rect, left: u16) -> (Rect, Rect) {
    let right = Rect { x: area.x + left, width: area.width - left, ..area };
    (Rect { width: left, ..area }, right)
}

fn split_rows(area: Rect, above: u16) -> (Rect, Rect) {
    let below = Rect { y: area.y + above, height: area.height - above, ..area };
    (Rect { height: above, ..area }, below)
}

impl Pane {
    fn new(outer: Rect, frame: Frame) -> Self {
        let inner = match frame {
            // A cell of air between the line and the words.
            Frame::Box => Rect {
                x: outer.x + 2.min(outer.width),
                y: outer.y + 1.min(outer.height),
                width: outer.width.saturating_sub(4),
                height: outer.height.saturating_sub(2),
            },
            Frame::Rule => Rect { y: outer.y + 1, height: outer.height.saturating_sub(1), ..outer },
            Frame::None => outer,
        };
        // The last column is the scroll bar's, or the box's.
        let inner = match frame {
            Frame::Box => inner,
            Frame::Rule | Frame::None => Rect { width: inner.width.saturating_sub(1), ..inner },
        };
        Self { outer, inner, frame }
    }

    /// The column in which the scroll bar stands.
    #[must_use]
    pub fn scroll_bar(&self) -> Rect {
        let x = self.outer.x + self.outer.width.saturating_sub(1);
        Rect { x, y: self.inner.y, width: 1, height: self.inner.height }
    }
}

/// The facet panel: in the place of the detail, so that the list is seen while it is filtered; where there is no room
/// for that, in the middle.
#[must_use]
pub fn facet_panel(state: &State) -> Pane {
    let beside = layout(state).filter(|layout| layout.list.is_some()).and_then(|layout| layout.detail);
    let place = beside.map(|pane| pane.outer).filter(|place| place.width >= 40 && place.height >= 12);
    place.map_or_else(|| popup(state.size, 78, 34), |place| Pane::new(place, Frame::Box))
}

/// The box of a popup in the middle of the screen, at most so large; its content stands one cell inside.
#[must_use]
pub fn popup(size: (u16, u16), width: u16, height: u16) -> Pane {
    let (width, height) = (width.min(size.0), height.min(size.1.saturating_sub(1)));
    let outer = Rect { x: (size.0 - width) / 2, y: (size.1 - height) / 2, width, height };
    Pane::new(outer, Frame::Box)
}
