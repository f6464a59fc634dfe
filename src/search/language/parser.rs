//! Parses the text of a query into a [`Query`]. Never fails.

use std::ops::Range;

use crate::domain::record_id::RecordId;
use crate::domain::schema::FieldKind;

use super::field::QueryField;
use super::lexer::{Lexer, Token, TokenKind};
use super::problem::{QueryProblem, QueryProblemKind};
use super::query::{Clause, Node, Query, QueryText};
use super::query_context::QueryContext;
use super::quote::is_quote;

impl Query {
    /// Parses a query without a current date, exchange rates, marks or a review.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self::parse_in(text, &QueryContext::default())
    }

    /// Parses a query in a context.
    #[must_use]
    pub fn parse_in(text: &str, context: &QueryContext) -> Self {
        parse(text, context)
    }
}

fn parse(text: &str, context: &QueryContext) -> Query {
    let mut lexer = Lexer::new(text, context);
    let mut tokens = Vec::new();
    while let Some(token) = lexer.next() {
        tokens.push(token);
    }
    let alone = tokens.len() == 1;
    let (parts, problems) = lexer.into_parts_and_problems();
    let mut parser = Parser { tokens: tokens.into_iter().peekable(), alone, problems };
    let (clauses, _) = parser.clauses(0);
    let mut problems = parser.problems;
    problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
    let pasted = pasted_ids(text);
    if !pasted.is_empty() {
        // A list of ids is looked up as a whole, however long.
        problems.clear();
    }
    let text = QueryText { text: text.to_owned(), pasted, parts, problems };
    Query::new(text, context.clone(), clauses)
}

/// The distinct ids of a text that is a list of at least two whole ids, with or without "or" between them and with or
/// without the heading of their column before them; otherwise none.
pub(crate) fn pasted_ids(text: &str) -> Vec<RecordId> {
    let pieces = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'))
        .map(|piece| piece.trim_matches(|c| is_quote(c) || c == '\''))
        .filter(|piece| !matches!(*piece, "" | "|" | "OR" | "ELLER"));
    let mut pieces = pieces.peekable();
    pieces.next_if(|piece| QueryField::from_name(piece) == Ok(QueryField::Known(FieldKind::Diarienummer)));
    let mut ids: Vec<RecordId> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for piece in pieces {
        let Some(id) = RecordId::read_loose(piece) else { return Vec::new() };
        if seen.insert(id.clone()) {
            ids.push(id);
        }
    }
    if ids.len() < 2 { Vec::new() } else { ids }
}

struct Parser<I: Iterator<Item = Token>> {
    tokens: std::iter::Peekable<I>,
    /// `true` if there is only one token.
    alone: bool,
    problems: Vec<QueryProblem>,
}

impl<I: Iterator<Item = Token>> Parser<I> {
    /// The clauses up to the closing bracket, with its end in bytes, or up to the end of the text.
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

