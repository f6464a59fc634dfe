//! Many folded texts one after the other, in groups, made for being scanned in one go. Knows no records.

use std::ops::Range;

use super::fold_table::FoldTable;

/// Ends every text in the buffer. Folding replaces all white space by spaces, so that no text contains it.
pub(crate) const END: u8 = b'\n';

/// The buffer stops growing here, in bytes.
const MAX_BUFFER: usize = u32::MAX as usize;

/// Groups of folded texts.
#[derive(Debug, Default)]
pub(crate) struct TextArena {
    text: String,
    /// Where each group begins.
    starts: Vec<u32>,
    /// Where a letter has lost its diacritic, and which letter it was in lower case.
    particular: Vec<(u32, char)>,
}

impl TextArena {
    /// Begins a group.
    pub(crate) fn begin(&mut self) {
        self.starts.push(offset(self.text.len()));
    }

    /// Adds a text, folded, to the newest group, and gives its letters.
    pub(crate) fn add(&mut self, text: &str, folding: &FoldTable) -> u64 {
        let end = folding.fold(char::from(END)).bit;
        let is_plain = |byte: u8| byte.is_ascii() & ((byte == b' ') | !byte.is_ascii_whitespace());
        // Without a way out, many bytes are looked at together.
        if text.bytes().fold(true, |plain, byte| plain & is_plain(byte)) {
            // Most texts: in lower case at once, not letter by letter.
            let start = self.text.len();
            self.text.push_str(text);
            if let Some(folded) = self.text.get_mut(start..) {
                folded.make_ascii_lowercase();
            }
            self.text.push(char::from(END));
            return folding.letters(text, |_| {}) | end;
        }
        let mut mask = end;
        for c in text.chars() {
            let letter = folding.fold(c);
            if !c.is_ascii() && letter.lower != letter.plain {
                self.particular.push((offset(self.text.len()), letter.lower));
            }
            mask |= letter.bit;
            self.text.push(letter.plain);
        }
        self.text.push(char::from(END));
        mask
    }

    /// Adds a group of one text, unchanged and without a terminator.
    pub(crate) fn add_plain(&mut self, text: &str) {
        self.begin();
        self.text.push_str(text);
    }

    /// Appends the groups of another buffer. Groups beyond the maximum size become empty.
    pub(crate) fn append(&mut self, other: &Self) {
        let before = offset(self.text.len());
        if self.text.len() + other.text.len() > MAX_BUFFER {
            return self.starts.extend(other.starts.iter().map(|_| before));
        }
        self.starts.extend(other.starts.iter().map(|start| start.saturating_add(before)));
        self.particular
            .extend(other.particular.iter().map(|(at, letter)| (at.saturating_add(before), *letter)));
        self.text.push_str(&other.text);
    }

    /// Appends one group of another buffer.
    pub(crate) fn append_group(&mut self, other: &Self, group: usize) {
        self.begin();
        let range = other.range(group);
        if self.text.len() + range.len() > MAX_BUFFER {
            return;
        }
        let before = offset(self.text.len());
        let (start, end) = (offset(range.start), offset(range.end));
        let first = other.particular.partition_point(|(at, _)| *at < start);
        let own = other.particular.get(first..).unwrap_or_default().iter().take_while(|(at, _)| *at < end);
        self.particular.extend(own.map(|(at, letter)| (at - start + before, *letter)));
        self.text.push_str(other.text.get(range).unwrap_or_default());
    }

    /// Gives back what more texts would have taken.
    pub(crate) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.starts.shrink_to_fit();
        self.particular.shrink_to_fit();
    }

    /// Used memory in bytes.
    pub(crate) fn memory(&self) -> usize {
        self.text.capacity()
            + self.starts.capacity() * size_of::<u32>()
            + self.particular.capacity() * size_of::<(u32, char)>()
    }

    /// Number of groups.
    pub(crate) fn len(&self) -> usize {
        self.starts.len()
    }

    /// All texts.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Byte range of a group.
    pub(crate) fn range(&self, group: usize) -> Range<usize> {
        let at = |group: usize| self.starts.get(group).map_or(self.text.len(), |start| *start as usize);
        at(group)..at(group + 1)
    }

    /// The texts of a group.
    pub(crate) fn group(&self, group: usize) -> impl Iterator<Item = &str> {
        self.text.get(self.range(group)).unwrap_or_default().split_terminator(char::from(END))
    }

    /// The lower-case letter at this byte, if folding changed it.
    pub(crate) fn particular(&self, at: usize) -> Option<char> {
        let at = u32::try_from(at).ok()?;
        let found = self.particular.binary_search_by_key(&at, |(at, _)| *at).ok()?;
        self.particular.get(found).map(|(_, letter)| *letter)
    }
}

fn offset(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
