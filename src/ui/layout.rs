//! The geometry of the screen: panes and boxes as a pure function of the size and of what is open.

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
    /// Beside each other where there is room, else one above the other.
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

/// What the geometry depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The chosen arrangement.
    pub arrangement: Arrangement,
    /// The part that receives the keys.
    pub focus: Focus,
    /// Whether a record is open at full width.
    pub is_wide: bool,
}

/// The smallest usable size, in columns and rows; below it the screen only says that it is too small.
pub const LEAST: (u16, u16) = (40, 10);

/// Width in columns from which list and detail are beside each other, in boxes.
const BESIDE_FROM: u16 = 100;
/// Height in rows from which stacked panes have boxes.
const BOXES_FROM: u16 = 30;

/// The rectangles of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The prompt line.
    pub prompt: Rect,
    /// The list, if it is shown.
    pub list: Option<Pane>,
    /// The detail, if it is shown.
    pub detail: Option<Pane>,
    /// The bottom line.
    pub status: Rect,
    /// Everything between prompt and bottom line.
    pub body: Rect,
}

/// A rectangle and the part of it that holds its content.
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
    let (list, detail) = panes(view, body);
    Some(Layout {
        prompt: Rect::new(0, 0, width, 1),
        list,
        detail,
        status: Rect::new(0, height - 1, width, 1),
        body,
    })
}

fn panes(view: View, body: Rect) -> (Option<Pane>, Option<Pane>) {
    let boxes = body.width >= BESIDE_FROM || body.height + 2 >= BOXES_FROM;
    let alone = |frame| Some(Pane::new(body, frame));
    if view.is_wide {
        return (None, alone(if boxes { Frame::Box } else { Frame::None }));
    }
    match view.arrangement {
        Arrangement::ListOnly if view.focus == Focus::Detail => (None, alone(Frame::Rule)),
        Arrangement::ListOnly => (alone(if boxes { Frame::Box } else { Frame::None }), None),
        Arrangement::Auto if body.width >= BESIDE_FROM => {
            // The list needs an id, a name and a date; text is easiest to read at 90 columns or less.
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
        // The last column holds the scroll bar, or the border.
        let inner = match frame {
            Frame::Box => inner,
            Frame::Rule | Frame::None => Rect { width: inner.width.saturating_sub(1), ..inner },
        };
        Self { outer, inner, frame }
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
