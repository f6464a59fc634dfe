//! Reads the text of a query into its tree. Never fails; see [`super::query`] for what comes out.
//!
//! Fields (`region:norr`) and ranges are read as plain words as yet: their place is [`word`].

use std::ops::Range;

use crate::domain::diarienummer::Diarienummer;

use super::query::{Clause, MAX_TERMS, Node, Query, QueryProblem, QueryProblemKind, Term, TermForm};

/// Brackets inside brackets beyond this count as text.
const MAX_DEPTH: usize = 16;

#[derive(Clone, Debug, PartialEq, Eq)]
struct Token {
    kind: TokenKind,
    span: Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum TokenKind {
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

/// Reads a query.
pub(super) fn parse(text: &str) -> Query {
    let mut lexer = Lexer { text, at: 0, depth: 0, terms: 0, problems: Vec::new() };
    let mut tokens = Vec::new();
    while let Some(token) = lexer.next() {
        tokens.push(token);
    }
    let alone = tokens.len() == 1;
    let mut parser = Parser { tokens: tokens.into_iter().peekable(), alone, problems: lexer.problems };
    let (clauses, _) = parser.clauses(0);
    let mut problems = parser.problems;
    problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
    Query::new(text, clauses, problems)
}

/// The whole ids that a text lists, each once, with or without an "or" between them; none unless there are at
/// least two and nothing else.
pub(super) fn pasted_ids(text: &str) -> Vec<String> {
    let pieces = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'))
        .map(|piece| piece.trim_matches(|c| is_quote(c) || c == '\''))
        .filter(|piece| !matches!(*piece, "" | "|" | "OR" | "ELLER"));
    let mut ids: Vec<String> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for piece in pieces {
        let Some(id) = whole_id(piece) else { return Vec::new() };
        if seen.insert(id.clone()) {
            ids.push(id);
        }
    }
    if ids.len() < 2 { Vec::new() } else { ids }
}

/// The normalised id that a text is, in whatever spelling, `#2` and stable keys included.
pub(super) fn whole_id(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let (number, ordinal) = match typed.split_once('#') {
        Some((number, ordinal)) if !ordinal.is_empty() && ordinal.bytes().all(|b| b.is_ascii_digit()) => {
            (number, Some(ordinal))
        }
        Some(_) => return None,
        None => (typed, None),
    };
    let id = match Diarienummer::read_loose(number) {
        Some(id) => id.as_str().to_owned(),
        None => stable_key(number)?,
    };
    Some(match ordinal {
        Some(ordinal) => format!("{id}#{ordinal}"),
        None => id,
    })
}

/// `~1a2b3c4d`. The sign may not be left out: eight such letters are a word or a number too.
fn stable_key(typed: &str) -> Option<String> {
    let hex = typed.trim().strip_prefix('~')?;
    let is_key = hex.len() == 8 && hex.bytes().all(|b| b.is_ascii_hexdigit());
    is_key.then(|| format!("~{}", hex.to_ascii_lowercase()))
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '”' | '“' | '„')
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    terms: usize,
    problems: Vec<QueryProblem>,
}

impl Lexer<'_> {
    fn next(&mut self) -> Option<Token> {
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
        let inside = match rest.find(is_quote) {
            Some(end) => {
                let inside = rest.get(..end).unwrap_or_default();
                let quote = rest.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
                self.at += end + quote;
                inside
            }
            None => {
                self.at = self.text.len();
                self.problem(start..self.at, QueryProblemKind::UnclosedQuote);
                rest
            }
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

struct Parser<I: Iterator<Item = Token>> {
    tokens: std::iter::Peekable<I>,
    /// Whether there is only one token.
    alone: bool,
    problems: Vec<QueryProblem>,
}

impl<I: Iterator<Item = Token>> Parser<I> {
    /// Everything up to the closing bracket, whose end comes with it, or up to the end of the text.
    fn clauses(&mut self, depth: usize) -> (Vec<Clause>, Option<usize>) {
        let mut clauses: Vec<Clause> = Vec::new();
        while let Some(token) = self.tokens.next() {
            match token.kind {
                TokenKind::Close if depth > 0 => return (clauses, Some(token.span.end)),
                TokenKind::Close => {}
                TokenKind::Bar => self.or(&mut clauses, token.span, depth),
                TokenKind::OrWord(_) if !clauses.is_empty() => self.or(&mut clauses, token.span, depth),
                _ => clauses.extend(self.operand(token, depth)),
            }
        }
        (clauses, None)
    }

    /// Joins what follows an `or` to what stands before it.
    fn or(&mut self, clauses: &mut Vec<Clause>, span: Range<usize>, depth: usize) {
        let next = self.tokens.next_if(is_operand);
        let right = next.and_then(|token| self.operand(token, depth));
        match (clauses.pop(), right) {
            (Some(mut left), Some(right)) => {
                left.span.end = right.span.end;
                left.node = match left.node {
                    Node::Any(mut nodes) => {
                        nodes.push(right.node);
                        Node::Any(nodes)
                    }
                    node => Node::Any(vec![node, right.node]),
                };
                clauses.push(left);
            }
            (left, right) => {
                self.problem(span, QueryProblemKind::MissingAlternative);
                clauses.extend(left);
                clauses.extend(right);
            }
        }
    }

    fn problem(&mut self, span: Range<usize>, kind: QueryProblemKind) {
        self.problems.push(QueryProblem { span, kind });
    }

    fn operand(&mut self, token: Token, depth: usize) -> Option<Clause> {
        let Token { kind, span } = token;
        match kind {
            TokenKind::Term(term) | TokenKind::OrWord(term) => Some(Clause { node: Node::Term(term), span }),
            TokenKind::NotWord(term) if self.alone => Some(Clause { node: Node::Term(term), span }),
            TokenKind::Bang | TokenKind::NotWord(_) => self.excluded(span, depth),
            TokenKind::Open => self.group(span, depth),
            TokenKind::Close | TokenKind::Bar => None,
        }
    }

    /// What follows `!`.
    fn excluded(&mut self, span: Range<usize>, depth: usize) -> Option<Clause> {
        // A second exclamation mark takes the first one back.
        let mut excludes = true;
        while self.tokens.next_if(|token| token.kind == TokenKind::Bang).is_some() {
            excludes = !excludes;
        }
        let next = self.tokens.next_if(|token| is_operand(token) && !is_not_word(token));
        let Some(operand) = next.and_then(|token| self.operand(token, depth)) else {
            self.problem(span, QueryProblemKind::NothingToExclude);
            return None;
        };
        let span = span.start..operand.span.end;
        let node = if excludes { Node::Not(Box::new(operand.node)) } else { operand.node };
        Some(Clause { node, span })
    }

    /// What follows an opening bracket; nothing where there is nothing in it.
    fn group(&mut self, open: Range<usize>, depth: usize) -> Option<Clause> {
        let (mut inner, closed) = self.clauses(depth + 1);
        let end = closed.or(inner.last().map(|clause| clause.span.end)).unwrap_or(open.end);
        let span = open.start..end;
        if closed.is_none() {
            self.problem(span.clone(), QueryProblemKind::UnclosedBracket);
        }
        if inner.len() > 1 {
            let nodes = inner.into_iter().map(|clause| clause.node).collect();
            return Some(Clause { node: Node::All(nodes), span });
        }
        inner.pop().map(|clause| Clause { node: clause.node, span })
    }
}

fn is_operand(token: &Token) -> bool {
    !matches!(token.kind, TokenKind::Close | TokenKind::Bar)
}

fn is_not_word(token: &Token) -> bool {
    matches!(token.kind, TokenKind::NotWord(_))
}
