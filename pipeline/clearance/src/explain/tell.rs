//! The explanation as a person reads it out: gravest reason first, then what else was looked at.

use super::again::{Again, Came, Judged, Seen};
use super::{Explanation, Version};
use model::decision::{Disposition, Mode, OutcomeKind};
use model::finding::{Effect, Language, Words};
use rulebook::rules::find;
use serde_json::Value;
use std::fmt::Write;

/// Text in one language, line by line.
struct Page {
    text: String,
    language: Language,
}

impl Page {
    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        Words { zh, en }.in_language(self.language)
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// A line with its label, unless there is nothing to say.
    fn told(&mut self, zh: &'static str, en: &'static str, value: &str) {
        if !value.is_empty() {
            let label = self.say(zh, en);
            let line = format!("  {label}{}{value}", self.say("：", ": "));
            self.line(&line);
        }
    }

    fn heading(&mut self, zh: &'static str, en: &'static str) {
        let heading = self.say(zh, en);
        self.text.push('\n');
        self.line(heading);
    }
}

/// The page.
pub fn tell(explained: &Explanation, language: Language) -> String {
    let mut page = Page { text: String::new(), language };
    document(&mut page, explained);
    versions(&mut page, &explained.versions);
    reasons(&mut page, &explained.decision);
    caveats(&mut page, explained);
    steps(&mut page, explained);
    draw(&mut page, explained);
    fees(&mut page, &explained.decision["fees"]);
    papers(&mut page, explained);
    rules(&mut page, explained);
    record(&mut page, explained);
    page.text
}

fn document(page: &mut Page, explained: &Explanation) {
    let kind = if explained.format.contains("certificate") {
        page.say("原产地证", "certificate")
    } else if explained.format.contains("inspection") {
        page.say("报检单", "inspection application")
    } else {
        page.say("报关单", "declaration")
    };
    let version = match page.language {
        Language::Zh => format!("第 {} 版", explained.version),
        Language::En => format!("version {}", explained.version),
    };
    page.line(&format!("{kind} {} {version}", explained.number));
    page.told("申报单位", "declarant", &explained.declarant);
    for (zh, en, number) in [
        ("海关编号", "entry number", &explained.entry_number),
        ("客户端编号", "client number", &explained.client_number),
    ] {
        if *number != explained.number {
            page.told(zh, en, number);
        }
    }
    let place = match page.language {
        Language::Zh => {
            format!("{}，第 {} 份，第 {} 行起", explained.input, explained.document, explained.line)
        }
        Language::En => {
            format!("{}, document {}, from line {}", explained.input, explained.document, explained.line)
        }
    };
    page.told("报文", "message", &place);
    page.told(
        "受理时间",
        "accepted",
        explained.accepted_at.as_deref().unwrap_or(page.say("不明", "unknown")),
    );
    let outcome =
        words(OutcomeKind::ALL.iter().map(|it| (it.name(), it.words())), explained.outcome, page.language);
    page.told("结果", "outcome", &outcome);
    let disposition = text(&explained.decision, "disposition");
    if !disposition.is_empty() {
        let disposition = disposition_words(disposition, page.language);
        page.told("处置", "disposition", &disposition);
        let mode = mode_words(text(&explained.decision, "mode"), page.language);
        page.told("检验监管模式", "inspection mode", &mode);
    }
    let certificates = texts(&explained.decision["certificates"]);
    page.told("所依原产地证", "rests on certificates", &certificates.join(page.say("、", ", ")));
}

fn versions(page: &mut Page, versions: &[Version]) {
    if versions.len() < 2 {
        return;
    }
    page.heading("历次决定", "decisions on this document");
    for it in versions {
        let outcome =
            words(OutcomeKind::ALL.iter().map(|it| (it.name(), it.words())), it.outcome, page.language);
        let disposition =
            it.disposition.map_or_else(String::new, |name| disposition_words(name, page.language));
        let accepted = it.accepted_at.as_deref().unwrap_or("-");
        let mut line = match page.language {
            Language::Zh => {
                format!("  第 {} 版，序号 {}，{accepted}：{outcome} {disposition}", it.version, it.sequence)
            }
            Language::En => format!(
                "  version {}, sequence {}, {accepted}: {outcome} {disposition}",
                it.version, it.sequence
            ),
        };
        if let Some(sequence) = it.supersedes {
            let _ = write!(line, "{}{sequence}", page.say("，取代序号 ", ", supersedes sequence "));
        }
        if let Some(number) = &it.caused_by {
            let _ = write!(line, "{}{number}", page.say("，起因单证：", ", caused by: "));
        }
        if it.explained {
            line.push_str(page.say("（本页所述）", " (this page)"));
        }
        page.line(&line);
    }
}

