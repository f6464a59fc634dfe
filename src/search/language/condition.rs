//! Conditions on fields: `region:norr`, `budget:20mkr..`, `has:text`, `is:ongoing`.

use std::ops::Range;

use super::field::{FieldError, QueryField, nearest, plain};
use super::interval;
use super::interval::{Interval, IntervalError, Relation};
use super::problem::QueryProblemKind;
use super::query_context::QueryContext;
use super::quote::is_quote;
use crate::domain::reviewed::{GONE, ReviewState};
use crate::domain::schema::ValueType;
use crate::i18n::Bilingual;

/// A condition on a field or on the state of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Condition {
    pub(crate) test: Test,
    /// The field name as typed.
    pub(crate) name: String,
    pub(crate) operator: Operator,
    /// The values as typed, without quotes.
    pub(crate) values: Vec<String>,
}

/// The test that a condition applies to a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Test {
    /// The field contains one of the values, or equals one if `whole`.
    Texts { field: QueryField, whole: bool },
    /// The field is within one of the intervals.
    Intervals { field: QueryField, intervals: Vec<Interval> },
    /// At least one of the fields has a value.
    Has(Vec<QueryField>),
    /// The record is in at least one of the states.
    Is(Vec<StateCondition>),
    /// The record is like one of the records or texts.
    Like,
}

/// A state of a record, as `is:` tests it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StateCondition {
    /// The project has started and not ended.
    Ongoing,
    /// The project has ended.
    Ended,
    /// The project has not started.
    Upcoming,
    /// The project is of strategic importance.
    Strategic,
    /// The record is marked in the list.
    Marked,
    /// Reviewers have given their verdict.
    Decided,
    /// The record has this state in the review.
    Review(ReviewState),
}

impl Test {
    /// Returns `true` if the test depends on the review.
    pub(crate) fn asks_for_review(&self) -> bool {
        let is_of_review = |field: &QueryField| matches!(field, QueryField::Review(_));
        match self {
            Self::Texts { field, .. } => is_of_review(field),
            Self::Has(fields) => fields.iter().any(is_of_review),
            Self::Is(states) => states.iter().any(|state| state.is_of_review()),
            Self::Intervals { .. } | Self::Like => false,
        }
    }
}

/// The comparison between a field and its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Colon,
    Equals,
    Less,
    AtMost,
    More,
    AtLeast,
}

/// The names of each state: Swedish, English, then synonyms.
const STATE_NAMES: &[(StateCondition, &[&str])] = &[
    (StateCondition::Ongoing, &["pågående", "ongoing", "pågår"]),
    (StateCondition::Ended, &["avslutad", "ended", "avslutat", "avslutade"]),
    (StateCondition::Upcoming, &["kommande", "upcoming", "ejstartat"]),
    (StateCondition::Strategic, &["strategisk", "strategic", "strategiska"]),
    (StateCondition::Marked, &["markerad", "marked", "markerade"]),
    (StateCondition::Decided, &["granskad", "decided", "granskade", "done"]),
    (StateCondition::Review(ReviewState::Undecided), &["ogranskad", "undecided", "ejgranskad"]),
    (StateCondition::Review(ReviewState::Reviewed), &["genomgånget", "reviewed", "genomgången"]),
    (StateCondition::Review(ReviewState::Approved), &["godkänt", "approved", "godkänd"]),
    (StateCondition::Review(ReviewState::Rejected), &["underkänt", "rejected", "underkänd"]),
    (StateCondition::Review(ReviewState::Pending), &["utreds", "pending"]),
    (StateCondition::Review(ReviewState::Disputed), &["olikabedömd", "disputed"]),
    (StateCondition::Review(ReviewState::Awaiting), &["väntar", "awaiting"]),
    (StateCondition::Review(ReviewState::Starred), &["bevakad", "starred", "bevakas"]),
    (StateCondition::Review(ReviewState::Changed), &["ändrad", "changed"]),
    (StateCondition::Review(ReviewState::New), &["tillkommen", "new", "ny"]),
];

impl StateCondition {
    /// All states in the order of completion.
    pub fn all() -> impl Iterator<Item = Self> {
        STATE_NAMES.iter().map(|(state, _)| *state)
    }

