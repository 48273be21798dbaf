//! FEE-022 to FEE-026: vouchers and quotas are drawn on in order of decision, never twice and never beyond what there is,
//! whatever the windows, the threads, the repeats, and whatever happened to the index.

use crate::documents::*;
use crate::support::{Line, Office, Submission, text};
use std::collections::BTreeMap;

/// Face value of each of the two vouchers; six orders of 400 are more than both.
const FACE_CENTS: i64 = 80_000;
/// The policy grants 30 % of 400 three times, and not a fourth.
const QUOTA_CENTS: i64 = 40_000;

fn office(declarations: &[String]) -> Office {
    let payer = value(&declarations[0], "TradeCoScc");
    let office = Office::new();
    office.register(
        "members.csv",
        &format!("scc,from,to,status,decision_no\n{payer},2018-03-20,,ACTIVE,惠东府函〔2018〕1号\n"),
    );
    office.register(
        "vouchers.csv",
        &format!(
            "serial,holder,value,services,from,to,splittable\nV-1,{payer},800,LAB-CM,2018-01-01,2019-01-01,yes\n\
             V-2,{payer},800,LAB-CM,2018-01-01,2018-12-01,yes\n"
        ),
    );
    office.register(
        "policies.toml",
        "[[policy]]\nid = \"ZONE-30\"\nkind = \"PERCENT\"\nvalue = 30\nheads = [\"LAB-CM\"]\nfirms = \"zone\"\n\
         from = 2018-01-01\nauthority_doc = \"惠东府函〔2018〕203号\"\ndecision_no = \"D-1\"\nfunder = \"县财政\"\n\
         quota = 400\n",
    );
    let order = |(n, document): (usize, &String)| {
        format!("O-{n},{},LAB-CM,{n},1,400,{payer}\n", value(document, "ClientSeqNo"))
    };
    let orders: String = declarations.iter().enumerate().map(order).collect();
    office.register(
        "orders.csv",
        &("order_no,number,head,item,quantity,unit_price,payer\n".to_owned() + &orders),
    );
    office
}

fn declarations() -> Vec<String> {
    consignments(6, false).into_iter().map(|it| it.declaration).collect()
}

fn batches(all: &[String]) -> [Vec<String>; 2] {
    let first = vec![
        all[0].clone(),
        rejected(&all[1]),
        all[2].clone(),
        all[0].clone(),
        all[1].clone(),
        rejected(&all[3]),
    ];
    let mut second = first.clone();
    second.extend([all[3].clone(), all[4].clone(), all[5].clone(), all[4].clone()]);
    [first, second]
}

/// Both submissions of an office; between them the index is lost where it is said.
fn lines_of(n_threads: usize, window_bytes: usize, loses_index: bool) -> Vec<Line> {
    let all = declarations();
    let mut office = office(&all);
    let mut lines = Vec::new();
    for batch in batches(&all) {
        let submission = Submission { n_threads, window_bytes, ..Submission::at(morning()) };
        lines.extend(office.submit(&submission.with("a.xml", input(&batch))));
        if loses_index {
            let index =
                office.world.paths().into_iter().filter(|path| path.starts_with("/office/data/index"));
            index.for_each(|path| {
                use clearance::world::World;
                office.world.remove(&path).unwrap();
            });
        }
    }
    lines
}

fn cents(amount: &Line) -> i64 {
    amount.as_str().expect("an amount is a text").replace('.', "").parse().expect("an amount has two places")
}

/// Reckons everything again from the lines alone.
fn assert_accounts_close(lines: &[Line]) {
    let mut latest: BTreeMap<&str, &Line> = BTreeMap::new();
    for line in lines.iter().filter(|line| text(line, "outcome") == "decided") {
        latest.insert(text(line, "number"), line);
    }
    let mut used: BTreeMap<&str, i64> = BTreeMap::new();
    let mut n_charged = 0;
    for line in latest.values() {
        let fees = &line["fees"];
        assert_eq!(fees.is_null(), text(line, "disposition") == "reject", "{line}");
        for head in fees["lines"].as_array().into_iter().flatten() {
            n_charged += 1;
            let mut at = cents(&head["gross"]);
            for step in head["steps"].as_array().unwrap() {
                assert_eq!(cents(&step["before"]), at, "{line}");
                at += cents(&step["amount"]);
                assert_eq!(cents(&step["after"]), at, "{line}");
                let drawn_on = step["voucher"].as_str().or(step["policy"].as_str()).unwrap();
                *used.entry(drawn_on).or_default() -= cents(&step["amount"]);
            }
            assert_eq!(cents(&head["payable"]), at, "{line}");
        }
        assert_eq!(cents(&fees["gross"]) - cents(&fees["relief"]), cents(&fees["payable"]), "{line}");
    }
    // Three times 280, then three times 400: 2,040 are due, and both vouchers are used up.
    assert_eq!(n_charged, 6);
    assert_eq!(used, BTreeMap::from([("V-1", FACE_CENTS), ("V-2", FACE_CENTS), ("ZONE-30", 36_000)]));
    assert!(used["ZONE-30"] <= QUOTA_CENTS);
}

#[test]
fn vouchers_and_quotas_are_drawn_on_once_in_any_windows_and_threads() {
    let first = lines_of(1, 4 << 20, false);
    assert_accounts_close(&first);
    for (n_threads, window_bytes, loses_index) in [(2, 4 << 20, false), (2, 1, true), (1, 9_000, true)] {
        assert_eq!(
            lines_of(n_threads, window_bytes, loses_index),
            first,
            "{n_threads} threads, {window_bytes} B"
        );
    }
}

#[test]
fn a_repeat_says_the_same_fees_and_takes_nothing() {
    let lines = lines_of(1, 4 << 20, false);
    let said: Vec<&Line> = lines.iter().filter(|line| line["number"] == lines[0]["number"]).collect();
    assert!(said.len() >= 3);
    for line in &said[1..] {
        assert_eq!((text(line, "outcome"), &line["fees"]), ("repeated", &lines[0]["fees"]));
    }
}
