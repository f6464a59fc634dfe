//! What lies over the panes: menus to choose from, texts to read, a line to type.

use std::sync::Arc;

use tui_input::Input as Line;

use super::facets::FacetPanel;
use super::keys::action::Action;
use super::keys::key::Key;
use super::note_box::NoteBox;
use super::pages::PageLine;
use super::review::LeaveTo;
use crate::review::event::EventId;
use crate::review::verdict::Verdict;
use crate::search::language::sort_order::SortKey;

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
    /// A note to write.
    Note(Box<NoteBox>),
}

/// A list to choose from, filtered by typing.
#[derive(Clone, Debug)]
pub struct Menu {
    /// What it is for.
    pub kind: MenuKind,
    /// What is asked, above it.
    pub title: String,
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
    /// Why a record is rejected. Its digits choose at once.
    Reasons,
    /// Whether that is meant. Its digits choose at once.
    Confirm,
    /// Tags. What is typed can become a new one.
    Tags,
    /// What becomes of what is not saved. Its digits choose at once.
    Unsaved,
    /// Review rounds.
    Rounds,
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
    pub choice: Option<MenuChoice>,
}

/// What choosing something means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MenuChoice {
    /// Do this.
    Act(Action),
    /// Copy this.
    Copy(String),
    /// Ask this.
    Query(&'static str),
    /// Sort by this.
    SortBy(SortKey),
    /// Something about the review.
    Review(ReviewChoice),
}

/// What choosing something about the review means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewChoice {
    /// Reject these records for this reason, or for none.
    Reject(Vec<String>, Option<String>),
    /// Give this verdict on these records; none is no.
    Verdict(Option<Verdict>, Vec<String>),
    /// Begin a round over these records, going on from another.
    Begin(Vec<String>, Option<EventId>),
    /// Go on with this round.
    Round(EventId),
    /// Set this tag on a record, or take it away.
    Tag(String, String),
    /// Ask whether the round is to be closed.
    AskToClose,
    /// Close the round.
    Close,
    /// Open the round again.
    Reopen,
    /// Leave the review.
    Leave,
    /// Stay; what is not saved is tried again.
    Stay,
    /// Write what is not saved into a file.
    Keep,
    /// Go, whatever is not saved.
    Go(LeaveTo),
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
    /// How the review stands, and what has happened in it.
    Review,
    /// What was copied, alone, so that it can be selected by hand until the next key.
    Copied(String),
}

/// A line to type.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The line.
    pub line: Line,
    /// What it is for.
    pub what: InputPurpose,
}

/// What a line is typed for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputPurpose {
    /// The file to write.
    File,
    /// Why these records are rejected, in words.
    OtherReason(Vec<String>),
    /// What a new round over these records is called; the one that it goes on from.
    RoundName(Vec<String>, Option<EventId>),
    /// What a new round of this name is for.
    Purpose(String, Vec<String>, Option<EventId>),
    /// Why a round is opened again.
    Reopen,
    /// The file for what is not saved.
    Unsaved,
}

impl Menu {
    /// What a digit chooses, in the menus where it does.
    #[must_use]
    pub fn digit(&self, key: Key) -> Option<MenuChoice> {
        let digit = key.typed().filter(char::is_ascii_digit)?.to_string();
        let is_quick = matches!(self.kind, MenuKind::Reasons | MenuKind::Confirm | MenuKind::Unsaved);
        let item = self.items.iter().find(|item| is_quick && item.key == digit)?;
        item.choice.clone()
    }

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
