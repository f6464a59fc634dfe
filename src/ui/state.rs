//! The whole state of one session, changed by `update` alone.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use tui_input::Input as Line;

use super::begun_note::BegunNote;
use super::drafts::Drafts;
use super::event::{Effect, Outcome, Request};
use super::keys::context::Context;
use super::keys::key::Key;
use super::layout::{self, Layout, Pane, View};
pub use super::layout::{Arrangement, Focus};
use super::load_state::{LoadCause, LoadState};
use super::motion::SelectionMotion;
use super::pages::Popup;
use super::pages::menu::MenuKind;
use super::pages::note_box::NoteBox;
use super::review::{Review, ReviewSetup};
use super::rows::Rows;
use super::theme::ThemeName;
use crate::domain::catalogue::Catalogue;
use crate::domain::catalogue::record::Record;
use crate::domain::diagnostic::DiagnosticCounts;
use crate::domain::reviewed::Reviewed;
use crate::domain::values::date::Date;
use crate::i18n::{Lang, Words};
use crate::loading::Loaded;
use crate::review::record_state::Note;
use crate::search::language::expansion::Expansion;
use crate::search::language::query::Query;
use crate::search::language::query_context::{QueryContext, Rates};
use crate::search::language::sort_order::SortOrder;
use crate::search::matching::answer::Answer;
use crate::search::matching::rank::Hit;
use crate::search::results::completion::Completions;
use crate::text::width::width;

/// Columns of a name beyond which the list does not become wider for it.
const MOST_NAME_COLUMNS: u16 = 70;

/// Records whose names decide the width of the list.
const MOST_NAMES: usize = 1_000;

/// The settings of a session.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The language at the start.
    pub lang: Lang,
    /// The date taken as today.
    pub today: Date,
    /// Exchange rates.
    pub rates: Rates,
    /// The words that are searched in addition to the typed ones.
    pub expansion: Expansion,
    /// `true` with `--pick`: chosen records are printed.
    pub pick: bool,
    /// `true` if the built-in records are shown.
    pub example_data: bool,
    /// The query at the start.
    pub query: String,
    /// The normalised id of a record to open at the start.
    pub open: Option<String>,
    /// Earlier queries, oldest first.
    pub history: Vec<String>,
    /// The review settings.
    pub review: ReviewSetup,
    /// The place of an earlier session when its connection was lost; `b` goes there.
    pub before: Option<Bookmark>,
    /// The options that say which records are read and how, for command lines to be copied.
    pub options: Vec<String>,
    /// A message at the start.
    pub greeting: Option<String>,
}

/// The prompt line.
#[derive(Clone, Debug, Default)]
pub struct Prompt {
    /// The text with its cursor.
    pub line: Line,
    /// `true` if the text is selected, so that typing replaces it.
    pub selected: bool,
    /// The earlier query shown, counted back from the newest, and the text typed before.
    pub recalled: Option<(usize, String)>,
    /// The parsed text.
    pub read: Query,
    /// The completion in progress, until another key is pressed.
    pub completing: Option<CompletionCycle>,
}

/// A completion in progress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompletionCycle {
    /// The query before it.
    pub text: String,
    /// The candidates.
    pub completions: Completions,
    /// The candidate shown.
    pub at: usize,
}

/// The newest answer, and the search in progress.
#[derive(Clone, Debug)]
pub struct Results {
    /// The number of the newest search.
    pub asked: u64,
    /// The number of the search that `answer` belongs to.
    pub answered: u64,
    /// The newest answer; `None` before the first.
    pub answer: Option<Arc<Answer>>,
    /// The rows of the list.
    pub rows: Rows,
}

/// The place in the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListPlace {
    /// The selected row.
    pub at: usize,
    /// The first line shown.
    pub top: usize,
}

/// The place in the detail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DetailPlace {
    /// The number of lines scrolled away.
    pub scroll: usize,
    /// The chosen field, counted among the fields of the record.
    pub field: Option<usize>,
    /// The chosen match, counted among the matches in the text.
    pub hit: Option<usize>,
    /// `true` if the detail has the full width.
    pub wide: bool,
}

