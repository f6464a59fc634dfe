//! Contents of popups, independent of their position and of the effect of a choice.

pub mod choice_cursor;
pub(crate) mod diagnostics_page;
pub mod examples;
pub mod facet_panel;
pub mod guide_page;
pub mod input_line;
pub mod menu;
pub mod note_box;
pub mod note_rows;
pub mod palette;
pub(crate) mod review_page;
pub(crate) mod source_page;
pub mod text_page;

use facet_panel::FacetPanel;
use input_line::InputLine;
use menu::Menu;
use note_box::NoteBox;
use palette::Palette;
use text_page::Pager;

/// The popup over the panes. There is at most one.
#[derive(Clone, Debug)]
pub enum Popup {
    /// A list to choose from.
    Menu(Menu),
    /// The commands, with arguments.
    Palette(Palette),
    /// A text page.
    Pager(Pager),
    /// A line to type.
    Input(InputLine),
    /// The facet panel.
    Facets(FacetPanel),
    /// The note box.
    Note(Box<NoteBox>),
}
