//! What the reader takes, and what it refuses and why.

use super::kept::Kept;
use super::*;
use expect_test::expect;
use model::limits::Limits;

/// What a document says, a word a node: `+Name` opens, `Name=value` is a value, `-` closes. Or why it is refused.
fn read(text: &str) -> String {
    read_within(text, None)
}

/// Both ways of reading are asked, as [`crate::parse`] asks them: where the quick one is sure, the thorough one agrees.
fn read_within(text: &str, inherited: Option<&Namespaces>) -> String {
    let kept = Kept::default();
    let thoroughly = told_by(&mut Reader::thorough(text, inherited, kept.keeper()));
    let mut quick = Reader::new(text, inherited, kept.keeper());
    let quickly = told_by(&mut quick);
    assert!(quick.is_unsure() || quickly == thoroughly, "{quickly} and thoroughly {thoroughly}");
    thoroughly
}

fn told_by(reader: &mut Reader<'_>) -> String {
    let mut told = String::new();
    match outline(reader, &mut told) {
        Ok(()) => told,
        Err(malformed) => refusal(&malformed),
    }
}

fn outline(reader: &mut Reader<'_>, told: &mut String) -> Result<(), Malformed> {
    let root = reader.root()?;
    told.push_str(root.tag.name);
    if !root.namespace.is_empty() {
        told.push_str(&format!("@{}", root.namespace));
    }
    let mut n_open = 1;
    while n_open > 0 {
        match reader.next()? {
            Node::Open(tag) => {
                n_open += 1;
                told.push_str(&format!(" +{}", tag.name));
            }
            Node::Leaf(tag, value) => told.push_str(&format!(" {}={value}", tag.name)),
            Node::Close => {
                n_open -= 1;
                told.push_str(" -");
            }
            Node::End => panic!("the end comes after the root is closed"),
        }
    }
    reader.finish()
}

fn refusal(malformed: &Malformed) -> String {
    let limit = malformed.limit.map_or_else(String::new, |limit| format!(", the limit is {limit}"));
    format!("{} at {}: {}{limit}", malformed.fault.rule, malformed.offset, malformed.fault.what.en)
}

#[track_caller]
fn refused(text: &str, rule: &str) {
    let told = read(text);
    assert!(told.starts_with(rule), "{text}: {told}");
}

#[test]
fn a_value_is_whole_whatever_it_is_written_with() {
    for written in [
        "鞋 &amp; 带",
        "鞋 &#38; 带",
        "鞋 &#x26; 带",
        "<![CDATA[鞋 & 带]]>",
        "鞋<![CDATA[ & ]]>带",
        "&#38795; &amp; &#x5E26;",
        " \n\t鞋 &amp; 带\r\n",
    ] {
        assert_eq!(read(&format!("<R><A>{written}</A></R>")), "R A=鞋 & 带 -", "{written}");
    }
}

#[test]
fn an_element_without_a_value_is_read_alike_however_it_is_spelt() {
    for written in [
        "<A/>",
        "<A />",
        "<A></A>",
        "<A> \r\n </A>",
        "<A><![CDATA[]]></A>",
        "<A><!-- c --></A>",
        "<A x='1'/>",
    ] {
        assert_eq!(read(&format!("<R>{written}</R>")), "R A= -", "{written}");
    }
    assert_eq!(read("<R/>"), "R -");
    assert_eq!(read("<R></R>"), "R -");
}

/// Values are looked at word by word, and long ones in another way than short ones.
#[test]
fn no_control_character_is_passed_over_wherever_it_stands_in_a_value() {
    for len in 0..80 {
        let before = "x".repeat(len);
        for behind in ["", "y", "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"] {
            for letter in ['\u{0}', '\u{1}', '\u{B}', '\u{1F}', '\u{FFFE}', '\u{FFFF}'] {
                refused(&format!("<R><A>{before}{letter}{behind}</A></R>"), "MSG-001");
            }
            assert_eq!(
                read(&format!("<R><A>{before}.\t{behind}.</A></R>")),
                format!("R A={before}.\t{behind}. -")
            );
        }
    }
}