/// The gravest first.
fn reasons(page: &mut Page, decision: &Value) {
    let mut findings: Vec<&Value> = decision["findings"].as_array().into_iter().flatten().collect();
    findings.sort_by_key(|it| std::cmp::Reverse(effect(text(it, "effect"))));
    page.heading("原因", "why");
    if findings.is_empty() {
        let none = page.say("  没有发现问题", "  nothing was found");
        page.line(none);
    }
    for finding in findings {
        let rule = text(finding, "rule");
        let effect = effect(text(finding, "effect")).map_or("", |it| it.words().in_language(page.language));
        page.line(&format!("  {rule} {effect}{}{}", page.say("：", ": "), text(finding, "message")));
        let place = match page.language {
            Language::Zh => {
                format!("第 {} 行第 {} 列 {}", finding["line"], finding["column"], text(finding, "pointer"))
            }
            Language::En => {
                format!("line {}, column {} {}", finding["line"], finding["column"], text(finding, "pointer"))
            }
        };
        page.told("  所在", "  where", &place);
        let evidence: Vec<String> = finding["evidence"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, value)| {
                format!("{name}={}", value.as_str().map_or_else(|| value.to_string(), str::to_owned))
            })
            .collect();
        page.told("  依据的值", "  values", &evidence.join(page.say("，", ", ")));
        page.told("  怎么办", "  remedy", text(finding, "remedy"));
        page.told("  出处", "  source", text(finding, "citation"));
        let basis = basis(text(finding, "basis"), page.language);
        page.told("  依据等级", "  basis", basis);
    }
    if let Some(more) = decision["findings_more"].as_u64() {
        let line = match page.language {
            Language::Zh => format!("  另有 {more} 条"),
            Language::En => format!("  and {more} more"),
        };
        page.line(&line);
    }
    for one in decision["not_judged"].as_array().into_iter().flatten() {
        let label = page.say("未能判断", "not judged");
        page.line(&format!("  {} {label}{}{}", text(one, "rule"), page.say("：", ": "), text(one, "why")));
    }
}

/// What B and C mean is said wherever they stand, so that they never look like law.
fn basis(letter: &str, language: Language) -> &'static str {
    match letter {
        "A" => Words { zh: "A（所见原文）", en: "A (the text was seen)" },
        "B" => Words {
            zh: "B（不是法律条文：未见原文，凭专业知识）",
            en: "B (not law: the text was not seen)",
        },
        _ => Words {
            zh: "C（不是法律条文：本程序的默认取值）",
            en: "C (not law: a default of this program)",
        },
    }
    .in_language(language)
}

fn caveats(page: &mut Page, explained: &Explanation) {
    if let Some(why) = &explained.not_searched {
        page.heading("注意", "note");
        page.told(
            "归档读不到，其中的同号单证未能查找",
            "not looked for in the archive, which cannot be read",
            why,
        );
    }
    if let Some(why) = &explained.not_again {
        page.heading("注意", "note");
        page.line(&format!("  {why}"));
    }
    let Some(again) = &explained.again else { return };
    if !again.same_law {
        page.heading("注意", "note");
        let line = page.say(
            "  现有规则或登记册与当时不同：以上为当时所记；以下逐条规则、步骤和单证按今日规则重新判断，仅供参考",
            "  rules or registers at hand are not those that decided: what stands above is what was recorded; rules, steps in words and papers below are by today's rules",
        );
        page.line(line);
        if let Some(name) = again.disposition {
            let today = disposition_words(name, page.language);
            page.told("按今日规则的处置", "disposition by today's rules", &today);
        }
    } else if !again.same_decision {
        page.heading("注意", "note");
        let line = page.say(
            "  按同样的规则和登记册重新判断，结果与日志所记不同，请报告本程序的维护者；以日志所记为准",
            "  judged again by the same rules and registers it comes out otherwise: report this; what is recorded counts",
        );
        page.line(line);
    }
}

/// The way to the mode; recorded steps stand in English words, so those judged again are told where they are the same.
fn steps(page: &mut Page, explained: &Explanation) {
    page.heading("处置与模式的步骤", "steps to disposition and mode");
    match &explained.again {
        Some(again) if again.same_law && again.same_decision => {
            for step in &again.steps {
                let (before, after) =
                    (mode_words(&step.before, page.language), mode_words(&step.after, page.language));
                step_line(page, step.rule, step.title, &before, &after);
            }
        }
        _ => {
            for step in explained.decision["trace"].as_array().into_iter().flatten() {
                let title = find(text(step, "rule")).map_or("", |rule| rule.title.in_language(page.language));
                let [before, after] =
                    ["before", "after"].map(|name| mode_words(text(step, name), page.language));
                step_line(page, text(step, "rule"), title, &before, &after);
            }
        }
    }
}

