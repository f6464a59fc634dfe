//! Output: copies, links, files.

use super::common::popups;
use crate::domain::catalogue::Row;
use crate::domain::catalogue::record::Record;
use crate::domain::schema::FieldKind;
use crate::export::{ENDINGS, ExportFormat, render};
use crate::i18n::Lang;
use crate::text::printable::printable_lines;
use crate::ui::event::{Effect, RecordsToWrite, Request, WriteError};
use crate::ui::keys::action::OutputAction;
use crate::ui::pages::input_line::InputPurpose;
use crate::ui::pages::menu::{MenuChoice, MenuItem, MenuKind};
use crate::ui::pages::text_page::PagerKind;
use crate::ui::record_detail::record_detail;
use crate::ui::state::{Focus, State};

/// Runs an action of the output family.
pub(super) fn act(state: &mut State, action: OutputAction) {
    match action {
        OutputAction::Copy => copy(state),
        OutputAction::CopyMenu => open_copy_menu(state),
        OutputAction::OpenLink => open_link(state),
        OutputAction::Write => ask_where_to_write(state),
    }
}

/// `y`: copies the chosen ids; in the detail the chosen field. The text is shown alone until the next key, so that it
/// can be selected by hand where no clipboard is reached.
fn copy(state: &mut State) {
    let field = (state.focus == Focus::Detail)
        .then(|| record_detail(state)?.items.get(state.detail.field?).map(|item| item.raw.clone()))
        .flatten();
    let text = field.unwrap_or_else(|| state.chosen_ids().join("\n"));
    copy_text(state, &text);
}

/// Copies a text and shows it.
pub(super) fn copy_text(state: &mut State, text: &str) {
    if text.is_empty() {
        let words = state.words();
        return state.say(words.nothing_selected);
    }
    let text = printable_lines(text).into_owned();
    popups::open_pager(state, PagerKind::Copied(text.clone()));
    state.request(Request::Copy(text));
}

/// A command line that prints the records of the list in the same order.
fn command_line(state: &State) -> String {
    let mut words = vec!["diarium".to_owned(), "find".to_owned()];
    // Marks belong to this session: records shown because of them are named.
    let by_marks = state.marks.only || state.prompt.read.asks_for_marks();
    let query = if by_marks {
        let shown = state.results.rows.iter_hits().filter_map(|row| state.catalogue().record(row));
        shown.map(Record::id).collect::<Vec<_>>().join(" ")
    } else {
        state.query().trim().to_owned()
    };
    let is_option = query.starts_with('-');
    if !is_option && !query.is_empty() {
        words.push(for_shell(&query));
    }
    if !state.order.is_relevance() {
        words.push("--sort".to_owned());
        words.push(for_shell(&state.order.text(state.lang)));
    }
    words.extend(state.setup.options.iter().map(|word| for_shell(word)));
    if is_option {
        words.push("--".to_owned());
        words.push(for_shell(&query));
    }
    words.join(" ")
}

