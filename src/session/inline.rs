//! Effects done at once, for tests and whoever has no background.

use std::sync::Arc;

use super::files::{self, History};
use super::load::{Loading, SilentObserver};
use super::review::{ReviewStoreWorker, no_place};
use super::{EventSender, Executor, Places};
use crate::domain::catalogue::Privacy;
use crate::domain::codes::Codes;
use crate::loading::LoadPlan;
use crate::search::index::Index;
use crate::search::matching::answer::Answer;
use crate::search::results::completion::complete;
use crate::search::results::facets;
use crate::search::results::facets::FACETS;
use crate::search::results::sorting;
use crate::search::search;
use crate::ui::event::{Effect, Event};

/// Does everything at once.
pub struct Inline {
    loading: Loading,
    index: Option<Arc<Index>>,
    previous: Option<Arc<Answer>>,
    places: Places,
    post: EventSender,
    review: Option<ReviewStoreWorker>,
}

impl Inline {
    pub(super) fn new(plan: &LoadPlan, codes: Arc<Codes>, places: Places, post: EventSender) -> Self {
        let mut loading = Loading::new(plan.clone(), codes);
        post.send(loading.first(&mut SilentObserver));
        let review =
            places.review.clone().map(|place| ReviewStoreWorker::new(place, places.clone(), post.clone()));
        Self { loading, index: None, previous: None, places, post, review }
    }

    /// One that has not loaded anything.
    pub(super) fn idle(codes: Arc<Codes>, post: EventSender) -> Self {
        let nothing =
            LoadPlan { inputs: Vec::new(), encoding: None, delimiter: None, privacy: Privacy::Protected };
        let places = Places::default();
        let loading = Loading::new(nothing, codes);
        Self { loading, index: None, previous: None, places, post, review: None }
    }
}

impl Executor for Inline {
    fn execute(&mut self, effect: Effect) {
        match effect {
            Effect::Search { generation, query, order } => {
                let Some(index) = &self.index else { return };
                let answered = |answer: &Answer| {
                    let answer = Arc::new(sorting::sorted(index, answer, &order));
                    self.post.send(Event::Answered { generation, answer });
                };
                let before = self.previous.take();
                let mut first = |answer: Answer| answered(&answer);
                let whole = search(index, &query, before.as_deref(), &|| false, &mut first).map(Arc::new);
                if let Some(answer) = &whole {
                    answered(answer);
                }
                self.previous = whole;
            }
            Effect::CountFacets { generation, query } => {
                let Some(index) = &self.index else { return };
                if let Some(counts) = facets::count(index, &query, None, FACETS, &|| false) {
                    self.post.send(Event::FacetsCounted { generation, counts: Arc::new(counts) });
                }
            }
            Effect::Complete { generation, query, cursor } => {
                let Some(index) = &self.index else { return };
                let completions = complete(index, &query, cursor);
                self.post.send(Event::Completed { generation, completions });
            }
            Effect::Reload => {
                let event = self.loading.again(&mut SilentObserver);
                self.post.send(event);
            }
            Effect::Remember(query) => History::add(self.places.history.as_deref(), &query),
            Effect::Write { path, contents } => {
                self.post.send(Event::Written(files::write_new(&path, &self.places, &contents)));
            }
            Effect::Review(effect) => match &mut self.review {
                Some(review) => review.take(effect),
                None => no_place(&effect, &self.post),
            },
            Effect::Terminal(_) => {}
        }
    }

    fn look(&mut self) {
        if let Some(review) = &mut self.review {
            review.look();
        }
    }

    fn take_index(&mut self, index: Arc<Index>) {
        self.index = Some(index);
        self.previous = None;
    }
}
