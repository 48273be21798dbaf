//! Which canonical fields each rule names, read out of its own source while it is built, so that nobody keeps a list
//! beside the rules that could differ from them. A new rule is found because its file is there.
//!
//! A name behind a dot counts when a row of `model` has a field of that name. Whose field it is tells what stands before
//! the dot, else which rows the file speaks of. Helpers a rule calls count as well, where only one function can be meant.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Files of `model` that define rows.
const ROWS: &[&str] =
    &["declaration.rs", "documents.rs", "certificate.rs", "particulars.rs", "inspection.rs"];
/// Files of `model` with helpers of rules.
const HELPERS: &[&str] = &["case.rs", "certificate.rs", "declaration.rs"];

/// Words by which a file shows that it speaks of a row; any other row is spoken of by its own name or that of its list.
const SPOKEN: &[(&str, &[&str])] = &[
    ("DeclarationHead", &["declaration.head", "DeclarationHead"]),
    ("CertificateHead", &["certificate.head", "CertificateHead"]),
    ("GoodsItem", &["items()", "declaration.items", "GoodsItem", "only_item"]),
    ("InspectionHead", &["inspection.head", "InspectionHead"]),
    ("InspectionGoods", &["inspection.goods", "InspectionGoods"]),
    ("InspectionContainer", &["inspection.containers", "InspectionContainer"]),
    ("CertificateItem", &["certificate.items", ".goods()", "CertificateItem", "group.lines"]),
    ("Particulars", &["declaration.particulars", "particulars()"]),
    ("ItemParticulars", &["declaration.item_particulars", ".lines()"]),
    ("Classification", &["declaration.classifications"]),
    ("OriginCountry", &["declaration.origin_countries"]),
    ("Procedure", &["declaration.procedures"]),
    ("Package", &["declaration.packages"]),
    ("SupportingDocument", &["declaration.supporting_documents"]),
    ("Explanation", &["declaration.explanations"]),
    ("PreviousDocument", &["declaration.previous_documents"]),
    ("Authorisation", &["declaration.authorisations"]),
    ("Guarantee", &["declaration.guarantees"]),
    ("DutyClaim", &["declaration.duty_claims"]),
    ("RouteCountry", &["declaration.route_countries"]),
];

/// Fields that things beside the rows have as well: they count only behind the name of a row.
const COMMON: &[&str] = &["value", "id", "date", "status"];

/// A row and one of its fields.
type Field = (String, String);

/// What a stretch of code names: fields, and functions with what qualifies them.
#[derive(Clone, Default)]
struct Named {
    fields: BTreeSet<Field>,
    calls: BTreeSet<Call>,
}

/// A call: from which module, what qualifies the name, and whether it stands behind a dot.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Call {
    from: String,
    qualifier: String,
    name: String,
    is_method: bool,
}

/// A function: its name, the module it stands in, and what it names.
struct Function {
    name: String,
    module: String,
    is_method: bool,
    named: Named,
}

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo says where the manifest is"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo says where to write"));
    let model = root.join("../model/src");
    println!("cargo::rerun-if-changed={}", root.join("src").display());
    println!("cargo::rerun-if-changed={}", model.display());
    let rows = rows(&model);
    let mut rules = BTreeMap::new();
    let mut functions = Vec::new();
    let mut sources = Vec::new();
    files(&root.join("src"), &mut sources);
    sources.extend(HELPERS.iter().map(|name| model.join(name)));
    for path in sources {
        let text = fs::read_to_string(&path).expect("a source file is read while it is built");
        let code = without_tests_and_comments(&text);
        let module = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        functions.extend(functions_of(&code, &module, &rows));
        if let Some(id) = rule_id(&code).filter(|_| path.parent() != Some(&root.join("src"))) {
            rules.insert(id, named(&code, &code, &module, &rows));
        }
    }
    let mut written = String::from("&[\n");
    for (id, named) in rules {
        let fields = closure(named, &functions);
        let _ = write!(written, "    ({id:?}, &[");
        for (row, field) in fields {
            let _ = write!(written, "FieldName {{ row: {row:?}, field: {field:?} }}, ");
        }
        written.push_str("]),\n");
    }
    written.push_str("]\n");
    fs::write(out.join("reads.rs"), written).expect("cargo's own folder takes a file");
}

