//! When a certificate of origin is a proof, and which of its lines stand for which goods lines.
//!
//! A certificate that breaks no rule may still prove nothing: its letters are unknown (ORG-003), or its form has no
//! row in the table of forms (ruling D5). It is put on file all the same, and the declaration that claims it is held
//! by ORG-051.

use crate::tables::Tables;
use crate::tables::origin_destinations::Service;
use crate::tables::origin_forms::{Form, Parties};
use crate::tables::origin_phrases::Phrases;
use jiff::Span;
use jiff::civil::Date;
use model::case::{Case, CertificateCase, Proof};
use model::certificate::{CertificateHead, CertificateItem};
use model::code::{Country, certificate_number, certificate_type, unit};
use model::decimal::Decimal;
use model::declaration::GoodsItem;
use model::documents::OriginMapping;
use model::finding::{Place, Value, Words};
use model::text::Text;

/// Whether a certificate on file can prove origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It can.
    Proof,
    /// It cannot, for this reason; what ORG-051 says of a declaration that claims it.
    NoProof(Words),
}

const UNKNOWN_FORM: Words = Words {
    zh: "证书类型未知，或中国不是该协定的缔约方",
    en: "its form is unknown, or of an agreement China is no party to",
};
const FORM_WITHOUT_ROW: Words = Words {
    zh: "该类型证书的规则尚未收录，无法审核",
    en: "the rules of its form are not on file, so it was not judged",
};

/// Whether this certificate can prove origin, as far as its form says. A rejected one never can: that is the engine's
/// to see from its findings.
pub fn proof_standing(certificate: &CertificateCase<'_>, law: &Tables) -> Standing {
    let letters = certificate.certificate.head.form.value;
    if !certificate_type::LIST.is_known(letters) {
        Standing::NoProof(UNKNOWN_FORM)
    } else if !law.origin_forms.knows(letters) {
        Standing::NoProof(FORM_WITHOUT_ROW)
    } else {
        Standing::Proof
    }
}

/// The country the certificate is for; any of the three code systems (ruling X6).
pub fn destination(head: &CertificateHead<'_>) -> Option<Country> {
    Country::from_code(head.destination_country_code.value)
}

/// The country is the destination or a party with it to what the form rests on.
pub fn is_party(head: &CertificateHead<'_>, country: Country, issued_on: Date, law: &Tables) -> bool {
    let (letters, to) = (head.form.value, destination(head));
    let service = |to| law.origin_destinations.service(letters, to, issued_on);
    if Some(country) == to {
        return true;
    }
    let Some(own) = service(Some(country)) else { return false };
    let are_one = |other: &Service| own.union.is_some() && own.union == other.union;
    match law.origin_forms.form(letters, issued_on).map(|form| form.parties) {
        Some(Parties::All) => true,
        Some(Parties::Destination) => service(to).is_some_and(are_one),
        None => false,
    }
}

/// What the certificate's form asks for on its day of issue; `None` without a row or a day.
pub fn form<'t>(certificate: &model::certificate::Certificate<'_>, law: &'t Tables) -> Option<&'t Form> {
    let (issued_on, _) = certificate.issued_on()?;
    law.origin_forms.form(certificate.head.form.value, issued_on)
}

/// Day of departure as the declaration tells it, where the certificate does not (ruling D4).
///
/// A certificate with its own shipping date was judged by it when it arrived, and is not judged twice.
pub fn departed_on_declaration(case: &Case<'_>, proof: &Proof<'_>) -> Option<Date> {
    if proof.certificate.head.departure_date.date().is_some() {
        return None;
    }
    case.declaration.head.departure_date.date()
}

/// The field the day of issue was taken from (ruling D4).
pub fn issue_place(head: &CertificateHead<'_>) -> Place {
    let text = if head.issue_date.date().is_some() { &head.issue_date } else { &head.application_date };
    Place::of(head, text)
}

/// The retrospective mark: the field that carries it, and its word (ruling D4).
pub fn late_mark<'h, 'b, 't>(
    head: &'h CertificateHead<'b>,
    law: &'t Tables,
    issued_on: Date,
) -> Option<(&'h Text<'b>, &'t str)> {
    remarks(head).into_iter().find_map(|text| {
        let word = law.origin_phrases.within(Phrases::LateMark, text.value, issued_on)?;
        Some((text, word))
    })
}

