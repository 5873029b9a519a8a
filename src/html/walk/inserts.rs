//! Frames, plug-ins, films, sounds and posts of social networks: known providers become embeds, the
//! rest link cards.

use super::figures::has;
use super::{Flow, Link, Walker};
use crate::html::block::{Block, Embed, LinkCard, Media};
use crate::html::policy::{self, Meaning};
use crate::html::tree::{Element, Node, find, take_out, text_of};
use crate::html::{Provider, SafeUrl, text, url};
use crate::model::percent_decode;

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
        let title = text::collapse(element.attribute("title").unwrap_or_default());
        // An address without a name gives a card nothing to say.
        if title.is_empty() && address.host().is_empty() {
            self.dropped.elements += 1;
            return;
        }
        self.led(address, title, flow);
    }

    /// What lives elsewhere: an embed where the provider is known, else a card that leads there.
    fn led(&mut self, address: SafeUrl, title: String, flow: &mut Flow) {
        self.flush(flow);
        if let Some((provider, id)) = Provider::recognise(address.as_str()) {
            // Players' default titles say nothing that the provider's name does not.
            let telling = !title.is_empty()
                && !title.to_ascii_lowercase().contains("video player")
                && !title.eq_ignore_ascii_case(provider.name);
            let embed = self.embed(provider, id, telling.then_some(title));
            flow.blocks.push(embed);
            return;
        }
        self.dropped.frames += 1;
        let host = address.host().to_owned();
        let title = if title.is_empty() {
            document_of(address.as_str()).unwrap_or_else(|| host.clone())
        } else {
            title
        };
        let publisher = if title == host { String::new() } else { host };
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

    /// An address that may be led to.
    fn elsewhere(&self, address: &str) -> Option<SafeUrl> {
        url::link(self.context.host, self.context.base_url, address)
            .filter(|url| url.as_str().starts_with("http"))
    }

    /// A box that a script would fill; gives back one that says enough itself.
    pub(super) fn script_box(&mut self, element: Element, flow: &mut Flow) -> Option<Element> {
        let datawrapper = element.attribute("id").and_then(|id| {
            let chart = id.strip_prefix(super::cards::DATAWRAPPER)?;
            Some(["https://datawrapper.dwcdn.net/", chart, "/"].concat())
        });
        let named = datawrapper.or_else(|| named_by_class(&element));
        let address = named.or_else(|| named_by_settings(&element));
        let Some(address) = address.and_then(|address| self.elsewhere(&address)) else {
            return Some(element);
        };
        if Provider::recognise(address.as_str()).is_none() && !is_bare(&element) {
            return Some(element);
        }
        let title = text::collapse(element.attribute("data-title").unwrap_or_default());
        self.led(address, title, flow);
        None
    }

    /// What is dropped; of a script that would write what it names in its place, the way to that.
    pub(super) fn left_out(&mut self, element: &Element, flow: &mut Flow) {
        let page = page_of(element).and_then(|page| self.elsewhere(page));
        match page.filter(|_| !self.context.comment && self.lines == 0) {
            Some(page) => self.led(page, String::new(), flow),
            None => self.dropped.elements += 1,
        }
    }

    /// What a plug-in or a film that cannot be shown offers instead: the way to it.
    fn instead(&mut self, element: Element, flow: &mut Flow) {
        if !self.context.comment && find(&element.children, &|child| child.name == "a").is_some() {
            self.flush(flow);
            self.nodes(element.children, flow);
            self.flush(flow);
        }
    }

    /// `object` and `embed` live on as what they played, as the link that stands in them, or as the
    /// way to what they show.
    pub(super) fn plugin(&mut self, element: Element, flow: &mut Flow) {
        let nested = find(&element.children, &|child| {
            matches!(child.name.as_str(), "embed" | "iframe")
        });
        let addresses = [element.attribute("src"), element.attribute("data")]
            .into_iter()
            .chain([nested.and_then(|nested| nested.attribute("src"))])
            .flatten()
            .filter_map(|address| self.elsewhere(address));
        let addresses: Vec<SafeUrl> = addresses.collect();
        let mut played = addresses.iter();
        let played = played.find(|url| Provider::recognise(url.as_str()).is_some());
        let offers = find(&element.children, &|child| child.name == "a").is_some();
        // What only a plug-in of former times could show leads nowhere.
        let mut shown = addresses.iter().filter(|url| !offers && !is_flash(url));
        let found = played.or_else(|| shown.next()).cloned();
        match found.filter(|_| !self.context.comment) {
            Some(address) => self.led(address, String::new(), flow),
            None => {
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

/// The page of what a script would write where it stands.
pub(super) fn page_of(script: &Element) -> Option<&str> {
    let script = Some(script).filter(|element| element.name == "script")?;
    let address = script.attribute("src")?.split(['?', '#']).next()?;
    let page = address.strip_suffix(".js")?;
    let known = |home: &str| page.len() > home.len() && page.starts_with(home);
    policy::SCRIPTS
        .iter()
        .any(|home| known(home))
        .then_some(page)
}

/// What a box's class says that a script fills it with.
fn named_by_class(element: &Element) -> Option<String> {
    let class = element.attribute("class")?;
    policy::BOXES.iter().find_map(|(name, attribute, place)| {
        let named = class.split_ascii_whitespace().any(|token| token == *name);
        let id = element.attribute(attribute).filter(|_| named)?;
        Some([place, id.trim_matches('/')].concat())
    })
}

/// What of a known provider a builder's settings name, which its script reads.
fn named_by_settings(element: &Element) -> Option<String> {
    let settings = element.attribute("data-settings")?;
    let mut values = settings.split('"').map(|value| value.replace("\\/", "/"));
    values.find(|value| Provider::recognise(value).is_some())
}

/// Whether nothing stands in a box yet that a reader would miss.
fn is_bare(element: &Element) -> bool {
    let says = |child: &Element| match child.name.as_str() {
        "img" | "iframe" | "video" | "audio" => true,
        "script" | "style" => false,
        _ => child
            .children
            .iter()
            .any(|node| matches!(node, Node::Text(text) if !text.trim().is_empty())),
    };
    !says(element) && find(&element.children, &says).is_none()
}

fn is_flash(url: &SafeUrl) -> bool {
    let path = url.as_str().split(['?', '#']).next().unwrap_or_default();
    path.ends_with(".swf")
}

/// The name of a document that an address leads to, as its publisher wrote it.
fn document_of(url: &str) -> Option<String> {
    const DOCUMENTS: [&str; 9] = [
        ".csv", ".doc", ".docx", ".odt", ".pdf", ".ppt", ".pptx", ".xls", ".xlsx",
    ];
    let (_, name) = url.split(['?', '#']).next()?.rsplit_once('/')?;
    let lower = name.to_ascii_lowercase();
    let is_document = DOCUMENTS.iter().any(|end| lower.ends_with(end));
    is_document.then(|| percent_decode(name))
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
