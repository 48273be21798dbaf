//! A request laid over the declaration it is about (international-formats.md section 4).
//!
//! The text of the declaration stays as it was filed but for what is changed: so every finding keeps its place, and what
//! is wrong with the rest stays wrong. What is changed is written with its namespace, whatever prefixes the text has.
//! Nothing is guessed: an element is changed when an `Amendment` names it by its pointers and the request brings its value.

mod siblings;

use super::REPEATED;
use super::outline::{Element, outline};
use super::pointer::{Step, chain};
use crate::excerpt::is_shown;
use crate::request::{Ask, Laid, Written};
use crate::xml::kept::Kept;
use crate::xml::writer::Writer;
use model::evidence;
use model::finding::{Effect, Evidence, Finding, Place, RuleId, Value, Words};
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
const NOTHING: Words = Words { zh: "（无）", en: "(nothing)" };
const NOT_SHOWN: Words = Words { zh: "（不显示）", en: "(not shown)" };
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
    let mut edit = Edit { at: declared.start..declared.end, text: Vec::new(), changes: Vec::new() };
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
    let told = |(at, change): (usize, Change)| Finding {
        rule: AMENDED,
        effect: Effect::Warn,
        place: Place::at(at as u32),
        evidence: change.evidence(request),
    };
    Laid { text, faults, changes: changed.into_iter().map(told).collect() }
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
    /// What of it is to be told, each with its offset in the text.
    changes: Vec<(usize, Change)>,
}

/// A value that was changed.
struct Change {
    before: Value,
    after: Value,
    reason: String,
}

impl Change {
    /// Values that may be personal are not shown (ruling J2): they stand in the messages.
    fn of(old: Option<&Element<'_>>, new: &Element<'_>, way: &str, reason: String) -> Change {
        let mut steps = way.rsplit('/').map(|step| step.split('[').next().unwrap_or(step));
        let leaf = steps.next().unwrap_or("");
        if !is_shown(steps.next().unwrap_or(""), leaf) {
            return Change { before: NOT_SHOWN.into(), after: NOT_SHOWN.into(), reason };
        }
        let before = old.filter(|old| !old.value.is_empty()).map_or(Value::from(NOTHING), with_unit);
        Change { before, after: with_unit(new), reason }
    }

    fn evidence(self, request: &str) -> Evidence {
        let Change { before, after, reason } = self;
        vec![("before", before), ("after", after), ("request", request.into()), ("reason", reason.into())]
    }
}

/// A value, with the currency or the unit that makes it another one.
fn with_unit(element: &Element<'_>) -> Value {
    let units = element.attributes.iter().filter(|(name, _)| *name != "formatCode").map(|(_, unit)| *unit);
    std::iter::once(element.value).chain(units).collect::<Vec<_>>().join(" ").into()
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
        self.change(child, Some(old), old.start..old.end, way);
    }

    /// Something that was not there stands at the end of its parent.
    fn add(&mut self, child: &Element<'b>, parent: &Element<'b>, way: &str) {
        if child.is_leaf() && child.value.is_empty() {
            return;
        }
        let inside = &self.text[parent.start..parent.end];
        let end = parent.start + inside.rfind("</").unwrap_or(inside.len());
        self.change(child, None, end..end, way);
    }

    fn change(&mut self, child: &Element<'b>, old: Option<&Element<'b>>, at: Range<usize>, way: &str) {
        if self.is_kept(child, way) {
            self.faults.push(fault(NOT_AMENDABLE, child.start, Vec::new()));
        }
        let mut edit = Edit { at, text: Vec::new(), changes: Vec::new() };
        let mut leaves = Vec::new();
        write(child, (way, true), &mut edit.text, &mut leaves);
        for (at, leaf, way) in leaves {
            match self.named(leaf, &way) {
                Some(reason) => edit.changes.push((at, Change::of(old, leaf, &way, reason))),
                None => self.unclear(NOT_NAMED, leaf.start),
            }
        }
        self.edits.push(edit);
    }

    /// Why this value is brought, as the first amendment says that names it; none when none does.
    fn named(&mut self, leaf: &Element<'b>, way: &str) -> Option<String> {
        debug_assert!(leaf.is_leaf(), "values are named one by one");
        let steps = chain(way);
        let mut reason: Option<String> = None;
        for amendment in self.amendments.iter_mut().filter(|amendment| amendment.names(&steps)) {
            amendment.is_met = true;
            reason.get_or_insert_with(|| amendment.reason.to_owned());
        }
        reason
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

/// An element as it stands in any text: with its namespace at the top, and a moment with that of its data types. Takes note
/// of each filled value in it, where it stands and the way to it.
fn write<'e, 'b>(
    element: &'e Element<'b>,
    (way, is_top): (&str, bool),
    into: &mut Vec<u8>,
    leaves: &mut Vec<(usize, &'e Element<'b>, String)>,
) {
    let namespace = match element.name {
        "DateTimeString" => Some(super::DATA_TYPES),
        _ => is_top.then_some(super::NAMESPACE),
    };
    let mut attributes: Vec<(&str, &str)> =
        namespace.map(|namespace| ("xmlns", namespace)).into_iter().collect();
    attributes.extend(&element.attributes);
    if element.is_leaf() {
        if !element.value.is_empty() {
            leaves.push((into.len(), element, way.to_owned()));
        }
        Writer::new(into).leaf_with(element.name, &attributes, element.value);
        return;
    }
    Writer::new(into).open_with(element.name, &attributes);
    for child in &element.children {
        write(child, (&format!("{way}/{}", child.name), false), into, leaves);
    }
    Writer::new(into).close(element.name);
}

/// The text with all edits made, and what is to be told of them, with where it stands now.
fn edited(text: &str, mut edits: Vec<Edit>) -> (String, Vec<(usize, Change)>) {
    edits.sort_by_key(|edit| edit.at.start);
    let mut result =
        String::with_capacity(text.len() + edits.iter().map(|edit| edit.text.len()).sum::<usize>());
    let mut changed = Vec::new();
    let mut done = 0;
    for Edit { at, text: new, changes } in edits {
        result.push_str(&text[done..at.start]);
        let start = result.len();
        changed.extend(changes.into_iter().map(|(offset, change)| (start + offset, change)));
        result.push_str(&String::from_utf8_lossy(&new));
        done = at.end;
    }
    result.push_str(&text[done..]);
    (result, changed)
}
