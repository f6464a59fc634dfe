//! HTML summaries as plain text: paragraphs, lists and links are kept, all other markup is dropped.
//!
//! The WHATWG tokenizer of `html5gum` finds the tags; no tree is built.

use std::convert::Infallible;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{HtmlString, StartTag, Token, Tokenizer};

/// The text of a summary; `None` if it contains neither a tag nor an entity.
#[must_use]
pub(crate) fn to_text(html: &str) -> Option<String> {
    if !is_html(html) {
        return None;
    }
    let (markup, unclosed) = split_unclosed_tag(without_stray_quotes(html.trim()));
    let mut writer = Writer::default();
    // The element whose content is code, while it is open.
    let mut code: Option<HtmlString> = None;
    for token in tokens(markup) {
        match token {
            Token::StartTag(tag) if code.is_none() => {
                if matches!(&**tag.name, b"script" | b"style") && !tag.self_closing {
                    code = Some(tag.name);
                } else {
                    writer.start(&tag);
                }
            }
            Token::EndTag(tag) if code.as_ref() == Some(&tag.name) => code = None,
            Token::EndTag(tag) if code.is_none() => writer.end(&tag.name),
            Token::String(text) if code.is_none() => writer.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    writer.text(unclosed);
    Some(writer.out)
}

/// The tokens of HTML.
pub(super) fn tokens(html: &str) -> impl Iterator<Item = Token> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(html, emitter).map(|token: Result<Token, Infallible>| match token {
        Ok(token) => token,
        Err(never) => match never {},
    })
}

/// Returns `true` for a text with a tag, a comment or an entity.
fn is_html(text: &str) -> bool {
    if memchr::memchr2(b'<', b'&', text.as_bytes()).is_none() {
        return false;
    }
    let is_markup = |token| matches!(token, Token::StartTag(_) | Token::EndTag(_) | Token::Comment(_));
    html_escape::decode_html_entities(text) != text || tokens(text).any(is_markup)
}

/// Splits off a tag that has no end (`a<b`): a tokenizer drops it, but it may as well be text.
fn split_unclosed_tag(html: &str) -> (&str, &str) {
    let after_last_tag = html.rfind('>').map_or(0, |end| end + 1);
    let opening = html.get(after_last_tag..).and_then(|rest| rest.find('<'));
    html.split_at_checked(opening.map_or(html.len(), |at| after_last_tag + at)).unwrap_or((html, ""))
}

/// Drops quotation marks that an export has left around the markup: `"<p>…</p>"`.
fn without_stray_quotes(html: &str) -> &str {
    let inner = html.trim_matches('"').trim();
    if inner.starts_with('<') || inner.ends_with('>') { inner } else { html }
}

/// The white space due before the next word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum PendingSpace {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
}

/// The target of a link; `None` if there is none.
fn href(tag: &StartTag<()>) -> Option<String> {
    let value = &tag.attributes.get(&b"href"[..])?.value;
    Some(String::from_utf8_lossy(value).trim().to_owned()).filter(|href| !href.is_empty())
}

#[derive(Default)]
struct Writer {
    out: String,
    gap: PendingSpace,
    /// The open lists, each with the number of its next item; `None` for bullets.
    lists: Vec<Option<u32>>,
    /// Indentation and bullet of an item that has no word yet.
    item: Option<String>,
    /// Address of the open link, and the byte of `out` at which its words begin.
    link: Option<(String, usize)>,
}

impl Writer {
    fn text(&mut self, text: &str) {
        if text.starts_with(char::is_whitespace) {
            self.gap = self.gap.max(PendingSpace::Space);
        }
        for word in text.split_whitespace() {
            self.word(word);
            self.gap = PendingSpace::Space;
        }
        if !text.ends_with(char::is_whitespace) && !text.is_empty() {
            self.gap = PendingSpace::None;
        }
    }

    fn word(&mut self, word: &str) {
        if !self.out.is_empty() {
            self.out.push_str(match self.gap {
                PendingSpace::None => "",
                PendingSpace::Space => " ",
                PendingSpace::Line => "\n",
                PendingSpace::Paragraph => "\n\n",
            });
        }
        if let Some(item) = self.item.take() {
            self.out.push_str(&item);
        }
        self.out.push_str(word);
    }

    fn at_least(&mut self, gap: PendingSpace) {
        self.gap = self.gap.max(gap);
    }

