//! What leaves the program. One output a file.
//!
//! What is said of a document is put into words once, from the outcome the engine gave, and recorded in those words:
//! [`ndjson`] makes its line, [`response_xml`] the sentences and codes of its answer. The answer itself, and everything
//! said again to a repeat, is written from what was recorded. Only the counts of [`summary`] come from outcomes and are
//! recorded nowhere. [`report`] is made of lines.

pub mod ndjson;
pub mod partial;
pub mod report;
pub mod response_xml;
pub mod summary;
pub mod totals;
