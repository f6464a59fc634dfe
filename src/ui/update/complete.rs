//! Completing the word at the cursor: the first Tab takes the first candidate, each further one the next.

use super::common::search;
use crate::search::results::completion::{self, Candidate, CompletionKind, Completions};
use crate::ui::event::Effect;
use crate::ui::state::{CompletionCycle, State};

/// Tab in the prompt; `false` if there is nothing to complete.
pub(super) fn complete(state: &mut State) -> bool {
    if let Some(completing) = &mut state.prompt.completing {
        completing.at = (completing.at + 1) % completing.completions.candidates.len().max(1);
        show(state);
        return true;
    }
    let text = state.query().to_owned();
    let cursor = state.prompt.line.cursor();
    let cursor = text.char_indices().nth(cursor).map_or(text.len(), |(at, _)| at);
    match completion::completing(&text, cursor, state.lang) {
        CompletionKind::Not => return false,
        CompletionKind::Words(completions) => begin(state, completions),
        CompletionKind::Values => {
            let query = state.read(&text);
            state.effects.push(Effect::Complete { generation: state.results.asked, query, cursor });
        }
    }
    true
}

/// Takes candidates, unless the query has changed.
pub(super) fn take(state: &mut State, generation: u64, completions: Completions) {
    if generation != state.results.asked {
        return;
    }
    if completions.candidates.is_empty() {
        let words = state.words();
        return state.say(words.no_such_value);
    }
    begin(state, completions);
}

fn begin(state: &mut State, completions: Completions) {
    let text = state.query().to_owned();
    state.prompt.completing = Some(CompletionCycle { text, completions, at: 0 });
    show(state);
}

/// Puts the chosen candidate into the query and lists the others.
fn show(state: &mut State) {
    let Some(completing) = state.prompt.completing.clone() else { return };
    let CompletionCycle { text, completions, at } = &completing;
    let Some(candidate) = completions.candidates.get(*at) else { return };
    let mut whole = text.clone();
    if whole.get(completions.span.clone()).is_none() {
        return;
    }
    whole.replace_range(completions.span.clone(), &candidate.text);
    let cursor = completions.span.start + candidate.text.len();
    search::replace_query(state, &whole, cursor);
    let said = |(number, candidate): (usize, &Candidate)| {
        let count = candidate.count.map(|count| format!(" {count}")).unwrap_or_default();
        if number == *at {
            format!("[{}{count}]", candidate.text)
        } else {
            format!("{}{count}", candidate.text)
        }
    };
    let all: Vec<String> = completions.candidates.iter().enumerate().skip(*at).map(said).collect();
    if completions.candidates.len() == 1 {
        // A whole name: its value is typed next.
        state.message = completions.candidates[0].count.map(|_| all.join("  "));
        state.prompt.completing = None;
    } else {
        state.say(all.join("  "));
        state.prompt.completing = Some(completing);
    }
}
