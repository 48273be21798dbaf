#![no_main]
//! The surface of this name in `ops/proof`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| proof::surfaces::run("journal", bytes));
