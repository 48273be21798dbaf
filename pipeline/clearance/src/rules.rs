//! `clearance rules`: the rule book for people and machines.

use model::finding::Language;
use rulebook::rule::Rule;
use rulebook::rules::{RULES, find};
use rulebook::tables::TableError;
use serde::Serialize;
use std::fmt::Write;

/// All rules, a line each.
pub fn list(language: Language, json: bool) -> String {
    let mut text = String::new();
    for rule in RULES {
        if json {
            text.push_str(&serde_json::to_string(&json_of(rule)).expect("writing to memory does not fail"));
            text.push('\n');
        } else {
            let title = rule.title.in_language(language);
            writeln!(text, "{}  {:8} {}  {title}", rule.id, rule.effect.name(), rule.basis.letter())
                .expect("a String takes all");
        }
    }
    text
}

/// One rule; `None` when there is none with this id.
pub fn show(id: &str, language: Language) -> Option<String> {
    let rule = find(&id.to_uppercase())?;
    let mut text = format!("{} {} (version {})\n", rule.id, rule.name, rule.version);
    let mut line = |zh: &str, en: &str, value: &str| {
        let label = if language == Language::Zh { zh } else { en };
        writeln!(text, "  {label}: {value}").expect("a String takes all");
    };
    line("名称", "title", rule.title.in_language(language));
    line("提示", "message", rule.message.in_language(language));
    line("处理", "remedy", rule.remedy.in_language(language));
    line("效果", "effect", rule.effect.words().in_language(language));
    line("依据等级", "basis", rule.basis.letter());
    for citation in rule.citation {
        line("出处", "source", &citation.to_string());
    }
    for name in rulebook::reads(rule) {
        let zh = model::seen::field(name.row, name.field).map_or("", |field| field.zh);
        line("所看字段", "field", &format!("{}.{} {zh}", name.row, name.field));
    }
    Some(text)
}

/// The digest of the shipped rule book.
pub fn digest() -> Result<String, TableError> {
    let rulebook = rulebook::Rulebook::shipped()?;
    Ok(format!("{}\n", crate::publish::ndjson::digest_text(&rulebook.digest)))
}

#[derive(Serialize)]
struct Json {
    id: &'static str,
    name: &'static str,
    version: u32,
    effect: &'static str,
    basis: &'static str,
    title_zh: &'static str,
    title_en: &'static str,
    citation: Vec<String>,
}

fn json_of(rule: &Rule) -> Json {
    Json {
        id: rule.id.0,
        name: rule.name,
        version: rule.version,
        effect: rule.effect.name(),
        basis: rule.basis.letter(),
        title_zh: rule.title.zh,
        title_en: rule.title.en,
        citation: rule.citation.iter().map(ToString::to_string).collect(),
    }
}
