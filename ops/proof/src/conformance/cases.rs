//! Cases of our own, by the productions and constraints of XML 1.0, fifth edition, and Namespaces in XML 1.0, third edition.
//!
//! Each production and each constraint that a document without a type declaration can break has at least one line here.
//! Each is read alone, as a message of ours, and between two good messages, which must not notice.

use super::pieces_of;
use crate::reading::{Piece, Verdict};
use anyhow::Result;

/// A text and what it breaks.
struct Case {
    /// Production or constraint.
    of: &'static str,
    /// A document, or what a sender may have taken for one.
    text: &'static str,
    /// What is wrong, or why it is not.
    why: &'static str,
}

const fn case(of: &'static str, text: &'static str, why: &'static str) -> Case {
    Case { of, text, why }
}

/// A message that stands beside each case.
const GOOD: &str = "<DecMessage><DecHead><IEFlag>E</IEFlag></DecHead></DecMessage>";

/// Runs them all: how many there were, and what is wrong.
pub fn run() -> Result<(usize, Vec<String>)> {
    let mut wrong = Vec::new();
    for case in MALFORMED {
        for text in [case.text.to_owned(), ours(case.text)] {
            if !pieces_of(text.as_bytes())?.iter().any(|piece| piece.verdict.is_refused()) {
                wrong.push(told(case, &text, "it is read"));
            }
            wrong.extend(neighbours(text.as_bytes())?.map(|lost| told(case, &text, lost)));
        }
    }
    for case in WELL_FORMED {
        for text in [case.text.to_owned(), ours(case.text)] {
            let pieces = pieces_of(text.as_bytes())?;
            let refused = pieces.iter().find(|piece| piece.verdict.is_refused());
            wrong.extend(refused.map(|piece| told(case, &text, &format!("{:?}", piece.verdict))));
            wrong.extend(neighbours(text.as_bytes())?.map(|lost| told(case, &text, lost)));
        }
    }
    for case in WITH_DECLARATION {
        if !pieces_of(case.text.as_bytes())?.iter().any(|piece| is_by(piece, "MSG-002")) {
            wrong.push(told(case, case.text, "it is not refused for its declaration"));
        }
        wrong.extend(neighbours(case.text.as_bytes())?.map(|lost| told(case, case.text, lost)));
    }
    Ok((MALFORMED.len() + WELL_FORMED.len() + WITH_DECLARATION.len(), wrong))
}

fn told(case: &Case, text: &str, wrong: &str) -> String {
    format!("{}: {} ({}): {wrong}", case.of, text.escape_debug(), case.why)
}

fn is_by(piece: &Piece, by: &str) -> bool {
    matches!(piece.verdict, Verdict::Refused { rule, .. } if rule == by)
}

/// The same text as a message of ours.
fn ours(text: &str) -> String {
    let mut ours = String::new();
    for (at, letter) in text.char_indices() {
        let is_root = text[..at].ends_with(['<', '/', ':'])
            && text[at + letter.len_utf8()..].starts_with([' ', '>', '/', '\n', '\t', '\r']);
        match letter {
            'R' if is_root => ours.push_str("DecMessage"),
            _ => ours.push(letter),
        }
    }
    ours
}

/// The messages before and behind are what they are without it; what declares something and has no root is the
/// beginning of the one behind.
pub fn neighbours(bytes: &[u8]) -> Result<Option<&'static str>> {
    let found = pieces_of(&[GOOD.as_bytes(), bytes, GOOD.as_bytes()].concat())?;
    let is_good = |piece: &Piece| piece.text.ends_with(GOOD) && matches!(piece.verdict, Verdict::Taken(_));
    let is_lost = |piece: Option<&Piece>| !piece.is_some_and(is_good);
    Ok(match (is_lost(found.first()), is_lost(found.last())) {
        (true, _) => Some("the message before it is lost"),
        (_, true) => Some("the message behind it is lost"),
        _ => None,
    })
}

