//! Words in another language, or that run another way, than the article's.

use super::{Flow, Speech, Walker, Wrapper};
use crate::html::block::Block;
use crate::html::policy::Rule;
use crate::html::tree::{Element, Node};
use crate::model::Direction;

impl Walker<'_> {
    /// Language and direction, where they differ from the article's.
    pub(super) fn speech(&self, element: &Element) -> Option<Speech> {
        if element.attributes.is_empty() {
            return None;
        }
        let own = self.context.language.unwrap_or_default();
        let language = element.attribute("lang").filter(|language| {
            (2..=35).contains(&language.len())
                && language
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && !primary(language).eq_ignore_ascii_case(primary(own))
        });
        let direction = match element.attribute("dir") {
            Some(dir) if dir.eq_ignore_ascii_case("rtl") => Some(Direction::Rtl),
            Some(dir) if dir.eq_ignore_ascii_case("ltr") => Some(Direction::Ltr),
            _ => language.map(Direction::of_language),
        };
        let direction = direction.filter(|direction| *direction != Direction::of_language(own));
        let speech = Speech {
            language: language.map(str::to_owned),
            direction,
        };
        (speech != Speech::default()).then_some(speech)
    }

    pub(super) fn foreign(
        &mut self,
        speech: Speech,
        mut element: Element,
        rule: Rule,
        flow: &mut Flow,
    ) {
        element
            .attributes
            .retain(|(name, _)| name != "lang" && name != "dir");
        let is_inline = matches!(
            rule,
            Rule::Unwrap | Rule::Style(_) | Rule::Link | Rule::Abbreviation
        );
        if is_inline {
            let outer = Element {
                name: "span".into(),
                html: true,
                children: vec![Node::Element(element)],
                ..Element::default()
            };
            self.inline_element(outer, Some(Wrapper::Foreign(speech)), flow);
            return;
        }
        self.flush(flow);
        let mut within = Flow::default();
        self.ruled(element, rule, &mut within);
        self.flush(&mut within);
        if !within.blocks.is_empty() {
            let blocks = within.blocks;
            append(&mut flow.blocks, [Block::Region { speech, blocks }]);
        }
    }
}

/// Adds blocks behind others: neighbours in the same language become one.
pub(super) fn append(blocks: &mut Vec<Block>, more: impl IntoIterator<Item = Block>) {
    for block in more {
        match (blocks.last_mut(), block) {
            (
                Some(Block::Region {
                    speech: before,
                    blocks,
                }),
                Block::Region {
                    speech,
                    blocks: more,
                },
            ) if *before == speech => append(blocks, more),
            (_, block) => blocks.push(block),
        }
    }
}

fn primary(language: &str) -> &str {
    language.split('-').next().unwrap_or_default()
}
