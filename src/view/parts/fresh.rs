//! The quiet line at the foot of the window that offers what is newer than the page. It stands in
//! a layer of its own, so nothing that is being read moves.

use crate::platform::markup::{Node, el};
use crate::strings::{Key, Strings};

/// An offer to show something, with a way to send it off. `href` reloads the page in place.
pub fn offer(
    strings: &Strings,
    text: String,
    href: String,
    dismiss: impl Fn() + Send + 'static,
) -> Node {
    let link = el("a")
        .attr("rel", "external")
        .attr("href", href)
        .with(text);
    let close = el("button")
        .attr("type", "button")
        .attr("aria-label", strings.get(Key::Close).to_owned())
        .on("click", move |_| dismiss())
        .with("×");
    el("p").class("fresh").with(link).with(close).into()
}

/// Something that is only said.
pub fn notice(text: String) -> Node {
    el("p").class("fresh").with(text).into()
}
