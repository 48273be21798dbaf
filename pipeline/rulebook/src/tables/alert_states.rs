//! What an office writes in the state of an alert that acts no more (RSK-007).

use super::{Coverage, Dated, TableError, read_each};
use jiff::civil::Date;
use serde::Deserialize;

/// Words of closed alerts, in lower case, by day.
#[derive(Clone, Debug)]
pub struct AlertStates {
    closed: Dated<String, ()>,
}

#[derive(Deserialize)]
struct Columns {
    words: Vec<String>,
}

impl AlertStates {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let closed = read_each("alert states", text, Coverage::Sparse, |row: Columns| {
            Ok(row.words.into_iter().map(|word| (word, ())).collect())
        })?;
        Ok(AlertStates { closed })
    }

    /// An alert of this state acts no more.
    pub fn is_closed(&self, state: &str, day: Date) -> bool {
        !state.is_empty() && self.closed.on(state.trim().to_ascii_lowercase().as_str(), day).is_some()
    }
}

#[cfg(test)]
mod tests {
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn closed_is_closed_and_anything_else_acts() {
        let states = Tables::shipped().expect("shipped tables are good").alert_states;
        let is_closed = |state| states.is_closed(state, date(2018, 6, 1));
        assert!(["CLOSED", "closed", "已解除"].into_iter().all(is_closed));
        assert!(!["", "ACTIVE", "生效", "open"].into_iter().any(is_closed));
    }
}
