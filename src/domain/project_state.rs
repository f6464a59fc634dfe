//! The state of a project on a given day. Independent of the clock.

/// The state of a project on a given day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProjectState {
    /// Not yet begun.
    Upcoming,
    /// Begun and not ended.
    Ongoing,
    /// Its end date has passed.
    Ended,
}

impl ProjectState {
    /// The state by first and last day; `None` if they do not determine it.
    #[must_use]
    pub fn on<D: PartialOrd + Copy>(start: Option<D>, end: Option<D>, today: D) -> Option<Self> {
        match (start, end) {
            (Some(start), _) if today < start => Some(Self::Upcoming),
            (_, Some(end)) if today > end => Some(Self::Ended),
            (Some(_), _) => Some(Self::Ongoing),
            (None, _) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(Some(5), Some(9), Some(ProjectState::Upcoming))]
    #[case(Some(1), Some(4), Some(ProjectState::Ongoing))]
    #[case(Some(4), Some(4), Some(ProjectState::Ongoing))]
    #[case(Some(1), Some(3), Some(ProjectState::Ended))]
    #[case(Some(1), None, Some(ProjectState::Ongoing))]
    #[case(None, Some(3), Some(ProjectState::Ended))]
    #[case(None, Some(9), None)]
    #[case(None, None, None)]
    fn as_of_the_fourth_day(
        #[case] start: Option<u8>,
        #[case] end: Option<u8>,
        #[case] state: Option<ProjectState>,
    ) {
        assert_eq!(ProjectState::on(start, end, 4), state);
    }
}
