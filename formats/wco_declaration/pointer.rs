//! From the way to an element to the chain of pointers the gateway tells it by (international-formats.md section 3):
//! `/Declaration/GoodsShipment/GovernmentAgencyGoodsItem[2]/AdditionalDocument[1]/LPCOExemptionCode` is
//! 42A, 67A, 68A #2, 02A #1 tag 360.
//!
//! The numbers are those of the WCO data model: one for each class, one for each element of a class.

/// One step of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// Class.
    pub section: &'static str,
    /// Which of several, from 1.
    pub sequence: Option<u32>,
    /// Element of the class, in the last step.
    pub tag: Option<&'static str>,
}

/// The chain to an element; it ends where the data model knows the way no further.
pub(super) fn chain(pointer: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut class = "";
    for step in pointer.split('/').filter(|step| !step.is_empty()) {
        let (name, sequence) = match step.split_once('[') {
            None => (step, None),
            Some((name, rest)) => (name, rest.trim_end_matches(']').parse().ok()),
        };
        if let Ok(class_idx) = CLASSES.binary_search_by(|(known, _)| (*known).cmp(name)) {
            class = name;
            steps.push(Step { section: CLASSES[class_idx].1, sequence, tag: None });
            continue;
        }
        if let Some(last) = steps.last_mut() {
            last.tag = tag_of(class, name);
        }
        break;
    }
    steps
}

fn tag_of(class: &str, name: &str) -> Option<&'static str> {
    let class_idx = TAGS.binary_search_by(|(known, _)| (*known).cmp(class)).ok()?;
    TAGS[class_idx].1.iter().find(|(known, _)| *known == name).map(|(_, tag)| *tag)
}

/// Classes by name.
const CLASSES: &[(&str, &str)] = &[
    ("AEOMutualRecognitionParty", "16C"),
    ("AdditionalDocument", "02A"),
    ("AdditionalInformation", "03A"),
    ("Address", "04A"),
    ("Agent", "05A"),
    ("Amendment", "06A"),
    ("ArrivalTransportMeans", "10A"),
    ("Authentication", "61B"),
    ("Authenticator", "12A"),
    ("AuthorisationHolder", "17C"),
    ("BorderTransportMeans", "15A"),
    ("Buyer", "16A"),
    ("Carrier", "18A"),
    ("ChargeDeduction", "58B"),
    ("Classification", "21A"),
    ("Commodity", "23A"),
    ("Communication", "25A"),
    ("Consignee", "27A"),
    ("Consignment", "28A"),
    ("ConsignmentItem", "29A"),
    ("Consignor", "30A"),
    ("Contact", "34A"),
    ("CurrencyExchange", "40A"),
    ("CustomsValuation", "41A"),
    ("DangerousGoods", "12C"),
    ("Declarant", "57B"),
    ("Declaration", "42A"),
    ("DepartureTransportMeans", "46A"),
    ("Destination", "99B"),
    ("DomesticDutyTaxParty", "55B"),
    ("DutyTaxFee", "50A"),
    ("ExitOffice", "56A"),
    ("ExportCountry", "95B"),
    ("Exporter", "57A"),
    ("Freight", "62A"),
    ("GoodsLocation", "64A"),
    ("GoodsMeasure", "65A"),
    ("GoodsShipment", "67A"),
    ("GovernmentAgencyGoodsItem", "68A"),
    ("GovernmentProcedure", "70A"),
    ("GuaranteeOffice", "14C"),
    ("Importer", "74A"),
    ("Invoice", "78A"),
    ("InvoiceLine", "79A"),
    ("Itinerary", "81A"),
    ("LoadingLocation", "83A"),
    ("ObligationGuarantee", "90A"),
    ("Origin", "92A"),
    ("Packaging", "93A"),
    ("Payer", "56B"),
    ("Payment", "94A"),
    ("Pointer", "97A"),
    ("PresentationOffice", "15C"),
    ("PreviousDocument", "99A"),
    ("Seal", "44B"),
    ("Seller", "09B"),
    ("Submitter", "17B"),
    ("SupervisingOffice", "97B"),
    ("Surety", "19B"),
    ("TradeTerms", "22B"),
    ("TransportEquipment", "31B"),
    ("UCR", "35B"),
    ("ValuationAdjustment", "39B"),
    ("Warehouse", "43B"),
    ("WriteOff", "22C"),
];

