//! Reading alone: tokens, then tokens to rows, against the tokenizer's own bare loop.

use benches::work::{bare, rows};
use benches::{Case, compare, corpus, is_bench, record, table};
use engine::decode::{Decoder, Source};
use formats::ROOTS;
use mimalloc::MiMalloc;
use model::batch::{Inputs, RawBatch};
use model::limits::Limits;

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

fn cut(xml: &[u8]) -> RawBatch {
    let (mut batch, mut inputs) = (RawBatch::new(), Inputs::new());
    let source = Source::stream(std::io::Cursor::new(xml.to_vec()));
    let mut decoder = Decoder::new("corpus.xml", source, &ROOTS, &Limits::default());
    while decoder.fill(&mut batch, &mut inputs, usize::MAX).expect("memory can be read") {}
    batch
}