#[test]
fn line_ends_are_read_as_xml_says() {
    assert_eq!(read("<R><A>a\r\nb\rc\nd</A></R>"), "R A=a\nb\nc\nd -");
    assert_eq!(read("<R><A><![CDATA[a\r\nb]]></A></R>"), "R A=a\nb -");
    // A carriage return written as a reference is meant.
    assert_eq!(read("<R><A>a&#13;b\r\nc</A></R>"), "R A=a\rb\nc -");
}

#[test]
fn comments_and_instructions_between_elements_say_nothing() {
    let text = "<?xml version='1.0'?><!-- a --><?go now?><R><!-- b --><A>1</A><?go?><L><!-- c --><B/></L></R><!-- d --> <?e?>";
    assert_eq!(read(text), "R A=1 +L B= - -");
}

#[test]
fn an_attribute_may_hold_what_looks_like_a_tag() {
    assert_eq!(read("<R a='x > y' b=\"'&lt;A/>'\"><A c='>'>1</A></R>"), "R A=1 -");
}

#[test]
fn what_is_not_well_formed() {
    for text in [
        "<R><A></R></A>",
        "<R><A>1</B></R>",
        "<R></R ></R>",
        "</R>",
        "<R/><R/>",
        "<R></R><A/>",
        "<R/><A>1</A>",
        "<R><A></ A></R>",
        "<R><A></A x='1'></R>",
        "<R><1A/></R>",
        "<R><-A/></R>",
        "<R><A$/></R>",
        "<R>< A/></R>",
        "<R><></></R>",
        "<R><A:/></R>",
        "<R><:A/></R>",
        "<R><a:b:c xmlns:a='u'/></R>",
        "<R><A/ ></R>",
        "<R><A<B>1</A<B></R>",
        "<R a='1' a='2'/>",
        "<R a='1'b='2'/>",
        "<R a=1/>",
        "<R a/>",
        "<R a='<'/>",
        "<R a='&b;'/>",
        "<R a='&amp'/>",
        "<R a='&#0;'/>",
        "<R><A>]]></A></R>",
        "<R><!-- -- --><A/></R>",
        "<R><!-- ---><A/></R>",
        "<R><A>&b;</A></R>",
        "<R><A>&amp</A></R>",
        "<R><A>& </A></R>",
        "<R><A>&#;</A></R>",
        "<R><A>&#x;</A></R>",
        "<R><A>&#X41;</A></R>",
        "<R><A>&#+65;</A></R>",
        "<R><A>&#x110000;</A></R>",
        "<R><A>&#xD800;</A></R>",
        "<R><A>&#1;</A></R>",
        "<R><A>&#xFFFE;</A></R>",
        "<R><A>&AMP;</A></R>",
        "<R><A>\u{1}</A></R>",
        "<R><A>\0</A></R>",
        "<R a='\u{8}'/>",
        "<R><!-- \u{1F} --></R>",
        "<R><A>\u{FFFF}</A></R>",
        "<R><A>\u{FFFE}</A></R>",
        " <?xml version='1.0'?><R/>",
        "<!-- a --><?xml version='1.0'?><R/>",
        "<?xml version='1.0'?><?xml version='1.0'?><R/>",
        "<R><?xml version='1.0'?></R>",
        "<R><?XML go?></R>",
        "<R><? go?></R>",
        "<R><?1?></R>",
        "<R><!ELEMENT A ANY></R>",
    ] {
        refused(text, "MSG-001");
    }
}

#[test]
fn an_end_tag_may_have_white_space_after_its_name() {
    assert_eq!(read("<R><A >1</A\n></R >"), "R A=1 -");
}

#[test]
fn a_document_type_declaration_is_refused_in_any_place_and_shape() {
    for text in [
        "<!DOCTYPE R><R/>",
        "<!DOCTYPE R [<!ENTITY a 'b'>]><R>&a;</R>",
        "<!DOCTYPE R SYSTEM 'file:///a'><R/>",
        "<!doctype R><R/>",
        "<!DOCTYPE R [",
        "<!DOCTYPE",
        "<R><!DOCTYPE R></R>",
        "<R><A><!DOCTYPE R></A></R>",
        "<R/><!DOCTYPE R>",
    ] {
        refused(text, "MSG-002");
    }
}