#[rustfmt::skip]
const MALFORMED: &[Case] = &[
    // 2.1 documents
    case("[1] document", "<R><A>1</A></R><R/", "a second root begins"),
    case("[1] document", "<R></R></R>", "an end tag follows the root"),
    case("[1] document", "<R/>text", "text follows the root"),
    case("[1] document", "<R/>&#32;", "a reference follows the root"),
    case("[1] document", "<R/><![CDATA[]]>", "a section follows the root"),
    // 2.2 characters
    case("[2] Char", "<R><A>\u{0}</A></R>", "U+0000 is no character"),
    case("[2] Char", "<R><A>\u{8}</A></R>", "U+0008 is no character"),
    case("[2] Char", "<R><A>\u{B}</A></R>", "U+000B is no character"),
    case("[2] Char", "<R><A>\u{C}</A></R>", "U+000C is no character"),
    case("[2] Char", "<R><A>\u{1F}</A></R>", "U+001F is no character"),
    case("[2] Char", "<R><A>\u{FFFE}</A></R>", "U+FFFE is no character"),
    case("[2] Char", "<R><A>\u{FFFF}</A></R>", "U+FFFF is no character"),
    case("[2] Char", "<R><A b='\u{1}'/></R>", "nor in an attribute"),
    case("[2] Char", "<R><!-- \u{1} --></R>", "nor in a comment"),
    case("[2] Char", "<R><?p \u{1}?></R>", "nor in an instruction"),
    case("[2] Char", "<R><A><![CDATA[\u{1}]]></A></R>", "nor in a section"),
    case("[2] Char", "<R>\u{1}</R>", "nor between elements"),
    case("[2] Char", "<R \u{1}/>", "nor in a tag"),
    // 2.3 names
    case("[3] S", "<R\u{A0}a='1'/>", "a no-break space is no white space"),
    case("[3] S", "<R\u{3000}a='1'/>", "an ideographic space is no white space"),
    case("[3] S", "<R\u{2028}a='1'/>", "a line separator is no white space"),
    case("[3] S", "<R\u{85}a='1'/>", "a next line is no white space"),
    case("[4] NameStartChar", "<R><1A/></R>", "a figure begins no name"),
    case("[4] NameStartChar", "<R><-A/></R>", "a hyphen begins no name"),
    case("[4] NameStartChar", "<R><.A/></R>", "a full stop begins no name"),
    case("[4] NameStartChar", "<R><\u{B7}A/></R>", "a middle dot begins no name"),
    case("[4] NameStartChar", "<R><\u{300}A/></R>", "a combining mark begins no name"),
    case("[4] NameStartChar", "<R><\u{D7}/></R>", "a times sign is in no name"),
    case("[4] NameStartChar", "<R><\u{F7}/></R>", "a division sign is in no name"),
    case("[4] NameStartChar", "<R><\u{37E}/></R>", "a Greek question mark is in no name"),
    case("[4] NameStartChar", "<R><\u{2190}/></R>", "an arrow is in no name"),
    case("[4] NameStartChar", "<R><\u{E000}/></R>", "a private character is in no name"),
    case("[4] NameStartChar", "<R><\u{F0000}/></R>", "a character of plane 15 is in no name"),
    case("[4a] NameChar", "<R><A+/></R>", "a plus sign is in no name"),
    case("[4a] NameChar", "<R><A$/></R>", "a dollar sign is in no name"),
    case("[4a] NameChar", "<R><A@B/></R>", "an at sign is in no name"),
    case("[4a] NameChar", "<R><A\u{2041}/></R>", "a caret insertion point is in no name"),
    case("[5] Name", "<R>< A/></R>", "a name follows the bracket at once"),
    case("[5] Name", "<R></ R>", "and the slash of an end tag"),
    case("[5] Name", "<R><></R>", "a tag has a name"),
    case("[5] Name", "<R></></R>", "an end tag has a name"),
    // 2.3 literals
    case("[10] AttValue", "<R a='1\"/>", "a value ends with the quote it began with"),
    case("[10] AttValue", "<R a='1/>", "a value ends"),
    case("[10] AttValue", "<R a=1/>", "a value is quoted"),
    case("[10] AttValue", "<R a='<'/>", "a value has no less-than sign"),
    case("[10] AttValue", "<R a='&'/>", "a value has no ampersand"),
    case("[10] AttValue", "<R a='&#60'/>", "a reference in a value ends"),
    case("[10] AttValue", "<R a='&b;'/>", "an entity in a value is declared"),
    case("[10] AttValue", "<R a=\u{201C}1\u{201D}/>", "typographic quotes are no quotes"),
    // 2.4 character data
    case("[14] CharData", "<R><A>]]></A></R>", "the end of a section is no text"),
    case("[14] CharData", "<R><A>a]]>b</A></R>", "nor within text"),
    case("[14] CharData", "<R><A>a & b</A></R>", "an ampersand begins a reference"),
    case("[14] CharData", "<R><A>a < b</A></R>", "a less-than sign begins markup"),
    case("[14] CharData", "<R><A>a&</A></R>", "an ampersand at the end of text"),
    // 2.5 comments
    case("[15] Comment", "<R><!-- a -- b --></R>", "two hyphens end a comment"),
    case("[15] Comment", "<R><!-- a ---></R>", "a comment does not end with three hyphens"),
    case("[15] Comment", "<R><!---></R>", "the hyphens of both ends are different ones"),
    case("[15] Comment", "<R><!- a --></R>", "a comment begins with two hyphens"),
    case("[15] Comment", "<R><! -- a --></R>", "without white space"),
    case("[15] Comment", "<R><!-- a -></R>", "a comment ends with two hyphens"),
    case("[15] Comment", "<R a='1' <!-- a --> />", "a comment does not stand in a tag"),
    // 2.6 instructions
    case("[16] PI", "<R><?p</R>", "an instruction ends"),
    case("[16] PI", "<R><?p></R>", "with a question mark and a bracket"),
    case("[16] PI", "<R><??></R>", "an instruction has a target"),
    case("[16] PI", "<R><? p?></R>", "which follows at once"),
    case("[16] PI", "<R><?p+q?></R>", "the target and the rest are apart"),
    case("[17] PITarget", "<R><?xml?></R>", "the target is not xml"),
    case("[17] PITarget", "<R><?XML a?></R>", "in no case of its letters"),
    case("[17] PITarget", "<R><?xMl a?></R>", "in none"),
    case("[17] PITarget", "<R><?1?></R>", "the target is a name"),
    // 2.7 sections
    case("[18] CDSect", "<R><A><![CDATA[a</A></R>", "a section ends"),
    case("[18] CDSect", "<R><A><![CDATA[a]]</A></R>", "with two brackets and a third"),
    case("[19] CDStart", "<R><A><![cdata[a]]></A></R>", "the word is in capitals"),
    case("[19] CDStart", "<R><A><![ CDATA[a]]></A></R>", "without white space before it"),
    case("[19] CDStart", "<R><A><![CDATA [a]]></A></R>", "or behind it"),
    case("[19] CDStart", "<R><A><!CDATA[a]]></A></R>", "with its bracket"),
    case("[20] CData", "<R><A><![CDATA[a]]>]]></A></R>", "it ends once"),
    case("[20] CData", "<R><A><![CDATA[<![CDATA[a]]>]]></A></R>", "sections do not nest"),
    case("[21] CDEnd", "<R><A><![CDATA[a]] ></A></R>", "without white space"),
    // 2.8 prologue
    case("[22] prolog", "text<R/>", "text stands before the root"),
    case("[22] prolog", "<?xml version='1.0'?>text<R/>", "or behind the declaration"),
    case("[22] prolog", "&#32;<R/>", "a reference stands before the root"),
    case("[22] prolog", "<![CDATA[]]><R/>", "a section stands before the root"),
    case("[22] prolog", "</A><R/>", "an end tag stands before the root"),
    case("[22] prolog", " <?xml version='1.0'?><R/>", "the declaration is the first thing"),
    case("[22] prolog", "<!-- --><?xml version='1.0'?><R/>", "it is"),
    case("[22] prolog", "<?xml version='1.0'?><?xml version='1.0'?><R/>", "there is one"),
    case("[22] prolog", "<?xml version='1.0'?>", "a root follows"),
    case("[23] XMLDecl", "<?xml?><R/>", "the version is named"),
    case("[23] XMLDecl", "<?xml encoding='UTF-8'?><R/>", "it is"),
    case("[23] XMLDecl", "<?xml version='1.0' standalone='yes' encoding='UTF-8'?><R/>", "in this order"),
    case("[23] XMLDecl", "<?xml encoding='UTF-8' version='1.0'?><R/>", "in this order"),
    case("[23] XMLDecl", "<?xml version='1.0' encoding='UTF-8' a='b'?><R/>", "there is nothing else"),
    case("[23] XMLDecl", "<?xml version='1.0'encoding='UTF-8'?><R/>", "there is white space between them"),
    case("[23] XMLDecl", "<?xml version='1.0'><R/>", "it ends with a question mark"),
    case("[23] XMLDecl", "<?xml version='1.0' ? ><R/>", "without white space"),
    case("[23] XMLDecl", "<?XML version='1.0'?><R/>", "its name is in small letters"),
    case("[23] XMLDecl", "<?xmlversion='1.0'?><R/>", "its name ends"),
    case("[24] VersionInfo", "<?xml version=1.0?><R/>", "the version is quoted"),
    case("[24] VersionInfo", "<?xml version '1.0'?><R/>", "there is an equals sign"),
    case("[24] VersionInfo", "<?xml version='1.0\"?><R/>", "the quotes match"),
    case("[24] VersionInfo", "<?xml Version='1.0'?><R/>", "the word is in small letters"),
    case("[25] Eq", "<R a:='1'/>", "a name has no colon at its end"),
    case("[25] Eq", "<R a=='1'/>", "there is one equals sign"),
    case("[26] VersionNum", "<?xml version=''?><R/>", "the version is a number"),
    case("[26] VersionNum", "<?xml version='2.0'?><R/>", "that begins with 1."),
    case("[26] VersionNum", "<?xml version='1.'?><R/>", "and goes on"),
    case("[26] VersionNum", "<?xml version='1.0 '?><R/>", "without white space"),
    case("[26] VersionNum", "<?xml version='1.1'?><R/>", "1.1 is another XML, in which other characters are legal"),
    case("[32] SDDecl", "<?xml version='1.0' standalone='Yes'?><R/>", "it is yes or no in small letters"),
    case("[32] SDDecl", "<?xml version='1.0' standalone=''?><R/>", "it is one of them"),
    case("[32] SDDecl", "<?xml version='1.0' standalone='true'?><R/>", "it is one of them"),
    case("[80] EncodingDecl", "<?xml version='1.0' encoding=UTF-8?><R/>", "the encoding is quoted"),
    case("[81] EncName", "<?xml version='1.0' encoding=''?><R/>", "the encoding has a name"),
    case("[81] EncName", "<?xml version='1.0' encoding='8-UTF'?><R/>", "which begins with a letter"),
    case("[81] EncName", "<?xml version='1.0' encoding='UTF 8'?><R/>", "and has no white space"),
    case("4.3.3", "<?xml version='1.0' encoding='UTF-16'?><R/>", "what is declared is what it is"),
    // 3 elements
    case("[39] element", "<R><A></R>", "an element ends"),
    case("[39] element", "<R>", "the root ends"),
    case("[39] element", "<R><A><B></A></B></R>", "elements nest"),
    case("WFC: Element Type Match", "<R><A>1</B></R>", "the end tag has the name of the start tag"),
    case("WFC: Element Type Match", "<R><A>1</a></R>", "in the same letters"),
    case("WFC: Element Type Match", "<R xmlns:p='u' xmlns:q='u'><p:A>1</q:A></R>", "with the same prefix"),
    case("[40] STag", "<R a='1'b='2'></R>", "there is white space between attributes"),
    case("[40] STag", "<R<A/></R>", "a tag ends before the next"),
    case("[40] STag", "<R><A <B/></A></R>", "it does"),
    case("WFC: Unique Att Spec", "<R a='1' a='2'/>", "an attribute stands once"),
    case("WFC: Unique Att Spec", "<R a='1' b='1' a='1'/>", "even with the same value"),
    case("[41] Attribute", "<R a/>", "an attribute has a value"),
    case("[41] Attribute", "<R 'a'/>", "and a name"),
    case("[41] Attribute", "<R ='a'/>", "and a name"),
    case("[41] Attribute", "<R 1='a'/>", "which is one"),
    case("WFC: No < in Attribute Values", "<R a='<A/>'/>", "there is no less-than sign in it"),
    case("[42] ETag", "<R><A>1</A a='1'></R>", "an end tag has no attributes"),
    case("[42] ETag", "<R><A>1</A/></R>", "and no slash at its end"),
    case("[42] ETag", "<R><A>1</A", "and ends"),
    case("[43] content", "<R><A>1<!ELEMENT A ANY></A></R>", "declarations do not stand in content"),
    case("[43] content", "<R><!ENTITY a 'b'></R>", "none does"),
    case("[43] content", "<R><![INCLUDE[<A/>]]></R>", "nor do conditional sections"),
    case("[44] EmptyElemTag", "<R><A/ ></R>", "slash and bracket stand together"),
    case("[44] EmptyElemTag", "<R><A//></R>", "there is one slash"),
    case("[44] EmptyElemTag", "<R></A/></R>", "and not one at each end"),
    // 4 references
    case("[66] CharRef", "<R><A>&#;</A></R>", "there are figures"),
    case("[66] CharRef", "<R><A>&#x;</A></R>", "there are figures"),
    case("[66] CharRef", "<R><A>&#X41;</A></R>", "the x is a small letter"),
    case("[66] CharRef", "<R><A>&#4G;</A></R>", "they are figures"),
    case("[66] CharRef", "<R><A>&#A;</A></R>", "of ten"),
    case("[66] CharRef", "<R><A>&# 65;</A></R>", "without white space"),
    case("[66] CharRef", "<R><A>&#65</A></R>", "with a semicolon at the end"),
    case("[66] CharRef", "<R><A>&#-65;</A></R>", "without a sign"),
    case("[66] CharRef", "<R><A>&#\u{FF16}\u{FF15};</A></R>", "full-width figures are none"),
    case("WFC: Legal Character", "<R><A>&#0;</A></R>", "U+0000 is no character"),
    case("WFC: Legal Character", "<R><A>&#x1F;</A></R>", "U+001F is no character"),
    case("WFC: Legal Character", "<R><A>&#xD800;</A></R>", "half a pair is no character"),
    case("WFC: Legal Character", "<R><A>&#xDFFF;</A></R>", "half a pair is no character"),
    case("WFC: Legal Character", "<R><A>&#xFFFE;</A></R>", "U+FFFE is no character"),
    case("WFC: Legal Character", "<R><A>&#x110000;</A></R>", "there is none beyond U+10FFFF"),
    case("WFC: Legal Character", "<R><A>&#4294967361;</A></R>", "nor when the number wraps around to a letter"),
    case("WFC: Legal Character", "<R a='&#x0;'/>", "nor in an attribute"),
    case("[68] EntityRef", "<R><A>&amp</A></R>", "with a semicolon at the end"),
    case("[68] EntityRef", "<R><A>& amp;</A></R>", "without white space"),
    case("[68] EntityRef", "<R><A>&;</A></R>", "an entity has a name"),
    case("[68] EntityRef", "<R><A>&1;</A></R>", "which is one"),
    case("WFC: Entity Declared", "<R><A>&nbsp;</A></R>", "an entity is declared"),
    case("WFC: Entity Declared", "<R><A>&AMP;</A></R>", "in these letters"),
    case("WFC: Entity Declared", "<R><A>&copy;</A></R>", "those of other languages are not"),
    // Namespaces
    case("NS [4] NCName", "<R><:A/></R>", "a name does not begin with a colon"),
    case("NS [4] NCName", "<R><A:/></R>", "nor end with one"),
    case("NS [4] NCName", "<R :a='1'/>", "nor does that of an attribute"),
    case("NS [7] QName", "<R xmlns:a='u'><a:b:c/></R>", "there is one colon"),
    case("NS [7] QName", "<R xmlns:a='u'><a::b/></R>", "there is one colon"),
    case("NS [7] QName", "<R xmlns:a='u'><a:1/></R>", "both parts are names"),
    case("NS [7] QName", "<R xmlns:a='u' a:b:c='1'/>", "and in attributes"),
    case("NS 7: instructions", "<R><?a:b?></R>", "a target has no colon"),
    case("NSC: Reserved Prefixes", "<R xmlns:xml='u'/>", "xml stands for one name"),
    case("NSC: Reserved Prefixes", "<R xmlns:a='http://www.w3.org/XML/1998/namespace'/>", "and that name for xml"),
    case("NSC: Reserved Prefixes", "<R xmlns='http://www.w3.org/XML/1998/namespace'/>", "also by default"),
    case("NSC: Reserved Prefixes", "<R xmlns:xmlns='u'/>", "xmlns is not declared"),
    case("NSC: Reserved Prefixes", "<R xmlns:xmlns='http://www.w3.org/2000/xmlns/'/>", "not even to its own name"),
    case("NSC: Reserved Prefixes", "<R xmlns:a='http://www.w3.org/2000/xmlns/'/>", "nor is its name bound"),
    case("NSC: Reserved Prefixes", "<R xmlns='http://www.w3.org/2000/xmlns/'/>", "also by default"),
    case("NSC: Reserved Prefixes", "<R><xmlns:A/></R>", "no element has it"),
    case("NSC: Reserved Prefixes", "<R xmlns:a='&#104;ttp://www.w3.org/2000/xmlns/'/>", "references are expanded first"),
    case("NSC: Prefix Declared", "<R><a:A/></R>", "a prefix is bound"),
    case("NSC: Prefix Declared", "<R a:b='1'/>", "that of an attribute, too"),
    case("NSC: Prefix Declared", "<R><A xmlns:a='u'/><a:B/></R>", "where it is used"),
    case("NSC: No Prefix Undeclaring", "<R xmlns:a='u'><A xmlns:a=''/></R>", "a prefix is not unbound"),
    case("NSC: Attributes Unique", "<R xmlns:a='u' xmlns:b='u' a:c='1' b:c='2'/>", "two prefixes, one name"),
    case("NSC: Attributes Unique", "<R xmlns:a='u' xmlns:b='&#117;' a:c='1' b:c='2'/>", "references are expanded first"),
    case("NSC: Attributes Unique", "<R xmlns='u' xmlns='u'/>", "a declaration stands once, too"),
];

