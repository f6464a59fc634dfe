//! The cursor of a list to choose from: which row is chosen, and which row is the first one shown.

/// The chosen row and the first row shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChoiceCursor {
    /// The chosen row.
    pub at: usize,
    /// The first row shown.
    pub top: usize,
}

impl ChoiceCursor {
    /// The first row that can be chosen.
    #[must_use]
    pub fn first(choosable: &[bool]) -> Self {
        Self { at: choosable.iter().position(|choosable| *choosable).unwrap_or(0), top: 0 }
    }

    /// Moves by a number of rows. Rows that cannot be chosen are passed over, or the nearest one that can be is chosen.
    pub fn move_by(&mut self, by: isize, height: usize, choosable: &[bool]) {
        let last = choosable.len().saturating_sub(1);
        let at = self.at.saturating_add_signed(by).min(last);
        let is_choice = |at: &usize| choosable.get(*at) == Some(&true);
        let (mut below, mut above) = (at..=last, (0..=at).rev());
        let next = if by > 0 {
            below.find(is_choice).or_else(|| above.find(is_choice))
        } else {
            above.find(is_choice).or_else(|| below.find(is_choice))
        };
        self.at = next.unwrap_or(at);
        // A heading above the first choice is shown with it.
        let is_first = !choosable.iter().take(self.at).any(|choosable| *choosable);
        let first = if is_first && self.at < height { 0 } else { self.at };
        self.top = self.top.min(first).max((self.at + 1).saturating_sub(height.max(1)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_passed_over() {
        let rows = [false, true, true, false, true];
        let mut cursor = ChoiceCursor::first(&rows);
        assert_eq!(cursor.at, 1);
        cursor.move_by(2, 3, &rows);
        assert_eq!(cursor, ChoiceCursor { at: 4, top: 2 });
        cursor.move_by(-1, 3, &rows);
        assert_eq!(cursor.at, 2);
        cursor.move_by(-9, 3, &rows);
        assert_eq!(cursor, ChoiceCursor { at: 1, top: 0 }, "the heading is shown with the first choice");
    }
}
