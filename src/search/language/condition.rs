//! Conditions on fields, as a query spells them: `region:norr`, `budget:20mkr..`, `has:text`, `is:ongoing`.
//! Reads one from the text and knows what it means; knows no records.

use std::ops::Range;

use super::field::{FieldError, QueryField, nearest, plain};
use super::interval;
use super::interval::{Interval, IntervalError, Relation};
use super::lexer::is_quote;
use super::query::QueryProblemKind;
use super::query_context::QueryContext;
use crate::domain::reviewed::{GONE, ReviewState};
use crate::domain::schema::ValueType;

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Condition {
    /// What it demands.
    pub(crate) test: Test,
    /// The name as it was typed.
    pub(crate) name: String,
    pub(crate) operator: Operator,
    /// The values as they were typed, without quotes.
    pub(crate) values: Vec<String>,
}

/// What a condition demands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Test {
    /// The field holds, or is, one of the values.
    Texts { field: QueryField, whole: bool },
    /// The field lies in one of these.
    Intervals { field: QueryField, intervals: Vec<Interval> },
    /// One of these fields has a value.
    Has(Vec<QueryField>),
    /// The record is in one of these states.
    Is(Vec<StateCondition>),
}

/// A state that a record can be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StateCondition {
    /// It has begun and not ended.
    Ongoing,
    /// It has ended.
    Ended,
    /// It has not begun.
    Upcoming,
    /// It is of strategic importance.
    Strategic,
    /// It is marked in the list.
    Marked,
    /// Reviewers have decided on it.
    Decided,
    /// It is in this state as far as the review is concerned.
    Review(ReviewState),
}

impl Test {
    /// Whether it asks what reviewers have said.
    pub(crate) fn asks_for_review(&self) -> bool {
        let is_of_review = |field: &QueryField| matches!(field, QueryField::Review(_));
        match self {
            Self::Texts { field, .. } => is_of_review(field),
            Self::Has(fields) => fields.iter().any(is_of_review),
            Self::Is(standings) => standings.iter().any(|standing| standing.is_of_review()),
            Self::Intervals { .. } => false,
        }
    }
}

/// What stands between name and values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Colon,
    Equals,
    Less,
    AtMost,
    More,
    AtLeast,
}

/// The names of states: Swedish, English, and other words for the same.
const STANDINGS: &[(StateCondition, &[&str])] = &[
    (StateCondition::Ongoing, &["pågående", "ongoing", "pågår"]),
    (StateCondition::Ended, &["avslutad", "ended", "avslutat", "avslutade"]),
    (StateCondition::Upcoming, &["kommande", "upcoming", "ejstartat"]),
    (StateCondition::Strategic, &["strategisk", "strategic", "strategiska"]),
    (StateCondition::Marked, &["markerad", "marked", "markerade"]),
    (StateCondition::Decided, &["granskad", "decided", "granskade", "done"]),
    (StateCondition::Review(ReviewState::Undecided), &["ogranskad", "undecided", "ejgranskad"]),
    (StateCondition::Review(ReviewState::Reviewed), &["genomgången", "reviewed"]),
    (StateCondition::Review(ReviewState::Approved), &["godkänd", "approved"]),
    (StateCondition::Review(ReviewState::Rejected), &["underkänd", "rejected"]),
    (StateCondition::Review(ReviewState::Pending), &["utreds", "pending"]),
    (StateCondition::Review(ReviewState::Disputed), &["olikabedömd", "disputed"]),
    (StateCondition::Review(ReviewState::Awaiting), &["väntar", "awaiting"]),
    (StateCondition::Review(ReviewState::Starred), &["bevakad", "starred", "bevakas"]),
    (StateCondition::Review(ReviewState::Changed), &["ändrad", "changed"]),
    (StateCondition::Review(ReviewState::New), &["tillkommen", "new", "ny"]),
];

impl StateCondition {
    /// All states, in the order in which they are offered.
    pub fn all() -> impl Iterator<Item = Self> {
        STANDINGS.iter().map(|(standing, _)| *standing)
    }

