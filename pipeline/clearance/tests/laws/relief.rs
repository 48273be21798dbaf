//! FEE-013 to FEE-026 over histories nobody thought of: vouchers, quotas and pots never go below 0, nothing is spent twice,
//! what the lines take is what the balances moved, and every fee is kept to the cent, in any windows and threads.

use crate::documents::*;
use crate::support::{Line, Office, Submission, text};
use clearance::record::embedded::look::Look;
use clearance::world::World;
use model::decimal::Decimal;
use model::waiver::{Account, AccountKind};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

const N_HISTORIES: u64 = 20;
const HEADS: [&str; 2] = ["LAB-CM", "TRAIN"];
const FUNDERS: [&str; 2] = ["县财政", "镇财政"];

/// What the registers of a history allow, in cents.
#[derive(Default)]
struct Limits {
    /// Vouchers by serial, and whether what is left of one may be used again.
    vouchers: BTreeMap<String, (i64, bool)>,
    quotas: BTreeMap<String, i64>,
    pots: BTreeMap<String, i64>,
    /// Firms of the zone.
    members: BTreeSet<String>,
    /// Yearly caps by policy: the heads, and whether they are for the zone only.
    caps: BTreeMap<String, (&'static str, bool)>,
}

/// A history: registers, then submissions.
struct History {
    registers: Vec<(&'static str, String)>,
    limits: Limits,
    submissions: Vec<Vec<String>>,
}

impl History {
    fn draw(seed: u64) -> History {
        let mut random = Random(seed);
        let mut declarations: Vec<String> =
            consignments(7, false).into_iter().map(|it| it.declaration).collect();
        let waiting = claiming(1);
        declarations.push(waiting.declaration);
        let firms: BTreeSet<String> =
            declarations.iter().map(|it| value(it, "TradeCoScc").to_owned()).collect();
        let firms: Vec<String> = firms.into_iter().collect();
        let mut limits = Limits::default();
        let registers = vec![
            ("members.csv", members(&firms, &mut limits, &mut random)),
            ("policies.toml", policies(&mut limits, &mut random)),
            ("pots.csv", pots(&mut limits, &mut random)),
            ("vouchers.csv", vouchers(&firms, &mut limits, &mut random)),
            ("orders.csv", orders(&declarations, &firms, &mut random)),
        ];
        let mut submissions: Vec<Vec<String>> = (0..3)
            .map(|_| (0..4 + random.below(12)).map(|_| version(&declarations, &mut random)).collect())
            .collect();
        // The certificate one of them waits for comes early, late, or never.
        if let Some(submission) = submissions.get_mut(random.below(4)) {
            submission.extend(waiting.certificates);
        }
        History { registers, limits, submissions }
    }
}

/// A declaration as it stands, with other content, or in a way that is rejected.
fn version(declarations: &[String], random: &mut Random) -> String {
    let declaration = &declarations[random.below(declarations.len())];
    match random.below(5) {
        0 => rejected(declaration),
        1 => mended(declaration, random.below(3)),
        _ => declaration.clone(),
    }
}

fn members(firms: &[String], limits: &mut Limits, random: &mut Random) -> String {
    let mut text = "scc,from,to,status,decision_no\n".to_owned();
    for (n, firm) in firms.iter().enumerate() {
        if n == 0 || random.below(2) == 0 {
            limits.members.insert(firm.clone());
            text += &format!("{firm},2018-03-20,,ACTIVE,惠东女鞋办〔2018〕{n}号\n");
        }
    }
    text
}

fn policies(limits: &mut Limits, random: &mut Random) -> String {
    let mut text = String::new();
    for n in 0..1 + random.below(4) {
        let id = format!("P-{n}");
        let kind = ["PERCENT", "PERCENT", "FIXED", "CAP", "CAP", "FULL"][random.below(6)];
        let worth = match kind {
            "FULL" => String::new(),
            "PERCENT" => format!("value = {}\n", 1 + random.below(100)),
            _ => format!("value = {}\n", cents_text(1 + random.below(60_000) as i64)),
        };
        let heads = [r#"["LAB-CM"]"#, r#"["TRAIN"]"#, r#"["LAB-CM", "TRAIN"]"#][random.below(3)];
        let firms = ["zone", "all"][random.below(2)];
        let funder = FUNDERS[random.below(2)];
        text += &format!(
            "[[policy]]\nid = \"{id}\"\nkind = \"{kind}\"\n{worth}heads = {heads}\nfirms = \"{firms}\"\nfrom = 2018-01-01\n\
             authority_doc = \"惠东府函〔2018〕203号\"\ndecision_no = \"D-{n}\"\nfunder = \"{funder}\"\n"
        );
        if random.below(2) == 0 {
            text += "stack = \"sequential\"\n";
        }
        if kind == "CAP" && random.below(2) == 0 {
            text += "per = \"year\"\n";
            limits.caps.insert(id.clone(), (heads, firms == "zone"));
        }
        if random.below(2) == 0 {
            let quota = random.below(120_000) as i64;
            text += &format!("quota = {}\n", cents_text(quota));
            limits.quotas.insert(id, quota);
        }
    }
    text
}

fn pots(limits: &mut Limits, random: &mut Random) -> String {
    let mut text = "funder,year,amount\n".to_owned();
    for funder in FUNDERS {
        if random.below(2) == 0 {
            let amount = random.below(200_000) as i64;
            text += &format!("{funder},2018,{}\n", cents_text(amount));
            limits.pots.insert(funder.to_owned(), amount);
        }
    }
    text
}

fn vouchers(firms: &[String], limits: &mut Limits, random: &mut Random) -> String {
    let mut text = "serial,holder,value,services,from,to,splittable\n".to_owned();
    for n in 0..random.below(6) {
        let (serial, holder) = (format!("V-{n}"), &firms[random.below(firms.len())]);
        let (face, is_splittable) = (1 + random.below(90_000) as i64, random.below(2) == 0);
        let services = ["LAB-CM", "TRAIN", "LAB-CM;TRAIN"][random.below(3)];
        let splittable = if is_splittable { "yes" } else { "no" };
        text += &format!(
            "{serial},{holder},{},{services},2018-01-01,2019-0{}-01,{splittable}\n",
            cents_text(face),
            1 + n
        );
        limits.vouchers.insert(serial, (face, is_splittable));
    }
    text
}

/// For a number or for a contract, paid by the consignor or by another firm.
fn orders(declarations: &[String], firms: &[String], random: &mut Random) -> String {
    let mut text = "order_no,number,contract,head,item,quantity,unit_price,payer\n".to_owned();
    for n in 0..14 {
        let declaration = &declarations[random.below(declarations.len())];
        let (number, contract) = match random.below(4) {
            0 => ("", value(declaration, "ContrNo")),
            _ => (value(declaration, "ClientSeqNo"), ""),
        };
        if number.is_empty() && contract.is_empty() {
            continue;
        }
        let payer = if random.below(3) == 0 { firms[random.below(firms.len())].as_str() } else { "" };
        let (head, price) = (HEADS[random.below(2)], cents_text(random.below(150_000) as i64));
        text += &format!("O-{n},{number},{contract},{head},{n},{},{price},{payer}\n", 1 + random.below(3));
    }
    text
}

fn cents_text(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn cents(amount: &Value) -> i64 {
    amount.as_str().expect("an amount is a text").replace('.', "").parse().expect("an amount has two places")
}

/// Runs a history, and gives what it said: lines and summaries.
fn told(history: &History, n_threads: usize, window_bytes: usize) -> (Office, Vec<(Vec<Line>, Value)>) {
    let mut office = Office::new();
    history.registers.iter().for_each(|(name, text)| office.register(name, text));
    let mut told = Vec::new();
    for documents in &history.submissions {
        let submission = Submission { n_threads, window_bytes, ..Submission::at(morning()) };
        let lines = office.submit(&submission.with("a.xml", input(documents)));
        told.push((lines, serde_json::from_slice(&office.output("summary.json")).unwrap()));
    }
    (office, told)
}

fn decided(lines: &[Line]) -> impl Iterator<Item = &Line> {
    lines.iter().filter(|line| {
        matches!(text(line, "outcome"), "decided" | "redecided")
            && text(line, "format").ends_with("declaration")
    })
}

fn heads(line: &Line) -> impl Iterator<Item = &Value> {
    line["fees"]["lines"].as_array().into_iter().flatten()
}

/// Gross, less what is taken off, rounded, is payable: of each head, and of the whole.
fn assert_closed(line: &Line, place: &str) {
    for head in heads(line) {
        let mut at = cents(&head["gross"]);
        for step in head["steps"].as_array().unwrap() {
            assert_eq!(cents(&step["before"]), at, "{place}: {line}");
            at += cents(&step["amount"]);
            assert!(cents(&step["after"]) == at && at >= 0, "{place}: {line}");
        }
        assert_eq!(cents(&head["payable"]), at, "{place}: {line}");
    }
    let fees = &line["fees"];
    if !fees.is_null() {
        let sum = |name: &str| heads(line).map(|head| cents(&head[name])).sum::<i64>();
        assert_eq!(
            (cents(&fees["gross"]), cents(&fees["payable"])),
            (sum("gross"), sum("payable")),
            "{place}"
        );
        let rounding = if fees["rounding"].is_null() { 0 } else { cents(&fees["rounding"]) };
        assert_eq!(
            cents(&fees["gross"]) - cents(&fees["relief"]) + rounding,
            cents(&fees["payable"]),
            "{place}"
        );
    }
}

/// The summary has what the last decisions of its submission charge.
fn assert_summed(lines: &[Line], summary: &Value, place: &str) {
    let latest: BTreeMap<&str, &Line> = decided(lines).map(|line| (text(line, "number"), line)).collect();
    let mut sums: BTreeMap<&str, [i64; 3]> = BTreeMap::new();
    for head in latest.values().flat_map(|line| heads(line)) {
        let sum = sums.entry(text(head, "head")).or_default();
        let (gross, payable) = (cents(&head["gross"]), cents(&head["payable"]));
        *sum = [sum[0] + gross, sum[1] + payable, sum[2] + 1];
    }
    let told = summary["fees"]["heads"].as_object().unwrap();
    let told: BTreeMap<&str, [i64; 3]> = told
        .iter()
        .map(|(head, it)| {
            (&**head, [cents(&it["gross"]), cents(&it["payable"]), it["lines"].as_i64().unwrap()])
        })
        .collect();
    assert_eq!(told, sums, "{place}");
}

/// What the latest decisions hold, by account.
fn held<'l>(latest: impl Iterator<Item = &'l Line>) -> [BTreeMap<String, Vec<i64>>; 3] {
    let mut held: [BTreeMap<String, Vec<i64>>; 3] = Default::default();
    for step in latest.flat_map(heads).flat_map(|head| head["steps"].as_array().unwrap()) {
        for (of_kind, name) in held.iter_mut().zip(["voucher", "policy", "funder"]) {
            if let Some(name) = step[name].as_str() {
                of_kind.entry(name.to_owned()).or_default().push(-cents(&step["amount"]));
            }
        }
    }
    held
}

/// What firms are charged, by the yearly cap that covers it.
fn charged<'l>(latest: impl Iterator<Item = &'l Line>, limits: &Limits) -> BTreeMap<(String, String), i64> {
    let mut charged: BTreeMap<(String, String), i64> = BTreeMap::new();
    for (line, head) in latest.flat_map(|line| heads(line).map(move |head| (line, head))) {
        let payer = head["payer"].as_str().or(line["fees"]["payer"].as_str()).unwrap();
        let steps = head["steps"].as_array().unwrap().iter();
        let by_voucher: i64 =
            steps.filter(|it| it["voucher"].is_string()).map(|it| cents(&it["amount"])).sum();
        for (policy, (covered, is_for_zone)) in &limits.caps {
            let is_covered = covered.contains(text(head, "head"));
            if is_covered && (!is_for_zone || limits.members.contains(payer)) {
                let key = (policy.clone(), payer.to_owned());
                *charged.entry(key).or_default() += cents(&head["payable"]) - by_voucher;
            }
        }
    }
    charged
}

fn assert_balanced(office: &Office, limits: &Limits, latest: &BTreeMap<String, Line>, place: &str) {
    let [vouchers, quotas, pots] = held(latest.values());
    let world: Arc<dyn World> = Arc::new(office.world.clone());
    let look = Look::open(&world, Path::new("/office/data")).unwrap();
    let check = |account: Account, used: i64, limit: i64| {
        assert!((0..=limit).contains(&used), "{place}: {account:?}: {used} of {limit}");
        let booked = look.used_before(&account, u64::MAX).unwrap();
        assert_eq!(booked, Decimal::parse(&cents_text(used)).unwrap(), "{place}: {account:?}");
    };
    let sum = |held: &BTreeMap<String, Vec<i64>>, name: &str| held.get(name).map_or(0, |it| it.iter().sum());
    for (serial, (face, is_splittable)) in &limits.vouchers {
        let uses = vouchers.get(serial).map_or(0, Vec::len);
        assert!(*is_splittable || uses <= 1, "{place}: {serial}");
        // No change is paid: what cannot be split is used up by one use.
        let used = if *is_splittable { sum(&vouchers, serial) } else { face * uses as i64 };
        assert!(sum(&vouchers, serial) <= *face, "{place}: {serial}");
        check(Account::new(AccountKind::Voucher, serial), used, *face);
    }
    for (policy, quota) in &limits.quotas {
        check(Account::new(AccountKind::Quota, policy), sum(&quotas, policy), *quota);
    }
    for (funder, pot) in &limits.pots {
        check(Account::pot(funder, 2018), sum(&pots, funder), *pot);
    }
    // What a yearly cap counts is what is charged, with what vouchers pay of it.
    for ((policy, payer), charged) in charged(latest.values(), limits) {
        check(Account::year(&policy, &payer, 2018), charged, i64::MAX);
    }
    assert!(vouchers.keys().all(|serial| limits.vouchers.contains_key(serial)), "{place}");
}

#[test]
fn relief_is_given_once_and_never_beyond_what_there_is() {
    let (mut n_reliefs, mut n_short) = (0, 0);
    for seed in 0..N_HISTORIES {
        let history = History::draw(seed);
        let first = told(&history, 1, 4 << 20);
        let mut latest: BTreeMap<String, Line> = BTreeMap::new();
        for (n, (lines, summary)) in first.1.iter().enumerate() {
            let place = format!("history {seed}, submission {n}");
            decided(lines).for_each(|line| assert_closed(line, &place));
            assert_summed(lines, summary, &place);
            latest.extend(decided(lines).map(|line| (text(line, "number").to_owned(), line.clone())));
        }
        assert_balanced(&first.0, &history.limits, &latest, &format!("history {seed}"));
        n_reliefs += latest.values().flat_map(heads).filter(|it| it["gross"] != it["payable"]).count();
        n_short += first.1.iter().flat_map(|(lines, _)| decided(lines)).filter(|line| is_short(line)).count();
        for (n_threads, window_bytes) in [(2, 1), (3, 30_000)] {
            let other = told(&history, n_threads, window_bytes);
            let lines = |told: &[(Vec<Line>, Value)]| told.iter().map(|it| it.0.clone()).collect::<Vec<_>>();
            assert_eq!(
                lines(&other.1),
                lines(&first.1),
                "history {seed}, {n_threads} threads, {window_bytes} B"
            );
            assert_balanced(&other.0, &history.limits, &latest, &format!("history {seed}, {window_bytes} B"));
        }
    }
    // The histories are worth their time only if much is relieved, and much is refused.
    assert!(n_reliefs > 40 && n_short > 20, "{n_reliefs} reliefs, {n_short} refused");
}

fn is_short(line: &Line) -> bool {
    let steps = line["trace"].as_array().unwrap();
    steps.iter().any(|step| {
        matches!(text(step, "rule"), "FEE-013" | "FEE-024") && text(step, "after").starts_with("not granted")
    })
}

/// FEE-020: the order of the documents changes nothing about who is served where a quota runs short.
#[test]
fn who_is_served_does_not_depend_on_the_order_of_the_documents() {
    for seed in 0..6 {
        let mut random = Random(seed);
        let declarations: Vec<String> = consignments(7, false).into_iter().map(|it| it.declaration).collect();
        let firms: Vec<String> = declarations.iter().map(|it| value(it, "TradeCoScc").to_owned()).collect();
        let mut limits = Limits::default();
        let policy = "[[policy]]\nid = \"P\"\nkind = \"PERCENT\"\nvalue = 30\nheads = [\"LAB-CM\", \"TRAIN\"]\nfirms = \"all\"\n\
             from = 2018-01-01\nauthority_doc = \"A\"\ndecision_no = \"D\"\nfunder = \"县财政\"\nquota = 500\n";
        let unique: BTreeSet<String> = firms.into_iter().collect();
        let firms: Vec<String> = unique.into_iter().collect();
        let registers = vec![
            ("members.csv", members(&firms, &mut limits, &mut random)),
            ("policies.toml", policy.to_owned()),
            ("pots.csv", pots(&mut limits, &mut random)),
            ("orders.csv", orders(&declarations, &firms, &mut random)),
        ];
        let mut history = History { registers, limits, submissions: vec![declarations] };
        let payable = |history: &History| -> BTreeMap<String, Value> {
            let lines = &told(history, 1, 4 << 20).1[0].0;
            decided(lines).map(|line| (text(line, "number").to_owned(), line["fees"].clone())).collect()
        };
        let first = payable(&history);
        for _ in 0..3 {
            let documents = &mut history.submissions[0];
            (1..documents.len()).rev().for_each(|n| documents.swap(n, random.below(n + 1)));
            assert_eq!(payable(&history), first, "seed {seed}");
        }
    }
}
