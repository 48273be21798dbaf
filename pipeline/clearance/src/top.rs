//! `clearance top`: a live view of a running `serve`.
//!
//! It asks for `/status` and keeps the looks of the last minute; what a view says of rates and times is the difference
//! between two looks. On a terminal the view is drawn over the one before, elsewhere each look is a line.

mod ask;
mod looks;
mod view;

#[cfg(test)]
mod tests;

pub use ask::{AskError, Place};

use crate::serve::status::Status;
use looks::Looks;
use model::finding::Language;
use std::io::{self, Write};
use std::time::Duration;

/// An empty terminal.
const CLEAR: &str = "\x1b[2J";

/// What is to be shown.
#[derive(Clone, Debug)]
pub struct Order {
    /// Where the service listens.
    pub place: Place,
    /// How.
    pub form: Form,
    /// Once, or again and again.
    pub is_once: bool,
    /// Time between two looks.
    pub every: Duration,
    /// Language of the view.
    pub language: Language,
}

/// How a look is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Tables on a terminal, lines elsewhere.
    Suited,
    /// What the service said, as JSON.
    Json,
}

/// Why there is nothing to show.
#[derive(Debug, thiserror::Error)]
pub enum TopError {
    /// The service did not answer.
    #[error("{0}")]
    Ask(#[from] AskError),
    /// What was to be shown could not be written.
    #[error("cannot write: {0}")]
    Write(#[from] io::Error),
}

/// Shows one look, or looks until whoever watches has seen enough; drawn over one another on a terminal.
///
/// # Errors
/// When the first look fails. Later the service may be gone for a while; it is told, and looked for again.
pub fn top(order: &Order, is_terminal: bool, into: &mut impl Write) -> Result<(), TopError> {
    let mut looks = Looks::begin(ask::ask(&order.place)?);
    if is_terminal && !order.is_once && order.form == Form::Suited {
        into.write_all(CLEAR.as_bytes())?;
    }
    show(order, is_terminal, &looks, into)?;
    if order.is_once {
        return Ok(());
    }
    loop {
        std::thread::sleep(order.every);
        match ask::ask(&order.place) {
            Ok(status) => {
                looks.take(status);
                show(order, is_terminal, &looks, into)?;
            }
            Err(error) => writeln!(into, "{}", error.in_language(order.language))?,
        }
    }
}

fn show(order: &Order, is_terminal: bool, looks: &Looks, into: &mut impl Write) -> io::Result<()> {
    let text = match order.form {
        Form::Json => json(&looks.last),
        Form::Suited if order.is_once => view::tables(looks, order.language),
        Form::Suited if is_terminal => redrawn(&view::tables(looks, order.language)),
        Form::Suited => view::line(looks, order.language),
    };
    into.write_all(text.as_bytes())?;
    into.flush()
}

fn json(status: &Status) -> String {
    let text = serde_json::to_string(status).expect("a status has text keys and no failing parts");
    text + "\n"
}

/// The view over the one before: from the top left, each line cleared to its end, and what is left below. Lines beyond
/// the height of the terminal would push the first ones out of sight, so they are left out.
fn redrawn(text: &str) -> String {
    let height = terminal_size::terminal_size().map_or(usize::MAX, |(_, height)| usize::from(height.0));
    let lines: String =
        text.lines().take(height.saturating_sub(1)).map(|line| format!("{line}\x1b[K\n")).collect();
    format!("\x1b[H{lines}\x1b[J")
}
