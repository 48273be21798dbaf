//! The page and the workbook say what the lines say, and nothing a message says is read as anything but text.

use crate::documents::*;
use crate::support::{Line, Office, Submission, text};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use clearance::run::Receipts;
use model::finding::Language;
use serde_json::Value;
use std::io::Read;

/// The JSON in the page's pieces of one class, in order.
fn pieces(page: &str, class: &str) -> Vec<Value> {
    let open = format!("<script type=\"text/plain\" class=\"{class}\">");
    let packed = page.split(&open).skip(1).map(|rest| rest.split_once("</script>").unwrap().0);
    packed
        .map(|packed| {
            let bytes = BASE64.decode(packed).unwrap();
            serde_json::from_reader(flate2::read::ZlibDecoder::new(&*bytes)).unwrap()
        })
        .collect()
}

fn page(office: &Office) -> String {
    String::from_utf8(office.output("report.html")).unwrap()
}

/// Details of all rows.
fn details(page: &str) -> Vec<Value> {
    pieces(page, "detail").iter().flat_map(|piece| piece.as_array().unwrap().clone()).collect()
}

/// A column of the list.
fn column(page: &str, name: &str) -> Vec<Value> {
    pieces(page, "list").iter().flat_map(|piece| piece[name].as_array().unwrap().clone()).collect()
}