#[test]
fn a_comment_inside_a_value_is_refused_and_one_beside_a_value_too() {
    for value in ["1<!-- a -->2", "<!-- a -->12", "12<!-- a -->", "1<?go?>2"] {
        let told = read(&format!("<R><A>{value}</A></R>"));
        assert_eq!(
            told, "MSG-009 at 3: a comment or processing instruction stands inside a value",
            "{value}"
        );
    }
}

#[test]
fn text_between_elements_is_refused() {
    for text in [
        "a<R/>",
        "<R/>a",
        "<R>a<A/></R>",
        "<R><A/>a</R>",
        "<R><A/>&#97;<B/></R>",
        "<R><A/><![CDATA[a]]></R>",
        "<R><L>a<A/></L></R>",
        "\u{FEFF}<R/>",
        "<?xml version='1.0'?>\u{FEFF}<R/>",
    ] {
        refused(text, "MSG-013");
    }
}

#[test]
fn what_ends_too_early_is_told_from_what_is_wrong() {
    let whole = "<?xml version='1.0'?><!-- a --><R a='b'><L><A>1 &amp; 2</A><B/></L><![CDATA[]]></R>";
    let start = whole.find("<R").expect("it is there");
    for end in start + 1..whole.len() {
        let told = read(&whole[..end]);
        let is_inside_a_reference = whole[..end].rfind('&').is_some_and(|at| !whole[at..end].contains(';'));
        let rule = if is_inside_a_reference { "MSG-001" } else { "MSG-014" };
        // The empty section after the line is text between elements as soon as it can be seen.
        assert!(told.starts_with(rule) || told.starts_with("MSG-013"), "{}: {told}", &whole[..end]);
    }
    for text in ["", "  ", "<!-- a -->", "<?xml version='1.0'?>\n"] {
        refused(text, "MSG-012");
    }
}

#[test]
fn prefixes_mean_nothing_and_names_of_namespaces_everything() {
    assert_eq!(
        read("<a:R xmlns:a='u'><a:A>1</a:A><A>2</A><b:A xmlns:b='u'>3</b:A></a:R>"),
        "R@u A=1 A=2 A=3 -"
    );
    assert_eq!(read("<R xmlns='u'><A xmlns=''>1</A><a:A xmlns:a='u'>2</a:A></R>"), "R@u A=1 A=2 -");
    // References in the name of a namespace are expanded before it is compared.
    assert_eq!(read("<R xmlns='u&amp;v'><a:A xmlns:a='u&#38;v'>1</a:A></R>"), "R@u&v A=1 -");
    assert_eq!(read("<R xmlns=' u'><A/></R>"), "R@ u A= -");
}

#[test]
fn an_element_of_a_foreign_namespace_has_no_name_of_ours() {
    assert_eq!(
        read("<R xmlns='u'><f:A xmlns:f='v'>1</f:A><A xmlns='v'><B/></A><A>2</A></R>"),
        "R@u =1 + = - A=2 -"
    );
    assert_eq!(read("<R><A xmlns='v'>1</A><xml:A/></R>"), "R =1 = -");
}

#[test]
fn a_binding_ends_with_its_element() {
    refused("<R><a:A xmlns:a='u'/><a:B/></R>", "MSG-001");
    refused("<R><A xmlns:a='u'>1</A><a:B/></R>", "MSG-001");
    assert_eq!(read("<R xmlns='u'><L xmlns='v'><A/></L><A/></R>"), "R@u + = - A= -");
}

#[test]
fn namespaces_bound_by_wrappers_around_the_document_count() {
    let around = Namespaces { bindings: vec![("d".into(), "u".into()), (String::new(), "v".into())] };
    assert_eq!(read_within("<d:R><d:A>1</d:A><A>2</A></d:R>", Some(&around)), "R@u A=1 =2 -");
    assert_eq!(read_within("<R><A>1</A></R>", Some(&around)), "R@v A=1 -");
    assert_eq!(read_within("<R xmlns=''><A>1</A></R>", Some(&around)), "R A=1 -");
}

#[test]
fn namespaces_bound_around_the_document_count_for_the_limit_whatever_way_it_is_read() {
    let around = |n: usize| {
        let bindings = (0..n).map(|idx| (format!("p{idx}"), "u".to_owned())).collect();
        read_within("<R xmlns=\"u\"><A>1</A></R>", Some(&Namespaces { bindings }))
    };
    let refusal = "MSG-010 at 0: too many namespace bindings are in scope, the limit is 32";
    assert_eq!([around(31), around(32), around(33)], ["R@u A=1 -", refusal, refusal]);
}

