//! Frames, plug-ins, films, sounds and posts of social networks: known providers become embeds, the
//! rest link cards.

use super::figures::has;
use super::{Flow, Link, Walker};
use crate::html::block::{Block, Embed, LinkCard, Media};
use crate::html::policy::{self, Meaning};
use crate::html::tree::{Element, Node, find, take_out, text_of};
use crate::html::{Provider, text, url};

impl Walker<'_> {
    pub(super) fn embed(&self, provider: Provider, id: String, title: Option<String>) -> Block {
        let page = provider.page(&id);
        let page = url::link(self.context.host, None, &page);
        match page {
            Some(page) => Block::Embed(Embed {
                provider,
                id,
                page,
                title,
                text: Vec::new(),
                caption: Vec::new(),
            }),
            // The table's own addresses always resolve; a test goes through all of them.
            None => Block::Separator,
        }
    }

    pub(super) fn frame(&mut self, element: &Element, flow: &mut Flow) {
        if super::figures::has(element, crate::html::policy::Meaning::Post) {
            // WordPress' own frame; the quotation beside it has the link.
            return;
        }
        let player = policy::PLAYERS.iter().find_map(|(name, attribute, place)| {
            let id = element.attribute(attribute)?;
            (element.name == *name).then(|| [place, id].concat())
        });
        let address = ["src", "data-src", "data-lazy-src", "data-rocket-src"]
            .iter()
            .filter_map(|name| element.attribute(name))
            .chain(player.as_deref())
            .find_map(|address| url::link(self.context.host, self.context.base_url, address))
            .filter(|url| url.as_str().starts_with("http"));
        let Some(address) = address.filter(|_| !self.context.comment) else {
            self.dropped.elements += 1;
            return;
        };
        self.flush(flow);
        let title = text::collapse(element.attribute("title").unwrap_or_default());
        match Provider::recognise(address.as_str()) {
            Some((provider, id)) => {
                // Players' default titles say nothing that the provider's name does not.
                let telling = !title.is_empty()
                    && !title.to_ascii_lowercase().contains("video player")
                    && !title.eq_ignore_ascii_case(provider.name);
                let embed = self.embed(provider, id, telling.then_some(title));
                flow.blocks.push(embed);
            }
            // An address without a name gives a card nothing to say.
            _ if title.is_empty() && address.host().is_empty() => self.dropped.elements += 1,
            _ => {
                self.dropped.frames += 1;
                let publisher = address.host().to_owned();
                let title = if title.is_empty() {
                    publisher.clone()
                } else {
                    title
                };
                let publisher = if title == publisher {
                    String::new()
                } else {
                    publisher
                };
                // A frame of the source's own story leads to it within this site.
                let link = self.link(address.as_str());
                flow.blocks.push(Block::LinkCard(LinkCard {
                    link: link.unwrap_or(Link::External(address)),
                    title,
                    description: String::new(),
                    publisher,
                    picture: None,
                }));
            }
        }
    }

    /// What a script would draw into an element: the chart it names.
    pub(super) fn chart(&mut self, element: Element, flow: &mut Flow) -> Option<Element> {
        let flourish = element.attribute("data-src").map(|chart| {
            [
                "https://public.flourish.studio/",
                chart.trim_matches('/'),
                "/",
            ]
            .concat()
        });
        let datawrapper = element.attribute("id").and_then(|id| {
            let chart = id.strip_prefix(super::cards::DATAWRAPPER)?;
            Some(["https://datawrapper.dwcdn.net/", chart, "/"].concat())
        });
        let found = flourish.or(datawrapper);
        let Some((provider, id)) = found.and_then(|url| Provider::recognise(&url)) else {
            return Some(element);
        };
        self.flush(flow);
        let embed = self.embed(provider, id, None);
        flow.blocks.push(embed);
        None
    }

    /// What a plug-in or a film that cannot be shown offers instead: the way to it.
    fn instead(&mut self, element: Element, flow: &mut Flow) {
        if !self.context.comment && find(&element.children, &|child| child.name == "a").is_some() {
            self.flush(flow);
            self.nodes(element.children, flow);
            self.flush(flow);
        }
    }

    /// `object` and `embed` live on only as what they played, or as what stands in them.
    pub(super) fn plugin(&mut self, element: Element, flow: &mut Flow) {
        let nested = find(&element.children, &|child| {
            matches!(child.name.as_str(), "embed" | "iframe")
        });
        let found = [element.attribute("src"), element.attribute("data")]
            .into_iter()
            .chain([nested.and_then(|nested| nested.attribute("src"))])
            .flatten()
            .filter_map(|address| url::link(self.context.host, self.context.base_url, address))
            .find_map(|url| Provider::recognise(url.as_str()));
        match found {
            Some((provider, id)) if !self.context.comment => {
                self.flush(flow);
                let embed = self.embed(provider, id, None);
                flow.blocks.push(embed);
            }
            _ => {
                self.dropped.elements += 1;
                self.instead(element, flow);
            }
        }
    }

    pub(super) fn media(&mut self, element: Element, video: bool, flow: &mut Flow) {
        let resolve =
            |address: &str| url::picture(self.context.host, self.context.base_url, address);
        let source = find(&element.children, &|child| {
            child.name == "source"
                && (child.attribute("src").is_some() || child.attribute("data-src").is_some())
        });
        let src = [Some(&element), source]
            .into_iter()
            .flatten()
            .filter_map(|element| element.attribute("src").or(element.attribute("data-src")))
            .find_map(resolve);
        let Some(src) = src.filter(|_| !self.context.comment) else {
            self.dropped.pictures += 1;
            return self.instead(element, flow);
        };
        self.flush(flow);
        let number = |name: &str| {
            element
                .attribute(name)
                .and_then(|value| value.trim().parse().ok())
                .filter(|n| (1..=20_000).contains(n))
        };
        let poster = element
            .attribute("poster")
            // Ghost's stand-in until its script has run.
            .filter(|poster| !poster.contains("spacergif.org"))
            .and_then(resolve)
            .filter(|_| video);
        let size = number("width").zip(number("height")).filter(|_| video);
        flow.blocks.push(Block::Media(Media {
            video,
            src,
            poster,
            size,
            caption: Vec::new(),
        }));
    }

    /// An embed that `render` wrote.
    pub(super) fn own_embed(&mut self, mut element: Element, flow: &mut Flow) -> Option<Element> {
        let key = element.attribute("data-embed").unwrap_or_default();
        let id = element.attribute("data-id").unwrap_or_default();
        let Some((provider, id)) = Provider::by_key(key, id) else {
            return Some(element);
        };
        self.flush(flow);
        let caption = self.caption(&mut element.children).whole();
        let quoted = take_out(&mut element.children, &|child| child.name == "blockquote");
        let title = take_out(&mut element.children, &|child| child.name == "a")
            .filter(|link| link.attribute("class") != Some("open"))
            .map(|link| text::collapse(&text_of(&link.children)))
            .filter(|title| !title.is_empty());
        let words = quoted
            .map(|quoted| self.blocks(quoted.children))
            .unwrap_or_default();
        let mut embed = self.embed(provider, id, title);
        if let Block::Embed(embed) = &mut embed {
            embed.text = words;
            embed.caption = caption;
        }
        flow.blocks.push(embed);
        None
    }

    /// A post quoted by a social network's own markup; or WordPress' link to another site's story.
    pub(super) fn post(&mut self, element: Element, flow: &mut Flow) -> Option<Element> {
        if element.name == "iframe" {
            return Some(element);
        }
        let permalink = ["data-instgrm-permalink", "cite"]
            .iter()
            .filter_map(|name| element.attribute(name))
            .find_map(Provider::recognise);
        let provider = permalink.or_else(|| last_provider(&element.children));
        if let Some((provider, id)) = provider {
            self.flush(flow);
            let words = self.blocks(element.children);
            let mut embed = self.embed(provider, id, None);
            if let Block::Embed(embed) = &mut embed {
                embed.text = words;
            }
            flow.blocks.push(embed);
            return None;
        }
        if has(&element, Meaning::Post)
            && find(&element.children, &|child| child.name == "a").is_some()
        {
            return self.bookmark(element, flow);
        }
        Some(element)
    }

    /// Ghost's players: the film or sound inside, without the buttons around it.
    pub(super) fn player(&mut self, mut element: Element, flow: &mut Flow) {
        self.flush(flow);
        let mut caption = self.caption(&mut element.children).whole();
        if caption.is_empty()
            && let Some(title) = take_out(&mut element.children, &|child| {
                child
                    .attribute("class")
                    .is_some_and(|class| class.contains("kg-audio-title"))
            })
        {
            caption = self.line(title.children);
        }
        let media = take_out(&mut element.children, &|child| {
            matches!(child.name.as_str(), "audio" | "video")
        });
        let Some(media) = media else { return };
        let video = media.name == "video";
        self.media(media, video, flow);
        if let Some(Block::Media(media)) = flow.blocks.last_mut() {
            media.caption = caption;
        }
    }
}

/// The last link of a quoted post is the one to itself.
fn last_provider(nodes: &[Node]) -> Option<(Provider, String)> {
    nodes.iter().rev().find_map(|node| {
        let Node::Element(element) = node else {
            return None;
        };
        last_provider(&element.children)
            .or_else(|| element.attribute("href").and_then(Provider::recognise))
    })
}
