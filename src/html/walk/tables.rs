//! Tables of data; tables that only arrange things on a page are taken apart.

use super::{Flow, Walker};
use crate::html::block::{Block, Cell, Inline, Style, Table};
use crate::html::tree::{Element, Node};

/// More columns than any page can show.
const COLUMNS: usize = 100;

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Head,
    Body,
    Foot,
}

impl Walker<'_> {
    pub(super) fn table(&mut self, mut element: Element, flow: &mut Flow) {
        self.flush(flow);
        let arranges = self.context.comment
            || element
                .attribute("role")
                .is_some_and(|role| matches!(role, "presentation" | "none"));
        let mut table = Table {
            caption: Vec::new(),
            head: Vec::new(),
            body: Vec::new(),
            foot: Vec::new(),
        };
        self.rows(
            std::mem::take(&mut element.children),
            Part::Body,
            &mut table,
        );
        // A first row of nothing but headings heads the columns, whoever forgot `thead`.
        let leads = table.head.is_empty()
            && table.body.len() > 1
            && table.body[0].iter().all(|cell| cell.header);
        if leads {
            table.head.push(table.body.remove(0));
        }
        let rows = || table.head.iter().chain(&table.body).chain(&table.foot);
        let widest = rows().map(Vec::len).max().unwrap_or(0);
        // A heading with more below it heads a part of a page; one alone is the cell's own words.
        let nested = rows().flatten().any(|cell| {
            let heads = |block: &Block| matches!(block, Block::Heading(_));
            cell.blocks.iter().any(|it| matches!(it, Block::Table(_)))
                || (cell.blocks.len() > 1 && cell.blocks.iter().any(heads))
        });
        // One row of whole columns of text is a layout, not data.
        let prose = rows().count() == 1 && rows().flatten().any(|cell| cell.blocks.len() > 1);
        let blank = rows().flatten().all(|cell| cell.blocks.is_empty());
        if blank {
            return;
        }
        if arranges || nested || prose || widest < 2 {
            if !table.caption.is_empty() {
                self.paragraph(table.caption, flow);
            }
            let rows = table.head.into_iter().chain(table.body).chain(table.foot);
            let mut blocks: Vec<Block> = rows.flatten().flat_map(|cell| cell.blocks).collect();
            self.loosen(&mut blocks);
            super::speech::append(&mut flow.blocks, blocks);
            return;
        }
        for rows in [&mut table.head, &mut table.body, &mut table.foot] {
            fit(rows);
        }
        for cell in [&mut table.head, &mut table.body, &mut table.foot]
            .into_iter()
            .flatten()
            .flatten()
        {
            for block in &mut cell.blocks {
                if let Block::Heading(heading) = block {
                    let words = std::mem::take(&mut heading.text);
                    *block = Block::Paragraph(vec![Inline::Styled(Style::Strong, words)]);
                }
            }
        }
        flow.blocks.push(Block::Table(table));
    }

    /// What stood in cells or items and does no more: marks alone part what stands around them.
    pub(super) fn loosen(&self, blocks: &mut [Block]) {
        if self.cells > 0 || self.lines > 0 {
            return;
        }
        for block in blocks {
            match block {
                Block::Paragraph(run) if super::lines::is_ornament(run) => {
                    *block = Block::Separator;
                }
                Block::Region { blocks, .. } => self.loosen(blocks),
                _ => {}
            }
        }
    }

    fn rows(&mut self, nodes: Vec<Node>, part: Part, table: &mut Table) {
        for node in nodes {
            let Node::Element(mut element) = node else {
                continue;
            };
            if self.is_left_out(&element) {
                continue;
            }
            let children = std::mem::take(&mut element.children);
            match element.name.as_str() {
                "caption" => table.caption = self.line(children),
                "thead" => self.rows(children, Part::Head, table),
                "tfoot" => self.rows(children, Part::Foot, table),
                "tbody" => self.rows(children, part, table),
                "tr" => {
                    let row = self.cells(children);
                    if !row.is_empty() {
                        match part {
                            Part::Head => table.head.push(row),
                            Part::Body => table.body.push(row),
                            Part::Foot => table.foot.push(row),
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn cells(&mut self, nodes: Vec<Node>) -> Vec<Cell> {
        let mut cells = Vec::new();
        for node in nodes {
            let Node::Element(element) = node else {
                continue;
            };
            let is_cell = matches!(element.name.as_str(), "td" | "th");
            if !is_cell || cells.len() == COLUMNS || self.is_left_out(&element) {
                continue;
            }
            let span = |name: &str, most: u16| {
                let value = element
                    .attribute(name)
                    .and_then(|value| value.trim().parse().ok());
                value.unwrap_or(1).clamp(1, most)
            };
            let (columns, rows) = (span("colspan", 100), span("rowspan", 1_000));
            let align = super::styles::alignment(&element);
            let header = element.name == "th";
            let blocks = self.cell(element);
            cells.push(Cell {
                header,
                columns,
                rows,
                align,
                blocks,
            });
        }
        cells
    }
}

/// Keeps a table within [`COLUMNS`], whatever its cells say: a row is as wide as its cells and those that
/// reach down into it, and 5,000 cells over a thousand rows each would keep a browser for minutes.
fn fit(rows: &mut [Vec<Cell>]) {
    // Columns that reach down, and for how many rows yet.
    let mut hanging: Vec<(u16, u16)> = Vec::new();
    let count = rows.len();
    for (at, row) in rows.iter_mut().enumerate() {
        let left = u16::try_from(count - at).unwrap_or(u16::MAX);
        let mut width: usize = hanging
            .iter()
            .map(|(columns, _)| usize::from(*columns))
            .sum();
        hanging.iter_mut().for_each(|(_, rows)| *rows -= 1);
        hanging.retain(|(_, rows)| *rows > 0);
        for cell in row {
            let room = u16::try_from(COLUMNS.saturating_sub(width))
                .unwrap_or(1)
                .max(1);
            cell.columns = cell.columns.min(room);
            cell.rows = cell.rows.min(left);
            width += usize::from(cell.columns);
            if width > COLUMNS {
                cell.rows = 1;
            } else if cell.rows > 1 {
                hanging.push((cell.columns, cell.rows - 1));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::block::Align;

    fn table(rows: usize, cells: usize, spans: (u16, u16)) -> Vec<Vec<Cell>> {
        let cell = || Cell {
            header: false,
            columns: spans.0,
            rows: spans.1,
            align: Align::Start,
            blocks: Vec::new(),
        };
        let row = || (0..cells).map(|_| cell()).collect();
        (0..rows).map(|_| row()).collect()
    }

    #[test]
    fn spans_stay_within_the_table() {
        let spans = |rows: &[Vec<Cell>]| -> Vec<Vec<(u16, u16)>> {
            let row = |row: &Vec<Cell>| row.iter().map(|cell| (cell.columns, cell.rows)).collect();
            rows.iter().map(row).collect()
        };
        let mut plain = table(2, 2, (1, 2));
        fit(&mut plain);
        assert_eq!(spans(&plain), [[(1, 2), (1, 2)], [(1, 1), (1, 1)]]);
        let mut wide = table(1, 3, (60, 1));
        fit(&mut wide);
        assert_eq!(spans(&wide), [[(60, 1), (40, 1), (1, 1)]]);
        let mut bomb = table(50, 100, (100, 1000));
        fit(&mut bomb);
        let area = |row: &Vec<Cell>| -> usize {
            row.iter()
                .map(|cell| usize::from(cell.columns) * usize::from(cell.rows))
                .sum()
        };
        assert!(bomb.iter().map(area).sum::<usize>() < 15_000);
    }
}
