//! Pictures with reserved space, a modern format where one was made, and lazy loading.

use leptos::prelude::*;

use crate::model::{Image, ImageSize};
use crate::view::Cx;

/// A picture. `eager` is for the one in the first view.
pub fn picture(cx: &Cx, image: &Image, class: &'static str, eager: bool) -> AnyView {
    let candidates = |sizes: &[ImageSize]| {
        sizes
            .iter()
            .map(|size| format!("{} {}w", cx.asset(&size.src), size.width))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let modern = (!image.modern.is_empty()).then(|| {
        view! { <source type="image/webp" srcset=candidates(&image.modern) sizes="auto, 100vw" /> }
    });
    let srcset = (!image.sizes.is_empty()).then(|| candidates(&image.sizes));
    view! {
        <picture class=class>
            {modern}
            <img
                src=cx.asset(&image.src)
                srcset=srcset
                alt=image.alt.clone()
                width=image.width.map(|n| n.to_string())
                height=image.height.map(|n| n.to_string())
                loading=if eager { "eager" } else { "lazy" }
                fetchpriority=eager.then_some("high")
                decoding="async"
            />
        </picture>
    }
    .into_any()
}