/// Where a mark or a statement on a certificate is looked for (ruling D4).
pub fn remarks<'h, 'b>(head: &'h CertificateHead<'b>) -> [&'h Text<'b>; 3] {
    [&head.remark, &head.application_note, &head.goods_clause]
}

/// A box of a form by its number, or by its name in both languages.
pub fn box_of_form(name: &str) -> Value {
    match name {
        "title" => Words { zh: "标题区", en: "title" }.into(),
        "remarks" => Words { zh: "备注栏", en: "remarks" }.into(),
        number => number.into(),
    }
}

/// Rows of the declaration that map its goods lines to this certificate.
pub fn mappings<'c>(case: &Case<'c>, proof: &Proof<'c>) -> impl Iterator<Item = &'c OriginMapping<'c>> {
    let number = proof.certificate.head.number.value;
    case.declaration.origin_mappings.iter().filter(move |mapping| {
        let claimed = mapping.document_number.value;
        claimed == number || certificate_number::strip_claim_letter(claimed) == number
    })
}

/// What the criterion box of a line says: letters, and a share or a heading behind them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SaidCriterion<'c> {
    /// The letters; none where the box begins with a figure.
    pub code: &'c str,
    /// The figure, with its sign of per cent.
    pub figure: Option<&'c str>,
}

impl SaidCriterion<'_> {
    /// The figure as a share in per cent.
    pub fn share(&self) -> Option<Decimal> {
        percent(self.figure?)
    }
}

/// Reads the criterion box, which some senders split: `57%`, `RVC 57%`, `W` with `64.03` beside it.
pub fn criterion<'c>(line: &'c CertificateItem<'_>) -> SaidCriterion<'c> {
    let mut words = criterion_words(line);
    let first = words.next().unwrap_or("");
    let n_letters = first.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (code, rest) = first.split_at(n_letters);
    let begins_with_figure = |word: &&str| word.starts_with(|sign: char| sign.is_ascii_digit());
    let figure = Some(rest).filter(|rest| !rest.is_empty()).or_else(|| words.find(begins_with_figure));
    SaidCriterion { code, figure }
}

/// The words of the criterion box and of the one beside it.
pub fn criterion_words<'c>(line: &'c CertificateItem<'_>) -> impl Iterator<Item = &'c str> {
    let is_between = |sign: char| sign.is_whitespace() || matches!(sign, '"' | '\'' | ',' | ';' | '/' | '+');
    [line.criterion.value, line.criterion_auxiliary.value]
        .into_iter()
        .flat_map(move |text| text.split(is_between))
        .filter(|word| !word.is_empty())
}

/// Share of imported materials a line states, in per cent.
pub fn imported_share(line: &CertificateItem<'_>) -> Option<Decimal> {
    percent(line.imported_content.value).filter(|share| !share.is_negative() && *share <= Decimal::HUNDRED)
}

fn percent(text: &str) -> Option<Decimal> {
    Decimal::parse(text.trim_end_matches(['%', ' ']))
}

/// Local share by the build-down method, in per cent with two places: (FOB - value of non-originating materials) / FOB.
pub fn build_down(fob: Decimal, non_originating: Decimal) -> Option<Decimal> {
    fob.checked_sub(non_originating)?.mul_rounded(Decimal::HUNDRED, Decimal::PLACES)?.div_rounded(fob, 2)
}

/// Days from one day to another; negative when it lies before.
pub fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

/// The day so many days later.
pub fn days_after(day: Date, days: i32) -> Option<Date> {
    day.checked_add(Span::new().days(days)).ok()
}

/// Lines of a certificate and the goods lines they stand for: the smallest sets that belong together.
#[derive(Clone, Debug, Default)]
pub struct Group<'c> {
    /// Lines of the certificate.
    pub lines: Vec<&'c CertificateItem<'c>>,
    /// Goods lines of the declaration.
    pub items: Vec<&'c GoodsItem<'c>>,
}

