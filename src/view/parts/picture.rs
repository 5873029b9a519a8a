//! Pictures with reserved space, a modern format where one was made, and lazy loading.

use leptos::prelude::*;

use crate::model::{Image, ImageSize};
use crate::view::{IntoShape, Live, View};

/// The lead picture of a story: uncropped, in the first view.
pub fn lead_picture(cx: &Live, image: &Image) -> View {
    picture(cx, image, "story-picture", LEAD, image.alt.clone(), true)
}

const LEAD: &str = "(min-width:62.5rem) 928px,100vw";

/// A card's picture. The headline beside it says what it is about, so it has no text of its own.
pub fn card_picture(cx: &Live, image: &Image, sizes: &'static str, eager: bool) -> View {
    picture(cx, image, "card-picture", sizes, String::new(), eager)
}

fn picture(
    cx: &Live,
    image: &Image,
    class: &'static str,
    sizes: &'static str,
    alt: String,
    eager: bool,
) -> View {
    let candidates = |list: &[ImageSize]| {
        list.iter()
            .map(|size| [&cx.asset(&size.src), " ", &size.width.to_string(), "w"].concat())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let modern = (!image.modern.is_empty()).then(|| {
        view! { <source type="image/webp" srcset=candidates(&image.modern) sizes=sizes /> }
    });
    let srcset = (!image.sizes.is_empty()).then(|| candidates(&image.sizes));
    let sizes = srcset.as_ref().map(|_| sizes);
    view! {
        <picture class=class>
            {modern}
            <img
                src=cx.asset(&image.src)
                srcset=srcset
                sizes=sizes
                alt=alt
                width=image.width.map(|n| n.to_string())
                height=image.height.map(|n| n.to_string())
                loading=if eager { "eager" } else { "lazy" }
                fetchpriority=eager.then_some("high")
                decoding="async"
            />
        </picture>
    }
    .shape()
}
