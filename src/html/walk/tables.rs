//! Tables of data; tables that only arrange things on a page are taken apart.

use super::{Flow, Walker};
use crate::html::block::{Block, Cell, Table};
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
        let nested = rows().flatten().any(|cell| {
            cell.blocks
                .iter()
                .any(|block| matches!(block, Block::Table(_) | Block::Heading(_)))
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
            flow.blocks
                .extend(rows.flatten().flat_map(|cell| cell.blocks));
            return;
        }
        flow.blocks.push(Block::Table(table));
    }

    fn rows(&mut self, nodes: Vec<Node>, part: Part, table: &mut Table) {
        for node in nodes {
            let Node::Element(mut element) = node else {
                continue;
            };
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
            let Node::Element(mut element) = node else {
                continue;
            };
            if !matches!(element.name.as_str(), "td" | "th") || cells.len() == COLUMNS {
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
            let blocks = self.blocks(std::mem::take(&mut element.children));
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
