//! A request laid over the declaration it is about (international-formats.md section 4).
//!
//! The text of the declaration stays as it was filed but for what is changed: so every finding keeps its place, and what
//! is wrong with the rest stays wrong. What is changed is written with its namespace, whatever prefixes the text has.
//! Nothing is guessed: an element is changed when an `Amendment` names it by its pointers and the request brings its value.

mod siblings;

use super::REPEATED;
use super::outline::{Element, outline};
use super::pointer::{Step, chain};
use crate::request::{Ask, Laid, Written};
use crate::xml::kept::Kept;
use crate::xml::writer::Writer;
use model::evidence;
use model::finding::{Effect, Evidence, Finding, Place, RuleId, Words};
use model::limits::Limits;
use siblings::{Siblings, Which};
use std::collections::HashSet;
use std::ops::Range;

/// Elements of a request: twenty for each of the goods lines there may be.
const ELEMENTS_MAX: usize = 20_000;
/// Amendments in a request: one for each of the goods lines there may be.
const AMENDMENTS_MAX: usize = 999;

/// What of a request is about the request itself.
const OWN: &[&str] = &["FunctionCode", "FunctionalReferenceID", "ID", "TypeCode", "Submitter", "Amendment"];
/// Who files, in the order it is looked for, and the moment of acceptance: what a declaration is known and judged by.
const PARTIES: &[&str] = &["Declarant", "Agent", "Exporter"];
const ACCEPTANCE: &str = "/Declaration/AcceptanceDateTime";

/// Types of goods that are not there yet, and what each is once they are.
const ARRIVED: &[(char, char)] = &[('D', 'A'), ('E', 'B'), ('F', 'C'), ('K', 'J')];

const UNCLEAR: RuleId = RuleId("CDS-007");
const NOT_AMENDABLE: RuleId = RuleId("CDS-11012");
const NOT_AWAITED: RuleId = RuleId("CDS-12014");
const TWICE: RuleId = RuleId("CDS-12026");
const AMENDED: RuleId = RuleId("CDS-004");

const NOT_NAMED: Words = Words {
    zh: "该数据与原申报不同，但没有 Amendment 指明要修改",
    en: "the value differs from that on file, and no Amendment names it",
};
const NOTHING_THERE: Words = Words {
    zh: "指针所指数据在申请中没有填报，或不存在",
    en: "the pointers lead to nothing that this request brings",
};
const NOT_ON_FILE: Words = Words {
    zh: "原申报没有此序号的项",
    en: "there is none with this number in the declaration on file",
};
const ONE_OF_SEVERAL: Words = Words {
    zh: "原申报有多项同类数据，没有指明是哪一项",
    en: "the declaration on file has several of these, and which is meant is not said",
};
const NO_CHANGE: Words = Words {
    zh: "与原申报没有不同，无可修改",
    en: "it says what is on file already: nothing is to be changed",
};
const TOO_MANY: Words = Words {
    zh: "修改项过多，请用原编号重报全部内容",
    en: "more is amended than one request may amend",
};

/// Lays an amendment or the presentation of goods over a declaration; none when either cannot be read, and for a
/// cancellation, which changes nothing in it.
pub(super) fn lay(ask: Ask, request: Written<'_>, declaration: Written<'_>, limits: &Limits) -> Option<Laid> {
    let (kept_request, kept) = (Kept::default(), Kept::default());
    let on_file = outline(declaration, kept.keeper(), limits)?;
    let asked = outline(request, kept_request.keeper(), limits)?;
    match ask {
        Ask::Cancel => None,
        Ask::Present => present(&asked, &on_file, declaration.text),
        Ask::Amend => Some(amend(&asked, &on_file, declaration.text)),
    }
}

