//! Loads the fuzzer's input. `DIARIUM_FUZZ` names a part of loading; the whole loader if unset.

#![no_main]

#[path = "../invariants.rs"]
mod invariants;
#[path = "../../corpus/collection/package.rs"]
mod package;

use std::sync::LazyLock;

use invariants::{TARGETS, Target, check};
use libfuzzer_sys::fuzz_target;

static TARGET: LazyLock<Target> = LazyLock::new(|| {
    // The crate that reads workbooks panics on some of them, which loading catches: that is no finding.
    let stop = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let is_caught = panic.location().is_some_and(|location| location.file().contains("/calamine-"));
        if !is_caught {
            stop(panic);
        }
    }));
    let name = std::env::var("DIARIUM_FUZZ").unwrap_or_else(|_| "any".to_owned());
    let known = TARGETS.iter().find(|(known, _)| *known == name);
    known.unwrap_or_else(|| panic!("there is no target {name:?}")).1
});

fuzz_target!(|data: &[u8]| check(*TARGET, data));
