//! Everything in the law that has a date or a number: rows with from, to, citation and basis.
//!
//! Intervals are half-open; two rows of one key that overlap fail the load, and so does a gap where the table says its
//! keys are covered without one. Old rows stay, so that an old declaration is judged by its own day.

pub mod alert_effects;
pub mod alert_states;
pub mod brand_types;
pub mod carriage;
pub mod credit_levels;
pub mod credit_regimes;
pub mod currencies;
pub mod declaration_types;
pub mod divisions;
pub mod duty_modes;
pub mod elements;
pub mod exemption_terms;
pub mod export_procedures;
pub mod fee_rounding;
pub mod gateway_codes;
pub mod gateway_formats;
pub mod gateway_limits;
pub mod handbooks;
pub mod headings;
pub mod leather_elements;
pub mod legal_units;
pub mod levy_natures;
pub mod line_limits;
pub mod modes;
pub mod modifiers;
pub mod origin_agreements;
pub mod origin_destinations;
pub mod origin_forms;
pub mod origin_issuers;
pub mod origin_phrases;
pub mod origin_places;
pub mod origin_shares;
pub mod origin_tolerances;
pub mod pair_weight;
pub mod papers;
pub mod permits;
pub mod ports;
pub mod preference_codes;
pub mod price_terms;
pub mod ratio_limits;
pub mod ratios;
pub mod statutory;
pub mod subheadings;
pub mod tariff;
pub mod transit_days;
pub mod words;
pub mod working_days;
pub mod zone_caps;
pub mod zone_divisions;
pub mod zone_towns;

use crate::rule::Basis;
use indexmap::IndexMap;
use jiff::civil::Date;
use rustc_hash::FxBuildHasher;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::fmt;
use std::hash::Hash;

/// Why a table cannot be loaded. A bad table never loads half.
#[derive(Debug, PartialEq, Eq)]
pub struct TableError {
    /// Table.
    pub table: &'static str,
    /// Key of the row.
    pub key: String,
    /// What is wrong with it.
    pub what: String,
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "table {}, row {}: {}", self.table, self.key, self.what)
    }
}

impl std::error::Error for TableError {}

/// One row of a dated table.
#[derive(Clone, Debug)]
pub struct Row<V> {
    /// First day in force.
    pub from: Date,
    /// First day no longer in force.
    pub to: Date,
    /// The announcement behind the value.
    pub citation: String,
    /// How sure we are of it.
    pub basis: Basis,
    /// The value.
    pub value: V,
}

/// A table of rows by key and day. Looked up by hash, for every document, and told in the order of the keys.
#[derive(Clone, Debug)]
pub struct Dated<K, V> {
    rows: IndexMap<K, Vec<Row<V>>, FxBuildHasher>,
}

/// Whether the keys of a table must be covered from their first row on without a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// A gap fails the load.
    Gapless,
    /// A day without a row means: there is nothing on that day.
    Sparse,
}

impl<K: Ord + Hash + fmt::Debug, V> Dated<K, V> {
    /// Sorts the rows and checks their intervals.
    pub fn new(table: &'static str, coverage: Coverage, rows: Vec<(K, Row<V>)>) -> Result<Self, TableError> {
        let mut by_key: IndexMap<K, Vec<Row<V>>, FxBuildHasher> = IndexMap::default();
        for (key, row) in rows {
            by_key.entry(key).or_default().push(row);
        }
        by_key.sort_unstable_keys();
        for (key, rows) in &mut by_key {
            rows.sort_by_key(|row| row.from);
            check_intervals(rows, coverage).map_err(|what| TableError {
                table,
                key: format!("{key:?}"),
                what,
            })?;
        }
        Ok(Dated { rows: by_key })
    }

    /// The row of this key on this day.
    pub fn row<Q: ?Sized + Hash + Eq>(&self, key: &Q, day: Date) -> Option<&Row<V>>
    where
        K: std::borrow::Borrow<Q>,
    {
        let rows = self.rows.get(key)?;
        let n_begun = rows.partition_point(|row| row.from <= day);
        rows[..n_begun].last().filter(|row| day < row.to)
    }

    /// The value of this key on this day.
    pub fn on<Q: ?Sized + Hash + Eq>(&self, key: &Q, day: Date) -> Option<&V>
    where
        K: std::borrow::Borrow<Q>,
    {
        self.row(key, day).map(|row| &row.value)
    }