/// The same declaration, of the type that says the goods are there.
fn present(asked: &Element<'_>, on_file: &Element<'_>, text: &str) -> Option<Laid> {
    let declared = on_file.children.iter().find(|child| child.name == "TypeCode")?;
    let (movement, letter) = declared.value.split_at_checked(2)?;
    let Some((_, arrived)) = ARRIVED.iter().find(|(awaited, _)| letter.chars().eq([*awaited])) else {
        let evidence = evidence![number = asked.value_of("ID"), declaration_type = declared.value];
        let place = asked.children.iter().find(|child| child.name == "ID").map_or(0, |child| child.start);
        return Some(Laid {
            text: text.to_owned(),
            faults: vec![fault(NOT_AWAITED, place, evidence)],
            changes: Vec::new(),
        });
    };
    let value = format!("{movement}{arrived}");
    let mut edit = Edit { at: declared.start..declared.end, text: Vec::new(), reason: None };
    Writer::new(&mut edit.text).leaf_with("TypeCode", &[("xmlns", super::NAMESPACE)], &value);
    let (text, _) = edited(text, vec![edit]);
    Some(Laid { text, faults: Vec::new(), changes: Vec::new() })
}

fn amend(asked: &Element<'_>, on_file: &Element<'_>, text: &str) -> Laid {
    let amendments: Vec<Amendment<'_>> =
        asked.children.iter().filter(|child| child.name == "Amendment").map(Amendment::of).collect();
    let mut laying = Laying {
        text,
        asked,
        on_file,
        amendments,
        stood: HashSet::new(),
        edits: Vec::new(),
        faults: Vec::new(),
    };
    if laying.amendments.len() > AMENDMENTS_MAX || asked.size() > ELEMENTS_MAX {
        laying.unclear(TOO_MANY, asked.start);
    } else {
        laying.level(asked, on_file, "/Declaration");
        laying.judge_amendments();
        if laying.edits.is_empty() && laying.faults.is_empty() {
            laying.unclear(NO_CHANGE, asked.start);
        }
    }
    let Laying { edits, faults, .. } = laying;
    if !faults.is_empty() {
        return Laid { text: text.to_owned(), faults, changes: Vec::new() };
    }
    let (text, changed) = edited(text, edits);
    let request = asked.value_of("FunctionalReferenceID");
    let change = |(at, reason): (usize, String)| Finding {
        rule: AMENDED,
        effect: Effect::Warn,
        place: Place::at(at as u32),
        evidence: evidence![request, reason],
    };
    Laid { text, faults, changes: changed.into_iter().map(change).collect() }
}

/// One `Amendment`: why, and the chain of pointers to what is changed.
struct Amendment<'b> {
    offset: usize,
    reason: &'b str,
    chain: Vec<Link<'b>>,
    /// The request brings something it names.
    is_met: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Link<'b> {
    section: &'b str,
    sequence: Option<u32>,
    tag: &'b str,
}

impl<'b> Amendment<'b> {
    fn of(element: &Element<'b>) -> Amendment<'b> {
        let pointers = element.children.iter().filter(|child| child.name == "Pointer");
        let link = |pointer: &Element<'b>| Link {
            section: pointer.value_of("DocumentSectionCode"),
            sequence: pointer.value_of("SequenceNumeric").parse().ok(),
            tag: pointer.value_of("TagID"),
        };
        Amendment {
            offset: element.start,
            reason: Some(element.value_of("ChangeReasonCode")).filter(|it| !it.is_empty()).unwrap_or("-"),
            chain: pointers.map(link).collect(),
            is_met: false,
        }
    }

    /// It names the element at the end of these steps, or a group that holds it.
    fn names(&self, steps: &[Step]) -> bool {
        !self.chain.is_empty() && leads(&self.chain, steps)
    }

    /// The one of several it names at the end of these steps.
    fn one_of(&self, steps: &[Step]) -> Option<u32> {
        let (last, parents) = steps.split_last()?;
        let link = self.chain.get(parents.len())?;
        let is_one = link.section == last.section && leads(&self.chain[..parents.len()], parents);
        link.sequence.filter(|_| is_one)
    }
}

