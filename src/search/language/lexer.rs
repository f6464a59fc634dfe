//! Splits the text of a query into tokens. [`super::parser`] builds the tree.

use std::ops::Range;

use super::condition;
use super::condition::{LexedCondition, Read};
use super::problem::{MAX_QUERY, MAX_TERMS, MAX_WORD, QueryProblem, QueryProblemKind};
use super::query::{QueryPart, QueryPartKind};
use super::query_context::QueryContext;
use super::quote::is_quote;
use super::term::{Term, TermForm};

/// Maximum depth of nested brackets; deeper ones are ignored.
const MAX_DEPTH: usize = 16;

/// A token of a query.
#[derive(Debug)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) span: Range<usize>,
}

/// A kind of token.
#[derive(Debug)]
pub(crate) enum TokenKind {
    Term(Term),
    /// `region:norr`
    Condition(Read),
    /// `|`
    Bar,
    /// `OR`, `ELLER`: a word if nothing precedes it.
    OrWord(Term),
    /// `!`
    Bang,
    /// `NOT`, `INTE`: a word if nothing follows.
    NotWord(Term),
    Open,
    Close,
}

/// A lexer over the text of a query.
pub(crate) struct Lexer<'a> {
    text: &'a str,
    context: &'a QueryContext,
    at: usize,
    depth: usize,
    /// The number of open brackets that are ignored because they are nested too deeply.
    ignored: usize,
    terms: usize,
    /// The span of the newest word or condition.
    word: Range<usize>,
    parts: Vec<QueryPart>,
    problems: Vec<QueryProblem>,
}

impl<'a> Lexer<'a> {
    /// Starts at the beginning of a text, of which at most [`MAX_QUERY`] bytes are read.
    pub(crate) fn new(text: &'a str, context: &'a QueryContext) -> Self {
        let (parts, mut problems) = (Vec::new(), Vec::new());
        let longest = text.len().min(MAX_QUERY);
        let end = (0..=longest).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        if end < text.len() {
            problems.push(QueryProblem { span: end..text.len(), kind: QueryProblemKind::TooLong });
        }
        let text = text.get(..end).unwrap_or_default();
        Self { text, context, at: 0, depth: 0, ignored: 0, terms: 0, word: 0..0, parts, problems }
    }

    /// The span of the word or condition that ends with the text; `None` if the text ends with something else.
    pub(crate) fn last_word(text: &str) -> Option<Range<usize>> {
        let context = QueryContext::default();
        let mut lexer = Lexer::new(text, &context);
        while lexer.next().is_some() {}
        (!lexer.word.is_empty() && lexer.word.end == text.len()).then_some(lexer.word)
    }

    /// The parts to highlight and the problems.
    pub(crate) fn into_parts_and_problems(self) -> (Vec<QueryPart>, Vec<QueryProblem>) {
        (self.parts, self.problems)
    }

    /// The next token; `None` at the end.
    pub(crate) fn next(&mut self) -> Option<Token> {
        loop {
            let rest = self.text.get(self.at..)?;
            let trimmed = rest.trim_start();
            let start = self.at + (rest.len() - trimmed.len());
            let first = trimmed.chars().next()?;
            self.at = start + first.len_utf8();
            match first {
                '|' => return Some(self.sign(TokenKind::Bar, start)),
                '!' => return Some(self.sign(TokenKind::Bang, start)),
                '(' if self.depth < MAX_DEPTH => {
                    self.depth += 1;
                    return Some(self.sign(TokenKind::Open, start));
                }
                '(' => {
                    if self.ignored == 0 {
                        self.problem(start..self.at, QueryProblemKind::TooDeep);
                    }
                    self.ignored += 1;
                }
                ')' if self.ignored > 0 => self.ignored -= 1,
                ')' if self.depth > 0 => {
                    self.depth -= 1;
                    return Some(self.sign(TokenKind::Close, start));
                }
                quote if is_quote(quote) => {
                    if let Some(token) = self.phrase(start) {
                        return Some(token);
                    }
                }
                _ => {
                    if let Some(token) = self.word(start) {
                        return Some(token);
                    }
                }
            }
        }
    }

    /// An operator that ends at the current position.
    fn sign(&mut self, kind: TokenKind, start: usize) -> Token {
        let span = start..self.at;
        self.part(span.clone(), QueryPartKind::Operator);
        Token { kind, span }
    }

    fn part(&mut self, span: Range<usize>, kind: QueryPartKind) {
        self.parts.push(QueryPart { span, kind });
    }

