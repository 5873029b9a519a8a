//! What classes say: WordPress blocks, Ghost cards, publishers' own, and what `render` wrote.
//!
//! Each gives a typed block; [`Walker::card`] hands back what is no card after all.

use super::figures::has;
use super::speech::append;
use super::{Flow, Link, Walker};
use crate::html::block::{Block, Footnote, Inline, LinkCard, Style, Update};
use crate::html::policy::{self, Meaning, Rule};
use crate::html::tree::{Element, Node, find, take_all, take_out, take_out_unless, text_of};
use crate::html::{inline, text};
use crate::model::Instant;

/// The id of what Datawrapper's script draws into begins with it, and ends with the chart's.
pub(super) const DATAWRAPPER: &str = "datawrapper-vis-";

impl Walker<'_> {
    /// Takes an element whose class means something; gives back any other.
    pub(super) fn card(&mut self, element: Element, flow: &mut Flow) -> Option<Element> {
        let comment = self.context.comment;
        if element.name == "figure" && element.attribute("data-embed").is_some() && !comment {
            return self.own_embed(element, flow);
        }
        if element
            .attribute("id")
            .is_some_and(|id| id.starts_with(DATAWRAPPER))
            && !comment
        {
            return self.script_box(element, flow);
        }
        let Some(class) = element.attribute("class") else {
            return Some(element);
        };
        let meaning = policy::meanings(class).find(|meaning| {
            !matches!(
                meaning,
                Meaning::Start | Meaning::End | Meaning::Centre | Meaning::Wide | Meaning::Full
            )
        });
        let Some(meaning) = meaning else {
            return Some(element);
        };
        match meaning {
            Meaning::Drop => {
                self.dropped.elements += 1;
                return None;
            }
            Meaning::Gutter if matches!(element.name.as_str(), "td" | "span") => {
                self.dropped.elements += 1;
                return None;
            }
            Meaning::Gutter => return Some(element),
            Meaning::Made if is_made(&element) => return None,
            Meaning::Credit if element.name != "a" && flow.run.is_empty() => return Some(element),
            _ if self.context.comment => return Some(element),
            Meaning::Caption if element.name != "figcaption" => {
                // Without its picture a caption says nothing.
                return None;
            }
            Meaning::Under => return self.under(element, flow),
            Meaning::Figure => self.figure(element, flow),
            Meaning::Gallery => {
                if !super::lines::holds_pictures(&element.children) {
                    return Some(element);
                }
                self.figure(element, flow);
            }
            Meaning::PullQuote => self.pull_quote(element, flow),
            Meaning::KeyPoints => return self.key_points(element, flow),
            Meaning::Callout => self.callout(element, flow),
            Meaning::Bookmark => return self.bookmark(element, flow),
            Meaning::Toggle => self.toggle(element, flow),
            Meaning::Button => return self.button(element, flow),
            Meaning::Box => return self.script_box(element, flow),
            Meaning::Footnotes => return self.footnotes(element, flow),
            Meaning::Update => return self.update(element, flow),
            Meaning::Verse if element.name != "pre" => {
                self.flush(flow);
                self.preformatted(element, flow);
            }
            Meaning::Post => return self.post(element, flow),
            Meaning::Player => self.player(element, flow),
            _ => return Some(element),
        }
        None
    }

    fn pull_quote(&mut self, mut element: Element, flow: &mut Flow) {
        self.flush(flow);
        let is_cite =
            |child: &Element| matches!(child.name.as_str(), "cite" | "footer" | "figcaption");
        let cite = take_out_unless(&mut element.children, &is_cite, &|child| child.name == "p");
        let cite = cite.map(|cite| self.cite_line(cite)).unwrap_or_default();
        let text = self.line(element.children);
        if !inline::is_blank(&text) {
            flow.blocks.push(Block::PullQuote { text, cite });
        }
    }

    fn key_points(&mut self, mut element: Element, flow: &mut Flow) -> Option<Element> {
        let is_list = |element: &Element| matches!(element.name.as_str(), "ul" | "ol");
        let list = if is_list(&element) {
            Element {
                children: std::mem::take(&mut element.children),
                ..Element::default()
            }
        } else {
            match take_out(&mut element.children, &is_list) {
                Some(list) => list,
                None => return Some(element),
            }
        };
        self.flush(flow);
        let title = take_out(&mut element.children, &|child| {
            matches!(policy::rule(&child.name), Rule::Heading(_))
                || child
                    .attribute("class")
                    .is_some_and(|class| class.contains("title"))
        });
        let title = title
            .map(|title| self.line(title.children))
            .unwrap_or_default();
        let items: Vec<_> = self
            .items(list.children)
            .into_iter()
            .map(|item| item.blocks)
            .collect();
        if !items.is_empty() {
            flow.blocks.push(Block::KeyPoints { title, items });
        }
        self.nodes(element.children, flow);
        self.flush(flow);
        None
    }

    fn callout(&mut self, mut element: Element, flow: &mut Flow) {
        // A callout within keeps its own.
        let is_callout = |child: &Element| child.name == "aside" || has(child, Meaning::Callout);
        let is_icon = |child: &Element| has(child, Meaning::Icon);
        let icon = take_out_unless(&mut element.children, &is_icon, &is_callout);
        let icon = icon
            .map(|icon| text::collapse(&text_of(&icon.children)))
            .filter(|icon| !icon.is_empty() && icon.chars().count() <= 8);
        let blocks = self.inner(&mut element, flow);
        if !blocks.is_empty() {
            flow.blocks.push(Block::Callout { icon, blocks });
        }
    }

    fn toggle(&mut self, mut element: Element, flow: &mut Flow) {
        let is_head = |child: &Element| {
            child
                .attribute("class")
                .is_some_and(|class| class.contains("toggle-heading-text"))
        };
        let is_toggle = |child: &Element| has(child, Meaning::Toggle);
        let head = take_out_unless(&mut element.children, &is_head, &is_toggle);
        let summary = head
            .map(|head| self.line(head.children))
            .unwrap_or_default();
        let blocks = self.inner(&mut element, flow);
        match (summary.is_empty(), blocks.is_empty()) {
            (_, true) => {}
            (true, false) => append(&mut flow.blocks, blocks),
            (false, false) => flow.blocks.push(Block::Details { summary, blocks }),
        }
    }

    pub(super) fn bookmark(&mut self, mut element: Element, flow: &mut Flow) -> Option<Element> {
        let is_link = |child: &Element| child.name == "a" && child.attribute("href").is_some();
        let link = match is_link(&element) {
            true => Some(&element),
            false => find(&element.children, &is_link),
        };
        let words = |nodes: &[Node]| text::collapse(&text_of(nodes));
        let link_words = link.map(|link| words(&link.children));
        let href = link.and_then(|link| link.attribute("href"));
        let href = href.map(str::to_owned);
        let link = href.and_then(|href| self.link(&href));
        let is_page = |link: &Link| matches!(link, Link::External(_) | Link::Internal(_));
        let Some(link) = link.filter(is_page) else {
            return Some(element);
        };
        let part = |marks: &[&str]| {
            let found = find(&element.children, &|child| {
                child.attribute("class").is_some_and(|class| {
                    class
                        .split_ascii_whitespace()
                        .any(|token| marks.contains(&token))
                })
            });
            found
                .map(|found| text::collapse(&text_of(&found.children)))
                .unwrap_or_default()
        };
        let mut title = part(&["kg-bookmark-title", "kg-file-card-title", "blogcard-title"]);
        if title.is_empty() {
            title = link_words.unwrap_or_default();
        }
        let mut publisher = part(&[
            "kg-bookmark-author",
            "kg-bookmark-publisher",
            "publisher",
            "kg-file-card-filename",
            "blogcard-domain",
        ]);
        let description = part(&[
            "kg-bookmark-description",
            "kg-file-card-caption",
            "blogcard-snippet",
            "description",
        ]);
        let mut host = "";
        if let Link::External(url) = &link {
            host = url.host();
        }
        if title.is_empty() {
            title = host.to_owned();
        } else if publisher.is_empty() && title != host {
            publisher = host.to_owned();
        }
        if title.is_empty() {
            return Some(element);
        }
        let picture = find(&element.children, &|child| {
            child.name == "img"
                && !child
                    .attribute("class")
                    .is_some_and(|class| class.contains("icon"))
        });
        let picture = picture
            .and_then(|image| self.picture(image, &[]))
            .map(|picture| picture.src);
        self.flush(flow);
        flow.blocks.push(Block::LinkCard(LinkCard {
            link,
            title,
            description,
            publisher,
            picture,
        }));
        let said = take_out(&mut element.children, &|child| child.name == "figcaption");
        let said = said
            .map(|said| self.line(said.children))
            .unwrap_or_default();
        if !said.is_empty() {
            flow.blocks
                .push(Block::Paragraph(vec![Inline::Styled(Style::Small, said)]));
        }
        None
    }

    fn button(&mut self, mut element: Element, flow: &mut Flow) -> Option<Element> {
        if element.name != "a" {
            let is_link = |child: &Element| child.name == "a";
            let all = text_of(&element.children);
            let words = find(&element.children, &is_link).map(|link| text_of(&link.children));
            if words.is_none_or(|words| words.trim() != all.trim()) {
                return Some(element);
            }
            match take_out(&mut element.children, &is_link) {
                Some(link) => element = link,
                None => return Some(element),
            }
        }
        let href = element.attribute("href").map(str::to_owned);
        let link = href.and_then(|href| self.link(&href));
        let Some(link) = link.filter(|link| !matches!(link, Link::Fragment(_))) else {
            return Some(element);
        };
        self.flush(flow);
        self.links += 1;
        let text = self.line(element.children);
        self.links -= 1;
        if !inline::is_blank(&text) {
            flow.blocks.push(Block::Button { link, text });
        }
        None
    }

    fn footnotes(&mut self, mut element: Element, flow: &mut Flow) -> Option<Element> {
        let is_item = |child: &Element| child.name == "li";
        let items = take_all(&mut element.children, &is_item, &|_| false);
        if items.is_empty() {
            return Some(element);
        }
        self.flush(flow);
        let mut before = self.blocks(std::mem::take(&mut element.children));
        before.retain(|block| !matches!(block, Block::Separator));
        append(&mut flow.blocks, before);
        let mut notes = Vec::new();
        for mut item in items {
            let mut back = None;
            while let Some(link) = take_out(&mut item.children, &is_back_link) {
                let fragment = link
                    .attribute("href")
                    .and_then(|href| href.strip_prefix('#'));
                back = back.or_else(|| fragment.and_then(|fragment| self.ids.target(fragment)));
            }
            let id = match self.ids.take(&item) {
                Some(id) => id,
                None => self.ids.make(item.attribute("id"), "note"),
            };
            let blocks = self.blocks(item.children);
            if !blocks.is_empty() {
                notes.push(Footnote { id, back, blocks });
            }
        }
        if !notes.is_empty() {
            flow.blocks.push(Block::Footnotes(notes));
        }
        None
    }

    fn update(&mut self, mut element: Element, flow: &mut Flow) -> Option<Element> {
        if element.name != "section" || element.attribute("id").is_none() {
            return Some(element);
        }
        self.flush(flow);
        let time = element.attribute("data-time").and_then(Instant::parse);
        if time.is_some() {
            // In a link to the update itself, where it was written by `render`.
            let own = |child: &Element| {
                let class = child.attribute("class");
                child.name == "time" || class.is_some_and(|class| class == "update-time")
            };
            take_out(&mut element.children, &own);
        }
        let title = take_out(&mut element.children, &|child| {
            child
                .attribute("class")
                .is_some_and(|class| class.contains("update-title"))
        });
        let title = title
            .map(|title| self.line(title.children))
            .unwrap_or_default();
        let id = self.ids.make(element.attribute("id"), "update");
        let blocks = self.blocks(element.children);
        if !blocks.is_empty() || !title.is_empty() {
            flow.blocks.push(Block::Update(Update {
                id,
                time,
                title,
                key: element
                    .attributes
                    .iter()
                    .any(|(name, _)| name == "data-key"),
                blocks,
            }));
        }
        None
    }
}

/// A link within the page that `render` wrote, or that others write to the same end: without words.
fn is_made(link: &Element) -> bool {
    link.name == "a"
        && link
            .attribute("href")
            .is_some_and(|href| href.starts_with('#'))
        && matches!(
            text_of(&link.children).trim(),
            "" | "#" | "¶" | "§" | "↩" | "↩\u{fe0e}"
        )
}

/// A link from a note back to its place in the text.
fn is_back_link(link: &Element) -> bool {
    link.name == "a"
        && link
            .attribute("href")
            .is_some_and(|href| href.starts_with('#'))
        && (link.attribute("class").is_some_and(|class| {
            class.split_ascii_whitespace().any(|token| {
                matches!(token, "back" | "reversefootnote" | "footnote-return")
                    || token.contains("backref")
                    || token.contains("backlink")
            })
        }) || matches!(
            text_of(&link.children).trim().trim_end_matches('\u{fe0e}'),
            "↩" | "↑" | "^" | "⏎" | "↵" | "↲"
        ))
}