    /// The name in both languages.
    #[must_use]
    pub fn names(self) -> Bilingual {
        let row = STATE_NAMES.iter().find(|(state, _)| *state == self);
        row.map_or(Bilingual::default(), |(_, names)| Bilingual::new(names[0], names[1]))
    }

    /// Returns `true` if the state depends on the review.
    pub(crate) const fn is_of_review(self) -> bool {
        matches!(self, Self::Decided | Self::Review(_))
    }

    fn from_name(typed: &str) -> Result<Self, Option<&'static str>> {
        let typed = plain(typed);
        let is_called =
            |names: &[&str], fits: &dyn Fn(&str) -> bool| names.iter().any(|name| fits(&plain(name)));
        if let Some((state, _)) =
            STATE_NAMES.iter().find(|(_, names)| is_called(names, &|name| name == typed))
        {
            return Ok(*state);
        }
        let begins = |name: &str| !typed.is_empty() && name.starts_with(&typed);
        let mut begun = STATE_NAMES.iter().filter(|(_, names)| is_called(names, &begins));
        match (begun.next(), begun.next()) {
            (Some((state, _)), None) => Ok(*state),
            _ => Err(nearest(&typed, STATE_NAMES.iter().flat_map(|(_, names)| names.iter().copied()))),
        }
    }
}

/// Returns `true` if two names mean the same state.
pub(crate) fn is_same_state(one: &str, other: &str) -> bool {
    StateCondition::from_name(one).is_ok_and(|state| StateCondition::from_name(other) == Ok(state))
}

impl Operator {
    /// The operator as typed.
    pub(crate) const fn sign(self) -> &'static str {
        match self {
            Self::Colon => ":",
            Self::Equals => "=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
        }
    }

    const fn comparison(self) -> Relation {
        match self {
            Self::Colon | Self::Equals => Relation::Within,
            Self::Less => Relation::Less,
            Self::AtMost => Relation::AtMost,
            Self::More => Relation::More,
            Self::AtLeast => Relation::AtLeast,
        }
    }
}

/// A condition in the text of a query, complete or not.
#[derive(Debug)]
pub(crate) struct LexedCondition {
    /// Length in bytes.
    pub(crate) len: usize,
    /// `true` if the last quote is not closed.
    pub(crate) is_open: bool,
    /// The condition, or the problem with its span relative to the start of the condition.
    pub(crate) read: Result<Read, (Range<usize>, QueryProblemKind)>,
}

/// A complete condition.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) condition: Condition,
    /// `true` if written with `!=`.
    pub(crate) is_negated: bool,
}

/// The subject that a name before an operator refers to.
enum Subject {
    Field(QueryField),
    Has,
    Is,
    Like,
}

/// Reads the condition that a text begins with; `Ok(None)` if the text begins with something else.
///
/// A closing bracket ends the condition if `in_brackets`.
///
/// # Errors
/// If the text begins like a condition but its field name is unknown or ambiguous.
pub(crate) fn read(
    text: &str,
    in_brackets: bool,
    context: &QueryContext,
) -> Result<Option<LexedCondition>, (Range<usize>, QueryProblemKind)> {
    let Some(head) = ConditionHead::read(text) else { return Ok(None) };
    let ConditionHead { name, operator, is_negated, len: start } = head;
    let rest = text.get(start..).unwrap_or_default();
    let subject = match plain(name).as_str() {
        "has" | "har" => Subject::Has,
        "is" | "ar" => Subject::Is,
        "like" | "liknar" => Subject::Like,
        _ => match QueryField::from_name(name) {
            Ok(field) => Subject::Field(field),
            // URLs, times of day and titles with a colon are text.
            Err(_) if rest.starts_with("//") || rest.is_empty() || rest.starts_with(char::is_whitespace) => {
                return Ok(None);
            }
            Err(FieldError::Ambiguous) => return Err((0..name.len(), QueryProblemKind::AmbiguousField)),
            Err(FieldError::Unknown(meant)) => {
                return Err((0..name.len(), QueryProblemKind::UnknownField(meant)));
            }
        },
    };
    let keeps_commas = match &subject {
        Subject::Field(field) => matches!(field.value_type(), ValueType::Amount | ValueType::Percent),
        _ => false,
    };
    let ValueList { values, len, is_open, .. } = ValueList::read(rest, in_brackets, keeps_commas);
    let spans: Vec<Range<usize>> =
        values.iter().map(|(_, span)| span.start + start..span.end + start).collect();
    let values: Vec<String> = values.into_iter().map(|(value, _)| value).collect();
    let test = if values.is_empty() {
        Err((0..start + len, QueryProblemKind::MissingValue))
    } else {
        test(&subject, operator, &values, &spans, context)
    };
    let test = test.and_then(|test| {
        let needs_review = test.asks_for_review() && !context.reviewed.is_open();
        if needs_review { Err((0..start + len, QueryProblemKind::NoReview)) } else { Ok(test) }
    });
    let read = test.map(|test| Read {
        condition: Condition { test, name: name.to_owned(), operator, values },
        is_negated,
    });
    Ok(Some(LexedCondition { len: start + len, is_open, read }))
}

