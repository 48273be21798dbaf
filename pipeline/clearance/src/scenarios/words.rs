//! What the program said of a document, in the words of an outcome block.

use fixtures::cases::Expected;
use serde_json::Value;

/// What was said of a document. Findings always; the rest when it is asked for.
pub fn said(line: &Value, expected: Option<&Expected>) -> Expected {
    let mut details: Vec<String> = line["findings"].as_array().into_iter().flatten().map(finding).collect();
    let wanted =
        |start: &str| expected.is_some_and(|it| it.details.iter().any(|detail| detail.starts_with(start)));
    details.extend(facts(line).into_iter().filter(|(start, _)| wanted(start)).map(|(_, fact)| fact));
    Expected { head: head(line), details }
}

/// Number, outcome, disposition, mode.
pub fn head(line: &Value) -> String {
    let number = line["number"]
        .as_str()
        .map_or_else(|| format!("{}:{}", text(line, "input"), line["document"]), str::to_owned);
    let outcome = match text(line, "outcome") {
        "decided" => "",
        other => other,
    };
    let words = [&*number, outcome, text(line, "disposition"), text(line, "mode")];
    words.into_iter().filter(|word| !matches!(*word, "" | "-")).collect::<Vec<_>>().join(" ")
}

fn finding(finding: &Value) -> String {
    let [rule, effect, pointer, message] =
        ["rule", "effect", "pointer", "message"].map(|it| text(finding, it));
    let place = if matches!(pointer, "" | "-") { String::new() } else { format!(" {pointer}") };
    format!("{rule} {effect}{place}: {message}")
}

/// Other facts of a line, each with the words it begins with.
fn facts(line: &Value) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    let mut fact = |start: String, rest: String| facts.push((start.clone(), format!("{start}{rest}")));
    fact("version ".to_owned(), line["version"].to_string());
    if let Some(first) = line["first_sequence"].as_u64() {
        fact("first said in line ".to_owned(), first.to_string());
    }
    if let Some(by) = line["caused_by"].as_str() {
        fact("caused by ".to_owned(), by.to_owned());
    }
    if let Some(supersedes) = line["supersedes"].as_u64() {
        fact("supersedes line ".to_owned(), supersedes.to_string());
    }
    if let Some(accepted_at) = line["accepted_at"].as_str() {
        fact("accepted ".to_owned(), accepted_at.to_owned());
    }
    let draw = &line["draw"];
    let rest = if draw.is_null() {
        "none".to_owned()
    } else {
        let hit = if draw["hit"] == true { "hit" } else { "miss" };
        let sealed = if draw["committed"] == true { "" } else { ", unsealed" };
        format!("{} against {}: {hit}{sealed}", draw["draw_bp"], draw["ratio_bp"])
    };
    fact("draw ".to_owned(), rest);
    for step in line["trace"].as_array().into_iter().flatten() {
        let [rule, before, after] = ["rule", "before", "after"].map(|it| text(step, it));
        let before = if before.is_empty() { String::new() } else { format!("{before} ") };
        fact(format!("step {rule} "), format!("{before}→ {after}"));
    }
    for (name, start) in [("documents_waived", "waived "), ("certificates", "proofs ")] {
        let names: Vec<&str> =
            line[name].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        fact(start.to_owned(), if names.is_empty() { "none".to_owned() } else { names.join(", ") });
    }
    for head in line["fees"]["lines"].as_array().into_iter().flatten() {
        let [name, gross, payable, status] = ["head", "gross", "payable", "status"].map(|it| text(head, it));
        let status = if status == "-" { String::new() } else { format!(", {status}") };
        fact("fee ".to_owned(), format!("{name} {gross} → {payable}{status}"));
    }
    fact("payable ".to_owned(), text(&line["fees"], "payable").to_owned());
    for one in line["not_judged"].as_array().into_iter().flatten() {
        fact(format!("not judged {}", text(one, "rule")), format!(": {}", text(one, "why")));
    }
    facts
}

/// The text of a field; `-` when it is absent or null.
fn text<'l>(line: &'l Value, field: &str) -> &'l str {
    line[field].as_str().unwrap_or("-")
}
