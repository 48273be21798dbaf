//! A scenario in Markdown, as `clearance rules test` reads it.

use super::Surface;
use crate::bases::Base;
use fixtures::cases::{SHIPPED, Scenario};

pub(super) const SURFACE: Surface = Surface {
    name: "scenario",
    takes: "a scenario in Markdown",
    run,
    seeds: |_| {
        let base =
            |(name, text): &(&str, &str)| Base { name: (*name).to_owned(), bytes: text.as_bytes().to_vec() };
        Ok(SHIPPED.iter().map(base).collect())
    },
    cost: 5,
};

fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Err(why) = Scenario::parse(&text) {
        assert!(!why.is_empty(), "a scenario is refused without a word");
    }
}