    /// Its name in Swedish and in English.
    #[must_use]
    pub fn names(self) -> [&'static str; 2] {
        let row = STANDINGS.iter().find(|(standing, _)| *standing == self);
        row.map_or(["", ""], |(_, names)| [names[0], names[1]])
    }

    /// Whether it is a matter of the review.
    pub(crate) const fn is_of_review(self) -> bool {
        matches!(self, Self::Decided | Self::Review(_))
    }

    fn of_name(typed: &str) -> Result<Self, Option<&'static str>> {
        let typed = plain(typed);
        let is_called =
            |names: &[&str], fits: &dyn Fn(&str) -> bool| names.iter().any(|name| fits(&plain(name)));
        if let Some((standing, _)) =
            STANDINGS.iter().find(|(_, names)| is_called(names, &|name| name == typed))
        {
            return Ok(*standing);
        }
        let begins = |name: &str| !typed.is_empty() && name.starts_with(&typed);
        let mut begun = STANDINGS.iter().filter(|(_, names)| is_called(names, &begins));
        match (begun.next(), begun.next()) {
            (Some((standing, _)), None) => Ok(*standing),
            _ => Err(nearest(&typed, STANDINGS.iter().flat_map(|(_, names)| names.iter().copied()))),
        }
    }
}

/// Whether two names mean the same state.
pub(crate) fn is_same_standing(one: &str, other: &str) -> bool {
    StateCondition::of_name(one).is_ok_and(|standing| StateCondition::of_name(other) == Ok(standing))
}

impl Operator {
    /// As it is typed.
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

/// A piece of a query's text that is a condition, whole or half typed.
#[derive(Debug)]
pub(crate) struct LexedCondition {
    /// How many bytes it has.
    pub(crate) len: usize,
    /// Whether its last quote is not closed.
    pub(crate) is_open: bool,
    /// What it says; what is the matter with it, and where in it.
    pub(crate) read: Result<Read, (Range<usize>, QueryProblemKind)>,
}

/// A condition that can be asked.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) condition: Condition,
    /// Written with `!=`.
    pub(crate) is_negated: bool,
}

/// What a name before an operator is about.
enum Subject {
    Field(QueryField),
    Has,
    Is,
}