/// The chain goes this way, as far as it goes.
fn leads(chain: &[Link<'_>], steps: &[Step]) -> bool {
    let is_step = |(link, step): (&Link<'_>, &Step)| {
        let is_same_one =
            step.sequence.is_none() || link.sequence.is_none() || link.sequence == step.sequence;
        link.section == step.section && is_same_one && (link.tag.is_empty() || step.tag == Some(link.tag))
    };
    chain.len() <= steps.len() && chain.iter().zip(steps).all(is_step)
}

/// What is done to the text: something stands in the place of what stood there.
struct Edit {
    at: Range<usize>,
    text: Vec<u8>,
    /// Why, where it is to be told.
    reason: Option<String>,
}

struct Laying<'l, 'b> {
    text: &'l str,
    asked: &'l Element<'b>,
    on_file: &'l Element<'b>,
    amendments: Vec<Amendment<'b>>,
    /// Ways to what the request has brought so far.
    stood: HashSet<String>,
    edits: Vec<Edit>,
    faults: Vec<Finding>,
}

impl<'b> Laying<'_, 'b> {
    /// Lays the elements in one over those in the other.
    fn level(&mut self, asked: &Element<'b>, on_file: &Element<'b>, way: &str) {
        let mut siblings = Siblings::of(on_file);
        let is_root = std::ptr::eq(asked, self.asked);
        for child in &asked.children {
            if child.name.is_empty() || is_root && is_own(child) {
                continue;
            }
            let (old, way) = if REPEATED.contains(&child.name) {
                let (section, numbers) = self.numbers(asked, child, way);
                match siblings.which(child, &numbers) {
                    Which::One(nth, old) => (Some(old), format!("{section}[{nth}]")),
                    Which::New(nth) => (None, format!("{section}[{nth}]")),
                    Which::NotOnFile => {
                        self.unclear(NOT_ON_FILE, child.start);
                        continue;
                    }
                    Which::OneOfSeveral => {
                        self.unclear(ONE_OF_SEVERAL, child.start);
                        continue;
                    }
                }
            } else {
                (siblings.only(child.name), format!("{way}/{}", child.name))
            };
            if !self.stood.insert(way.clone()) {
                self.faults.push(fault(TWICE, child.start, Vec::new()));
                continue;
            }
            match old {
                Some(old) if !child.is_leaf() && !old.is_leaf() => self.level(child, old, &way),
                Some(old) => self.replace(child, old, &way),
                None => self.add(child, on_file, &way),
            }
        }
    }

    /// The way to all of this element's kind, and which of them the amendments name, where they name as many as the request
    /// brings: the first it brings is the first they name.
    fn numbers(&self, asked: &Element<'b>, child: &Element<'b>, way: &str) -> (String, Vec<u32>) {
        let way = format!("{way}/{}", child.name);
        let steps = chain(&way);
        let mut numbers: Vec<u32> = Vec::new();
        for number in self.amendments.iter().filter_map(|amendment| amendment.one_of(&steps)) {
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        let n_brought = asked.children.iter().filter(|it| it.name == child.name).count();
        if numbers.len() != n_brought {
            numbers.clear();
        }
        (way, numbers)
    }

    /// A value, or a group where there was an empty one. What is empty brings nothing.
    fn replace(&mut self, child: &Element<'b>, old: &Element<'b>, way: &str) {
        if child.is_leaf() && child.value.is_empty() {
            return;
        }
        if child.is_leaf()
            && (!old.is_leaf() || child.value == old.value && child.attributes == old.attributes)
        {
            self.named(child, way);
            return;
        }
        self.change(child, old.start..old.end, way);
    }

    /// Something that was not there stands at the end of its parent.
    fn add(&mut self, child: &Element<'b>, parent: &Element<'b>, way: &str) {
        if child.is_leaf() && child.value.is_empty() {
            return;
        }
        let inside = &self.text[parent.start..parent.end];
        let end = parent.start + inside.rfind("</").unwrap_or(inside.len());
        self.change(child, end..end, way);
    }

    fn change(&mut self, child: &Element<'b>, at: Range<usize>, way: &str) {
        let reason = self.named(child, way);
        if self.is_kept(child, way) {
            self.faults.push(fault(NOT_AMENDABLE, child.start, Vec::new()));
        }
        let Some(reason) = reason else { return self.unclear(NOT_NAMED, child.start) };
        let mut edit = Edit { at, text: Vec::new(), reason: Some(reason) };
        write(child, true, &mut Writer::new(&mut edit.text));
        self.edits.push(edit);
    }

    /// Why this is changed, as the amendments that name all of it say; none when something of it is not named.
    fn named(&mut self, child: &Element<'b>, way: &str) -> Option<String> {
        let steps = chain(way);
        let mut reason: Option<String> = None;
        for amendment in self.amendments.iter_mut().filter(|amendment| amendment.names(&steps)) {
            amendment.is_met = true;
            reason.get_or_insert_with(|| amendment.reason.to_owned());
        }
        if child.is_leaf() {
            return reason;
        }
        let mut is_all_named = true;
        for inner in &child.children {
            let named = self.named(inner, &format!("{way}/{}", inner.name));
            is_all_named &= named.is_some();
            reason = reason.or(named);
        }
        reason.filter(|_| is_all_named)
    }

    /// Who files a declaration and when it is accepted stay. Who files is the first of the parties that has a code: none is
    /// put before it.
    fn is_kept(&self, child: &Element<'b>, way: &str) -> bool {
        let has_code = |party: &&&str| {
            let mut groups = self.on_file.children.iter().filter(|it| it.name == **party);
            groups.any(|it| !it.value_of("ID").is_empty())
        };
        let n_up_to_filing =
            PARTIES.iter().position(|party| has_code(&party)).map_or(PARTIES.len(), |nth| nth + 1);
        let is_filing = PARTIES[..n_up_to_filing].iter().any(|party| {
            let group = format!("/Declaration/{party}");
            way == format!("{group}/ID") || way == group && !child.value_of("ID").is_empty()
        });
        is_filing || way.starts_with(ACCEPTANCE)
    }

    /// Each amendment names something that is brought, and no two name the same.
    fn judge_amendments(&mut self) {
        let mut known: HashSet<&[Link<'_>]> = HashSet::new();
        for amendment in &self.amendments {
            if !amendment.chain.is_empty() && !known.insert(&amendment.chain) {
                self.faults.push(fault(TWICE, amendment.offset, Vec::new()));
            } else if !amendment.is_met {
                self.faults.push(fault(UNCLEAR, amendment.offset, evidence![what = NOTHING_THERE]));
            }
        }
    }

    fn unclear(&mut self, what: Words, offset: usize) {
        self.faults.push(fault(UNCLEAR, offset, evidence![what]));
    }
}

/// About the request, not about the declaration: a reason in free words stands among the statements, with pointers to the
/// amendment.
fn is_own(child: &Element<'_>) -> bool {
    let is_reason = child.name == "AdditionalInformation"
        && (child.value_of("StatementTypeCode") == "AES"
            || child.children.iter().any(|it| it.name == "Pointer"));
    is_reason || OWN.contains(&child.name)
}

fn fault(rule: RuleId, offset: usize, evidence: Evidence) -> Finding {
    Finding { rule, effect: Effect::Reject, place: Place::at(offset as u32), evidence }
}

/// An element as it stands in any text: with its namespace at the top, and a moment with that of its data types.
fn write(element: &Element<'_>, is_top: bool, writer: &mut Writer<'_>) {
    let namespace = match element.name {
        "DateTimeString" => Some(super::DATA_TYPES),
        _ => is_top.then_some(super::NAMESPACE),
    };
    let mut attributes: Vec<(&str, &str)> =
        namespace.map(|namespace| ("xmlns", namespace)).into_iter().collect();
    attributes.extend(&element.attributes);
    if element.is_leaf() {
        writer.leaf_with(element.name, &attributes, element.value);
        return;
    }
    writer.open_with(element.name, &attributes);
    element.children.iter().for_each(|child| write(child, false, writer));
    writer.close(element.name);
}

/// The text with all edits made, and where each that is to be told stands now, with its reason.
fn edited(text: &str, mut edits: Vec<Edit>) -> (String, Vec<(usize, String)>) {
    edits.sort_by_key(|edit| edit.at.start);
    let mut result =
        String::with_capacity(text.len() + edits.iter().map(|edit| edit.text.len()).sum::<usize>());
    let mut changed = Vec::new();
    let mut done = 0;
    for Edit { at, text: new, reason } in edits {
        result.push_str(&text[done..at.start]);
        changed.extend(reason.map(|reason| (result.len(), reason)));
        result.push_str(&String::from_utf8_lossy(&new));
        done = at.end;
    }
    result.push_str(&text[done..]);
    (result, changed)
}
