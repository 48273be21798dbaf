//! Tables on a terminal: the one place that knows how they are drawn.

use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{CellAlignment, Table};

/// A table whose last columns are numbers.
pub fn grid<S: ToString, R: IntoIterator<Item = String>>(
    head: impl IntoIterator<Item = S>,
    rows: impl IntoIterator<Item = R>,
    n_numbers: usize,
) -> String {
    let head: Vec<String> = head.into_iter().map(|cell| cell.to_string()).collect();
    let n_texts = head.len().saturating_sub(n_numbers);
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_header(head);
    table.add_rows(rows);
    for column in table.column_iter_mut().skip(n_texts) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    format!("{table}\n")
}
