//! The facts of a round, for queries that ask for them.

use std::sync::Arc;

use super::review_error::ReviewError;
use super::review_store::{self, StoreLocation};
use crate::cli::app::CliContext;
use crate::cli::error::CliError;
use crate::domain::catalogue::Catalogue;
use crate::domain::reviewed::Reviewed;
use crate::review::facts::facts;

/// The review facts of a catalogue's records in the current round.
///
/// # Errors
/// When there is no store or no round, or it cannot be read.
pub fn reviewed(app: &mut CliContext<'_>, catalogue: &Arc<Catalogue>) -> Result<Arc<Reviewed>, CliError> {
    let path = review_store::store_path(app)?;
    if !path.exists() {
        return Err(ReviewError::NoRounds.into());
    }
    let place = StoreLocation::open_read_only(app, None)?;
    let round = place.round()?;
    let comparison = place.compare(app, catalogue, round)?;
    Ok(Arc::new(facts(catalogue, place.session.journal(), round, &comparison, 1)))
}
