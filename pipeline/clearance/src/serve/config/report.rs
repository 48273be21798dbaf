//! What `clearance config check` says: a line for each fault as a compiler would, notices, and one line of verdict.

use super::fault::{Faults, Notice};
use super::{Checked, Environment};
use model::finding::{Language, Words};
use serde_json::json;

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
    let is_asked = environment == Environment::Asked;
    let summary = |is_usable: bool, n_faults: usize| json!({ "kind": "summary", "file": file, "usable": is_usable, "faults": n_faults, "environment": is_asked });
    match checked {
        Ok(checked) => {
            let notices: String = checked.notices.iter().map(|it| json_notice(it) + "\n").collect();
            format!("{notices}{}\n", summary(true, 0))
        }
        Err(faults) => {
            let lines: String = faults.faults.iter().map(|it| it.json(&faults.file) + "\n").collect();
            format!("{lines}{}\n", summary(false, faults.faults.len()))
        }
    }
}

fn json_notice(notice: &Notice) -> String {
    let (zh, en) = (notice.in_language(Language::Zh), notice.in_language(Language::En));
    json!({ "kind": "notice", "notice": notice.code(), "zh": zh, "en": en }).to_string()
}
