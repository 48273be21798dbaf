//! Who may file what comes from one sender: a document in the name of anybody else is refused before its key is looked up
//! (reliability W2). Otherwise one firm could use up the numbers of another, or learn from a repeated answer what it filed.

use crate::read::Read;
use crate::request;
use formats::EntryKind;
use model::evidence;
use model::finding::{Effect, Finding, Place, RuleId};
use model::ledger::{Key, NumberKind};
use model::registers::Registers;
use std::collections::BTreeSet;

/// The codes in whose name a sender may file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sender {
    /// The unified codes of the firms it may file for, as they were named.
    pub declarants: Vec<String>,
    /// These, and the others that name the same firms.
    codes: BTreeSet<String>,
}

impl Sender {
    /// A sender that may file for the firms of these unified codes. Messages name a firm by its customs or inspection code
    /// as well: those are what the register says they are, and nobody's when it says nothing.
    pub fn of(unified_codes: &[String], registers: &Registers) -> Sender {
        let mut codes = BTreeSet::new();
        for unified_code in unified_codes {
            codes.insert(unified_code.clone());
            let firm = registers.firm(unified_code);
            codes.extend(
                firm.iter().flat_map(|firm| [firm.customs_code.clone(), firm.inspection_code.clone()]),
            );
        }
        codes.remove("");
        Sender { declarants: unified_codes.to_vec(), codes }
    }

    /// May file in the name of this declarant.
    pub fn may_file(&self, declarant: &str) -> bool {
        self.codes.contains(declarant)
    }
}

impl Read {
    /// Refuses the documents of a window that this sender may not file. Nothing of them is looked up, and they claim
    /// nothing: to whoever sent them they look the same whether or not such a document is on file.
    pub fn refuse_strangers(&mut self, sender: &Sender) {
        self.each_document(|document| {
            let Some(identity) = document.identity() else { return };
            // Who asks without a name asks in that of whoever may file here.
            if let Some(about) = document.request().filter(|request| request.parties.is_empty()) {
                let number = about.about;
                document.about = sender.codes.iter().map(|code| request::key(code, number)).collect();
                for claim in &mut document.claims {
                    let key = |code: &String| Key::new(NumberKind::Entry, code, number);
                    claim.keys = sender.codes.iter().map(key).collect();
                }
                return;
            }
            if sender.may_file(identity.declarant) {
                return;
            }
            document.entry.findings = vec![Finding {
                rule: RuleId("MSG-035"),
                effect: Effect::Reject,
                place: Place::ROOT,
                evidence: evidence![declarant = identity.declarant],
            }];
            document.entry.kind = EntryKind::Refused;
            document.keys.clear();
            document.claims.clear();
            document.applications.clear();
            document.about.clear();
            document.filing = None;
        });
    }
}

#[cfg(test)]
mod tests {
    use super::Sender;
    use model::registers::{Firm, Registers};

    #[test]
    fn w2_a_firm_files_under_all_its_codes_and_under_no_others() {
        let mut registers = Registers::default();
        let firm = Firm {
            unified_code: "91441323555600018G".into(),
            customs_code: "4413960001".into(),
            ..Firm::default()
        };
        registers.firms.add("91441323555600018G", firm);
        let sender = Sender::of(&["91441323555600018G".into(), "91440308MAXC50451D".into()], &registers);
        for code in ["91441323555600018G", "4413960001", "91440308MAXC50451D"] {
            assert!(sender.may_file(code), "{code}");
        }
        for code in ["", "4413960002", "91441302MAWB000054"] {
            assert!(!sender.may_file(code), "{code}");
        }
    }
}
