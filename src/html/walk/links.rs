//! Links: where an address leads, and pictures that lead to their large version.

use super::{Flow, Link, Walker, Wrapper, lines};
use crate::html::tree::Element;
use crate::html::url;

impl Walker<'_> {
    pub(super) fn link_element(&mut self, element: Element, flow: &mut Flow) {
        if element.attribute("class") == Some("zoom") && lines::holds_pictures(&element.children) {
            let full = element
                .attribute("href")
                .and_then(|href| url::picture(self.context.host, self.context.base_url, href));
            return self.inline_element(element, full.map(Wrapper::Zoom), flow);
        }
        let link = match element.attribute("href") {
            // A link within a link is not one: parsers would tear them apart.
            Some(href) if self.links == 0 => {
                let link = self.link(href);
                self.dropped.links += usize::from(link.is_none());
                link
            }
            _ => None,
        };
        self.inline_element(element, link.map(Wrapper::Link), flow);
    }

    /// Where an address leads; `None` when it may not lead anywhere.
    pub(super) fn link(&mut self, href: &str) -> Option<Link> {
        let href = href.trim();
        if let Some(fragment) = href.strip_prefix('#') {
            return self.ids.target(fragment).map(Link::Fragment);
        }
        let url = url::link(self.context.host, self.context.base_url, href)?;
        if url.as_str().starts_with("mailto:") || url.as_str().starts_with("tel:") {
            return Some(Link::Contact(url));
        }
        if let Some((page, fragment)) = url.as_str().split_once('#')
            && self
                .context
                .base_url
                .is_some_and(|base| base.split('#').next() == Some(page))
            && let Some(id) = self.ids.target(fragment)
        {
            return Some(Link::Fragment(id));
        }
        if let Some(internal) =
            (self.context.site_links)(url.as_str()).and_then(url::SafeUrl::internal)
        {
            return Some(Link::Internal(internal));
        }
        Some(Link::External(url))
    }
}