/// Quotes a word for a shell if necessary.
fn for_shell(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:,+=@%".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) && !word.starts_with('=') {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// `o`: shows and copies the address of the project's page.
fn open_link(state: &mut State) {
    let link = state.selected().and_then(|record| record.raw(FieldKind::Link)).map(str::to_owned);
    match link {
        Some(link) => copy_text(state, &link),
        None => {
            let words = state.words();
            state.say(words.nothing_to_open);
        }
    }
}

/// `w`: asks for the file.
fn ask_where_to_write(state: &mut State) {
    if state.results.rows.hits() == 0 && state.marks.ids.is_empty() {
        let words = state.words();
        return state.say(words.nothing_selected);
    }
    popups::ask_line(state, "", InputPurpose::File);
}

/// Writes the marked records, else the matches shown, in the format of the file extension. In Swedish, a CSV file is
/// written after a question: a Swedish Excel reads another form than other programs.
pub(super) fn write(state: &mut State, path: &str) {
    let path = path.trim();
    if path.is_empty() {
        return;
    }
    let (rows, wanted) = rows_to_write(state);
    if rows.is_empty() {
        // None of the marked records is left: the file would contain only a heading.
        let said = state.words().written_none(wanted);
        return state.say(said);
    }
    match ExportFormat::from_path(path, state.lang) {
        None => {
            let said = state.words().unknown_ending(path, ENDINGS);
            state.say(said);
            popups::ask_line(state, path, InputPurpose::File);
        }
        Some(ExportFormat::Csv) if state.lang == Lang::Swedish => {
            let words = state.words();
            let item =
                |key, title, format| MenuItem::new(key, title, MenuChoice::WriteAs(path.to_owned(), format));
            let items = vec![
                item("1", words.csv_for_excel, ExportFormat::CsvExcel),
                item("2", words.csv_for_programs, ExportFormat::Csv),
            ];
            popups::open_question(state, MenuKind::Confirm, words.csv_for_whom.to_owned(), items);
        }
        Some(format) => write_as(state, path, format),
    }
}

/// Writes the marked records, else the matches shown, in a format.
pub(super) fn write_as(state: &mut State, path: &str, format: ExportFormat) {
    let (rows, wanted) = rows_to_write(state);
    state.writing = Some((rows.len(), wanted));
    let records = RecordsToWrite { format, catalogue: state.loaded.catalogue.clone(), rows };
    state.effects.push(Effect::Write { path: path.to_owned(), records });
}

/// The marked records that are still in the data, else the matches shown; and how many were asked for.
fn rows_to_write(state: &State) -> (Vec<Row>, usize) {
    if state.marks.ids.is_empty() {
        let rows: Vec<_> = state.results.rows.iter_hits().collect();
        let count = rows.len();
        return (rows, count);
    }
    let ids = state.chosen_ids();
    (ids.iter().filter_map(|id| state.catalogue().row_of(id)).collect(), ids.len())
}

/// Says what became of a file. After a failure its path can be corrected and tried again.
pub(super) fn say_written(state: &mut State, result: Result<String, WriteError>) {
    let words = state.words();
    match result {
        Ok(path) => {
            let said = match state.writing.take() {
                Some((written, wanted)) => words.written_to(&path, written, wanted),
                None => format!("{}: {path}", words.written),
            };
            state.say(said);
        }
        Err(WriteError { path, reason }) => {
            let why = reason.sentence(&words);
            state.say(format!("{}: {path}: {why}", words.not_written));
            if state.popup.is_none() {
                state.say(why);
                popups::ask_line(state, &path, InputPurpose::File);
            }
        }
    }
}

/// Opens the menu of texts to copy: parts of the selected record, and the search as a command line.
fn open_copy_menu(state: &mut State) {
    let words = state.words();
    let record = state.selected();
    let field = record_detail(state).and_then(|page| Some(page.items.get(state.detail.field?)?.raw.clone()));
    let link = record.and_then(|record| record.raw(FieldKind::Link)).map(str::to_owned);
    let render = |form| render(form, std::iter::once(record?)).ok();
    let ids = state.results.answer.as_ref().and_then(|answer| answer.ids.as_ref());
    let missing = ids.map(|ids| ids.missing.join("\n"));
    let command_line = command_line(state);
    let offers = [
        (words.missing_ids_whole, missing),
        (words.field, field),
        ("id", record.map(|record| record.id().to_owned())),
        (words.name, record.map(|record| record.name().to_owned())),
        (words.record_text, render(ExportFormat::Text)),
        (words.record_json, render(ExportFormat::Json)),
        (words.record_tsv, render(ExportFormat::Tsv)),
        (words.link, link),
        (words.command_line, Some(command_line)),
    ];
    let items = offers
        .into_iter()
        .filter_map(|(title, text)| text.filter(|text| !text.is_empty()).map(|text| (title, text)))
        .map(|(title, text)| MenuItem::new("", title, MenuChoice::Copy(text)))
        .collect();
    popups::open_menu(state, MenuKind::CopyWhat, items);
}