/// Marked records, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// The ids of the marked records.
    pub ids: BTreeSet<String>,
    /// The id marked last, at which a range begins.
    pub anchor: Option<String>,
    /// `true` if only marked records are shown.
    pub only: bool,
    /// The number of marked records that the list does not show.
    pub hidden: usize,
}

/// A place to return to: what Esc and `b` bring back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bookmark {
    /// The query.
    pub query: String,
    /// The id of the selected record.
    pub id: Option<String>,
    /// `true` if it was open at full width.
    pub wide: bool,
}

/// The whole state.
#[derive(Debug)]
pub struct State {
    /// The settings.
    pub setup: Setup,
    /// The language in force.
    pub lang: Lang,
    /// The styles.
    pub theme: ThemeName,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The time of the newest event, in milliseconds since the start.
    pub now: u64,
    /// The records; empty until they are loaded.
    pub loaded: Loaded,
    /// The columns of their longest names, at most `MOST_NAME_COLUMNS`.
    pub name_columns: u16,
    /// The number of their diagnostics.
    pub tally: DiagnosticCounts,
    /// `true` if records can be searched.
    pub ready: bool,
    /// The running load, if any.
    pub load: LoadState,
    /// The part that receives the keys.
    pub focus: Focus,
    /// The arrangement of the panes.
    pub arrangement: Arrangement,
    /// The prompt.
    pub prompt: Prompt,
    /// Queries that were used, oldest first.
    pub history: Vec<String>,
    /// The results.
    pub results: Results,
    /// The wanted sort order.
    pub order: SortOrder,
    /// The place in the list.
    pub list: ListPlace,
    /// The place in the detail.
    pub detail: DetailPlace,
    /// Movement of the selection.
    pub motion: SelectionMotion,
    /// Marked records.
    pub marks: Marks,
    /// The review.
    pub review: Review,
    /// The saved review as queries read it.
    pub reviewed: Arc<Reviewed>,
    /// The number of the newest request about the review.
    pub review_token: u64,
    /// Unsaved notes by record.
    pub notes_begun: BTreeMap<String, NoteBox>,
    /// Drafts of notes on disk.
    pub drafts: Drafts,
    /// The popup over the panes.
    pub popup: Option<Popup>,
    /// The message in the bottom line, until the next key.
    pub message: Option<String>,
    /// The place before the present search.
    pub before: Option<Bookmark>,
    /// The place to go to once the newest search is answered.
    pub after_answer: Option<AfterAnswer>,
    /// The record that was selected when it left the data, until a key has been pressed since.
    pub left: Option<String>,
    /// The number of records being written to a file, and the number asked for.
    pub writing: Option<(usize, usize)>,
    /// Keys that wait for the newest search to be answered.
    pub waiting: VecDeque<Key>,
    /// The time of a Ctrl-C that had nothing to cancel.
    pub cancelled_at: Option<u64>,
    /// The words that are searched in addition to the typed ones; a key restricts the search to the typed letters.
    pub expansion: Expansion,
    /// The effects of the event being handled.
    pub(super) effects: Vec<Effect>,
}

/// The place to go to once a search is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AfterAnswer {
    /// Select this record.
    Select(String),
    /// Select this record on its line of the screen; if it is gone, the record now in its row.
    Stay {
        /// Its id.
        id: String,
        /// Its row in the list.
        at: usize,
    },
    /// Open this record at full width.
    Open(String),
}

