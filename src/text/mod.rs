//! Text as such: folding, width, wrapping.