/// The beginning of a condition: name and operator.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ConditionHead<'a> {
    pub(crate) name: &'a str,
    operator: Operator,
    /// `true` for `!=`.
    is_negated: bool,
    /// Length in bytes, up to the first value.
    pub(crate) len: usize,
}

impl<'a> ConditionHead<'a> {
    /// Reads the head that a text begins with; `None` if the text begins with no name and operator.
    pub(crate) fn read(text: &'a str) -> Option<Self> {
        let is_name = |c: char| {
            c.is_alphanumeric() || matches!(c, '_' | '-') || unicode_normalization::char::is_combining_mark(c)
        };
        let end = text.find(|c: char| !is_name(c))?;
        let (name, rest) = text.split_at_checked(end)?;
        let looks_like_name =
            name.chars().next().is_some_and(char::is_alphabetic) && name.chars().nth(1).is_some();
        if !looks_like_name {
            return None;
        }
        let (operator, is_negated, len) = read_operator(rest)?;
        Some(Self { name, operator, is_negated, len: end + len })
    }
}

/// The operator that a text begins with, `true` if it negates, and its length in bytes.
fn read_operator(text: &str) -> Option<(Operator, bool, usize)> {
    // `:>=100` is accepted as well.
    let (after_colon, colon) = text.strip_prefix(':').map_or((text, 0), |rest| (rest, 1));
    let signs = [
        ("<=", Operator::AtMost, false),
        (">=", Operator::AtLeast, false),
        ("!=", Operator::Equals, true),
        ("<", Operator::Less, false),
        (">", Operator::More, false),
        ("=", Operator::Equals, false),
    ];
    let found = signs.into_iter().find(|(sign, ..)| after_colon.starts_with(sign));
    match found {
        Some((sign, operator, is_negated)) => Some((operator, is_negated, sign.len() + colon)),
        None => (colon == 1).then_some((Operator::Colon, false, 1)),
    }
}

/// The comma-separated values of a condition.
#[derive(Debug)]
pub(crate) struct ValueList {
    /// Each non-empty value without its quotes, with its span in bytes.
    values: Vec<(String, Range<usize>)>,
    /// Length of the list in bytes.
    len: usize,
    /// `true` if the last quote is not closed.
    is_open: bool,
    /// Start of the last value in bytes; the value may be empty.
    pub(crate) last_start: usize,
}

impl ValueList {
    /// Reads the values that a text begins with.
    ///
    /// A closing bracket ends the list if `in_brackets`. A comma between digits belongs to the value if
    /// `keeps_commas`.
    pub(crate) fn read(text: &str, in_brackets: bool, keeps_commas: bool) -> Self {
        let mut list = Self { values: Vec::new(), len: text.len(), is_open: false, last_start: 0 };
        let mut value = String::new();
        let mut before = ' ';
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|(_, c)| *c);
            let is_decimal =
                keeps_commas && before.is_ascii_digit() && next.is_some_and(|c| c.is_ascii_digit());
            match c {
                quote if is_quote(quote) => list.is_open = !list.is_open,
                _ if list.is_open => value.push(c),
                ',' if !is_decimal => {
                    push(&mut list.values, &mut value, list.last_start..at);
                    list.last_start = at + 1;
                }
                _ if c.is_whitespace() || c == '|' || (c == ')' && in_brackets) => {
                    list.len = at;
                    break;
                }
                _ => value.push(c),
            }
            before = c;
        }
        push(&mut list.values, &mut value, list.last_start..list.len);
        list
    }
}

