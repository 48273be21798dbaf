//! The Universal Business Language: its own examples, and its schema against our answers.

use super::{faults, read, samples, schema};
use formats::answer::{Answer, Echo, Told};
use model::decision::{Disposition, OutcomeKind};
use model::documents::Documents;

/// A sample: what it becomes, and who and which it is.
struct Expected {
    name: &'static str,
    format: &'static str,
    kind: &'static str,
    identity: &'static [&'static str],
    /// Values by hand from the file.
    check: fn(&Documents<'_>),
}

const EXPECTED: &[Expected] = &[
    Expected {
        name: "SYNTHETIC-CertificateOfOrigin-minimal-prefixed.xml",
        format: "ubl_certificate_of_origin",
        kind: "certificate",
        // It names no exporter; whoever prepared it has a name only.
        identity: &["P", "NP-1"],
        check: |documents| {
            let (head, item) = (documents.certificate(0).head, &documents.certificate(0).items[0]);
            assert_eq!((head.form.value, head.approval.value), ("NON-PREFERENTIAL", "Approved"));
            assert_eq!((item.commodity_code.value, item.origin_country.value), ("46021910", "GB"));
            assert_eq!(
                (item.line_number.value, item.net_weight.value, item.weight_unit.value),
                ("1", "5", "KGM")
            );
        },
    },
    Expected {
        name: "SYNTHETIC-CertificateOfOrigin-preferential.xml",
        format: "ubl_certificate_of_origin",
        kind: "certificate",
        identity: &["XX100200300", "CO-2024-000917"],
        check: |documents| {
            let head = documents.certificate(0).head;
            assert_eq!(head.exporter.value, "Example Exporter & Sons Ltd");
            assert_eq!(head.consignee.value, "Beispiel Einfuhr GmbH");
            assert_eq!((head.form.value, head.destination_country_code.value), ("RCEP", "NZ"));
            assert_eq!(
                (head.issue_date.value, head.issuing_office.value),
                ("2024-09-17", "Example Issuing Authority")
            );
            let lines = documents.certificate(0).items.iter().map(|item| {
                let values =
                    [&item.commodity_code, &item.criterion, &item.origin_country, &item.invoice_number];
                values.map(|text| text.value).join(" ")
            });
            assert_eq!(
                lines.collect::<Vec<_>>(),
                ["081060 WO TH INV-9001", "460219 CTC TH INV-9001", "731816 RVC VN INV-9002"]
            );
            let invoices: Vec<_> =
                documents.certificate(0).invoices.iter().map(|it| it.number.value).collect();
            assert_eq!(invoices, ["INV-9001", "INV-9002"]);
        },
    },
    Expected {
        name: "UBL-ExportCustomsDeclaration-2.3-Example.xml",
        format: "ubl_export_declaration",
        kind: "declaration",
        // Its number of customs is its own number once more.
        identity: &["DK10035643", "exi000073"],
        check: |documents| {
            let (head, item) = (documents.declaration(0).head, &documents.declaration(0).items[0]);
            assert_eq!(
                (head.agent_name.value, head.consignor_unified_code.value),
                ("Told Service A/S", "45789034")
            );
            assert_eq!(
                (head.exit_office.value, head.consignee_name.value),
                ("DK003102", "Coop Extra Bergen")
            );
            assert_eq!((head.gross_weight_kg.value, head.net_weight_kg.value), ("88.00", "76.00"));
            assert_eq!((head.transport_mode.value, head.trading_country.value), ("4", "NO"));
            assert_eq!(
                documents.declaration(0).items.len(),
                1,
                "the one in the package of the handling unit"
            );
            assert_eq!((item.commodity_code.value, item.origin_country.value), ("84195000", "DK"));
            assert_eq!((item.total_price.value, item.currency.value), ("10500.00", "DKK"));
            assert_eq!((item.quantity.value, item.unit.value), ("150.00", "035"));
            assert!(documents.declaration(0).containers.is_empty(), "its equipment has no number");
        },
    },
    Expected {
        name: "UBL-GoodsCertificate-2.3-Example.xml",
        format: "ubl_goods_certificate",
        kind: "certificate",
        identity: &["DK12345678", "ExampleID"],
        check: |documents| {
            let head = documents.certificate(0).head;
            assert_eq!((head.form.value, head.exporter.value), ("", "ConsignorExample"));
            assert_eq!(
                (head.consignee.value, head.destination_country_code.value),
                ("ConsigneeExample", "PA")
            );
            assert_eq!((head.load_port.value, head.discharge_port.value), ("Aarhus", "Balboa Port"));
        },
    },
    Expected {
        name: "UBL-GoodsItemPassport-2.3-Example-Issued.xml",
        format: "ubl_goods_item_passport",
        kind: "certificate",
        identity: &["DK89343487", "ata01661"],
        check: |documents| {
            let head = documents.certificate(0).head;
            assert_eq!((head.exporter.value, head.approval.value), ("STEFCO A/S", "ISSUED"));
            assert_eq!((head.destination_country_code.value, head.total_amount.value), ("CH", "44250.00"));
            assert_eq!(documents.certificate(0).items.len(), 20);
            assert_eq!(documents.certificate(0).items[19].name.value, "BOSCH GLL 3-80P Lasernivilering");
        },
    },
];

