//! Cuts the text of a query into words, phrases and operators. Knows no tree; [`super::parse`] builds it.

use std::ops::Range;

use super::query::{MAX_TERMS, QueryProblem, QueryProblemKind, Term, TermForm};

/// Brackets inside brackets beyond this count as text.
const MAX_DEPTH: usize = 16;

/// A piece of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Range<usize>,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Term(Term),
    /// `|`
    Bar,
    /// `OR`, `ELLER`: text where nothing stands before it.
    OrWord(Term),
    /// `!`
    Bang,
    /// `NOT`, `INTE`: text where nothing follows.
    NotWord(Term),
    Open,
    Close,
}

/// A query that is being read.
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    terms: usize,
    problems: Vec<QueryProblem>,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, depth: 0, terms: 0, problems: Vec::new() }
    }

    /// What could not be read so far.
    pub(super) fn into_problems(self) -> Vec<QueryProblem> {
        self.problems
    }

    /// The next token; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Token> {
        loop {
            let rest = self.text.get(self.at..)?;
            let trimmed = rest.trim_start();
            let start = self.at + (rest.len() - trimmed.len());
            let first = trimmed.chars().next()?;
            let one = |kind| Some(Token { kind, span: start..start + first.len_utf8() });
            self.at = start + first.len_utf8();
            match first {
                '|' => return one(TokenKind::Bar),
                '!' => return one(TokenKind::Bang),
                '(' if self.depth < MAX_DEPTH => {
                    self.depth += 1;
                    return one(TokenKind::Open);
                }
                ')' if self.depth > 0 => {
                    self.depth -= 1;
                    return one(TokenKind::Close);
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

    /// The rest of a phrase whose opening quote has been read; `None` where it is empty.
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
        self.term(&words.join(" "), TermForm::Exact, start..self.at)
    }

    /// A word with its operators, from its first character on.
    fn word(&mut self, start: usize) -> Option<Token> {
        let rest = self.text.get(start..).unwrap_or_default();
        let depth = self.depth;
        let ends = |c: char| c.is_whitespace() || c == '|' || (c == ')' && depth > 0);
        let word = rest.find(ends).and_then(|end| rest.get(..end)).unwrap_or(rest);
        self.at = start + word.len();
        let span = start..self.at;
        match word {
            "OR" | "ELLER" => {
                return Some(Token { kind: TokenKind::OrWord(Term::new(word, TermForm::Plain)), span });
            }
            "NOT" | "INTE" => {
                return Some(Token { kind: TokenKind::NotWord(Term::new(word, TermForm::Plain)), span });
            }
            _ => {}
        }
        let (text, form) = word_form(word);
        self.term(text, form, span)
    }

    fn term(&mut self, text: &str, form: TermForm, span: Range<usize>) -> Option<Token> {
        if text.is_empty() {
            self.problem(span, QueryProblemKind::EmptyTerm);
            return None;
        }
        self.terms += 1;
        if self.terms > MAX_TERMS {
            if self.terms == MAX_TERMS + 1 {
                self.problem(span, QueryProblemKind::TooManyTerms);
            }
            return None;
        }
        Some(Token { kind: TokenKind::Term(Term::new(text, form)), span })
    }

    fn problem(&mut self, span: Range<usize>, kind: QueryProblemKind) {
        self.problems.push(QueryProblem { span, kind });
    }
}

/// A word without its operators, and what they say.
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
        // A comma after a word comes with a pasted list; it says nothing about the word.
        _ => match word.trim_end_matches([',', ';']) {
            "" => (word, TermForm::Plain),
            text => (text, TermForm::Plain),
        },
    }
}

/// Straight quotes, and the ones that word processors make of them.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '”' | '“' | '„')
}