fn push(values: &mut Vec<(String, Range<usize>)>, value: &mut String, span: Range<usize>) {
    let text = value.split_whitespace().collect::<Vec<_>>().join(" ");
    value.clear();
    if !text.is_empty() {
        values.push((text, span));
    }
}

fn test(
    subject: &Subject,
    operator: Operator,
    values: &[String],
    spans: &[Range<usize>],
    context: &QueryContext,
) -> Result<Test, (Range<usize>, QueryProblemKind)> {
    let each = values.iter().zip(spans);
    match subject {
        Subject::Has => {
            let field = |(value, span): (&String, &Range<usize>)| {
                QueryField::from_name(value).map_err(|why| (span.clone(), unknown(why)))
            };
            each.map(field).collect::<Result<_, _>>().map(Test::Has)
        }
        Subject::Like if operator.comparison() != Relation::Within => {
            let all = spans.first().map_or(0..0, Range::clone);
            Err((all, QueryProblemKind::NotComparable))
        }
        Subject::Like => Ok(Test::Like),
        Subject::Is => {
            let state = |(value, span): (&String, &Range<usize>)| {
                StateCondition::from_name(value).map_err(|meant| {
                    let is_gone = GONE.contains(&value.to_lowercase().as_str());
                    let unknown = QueryProblemKind::UnknownState(meant);
                    (span.clone(), if is_gone { QueryProblemKind::Gone } else { unknown })
                })
            };
            each.map(state).collect::<Result<_, _>>().map(Test::Is)
        }
        Subject::Field(field) => {
            let value = field.value_type();
            let unreadable = match value {
                ValueType::Date => QueryProblemKind::UnreadableDate,
                ValueType::Amount => QueryProblemKind::UnreadableAmount,
                ValueType::Count | ValueType::Percent => QueryProblemKind::UnreadableNumber,
                _ if operator.comparison() != Relation::Within => {
                    let all = spans.first().map_or(0..0, Range::clone);
                    return Err((all, QueryProblemKind::NotComparable));
                }
                _ => return Ok(Test::Texts { field: *field, whole: operator == Operator::Equals }),
            };
            let interval = |(text, span): (&String, &Range<usize>)| {
                interval::read(text, operator.comparison(), value, context.today).map_err(|why| {
                    let kind = match why {
                        IntervalError::Unreadable => unreadable,
                        IntervalError::MixedCurrencies => QueryProblemKind::MixedCurrencies,
                    };
                    (span.clone(), kind)
                })
            };
            let intervals = each.map(interval).collect::<Result<_, _>>()?;
            Ok(Test::Intervals { field: *field, intervals })
        }
    }
}

fn unknown(why: FieldError) -> QueryProblemKind {
    match why {
        FieldError::Unknown(meant) => QueryProblemKind::UnknownField(meant),
        FieldError::Ambiguous => QueryProblemKind::AmbiguousField,
    }
}

impl std::fmt::Display for Condition {
    /// Writes the condition in query syntax, with quotes where needed.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.name, self.operator.sign())?;
        for (at, value) in self.values.iter().enumerate() {
            let comma = if at > 0 { "," } else { "" };
            write!(f, "{comma}{}", quoted(value))?;
        }
        Ok(())
    }
}

/// Quotes a value for a query if it needs quotes.
#[must_use]
pub fn quoted(value: &str) -> String {
    let is_plain =
        |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '+' | '%' | '/' | '_' | '#' | '~' | '&');
    let may_begin = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '+');
    if value.chars().next().is_some_and(may_begin) && value.chars().all(is_plain) {
        value.to_owned()
    } else {
        // Quotes cannot be escaped inside quotes; the value is found without them.
        format!("\"{}\"", value.replace(is_quote, " ").split_whitespace().collect::<Vec<_>>().join(" "))
    }
}