/// Fields of the rows of `model`, with the name of each row's list.
fn rows(model: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let mut rows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for name in ROWS {
        let text = fs::read_to_string(model.join(name)).expect("a source file is read while it is built");
        let mut row = String::new();
        for line in text.lines().map(str::trim) {
            if line == "record! {" {
                row = "?".to_owned();
            } else if row == "?" && line.starts_with("pub struct ") {
                row = line["pub struct ".len()..].trim_end_matches(" {").to_owned();
            } else if line == "}" {
                row.clear();
            } else if !row.is_empty()
                && let Some((field, _)) = line.split_once(": ")
                && is_name(field)
            {
                rows.entry(row.clone()).or_default().insert(field.to_owned());
            }
        }
    }
    rows
}

fn files(dir: &Path, into: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(dir).expect("a source folder is read while it is built");
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            files(&path, into);
        } else if path.extension().is_some_and(|it| it == "rs") {
            into.push(path);
        }
    }
}

fn without_tests_and_comments(text: &str) -> String {
    let code = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or(text);
    let lines = code.lines().map(|line| line.split("//").next().unwrap_or(line));
    lines.flat_map(|line| [line, "\n"]).collect()
}

fn rule_id(code: &str) -> Option<String> {
    let (_, rest) = code.split_once("pub static RULE: Rule")?;
    let (_, rest) = rest.split_once("RuleId(\"")?;
    rest.split_once('"').map(|(id, _)| id.to_owned())
}

/// The functions of a file: each reaches to the brace that closes at the depth it began at.
fn functions_of(code: &str, module: &str, rows: &BTreeMap<String, BTreeSet<String>>) -> Vec<Function> {
    let mut functions = Vec::new();
    let lines: Vec<&str> = code.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        let trimmed = line.trim_start();
        let Some(fn_at) = trimmed.find("fn ").filter(|&it| it == 0 || trimmed[..it].ends_with(' ')) else {
            continue;
        };
        if !trimmed.starts_with("fn ") && !trimmed.starts_with("pub") && !trimmed.starts_with("const fn") {
            continue;
        }
        let name: String =
            trimmed[fn_at + 3..].chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect();
        let end = format!("{}}}", &line[..line.len() - trimmed.len()]);
        let n_lines = lines[at..].iter().position(|line| **line == *end).map_or(1, |n| n + 1);
        let body = lines[at..at + n_lines].join("\n");
        let signature = body.split('{').next().unwrap_or_default();
        let is_method = signature.contains("self");
        let named = named(&body, code, module, rows);
        functions.push(Function { name, module: module.to_owned(), is_method, named });
    }
    functions
}

/// What a stretch of a file names.
fn named(stretch: &str, file: &str, module: &str, rows: &BTreeMap<String, BTreeSet<String>>) -> Named {
    let mut named = Named::default();
    // What stands in quotes is no code; a chain that was broken over lines is one chain.
    let joined = without_quotes(stretch).split_whitespace().collect::<Vec<_>>().join(" ").replace(" .", ".");
    let bytes = joined.as_bytes();
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let mut at = 0;
    while at < bytes.len() {
        if !is_word(bytes[at]) {
            at += 1;
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|byte| is_word(**byte)).count();
        let word = &joined[at..end];
        let start = joined[..at]
            .rfind(|it: char| !it.is_alphanumeric() && !"_.:()?&*".contains(it))
            .map_or(0, |it| it + 1);
        let before = &joined[start..at];
        let is_call = bytes.get(end) == Some(&b'(');
        if is_call {
            let qualifier =
                before.strip_suffix("::").and_then(|it| it.rsplit([':', '(', '&']).next()).unwrap_or("");
            named.calls.insert(Call {
                from: module.to_owned(),
                qualifier: qualifier.to_owned(),
                name: word.to_owned(),
                is_method: before.ends_with('.'),
            });
        } else if let Some(receiver) = before.strip_suffix('.') {
            named.fields.extend(fields_of(receiver, word, file, rows));
        }
        at = end;
    }
    named
}