#[rustfmt::skip]
const WELL_FORMED: &[Case] = &[
    case("[1] document", "<R/>", "a root is enough"),
    case("[1] document", "\n<R></R>\n", "white space may stand around it"),
    case("[1] document", "<R/><!-- a --><?p?>\n", "comments and instructions may follow"),
    case("[2] Char", "<R><A>\t\u{20}\u{7F}\u{D7FF}\u{E000}\u{FFFD}\u{10000}\u{10FFFF}</A></R>", "all of these are characters"),
    case("[2] Char", "<R><A>\u{85}\u{2028}</A></R>", "these are characters, and no line ends"),
    case("[3] S", "<R\t\r\n a='1'\t\r\n ></R\t\r\n >", "four characters are white space"),
    case("[4] NameStartChar", "<R><_/><A/><z/><\u{C0}/><\u{370}/><\u{200C}/><\u{2070}/><\u{3001}/><\u{10000}/></R>", "all begin a name"),
    case("[4a] NameChar", "<R><A-.0\u{B7}\u{300}\u{203F}/></R>", "all go on in a name"),
    case("[5] Name", "<R><报关单号>1</报关单号></R>", "a name may be Chinese"),
    case("[10] AttValue", "<R a='\"' b=\"'\" c='' d='>' e='&lt;&#10;'/>", "all of these are values"),
    case("[14] CharData", "<R><A>] ]] > ]>]></A></R>", "brackets are text but for the end of a section"),
    case("[15] Comment", "<R><!----><!-- - a < & --><!-- <A> --></R>", "all of these are comments"),
    case("[16] PI", "<R><?p?><?p a?b > ?><?xml-stylesheet a='b'?></R>", "all of these are instructions"),
    case("[18] CDSect", "<R><A><![CDATA[<B>&b;]] >]]]]></A></R>", "all of this is text"),
    case("[20] CData", "<R><A>1<![CDATA[]]>2</A></R>", "a section may be empty"),
    case("[22] prolog", "<?xml version='1.0'?><!-- a --><?p?>\n<R/>", "comments and instructions may stand before"),
    case("[23] XMLDecl", "<?xml\tversion\n=\r'1.0' encoding = \"utf-8\" standalone='no' ?><R/>", "all of it may stand there"),
    case("[32] SDDecl", "<?xml version='1.0' standalone='yes'?><R/>", "without an encoding"),
    case("[39] element", "<R><A/><A ></A ></R>", "an element may be empty in two ways"),
    case("[41] Attribute", "<R a = '1'\n b='2'/>", "white space may stand around the equals sign"),
    case("[66] CharRef", "<R><A>&#9;&#x9;&#0065;&#x00041;&#x10FFFF;</A></R>", "all of these are references"),
    case("[68] EntityRef", "<R><A>&lt;&gt;&amp;&apos;&quot;</A></R>", "five entities need no declaration"),
    case("[69] PEReference", "<R><A>100%a;</A></R>", "outside a declaration it is text"),
    case("NS [7] QName", "<R xmlns:a='u'><a:A a:b='1' b='2'/></R>", "one colon"),
    case("NSC: Reserved Prefixes", "<R xml:lang='zh' xmlns:xml='http://www.w3.org/XML/1998/namespace'/>", "xml is bound to its own name"),
    case("NSC: Prefix Declared", "<R><A xmlns:a='u'><a:B/></A><A xmlns:a='v' a:b='1'/></R>", "bound anew"),
    case("NSC: Attributes Unique", "<R xmlns='u' xmlns:a='u' b='1' a:b='2'/>", "one of them is in no namespace"),
    case("NS 6.2", "<R xmlns='u'><A xmlns=''/></R>", "the default may be undone"),
];

