//! What leaves the program. One output a file; each is made from what the journal recorded, never from the engine.

pub mod ndjson;
pub mod response_xml;
pub mod summary;