/// How the declaration maps the lines of a certificate it claims to its own.
///
/// One line against one line is the usual group; a line that covers several goods lines, or is shared by several,
/// makes a greater one. A certificate that is claimed without any mapping is one group with all goods lines.
/// Lines of the certificate the declaration does not map are not claimed by it, and stand in no group.
pub fn groups<'c>(case: &Case<'c>, proof: &Proof<'c>) -> Vec<Group<'c>> {
    let lines: Vec<&CertificateItem<'_>> = proof.certificate.goods().collect();
    let Some(links) = links(case, proof, &lines) else {
        return vec![Group { lines, items: case.items().iter().collect() }];
    };
    let mut root: Vec<usize> = (0..case.items().len()).collect();
    for pair in links.windows(2) {
        if pair[0].0 == pair[1].0 {
            let (one, other) = (find(&mut root, pair[0].1), find(&mut root, pair[1].1));
            root[one.max(other)] = one.min(other);
        }
    }
    let mut group_of: Vec<Option<usize>> = vec![None; root.len()];
    let mut groups: Vec<Group<'c>> = Vec::new();
    for (link_idx, &(line_idx, item_idx)) in links.iter().enumerate() {
        let group_idx = *group_of[find(&mut root, item_idx)].get_or_insert_with(|| {
            groups.push(Group::default());
            groups.len() - 1
        });
        if link_idx == 0 || links[link_idx - 1].0 != line_idx {
            groups[group_idx].lines.push(lines[line_idx]);
        }
    }
    let mut linked: Vec<usize> = links.iter().map(|link| link.1).collect();
    linked.sort_unstable();
    linked.dedup();
    for item_idx in linked {
        if let Some(group_idx) = group_of[find(&mut root, item_idx)] {
            groups[group_idx].items.push(&case.items()[item_idx]);
        }
    }
    groups
}

/// Pairs of a line of the certificate and a goods line, by place, in order; `None` when nothing is mapped.
fn links(case: &Case<'_>, proof: &Proof<'_>, lines: &[&CertificateItem<'_>]) -> Option<Vec<(usize, usize)>> {
    let mut links = Vec::new();
    let mut is_mapped = false;
    for mapping in mappings(case, proof) {
        let line_idx = place_of(lines, mapping.document_line.value, |line| line.line_number.value);
        let item_idx = place_of(case.items(), mapping.goods_line.value, |item| item.line_number.value);
        if let (Some(line_idx), Some(item_idx)) = (line_idx, item_idx) {
            links.push((line_idx, item_idx));
        }
        is_mapped |= mapping.goods_line.is_present() && mapping.document_line.is_present();
    }
    links.sort_unstable();
    links.dedup();
    is_mapped.then_some(links)
}

/// The place of the row with this line number: nearly always the row of that place.
fn place_of<R>(rows: &[R], number: &str, number_of: impl Fn(&R) -> &str) -> Option<usize> {
    let wanted: u32 = number.parse().ok()?;
    let is_wanted = |row: &R| number_of(row).parse() == Ok(wanted);
    let guess = (wanted as usize).wrapping_sub(1);
    if rows.get(guess).is_some_and(is_wanted) { Some(guess) } else { rows.iter().position(is_wanted) }
}

fn find(root: &mut [usize], mut idx: usize) -> usize {
    while root[idx] != idx {
        root[idx] = root[root[idx]];
        idx = root[idx];
    }
    idx
}

/// Every group has as much on the certificate as is declared.
pub fn are_whole(groups: &[Group<'_>]) -> bool {
    groups.iter().all(|group| quantities(group).is_some_and(|quantities| quantities.are_equal()))
}

/// The declaration claims every goods line of the certificate.
pub fn claims_all_lines(proof: &Proof<'_>, groups: &[Group<'_>]) -> bool {
    proof.certificate.goods().count() == groups.iter().map(|group| group.lines.len()).sum::<usize>()
}

/// The certificate covers the whole consignment: every goods line, and as much as is declared.
pub fn covers_all(case: &Case<'_>, groups: &[Group<'_>]) -> bool {
    let n_covered: usize = groups.iter().map(|group| group.items.len()).sum();
    n_covered == case.items().len() && are_whole(groups)
}