/// A file of the workbook.
fn entry(office: &Office, name: &str) -> String {
    let bytes = office.output("decisions.xlsx");
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn submission(documents: &[String]) -> Submission {
    let submission = Submission::at(morning()).with("a.xml", input(documents));
    Submission { report: true, receipts: Receipts::None, language: Language::Zh, ..submission }
}

/// A clean declaration, a rejected one, one that is held, and what is no declaration.
fn documents() -> Vec<String> {
    let rejected = with(&rejected(&mended(&plain(), 2)), "ClientSeqNo", "HD2");
    let held = with(&with(&with(&claiming(1).declaration, "ClientSeqNo", "HD3"), "EntryId", ""), "SeqNo", "");
    vec![plain(), with(&with(&rejected, "EntryId", ""), "SeqNo", ""), held, "<DecMessage>".to_owned()]
}

#[test]
fn page_and_workbook_have_a_row_for_each_line() {
    let mut office = Office::new();
    let lines = office.submit(&submission(&documents()));
    let page = page(&office);
    let details = details(&page);
    assert_eq!(details.len(), lines.len());
    for (field, column) in
        ["sequence", "number", "outcome", "disposition", "mode"].map(|name| (name, column(&page, name)))
    {
        let of_line = |line: &Line| if line[field].is_null() { Value::from("") } else { line[field].clone() };
        assert_eq!(column, lines.iter().map(of_line).collect::<Vec<_>>(), "{field}");
    }
    for (line, detail) in lines.iter().zip(&details) {
        for field in ["trace", "draw", "fees", "not_judged", "documents_waived", "certificates"] {
            assert_eq!(detail[field], line[field], "{field}");
        }
        let said = line["findings"].as_array().unwrap();
        let shown = detail["findings"].as_array().map_or(&[][..], Vec::as_slice);
        assert_eq!(said.len(), shown.len());
        for (said, shown) in said.iter().zip(shown) {
            assert_eq!(
                ["rule", "message", "evidence"].map(|it| &said[it]),
                ["rule", "message", "evidence"].map(|it| &shown[it])
            );
            let pointer = text(said, "pointer");
            let element = pointer.rsplit('/').next().unwrap().split('[').next().unwrap();
            let marked = shown["source"][2].as_str().unwrap();
            let is_absent = text(said, "message").contains('缺') || !marked.contains(element);
            assert!(is_absent || marked.starts_with(&format!("<{element}")), "{pointer}: {marked}");
        }
    }
    let decisions = entry(&office, "xl/worksheets/sheet1.xml");
    assert_eq!(decisions.matches("<row ").count(), lines.len() + 1);
    assert!(decisions.contains("state=\"frozen\"") && decisions.contains("<autoFilter ref=\"A1:U5\"/>"));
    let n_findings: usize = lines.iter().map(|line| line["findings"].as_array().unwrap().len()).sum();
    assert!(n_findings > 2);
    assert_eq!(entry(&office, "xl/worksheets/sheet2.xml").matches("<row ").count(), n_findings + 1);
    let names = entry(&office, "xl/workbook.xml");
    assert!(
        ["决定", "原因", "费用", "汇总"].iter().all(|name| names.contains(&format!("name=\"{name}\""))),
        "{names}"
    );
    // A number is text, so that no digit of it is lost; an amount is a number.
    let number = decisions.split("<c r=\"E2\"").nth(1).unwrap();
    assert!(
        number.contains("t=\"inlineStr\"")
            && number.split_once("</c>").unwrap().0.contains(text(&lines[0], "number"))
    );
    let sequence = decisions.split("<c r=\"A2\"").nth(1).unwrap().split_once("</c>").unwrap().0;
    assert!(sequence.ends_with("<v>1</v>"), "{sequence}");
    let left: Vec<_> =
        office.world.paths().into_iter().filter(|path| path.starts_with(office.out())).collect();
    assert!(left.iter().all(|path| path.extension().is_none_or(|it| it != "partial")), "{left:?}");
}

#[test]
fn without_being_asked_there_is_no_report() {
    let mut office = Office::new();
    office.submit(&Submission { report: false, ..submission(&documents()) });
    assert!(
        !office
            .world
            .paths()
            .iter()
            .any(|path| path.ends_with("report.html") || path.ends_with("decisions.xlsx"))
    );
}

#[test]
fn what_is_said_again_is_shown_with_its_lines() {
    let mut office = Office::new();
    office.submit(&submission(&documents()[1..2]));
    let first = details(&page(&office)).remove(0);
    let moved = format!("{}\n\n{}", plain(), documents()[1]);
    let again = office.submit(&submission(&[moved]));
    assert_eq!(text(&again[1], "outcome"), "repeated");
    let shown = details(&page(&office)).remove(1);
    let marked = |detail: &Value| detail["findings"][0]["source"][2].clone();
    assert!(marked(&first).as_str().is_some_and(|element| element.starts_with('<')), "{first}");
    assert_eq!(marked(&first), marked(&shown));
}

#[test]
fn nothing_a_message_says_gets_out_of_its_place() {
    let hostile = "=cmd|' /C calc'!A0</script><img src=x onerror=alert(1)>\u{2028}";
    let escaped = hostile.replace('<', "&lt;").replace('>', "&gt;");
    let number = with(&with(&with(&plain(), "EntryId", ""), "SeqNo", ""), "ClientSeqNo", &escaped);
    let mut office = Office::new();
    let lines = office.submit(&submission(&[number, plain()]));
    assert_eq!(text(&lines[0], "number"), hostile);
    let page = page(&office);
    assert!(!page.contains("onerror"));
    assert_eq!(page.matches("<script>").count(), 1);
    assert_eq!(column(&page, "number")[0], hostile);
    let sheet = entry(&office, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<img") && !sheet.contains("<f>"));
    let cell = sheet.split("<c ").find(|cell| cell.contains(">=cmd|' /C calc'!A0&lt;/script&gt;")).unwrap();
    assert!(cell.contains("t=\"inlineStr\"") && cell.starts_with("r=\"E2\""), "{cell}");
    // As if a person had typed an apostrophe before it.
    let style: usize = cell.split_once("s=\"").unwrap().1.split_once('"').unwrap().0.parse().unwrap();
    let styles = entry(&office, "xl/styles.xml");
    let styles = styles.split_once("<cellXfs").unwrap().1.split("<xf ").collect::<Vec<_>>();
    assert!(styles[style + 1].contains("quotePrefix=\"1\""), "{}", styles[style + 1]);
}

/// The page's own script never makes HTML of a text, and a policy forbids all scripts but it.
#[test]
fn the_page_runs_its_own_script_only() {
    let mut office = Office::new();
    office.submit(&submission(&documents()));
    let page = page(&office);
    let script = page.rsplit_once("<script>").unwrap().1.split_once("</script>").unwrap().0;
    for way in [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "fetch(",
        "http:",
        "https:",
    ] {
        assert!(!script.contains(way), "{way}");
    }
    let digest = BASE64.encode(<sha2::Sha256 as sha2::Digest>::digest(script));
    assert!(page.contains(&format!("script-src 'sha256-{digest}'")));
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn the_page_speaks_both_languages_whatever_the_run_spoke() {
    for language in [Language::Zh, Language::En] {
        let mut office = Office::new();
        office.submit(&Submission { language, ..submission(&documents()) });
        let page = page(&office);
        let about = pieces(&page, "about").remove(0);
        assert_eq!(about["rules"]["DOC-026"]["title"][0], "商品总价与单价乘数量不符");
        // Words of ours in steps and reasons, each with its Chinese.
        let details = details(&page);
        let english = details.iter().flat_map(|detail| detail["trace"].as_array().unwrap().clone());
        for word in english.map(|step| text(&step, "after").to_owned()).filter(|it| it.contains(' ')) {
            assert!(about["words"][&word].is_string(), "{word}");
        }
    }
}
