//! What `clearance config check` says: a line for each fault as a compiler would, notices, and one line of verdict.

use super::fault::{Faults, Notice};
use super::{Checked, Environment};
use model::finding::{Language, Words};
use serde::Serialize;

/// The report for a person.
pub fn report(
    checked: &Result<Checked, Faults>,
    file: &str,
    environment: Environment,
    language: Language,
) -> String {
    let checked = match checked {
        Ok(checked) => checked,
        Err(faults) => {
            let n = faults.faults.len();
            let verdict = match language {
                Language::Zh => format!("{file}：配置不可用，有误 {n} 处\n"),
                Language::En => format!("{file}: not usable, wrong: {n}\n"),
            };
            return faults.in_language(language) + &verdict;
        }
    };
    let head = Words { zh: "提示：", en: "notice: " }.in_language(language);
    let notices: String =
        checked.notices.iter().map(|it| format!("{head}{}\n", it.in_language(language))).collect();
    let n = checked.config.folders.len();
    let unasked = match environment {
        Environment::Asked => Words { zh: "", en: "" },
        Environment::LeftAlone => {
            Words { zh: "；未查看文件夹", en: "; the folders were not looked at" }
        }
    };
    let verdict = match language {
        Language::Zh => format!("{file}：配置可用，文件夹 {n} 组"),
        Language::En => format!("{file}: usable, folder sets: {n}"),
    };
    format!("{notices}{verdict}{}\n", unasked.in_language(language))
}

/// The report for a program, one JSON object a line; the last says whether the file can be used.
pub fn to_json_lines(checked: &Result<Checked, Faults>, file: &str, environment: Environment) -> String {
    let mut lines = match checked {
        Ok(checked) => checked.notices.iter().map(|it| json(&Line::of_notice(it))).collect(),
        Err(faults) => faults.faults.iter().map(|it| it.json(&faults.file) + "\n").collect::<String>(),
    };
    lines.push_str(&json(&Line::Summary {
        file,
        usable: checked.is_ok(),
        faults: checked.as_ref().err().map_or(0, |faults| faults.faults.len()),
        environment: environment == Environment::Asked,
    }));
    lines
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Line<'l> {
    Notice { notice: &'static str, zh: &'static str, en: &'static str },
    Summary { file: &'l str, usable: bool, faults: usize, environment: bool },
}

impl Line<'_> {
    fn of_notice(notice: &Notice) -> Line<'_> {
        let say = |language| notice.in_language(language);
        Line::Notice { notice: notice.code(), zh: say(Language::Zh), en: say(Language::En) }
    }
}

fn json(line: &Line<'_>) -> String {
    serde_json::to_string(line).expect("a line has text keys and no failing parts") + "\n"
}
