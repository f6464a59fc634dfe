//! How a review stands and what has happened in it, as a text to read: counts, what has come and gone, the audit log.

use super::{PageLine, PageLook, wrapped};
use crate::domain::privacy::mask_personal_numbers;
use crate::domain::reviewed::{ReviewState, utc};
use crate::i18n::{Lang, review_state};
use crate::review::event::Event;
use crate::review::facts::of_verdict;
use crate::review::verdict::Verdict;
use crate::ui::review::{OpenReview, Review};
use crate::ui::review_words::event_in_words;
use crate::ui::state::State;

/// More events are for `diarium review log`.
const MOST_EVENTS: usize = 500;

/// The lines of the page, in so many columns.
pub(crate) fn lines(state: &State, columns: usize) -> Vec<PageLine> {
    let Review::Open(review) = &state.review else { return Vec::new() };
    let mut page = ReviewPage { lines: Vec::new(), columns };
    head(review, state, &mut page);
    let comparison = &review.comparison;
    let [gone, changed, new] = state.lang.choose(
        ["Utgångna (inte bland det som lästs in)", "Ändrade efter granskning", "Tillkomna"],
        ["Gone (not among what is loaded)", "Changed since review", "New"],
    );
    page.ids(gone, comparison.gone.iter());
    page.ids(changed, comparison.changed.keys());
    page.ids(new, comparison.new.iter());
    log(review, state, &mut page);
    page.lines
}

struct ReviewPage {
    lines: Vec<PageLine>,
    columns: usize,
}

impl ReviewPage {
    fn say(&mut self, text: &str, look: PageLook) {
        self.lines.extend(wrapped(text, look, self.columns));
    }

    fn heading(&mut self, text: &str) {
        self.lines.push(PageLine { text: String::new(), look: PageLook::Text });
        self.say(text, PageLook::Heading);
    }

    fn ids<'a>(&mut self, title: &str, ids: impl ExactSizeIterator<Item = &'a String>) {
        let count = ids.len();
        if count == 0 {
            return;
        }
        self.heading(&format!("{title}: {count}"));
        let shown: Vec<&str> = ids.take(MOST_EVENTS).map(String::as_str).collect();
        let more = if count > shown.len() { format!(" … +{}", count - shown.len()) } else { String::new() };
        self.say(&format!("{}{more}", shown.join("  ")), PageLook::Text);
    }
}

/// Name, purpose, and how far it has come.
fn head(review: &OpenReview, state: &State, page: &mut ReviewPage) {
    let (words, lang) = (state.words(), state.lang);
    let Some(round) = review.round() else {
        return page
            .say(lang.choose("Ingen omgång är påbörjad.", "No round has been begun."), PageLook::Quiet);
    };
    page.say(round.name(), PageLook::Heading);
    if !round.purpose.is_empty() {
        page.say(&round.purpose, PageLook::Text);
    }
    let tally = &review.tally;
    page.say(&format!("{} {}", words.decided, words.count(tally.done, tally.records)), PageLook::Text);
    let decided = Verdict::ALL.iter().map(|verdict| of_verdict(*verdict)).zip(tally.decided);
    let open = [
        (ReviewState::Pending, tally.pending),
        (ReviewState::Disputed, tally.disputed),
        (ReviewState::Awaiting, tally.awaiting),
        (ReviewState::Undecided, tally.undecided),
    ];
    for (standing, count) in decided.chain(open).filter(|(_, count)| *count > 0) {
        page.say(&format!("{count:>7}  {}", review_state(standing, lang)), PageLook::Text);
    }
    if let Some(closing) = &round.closing {
        let closed = lang.choose("avslutad och låst", "closed");
        let said = format!("{closed}: {} {}, SHA-256 {}", closing.person, utc(closing.time), closing.hash);
        page.say(&said, PageLook::Text);
    }
}

/// What has happened in the round, the latest first.
fn log(review: &OpenReview, state: &State, page: &mut ReviewPage) {
    let Some(round) = review.round else { return };
    page.heading(state.lang.choose("Händelselogg, det senaste först", "Audit log, the latest first"));
    let own = || review.journal.events().rev().filter(|event| event.round == round);
    for event in own().take(MOST_EVENTS) {
        let is_undone = !review.journal.is_in_force(event.action);
        page.say(&in_a_line(event, is_undone, state.lang), PageLook::Text);
    }
    if let Some(more) = own().count().checked_sub(MOST_EVENTS).filter(|more| *more > 0) {
        page.say(&format!("… +{more}: diarium review log"), PageLook::Quiet);
    }
}

fn in_a_line(event: &Event, is_undone: bool, lang: Lang) -> String {
    let undone = if is_undone { lang.choose(" (ångrat)", " (undone)") } else { "" };
    let said = event_in_words(event, lang).replace('\n', " / ");
    // Somebody may have saved one all the same.
    let said = mask_personal_numbers(&said).map_or(said.clone(), |(masked, _)| masked);
    let record = event.record.as_deref().unwrap_or("–");
    let (time, person) = (utc(event.time), &event.author.person);
    format!("{time}  {person}  {record}  {said}{undone}")
}
