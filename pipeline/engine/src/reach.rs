//! Which rules can judge the documents of a format.
//!
//! Rules are written against the model, and no format fills all of it. A rule that asks for a field the format has no
//! element for is neither passed nor failed: it is listed as not judged (ruling D8). What a format carries is known from
//! its tables and what a rule asks for from its source, so the answer is worked out once a format, and a document pays
//! nothing for it.

use formats::{FORMATS, Format};
use jiff::civil::Date;
use model::evidence;
use model::finding::{Effect, Finding, NotJudged, Place, RuleId, Words};
use model::jurisdiction::Jurisdiction;
use rulebook::jurisdiction::rules_of;
use rulebook::proof::Standing;
use rulebook::reads::{FieldName, needs};
use rulebook::rule::{Check, Gathered, Rule};
use std::collections::HashSet;
use std::sync::LazyLock;

/// What of the rule book reaches the documents of a format.
#[derive(Debug)]
pub struct Reach {
    /// Rules of its law that judge, by id.
    pub judging: Vec<&'static Rule>,
    /// Rules of its law that ask for what it cannot carry, by id.
    pub beyond: Vec<Beyond>,
}

/// A rule that cannot judge.
#[derive(Debug)]
pub struct Beyond {
    /// The rule.
    pub rule: &'static Rule,
    /// What it asks for in vain.
    pub missing: Vec<FieldName>,
}

/// What a format is read into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Declarations.
    Declaration,
    /// Certificates.
    Certificate,
    /// What goes with a declaration and is judged with it.
    Beside,
}

const WHY: Words = Words {
    zh: "该报文格式没有此规则所需的栏目",
    en: "the format has no element for what the rule asks for",
};

const NOT_WHOLE: Words = Words {
    zh: "该报文格式栏目不足，原产地证规则未能全部审核",
    en: "its format carries too little for the rules of certificates to judge it",
};

/// Every rule of certificates asks what form they are of.
const FORM: FieldName = FieldName { row: "CertificateHead", field: "form" };

/// What reaches a document of this format; of a document in none, what reaches those of our own law.
pub fn of(format: Option<&dyn Format>) -> &'static Reach {
    static REACHES: LazyLock<Vec<Reach>> =
        LazyLock::new(|| FORMATS.iter().map(|it| Reach::new(*it)).collect());
    static EVERYTHING: LazyLock<Reach> =
        LazyLock::new(|| Reach { judging: rules_of(Jurisdiction::China).to_vec(), beyond: Vec::new() });
    let known = format.and_then(|format| FORMATS.iter().position(|known| known.name() == format.name()));
    known.map_or(&EVERYTHING, |format_idx| &REACHES[format_idx])
}

/// What a format is read into.
pub fn side(format: &dyn Format) -> Side {
    let fills = |record: &str| format.rows().iter().any(|map| map.record == record);
    if fills(FORM.row) {
        Side::Certificate
    } else if fills("DeclarationHead") {
        Side::Declaration
    } else {
        Side::Beside
    }
}

/// Every field a format can fill, by row and name.
pub fn carried(format: &dyn Format) -> HashSet<(&'static str, &'static str)> {
    let own = format.rows().iter().flat_map(|map| {
        let fields = map.fields.iter().chain(map.otherwise).map(|(_, field)| (map.record, *field));
        // A row that belongs to a goods line names it, wherever its number stands.
        fields.chain([(map.record, "goods_line")])
    });
    own.chain(format.derived().iter().map(|it| (it.record, it.field))).collect()
}

impl Reach {
    fn new(format: &dyn Format) -> Reach {
        let (side, carried) = (side(format), carried(format));
        let mut reach = Reach { judging: Vec::new(), beyond: Vec::new() };
        for &rule in rules_of(format.jurisdiction()) {
            let missing = if side.judges(&rule.check) { side.missing(rule, &carried) } else { Vec::new() };
            if missing.is_empty() {
                reach.judging.push(rule);
            } else {
                reach.beyond.push(Beyond { rule, missing });
            }
        }
        reach
    }

    /// Lists the rules that were in force and could not judge. Goods are not released over what nobody looked at: where
    /// one of them could have held or rejected a declaration, it waits for an officer (MSG-034).
    pub(crate) fn tell(&self, day: Option<Date>, side: Side, gathered: &mut Gathered) {
        let in_force = |rule: &Rule| day.is_none_or(|day| rule.in_force.on(day));
        let beyond: Vec<&Rule> = self.beyond.iter().map(|it| it.rule).filter(|rule| in_force(rule)).collect();
        let grave = beyond.iter().filter(|rule| rule.effect >= Effect::Hold).count();
        if grave > 0 && side == Side::Declaration {
            gathered.push(Finding {
                rule: RuleId("MSG-034"),
                effect: Effect::Hold,
                place: Place::ROOT,
                evidence: evidence![count = grave.to_string()],
            });
        }
        gathered.not_judged.extend(beyond.into_iter().map(|rule| NotJudged { rule: rule.id, why: WHY }));
    }

    /// How a certificate of this format stands: it proves nothing where a rule that could deny or reject it did not judge.
    pub(crate) fn standing(&self, by_form: Standing) -> Standing {
        let is_whole = self.beyond.iter().all(|it| it.rule.effect < Effect::Deny);
        if is_whole || by_form != Standing::Proof { by_form } else { Standing::NoProof(NOT_WHOLE) }
    }
}

impl Side {
    /// Rows that documents of this side are made of, by their names.
    fn has(self, row: &str) -> bool {
        let of_row = match row {
            "NonPartyFirm" => Side::Certificate,
            _ if row.starts_with("Certificate") => Side::Certificate,
            _ if row.starts_with("Inspection") => Side::Beside,
            _ => Side::Declaration,
        };
        self == of_row
    }

    fn judges(self, check: &Check) -> bool {
        match check {
            Check::Declaration(_) | Check::Dossier(_) | Check::Proof(_) => self == Side::Declaration,
            Check::Certificate(_) => self == Side::Certificate,
            Check::CertificateAndProof(..) => self != Side::Beside,
            Check::Step | Check::Reader => false,
        }
    }

    fn missing(self, rule: &Rule, carried: &HashSet<(&str, &str)>) -> Vec<FieldName> {
        let is_missing = |name: &FieldName| self.has(name.row) && !carried.contains(&(name.row, name.field));
        let mut missing: Vec<FieldName> = needs(rule).filter(is_missing).collect();
        if self == Side::Certificate && is_missing(&FORM) && !missing.contains(&FORM) {
            missing.push(FORM);
        }
        missing
    }
}

#[cfg(test)]
mod tests;
