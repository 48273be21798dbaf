//! The text of one document, as cutting hands it on: tokens, checks and formats.
//!
//! Both ways of reading agree, what a format takes the reader takes, and a value stands where its place says.

use super::Surface;
use crate::bases;
use crate::reading::{Verdict, both_ways, judged, values_stand};
use crate::told::outline;

pub(super) const SURFACE: Surface = Surface {
    name: "message",
    takes: "the text of one document",
    run,
    seeds: |root| bases::all(root),
    cost: 20,
};

fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let sure = both_ways(text, None);
    assert!(sure.is_ok(), "{sure:?}");
    if !matches!(judged(text, None), Verdict::Taken(_)) {
        return;
    }
    let outline = outline(text, None).expect("what a format takes the reader takes");
    let stand = values_stand(text, None, &outline);
    assert!(stand.is_ok(), "{stand:?}");
}
