//! The log of a service: one JSON object a line, on standard error.
//!
//! Events are named by codes, places by the ids of folder sets. No content of a document, name of a firm or amount stands
//! in it (reliability W9), and what a name brings along that is not printed is escaped. A log that cannot be written never
//! stops a decision.

use jiff::Timestamp;
use std::io::Write;

/// How grave an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The service does its work.
    Info,
    /// Something is in the way of a part of it.
    Warning,
    /// It stops.
    Error,
}

impl Level {
    const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Characters of a value; what the system says is short, and what a sender says is not worth more.
const VALUE_CHARS_MAX: usize = 300;

/// Where lines go.
pub struct Log {
    write: Box<dyn Fn(&str) + Send + Sync>,
}

impl Log {
    /// To standard error.
    pub fn on_standard_error() -> Log {
        Log::to(|line| {
            let _the_work_goes_on = std::io::stderr().lock().write_all(line.as_bytes());
        })
    }

    /// To whoever wants the lines, each with its end.
    pub fn to(write: impl Fn(&str) + Send + Sync + 'static) -> Log {
        Log { write: Box::new(write) }
    }

    /// Says that something happened.
    pub fn say(&self, at: Timestamp, level: Level, event: &str, values: &[(&str, &str)]) {
        let mut line = format!("{{\"at\":\"{at}\",\"level\":\"{}\",\"event\":\"{event}\"", level.name());
        for (name, value) in values {
            line.push_str(&format!(",\"{name}\":\"{}\"", harmless(value)));
        }
        line.push_str("}\n");
        (self.write)(&line);
    }
}

/// A value between quotation marks: everything that is not printed stands as `\u` and four digits, as JSON has it.
fn harmless(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for character in value.chars().take(VALUE_CHARS_MAX) {
        match character {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\'' => escaped.push('\''),
            printed if printed.escape_debug().len() == 1 => escaped.push(printed),
            other => {
                for unit in other.encode_utf16(&mut [0; 2]) {
                    escaped.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[test]
    fn w9_an_event_is_one_line_whatever_a_value_says() {
        let lines: Arc<Mutex<String>> = Arc::default();
        let kept = Arc::clone(&lines);
        let log = Log::to(move |line| kept.lock().unwrap().push_str(line));
        let value = "a\"b\\\r\n\u{202E}中\u{E0001}'";
        log.say(
            Timestamp::UNIX_EPOCH,
            Level::Warning,
            "quarantined",
            &[("name", value), ("why", "odd-name")],
        );
        let written = lines.lock().unwrap().clone();
        assert_eq!(written.matches('\n').count(), 1);
        assert!(written.is_ascii() || written.contains('中'), "{written}");
        assert!(!written.contains('\u{202E}'));
        let event: serde_json::Value = serde_json::from_str(&written).unwrap();
        assert_eq!(event["at"], "1970-01-01T00:00:00Z");
        assert_eq!((&event["level"], &event["event"]), (&"warning".into(), &"quarantined".into()));
        assert_eq!(event["name"], value);
        log.say(Timestamp::UNIX_EPOCH, Level::Info, "a", &[("b", &"x".repeat(10_000))]);
        assert!(lines.lock().unwrap().len() < written.len() + 400);
    }
}
