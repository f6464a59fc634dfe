//! HTML summaries as plain text: paragraphs, lists and links stay, all other markup goes.
//!
//! Web editors' fragments are all there is, so tags are looked at one by one and no tree is built.

/// The text of a summary; `None` where it is no HTML and stands as it is.
#[must_use]
pub(crate) fn to_text(html: &str) -> Option<String> {
    if !is_html(html) {
        return None;
    }
    let mut writer = Writer::default();
    let mut rest = without_stray_quotes(html.trim());
    while let Some((text, tag, after)) = next_tag(rest) {
        writer.text(text);
        rest = after;
        match tag.name.as_str() {
            // What is between is no text.
            name @ ("script" | "style") if !tag.is_closing => rest = after_closing(rest, name),
            _ => writer.tag(&tag),
        }
    }
    writer.text(rest);
    Some(writer.out)
}

/// Whether a text holds a tag or an entity.
fn is_html(text: &str) -> bool {
    if memchr::memchr2(b'<', b'&', text.as_bytes()).is_none() {
        return false;
    }
    next_tag(text).is_some() || html_escape::decode_html_entities(text) != text
}

/// Drops quotation marks that an export has left around the markup: `"<p>…</p>"`.
fn without_stray_quotes(html: &str) -> &str {
    let inner = html.trim_matches('"').trim();
    if inner.starts_with('<') || inner.ends_with('>') { inner } else { html }
}

struct Tag<'a> {
    name: String,
    is_closing: bool,
    attributes: &'a str,
}

/// The text before the next tag, the tag, and what comes after it. Comments are tags without a name.
fn next_tag(html: &str) -> Option<(&str, Tag<'_>, &str)> {
    let mut from = 0;
    loop {
        let open = from + memchr::memchr(b'<', html.as_bytes().get(from..)?)?;
        let (text, rest) = (html.get(..open)?, html.get(open + 1..)?);
        if let Some(comment) = rest.strip_prefix("!--") {
            let after = comment.split_once("-->").map_or("", |(_, after)| after);
            return Some((text, Tag { name: String::new(), is_closing: false, attributes: "" }, after));
        }
        let is_closing = rest.starts_with('/');
        let named = rest.strip_prefix('/').unwrap_or(rest);
        // `3 < 4` is no tag, neither is what never closes.
        if named.starts_with(|c: char| c.is_ascii_alphabetic())
            && let Some(end) = memchr::memchr2(b'>', b'<', named.as_bytes())
            && let (Some(inside), Some(after)) =
                (named.get(..end), named.get(end..).and_then(|end| end.strip_prefix('>')))
        {
            let end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
            let (name, attributes) = inside.split_at_checked(end)?;
            return Some((text, Tag { name: name.to_ascii_lowercase(), is_closing, attributes }, after));
        }
        from = open + 1;
    }
}

fn after_closing<'a>(html: &'a str, name: &str) -> &'a str {
    let mut places = memchr::memchr_iter(b'<', html.as_bytes());
    let closing = places.find_map(|at| {
        let inside = html.get(at + 1..)?.strip_prefix('/')?;
        inside.get(..name.len())?.eq_ignore_ascii_case(name).then_some(inside)
    });
    closing.and_then(|inside| inside.split_once('>')).map_or("", |(_, after)| after)
}

/// The address of a link.
fn href(attributes: &str) -> Option<String> {
    let at = attributes.to_ascii_lowercase().find("href=")?;
    let value = attributes.get(at + "href=".len()..)?;
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value.get(1..)?.split(quote).next()?,
        _ => value.split([' ', '\n', '\t']).next()?,
    };
    Some(html_escape::decode_html_entities(value.trim()).into_owned()).filter(|href| !href.is_empty())
}

/// What must stand before the next word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
}

#[derive(Default)]
struct Writer {
    out: String,
    gap: Gap,
    /// The lists that are open: the number of the next item, `None` for bullets.
    lists: Vec<Option<u32>>,
    /// What begins the item that is waiting for its words.
    item: Option<String>,
    /// The open link: its address, and where its words begin.
    link: Option<(String, usize)>,
}

impl Writer {
    fn text(&mut self, text: &str) {
        let text = html_escape::decode_html_entities(text);
        if text.starts_with(char::is_whitespace) {
            self.gap = self.gap.max(Gap::Space);
        }
        for word in text.split_whitespace() {
            self.word(word);
            self.gap = Gap::Space;
        }
        if !text.ends_with(char::is_whitespace) && !text.is_empty() {
            self.gap = Gap::None;
        }
    }

    fn word(&mut self, word: &str) {
        if !self.out.is_empty() {
            self.out.push_str(match self.gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
        }
        if let Some(item) = self.item.take() {
            self.out.push_str(&item);
        }
        self.out.push_str(word);
    }

    fn at_least(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn tag(&mut self, tag: &Tag<'_>) {
        match tag.name.as_str() {
            // `<li><p>…` begins no new paragraph.
            "p" if self.item.is_some() => {}
            "p" if !self.lists.is_empty() => self.at_least(Gap::Line),
            "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "table" | "blockquote" | "section" => {
                self.at_least(Gap::Paragraph);
            }
            "br" if self.gap == Gap::Line => self.gap = Gap::Paragraph,
            "br" | "tr" => self.at_least(Gap::Line),
            "td" | "th" => self.at_least(Gap::Space),
            "ul" | "ol" if tag.is_closing => {
                self.lists.pop();
                self.item = None;
                self.at_least(if self.lists.is_empty() { Gap::Paragraph } else { Gap::Line });
            }
            "ul" | "ol" => {
                self.at_least(if self.lists.is_empty() { Gap::Paragraph } else { Gap::Line });
                self.lists.push((tag.name == "ol").then_some(1));
            }
            "li" if !tag.is_closing => self.begin_item(),
            "a" if tag.is_closing => self.end_link(),
            "a" => self.link = href(tag.attributes).map(|href| (href, self.out.len())),
            _ => {}
        }
    }

    fn begin_item(&mut self) {
        self.at_least(Gap::Line);
        let indent = "  ".repeat(self.lists.len().saturating_sub(1).min(8));
        self.item = Some(match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{indent}{}. ", *number - 1)
            }
            _ => format!("{indent}- "),
        });
    }

    /// The address stands behind the words, unless they say it themselves.
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
    fn becomes_text(#[case] html: &str, #[case] text: &str) {
        assert_eq!(to_text(html).as_deref(), Some(text));
    }

    #[rstest]
    #[case("Ett stycke.\n\nEtt till.")]
    #[case("\"Citat\" och 3 < 4, A & B")]
    #[case("")]
    fn other_text_stands_as_it_is(#[case] text: &str) {
        assert_eq!(to_text(text), None);
    }

    proptest! {
        #[test]
        fn never_panics(html in "(<|>|/|p|li|ul|a href=|\"|&|amp;|#8211;|å| |\n|!--){0,40}") {
            let _ = to_text(&html);
        }
    }
}
