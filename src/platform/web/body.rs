//! Blocks as nodes: the browser's side of `html::render`.
//!
//! `createElement` and text nodes only. Nothing is serialised and parsed again, which is where
//! sanitised markup elsewhere comes back to life.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Node};

use crate::html::{Block, Sink, WriteOptions, render};

/// Fills `container`, replacing what it holds.
pub fn build(blocks: &[Block], options: &WriteOptions<'_>, container: &Element) {
    fill(container, |sink| render(blocks, options, sink));
}

/// Fills the body of the story that is shown.
pub fn show(blocks: &[Block], options: &WriteOptions<'_>) {
    let story = super::page::document().and_then(|it| it.query_selector(".story .body").ok()?);
    if let Some(story) = story {
        build(blocks, options, &story);
    }
}

/// The blocks in an element that stands nowhere yet.
pub fn detached(blocks: &[Block], options: &WriteOptions<'_>) -> Option<super::bundle::Words> {
    let place = super::page::document()?.create_element("div").ok()?;
    build(blocks, options, &place);
    Some(send_wrapper::SendWrapper::new(place.dyn_into().ok()?))
}

/// Replaces what `container` holds with whatever is written to the sink.
pub fn fill<R>(container: &Element, write: impl FnOnce(&mut dyn Sink) -> R) -> Option<R> {
    let document = container.owner_document()?;
    let fragment = document.create_document_fragment();
    let mut builder = Builder {
        document,
        open: vec![fragment.clone().into()],
    };
    let written = write(&mut builder);
    container.set_text_content(None);
    // Only fails for a container that cannot have children, which the view does not make.
    let _ = container.append_child(&fragment);
    Some(written)
}

struct Builder {
    document: Document,
    open: Vec<Node>,
}

impl Sink for Builder {
    fn open(&mut self, name: &'static str) {
        // Every name comes from `render`, so creation cannot fail; if it did, the content would
        // still go where the element should have been.
        let parent = self.open.last();
        match self.document.create_element(name) {
            Ok(element) => {
                if let Some(parent) = parent {
                    let _ = parent.append_child(&element);
                }
                self.open.push(element.into());
            }
            Err(_) => self.open.extend(parent.cloned()),
        }
    }

    fn attribute(&mut self, name: &'static str, value: &str) {
        if let Some(element) = self.open.last() {
            // An element was opened before; anything else refuses it.
            let _ = element
                .unchecked_ref::<Element>()
                .set_attribute(name, value);
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(parent) = self.open.last() {
            let _ = parent.append_child(&self.document.create_text_node(text));
        }
    }

    fn close(&mut self, _name: &'static str) {
        self.open.pop();
    }
}