#[test]
fn what_wrappers_bind_is_held_to_the_same_rules() {
    let within = |prefix: &str, name: &str| {
        let around = Namespaces { bindings: vec![(prefix.into(), name.into())] };
        read_within("<R><A>1</A></R>", Some(&around))
    };
    for (prefix, name) in [
        ("a", "u\u{B}"),
        ("a", "\u{FFFF}"),
        ("1a", "u"),
        ("a", ""),
        ("xml", "u"),
        ("xmlns", "u"),
        ("", XMLNS_NAMESPACE),
    ] {
        assert!(within(prefix, name).starts_with("MSG-001 at 0: a wrapper"), "{prefix:?} {name:?}");
    }
    for (prefix, name) in [("a", "u\u{10000}\t"), ("鞋", "u"), ("", ""), ("xml", XML_NAMESPACE)] {
        assert_eq!(within(prefix, name), "R A=1 -", "{prefix:?} {name:?}");
    }
}

#[test]
fn namespaces_may_not_be_bent() {
    for text in [
        "<a:R/>",
        "<R><a:A/></R>",
        "<R a:b='1'/>",
        "<R xmlns:a=''/>",
        "<R xmlns:xml='u'/>",
        "<R xmlns:xmlns='u'/>",
        "<R xmlns:a='http://www.w3.org/XML/1998/namespace'/>",
        "<R xmlns='http://www.w3.org/2000/xmlns/'/>",
        "<R xmlns:a='u' xmlns:b='u' a:c='1' b:c='2'/>",
        "<xmlns:R/>",
    ] {
        refused(text, "MSG-001");
    }
    assert_eq!(read("<R xmlns='u' xmlns:a='u' c='1' a:c='2' xml:lang='zh'/>"), "R@u -");
    assert_eq!(read("<R xmlns:xml='http://www.w3.org/XML/1998/namespace'/>"), "R -");
}

#[test]
fn a_root_is_read_the_quick_way_when_all_of_it_is_ordinary() {
    for (text, is_quick) in [
        ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<R xmlns=\"u\" version=\"1\"><A>1</A></R>", true),
        ("\n<R><A>1</A><A/></R>", true),
        ("<d:R xmlns:d=\"u\" a=\"1\"><d:A>1</d:A><d:L><d:B/></d:L></d:R>", true),
        ("<d:R xmlns:d=\"u\"><d:A>1</d:A><A>2</A></d:R>", true),
        ("<d:R xmlns:d=\"u\"><d:A>1</A></d:R>", true),
        ("<d:R xmlns:d=\"u\"><d:A>1</d:A></R>", true),
        ("<R><d:A>1</d:A></R>", true),
        ("<?xml version='1.0'?><R><A>1</A></R>", false),
        ("<!-- --><R><A>1</A></R>", false),
        ("<R/>", false),
        ("<1R></1R>", false),
        ("<:R></:R>", false),
        ("<R xmlns='u'><A>1</A></R>", false),
        ("<R  a=\"1\"><A>1</A></R>", false),
        ("<R a=\"1\"b=\"2\"><A>1</A></R>", false),
        ("<R a=\"1\" a=\"2\"><A>1</A></R>", false),
        ("<R a=\"&lt;\"><A>1</A></R>", false),
        ("<R d:a=\"1\"><A>1</A></R>", false),
        ("<R xmlns:d=\"u\"><d:A>1</d:A></R>", false),
        ("<R xmlns=\"http://www.w3.org/2000/xmlns/\"><A>1</A></R>", false),
        ("<d:R><d:A>1</d:A></d:R>", false),
        ("<d:R xmlns:d=\"\"><d:A>1</d:A></d:R>", false),
        ("<d:R xmlns=\"u\"><d:A>1</d:A></d:R>", false),
        ("<d:R xmlns:d=\"u\" xmlns:d=\"u\"><d:A>1</d:A></d:R>", false),
        ("<xml:R xmlns:xml=\"u\"><xml:A>1</xml:A></xml:R>", false),
        ("<xmlns:R xmlns:xmlns=\"u\"><xmlns:A>1</xmlns:A></xmlns:R>", false),
        ("<R a=\"1\" b=\"2\" c=\"3\" d=\"4\" e=\"5\"><A>1</A></R>", false),
    ] {
        assert_eq!(scan::plain_root(text, &Limits::default()).is_some(), is_quick, "{text}");
        read(text); // Where the quick way is sure, the thorough one agrees.
    }
}