#[rustfmt::skip]
const WITH_DECLARATION: &[Case] = &[
    case("[28] doctypedecl", "<!DOCTYPE DecMessage><DecMessage/>", "of the shortest kind"),
    case("[28] doctypedecl", "<!DOCTYPE DecMessage [<!ENTITY a 'b'>]><DecMessage>&a;</DecMessage>", "with an entity"),
    case("[28] doctypedecl", "<!DOCTYPE DecMessage [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><DecMessage>&a;</DecMessage>", "that asks for a file"),
    case("[28] doctypedecl", "<!DOCTYPE DecMessage [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><DecMessage>&b;</DecMessage>", "that grows"),
    case("[28] doctypedecl", "<!DOCTYPE DecMessage [<!ENTITY % p SYSTEM 'http://example.org/p'>%p;]><DecMessage/>", "of a parameter"),
    case("[75] ExternalID", "<!DOCTYPE DecMessage PUBLIC '-//x' 'http://example.org/x.dtd'><DecMessage/>", "outside"),
    case("[28] doctypedecl", "<?xml version='1.0'?>\n<!-- a -->\n<!DOCTYPE DecMessage><DecMessage/>", "behind a comment"),
    case("[28] doctypedecl", "<!doctype DecMessage><DecMessage/>", "in small letters, which XML does not know"),
    case("[28] doctypedecl", "<DecMessage><!DOCTYPE DecMessage></DecMessage>", "inside the root"),
    case("[28] doctypedecl", "<DecMessage><DecHead><IEFlag><!DOCTYPE a>E</IEFlag></DecHead></DecMessage>", "inside a value"),
];