#[test]
fn the_examples_of_the_standard_are_read_as_they_stand() {
    let Some(samples) = samples("ubl") else { return };
    for sample in samples {
        let Some(expected) = EXPECTED.iter().find(|expected| expected.name == sample.name) else {
            // The only other one known.
            assert_eq!(sample.name, "UBL-ImportCustomsDeclaration-2.3-Example.xml");
            let reading = read(&sample.text, |_| {});
            assert_eq!((reading.kind, reading.format), ("declined", None));
            assert!(reading.findings[0].contains("an import declaration"), "{:?}", reading.findings);
            continue;
        };
        let reading = read(&sample.text, expected.check);
        assert_eq!(reading.findings, Vec::<String>::new(), "{}", sample.name);
        assert_eq!((reading.format, reading.kind), (Some(expected.format), expected.kind), "{}", sample.name);
        assert_eq!(reading.identity, expected.identity, "{}", sample.name);
    }
}

#[test]
fn answers_are_valid_by_the_schema_of_the_standard() {
    let Some(schema) = schema("ubl-2.4/maindoc/UBL-ApplicationResponse-2.4.xsd") else { return };
    let echo = Echo {
        client_number: "EXP-1".to_owned(),
        certificate_number: "CO-1 & 2".to_owned(),
        ..Echo::default()
    };
    let findings = ["reject", "hold", "warn"].map(|effect| Told {
        rule: "DOC-026".to_owned(),
        effect: effect.to_owned(),
        pointer: "/ExportCustomsDeclaration/CustomsDeclaration/Shipment".to_owned(),
        message: "单价 11.7 × 数量 1068 = 12495.6".to_owned(),
    });
    let outcomes = [
        OutcomeKind::Filed,
        OutcomeKind::Refused,
        OutcomeKind::Declined,
        OutcomeKind::Conflict,
        OutcomeKind::Decided,
    ];
    for format in formats::FORMATS.iter().filter(|format| format.name().starts_with("ubl_")) {
        let dispositions = Disposition::ALL.into_iter().map(|it| (OutcomeKind::Decided, Some(it)));
        for (outcome, disposition) in outcomes.into_iter().map(|it| (it, None)).chain(dispositions) {
            for echo in [&echo, &Echo::default()] {
                let answer = Answer {
                    outcome,
                    disposition,
                    mode: None,
                    documents_wanted: false,
                    is_mendable: true,
                    is_linked: false,
                    echo,
                    accepted_at: Some(jiff::civil::date(2024, 9, 18).at(9, 5, 7, 0)),
                    note: "总价 < 单价 & 数量 #18",
                    version: 1,
                    reference: "00112233445566778899aabbccddeeff",
                    findings: &findings,
                    n_more: 0,
                };
                let mut bytes = Vec::new();
                format.answer(&answer, &mut bytes);
                let text = String::from_utf8(bytes).expect("an answer is UTF-8");
                assert_eq!(faults(&schema, &text), "", "{} {outcome:?} {disposition:?}", format.name());
            }
        }
    }
}

/// Every specimen of ours is one the schema takes.
#[test]
fn our_specimens_are_valid_by_the_schemas_of_the_standard() {
    macro_rules! specimens {
        ($($folder:literal $root:literal: $($name:literal)*;)*) => {
            &[$($( ($root, concat!($folder, "/", $name), include_str!(concat!("../../", $folder, "/specimens/", $name))) ),*),*]
        };
    }
    let specimens: &[(&str, &str, &str)] = specimens!(
        "ubl_export_declaration" "ExportCustomsDeclaration":
            "complete.xml" "prefixed.xml" "minimal.xml" "goods_at_any_depth.xml" "cancellation.xml";
        "ubl_certificate_of_origin" "CertificateOfOrigin":
            "complete.xml" "prefixed.xml" "minimal.xml" "not_endorsed.xml";
        "ubl_goods_certificate" "GoodsCertificate": "complete.xml" "minimal.xml";
        "ubl_goods_item_passport" "GoodsItemPassport": "complete.xml" "minimal.xml";
    );
    for (root, name, text) in specimens {
        let Some(schema) = schema(&format!("ubl-2.4/maindoc/UBL-{root}-2.4.xsd")) else { return };
        assert_eq!(faults(&schema, text), "", "{name}");
    }
}

/// What is known and not read is what the schema has, element by element, and nothing else.
#[test]
fn the_elements_that_are_known_are_those_of_the_schema() {
    let Some(common) = schema("ubl-2.4/common/UBL-CommonAggregateComponents-2.4.xsd") else { return };
    let common = std::fs::read_to_string(common).expect("a schema is UTF-8");
    let known = formats::ubl::elements::UNREAD;
    let mut kinds: Vec<&str> = known.iter().map(|unread| unread.within).collect();
    kinds.dedup();
    for kind in kinds {
        let root = format!("ubl-2.4/maindoc/UBL-{kind}-2.4.xsd");
        let starts = format!("<xsd:complexType name=\"{kind}Type\">");
        let text = match common.split_once(&starts) {
            Some((_, after)) => after.split("</xsd:complexType>").next().unwrap_or("").to_owned(),
            None => {
                std::fs::read_to_string(schema(&root).expect("beside the other")).expect("a schema is UTF-8")
            }
        };
        let mut elements: Vec<&str> = text
            .split("<xsd:element ref=\"")
            .skip(1)
            .filter_map(|after| after.split('"').next()?.split_once(':').map(|(_, name)| name))
            .collect();
        let mut ours: Vec<&str> =
            known.iter().filter(|it| it.within == kind).flat_map(|it| it.names.split(' ')).collect();
        elements.sort_unstable();
        ours.sort_unstable();
        assert_eq!(ours, elements, "{kind}");
    }
}
