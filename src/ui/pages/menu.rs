//! Menus: lists to choose from, filtered by typing.

use tui_input::Input as Line;

use super::choice_cursor::ChoiceCursor;
use crate::export::ExportFormat;
use crate::guide::Topic;
use crate::review::event::EventId;
use crate::review::verdict::Verdict;
use crate::search::language::sort_order::SortKey;
use crate::text::fold::fold;
use crate::ui::keys::action::Action;
use crate::ui::keys::key::Key;
use crate::ui::review::LeaveTo;

/// A list to choose from, filtered by typing.
#[derive(Clone, Debug)]
pub struct Menu {
    /// The kind of menu.
    pub kind: MenuKind,
    /// The title, or the question.
    pub title: String,
    /// The typed filter.
    pub filter: Line,
    /// All items.
    pub items: Vec<MenuItem>,
    /// The chosen one of the items that match the filter.
    pub cursor: ChoiceCursor,
}

/// The kind of a menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuKind {
    /// The keys in force.
    Help,
    /// Texts to copy.
    CopyWhat,
    /// Reasons for a rejection. A digit chooses at once.
    Reasons,
    /// A question. A digit chooses at once, and so does the letter of yes or no.
    Confirm,
    /// Tags. A typed one can become a new tag.
    Tags,
    /// Ways to leave with unsaved work. A digit chooses at once.
    Unsaved,
    /// Review rounds.
    Rounds,
    /// Sort keys.
    Order,
}

impl MenuKind {
    /// The maximum size of the menu in columns and rows. The list stays visible next to the menu of sort keys.
    #[must_use]
    pub const fn size(self) -> (u16, u16) {
        match self {
            Self::Order => (52, 15),
            Self::Reasons | Self::Confirm | Self::Unsaved | Self::Tags => (60, 14),
            Self::Rounds => (72, 16),
            Self::Help | Self::CopyWhat => (72, 30),
        }
    }

    /// Returns `true` if a digit chooses an item at once.
    #[must_use]
    pub const fn has_digits(self) -> bool {
        matches!(self, Self::Reasons | Self::Confirm | Self::Unsaved)
    }
}

/// One item of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuItem {
    /// The first column: keys, a digit, a sign.
    pub key: String,
    /// The description.
    pub title: String,
    /// The effect of choosing it; `None` for a heading.
    pub choice: Option<MenuChoice>,
}

impl MenuItem {
    /// A heading, which cannot be chosen.
    #[must_use]
    pub fn heading(title: &str) -> Self {
        Self { key: String::new(), title: title.to_owned(), choice: None }
    }

    /// An item that can be chosen.
    #[must_use]
    pub fn new(key: impl Into<String>, title: impl Into<String>, choice: MenuChoice) -> Self {
        Self { key: key.into(), title: title.into(), choice: Some(choice) }
    }
}

/// The effect of choosing an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MenuChoice {
    /// Run an action.
    Act(Action),
    /// Run an action with an argument.
    ActOn(Action, String),
    /// Select the row with this number, counted from 1.
    GoToRow(usize),
    /// Copy a text.
    Copy(String),
    /// Write the chosen records to a file in a format.
    WriteAs(String, ExportFormat),
    /// Put a query into the prompt.
    Query(&'static str),
    /// Open a topic of the guide; `None` lists the topics.
    Guide(Option<Topic>),
    /// Sort by a key.
    SortBy(SortKey),
    /// Something about the review.
    Review(ReviewChoice),
}

/// The effect of choosing an item of a review menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewChoice {
    /// Do nothing.
    Nothing,
    /// Repair the damaged store.
    Repair,
    /// Open the store again, after its file was replaced.
    OpenAgain,
    /// Reject records.
    Reject(Vec<String>, Rejection),
    /// Give a verdict on records.
    Verdict(Verdict, Vec<String>),
    /// Begin a round over records, continuing another round.
    Begin(Vec<String>, Option<EventId>),
    /// Work in this round.
    Round(EventId),
    /// Set a tag on a record, or remove it.
    Tag(String, String),
    /// Ask whether to close the round.
    AskToClose,
    /// Close the round.
    Close,
    /// Reopen the round.
    Reopen,
    /// Leave the review.
    Leave,
    /// Write unsaved work to a file.
    Keep,
    /// Leave without saving.
    Go(LeaveTo),
}

/// The reason given with a rejection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// No reason.
    WithoutReason,
    /// One of the configured reasons.
    Reason(String),
    /// A reason as free text, which is asked for next.
    InWords,
}

impl Menu {
    /// A menu with its first item chosen.
    #[must_use]
    pub fn new(kind: MenuKind, title: String, items: Vec<MenuItem>) -> Self {
        let mut menu = Self { kind, title, filter: Line::default(), items, cursor: ChoiceCursor::default() };
        menu.choose_first();
        menu
    }

    /// The effect of a digit, or of the letter of yes or no, in a menu where these choose.
    #[must_use]
    pub fn shortcut(&self, key: Key) -> Option<MenuChoice> {
        let typed = key.typed().filter(|_| self.kind.has_digits())?;
        let by_key = self.items.iter().find(|item| item.key == typed.to_string());
        let item = match typed.to_digit(10) {
            _ if by_key.is_some() => by_key?,
            // Yes and no have letters: their digits are their places.
            Some(digit) => {
                let item = self.items.get((digit as usize).checked_sub(1)?)?;
                Some(item).filter(|item| item.key.parse::<u32>().is_err())?
            }
            // In either language: fingers do not switch with the screen.
            None if matches!(typed, 'j' | 'J' | 'y' | 'Y') => self.letter(&["j", "y"])?,
            None if matches!(typed, 'n' | 'N') => self.letter(&["n"])?,
            None => return None,
        };
        item.choice.clone()
    }

    /// The item with one of these keys.
    fn letter(&self, keys: &[&str]) -> Option<&MenuItem> {
        self.items.iter().find(|item| keys.contains(&item.key.as_str()))
    }

    /// Chooses the first matching item that can be chosen.
    pub fn choose_first(&mut self) {
        self.cursor = ChoiceCursor::first(&self.choosable());
    }

    /// Moves the cursor by a number of items, of which `height` are shown.
    pub fn move_by(&mut self, by: isize, height: usize) {
        let choosable = self.choosable();
        self.cursor.move_by(by, height, &choosable);
    }

    /// The effect of the chosen item.
    #[must_use]
    pub fn chosen(&self) -> Option<MenuChoice> {
        self.matching().get(self.cursor.at)?.choice.clone()
    }

    fn choosable(&self) -> Vec<bool> {
        self.matching().iter().map(|item| item.choice.is_some()).collect()
    }

    /// The items that match the filter: every typed word occurs in title or key. Headings are shown only without a
    /// filter.
    #[must_use]
    pub fn matching(&self) -> Vec<&MenuItem> {
        let typed = fold(self.filter.value());
        if typed.trim().is_empty() {
            return self.items.iter().collect();
        }
        let fits = |item: &MenuItem| {
            let text = fold(&format!("{} {}", item.key, item.title));
            item.choice.is_some() && typed.split_whitespace().all(|word| text.contains(word))
        };
        self.items.iter().filter(|item| fits(item)).collect()
    }
}
