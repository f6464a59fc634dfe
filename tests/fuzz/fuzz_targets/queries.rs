//! Types the fuzzer's input into the prompt.

#![no_main]

#[path = "../queries.rs"]
mod queries;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| queries::check_query(text));