/// Reads the condition that a text begins with. `Ok(None)`: it begins with none; `Err`: with a word that looks like
/// one, but there is no such field.
///
/// `in_brackets`: a closing bracket ends it.
pub(crate) fn read(
    text: &str,
    in_brackets: bool,
    basis: &QueryContext,
) -> Result<Option<LexedCondition>, (Range<usize>, QueryProblemKind)> {
    let Some((name, operator, is_negated, start)) = head(text) else { return Ok(None) };
    let rest = text.get(start..).unwrap_or_default();
    let subject = match plain(name).as_str() {
        "has" | "har" => Subject::Has,
        "is" | "ar" => Subject::Is,
        _ => match QueryField::of_name(name) {
            Ok(field) => Subject::Field(field),
            // An address, a time, a title with a colon: text.
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
    let (values, len, is_open) = values(rest, in_brackets, keeps_commas);
    let spans: Vec<Range<usize>> =
        values.iter().map(|(_, span)| span.start + start..span.end + start).collect();
    let values: Vec<String> = values.into_iter().map(|(value, _)| value).collect();
    let test = if values.is_empty() {
        Err((0..start + len, QueryProblemKind::MissingValue))
    } else {
        test(&subject, operator, &values, &spans, basis)
    };
    let test = test.and_then(|test| {
        let needs_review = test.asks_for_review() && !basis.reviewed.is_open();
        if needs_review { Err((0..start + len, QueryProblemKind::NoReview)) } else { Ok(test) }
    });
    let read = test.map(|test| Read {
        condition: Condition { test, name: name.to_owned(), operator, values },
        is_negated,
    });
    Ok(Some(LexedCondition { len: start + len, is_open, read }))
}

/// The name, the operator, whether it is negated, and where the values begin.
fn head(text: &str) -> Option<(&str, Operator, bool, usize)> {
    let is_name = |c: char| {
        c.is_alphanumeric() || matches!(c, '_' | '-') || unicode_normalization::char::is_combining_mark(c)
    };
    let end = text.find(|c: char| !is_name(c))?;
    let (name, rest) = text.split_at_checked(end)?;
    let looks_like_name = name.chars().next().is_some_and(char::is_alphabetic) && name.chars().count() >= 2;
    if !looks_like_name {
        return None;
    }
    // `:>=100` is written too.
    let (after_colon, colon) = rest.strip_prefix(':').map_or((rest, 0), |rest| (rest, 1));
    let signs = [
        ("<=", Operator::AtMost, false),
        (">=", Operator::AtLeast, false),
        ("!=", Operator::Equals, true),
        ("<", Operator::Less, false),
        (">", Operator::More, false),
        ("=", Operator::Equals, false),
    ];
    let found = signs.into_iter().find(|(sign, ..)| after_colon.starts_with(sign));
    let (len, operator, negated) = match found {
        Some((sign, operator, negated)) => (sign.len() + colon, operator, negated),
        None if colon == 1 => (1, Operator::Colon, false),
        None => return None,
    };
    Some((name, operator, negated, end + len))
}

/// The values that a text begins with, parted by commas, each with its place, how long they are in all, and whether a
/// quote is still open.
fn values(text: &str, in_brackets: bool, keeps_commas: bool) -> (Vec<(String, Range<usize>)>, usize, bool) {
    let mut values = Vec::new();
    let (mut value, mut start) = (String::new(), 0);
    let mut quoted = false;
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    let mut end = text.len();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let is_decimal = keeps_commas && before.is_ascii_digit() && next.is_some_and(|c| c.is_ascii_digit());
        match c {
            quote if is_quote(quote) => quoted = !quoted,
            _ if quoted => value.push(c),
            ',' if !is_decimal => {
                push(&mut values, &mut value, start..at);
                start = at + 1;
            }
            _ if c.is_whitespace() || c == '|' || (c == ')' && in_brackets) => {
                end = at;
                break;
            }
            _ => value.push(c),
        }
        before = c;
    }
    push(&mut values, &mut value, start..end);
    (values, end, quoted)
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
    basis: &QueryContext,
) -> Result<Test, (Range<usize>, QueryProblemKind)> {
    let each = values.iter().zip(spans);
    match subject {
        Subject::Has => {
            let field = |(value, span): (&String, &Range<usize>)| {
                QueryField::of_name(value).map_err(|why| (span.clone(), unknown(why)))
            };
            each.map(field).collect::<Result<_, _>>().map(Test::Has)
        }
        Subject::Is => {
            let standing = |(value, span): (&String, &Range<usize>)| {
                StateCondition::of_name(value).map_err(|meant| {
                    let is_gone = GONE.contains(&value.to_lowercase().as_str());
                    let unknown = QueryProblemKind::UnknownStanding(meant);
                    (span.clone(), if is_gone { QueryProblemKind::Gone } else { unknown })
                })
            };
            each.map(standing).collect::<Result<_, _>>().map(Test::Is)
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
                interval::read(text, operator.comparison(), value, basis.today).map_err(|why| {
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
    /// As it is typed; what needs quotes has them.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.name, self.operator.sign())?;
        for (at, value) in self.values.iter().enumerate() {
            let comma = if at > 0 { "," } else { "" };
            write!(f, "{comma}{}", quoted(value))?;
        }
        Ok(())
    }
}

/// A value as it stands in a query: in quotes where it needs them.
#[must_use]
pub fn quoted(value: &str) -> String {
    let is_plain =
        |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '+' | '%' | '/' | '_' | '#' | '~' | '&');
    let may_begin = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '+');
    if value.chars().next().is_some_and(may_begin) && value.chars().all(is_plain) {
        value.to_owned()
    } else {
        // A quotation mark cannot stand inside quotes; where one is missing the value is still found by the rest.
        format!("\"{}\"", value.replace(is_quote, " ").split_whitespace().collect::<Vec<_>>().join(" "))
    }
}
