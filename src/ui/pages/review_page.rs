//! The review page: progress of the round, records that are gone, changed or new, and the audit log.

use super::text_page::{PageLine, PageLook, wrapped};
use crate::domain::reviewed::{ReviewState, utc};
use crate::i18n::{Words, review_state};
use crate::review::event::Event;
use crate::review::verdict::Verdict;
use crate::ui::review::OpenReview;
use crate::ui::review_words::event_in_words;

/// Maximum number of events shown; `diarium review log` lists all.
const MOST_EVENTS: usize = 500;

/// The lines of the page in `columns` columns.
pub(crate) fn lines(review: &OpenReview, words: &Words, columns: usize) -> Vec<PageLine> {
    let mut page = ReviewPage { lines: Vec::new(), columns };
    head(review, words, &mut page);
    let comparison = &review.comparison;
    page.ids(words.gone_heading, comparison.gone.iter());
    page.ids(words.changed_heading, comparison.changed.keys());
    page.ids(words.new_heading, comparison.new.iter());
    log(review, words, &mut page);
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
        self.lines.push(PageLine::blank());
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

/// Name and purpose of the round, its counts, and how it was closed.
fn head(review: &OpenReview, words: &Words, page: &mut ReviewPage) {
    let Some(round) = review.round() else { return page.say(words.no_round, PageLook::Quiet) };
    page.say(round.name(), PageLook::Heading);
    if !round.purpose.is_empty() {
        page.say(&round.purpose, PageLook::Text);
    }
    let tally = &review.tally;
    page.say(&format!("{} {}", words.decided, words.count(tally.done, tally.records)), PageLook::Text);
    let decided = Verdict::ALL.iter().map(|verdict| ReviewState::from(*verdict)).zip(tally.decided);
    let open = [
        (ReviewState::Pending, tally.pending),
        (ReviewState::Disputed, tally.disputed),
        (ReviewState::Awaiting, tally.awaiting),
        (ReviewState::Undecided, tally.undecided),
    ];
    for (standing, count) in decided.chain(open).filter(|(_, count)| *count > 0) {
        page.say(&format!("{count:>7}  {}", review_state(standing, words.lang)), PageLook::Text);
    }
    if let Some(closing) = &round.closing {
        page.say(&words.closed_by(&closing.person, &utc(closing.time), &closing.hash), PageLook::Text);
    }
}

/// The events of the round, the latest first.
fn log(review: &OpenReview, words: &Words, page: &mut ReviewPage) {
    let Some(round) = review.round else { return };
    page.heading(words.audit_log);
    let own = || review.journal.events().rev().filter(|event| event.round == round);
    for event in own().take(MOST_EVENTS) {
        let mark = if review.journal.is_in_force(event.action) { "" } else { words.undone_mark };
        page.say(event_line(event, mark, words).trim_end(), PageLook::Text);
    }
    if let Some(more) = own().count().checked_sub(MOST_EVENTS).filter(|more| *more > 0) {
        page.say(&format!("… +{more}: diarium review log"), PageLook::Quiet);
    }
}

fn event_line(event: &Event, mark: &str, words: &Words) -> String {
    // A text may have been saved in spite of the warning.
    let event = event.masked();
    let said = event_in_words(&event, words.lang).replace('\n', " / ");
    let record = event.record.as_deref().unwrap_or("–");
    let (time, person) = (utc(event.time), &event.author.person);
    format!("{time}  {person}  {record}  {said} {mark}")
}