    fn start(&mut self, tag: &StartTag<()>) {
        match &**tag.name {
            b"ul" | b"ol" => {
                self.at_least(if self.lists.is_empty() {
                    PendingSpace::Paragraph
                } else {
                    PendingSpace::Line
                });
                self.lists.push((&**tag.name == b"ol").then_some(1));
            }
            b"li" => self.begin_item(),
            b"a" => self.link = href(tag).map(|href| (href, self.out.len())),
            b"br" if self.gap == PendingSpace::Line => self.gap = PendingSpace::Paragraph,
            b"br" => self.at_least(PendingSpace::Line),
            name => self.block(name),
        }
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"ul" | b"ol" => {
                self.lists.pop();
                self.item = None;
                self.at_least(if self.lists.is_empty() {
                    PendingSpace::Paragraph
                } else {
                    PendingSpace::Line
                });
            }
            b"a" => self.end_link(),
            name => self.block(name),
        }
    }

    /// The white space at both ends of an element.
    fn block(&mut self, name: &[u8]) {
        match name {
            // `<li><p>…` begins no new paragraph.
            b"p" if self.item.is_some() => {}
            b"p" if !self.lists.is_empty() => self.at_least(PendingSpace::Line),
            b"p" | b"div" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"table" | b"blockquote"
            | b"section" => self.at_least(PendingSpace::Paragraph),
            b"tr" => self.at_least(PendingSpace::Line),
            b"td" | b"th" => self.at_least(PendingSpace::Space),
            _ => {}
        }
    }

    fn begin_item(&mut self) {
        self.at_least(PendingSpace::Line);
        let indent = "  ".repeat(self.lists.len().saturating_sub(1).min(8));
        self.item = Some(match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{indent}{}. ", *number - 1)
            }
            _ => format!("{indent}- "),
        });
    }

    /// Writes the address after the words of a link, unless they contain it.
    fn end_link(&mut self) {
        let Some((href, start)) = self.link.take() else { return };
        let words = self.out.get(start..).unwrap_or_default().trim();
        let bare =
            href.trim_start_matches("mailto:").trim_start_matches("https://").trim_start_matches("http://");
        if !words.contains(bare.trim_end_matches('/')) && !href.starts_with('#') {
            let address = if words.is_empty() { href } else { format!(" ({href})") };
            self.out.push_str(&address);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case::paragraphs(
        "\"<p>Projekt ISA &#8211; Insatser</p><p>för unga &amp; vuxna</p>\"",
        "Projekt ISA – Insatser\n\nför unga & vuxna"
    )]
    #[case::breaks("<p>ett<br>två<br/>\n tre</p>\r\n", "ett\ntvå\ntre")]
    #[case::list(
        "<p>Vi:</p><ul><li>ett</li><li><p>två</p></li></ul><p>Slut.</p>",
        "Vi:\n\n- ett\n- två\n\nSlut."
    )]
    #[case::numbered("<ol><li>ett<ul><li>inre</li></ul></li><li>två</li></ol>", "1. ett\n  - inre\n2. två")]
    #[case::link(
        "Se <a href=\"https://x.example/a?b&amp;c\">sidan</a>.",
        "Se sidan (https://x.example/a?b&c)."
    )]
    #[case::bare_link("<a href='https://x.example/'>x.example</a>", "x.example")]
    #[case::inline("<b>Fet</b>stil &nbsp; och<em> kursiv</em>", "Fetstil och kursiv")]
    #[case::swedish("<DIV>&Ouml;rebro &aring;r 2024</DIV>", "Örebro år 2024")]
    #[case::script("<style>p { }</style>a<script>if (a<b) { }</script>b<!-- nej -->c", "abc")]
    #[case::escaped("<p>3 &lt; 4 och 5 < 6</p>", "3 < 4 och 5 < 6")]
    #[case::entities_alone("F&amp;U", "F&U")]
    #[case::unclosed("<p>a<b", "a<b")]
    #[case::angle_bracket_in_attribute("<p title=\"a>b\">Ett</p><img alt='x > y'>två", "Ett\n\ntvå")]
    #[case::entity_in_attribute(
        "<a title=\"<b>\" href=\"https://x.example/?a&amp;b\">x</a>",
        "x (https://x.example/?a&b)"
    )]
    #[case::comment_with_bracket("a<!-- x > y -->b", "ab")]
    fn becomes_text(#[case] html: &str, #[case] text: &str) {
        assert_eq!(to_text(html).as_deref(), Some(text));
    }

    #[rstest]
    #[case("Ett stycke.\n\nEtt till.")]
    #[case("\"Citat\" och 3 < 4, A & B")]
    #[case("")]
    fn text_without_markup_is_not_html(#[case] text: &str) {
        assert_eq!(to_text(text), None);
    }

    proptest! {
        #[test]
        fn never_panics(html in "(<|>|/|p|li|ul|a href=|\"|&|amp;|#8211;|å| |\n|!--){0,40}") {
            let _ = to_text(&html);
        }
    }
}
