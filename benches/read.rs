//! Reading alone: tokens, then tokens to rows, against the tokenizer's own bare loop.

use benches::{Case, compare, corpus, is_bench, record, table};
use engine::decode::{Decoder, Source};
use formats::xml::kept::Kept;
use formats::{ROOTS, Scratch};
use mimalloc::MiMalloc;
use model::batch::{Inputs, RawBatch};
use model::documents::Documents;
use model::limits::Limits;
use quick_xml::Reader;
use quick_xml::events::Event;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() {
    let (bytes, n_rounds) = if is_bench() { (64 << 20, 7) } else { (200_000, 1) };
    let corpus = corpus("clean");
    let xml = corpus.bytes(bytes);
    let batch = cut(&xml);
    let len = xml.len() as u64;
    let texts: Vec<&str> = batch.documents.iter().map(|document| batch.text_of(document)).collect();
    let mut cases = [
        Case::new("quick-xml bare loop, per document", len, || bare(&texts)),
        Case::new("cut into documents", len, || cut(&xml).documents.len() as u64),
        Case::new("read into rows", len, || rows(&texts)),
    ];
    let figures = compare(&mut cases, n_rounds);
    print!("{}", table(&figures));
    if is_bench() {
        record("read", corpus, &figures);
    }
}

/// Every event of every document, counted.
fn bare(texts: &[&str]) -> u64 {
    let mut n_events = 0;
    for text in texts {
        let mut reader = Reader::from_str(text);
        loop {
            match reader.read_event().expect("the corpus is well-formed") {
                Event::Eof => break,
                _ => n_events += 1,
            }
        }
    }
    n_events
}

fn cut(xml: &[u8]) -> RawBatch {
    let (mut batch, mut inputs) = (RawBatch::new(), Inputs::new());
    let source = Source::stream(std::io::Cursor::new(xml.to_vec()));
    let mut decoder = Decoder::new("corpus.xml", source, &ROOTS, &Limits::default());
    while decoder.fill(&mut batch, &mut inputs, usize::MAX).expect("memory can be read") {}
    batch
}

/// As the engine reads a window: sixteen documents together, their contents hashed, with memory that was used before.
fn rows(texts: &[&str]) -> u64 {
    let mut n_rows = 0;
    let (mut spare, mut scratch) = (Documents::default(), Scratch::default());
    for chunk in texts.chunks(16) {
        let kept = Kept::default();
        let mut tables = spare.recycle();
        for text in chunk {
            formats::parse(text, None, kept.keeper(), &mut tables, &mut scratch);
        }
        n_rows += (tables.items.len() + tables.certificate_items.len()) as u64;
        assert_eq!(scratch.content.digests().len(), chunk.len(), "each document has a digest");
        spare = tables.recycle();
    }
    n_rows
}