fn step_line(page: &mut Page, rule: &str, title: &str, before: &str, after: &str) {
    let before = if before.is_empty() { String::new() } else { format!("{before} ") };
    page.line(&format!("  {rule} {title}{}{before}→ {after}", page.say("：", ": ")));
}

fn draw(page: &mut Page, explained: &Explanation) {
    let draw = &explained.decision["draw"];
    page.heading("抽批", "draw");
    if draw.is_null() {
        let none = page.say("  本次没有抽批", "  none was made");
        return page.line(none);
    }
    let hit = if draw["hit"] == true {
        page.say("抽中", "drawn for inspection")
    } else {
        page.say("未抽中", "not drawn")
    };
    let (number, day) = (text(draw, "number"), text(draw, "seed_date"));
    let line = match page.language {
        Language::Zh => format!(
            "  {hit}：抽签值 {}，比例 {}（万分之），编号 {number}，种子日期 {day}",
            draw["draw_bp"], draw["ratio_bp"]
        ),
        Language::En => format!(
            "  {hit}: draw {} against ratio {} (basis points), number {number}, seed of {day}",
            draw["draw_bp"], draw["ratio_bp"]
        ),
    };
    page.line(&line);
    let sealed = if draw["committed"] == true {
        text(draw, "commitment")
    } else {
        page.say("当日没有承诺的种子", "no seed was committed for the day")
    };
    page.told("种子承诺值", "commitment", sealed);
    if let Some(line) = &explained.recompute_draw {
        page.told("种子公布后可自行验算", "to draw again once the seed is revealed", line);
        let rule = page.say(
            "    哈希前八个字节乘以 10000 除以 2 的 64 次方，取整即抽签值；SECRET 换成公布的种子",
            "    the first eight bytes of the hash, times 10,000, divided by 2^64, are the draw; SECRET stands for the seed",
        );
        page.line(rule);
    }
}

/// Head by head, step by step.
fn fees(page: &mut Page, fees: &Value) {
    page.heading("费用", "fees");
    if fees.is_null() {
        let none = page.say("  本次决定没有费用记录", "  none are recorded with this decision");
        return page.line(none);
    }
    for line in fees["lines"].as_array().into_iter().flatten() {
        fee(page, line);
    }
    page.told(
        "合计应缴",
        "payable in all",
        &format!("{} {}", amount(fees, "payable"), text(fees, "currency")),
    );
    page.told("缴费人", "payer", text(fees, "payer"));
}

fn fee(page: &mut Page, line: &Value) {
    let status = match text(line, "status") {
        "FREE" => page.say("免收", "free"),
        "SUSPENDED" => page.say("停征", "suspended"),
        "NOT_JUDGED" => page.say("未能计算", "not judged"),
        _ => "",
    };
    let gross = amount(line, "gross");
    let words = [text(line, "head"), &gross, status, text(line, "order"), text(line, "why")];
    let words: Vec<&str> = words.into_iter().filter(|it| !it.is_empty()).collect();
    page.line(&format!("  {}", words.join(" ")));
    page.told("  否则应收", "  it would have been", text(line, "would_have_been"));
    for step in line["steps"].as_array().into_iter().flatten() {
        let rule = find(text(step, "rule"));
        let title = rule.map_or("", |rule| rule.title.in_language(page.language));
        let [before, change, after] = ["before", "amount", "after"].map(|name| amount(step, name));
        let colon = page.say("：", ": ");
        page.line(&format!("    {} {title}{colon}{before} {change} → {after}", text(step, "rule")));
        page.told("    政策", "    policy", text(step, "authority_doc"));
        page.told("    出资", "    funder", text(step, "funder"));
        page.told("    服务券", "    voucher", text(step, "voucher"));
    }
    page.told("  应缴", "  payable", &amount(line, "payable"));
}

fn papers(page: &mut Page, explained: &Explanation) {
    page.heading("随附单证", "papers");
    let Some(again) = &explained.again else {
        let waived = texts(&explained.decision["documents_waived"]).join(page.say("、", ", "));
        let waived = if waived.is_empty() { page.say("无", "none").to_owned() } else { waived };
        return page.told("免予提交", "waived", &waived);
    };
    for paper in &again.papers {
        let there = paper.there.map_or_else(String::new, |there| format!("{}{there}", page.say("，", ", ")));
        let line = format!("  {}{}{}{there}", paper.document, page.say("：", ": "), paper.asked);
        page.line(&line);
        let basis = basis(paper.basis, page.language);
        let source = match page.language {
            Language::Zh => {
                format!("    单证矩阵“{}”一栏；出处：{}；依据等级 {basis}", paper.column, paper.citation)
            }
            Language::En => format!(
                "    column `{}` of the matrix; source: {}; basis {basis}",
                paper.column, paper.citation
            ),
        };
        page.line(&source);
    }
}