    /// All keys that have a row on any day.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.rows.keys()
    }

    /// All rows, by key and day.
    pub fn rows(&self) -> impl Iterator<Item = (&K, &Row<V>)> {
        self.rows.iter().flat_map(|(key, rows)| rows.iter().map(move |row| (key, row)))
    }

    /// The key has a row on some day.
    pub fn knows<Q: ?Sized + Hash + Eq>(&self, key: &Q) -> bool
    where
        K: std::borrow::Borrow<Q>,
    {
        self.rows.contains_key(key)
    }
}

fn check_intervals<V>(rows: &[Row<V>], coverage: Coverage) -> Result<(), String> {
    if let Some(row) = rows.iter().find(|row| row.to <= row.from) {
        return Err(format!("ends on {} before it begins on {}", row.to, row.from));
    }
    for pair in rows.windows(2) {
        let (one, next) = (&pair[0], &pair[1]);
        if next.from < one.to {
            return Err(format!("two rows are in force on {}", next.from));
        }
        if coverage == Coverage::Gapless && one.to < next.from {
            return Err(format!("no row is in force from {} to {}", one.to, next.from));
        }
    }
    Ok(())
}

/// A row as it stands in a data file: `[[row]]` with from, to, citation, basis and the table's own columns.
#[derive(Deserialize)]
struct RawRow<R> {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    citation: String,
    basis: String,
    #[serde(flatten)]
    columns: R,
}

#[derive(Deserialize)]
struct RawTable<R> {
    row: Vec<RawRow<R>>,
}

/// Reads a data file into a dated table; `split` makes key and value of a row's own columns.
pub fn read<R, K, V>(
    table: &'static str,
    text: &str,
    coverage: Coverage,
    split: impl Fn(R) -> Result<(K, V), String>,
) -> Result<Dated<K, V>, TableError>
where
    R: DeserializeOwned,
    K: Ord + Hash + fmt::Debug,
{
    read_each(table, text, coverage, |columns| split(columns).map(|one| vec![one]))
}

/// The same for a file whose rows stand for several keys each, such as one row for a list of countries.
pub fn read_each<R, K, V>(
    table: &'static str,
    text: &str,
    coverage: Coverage,
    split: impl Fn(R) -> Result<Vec<(K, V)>, String>,
) -> Result<Dated<K, V>, TableError>
where
    R: DeserializeOwned,
    K: Ord + Hash + fmt::Debug,
{
    let fail = |key: String, what: String| TableError { table, key, what };
    let raw: RawTable<R> = toml::from_str(text).map_err(|error| fail("-".to_owned(), error.to_string()))?;
    let mut rows = Vec::with_capacity(raw.row.len());
    for (row_idx, row) in raw.row.into_iter().enumerate() {
        let told = |what: String| fail(format!("number {}", row_idx + 1), what);
        let (from, to) = (day(&row.from, Date::MIN).map_err(told)?, day(&row.to, Date::MAX).map_err(told)?);
        let basis = basis(&row.basis).map_err(told)?;
        if row.citation.trim().is_empty() {
            return Err(told("has no citation".to_owned()));
        }
        for (key, value) in split(row.columns).map_err(told)? {
            rows.push((key, Row { from, to, citation: row.citation.clone(), basis, value }));
        }
    }
    Dated::new(table, coverage, rows)
}

fn day(text: &str, open: Date) -> Result<Date, String> {
    if text.is_empty() {
        Ok(open)
    } else {
        text.parse().map_err(|error| format!("{text:?} is no day: {error}"))
    }
}

fn basis(text: &str) -> Result<Basis, String> {
    match text {
        "A" => Ok(Basis::A),
        "B" => Ok(Basis::B),
        "C" => Ok(Basis::C),
        other => Err(format!("basis {other:?} is none of A, B, C")),
    }
}

