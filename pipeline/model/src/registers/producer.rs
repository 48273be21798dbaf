//! `producers.csv` 生产企业: registered producers and their class (CHN-003).

use super::ByCode;
use jiff::civil::Date;

/// A registered producer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Producer {
    /// Registration number: what a goods line names.
    pub registration: String,
    /// The firm's unified code; empty when unknown.
    pub unified_code: String,
    /// Name.
    pub name: String,
    /// Class, 1 to 4 (order 113).
    pub class: u8,
    /// First day without a valid quality system.
    pub quality_system_to: Option<Date>,
    /// First day without valid self-inspection and self-control.
    pub self_control_to: Option<Date>,
    /// Town of production.
    pub site_town: String,
}

/// Producers, found by registration number or by firm.
#[derive(Clone, Debug, Default)]
pub struct Producers {
    by_registration: ByCode<Producer>,
    by_firm: ByCode<Producer>,
}

impl Producers {
    /// Takes in a producer.
    pub fn add(&mut self, row: Producer) {
        if !row.unified_code.is_empty() {
            self.by_firm.add(&row.unified_code.clone(), row.clone());
        }
        self.by_registration.add(&row.registration.clone(), row);
    }

    /// The producer with this registration number.
    pub fn registered(&self, registration: &str) -> Option<&Producer> {
        self.by_registration.of(registration).first()
    }

    /// The sites of this firm.
    pub fn of_firm(&self, unified_code: &str) -> &[Producer] {
        self.by_firm.of(unified_code)
    }

    /// Number of producers.
    pub fn len(&self) -> usize {
        self.by_registration.len()
    }

    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.by_registration.is_empty()
    }
}
