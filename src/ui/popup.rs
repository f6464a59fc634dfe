//! What lies over the panes: menus to choose from, texts to read, a line to type.

use std::sync::Arc;

use tui_input::Input as Line;

use super::action::Action;
use super::facets::FacetPanel;
use super::pages::PageLine;
use crate::search::order::SortKey;

/// Something over the panes. There is at most one.
#[derive(Clone, Debug)]
pub enum Popup {
    /// A list to choose from.
    Menu(Menu),
    /// A text to read.
    Pager(Pager),
    /// A line to type.
    Ask(Ask),
    /// What to filter by.
    Facets(FacetPanel),
}

/// A list to choose from, filtered by typing.
#[derive(Clone, Debug)]
pub struct Menu {
    /// What it is for.
    pub kind: MenuKind,
    /// What is typed.
    pub filter: Line,
    /// All that can be chosen.
    pub items: Vec<MenuItem>,
    /// The chosen one of those that match.
    pub at: usize,
    /// The first one of those that match that is shown.
    pub top: usize,
}

/// What a menu is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuKind {
    /// The keys in force.
    Help,
    /// All named actions.
    Palette,
    /// What to copy.
    CopyWhat,
    /// What to sort by.
    Order,
}

/// One thing to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuItem {
    /// The keys, or what stands in the first column.
    pub key: String,
    /// What it does.
    pub title: String,
    /// What choosing it means; `None` for a heading.
    pub choice: Option<Choice>,
}

/// What choosing something means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Do this.
    Act(Action),
    /// Copy this.
    Copy(String),
    /// Sort by this.
    SortBy(SortKey),
}

/// A text to read.
#[derive(Clone, Debug)]
pub struct Pager {
    /// What it is.
    pub kind: PagerKind,
    /// Its lines, made when it is opened and when size or language change.
    pub lines: Arc<[PageLine]>,
    /// The first line that is shown.
    pub scroll: usize,
}

/// Which text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PagerKind {
    /// The diagnostics of the data.
    Diagnostics,
    /// The selected record as it stands in its sources.
    Source,
    /// What was copied, alone, so that it can be selected by hand until the next key.
    Copied(String),
}

/// A line to type.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The line.
    pub line: Line,
}

impl Menu {
    /// Chooses the first item that can be chosen of those that match.
    pub fn choose_first(&mut self) {
        self.at = self.matching().iter().position(|item| item.choice.is_some()).unwrap_or(0);
        self.top = 0;
    }

    /// The items that match what is typed: every typed word is in the title or the key. Headings stay only
    /// while nothing is typed.
    #[must_use]
    pub fn matching(&self) -> Vec<&MenuItem> {
        let typed = crate::text::fold::fold(self.filter.value());
        if typed.trim().is_empty() {
            return self.items.iter().collect();
        }
        let fits = |item: &MenuItem| {
            let text = crate::text::fold::fold(&format!("{} {}", item.key, item.title));
            item.choice.is_some() && typed.split_whitespace().all(|word| text.contains(word))
        };
        self.items.iter().filter(|item| fits(item)).collect()
    }
}
