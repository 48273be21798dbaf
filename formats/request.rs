//! Requests about a declaration on file: what is asked for, and what laying it over the declaration comes to.
//!
//! A format reads a request and lays it over; whether that may be done to the declaration as it stands is the engine's.

use model::batch::Namespaces;
use model::finding::{Finding, Place};

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// To change what was declared.
    Amend,
    /// To take the declaration back.
    Cancel,
    /// To decide it now that the goods are there.
    Present,
}

/// A request as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request<'b> {
    /// What is asked for.
    pub ask: Ask,
    /// Number of the declaration it is about; empty when it names none.
    pub about: &'b str,
    /// Where that number stands, or is missing.
    pub place: Place,
    /// The parties it says it comes from, and where; it may say nothing.
    pub parties: Vec<(&'b str, Place)>,
}

/// A message and the namespaces around it.
#[derive(Clone, Copy, Debug)]
pub struct Written<'t> {
    /// Its text.
    pub text: &'t str,
    /// Namespaces bound by the wrappers around it.
    pub namespaces: Option<&'t Namespaces>,
}

/// A declaration with a request laid over it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Laid {
    /// What it says now, in the namespaces it was filed in; as it was when something is wrong with the request.
    pub text: String,
    /// What is wrong with the request, with places in it.
    pub faults: Vec<Finding>,
    /// What was changed, with places in the text.
    pub changes: Vec<Finding>,
}
