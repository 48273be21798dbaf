//! Encodings: marks, declarations and bytes that do not go together, and ill-formed UTF-8.

use super::{Mutator, Random, insert, splice};

pub(super) static MUTATORS: &[Mutator] = &[
    Mutator { name: "ill-formed UTF-8 put in", apply: ill_formed },
    Mutator { name: "a character cut through", apply: cut_through },
    Mutator { name: "a byte order mark", apply: marked },
    Mutator { name: "a byte order mark inside", apply: marked_inside },
    Mutator { name: "UTF-16", apply: sixteen },
    Mutator { name: "Latin-1", apply: latin },
    Mutator { name: "GB18030", apply: national },
    Mutator { name: "another encoding declared", apply: declared },
    Mutator { name: "another declaration", apply: redeclared },
    Mutator { name: "other line ends", apply: line_ends },
    Mutator { name: "white space before all", apply: spaced },
];

/// Overlong forms, surrogates, bytes beyond Unicode, loose and missing continuations.
const ILL_FORMED: &[&[u8]] = &[
    b"\xC0\x80",
    b"\xC1\xBF",
    b"\xE0\x80\x80",
    b"\xE0\x9F\xBF",
    b"\xF0\x80\x80\x80",
    b"\xF0\x8F\xBF\xBF",
    b"\xC0\xBC",
    b"\xED\xA0\x80",
    b"\xED\xBF\xBF",
    b"\xED\xA0\xBD\xED\xB0\x80",
    b"\xF4\x90\x80\x80",
    b"\xF5\x80\x80\x80",
    b"\xFE",
    b"\xFF",
    b"\x80",
    b"\xBF",
    b"\xC2",
    b"\xE4\xB8",
    b"\xF0\x9F\x98",
    b"\xF8\x88\x80\x80\x80",
    b"\xC9\xEE",
    b"\xA0",
];

const MARK: &[u8] = b"\xEF\xBB\xBF";

fn ill_formed(bytes: &mut Vec<u8>, random: &mut Random) {
    let piece = *random.one(ILL_FORMED);
    insert(bytes, random, piece);
}

fn cut_through(bytes: &mut Vec<u8>, random: &mut Random) {
    let wide: Vec<usize> = (0..bytes.len()).filter(|it| bytes[*it] >= 0x80).collect();
    if !wide.is_empty() {
        bytes.remove(*random.one(&wide));
    }
}

fn marked(bytes: &mut Vec<u8>, random: &mut Random) {
    let n = 1 + random.below(6) / 5;
    splice(bytes, 0..0, &MARK.repeat(n));
}

fn marked_inside(bytes: &mut Vec<u8>, random: &mut Random) {
    insert(bytes, random, MARK);
}

fn sixteen(bytes: &mut Vec<u8>, random: &mut Random) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let is_little = random.below(2) == 0;
    let has_mark = random.below(3) > 0;
    let mark = has_mark.then_some(0xFEFF);
    // Who changes the encoding seldom forgets to say so.
    let is_declared = random.below(4) > 0;
    let text = if is_declared { text.replacen("UTF-8", "UTF-16", 1) } else { text.to_owned() };
    let units = mark.into_iter().chain(text.encode_utf16());
    *bytes =
        units.flat_map(|unit: u16| if is_little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect();
}

fn latin(bytes: &mut Vec<u8>, _random: &mut Random) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    *bytes = text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(0xBF)).collect();
}

/// As older client software writes it, and says so, or forgets to.
fn national(bytes: &mut Vec<u8>, random: &mut Random) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let name = *random.one(&["GB18030", "GBK", "GB2312", "gb2312"]);
    let is_declared = random.below(4) > 0;
    let rest = &text[declaration_end(text.as_bytes())..];
    let declaration =
        if is_declared { format!("<?xml version=\"1.0\" encoding=\"{name}\"?>") } else { String::new() };
    let (encoded, ..) = encoding_rs::GB18030.encode(rest);
    *bytes = [declaration.as_bytes(), &encoded].concat();
}

fn declaration_end(bytes: &[u8]) -> usize {
    let end = bytes.windows(2).position(|it| it == b"?>");
    end.filter(|_| bytes.starts_with(b"<?xml")).map_or(0, |end| end + 2)
}

fn declared(bytes: &mut Vec<u8>, random: &mut Random) {
    const NAMES: &[&str] = &[
        "utf-8",
        "UTF8",
        "UTF-16",
        "UTF-16LE",
        "ISO-8859-1",
        "US-ASCII",
        "GBK",
        "GB18030",
        "UTF-7",
        "x",
        "",
        "8",
        "utf-8 ",
    ];
    let end = declaration_end(bytes);
    let written = format!("<?xml version=\"1.0\" encoding=\"{}\"?>", random.one(NAMES));
    splice(bytes, 0..end, written.as_bytes());
}

fn redeclared(bytes: &mut Vec<u8>, random: &mut Random) {
    const DECLARATIONS: &[&str] = &[
        "",
        "<?xml version='1.0'?>",
        "<?xml version='1.1'?>",
        "<?xml version=\"1.0\" standalone='yes'?>",
        "<?xml version='1.0' standalone='maybe'?>",
        "<?xml version='1.0' standalone='no' encoding='UTF-8'?>",
        "<?xml encoding='UTF-8'?>",
        "<?xml version='1.0'encoding='UTF-8'?>",
        "<?xml  version = '1.0'\tencoding\n=\"UTF-8\" ?>",
        "<?xml version='1.0' a='b'?>",
        "<?xml version=1.0?>",
        "<?xml?>",
        "<?xml version='1.00'?>",
        "<?xml version='1.0'?><?xml version='1.0'?>",
        "<!-- a --><?xml version='1.0'?>",
        "<?xml version='1.0'>",
        "<?XML version='1.0'?>",
        "<?xml-stylesheet href='a'?>",
        "<?xml version='1.0' encoding='UTF-8' standalone='yes' standalone='yes'?>",
    ];
    let end = declaration_end(bytes);
    let written = random.one(DECLARATIONS);
    splice(bytes, 0..end, written.as_bytes());
}

fn line_ends(bytes: &mut Vec<u8>, random: &mut Random) {
    let end = *random.one(&["\r\n", "\r", "\u{85}", "\u{2028}", " \n", ""]);
    let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    if lines.len() > 1 {
        *bytes = lines.join(end.as_bytes());
    } else {
        insert(bytes, random, end.as_bytes());
    }
}

fn spaced(bytes: &mut Vec<u8>, random: &mut Random) {
    let space = random.one(&[" ", "\n", "\r\n", "\t", "\u{A0}", "\0"]);
    splice(bytes, 0..0, space.as_bytes());
}
