//! The geometry of the screen: panes and boxes, as a pure function of its size and the open views.

use ratatui::layout::Rect;

/// The part of the screen that receives the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// Letters are typed into the query.
    Prompt,
    /// Letters act on the list.
    List,
    /// Letters act on the detail.
    Detail,
}

/// The arrangement of list and detail, as far as the size allows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrangement {
    /// Side by side if the screen is wide enough, otherwise stacked.
    #[default]
    Auto,
    /// The list above the detail.
    Stacked,
    /// The list alone.
    ListOnly,
}

impl Arrangement {
    /// The arrangement that the layout key chooses next.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Auto => Self::Stacked,
            Self::Stacked => Self::ListOnly,
            Self::ListOnly => Self::Auto,
        }
    }
}

/// Input of the layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The chosen arrangement.
    pub arrangement: Arrangement,
    /// The part that receives the keys.
    pub focus: Focus,
    /// `true` if a record is open at full width.
    pub is_wide: bool,
    /// The columns of the longest names, for the width of the list.
    pub names: u16,
}

/// The smallest usable size, in columns and rows; below it the screen only says that it is too small.
pub const LEAST: (u16, u16) = (40, 10);

/// Width in columns from which list and detail are side by side, in boxes.
const BESIDE_FROM: u16 = 110;
/// Width in columns from which the list stays next to an opened record.
const LIST_STAYS_FROM: u16 = 160;
/// Height in rows below which list and detail are shown one at a time.
const BOTH_FROM: u16 = 12;
/// Columns of a row except the name: border, marks, id, end date.
const BESIDE_NAME: u16 = 36;
/// Minimum width of the detail next to the list, in columns.
const LEAST_DETAIL: u16 = 54;
/// Rows of the list from which it has column headings.
const HEADING_FROM: u16 = 5;
/// Height in rows from which stacked panes have boxes.
const BOXES_FROM: u16 = 30;

/// The rectangles of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The prompt line.
    pub prompt: Rect,
    /// The list, if it is shown.
    pub list: Option<Pane>,
    /// The column headings above the list, if there is room for them.
    pub headings: Option<Rect>,
    /// The detail, if it is shown.
    pub detail: Option<Pane>,
    /// The bottom line.
    pub status: Rect,
    /// Everything between prompt and bottom line.
    pub body: Rect,
}

/// A rectangle and the area of its contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pane {
    /// The whole pane, frame included.
    pub outer: Rect,
    /// The content.
    pub inner: Rect,
    /// The border.
    pub frame: Frame,
}

/// The border of a pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// A box.
    Box,
    /// A line above it.
    Rule,
    /// Nothing.
    None,
}

/// Divides the screen; `None` if the terminal is too small.
#[must_use]
pub fn layout(view: View) -> Option<Layout> {
    let (width, height) = view.size;
    if width < LEAST.0 || height < LEAST.1 {
        return None;
    }
    let body = Rect::new(0, 1, width, height - 2);
    let (mut list, detail) = panes(view, body);
    let headings = list.as_mut().and_then(Pane::take_heading);
    Some(Layout {
        prompt: Rect::new(0, 0, width, 1),
        list,
        headings,
        detail,
        status: Rect::new(0, height - 1, width, 1),
        body,
    })
}

fn panes(view: View, body: Rect) -> (Option<Pane>, Option<Pane>) {
    let boxes = body.width >= BESIDE_FROM || body.height + 2 >= BOXES_FROM;
    let alone = |frame| Some(Pane::new(body, frame));
    let is_low = body.height + 2 < BOTH_FROM;
    if view.is_wide && view.arrangement == Arrangement::Auto && body.width >= LIST_STAYS_FROM {
        return beside(view, body);
    }
    if view.is_wide {
        return (None, alone(if boxes { Frame::Box } else { Frame::None }));
    }
    match view.arrangement {
        Arrangement::ListOnly if view.focus == Focus::Detail => (None, alone(Frame::Rule)),
        _ if is_low && view.focus == Focus::Detail => (None, alone(Frame::None)),
        _ if is_low => (alone(Frame::None), None),
        Arrangement::ListOnly => (alone(if boxes { Frame::Box } else { Frame::None }), None),
        Arrangement::Auto if body.width >= BESIDE_FROM => beside(view, body),
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

/// Places list and detail side by side. The list is as wide as its names need, within limits.
fn beside(view: View, body: Rect) -> (Option<Pane>, Option<Pane>) {
    let wanted = view.names.saturating_add(BESIDE_NAME);
    let most = (body.width * 3 / 5).min(body.width.saturating_sub(LEAST_DETAIL));
    let least = (body.width * 2 / 5).min(most);
    let (left, right) = split_columns(body, wanted.clamp(least, most));
    (Some(Pane::new(left, Frame::Box)), Some(Pane::new(right, Frame::Box)))
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
            // One blank cell between the border and the words.
            Frame::Box => Rect {
                x: outer.x + 2.min(outer.width),
                y: outer.y + 1.min(outer.height),
                width: outer.width.saturating_sub(4),
                height: outer.height.saturating_sub(2),
            },
            Frame::Rule => Rect { y: outer.y + 1, height: outer.height.saturating_sub(1), ..outer },
            Frame::None => outer,
        };
        // The last column is for the scroll bar or the border.
        let inner = match frame {
            Frame::Box => inner,
            Frame::Rule | Frame::None => Rect { width: inner.width.saturating_sub(1), ..inner },
        };
        Self { outer, inner, frame }
    }

    /// Takes the first row of the content for headings, if enough rows remain.
    fn take_heading(&mut self) -> Option<Rect> {
        if self.inner.height < HEADING_FROM {
            return None;
        }
        let heading = Rect { height: 1, ..self.inner };
        self.inner.y += 1;
        self.inner.height -= 1;
        Some(heading)
    }

    /// The column of the scroll bar.
    #[must_use]
    pub fn scroll_bar(&self) -> Rect {
        let x = self.outer.x + self.outer.width.saturating_sub(1);
        Rect { x, y: self.inner.y, width: 1, height: self.inner.height }
    }
}

/// The facet panel: in place of the detail, so that the list stays visible while it is filtered; in the middle of the
/// screen where the detail is too small for it.
#[must_use]
pub fn facet_panel(view: View) -> Pane {
    let beside = layout(view).filter(|layout| layout.list.is_some()).and_then(|layout| layout.detail);
    let place = beside.map(|pane| pane.outer).filter(|place| place.width >= 40 && place.height >= 12);
    place.map_or_else(|| popup(view.size, 78, 34), |place| Pane::new(place, Frame::Box))
}

/// A box in the middle of the screen, at most `width` by `height` cells large.
#[must_use]
pub fn popup(size: (u16, u16), width: u16, height: u16) -> Pane {
    let (width, height) = (width.min(size.0), height.min(size.1.saturating_sub(1)));
    let outer = Rect { x: (size.0 - width) / 2, y: (size.1 - height) / 2, width, height };
    Pane::new(outer, Frame::Box)
}

/// The box of a text page: as large as the screen allows.
#[must_use]
pub fn page(size: (u16, u16)) -> Pane {
    popup(size, u16::MAX, u16::MAX)
}