impl State {
    /// The state at the start of a session.
    #[must_use]
    pub fn new(setup: Setup, nothing: Loaded) -> Self {
        let typing = setup.pick || !setup.query.is_empty();
        let line = Line::new(setup.query.clone());
        Self {
            lang: setup.lang,
            theme: ThemeName::default(),
            size: (0, 0),
            now: 0,
            loaded: nothing,
            name_columns: 0,
            tally: DiagnosticCounts::default(),
            ready: false,
            load: LoadState::begun(LoadCause::Start),
            focus: if typing { Focus::Prompt } else { Focus::List },
            arrangement: Arrangement::Auto,
            prompt: Prompt { line, ..Prompt::default() },
            history: setup.history.clone(),
            results: Results { asked: 1, answered: 0, answer: None, rows: Rows::default() },
            order: SortOrder::default(),
            list: ListPlace::default(),
            detail: DetailPlace::default(),
            motion: SelectionMotion::default(),
            marks: Marks::default(),
            review: if setup.review.at_start { Review::Opening } else { Review::Closed },
            reviewed: Arc::default(),
            review_token: 0,
            notes_begun: BTreeMap::new(),
            drafts: Drafts::default(),
            popup: None,
            message: setup.greeting.clone(),
            before: setup.before.clone(),
            after_answer: setup.open.clone().map(AfterAnswer::Open),
            left: None,
            writing: None,
            waiting: VecDeque::new(),
            cancelled_at: None,
            expansion: setup.expansion.clone(),
            effects: Vec::new(),
            setup,
        }
    }

    /// The words of the language in force.
    #[must_use]
    pub fn words(&self) -> Words {
        Words::of(self.lang)
    }