    /// A phrase whose opening quote has been read; `None` if it is empty.
    fn phrase(&mut self, start: usize) -> Option<Token> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let inside = if let Some(end) = rest.find(is_quote) {
            let quote = rest.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            self.at += end + quote;
            rest.get(..end).unwrap_or_default()
        } else {
            self.at = self.text.len();
            self.problem(start..self.at, QueryProblemKind::UnclosedQuote);
            rest
        };
        let words: Vec<&str> = inside.split_whitespace().collect();
        self.part(start..self.at, QueryPartKind::Phrase);
        self.term(&words.join(" "), TermForm::Exact, start..self.at)
    }

    /// A word with its operators, or a condition.
    fn word(&mut self, start: usize) -> Option<Token> {
        let token = self.word_or_condition(start);
        self.word = start..self.at;
        token
    }

    fn word_or_condition(&mut self, start: usize) -> Option<Token> {
        let rest = self.text.get(start..).unwrap_or_default();
        let depth = self.depth;
        match condition::read(rest, depth > 0, self.context) {
            Ok(None) => {}
            Ok(Some(found)) => return self.condition(found, start),
            Err((span, kind)) => self.problem(start + span.start..start + span.end, kind),
        }
        let ends = |c: char| c.is_whitespace() || c == '|' || (c == ')' && depth > 0);
        let word = rest.find(ends).and_then(|end| rest.get(..end)).unwrap_or(rest);
        self.at = start + word.len();
        let span = start..self.at;
        // Pasted lists have commas after their words.
        let word = match word.trim_end_matches([',', ';']) {
            "" => word,
            text => text,
        };
        match word {
            "OR" | "ELLER" => {
                return Some(self.sign(TokenKind::OrWord(Term::new(word, TermForm::Plain)), start));
            }
            "NOT" | "INTE" => {
                return Some(self.sign(TokenKind::NotWord(Term::new(word, TermForm::Plain)), start));
            }
            _ => {}
        }
        let (text, form) = word_form(word);
        match text.char_indices().nth(MAX_WORD) {
            Some((end, _)) => {
                self.problem(span.clone(), QueryProblemKind::TooLong);
                self.term(text.get(..end).unwrap_or_default(), form, span)
            }
            None => self.term(text, form, span),
        }
    }

    /// A condition; `None` if it is incomplete.
    fn condition(&mut self, found: LexedCondition, start: usize) -> Option<Token> {
        self.at = start + found.len;
        let span = start..self.at;
        self.part(span.clone(), QueryPartKind::Condition);
        if found.is_open {
            self.problem(span.clone(), QueryProblemKind::UnclosedQuote);
        }
        match found.read {
            Ok(read) => self.is_one_more(&span).then_some(Token { kind: TokenKind::Condition(read), span }),
            Err((place, kind)) => {
                self.problem(start + place.start..start + place.end, kind);
                None
            }
        }
    }

    fn term(&mut self, text: &str, form: TermForm, span: Range<usize>) -> Option<Token> {
        if text.is_empty() {
            self.problem(span, QueryProblemKind::EmptyTerm);
            return None;
        }
        self.is_one_more(&span).then(|| Token { kind: TokenKind::Term(Term::new(text, form)), span })
    }

    /// Counts a word or condition; returns `false` if there are too many.
    fn is_one_more(&mut self, span: &Range<usize>) -> bool {
        self.terms += 1;
        if self.terms == MAX_TERMS + 1 {
            self.problem(span.clone(), QueryProblemKind::TooManyTerms);
        }
        self.terms <= MAX_TERMS
    }

    fn problem(&mut self, span: Range<usize>, kind: QueryProblemKind) {
        self.problems.push(QueryProblem { span, kind });
    }
}

/// A word without its operators, and the form that they mean.
fn word_form(word: &str) -> (&str, TermForm) {
    if let Some(exact) = word.strip_prefix('\'') {
        return (exact, TermForm::Exact);
    }
    let (text, start) = word.strip_prefix('^').map_or((word, false), |text| (text, true));
    let (text, end) = match text.strip_suffix('$') {
        Some(text) if !text.is_empty() => (text, true),
        _ => (text, false),
    };
    if start || end {
        return (text, TermForm::Anchored { start, end });
    }
    match word.strip_suffix('*') {
        Some(text) if !text.is_empty() => (text, TermForm::WordStart),
        _ => (word, TermForm::Plain),
    }
}
