//! Which one of several elements of a name on file a request means: the one with its number, the one the amendments
//! count to, or the only one with its codes.

use super::super::outline::Element;
use std::collections::HashMap;

/// The element that numbers those of a kind, where they are numbered.
const NUMBER: &str = "SequenceNumeric";

/// What tells elements of a kind apart that have no number.
const CODES: &[(&str, &[&str])] = &[
    ("AdditionalDocument", &["CategoryCode", "TypeCode"]),
    ("AdditionalInformation", &["StatementCode", "StatementTypeCode"]),
    ("AuthorisationHolder", &["CategoryCode"]),
    ("ChargeDeduction", &["ChargesTypeCode"]),
    ("Classification", &["IdentificationTypeCode"]),
    ("DangerousGoods", &["UNDGID"]),
    ("DomesticDutyTaxParty", &["RoleCode"]),
    ("DutyTaxFee", &["TypeCode"]),
    ("ObligationGuarantee", &["SecurityDetailsCode"]),
    ("Origin", &["TypeCode"]),
    ("PreviousDocument", &["CategoryCode", "TypeCode"]),
];

/// The elements in one on file, by name.
pub(super) struct Siblings<'f, 'b> {
    by_name: HashMap<&'b str, Kind<'f, 'b>>,
}

/// Those of one name.
#[derive(Default)]
struct Kind<'f, 'b> {
    all: Vec<&'f Element<'b>>,
    by_number: HashMap<&'b str, usize>,
    by_codes: HashMap<Vec<&'b str>, Vec<usize>>,
    n_added: usize,
    n_asked: usize,
}

/// What a request means.
pub(super) enum Which<'f, 'b> {
    /// This one, the so-manyth of its kind.
    One(usize, &'f Element<'b>),
    /// One more, which will be the so-manyth.
    New(usize),
    /// One with a number that is not on file.
    NotOnFile,
    /// One of several.
    OneOfSeveral,
}

impl<'f, 'b> Siblings<'f, 'b> {
    pub fn of(parent: &'f Element<'b>) -> Siblings<'f, 'b> {
        let mut by_name: HashMap<&'b str, Kind<'f, 'b>> = HashMap::new();
        for child in &parent.children {
            let kind = by_name.entry(child.name).or_default();
            let nth = kind.all.len();
            kind.all.push(child);
            let number = child.value_of(NUMBER);
            if !number.is_empty() {
                kind.by_number.entry(number).or_insert(nth);
            }
            if let Some(codes) = codes_of(child) {
                kind.by_codes.entry(codes).or_default().push(nth);
            }
        }
        Siblings { by_name }
    }

    /// The one of this name, where there can be only one.
    pub fn only(&self, name: &str) -> Option<&'f Element<'b>> {
        self.by_name.get(name).and_then(|kind| kind.all.first()).copied()
    }

    /// Which one is meant; `numbers` are those that the amendments count to, one for each element brought.
    pub fn which(&mut self, asked: &Element<'b>, numbers: &[u32]) -> Which<'f, 'b> {
        let kind = self.by_name.entry(asked.name).or_default();
        let nth_asked = kind.n_asked;
        kind.n_asked += 1;
        let number = asked.value_of(NUMBER);
        if !number.is_empty() {
            return match kind.by_number.get(number) {
                Some(&nth) => Which::One(nth + 1, kind.all[nth]),
                None => kind.next(number.parse().ok()),
            };
        }
        if let Some(&nth) = numbers.get(nth_asked) {
            let nth = nth as usize;
            return match nth.checked_sub(1).and_then(|idx| kind.all.get(idx)) {
                Some(old) => Which::One(nth, old),
                None => kind.next(Some(nth)),
            };
        }
        match codes_of(asked).and_then(|codes| kind.by_codes.get(&codes)).map(Vec::as_slice) {
            Some([nth]) => Which::One(nth + 1, kind.all[*nth]),
            _ if kind.all.is_empty() => kind.next(Some(kind.n_added + 1)),
            _ => Which::OneOfSeveral,
        }
    }
}

impl<'f, 'b> Kind<'f, 'b> {
    /// One more, if that is what its number says.
    fn next(&mut self, number: Option<usize>) -> Which<'f, 'b> {
        let next = self.all.len() + self.n_added + 1;
        if number != Some(next) {
            return Which::NotOnFile;
        }
        self.n_added += 1;
        Which::New(next)
    }
}

/// What tells it apart; none when its kind has no codes, or it has none.
fn codes_of<'b>(element: &Element<'b>) -> Option<Vec<&'b str>> {
    let (_, names) = CODES.iter().find(|(kind, _)| *kind == element.name)?;
    let codes: Vec<&str> = names.iter().map(|name| element.value_of(name)).collect();
    codes.iter().any(|code| !code.is_empty()).then_some(codes)
}
