//! `diarium stats [QUERY]`: counts and sums of the matching records, grouped by field.

mod data;
mod text;

use super::app::CliContext;
use super::args::Format;
use super::error::CliError;
use crate::cli::run_query::{FindResult, Needs};
use crate::cli::status::Status;
use crate::domain::catalogue::Row;
use crate::search::index::Index;
use crate::search::language::filter_field::FilterField;
use crate::search::language::query_context::QueryContext;
use crate::search::language::sort_order::SortOrder;
use crate::search::results::facets::FACETS;
use crate::search::results::stats;
use crate::search::results::stats::{Stats, Sums};

const FORMATS: &[Format] = &[Format::Text, Format::Csv, Format::Tsv, Format::Json];

/// Arguments of the command.
#[derive(Clone, Debug)]
pub struct StatsOf {
    /// Arguments of the query, joined as the shell passed them.
    pub query: Vec<String>,
    /// Fields to group by. Empty: the facets of the screen.
    pub by: Vec<String>,
}

/// Computed statistics.
struct StatsResult {
    whole: Sums,
    by: Vec<Stats>,
    /// The fields were named by the user and are shown with all values.
    chosen: bool,
}

/// Runs the command. Similar records are not counted.
///
/// # Errors
/// If no source is readable, a field is unknown or cannot group records, or the output cannot be written.
pub fn run(app: &mut CliContext<'_>, asked: &StatsOf) -> Result<Status, CliError> {
    let format = app.format(FORMATS, Format::Text)?;
    if !app.options.fields.is_empty() {
        return Err(CliError::FieldsNotHere);
    }
    let fields = fields(&asked.by)?;
    let asks_for_review = fields.iter().flatten().any(|field| field.is_of_review());
    let needs = if asks_for_review { Needs::Review } else { Needs::OnlyWhatIsAsked };
    let Some(FindResult { index, answer, .. }) =
        crate::cli::run_query::found_with(app, &asked.query, &SortOrder::default(), needs)?
    else {
        return Ok(Status::Interrupted);
    };
    crate::cli::run_query::explain(app, &answer, false)?;
    let inside = answer.hits.iter().filter(|hit| !hit.is_outside_the_filter());
    let rows: Vec<Row> = inside.map(|hit| hit.row).collect();
    let counted = count(&index, &rows, fields, answer.query.context());
    match format {
        Format::Json => data::json(app, answer.query.text(), &index, &counted)?,
        Format::Csv | Format::Tsv => data::list(app, format, &index, &counted)?,
        _ if rows.is_empty() => {}
        _ => text::print(app, &index, &counted)?,
    }
    Ok(if rows.is_empty() { Status::Nothing } else { Status::Done })
}

fn count(index: &Index, rows: &[Row], fields: Option<Vec<FilterField>>, basis: &QueryContext) -> StatsResult {
    let chosen = fields.is_some();
    let all = || FACETS.iter().copied().filter(|field| !field.is_of_review());
    let by = fields.unwrap_or_else(|| all().collect());
    let by = by.into_iter().map(|field| stats::by(index, rows, field, basis)).collect();
    StatsResult { whole: stats::whole(index, rows), by, chosen }
}

/// The fields with these names; `None` if no name is given.
fn fields(names: &[String]) -> Result<Option<Vec<FilterField>>, CliError> {
    let fields =
        names.iter().map(|name| crate::cli::run_query::group_field(name)).collect::<Result<Vec<_>, _>>()?;
    Ok((!fields.is_empty()).then_some(fields))
}