/// What a quantity counts, in words both papers have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit<'c> {
    /// Pairs.
    Pair,
    /// Kilograms.
    Kilogram,
    /// Another unit, by its Chinese name on the list of customs units.
    Other(&'c str),
}

impl From<Unit<'_>> for Value {
    fn from(unit: Unit<'_>) -> Value {
        match unit {
            Unit::Pair => Words { zh: "双", en: "pairs" }.into(),
            Unit::Kilogram => Words { zh: "千克", en: "kg" }.into(),
            Unit::Other(name) => name.into(),
        }
    }
}

/// Names of the kilogram on certificates.
const KILOGRAMS: [&str; 6] = ["KG", "KGS", "KILOGRAM", "KILOGRAMS", "千克", "公斤"];
/// Names of the pair on certificates.
const PAIRS: [&str; 5] = ["PAIR", "PAIRS", "PR", "PRS", "双"];

/// The unit a certificate names, in Chinese or English.
fn unit_named(name: &str) -> Option<Unit<'_>> {
    let is_one_of = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    if name.is_empty() {
        None
    } else if is_one_of(&PAIRS) {
        Some(Unit::Pair)
    } else if is_one_of(&KILOGRAMS) {
        Some(Unit::Kilogram)
    } else {
        Some(Unit::Other(name))
    }
}

/// A unit of weight on a certificate is the kilogram.
pub fn is_kilogram(name: &str) -> bool {
    unit_named(name) == Some(Unit::Kilogram)
}

impl<'c> Group<'c> {
    /// The goods line, where the group has just one.
    pub fn only_item(&self) -> Option<&'c GoodsItem<'c>> {
        if let [item] = self.items[..] { Some(item) } else { None }
    }

    /// A value of its goods line, or the claim as a whole where there are several.
    pub fn place(&self, proof: &Proof<'_>, field: impl Fn(&'c GoodsItem<'c>) -> &'c Text<'c>) -> Place {
        self.only_item().map_or(proof.place, |item| Place::of(item, field(item)))
    }
}

/// The same quantity on both papers, in one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantities<'c> {
    /// On the certificate.
    pub certified: Decimal,
    /// On the declaration.
    pub declared: Decimal,
    /// What both count.
    pub unit: Unit<'c>,
}

impl Quantities<'_> {
    /// The certificate covers neither more nor less than is declared.
    pub fn are_equal(&self) -> bool {
        self.certified == self.declared
    }
}

/// The quantities of a group, when one unit counts all of it; `None` when units differ or a figure is missing.
pub fn quantities<'c>(group: &Group<'c>) -> Option<Quantities<'c>> {
    let first = group.lines.first()?;
    let unit = certified_unit(first)?;
    let certified = sum(group
        .lines
        .iter()
        .map(|line| if certified_unit(line)? == unit { line.quantity.decimal() } else { None }))?;
    let declared = sum(group.items.iter().map(|item| declared_in(item, unit)))?;
    Some(Quantities { certified, declared, unit })
}

fn certified_unit<'c>(line: &CertificateItem<'c>) -> Option<Unit<'c>> {
    unit_named(line.unit.value).or_else(|| unit_named(line.unit_en.value))
}

/// The declared quantity in this unit, whichever of the three carries it.
fn declared_in(item: &GoodsItem<'_>, wanted: Unit<'_>) -> Option<Decimal> {
    let declared = [
        (item.quantity, item.unit),
        (item.second_quantity, item.second_unit),
        (item.first_quantity, item.first_unit),
    ];
    declared.iter().find_map(|(quantity, code)| {
        let factor = match wanted {
            Unit::Pair => unit::pairs(code.value)?,
            Unit::Kilogram if code.value == unit::KILOGRAM => 1,
            Unit::Other(name) if unit::LIST.name_zh(code.value) == Some(name) => 1,
            Unit::Kilogram | Unit::Other(_) => return None,
        };
        quantity.decimal()?.mul_rounded(Decimal::from(factor), Decimal::PLACES)
    })
}