fn rules(page: &mut Page, explained: &Explanation) {
    let Some(again) = &explained.again else { return };
    page.heading("逐条规则", "rule by rule");
    let mut group = "";
    for judged in &again.rules {
        let of_this = judged.rule.split('-').next().unwrap_or_default();
        if of_this != group {
            group = of_this;
            let counts = counts(again, group, page.language);
            page.line(&format!("  {group}{}{counts}", page.say("：", ": ")));
        }
        one_rule(page, judged);
    }
}

fn counts(again: &Again, group: &str, language: Language) -> String {
    let of_group = |it: &&Judged| it.rule.split('-').next() == Some(group);
    let all = [Came::Hit, Came::NotJudged, Came::Passed, Came::Nothing, Came::Step, Came::NotInForce];
    let counted = all.into_iter().filter_map(|result| {
        let n = again.rules.iter().filter(of_group).filter(|it| it.result == result).count();
        (n > 0).then(|| format!("{} {n}", result.words().in_language(language)))
    });
    counted.collect::<Vec<_>>().join(Words { zh: "，", en: ", " }.in_language(language))
}

fn one_rule(page: &mut Page, judged: &Judged) {
    let result = judged.result.words().in_language(page.language);
    let why = judged.why.map_or_else(String::new, |why| format!("{}{why}", page.say("：", ": ")));
    page.line(&format!("    {} {}{}{result}{why}", judged.rule, judged.title, page.say("，", ", ")));
    if !matches!(judged.result, Came::Nothing | Came::NotInForce) {
        let values: Vec<String> = judged.values.iter().map(|seen| one_value(seen, page.language)).collect();
        if !values.is_empty() {
            page.line(&format!("      {}", values.join(page.say("；", "; "))));
        }
    }
}

fn one_value(seen: &Seen, language: Language) -> String {
    let name = match language {
        Language::Zh => seen.zh,
        Language::En => seen.field.split('.').next_back().unwrap_or_default(),
    };
    let shown = |value: &String| if value.is_empty() { "-".to_owned() } else { value.clone() };
    let values = seen
        .values
        .iter()
        .map(shown)
        .collect::<Vec<_>>()
        .join(Words { zh: "、", en: ", " }.in_language(language));
    let more = match (seen.more, language) {
        (0, _) => String::new(),
        (n, Language::Zh) => format!(" 另有 {n} 行"),
        (n, Language::En) => format!(" and {n} more"),
    };
    format!("{name}={values}{more}")
}

fn record(page: &mut Page, explained: &Explanation) {
    page.heading("记录", "record");
    page.told("序号", "sequence", &explained.sequence.to_string());
    let index = format!("{} {}", explained.journal.index, explained.journal.hash);
    page.told("日志", "journal", &index);
    page.told("回执", "receipt", &explained.journal.receipt);
    for (zh, en, name) in [
        ("规则", "rule book", "rulebook"),
        ("登记册", "registers", "registers"),
        ("单证内容", "content", "digest"),
    ] {
        page.told(zh, en, text(&explained.decision, name));
    }
    if let Some(submission) = &explained.submission {
        page.told("程序版本", "program", &submission.program);
    }
}

fn disposition_words(name: &str, language: Language) -> String {
    words(Disposition::ALL.iter().map(|it| (it.name(), it.words())), name, language)
}

/// A mode by its name for people; anything else as it stands.
fn mode_words(name: &str, language: Language) -> String {
    words(Mode::ALL.iter().map(|it| (it.name(), it.words())), name, language)
}

fn words(mut known: impl Iterator<Item = (&'static str, Words)>, name: &str, language: Language) -> String {
    known
        .find(|(it, _)| *it == name)
        .map_or_else(|| name.to_owned(), |(_, words)| words.in_language(language).to_owned())
}

fn effect(name: &str) -> Option<Effect> {
    [Effect::Warn, Effect::Deny, Effect::Inspect, Effect::Hold, Effect::Reject]
        .into_iter()
        .find(|it| it.name() == name)
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// Amounts are texts, so that nobody rounds them; null where they are not known.
fn amount(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or("-").to_owned()
}
