//! What a document brings, where the power went between its record and that of what it brings.
#![allow(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use engine::outcome::Outcome;
use engine::parallel::Pool;
use engine::{Accepted, Law, Read, Settling, Spare, clear};
use jiff::civil::{DateTime, date};
use model::batch::{Input, Inputs, RawBatch, RawDocument};
use model::decision::OutcomeKind;
use model::ledger::{Asked, Ledger, OnFile, Origin, State, StoredDocument, Waiting};
use model::limits::Limits;
use model::registers::Registers;
use rulebook::Rulebook;
use std::sync::Arc;

const CANCELLATION: &str = include_str!("../../../formats/wco_declaration/specimens/cancellation.xml");
const DECLARATION: &str = include_str!("../../../formats/wco_declaration/specimens/complete.xml");
const CERTIFICATE: &str = include_str!("../../../formats/single_window_certificate/specimens/minimal.xml");
const CLAIMANT: &str = include_str!("../../../formats/single_window_declaration/specimens/minimal.xml");

fn morning() -> DateTime {
    date(2024, 6, 3).at(9, 30, 0, 0)
}

fn on_file(record: u64, number: &str, content: [u8; 32], state: State) -> Arc<OnFile> {
    Arc::new(OnFile {
        id: record,
        record,
        first_sequence: record,
        latest_sequence: record,
        number: number.to_owned(),
        entry_number: String::new(),
        client_number: String::new(),
        version: 1,
        content,
        state,
        draw: None,
        accepted_at: Some(morning()),
        facts: Arc::default(),
        takes: Vec::new(),
    })
}

/// What comes, and the declaration held on file that it is about.
#[derive(Clone, Copy)]
struct Coming<'t> {
    document: &'t str,
    held: &'t str,
}

/// Settles it where its declaration was decided last in this record, and it itself in that one, if at all.
fn settled(coming: Coming<'_>, declared_in: u64, filed: Option<(u64, &Outcome)>) -> Vec<Outcome> {
    let (rulebook, registers) = (Rulebook::shipped().unwrap(), Registers::default());
    let law = Law { rulebook: &rulebook, registers: &registers };
    let (pool, spare, accepted) = (Pool::new(1).unwrap(), Spare::default(), Accepted::At(morning()));
    let mut inputs = Inputs::new();
    let input = inputs.add(Input { name: "a.xml".to_owned(), container: None, attachments: None });
    let window = |text: &str| {
        let document = RawDocument {
            input,
            document: 1,
            offset: 0,
            line: 1,
            column: 1,
            embedded: false,
            range: 0..text.len(),
            namespaces: None,
            defect: None,
        };
        let batch = RawBatch { text: text.to_owned(), documents: vec![document], attachments: Vec::new() };
        Read::window(batch, accepted, &law, &pool, &spare)
    };
    let (read, waiting) = (window(coming.document), window(coming.held));
    let mut ledger = Ledger::default();
    ledger.waiting.push(Waiting {
        certificate: read.asked_keys().next().unwrap_or_else(|| read.own_keys(0)[0]),
        on_file: on_file(declared_in, "24GB7K2M9PQRS4T5A1", [1; 32], State::Held),
        document: Some(StoredDocument { text: coming.held.to_owned(), namespaces: None }),
        origin: Origin::default(),
        accepted_at: Some(morning()),
        asked: Asked::default(),
    });
    if let Some((record, request)) = filed {
        let known = on_file(record, &request.number, request.content.unwrap(), State::Filed);
        let known =
            Arc::new(OnFile { facts: request.facts.as_slice().into(), ..Arc::unwrap_or_clone(known) });
        ledger.known.extend(read.own_keys(0).iter().map(|key| (*key, Arc::clone(&known))));
    }
    engine::lay(&read, &mut ledger, Some(morning()), &Limits::default());
    let settling =
        Settling { read: &read, waiting: &waiting, inputs: &inputs, ledger: &ledger, accepted, is_end: true };
    clear(&settling, &law, &pool).outcomes
}

fn kinds(outcomes: &[Outcome]) -> Vec<OutcomeKind> {
    outcomes.iter().map(|outcome| outcome.kind).collect()
}

#[test]
fn p1_what_a_request_brings_is_brought_when_only_the_request_was_recorded() {
    let coming = Coming { document: CANCELLATION, held: DECLARATION };
    let first = settled(coming, 5, None);
    assert_eq!(kinds(&first), [OutcomeKind::Filed, OutcomeKind::Redecided]);
    assert_eq!(first[1].state, Some(State::Cancelled));
    // The declaration was decided last before the request: what that brings was lost.
    let again = settled(coming, 5, Some((10, &first[0])));
    assert_eq!(kinds(&again), [OutcomeKind::Repeated, OutcomeKind::Redecided]);
    assert_eq!((again[1].state, &*again[1].caused_by), (Some(State::Cancelled), "HD24REQ0002"));
    // Behind it: it was brought, and is brought once.
    assert_eq!(kinds(&settled(coming, 11, Some((10, &first[0])))), [OutcomeKind::Repeated]);
}

#[test]
fn p1_a_declaration_is_decided_again_when_only_its_certificate_was_recorded() {
    let claim = "<EcoRelation><CertType>Y03</CertType><DecGNo>1</DecGNo><EcoCertNo>CE18MA4WXY1290021</EcoCertNo>\
                 <EcoGNo>1</EcoGNo></EcoRelation></DecMessage>";
    let held = CLAIMANT.replace("</DecMessage>", claim);
    let coming = Coming { document: CERTIFICATE, held: &held };
    let first = settled(coming, 5, None);
    assert_eq!(kinds(&first), [OutcomeKind::Filed, OutcomeKind::Redecided]);
    // It still waits, though the certificate is on file: what that brought was lost.
    let again = settled(coming, 5, Some((10, &first[0])));
    assert_eq!(kinds(&again), [OutcomeKind::Repeated, OutcomeKind::Redecided]);
    assert_eq!((&again[1].caused_by, &again[1].certificates), (&first[1].caused_by, &first[1].certificates));
}