/// Elements of classes, by name of the class.
const TAGS: &[(&str, &[(&str, &str)])] = &[
    ("AEOMutualRecognitionParty", &[("ID", "R143"), ("RoleCode", "R005")]),
    (
        "AdditionalDocument",
        &[
            ("CategoryCode", "D031"),
            ("EffectiveDateTime", "276"),
            ("ID", "D005"),
            ("LPCOExemptionCode", "360"),
            ("Name", "D028"),
            ("TypeCode", "D006"),
        ],
    ),
    (
        "AdditionalInformation",
        &[("StatementCode", "226"), ("StatementDescription", "225"), ("StatementTypeCode", "369")],
    ),
    (
        "Address",
        &[
            ("CityName", "241"),
            ("CountryCode", "242"),
            ("CountrySubDivisionCode", "244"),
            ("CountrySubDivisionName", "243"),
            ("Line", "239"),
            ("PostcodeID", "245"),
            ("TypeCode", "410"),
        ],
    ),
    ("Agent", &[("FunctionCode", "102"), ("ID", "R004"), ("Name", "R003")]),
    ("Amendment", &[("ChangeReasonCode", "099")]),
    (
        "ArrivalTransportMeans",
        &[
            ("ID", "T002"),
            ("IdentificationTypeCode", "T034"),
            ("ModeCode", "T020"),
            ("Name", "T001"),
            ("TypeCode", "T008"),
        ],
    ),
    ("Authentication", &[("Authentication", "104")]),
    ("Authenticator", &[("Name", "R007")]),
    ("AuthorisationHolder", &[("CategoryCode", "R145"), ("ID", "R144")]),
    (
        "BorderTransportMeans",
        &[
            ("ID", "T006"),
            ("IdentificationTypeCode", "T018"),
            ("ModeCode", "T022"),
            ("Name", "T005"),
            ("RegistrationNationalityCode", "T014"),
            ("TypeCode", "T010"),
        ],
    ),
    ("Buyer", &[("ID", "R010"), ("Name", "R009")]),
    ("Carrier", &[("ID", "R012"), ("Name", "R011")]),
    ("ChargeDeduction", &[("ChargesTypeCode", "371"), ("OtherChargeDeductionAmount", "181")]),
    ("Classification", &[("ID", "145")]),
    ("Commodity", &[("Description", "137")]),
    ("Communication", &[("ID", "240"), ("TypeCode", "253")]),
    ("Consignee", &[("ID", "R015"), ("Name", "R014")]),
    ("Consignment", &[("ContainerCode", "096")]),
    ("ConsignmentItem", &[("SequenceNumeric", "006")]),
    ("Consignor", &[("ID", "R021"), ("Name", "R020")]),
    ("Contact", &[("Name", "246")]),
    ("CurrencyExchange", &[("CurrencyTypeCode", "135"), ("RateNumeric", "118")]),
    ("CustomsValuation", &[("FreightChargeAmount", "117"), ("MethodCode", "122")]),
    ("DangerousGoods", &[("UNDGID", "506")]),
    ("Declarant", &[("ID", "R123"), ("Name", "R124")]),
    (
        "Declaration",
        &[
            ("AcceptanceDateTime", "023"),
            ("DeclarationOfficeID", "065"),
            ("FunctionCode", "017"),
            ("FunctionalReferenceID", "D026"),
            ("GoodsItemQuantity", "228"),
            ("ID", "D014"),
            ("InvoiceAmount", "109"),
            ("IssueDateTime", "D011"),
            ("IssueLocationID", "D012"),
            ("LoadingListQuantity", "013"),
            ("SpecificCircumstancesCodeCode", "504"),
            ("TotalGrossMassMeasure", "131"),
            ("TotalPackageQuantity", "146"),
            ("TypeCode", "D013"),
        ],
    ),
    (
        "DepartureTransportMeans",
        &[
            ("ID", "T004"),
            ("IdentificationTypeCode", "T029"),
            ("ModeCode", "T021"),
            ("Name", "T003"),
            ("TypeCode", "T009"),
        ],
    ),
    ("Destination", &[("CountryCode", "465"), ("RegionID", "477")]),
    ("DomesticDutyTaxParty", &[("ID", "R119"), ("RoleCode", "R005")]),
    (
        "DutyTaxFee",
        &[
            ("AdValoremTaxBaseAmount", "116"),
            ("DeductAmount", "111"),
            ("DutyRegimeCode", "164"),
            ("QuotaOrderID", "401"),
            ("SpecificTaxBaseQuantity", "129"),
            ("TaxRateNumeric", "115"),
            ("TypeCode", "113"),
        ],
    ),
    ("ExitOffice", &[("ID", "G005")]),
    ("ExportCountry", &[("ID", "062")]),
    ("Exporter", &[("ID", "R032"), ("Name", "R031")]),
    ("Freight", &[("PaymentMethodCode", "098")]),
    ("GoodsLocation", &[("ID", "L017"), ("Name", "L016"), ("TypeCode", "L110")]),
    (
        "GoodsMeasure",
        &[("GrossMassMeasure", "126"), ("NetNetWeightMeasure", "128"), ("TariffQuantity", "130")],
    ),
    ("GoodsShipment", &[("ExitDateTime", "024"), ("TransactionNatureCode", "103")]),
    (
        "GovernmentAgencyGoodsItem",
        &[
            ("CustomsValueAmount", "108"),
            ("SequenceNumeric", "006"),
            ("StatisticalValueAmount", "114"),
            ("TransactionNatureCode", "103"),
        ],
    ),
    ("GovernmentProcedure", &[("CurrentCode", "166"), ("PreviousCode", "161")]),
    ("GuaranteeOffice", &[("ID", "G014")]),
    ("Importer", &[("ID", "R038"), ("Name", "R037")]),
    ("Invoice", &[("ID", "D016"), ("IssueDateTime", "D015")]),
    ("InvoiceLine", &[("ItemChargeAmount", "112")]),
    ("Itinerary", &[("RoutingCountryCode", "064"), ("SequenceNumeric", "006")]),
    ("LoadingLocation", &[("ID", "L010"), ("Name", "L009")]),
    (
        "ObligationGuarantee",
        &[
            ("AccessCode", "499"),
            ("AmountAmount", "492"),
            ("ID", "D014"),
            ("ReferenceID", "100"),
            ("SecurityDetailsCode", "101"),
        ],
    ),
    ("Origin", &[("CountryCode", "063"), ("RegionID", "066"), ("TypeCode", "501")]),
    (
        "Packaging",
        &[
            ("HeightMeasure", "402"),
            ("LengthMeasure", "367"),
            ("MarksNumbersID", "142"),
            ("PackingMaterialDescription", "344"),
            ("QuantityQuantity", "144"),
            ("SequenceNumeric", "006"),
            ("TypeCode", "141"),
            ("VolumeMeasure", "395"),
            ("WidthMeasure", "368"),
        ],
    ),
    ("Payer", &[("ID", "R121"), ("Name", "R120")]),
    ("Payment", &[("MethodCode", "107"), ("PaymentAmount", "378"), ("TaxAssessedAmount", "120")]),
    ("Pointer", &[("DocumentSectionCode", "375"), ("SequenceNumeric", "006"), ("TagID", "381")]),
    ("PresentationOffice", &[("ID", "G015")]),
    (
        "PreviousDocument",
        &[("CategoryCode", "D031"), ("ID", "D018"), ("LineNumeric", "171"), ("TypeCode", "D019")],
    ),
    ("Seal", &[("ID", "165"), ("SequenceNumeric", "006")]),
    ("Seller", &[("ID", "R051"), ("Name", "R050")]),
    ("Submitter", &[("ID", "R059"), ("Name", "R058"), ("RoleCode", "R005")]),
    ("SupervisingOffice", &[("ID", "G012")]),
    ("Surety", &[("ID", "R055"), ("Name", "R054")]),
    (
        "TradeTerms",
        &[
            ("ConditionCode", "090"),
            ("CountryRelationshipCode", "106"),
            ("Description", "089"),
            ("LocationID", "L002"),
            ("LocationName", "L001"),
        ],
    ),
    ("TransportEquipment", &[("ID", "159"), ("SequenceNumeric", "006")]),
    ("UCR", &[("ID", "016"), ("TraderAssignedReferenceID", "009")]),
    ("ValuationAdjustment", &[("AdditionCode", "188")]),
    ("Warehouse", &[("ID", "L019"), ("TypeCode", "L112")]),
    ("WriteOff", &[("AmountAmount", "503"), ("QuantityQuantity", "502")]),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn told(pointer: &str) -> String {
        let steps = chain(pointer).into_iter().map(|Step { section, sequence, tag }| {
            let sequence = sequence.map_or_else(String::new, |sequence| format!(" #{sequence}"));
            let tag = tag.map_or_else(String::new, |tag| format!(" tag {tag}"));
            format!("{section}{sequence}{tag}")
        });
        steps.collect::<Vec<_>>().join(", ")
    }

    /// The chain of the reference, from the second item's first document to its status.
    #[test]
    fn the_status_of_a_document() {
        let pointer =
            "/Declaration/GoodsShipment/GovernmentAgencyGoodsItem[2]/AdditionalDocument[1]/LPCOExemptionCode";
        assert_eq!(told(pointer), "42A, 67A, 68A #2, 02A #1 tag 360");
    }

    #[test]
    fn elements_of_the_head() {
        assert_eq!(told("/Declaration/FunctionalReferenceID"), "42A tag D026");
        assert_eq!(told("/Declaration/AuthorisationHolder[1]/ID"), "42A, 17C #1 tag R144");
        assert_eq!(told("/Declaration/AcceptanceDateTime/DateTimeString"), "42A tag 023");
        assert_eq!(told("/Declaration/InvoiceAmount/@currencyID"), "42A tag 109");
    }

    /// The same name is another element in another class.
    #[test]
    fn the_class_says_which_element_is_meant() {
        assert_eq!(told("/Declaration/TypeCode"), "42A tag D013");
        let package = "/Declaration/GoodsShipment/GovernmentAgencyGoodsItem[1]/Packaging[1]/TypeCode";
        assert_eq!(told(package), "42A, 67A, 68A #1, 93A #1 tag 141");
    }

    #[test]
    fn what_the_data_model_does_not_know_ends_the_chain() {
        assert_eq!(told("/Declaration/GoodsShipment/Nothing/TypeCode"), "42A, 67A");
        assert_eq!(told("/"), "");
    }

    #[test]
    fn the_lists_stand_in_order() {
        assert!(CLASSES.is_sorted_by(|one, other| one.0 < other.0));
        assert!(TAGS.is_sorted_by(|one, other| one.0 < other.0));
    }
}
