//! Requests about declarations on file, dropped by the firm that filed them and by another.

use crate::yard::{A, B, Yard};

macro_rules! specimen {
    ($name:literal) => {
        include_str!(concat!("../../../../formats/wco_declaration/specimens/", $name))
    };
}

/// W2: who names nobody asks in the name of the firms of his folder. What it brings is answered into the folder of the
/// declaration, days after its first answer.
#[test]
fn w2_a_request_without_a_name_is_one_of_the_firms_of_its_folder() {
    let mut yard = Yard::new();
    yard.config.folders[0].declarants = Some(vec!["GB512340987444".to_owned()]);
    yard.config.folders[1].declarants = Some(vec!["GB512340987888".to_owned()]);
    let numbers = "<ID>24GB7K2M9PQRS4T5A1</ID><TypeCode>EXD";
    yard.drop_in(A, "declared.xml", specimen!("minimal.xml").replace("<TypeCode>EXA", numbers));
    yard.serve();
    yard.drop_in(B, "guessed.xml", specimen!("amendment.xml"));
    yard.serve();
    assert_eq!(yard.decisions().len(), 1);
    assert!(said(&yard, B).contains("<ValidationCode>CDS12015</ValidationCode>"), "{}", said(&yard, B));
    yard.drop_in(A, "amended.xml", specimen!("amendment.xml"));
    yard.serve();
    assert_eq!(yard.decisions().len(), 3);
    let answers = said(&yard, A);
    assert!(answers.contains("<NameCode>39</NameCode>"), "{answers}");
    assert!(answers.contains("<FunctionCode>07</FunctionCode>"), "{answers}");
}

/// All answers in a folder.
fn said(yard: &Yard, folder: &str) -> String {
    let answers = yard.files(folder, "InBox");
    answers.values().map(|answer| String::from_utf8_lossy(answer).into_owned()).collect()
}