/// The sum, when every figure is there and it fits.
pub fn sum(mut figures: impl Iterator<Item = Option<Decimal>>) -> Option<Decimal> {
    figures.try_fold(Decimal::ZERO, |sum, figure| sum.checked_add(figure?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use fixtures::notation::Notated;

    #[test]
    fn shares_of_org_020_and_org_024() {
        let dec = |text| Decimal::parse(text).expect("a number");
        assert_eq!(build_down(dec("14.20"), dec("6.10")), Some(dec("57.04")));
        assert_eq!(build_down(dec("14.20"), dec("8.60")), Some(dec("39.44")));
        assert_eq!(build_down(Decimal::ZERO, dec("8.60")), None);
        // 5.10 of 14.20: what is left of the whole without the rest.
        assert_eq!(
            build_down(dec("14.20"), dec("9.10")).and_then(|share| share.rounded(1)),
            Some(dec("35.9"))
        );
    }

    #[test]
    fn criteria_in_their_parts() {
        for (criterion_said, beside, code, figure) in [
            ("57%", "", "", Some("57%")),
            ("RVC 57%", "", "RVC", Some("57%")),
            ("\"W\" 64.03", "", "W", Some("64.03")),
            ("w", "64.03", "w", Some("64.03")),
            ("B35%", "", "B", Some("35%")),
            ("CTC, ACU", "", "CTC", None),
            ("", "", "", None),
        ] {
            let line = CertificateItem {
                criterion: Text::at(criterion_said, 1),
                criterion_auxiliary: Text::at(beside, 2),
                ..CertificateItem::default()
            };
            let said = criterion(&line);
            assert_eq!((said.code, said.figure), (code, figure), "{criterion_said} {beside}");
        }
    }

    /// The groups of the first proof: `lines of the certificate : goods lines`, by their numbers.
    fn grouped(notation: &str) -> Vec<String> {
        let notated = Notated::parse(notation).expect("good notation");
        notated.with_case(|case| {
            let proof = case.proofs().next().expect("a proof");
            let told = |group: &Group<'_>| {
                let lines: Vec<&str> = group.lines.iter().map(|line| line.line_number.value).collect();
                let items: Vec<&str> = group.items.iter().map(|item| item.line_number.value).collect();
                format!("{} : {}", lines.join(" "), items.join(" "))
            };
            groups(case, &proof).iter().map(told).collect()
        })
    }

    fn mapped(pairs: &[(u32, u32)]) -> String {
        let mut notation = "item\nitem\nitem\n".to_owned();
        for (line, item) in pairs {
            let mapping = format!("document_number=CE185556000180061 document_line={line} goods_line={item}");
            notation.push_str(&format!("origin {mapping}\n"));
        }
        notation + "certificate number=E185556000180061 form=E\nline\nline\nline"
    }

    #[test]
    fn lines_belong_together_as_they_are_mapped() {
        assert_eq!(grouped(&mapped(&[(1, 2), (2, 1)])), ["1 : 2", "2 : 1"]);
        assert_eq!(grouped(&mapped(&[(1, 1), (1, 2), (2, 3)])), ["1 : 1 2", "2 : 3"]);
        assert_eq!(grouped(&mapped(&[(1, 1), (2, 1), (3, 3)])), ["1 2 : 1", "3 : 3"]);
        assert_eq!(grouped(&mapped(&[(1, 1), (2, 1), (2, 2), (3, 2)])), ["1 2 3 : 1 2"]);
        assert_eq!(grouped(&mapped(&[(1, 1), (1, 1)])), ["1 : 1"]);
    }

    #[test]
    fn a_line_of_no_number_on_the_other_paper_belongs_nowhere() {
        assert_eq!(grouped(&mapped(&[(1, 1), (9, 2), (2, 9)])), ["1 : 1"]);
        assert!(grouped(&mapped(&[(9, 9)])).is_empty());
    }

    #[test]
    fn a_claim_without_mapping_is_one_group() {
        let notation = "item\nitem\nlicence code=Y number=C185556000180061
                        certificate number=C185556000180061\nline\nline\nline";
        assert_eq!(grouped(notation), ["1 2 3 : 1 2"]);
    }
}
