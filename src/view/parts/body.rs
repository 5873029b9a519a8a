//! The opaque body: the one place that may set HTML, and only natively, only what `html` wrote.
//!
//! A prerendered body stays as it stands in the page, or is taken out of the next page's HTML with
//! everything around it; one that is made in the browser is filled with nodes built from blocks.

use std::sync::Arc;

use leptos::prelude::*;

use crate::html::Block;
#[cfg(target_arch = "wasm32")]
use crate::html::WriteOptions;
use crate::view::{Cx, IntoShape, View};

/// Where the body of the page comes from.
#[derive(Clone, Default)]
pub enum BodySource {
    /// The page has none, or it stands in the document already.
    #[default]
    Present,
    /// Natively: written by `html::write`.
    #[cfg(not(target_arch = "wasm32"))]
    Written(Arc<str>),
    /// Cleaned in the browser; `platform::web` builds the nodes.
    Blocks(Arc<Vec<Block>>),
}

/// The container. Its class names what kind of text it holds (`body` of a story or a page).
#[cfg(not(target_arch = "wasm32"))]
pub fn body(cx: &Cx, language: Option<String>, direction: Option<String>) -> View {
    let html = match &cx.body {
        BodySource::Written(html) => html.to_string(),
        _ => String::new(),
    };
    view! { <div class="body" data-opaque="" lang=language dir=direction inner_html=html></div> }
        .shape()
}

/// The container, filled after start unless it already is.
#[cfg(target_arch = "wasm32")]
pub fn body(cx: &Cx, language: Option<String>, direction: Option<String>) -> View {
    use leptos::html::Div;

    let container = NodeRef::<Div>::new();
    let (source, strings) = (cx.body.clone(), cx.strings.clone());
    container.on_load(move |element| {
        match &source {
            BodySource::Present => {}
            BodySource::Blocks(blocks) => {
                let options = WriteOptions {
                    strings: &strings,
                    moment: crate::platform::moment,
                    comment: false,
                };
                crate::platform::body::build(blocks, &options, &element);
            }
        }
        let alive = crate::platform::body_behaviour::attach(&element, strings.clone());
        let alive = send_wrapper::SendWrapper::new(alive);
        on_cleanup(move || drop(alive));
    });
    view! { <div class="body" data-opaque="" lang=language dir=direction node_ref=container></div> }
        .shape()
}