/// Reads a document made for a size, at the limit and one beyond it.
#[track_caller]
fn at_the_limit(limit: usize, told: &str, made: impl Fn(usize) -> String) {
    for size in [limit - 1, limit] {
        let read = read(&made(size));
        assert!(!read.starts_with("MSG"), "{size}: {}", &read[..read.len().min(200)]);
    }
    let refusal = read(&made(limit + 1));
    assert!(refusal.starts_with("MSG-010 at ") && refusal.ends_with(told), "{refusal}");
}

#[test]
fn each_limit_is_kept_to_the_unit() {
    at_the_limit(64, "elements are nested too deep, the limit is 64", |depth| {
        "<R>".repeat(depth) + &"</R>".repeat(depth)
    });
    at_the_limit(64, "an element has too many attributes, the limit is 64", |n| {
        let attributes: String = (0..n).map(|idx| format!(" a{idx}=''")).collect();
        format!("<R><A{attributes}/></R>")
    });
    at_the_limit(32, "too many namespace bindings are in scope, the limit is 32", |n| {
        let bindings: String = (0..n).map(|idx| format!(" xmlns:a{idx}='u'")).collect();
        format!("<R><A{bindings}/></R>")
    });
    at_the_limit(10_000, "there are too many references, the limit is 10000", |n| {
        format!("<R a='{}'><A>{}</A></R>", "&lt;".repeat(n / 2), "&lt;".repeat(n - n / 2))
    });
    at_the_limit(256, "a name has too many bytes, the limit is 256", |n| {
        format!("<R><{}/></R>", "a".repeat(n))
    });
    at_the_limit(256, "a name has too many bytes, the limit is 256", |n| {
        format!("<R {}=''/>", "a".repeat(n))
    });
    at_the_limit(64 << 10, "an attribute has too many bytes, the limit is 65536", |n| {
        format!("<R a='{}'/>", "b".repeat(n))
    });
    at_the_limit(1 << 20, "a value has too many bytes, the limit is 1048576", |n| {
        format!("<R><A>{}</A></R>", "a".repeat(n))
    });
    at_the_limit(64 << 10, "a comment has too many bytes, the limit is 65536", |n| {
        format!("<R><!--{}--></R>", "a".repeat(n))
    });
    at_the_limit(4 << 10, "a processing instruction has too many bytes, the limit is 4096", |n| {
        format!("<R><A/><?{}?></R>", "a".repeat(n))
    });
    at_the_limit(12 << 20, "an attachment has too many bytes, the limit is 12582912", |n| {
        format!("<R><Attachment>{}</Attachment></R>", "a".repeat(n))
    });
    at_the_limit(
        8 << 20,
        "the message has too many bytes without its attachments, the limit is 8388608",
        |n| {
            let value = "<FileContent>YQ==</FileContent>".repeat(3);
            let rest = n - "<R></R>".len() - value.len() + 12;
            let texts = "<A></A>".len();
            let n_texts = 10;
            let filled = rest - n_texts * texts;
            let long = format!("<A>{}</A>", "a".repeat(filled / n_texts)).repeat(n_texts - 1);
            let last = "a".repeat(filled - (n_texts - 1) * (filled / n_texts));
            format!("<R>{value}{long}<A>{last}</A></R>")
        },
    );
}