    /// The records.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.loaded.catalogue
    }

    /// The text of the query.
    #[must_use]
    pub fn query(&self) -> &str {
        self.prompt.line.value()
    }

    /// The part of the screen whose keys are in force.
    #[must_use]
    pub fn context(&self) -> Context {
        match (&self.popup, self.focus) {
            (Some(Popup::Menu(menu)), _) if menu.kind == MenuKind::Order => Context::Order,
            (Some(Popup::Menu(_) | Popup::Input(_)), _) => Context::Menu,
            (Some(Popup::Palette(_)), _) => Context::Palette,
            (Some(Popup::Pager(_)), _) => Context::Pager,
            (Some(Popup::Facets(_)), _) => Context::Facets,
            (Some(Popup::Note(_)), _) => Context::Note,
            (None, Focus::Prompt) => Context::Prompt,
            (None, Focus::List) => Context::List,
            (None, Focus::Detail) => Context::Detail,
        }
    }

    fn view(&self) -> View {
        let (size, arrangement) = (self.size, self.arrangement);
        View { size, arrangement, focus: self.focus, is_wide: self.detail.wide, names: self.name_columns }
    }

    /// The rectangles of the screen; `None` if the terminal is too small.
    #[must_use]
    pub fn layout(&self) -> Option<Layout> {
        layout::layout(self.view())
    }

    /// The rectangle of the facet panel.
    #[must_use]
    pub fn facet_pane(&self) -> Pane {
        layout::facet_panel(self.view())
    }

    /// Returns `true` if the newest search has not been answered yet.
    #[must_use]
    pub fn is_searching(&self) -> bool {
        self.results.asked != self.results.answered
    }

    /// Returns `true` if the rows are not in the requested order yet.
    #[must_use]
    pub fn is_sorting(&self) -> bool {
        self.results.answer.as_ref().is_some_and(|answer| answer.order != self.order)
    }

    /// The selected record.
    #[must_use]
    pub fn selected(&self) -> Option<Record<'_>> {
        self.catalogue().record(self.selected_hit()?.row)
    }

    /// The selected row.
    #[must_use]
    pub fn selected_hit(&self) -> Option<Hit> {
        self.results.rows.get(self.list.at)
    }

    /// The record that the detail shows.
    #[must_use]
    pub fn detailed(&self) -> Option<Record<'_>> {
        self.catalogue().record(self.motion.shown().or_else(|| Some(self.selected_hit()?.row))?)
    }

    /// The time at which the screen needs a clock event, in milliseconds since the start.
    #[must_use]
    pub fn wake_at(&self) -> Option<u64> {
        self.motion.rests_at().into_iter().chain(self.drafts.due()).min()
    }

    /// The id of the selected record.
    #[must_use]
    pub fn selected_id(&self) -> Option<String> {
        self.selected().map(|record| record.id().to_owned())
    }

    /// The records that an action applies to: the marked ones in the order of the list, else the selected one.
    #[must_use]
    pub fn chosen_ids(&self) -> Vec<String> {
        if self.marks.ids.is_empty() {
            return self.selected_id().into_iter().collect();
        }
        let shown = self.results.rows.iter().filter_map(|row| self.catalogue().record(row)).map(Record::id);
        let mut ids: Vec<String> =
            shown.filter(|id| self.marks.ids.contains(*id)).map(str::to_owned).collect();
        let shown = self.results.rows.to_set();
        let is_shown = |id: &str| self.catalogue().row_of(id).is_some_and(|row| shown.contains(row));
        ids.extend(self.marks.ids.iter().filter(|id| !is_shown(id)).cloned());
        ids
    }

    /// Measures the names of the records, after other records have been loaded.
    pub(super) fn measure_names(&mut self) {
        let names = self.catalogue().records().take(MOST_NAMES).map(|record| width(record.name()));
        let widest = names.max().unwrap_or(0);
        self.name_columns = u16::try_from(widest).unwrap_or(MOST_NAME_COLUMNS).min(MOST_NAME_COLUMNS);
    }

    /// Counts the marked records that the list does not show, after marks or rows have changed.
    pub(super) fn count_hidden_marks(&mut self) {
        let marked = self.marks.ids.iter().filter_map(|id| self.loaded.catalogue.row_of(id));
        let shown = if self.marks.ids.is_empty() { 0 } else { self.results.rows.count_shown(marked) };
        self.marks.hidden = self.marks.ids.len() - shown;
    }

    /// The user's own saved notes on a record, oldest first.
    #[must_use]
    pub fn own_notes(&self, record: &str) -> Vec<Note> {
        let review = self.review.opened();
        review.map_or_else(Vec::new, |review| review.own_notes(record, &self.setup.review.person))
    }

    /// The notes that are not saved.
    #[must_use]
    pub fn begun_notes(&self) -> Vec<BegunNote> {
        let open = match &self.popup {
            Some(Popup::Note(note)) if note.is_changed() => Some(&**note),
            _ => None,
        };
        open.into_iter().chain(self.notes_begun.values()).map(NoteBox::begun).collect()
    }

    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.message = Some(text.into());
    }

    pub(super) fn request(&mut self, request: Request) {
        self.effects.push(Effect::Terminal(request));
    }

    pub(super) fn quit(&mut self, outcome: Outcome) {
        self.request(Request::Quit(outcome));
    }

    /// Starts a search for the query in the prompt.
    pub(super) fn search(&mut self) {
        self.results.asked += 1;
        self.prompt.read = self.read(self.query());
        let query = self.prompt.read.clone();
        let order = self.order.clone();
        self.effects.push(Effect::Search { generation: self.results.asked, query, order });
    }

    /// Returns `true` if query or sort order depend on the review.
    pub(super) fn asks_for_review(&self) -> bool {
        self.prompt.read.asks_for_review() || self.order.asks_for_review()
    }

    /// Parses a query in the present context.
    pub(super) fn read(&self, text: &str) -> Query {
        let (today, rates, reviewed) = (self.setup.today, self.setup.rates, self.reviewed.clone());
        let expansion = self.expansion.clone();
        let basis = QueryContext { today, rates, expansion, reviewed, ..QueryContext::default() };
        let query = Query::parse_in(text, &basis);
        if query.asks_for_marks() {
            let marked = Arc::new(self.marks.ids.clone());
            return Query::parse_in(text, &QueryContext { marked, ..basis });
        }
        query
    }

    /// Puts a query into the prompt, the cursor at its end, and searches.
    pub(super) fn set_query(&mut self, query: &str) {
        self.prompt.line = Line::new(query.to_owned());
        self.prompt.selected = false;
        self.search();
    }
}
