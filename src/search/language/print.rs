//! Prints a query in its plainest spelling, without incomplete parts. Parsing the text gives the same query.

use std::fmt::{Display, Formatter, Result};

use super::query::{Node, Query};
use super::quote::is_quote;
use super::term::{Term, TermForm};

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for (at, clause) in self.clauses.iter().enumerate() {
            let gap = if at > 0 { " " } else { "" };
            write!(f, "{gap}{}", clause.node)?;
        }
        Ok(())
    }
}

impl Display for Node {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Term(term) => term.fmt(f),
            Self::Condition(condition) => condition.fmt(f),
            Self::Not(node) => write!(f, "!{}", InBrackets(node)),
            Self::Any(nodes) => joined(nodes, " | ", f),
            Self::All(nodes) => {
                f.write_str("(")?;
                joined(nodes, " ", f)?;
                f.write_str(")")
            }
        }
    }
}

/// A node inside another: alternatives are put in brackets.
struct InBrackets<'a>(&'a Node);

impl Display for InBrackets<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.0 {
            Node::Any(_) => write!(f, "({})", self.0),
            node => node.fmt(f),
        }
    }
}

fn joined(nodes: &[Node], between: &str, f: &mut Formatter<'_>) -> Result {
    let is_list = between == " ";
    for (at, node) in nodes.iter().enumerate() {
        let gap = if at > 0 { between } else { "" };
        // In a list, "or" binds only its neighbours.
        if is_list { write!(f, "{gap}{node}")? } else { write!(f, "{gap}{}", InBrackets(node))? }
    }
    Ok(())
}

impl Display for Term {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let typed = &self.typed;
        match self.form {
            TermForm::Plain => f.write_str(typed),
            TermForm::Exact if typed.contains(is_quote) => write!(f, "'{typed}"),
            TermForm::Exact => write!(f, "\"{typed}\""),
            TermForm::WordStart => write!(f, "{typed}*"),
            TermForm::Anchored { start, end } => {
                write!(f, "{}{typed}{}", if start { "^" } else { "" }, if end { "$" } else { "" })
            }
        }
    }
}
