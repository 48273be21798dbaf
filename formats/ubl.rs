//! What the messages of the Universal Business Language have in common (international-formats.md 9): their namespaces,
//! which are strict, how their rows are filled, what is known and not read, and their answer.
//!
//! Values stand in one namespace and elements that hold elements in another; both are bound to any prefix or to none.
//! Rows lie at any depth, so they are looked for wherever goods can be: in shipments, consignments, handling units,
//! packages and containers.

pub(crate) mod answer;
pub(crate) mod certificate;
pub(crate) mod document;
pub mod elements;

use crate::xml::row::{Gathering, RowMap, Slot};
use crate::xml::tree::{self, Branch};
use crate::xml::vocabulary::{Holds, Vocabulary};
use crate::xml::{Malformed, Reader, Tag};
use elements::UNREAD;
use model::code::{price_term, transport, unit as units};
use model::finding::Words;
use model::text::{Record, Text};

/// Elements in the root, by namespace.
pub(crate) static VOCABULARIES: &[Vocabulary] = &[
    Vocabulary { namespace: BASIC, holds: Holds::Values },
    Vocabulary { namespace: AGGREGATE, holds: Holds::Elements },
    Vocabulary { namespace: EXTENSION, holds: Holds::Either },
];

pub(crate) const BASIC: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";
pub(crate) const AGGREGATE: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
const EXTENSION: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2";

/// The root of a message and its namespace.
macro_rules! root {
    ($name:literal) => {
        $crate::Root {
            local_name: $name,
            namespaces: &[concat!("urn:oasis:names:specification:ubl:schema:xsd:", $name, "-2")],
        }
    };
}
pub(crate) use root;

/// Elements of a message that may stand more than once under their parent.
pub(crate) const REPEATED: &[&str] = &[
    "ActualPackage",
    "AdditionalDocumentReference",
    "BrandName",
    "CommodityClassification",
    "Consignment",
    "ContainedPackage",
    "ContainingPackage",
    "Description",
    "DocumentDescription",
    "GoodsItem",
    "InvoiceLine",
    "Item",
    "MainCarriageShipmentStage",
    "ManufacturerParty",
    "ModelName",
    "Note",
    "Package",
    "PackagedTransportHandlingUnit",
    "PartyIdentification",
    "PartyLegalEntity",
    "PartyName",
    "Remarks",
    "ShipmentStage",
    "ShippingMarks",
    "SupportingDocumentReference",
    "TransportEquipment",
    "TransportHandlingUnit",
];

/// Elements in which goods may be.
const THROUGH: &[&str] = &[
    "ActualPackage",
    "Consignment",
    "ContainedPackage",
    "Package",
    "PackagedTransportHandlingUnit",
    "Shipment",
    "TransportHandlingUnit",
];

/// Values that are weights: the model has them in kilograms, so in another unit they are not read.
const WEIGHTS: &[&str] =
    &["GrossWeightMeasure", "NetNetWeightMeasure", "NetWeightMeasure", "TareWeightMeasure"];

/// The kilogram: its code in recommendation 20, and the symbol that examples write.
const KILOGRAMS: &[&str] = &["KGM", "KG"];

const NOT_KILOGRAMS: Words = Words {
    zh: "重量的计量单位不是千克（KGM），未读取",
    en: "the weight is not in kilograms (KGM), it is not read",
};

/// The rows that the values in one element fill.
pub(crate) trait Fill<'b> {
    /// Their tables.
    const MAPS: &'static [&'static RowMap];
    /// Elements in it that are rows of their own, wherever they are come upon.
    const ROWS: &'static [&'static str];
    /// Ways to the numbers of the document, which are no content (ruling K2). Whoever files it may be: it is the same in
    /// all that share a key.
    const IDENTITY: &'static [&'static str] = &[];

    /// The field of this name in the row of this kind.
    fn field(&mut self, record: &str, field: &str) -> Option<&mut Text<'b>>;

    /// Reads a row of its own.
    fn row(
        &mut self,
        reader: &mut Reader<'b>,
        tag: Tag<'b>,
        gathering: &mut Gathering<'_>,
    ) -> Result<(), Malformed>;
}

/// Reads the element opened last into its rows. Answers whether it says anything.
pub(crate) fn fill<'b, F: Fill<'b>>(
    reader: &mut Reader<'b>,
    tag: Tag<'b>,
    rows: F,
    gathering: &mut Gathering<'_>,
) -> Result<bool, Malformed> {
    let n_spare = F::MAPS.iter().map(|map| map.otherwise.len()).sum();
    let mut filling = Filling { rows, spare: vec![Text::default(); n_spare], element: tag.name };
    let says_anything = tree::read(reader, tag, &mut filling, gathering)?;
    filling.stand_in();
    Ok(says_anything)
}

/// The field of this name in a row; none where the row is of another kind.
pub(crate) fn named<'r, 'b, R: Record<'b>>(
    row: &'r mut R,
    record: &str,
    field: &str,
) -> Option<&'r mut Text<'b>> {
    let field_idx = (record == R::NAME).then(|| R::field_named(field))??;
    Some(row.text_mut(field_idx))
}

struct Filling<'b, F> {
    rows: F,
    /// Values that stand in for a field whose own element is not filled, in the order of the tables.
    spare: Vec<Text<'b>>,
    element: &'b str,
}

