//! What tuning came to, for machines: on one line, and in `tune.json`.

use super::{Kind, Setting, Tried, Tuned};
use serde_json::{Value, json};

/// One object and a line break.
pub fn to_json(tuned: &Tuned) -> String {
    let value = json!({
        "documents": tuned.n_documents,
        "bytes": tuned.n_bytes,
        "noise_bp": tuned.noise_bp,
        "tried": tuned.tried.iter().map(tried).collect::<Vec<_>>(),
        "together": tuned.last.as_ref().map(|last| last.iter().map(tried).collect::<Vec<_>>()),
        "use": setting(tuned.best()),
        "gain_bp": tuned.gain_bp(),
    });
    format!("{value}\n")
}

fn tried(it: &Tried) -> Value {
    json!({
        "differs_in": it.kind.map(Kind::name),
        "setting": setting(&it.setting),
        "wall_us": it.walls_us,
        "wall_us_median": it.median_us(),
        "resident_max_bytes": it.resident_max_bytes,
    })
}

fn setting(it: &Setting) -> Value {
    let variable = it.allocator.variable().map(|(name, value)| format!("{name}={value}"));
    json!({
        "threads": it.n_threads,
        "window": it.window_bytes,
        "compression": it.compression.name(),
        "environment": variable,
    })
}
