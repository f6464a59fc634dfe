//! Key presses as named steps, for sessions in memory and programs in a pseudo-terminal alike.
//!
//! A test says `search("trygg").approve()` where a script would say `/trygg<enter>+`. Keys that have no step of their
//! own are pressed by name: `press("ctrl-o")`.

use diarium::ui::keys::key::{Key, KeyCode};

/// Key presses in the order in which a person makes them.
#[derive(Clone, Debug, Default)]
#[must_use = "steps do nothing until they are played"]
pub struct Steps(Vec<Key>);

impl Steps {
    /// No key yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The keys.
    pub fn keys(&self) -> &[Key] {
        &self.0
    }

    /// The bytes that a terminal of the xterm family sends for the keys.
    pub fn bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|key| bytes_of(*key)).collect()
    }

    /// Presses one key, by the name that the help shows.
    pub fn press(mut self, name: &str) -> Self {
        self.0.push(name.parse().unwrap_or_else(|error| panic!("{error}")));
        self
    }

    /// Presses one key several times.
    pub fn times(self, count: usize, name: &str) -> Self {
        (0..count).fold(self, |steps, _| steps.press(name))
    }

    /// Types a text.
    pub fn text(mut self, text: &str) -> Self {
        self.0.extend(text.chars().map(Key::char));
        self
    }

    /// Opens the prompt and replaces the query; the prompt keeps the focus.
    pub fn query(self, query: &str) -> Self {
        self.press("/").press("ctrl-u").text(query)
    }

    /// Replaces the query and goes to the list.
    pub fn search(self, query: &str) -> Self {
        self.query(query).press("enter")
    }

    /// Filters the menu that is open and chooses its first item.
    pub fn choose(self, filter: &str) -> Self {
        self.text(filter).press("enter")
    }

    /// Sorts by the column that is found first.
    pub fn order_by(self, column: &str) -> Self {
        self.press("S").choose(column)
    }

    /// Copies one of the things that can be copied of a record.
    pub fn copy_as(self, what: &str) -> Self {
        self.press("Y").choose(what)
    }

    /// Chooses an item of the menu of reviews.
    pub fn review_menu(self, item: &str) -> Self {
        self.press("O").choose(item)
    }

    /// Goes to the first record of the list.
    pub fn first(self) -> Self {
        self.press("g")
    }

    /// Goes to the next record without a verdict; the first use begins a round.
    pub fn next_undecided(self) -> Self {
        self.press(".")
    }

    /// Gives the verdict "approved".
    pub fn approve(self) -> Self {
        self.press("+")
    }

    /// Gives the verdict "rejected" for the reason of this number.
    pub fn reject(self, reason: u8) -> Self {
        self.press("-").text(&reason.to_string())
    }

    /// Rejects the record for a reason that is not in the menu.
    pub fn reject_for(self, reason: &str) -> Self {
        self.reject(9).choose(reason)
    }

    /// Gives the verdict "pending".
    pub fn put_off(self) -> Self {
        self.press("p")
    }

    /// Stars the record.
    pub fn star(self) -> Self {
        self.press("s")
    }

    /// Gives the record a tag.
    pub fn tag(self, tag: &str) -> Self {
        self.press("t").choose(tag)
    }

    /// Begins a note of these lines; the box stays open.
    pub fn begin_note(self, lines: &[&str]) -> Self {
        let steps = self.press("c");
        lines.iter().enumerate().fold(steps, |steps, (at, line)| {
            let steps = if at == 0 { steps } else { steps.press("ctrl-o") };
            steps.text(line)
        })
    }

    /// Saves a working note of these lines.
    pub fn note(self, lines: &[&str]) -> Self {
        self.begin_note(lines).press("enter")
    }

    /// Saves a finding of these lines, which goes into the report.
    pub fn finding(self, lines: &[&str]) -> Self {
        self.begin_note(lines).press("ctrl-t").press("enter")
    }

    /// Takes back the latest action.
    pub fn undo(self) -> Self {
        self.press("u")
    }
}

fn bytes_of(key: Key) -> Vec<u8> {
    let plain = |bytes: &[u8]| bytes.to_vec();
    let mut bytes = match key.code {
        KeyCode::Char(c) if key.ctrl => vec![u8::try_from(c).expect("an ASCII letter") & 0x1f],
        KeyCode::Char(c) => c.to_string().into_bytes(),
        KeyCode::Enter => plain(b"\r"),
        KeyCode::Esc => plain(b"\x1b"),
        KeyCode::Tab => plain(b"\t"),
        KeyCode::Backspace => plain(b"\x7f"),
        KeyCode::Up => plain(b"\x1b[A"),
        KeyCode::Down => plain(b"\x1b[B"),
        KeyCode::Right => plain(b"\x1b[C"),
        KeyCode::Left => plain(b"\x1b[D"),
        KeyCode::Home => plain(b"\x1b[H"),
        KeyCode::End => plain(b"\x1b[F"),
        KeyCode::PageUp => plain(b"\x1b[5~"),
        KeyCode::PageDown => plain(b"\x1b[6~"),
        other => panic!("{other:?} has no bytes here"),
    };
    if key.alt {
        bytes.insert(0, b'\x1b');
    }
    bytes
}