impl<'b, F: Fill<'b>> Filling<'b, F> {
    fn stand_in(&mut self) {
        let others =
            F::MAPS.iter().flat_map(|map| map.otherwise.iter().map(|(_, field)| (map.record, *field)));
        for ((record, field), spare) in others.zip(&self.spare) {
            match self.rows.field(record, field) {
                Some(text) if text.is_empty() && spare.is_present() => *text = *spare,
                _ => {}
            }
        }
    }
}

impl<'b, F: Fill<'b>> Branch<'b> for Filling<'b, F> {
    fn maps(&self) -> impl Iterator<Item = &'static RowMap> {
        F::MAPS.iter().copied()
    }

    fn slot(&mut self, way: &str) -> Slot<'_, 'b> {
        for map in F::MAPS {
            if let Some((_, field)) = map.fields.iter().find(|(known, _)| *known == way) {
                return self.rows.field(map.record, field).map_or(Slot::Unknown, Slot::Field);
            }
        }
        let others = F::MAPS.iter().flat_map(|map| map.otherwise);
        if let Some(spare_idx) = others.into_iter().position(|(known, _)| *known == way) {
            return Slot::Field(&mut self.spare[spare_idx]);
        }
        let (parent, name) = way.rsplit_once('/').unwrap_or((self.element, way));
        let parent = parent.rsplit('/').next().unwrap_or(parent);
        if is_known(parent, name) { Slot::Unread } else { Slot::Unknown }
    }

    fn is_row(&self, way: &str) -> bool {
        F::ROWS.contains(&last(way)) && !is_of_another(way)
    }

    fn row(
        &mut self,
        _way: &str,
        reader: &mut Reader<'b>,
        tag: Tag<'b>,
        gathering: &mut Gathering<'_>,
    ) -> Result<(), Malformed> {
        self.rows.row(reader, tag, gathering)
    }

    fn is_through(way: &str) -> bool {
        THROUGH.contains(&last(way)) && !is_of_another(way)
    }

    fn repeats(name: &str) -> bool {
        REPEATED.contains(&name)
    }

    fn is_unreadable(way: &str, reader: &mut Reader<'b>, tag: Tag<'b>) -> Result<Option<Words>, Malformed> {
        if !WEIGHTS.contains(&last(way)) {
            return Ok(None);
        }
        let unit = reader.attribute_of(tag, "unitCode")?.unwrap_or("");
        Ok((!KILOGRAMS.contains(&unit)).then_some(NOT_KILOGRAMS))
    }

    fn is_content(&self, way: &str) -> bool {
        !F::IDENTITY.contains(&way)
    }
}

/// Goods and documents there are those of the declaration before this one.
fn is_of_another(way: &str) -> bool {
    way.split('/').any(|name| name == "PreviousCustomsDeclaration")
}

fn last(way: &str) -> &str {
    way.rsplit('/').next().unwrap_or(way)
}

/// The format knows an element of this name in one of that name, and does not read it there.
fn is_known(parent: &str, name: &str) -> bool {
    let kind = kind(parent);
    let within = UNREAD.iter().filter(|unread| unread.within == kind);
    within.into_iter().any(|unread| unread.names.split(' ').any(|known| known == name))
}

/// Elements of many names are of one kind: every party is a party.
pub(crate) fn kind(element: &str) -> &str {
    const KINDS: &[&str] = &[
        "EndorserParty",
        "Party",
        "Address",
        "Country",
        "Location",
        "Endorsement",
        "Consignment",
        "ShipmentStage",
        "DocumentReference",
        "Package",
        "Period",
        "Shipment",
    ];
    if element == "PreviousCustomsDeclaration" {
        return "CustomsDeclaration";
    }
    KINDS.iter().copied().find(|kind| element.ends_with(kind)).unwrap_or(element)
}

/// Codes of recommendation 19 for the means of transport, in those of the model (single-window.md 8.5); mail and pipes have no name there.
pub(crate) fn transport_mode<'b>(text: Text<'b>) -> Text<'b> {
    const MODES: &[(&str, &str)] = &[
        ("1", transport::WATER),
        ("2", transport::RAIL),
        ("3", transport::ROAD),
        ("4", transport::AIR),
        ("5", "6"),
        ("7", "G"),
        ("8", transport::WATER),
    ];
    translated(text, MODES, transport::OTHER)
}

/// Terms of delivery by their letters, in the codes of the model; others keep their letters.
pub(crate) fn delivery_term<'b>(text: Text<'b>) -> Text<'b> {
    const TERMS: &[(&str, &str)] = &[
        ("CIF", price_term::CIF),
        ("CFR", price_term::CFR),
        ("FOB", price_term::FOB),
        ("EXW", price_term::EXW),
    ];
    translated(text, TERMS, text.value)
}

/// Units of recommendation 20, in the codes of the model (single-window.md 8.11); others keep their letters.
pub(crate) fn unit<'b>(text: Text<'b>) -> Text<'b> {
    const UNITS: &[(&str, &str)] = &[
        ("KGM", units::KILOGRAM),
        ("NPR", units::PAIR),
        ("PR", units::PAIR),
        ("GRM", "036"),
        ("TNE", "070"),
        ("MTR", "030"),
        ("MTK", "032"),
        ("MTQ", "033"),
        ("LTR", "095"),
        ("SET", "006"),
        ("DZN", "127"),
    ];
    translated(text, UNITS, text.value)
}

fn translated<'b>(text: Text<'b>, codes: &[(&str, &'static str)], other: &'b str) -> Text<'b> {
    if text.is_empty() {
        return text;
    }
    let known = codes.iter().find(|(wire, _)| *wire == text.value);
    Text { value: known.map_or(other, |(_, ours)| *ours), ..text }
}

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