/// Defines [`Tables`]: two lines for each table, its field and its data file.
macro_rules! tables {
    ($( $(#[$doc:meta])* $field:ident: $Table:ty = $file:literal, )*) => {
        /// All tables of the rule book.
        #[derive(Clone, Debug)]
        pub struct Tables {
            /// Digest of the data files, in order.
            pub digest: [u8; 32],
            $( $(#[$doc])* pub $field: $Table, )*
        }

        impl Tables {
            /// The tables this program ships.
            pub fn shipped() -> Result<Tables, TableError> {
                let mut digest = blake3::Hasher::new_derive_key("clearance tables 1");
                let tables = Tables {
                    $( $field: {
                        let text = include_str!(concat!("../data/", $file));
                        digest.update(&(text.len() as u64).to_le_bytes());
                        digest.update(text.as_bytes());
                        <$Table>::parse(text)?
                    }, )*
                    digest: *digest.finalize().as_bytes(),
                };
                tables.ratios.check(&tables.ratio_limits)?;
                Ok(tables)
            }
        }
    };
}

tables! {
    /// What an alert of each level asks for.
    alert_effects: alert_effects::AlertEffects = "alert_effects.toml",
    /// Which words say that an alert acts no more.
    alert_states: alert_states::AlertStates = "alert_states.toml",
    /// Which words say that a shoe covers the ankle.
    ankles: words::WordList<words::Ankle> = "ankle_words.toml",
    /// Brand types.
    brand_types: brand_types::BrandTypes = "brand_types.toml",
    /// What a declaration says of its carriage.
    carriages: carriage::Carriages = "carriage.toml",
    /// Grades of each credit regime on the internal scale.
    credit_levels: credit_levels::CreditLevels = "credit_levels.toml",
    /// Credit regimes, by day.
    credit_regimes: credit_regimes::CreditRegimes = "credit_regimes.toml",
    /// Currencies customs takes.
    currencies: currencies::Currencies = "currencies.toml",
    /// Which divisions there are.
    divisions: divisions::Divisions = "divisions.toml",
    /// Normal duty modes.
    duty_modes: duty_modes::DutyModes = "duty_modes.toml",
    /// Declared elements and their order.
    elements: elements::DeclaredElements = "elements.toml",
    /// Additional declaration types of the gateway of the United Kingdom.
    declaration_types: declaration_types::DeclarationTypes = "declaration_types.toml",
    /// Procedures an export may ask for there.
    export_procedures: export_procedures::ExportProcedures = "export_procedures.toml",
    /// Codes it knows.
    gateway_codes: gateway_codes::GatewayCodes = "gateway_codes.toml",
    /// Formats of its schema.
    gateway_formats: gateway_formats::GatewayFormats = "gateway_formats.toml",
    /// Bounds of that gateway.
    gateway_limits: gateway_limits::GatewayLimits = "gateway_limits.toml",
    /// How long a certificate of exemption lasts.
    exemption_terms: exemption_terms::ExemptionTerms = "exemption_terms.toml",
    /// Which trade mode goes with a handbook.
    handbooks: handbooks::Handbooks = "handbooks.toml",
    /// Words for the length of the inner sole.
    insoles: words::WordList<words::Insole> = "insole_words.toml",
    /// What leather shoes say beyond the list of elements.
    leather_elements: leather_elements::LeatherElements = "leather_elements.toml",
    /// Decimal places of fee heads.
    fee_rounding: fee_rounding::FeeRounding = "fee_rounding.toml",
    /// Statutory units.
    legal_units: legal_units::LegalUnits = "legal_units.toml",
    /// Levy categories that go with a trade mode.
    levy_natures: levy_natures::LevyNatures = "levy_natures.toml",
    /// Most goods lines of a declaration.
    line_limits: line_limits::LineLimits = "line_limits.toml",
    /// Which words have no place among marks.
    marks: words::WordList<words::Unmark> = "mark_words.toml",
    /// Which words stand for which material.
    materials: words::WordList<words::Material> = "material_words.toml",
    /// Base mode by producer class and product risk.
    modes: modes::Modes = "modes.toml",
    /// What multiplies the batch ratio, and its floors.
    modifiers: modifiers::Modifiers = "modifiers.toml",
    /// Number of the agreement a form of certificate belongs to.
    origin_agreements: origin_agreements::OriginAgreements = "origin_agreements.toml",
    /// Which form of certificate serves which destination, and the criteria it may carry.
    origin_destinations: origin_destinations::OriginDestinations = "origin_destinations.toml",
    /// What a form of certificate asks for.
    origin_forms: origin_forms::OriginForms = "origin_forms.toml",
    /// Who may issue which form of certificate.
    origin_issuers: origin_issuers::OriginIssuers = "origin_issuers.toml",
    /// Words that stand on certificates and mean something.
    origin_phrases: origin_phrases::OriginPhrases = "origin_phrases.toml",
    /// Countries and ports as certificates name them.
    origin_places: origin_places::OriginPlaces = "origin_places.toml",
    /// Shares of value a criterion of origin stands for.
    origin_shares: origin_shares::OriginShares = "origin_shares.toml",
    /// How far a certificate may lie from the declaration that claims it.
    origin_tolerances: origin_tolerances::OriginTolerances = "origin_tolerances.toml",
    /// What a pair of shoes may weigh.
    pair_weight: pair_weight::PairWeight = "pair_weight.toml",
    /// Which document is asked from whom.
    papers: papers::PapersMatrix = "papers.toml",
    /// Goods that leave with a permit only.
    permits: permits::Permits = "permits.toml",
    /// Modes of transport that leave by a port.
    ports: ports::Ports = "ports.toml",
    /// Codes of the export preference.
    preference_codes: preference_codes::PreferenceCodes = "preference_codes.toml",
    /// Charges that go with a price term.
    price_terms: price_terms::PriceTerms = "price_terms.toml",
    /// What the ratios of a grade may be at most.
    ratio_limits: ratio_limits::RatioLimits = "ratio_limits.toml",
    /// Base batch ratio by product risk and level.
    ratios: ratios::Ratios = "ratios.toml",
    /// Which words of an authorisation's scope cover an export.
    scopes: words::WordList<words::Scope> = "scope_words.toml",
    /// Which words say that a shoe is sports footwear.
    sports: words::WordList<words::Sport> = "sport_words.toml",
    /// Which goods are under statutory export inspection, by day.
    statutory: statutory::Statutory = "statutory.toml",
    /// Subheadings of chapter 64 in each edition.
    subheadings: subheadings::Subheadings = "subheadings.toml",
    /// What a fee head costs, by day.
    tariff: tariff::Tariff = "tariff.toml",
    /// Days at sea, by destination.
    transit_days: transit_days::TransitDays = "transit_days.toml",
    /// What the base mode of a zone firm is lightened to.
    zone_caps: zone_caps::ZoneCaps = "zone_caps.toml",
    /// Divisions the zone lies in.
    zone_divisions: zone_divisions::ZoneDivisions = "zone_divisions.toml",
    /// Towns of the zone and its county.
    zone_towns: zone_towns::ZoneTowns = "zone_towns.toml",
    /// Which days are worked.
    working_days: working_days::WorkingDays = "working_days.toml",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_tables_load() {
        Tables::shipped().expect("shipped tables are good");
    }

    fn row(from: &str, to: &str) -> ((), Row<u8>) {
        let day = |text: &str| text.parse().expect("a day");
        ((), Row { from: day(from), to: day(to), citation: "test".to_owned(), basis: Basis::C, value: 0 })
    }

    #[test]
    fn rows_that_overlap_do_not_load() {
        let rows = vec![row("2017-01-01", "2017-04-02"), row("2017-04-01", "2018-01-01")];
        let error = Dated::new("test", Coverage::Sparse, rows).expect_err("they overlap");
        assert_eq!(error.what, "two rows are in force on 2017-04-01");
    }

    #[test]
    fn a_gap_does_not_load_where_the_table_allows_none() {
        let rows = || vec![row("2017-01-01", "2017-03-31"), row("2017-04-01", "2018-01-01")];
        let error = Dated::new("test", Coverage::Gapless, rows()).expect_err("a day is missing");
        assert_eq!(error.what, "no row is in force from 2017-03-31 to 2017-04-01");
        assert!(Dated::new("test", Coverage::Sparse, rows()).is_ok());
    }

    #[test]
    fn intervals_are_half_open() {
        let table =
            Dated::new("test", Coverage::Gapless, vec![row("2017-01-01", "2017-04-01")]).expect("good rows");
        let on = |day: &str| table.on(&(), day.parse().expect("a day")).is_some();
        assert!(on("2017-01-01") && on("2017-03-31"));
        assert!(!on("2016-12-31") && !on("2017-04-01"));
    }
}
