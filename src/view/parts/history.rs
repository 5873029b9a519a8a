//! What the reading history offers on a page: a line over its foot that moves nothing.

use crate::platform::markup::{Node, el};
use crate::strings::{Key, Strings};

/// The line, with a way to send it off; `place` is where reading stopped.
pub fn offer(
    strings: &Strings,
    text: Option<String>,
    place: Option<&str>,
    dismiss: impl Fn() + Send + 'static,
) -> Node {
    let close = el("button")
        .attr("type", "button")
        .attr("aria-label", strings.get(Key::Close).to_owned())
        .on("click", move |_| dismiss())
        .with("×");
    let back = place.map(|place| {
        el("a")
            .attr("href", ["#", place].concat())
            .with(strings.get(Key::ContinueReading).to_owned())
    });
    el("p")
        .class("fresh history-offer")
        .with(text.map(|text| el("span").with(text)))
        .with(back)
        .with(close)
        .into()
}
