//! Pictures with reserved space, a modern format where one was made, and lazy loading.
//! The picture of the first view is eager, and the head names it.

use crate::model::{Image, ImageSize};
use crate::platform::markup::{Node, el};
use crate::view::Live;

/// The lead picture of a story: uncropped, in the first view.
pub fn lead_picture(cx: &Live, image: &Image) -> Node {
    picture(cx, image, "story-picture", LEAD, image.alt.clone(), true)
}

const LEAD: &str = "(min-width:62.5rem) 928px,100vw";

/// A card's picture. The headline beside it says what it is about, so it has no text of its own.
pub fn card_picture(cx: &Live, image: &Image, sizes: &'static str, first: bool) -> Node {
    picture(cx, image, "card-picture", sizes, String::new(), first)
}

fn picture(
    cx: &Live,
    image: &Image,
    class: &'static str,
    sizes: &'static str,
    alt: String,
    first: bool,
) -> Node {
    let candidates = |list: &[ImageSize]| {
        list.iter()
            .map(|size| [&cx.asset(&size.src), " ", &size.width.to_string(), "w"].concat())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let modern = (!image.modern.is_empty()).then(|| {
        el("source")
            .attr("type", "image/webp")
            .attr("srcset", candidates(&image.modern))
            .attr("sizes", sizes)
    });
    let srcset = (!image.sizes.is_empty()).then(|| candidates(&image.sizes));
    let sizes = srcset.as_ref().map(|_| sizes);
    let img = el("img")
        .attr("src", cx.asset(&image.src))
        .maybe("srcset", srcset)
        .maybe("sizes", sizes)
        .attr("alt", alt)
        .maybe("width", image.width.map(|n| n.to_string()))
        .maybe("height", image.height.map(|n| n.to_string()))
        .attr("loading", if first { "eager" } else { "lazy" })
        .maybe("fetchpriority", first.then_some("high"))
        .attr("decoding", "async");
    el("picture").class(class).with(modern).with(img).into()
}