fn without_quotes(code: &str) -> String {
    code.split('"').step_by(2).collect::<Vec<_>>().join(" ")
}

/// The rows whose field is meant by a name behind a dot.
fn fields_of(
    receiver: &str,
    word: &str,
    file: &str,
    rows: &BTreeMap<String, BTreeSet<String>>,
) -> Vec<Field> {
    let all: Vec<&String> =
        rows.iter().filter(|(_, fields)| fields.contains(word)).map(|(row, _)| row).collect();
    let mut meant: Vec<&String> = all.into_iter().filter(|row| is_spoken_of(row, file)).collect();
    let nearest = receiver.rsplit(['.', '(', '&', '*', ' ']).find(|it| is_name(it)).unwrap_or("");
    if COMMON.contains(&word) && !["head", "invoice", "file"].contains(&nearest) {
        return Vec::new();
    }
    for (hint, wanted) in [
        ("head", &["DeclarationHead", "CertificateHead"][..]),
        ("item", &["GoodsItem", "CertificateItem"]),
        ("line", &["GoodsItem", "CertificateItem"]),
        ("container", &["Container"]),
        ("signature", &["Signature"]),
        ("free_text", &["FreeText"]),
        ("amendment", &["CertificateAmendment"]),
        ("invoice", &["CertificateInvoice"]),
    ] {
        if nearest == hint {
            narrow(&mut meant, |row| wanted.contains(&row));
        }
    }
    if receiver.contains("certificate") || receiver.contains("proof") {
        narrow(&mut meant, |row| row.starts_with("Certificate") || row == "NonPartyFirm");
    } else if receiver.contains("declaration") {
        narrow(&mut meant, |row| !row.starts_with("Certificate"));
    }
    meant.into_iter().map(|row| (row.clone(), word.to_owned())).collect()
}

fn narrow(meant: &mut Vec<&String>, fits: impl Fn(&str) -> bool) {
    if meant.iter().any(|row| fits(row)) {
        meant.retain(|row| fits(row));
    }
}

fn is_spoken_of(row: &str, file: &str) -> bool {
    if let Some((_, words)) = SPOKEN.iter().find(|(known, _)| *known == row) {
        return words.iter().any(|word| file.contains(word));
    }
    file.contains(row) || file.contains(&list_name(row))
}

/// `LicenceDocument` stands in `licences`, `Container` in `containers`: as the struct `Declaration` names them.
fn list_name(row: &str) -> String {
    match row {
        "LicenceDocument" => ".licences".to_owned(),
        "FirmQualification" => ".qualifications".to_owned(),
        "CertificateAmendment" => ".amendment".to_owned(),
        "CertificateInvoice" => "certificate.invoices".to_owned(),
        "FreeText" | "Signature" | "OtherPackaging" => format!(".{}", snake(row)),
        _ => format!(".{}s", snake(row)),
    }
}

fn snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// Fields a rule names itself or through the helpers it calls.
fn closure(rule: Named, functions: &[Function]) -> BTreeSet<Field> {
    let mut fields = rule.fields;
    let mut to_follow: Vec<Call> = rule.calls.into_iter().collect();
    let mut followed = BTreeSet::new();
    while let Some(call) = to_follow.pop() {
        if !followed.insert(call.clone()) {
            continue;
        }
        let fits = |it: &&Function| it.name == call.name && it.is_method == call.is_method;
        let mut meant: Vec<&Function> = functions.iter().filter(fits).collect();
        let home = if call.qualifier.is_empty() { &call.from } else { &call.qualifier };
        if meant.iter().any(|it| it.module == *home) {
            meant.retain(|it| it.module == *home);
        }
        // Several functions of one name: which is meant only the compiler knows.
        if let [function] = meant[..] {
            fields.extend(function.named.fields.iter().cloned());
            to_follow.extend(function.named.calls.iter().cloned());
        }
    }
    fields
}
