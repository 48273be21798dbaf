//! Words of ours that stand in lines, English to Chinese: lines have them in one language, the page speaks both.

use engine::outcome::Outcome;
use model::finding::{Phrase, Value, Words};
use serde::{Serialize, Serializer};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Some words, English to Chinese.
type Pairs = BTreeMap<&'static str, &'static str>;

/// The words of one run. There are as many as the rules have, however many documents.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Translations {
    words: Pairs,
    /// Words with values in them, by rule: one of them is known by its form, and another rule may use the same.
    #[serde(serialize_with = "in_order")]
    phrases: BTreeMap<&'static str, Forms>,
}

/// Phrases in the order they are looked for: one that holds another before that one, then the one with most of its own to
/// say. Each with its depth, the length of what its values leave, English and Chinese.
type Forms = BTreeSet<(usize, Reverse<usize>, &'static str, &'static str)>;

fn in_order<S: Serializer>(phrases: &BTreeMap<&str, Forms>, serializer: S) -> Result<S::Ok, S::Error> {
    let pairs = |forms: &Forms| forms.iter().map(|(_, _, en, zh)| [*en, *zh]).collect::<Vec<_>>();
    serializer.collect_map(phrases.iter().map(|(rule, forms)| (rule, pairs(forms))))
}

/// What of a phrase is not the names of its values.
fn own_length(phrase: &Phrase) -> usize {
    let names = phrase.values.iter().map(|(name, _)| name.len() + 2);
    phrase.words.en.len().saturating_sub(names.sum())
}

impl Translations {
    /// Takes the words of an outcome.
    pub fn take(&mut self, outcome: &Outcome) {
        for told in &outcome.told {
            told.finding.evidence.iter().for_each(|(_, value)| self.value(told.finding.rule.0, value, 0));
        }
        for step in &outcome.trace {
            [&step.before, &step.after].into_iter().for_each(|value| self.value(step.rule.0, value, 0));
        }
        outcome.not_judged.iter().for_each(|not_judged| self.words(not_judged.why));
    }

    fn words(&mut self, Words { zh, en }: Words) {
        self.words.insert(en, zh);
    }

    fn value(&mut self, rule: &'static str, value: &Value, depth: usize) {
        match value {
            Value::Words(words) => self.words(*words),
            Value::Phrase(phrase) => {
                let Phrase { words, values } = &**phrase;
                let form = (depth, Reverse(own_length(phrase)), words.en, words.zh);
                self.phrases.entry(rule).or_default().insert(form);
                values.iter().for_each(|(_, value)| self.value(rule, value, depth + 1));
            }
            Value::Text(_) | Value::Decimal(_) | Value::Integer(_) | Value::Date(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::evidence;
    use serde_json::json;

    #[test]
    fn a_phrase_is_taken_under_its_rule_before_what_it_holds() {
        let used = Words { zh: "已使用", en: "USED" };
        let left = Words { zh: "余额 {left} 元", en: "{left} left, which is a long way to say it" };
        let whole = Words { zh: "{status}，{rest}", en: "{status}, {rest}" };
        let rest = Phrase { words: left, values: evidence![left = "0.00"] };
        let mut translations = Translations::default();
        let value = Phrase { words: whole, values: evidence![status = used, rest] }.into();
        translations.value("FEE-023", &value, 0);
        translations.value("FEE-023", &Value::from("V-2018-000123"), 0);
        let told = serde_json::to_value(&translations).expect("it is written to memory");
        assert_eq!(told["words"], json!({ "USED": "已使用" }));
        assert_eq!(told["phrases"], json!({ "FEE-023": [[whole.en, whole.zh], [left.en, left.zh]] }));
    }
}