/// An operator's tighter bounds: kept by both ways of reading, the quick one included.
#[test]
fn tighter_limits_are_kept_to_the_unit() {
    let usual = Limits::default();
    let nested = |depth: usize| "<R>".repeat(depth) + &"</R>".repeat(depth);
    let named = |n: usize| format!("<R><{0}>1</{0}></R>", "a".repeat(n));
    let valued = |n: usize| format!("<R><A>{}</A></R>", "a".repeat(n));
    let referring = |n: usize| format!("<R><A>{}</A></R>", "&lt;".repeat(n));
    let with_attributes = |n: usize| {
        let attributes: String = (0..n).map(|idx| format!(" a{idx}=\"\"")).collect();
        format!("<R{attributes}><A>1</A></R>")
    };
    let with_attribute = |n: usize| format!("<R a=\"{}\"><A>1</A></R>", "b".repeat(n));
    let bound = |n: usize| {
        let bindings: String = (0..n).map(|idx| format!(" xmlns:a{idx}=\"u\"")).collect();
        format!("<R{bindings}><A>1</A></R>")
    };
    let sized = |n: usize| format!("<R><A>1</A><A>{}</A></R>", "a".repeat(n - 22));
    type Made<'m> = &'m dyn Fn(usize) -> String;
    let cases: [(Limits, usize, Made<'_>); 8] = [
        (Limits { depth: 3, ..usual }, 3, &nested),
        (Limits { name_bytes: 3, ..usual }, 3, &named),
        (Limits { text_value_bytes: 5, ..usual }, 5, &valued),
        (Limits { references: 2, ..usual }, 2, &referring),
        (Limits { attributes: 2, ..usual }, 2, &with_attributes),
        (Limits { attribute_value_bytes: 4, ..usual }, 4, &with_attribute),
        (Limits { namespace_bindings: 1, ..usual }, 1, &bound),
        (Limits { document_bytes: 40, ..usual }, 40, &sized),
    ];
    for (limits, most, made) in cases {
        for size in [most, most + 1] {
            let (text, kept) = (made(size), Kept::default());
            let thoroughly = told_by(&mut Reader::thorough(&text, None, kept.keeper()).within(limits));
            let mut quick = Reader::new(&text, None, kept.keeper()).within(limits);
            let quickly = told_by(&mut quick);
            assert!(quick.is_unsure() || quickly == thoroughly, "{text}: {quickly} and {thoroughly}");
            assert_eq!(thoroughly.starts_with("MSG-010"), size > most, "{text}: {thoroughly}");
        }
    }
}

/// What wrappers bind counts as well: it is in scope.
#[test]
fn bindings_of_wrappers_count() {
    let inherited =
        |n: usize| Namespaces { bindings: (0..n).map(|idx| (format!("w{idx}"), "u".to_owned())).collect() };
    let refused = |n: usize, text: &str| read_within(text, Some(&inherited(n))).starts_with("MSG-010");
    let own = "<R xmlns:a='u'><A>1</A></R>";
    assert!(!refused(31, own) && refused(32, own));
    assert!(!refused(32, "<R><A>1</A></R>") && refused(33, "<R><A>1</A></R>"));
}

#[test]
fn a_refusal_says_where() {
    let told: Vec<String> = [
        "<R><A>1</B></R>",
        "<R><A>1</A>鞋</R>",
        "<R><A>&copy;</A></R>",
        "<R><a:A/></R>",
        "<R><A>\u{7}</A></R>",
        "<R><A>1</A></R><R/>",
        "<R><A>1",
    ]
    .map(read)
    .to_vec();
    expect![[r#"
        MSG-001 at 7: an end tag does not match its start tag: the element at this pointer is still open
        MSG-013 at 11: there is text between elements: a < in a value is written &lt;, or an element was not closed
        MSG-001 at 6: an entity reference is undeclared or malformed: write & as &amp; and other characters as they are
        MSG-001 at 3: a prefix is not bound to a namespace: declare it with xmlns:prefix, or leave it out
        MSG-001 at 6: there is a character XML does not allow: take control characters out
        MSG-001 at 15: an element follows the root
        MSG-014 at 7: the message ends before an element is closed"#]]
    .assert_eq(&told.join("\n"));
}

#[test]
fn the_name_of_a_tag_can_be_looked_up_again() {
    let text = "<R><a:B c='d'/><C>1</C><D\n/></R>";
    let kept = Kept::default();
    let reader = Reader::new(text, None, kept.keeper());
    let names: Vec<&str> = [0, 3, 15, 23, 999].map(|offset| reader.name_at(offset)).to_vec();
    assert_eq!(names, ["R", "a:B", "C", "D", ""]);
}
