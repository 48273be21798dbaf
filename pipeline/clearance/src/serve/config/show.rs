//! A configuration written out with everything it leaves unsaid, as the file would say it.

use super::quantity::{SIZES, TIMES};
use super::setting::LISTEN_NONE;
use super::{Config, Folders, Retention};
use crate::intake::limits;
use model::finding::Language;
use model::limits::Limits;
use serde_json::Value;
use std::fmt::Display;
use std::path::Path;
use std::time::Duration;

/// The settings in force, as TOML. Limits that are tightened stand in a comment: they have a file of their own.
pub fn show(config: &Config) -> String {
    let mut text = String::new();
    line(&mut text, "data", path(&config.data));
    line(&mut text, "registers", path(&config.registers));
    if let Some(language) = config.language {
        line(&mut text, "language", quoted(if language == Language::Zh { "zh" } else { "en" }));
    }
    line(&mut text, "threads", config.n_threads);
    line(&mut text, "window", quoted(&SIZES.written(config.window_bytes as u64)));
    line(&mut text, "compression", quoted(config.compression.name()));
    line(&mut text, "encodings", quoted(&config.limits.encodings.to_string()));
    line(&mut text, "rescan", time(config.rescan));
    config.heads.iter().for_each(|heads| line(&mut text, "heads", path(heads)));
    let tightened = Limits { encodings: Default::default(), ..config.limits };
    limits::written(&tightened).lines().for_each(|limit| text.push_str(&format!("# limits: {limit}\n")));
    text.push_str("\n[turn]\n");
    line(&mut text, "files", config.turn.n_files);
    line(&mut text, "bytes", quoted(&SIZES.written(config.turn.n_bytes)));
    line(&mut text, "answers_waiting", config.turn.n_answers_waiting);
    text.push_str("\n[retry]\n");
    line(&mut text, "first", time(config.retry.first));
    line(&mut text, "longest", time(config.retry.longest));
    text.push_str("\n[http]\n");
    let listen = config.http.map_or(LISTEN_NONE.to_owned(), |http| http.listen.to_string());
    line(&mut text, "listen", quoted(&listen));
    config.http.iter().for_each(|http| line(&mut text, "waiting", time(http.waiting_max)));
    if let Some(Retention { archive, ages }) = &config.retention {
        text.push_str("\n[retention]\n");
        line(&mut text, "archive", path(archive));
        ages.raw_days.iter().for_each(|days| line(&mut text, "raw_days", days));
        ages.journal_days.iter().for_each(|days| line(&mut text, "journal_days", days));
    }
    config.folders.iter().for_each(|folders| set(&mut text, folders));
    text
}

fn set(text: &mut String, folders: &Folders) {
    text.push_str("\n[[folders]]\n");
    line(text, "id", quoted(&folders.id));
    if !folders.firm.is_empty() {
        line(text, "firm", quoted(&folders.firm));
    }
    line(text, "root", path(&folders.root));
    folders.types.iter().for_each(|types| line(text, "types", list(types)));
    folders.declarants.iter().for_each(|codes| line(text, "declarants", list(codes)));
}

fn line(text: &mut String, key: &str, value: impl Display) {
    text.push_str(&format!("{key} = {value}\n"));
}

/// A text as TOML and JSON both write it.
fn quoted(value: &str) -> String {
    Value::from(value).to_string().replace('\u{7f}', "\\u007f")
}

fn path(path: &Path) -> String {
    quoted(&path.to_string_lossy())
}

fn time(time: Duration) -> String {
    quoted(&TIMES.written(u64::try_from(time.as_millis()).unwrap_or(u64::MAX)))
}

fn list(values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
    format!("[{}]", values.join(", "))
}
