//! A schema of the corpus, learned from it: which element holds which, and how long values may be.
//!
//! The published schemas are other people's and no part of the project; this one asks a validator for the same kind of work.

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// A namespace, empty for none, and a local name.
type Name = (String, String);

#[derive(Default)]
struct Element {
    children: BTreeSet<Name>,
    attributes: BTreeSet<String>,
}

/// Writes `batch.xsd`, and a schema beside it for every namespace.
pub fn write(dir: &Path, xml: &str) {
    let elements = learned(xml);
    let namespaces: BTreeSet<&str> = elements.keys().map(|(namespace, _)| namespace.as_str()).collect();
    let file = |namespace: &str| match namespaces.iter().position(|it| *it == namespace) {
        // The empty name comes first of all.
        Some(0) | None => "batch.xsd".to_owned(),
        Some(idx) => format!("batch-{idx}.xsd"),
    };
    for namespace in &namespaces {
        let mut text = String::from(
            "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" elementFormDefault=\"qualified\"",
        );
        if !namespace.is_empty() {
            write!(text, " targetNamespace=\"{namespace}\"").expect("a String takes all");
        }
        let prefixes: BTreeMap<&str, String> = namespaces
            .iter()
            .filter(|it| !it.is_empty())
            .enumerate()
            .map(|(n, it)| (*it, format!("n{n}:")))
            .collect();
        for (namespace, prefix) in &prefixes {
            write!(text, " xmlns:{}=\"{namespace}\"", prefix.trim_end_matches(':'))
                .expect("a String takes all");
        }
        text.push_str(">\n");
        for other in namespaces.iter().filter(|it| it != &namespace) {
            let named = if other.is_empty() { String::new() } else { format!(" namespace=\"{other}\"") };
            writeln!(text, "<xs:import{named} schemaLocation=\"{}\"/>", file(other))
                .expect("a String takes all");
        }
        for ((_, name), element) in elements.iter().filter(|((it, _), _)| it == namespace) {
            declare(&mut text, name, element, &prefixes);
        }
        text.push_str("</xs:schema>\n");
        std::fs::write(dir.join(file(namespace)), text).expect("a file can be written");
    }
}

fn declare(text: &mut String, name: &str, element: &Element, prefixes: &BTreeMap<&str, String>) {
    if element.children.is_empty() && element.attributes.is_empty() {
        text.push_str(&format!(
            "<xs:element name=\"{name}\"><xs:simpleType><xs:restriction base=\"xs:string\"><xs:maxLength value=\"4000\"/>\
             </xs:restriction></xs:simpleType></xs:element>\n"
        ));
        return;
    }
    text.push_str(&format!(
        "<xs:element name=\"{name}\"><xs:complexType><xs:choice minOccurs=\"0\" maxOccurs=\"unbounded\">"
    ));
    for (namespace, child) in &element.children {
        let prefix = prefixes.get(namespace.as_str()).map_or("", String::as_str);
        text.push_str(&format!("<xs:element ref=\"{prefix}{child}\"/>"));
    }
    text.push_str("</xs:choice>");
    for attribute in &element.attributes {
        text.push_str(&format!("<xs:attribute name=\"{attribute}\" type=\"xs:string\"/>"));
    }
    text.push_str("</xs:complexType></xs:element>\n");
}

fn learned(xml: &str) -> BTreeMap<Name, Element> {
    let mut elements: BTreeMap<Name, Element> = BTreeMap::new();
    let mut open: Vec<Name> = Vec::new();
    let mut reader = NsReader::from_str(xml);
    loop {
        match reader.read_event().expect("the corpus is well-formed") {
            Event::Start(start) => {
                let name = learn(&mut elements, &open, &reader, &start);
                open.push(name);
            }
            Event::Empty(start) => drop(learn(&mut elements, &open, &reader, &start)),
            Event::End(_) => drop(open.pop()),
            Event::Eof => return elements,
            _ => {}
        }
    }
}

fn learn(
    elements: &mut BTreeMap<Name, Element>,
    open: &[Name],
    reader: &NsReader<&[u8]>,
    start: &BytesStart<'_>,
) -> Name {
    let (namespace, local_name) = reader.resolver().resolve_element(start.name());
    let namespace = match namespace {
        ResolveResult::Bound(namespace) => namespace.into_inner().to_owned(),
        ResolveResult::Unbound | ResolveResult::Unknown(_) => String::new(),
    };
    // Declarations of namespaces and what a schema says of itself need no declaration.
    let attributes = start.attributes().flatten().map(|attribute| attribute.key.as_ref().to_owned());
    let attributes = attributes.filter(|name| name != "xmlns" && !name.contains(':'));
    let name = (namespace, local_name.as_ref().to_owned());
    elements.entry(name.clone()).or_default().attributes.extend(attributes);
    if let Some(parent) = open.last().and_then(|parent| elements.get_mut(parent)) {
        parent.children.insert(name.clone());
    }
    name
}