    /// Joins the operand after an `or` to the clause before it.
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
            TokenKind::Condition(read) => {
                let node = Node::Condition(read.condition);
                let node = if read.is_negated { Node::Not(Box::new(node)) } else { node };
                Some(Clause { node, span })
            }
            TokenKind::NotWord(term) if self.alone => Some(Clause { node: Node::Term(term), span }),
            TokenKind::Bang | TokenKind::NotWord(_) => self.excluded(span, depth),
            TokenKind::Open => self.group(span, depth),
            TokenKind::Close | TokenKind::Bar => None,
        }
    }

    /// The operand after `!`.
    fn excluded(&mut self, span: Range<usize>, depth: usize) -> Option<Clause> {
        // Two exclamation marks cancel each other.
        let mut excludes = true;
        while self.tokens.next_if(|token| matches!(token.kind, TokenKind::Bang)).is_some() {
            excludes = !excludes;
        }
        let next = self.tokens.next_if(|token| is_operand(token) && !is_not_word(token));
        let Some(operand) = next.and_then(|token| self.operand(token, depth)) else {
            self.problem(span, QueryProblemKind::NothingToExclude);
            return None;
        };
        let span = span.start..operand.span.end;
        let node = match operand.node {
            // `!region!=norr` is a double negation.
            Node::Not(node) if excludes => *node,
            node if excludes => Node::Not(Box::new(node)),
            node => node,
        };
        Some(Clause { node, span })
    }

    /// The group after an opening bracket; `None` if it is empty.
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

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("\"en fras", QueryProblemKind::UnclosedQuote, "\"en fras")]
    #[case("(ett två", QueryProblemKind::UnclosedBracket, "(ett två")]
    #[case("å |", QueryProblemKind::MissingAlternative, "|")]
    #[case("| å", QueryProblemKind::MissingAlternative, "|")]
    #[case("å ELLER", QueryProblemKind::MissingAlternative, "ELLER")]
    #[case("å !", QueryProblemKind::NothingToExclude, "!")]
    #[case("å INTE", QueryProblemKind::NothingToExclude, "INTE")]
    #[case("å '", QueryProblemKind::EmptyTerm, "'")]
    #[case("^", QueryProblemKind::EmptyTerm, "^")]
    #[case("\"\"", QueryProblemKind::EmptyTerm, "\"\"")]
    fn what_is_half_typed_is_a_problem(
        #[case] text: &str,
        #[case] kind: QueryProblemKind,
        #[case] place: &str,
    ) {
        let query = Query::parse(text);
        let problems: Vec<_> =
            query.problems().iter().map(|problem| (problem.kind, text.get(problem.span.clone()))).collect();
        assert_eq!(problems, [(kind, Some(place))]);
    }

    #[rstest]
    // A word alone is no operator, nor are signs inside and after words.
    #[case("OR")]
    #[case("INTE")]
    #[case("C* 5\" a'b fem! $ *")]
    #[case("region:norr start:2024..2025 budget:20mkr..")]
    // Addresses, times and titles with a colon are text.
    #[case("https://exempel.se kl 12:30 Lugn: start")]
    #[case("bröd) (växel)")]
    fn what_is_text_is_no_problem(#[case] text: &str) {
        assert_eq!(Query::parse(text).problems(), []);
    }

    #[test]
    fn a_pasted_book_is_cut_off() {
        let query = Query::parse(&"ord ".repeat(2_000));
        assert_eq!(query.clauses.len(), crate::search::language::problem::MAX_TERMS);
        assert_eq!(query.problems().len(), 1);
    }

    #[rstest]
    #[case(&"x".repeat(60_000), 1)]
    #[case(&format!("ord {} ord", "å".repeat(300)), 3)]
    #[case(&"ett ".repeat(20).replace("ett", &"y".repeat(2_000)), 9)]
    #[case(&format!("\"{}\"", "z".repeat(30_000)), 1)]
    #[case(&format!("is:{}", "z".repeat(30_000)), 0)]
    fn what_is_too_long_is_cut_and_reported(#[case] text: &str, #[case] clauses: usize) {
        let query = Query::parse(text);
        assert_eq!(query.clauses.len(), clauses);
        assert!(query.problems().iter().any(|problem| problem.kind == QueryProblemKind::TooLong));
        assert_eq!(query.text(), text);
    }

    #[rstest]
    #[case(16, 0)]
    #[case(17, 1)]
    #[case(5_000, 1)]
    fn brackets_too_deep_are_ignored_and_reported(#[case] depth: usize, #[case] reported: usize) {
        let (open, close) = ("(".repeat(depth), ")".repeat(depth));
        let query = Query::parse(&format!("{open}unga{close} trygg"));
        assert_eq!(query.to_string(), "unga trygg");
        let is_depth = |problem: &&QueryProblem| problem.kind == QueryProblemKind::TooDeep;
        assert_eq!(query.problems().iter().filter(is_depth).count(), reported);
    }

    #[rstest]
    #[case("Diarienummer\n24-003-S05\n23-079-S13", 2)]
    #[case("dnr 24-003-S05 23-079-S13", 2)]
    #[case("Namn\n24-003-S05\n23-079-S13", 0)]
    #[case("Diarienummer\n24-003-S05", 0)]
    fn a_pasted_column_of_ids_may_have_its_heading(#[case] text: &str, #[case] ids: usize) {
        assert_eq!(pasted_ids(text).len(), ids);
    }

    #[test]
    fn a_long_list_of_ids_has_no_problem() {
        let id = |at: u32| format!("24-{:03}-S{:02}", at % 1_000, at / 1_000);
        let ids = (0..10_000).map(id).collect::<Vec<_>>().join(" ");
        let query = Query::parse(&ids);
        assert_eq!((query.pasted.len(), query.problems()), (10_000, &[][..]));
    }
}
