//! What Leptos's server functions use of the crate `wasm-streams`: Rust streams as streams of the
//! browser and back.
//!
//! The crate itself hands its sources and sinks to the browser as exported classes. What is exported is
//! never left out of a bundle, whether anybody calls it or not; closures are.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;

use futures_util::stream::{Stream, StreamExt, unfold};
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::{Closure, JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

type Chunks = Pin<Box<dyn Stream<Item = Result<JsValue, JsValue>>>>;

/// A `ReadableStream` of the browser (WHATWG Streams, section 4).
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// A stream of the browser that asks `stream` for each chunk.
    pub fn from_stream(stream: impl Stream<Item = Result<JsValue, JsValue>> + 'static) -> Self {
        let chunks: Rc<RefCell<Option<Chunks>>> = Rc::new(RefCell::new(Some(Box::pin(stream))));
        let pull = Closure::<dyn FnMut(JsValue) -> Promise>::new(move |controller: JsValue| {
            let chunks = chunks.clone();
            future_to_promise(async move {
                // The browser pulls again only after this has ended, so nobody else has the stream.
                let Some(mut own) = chunks.take() else {
                    return Ok(JsValue::UNDEFINED);
                };
                match own.next().await {
                    Some(chunk) => {
                        told(&controller, "enqueue", &chunk?)?;
                        chunks.replace(Some(own));
                    }
                    None => told(&controller, "close", &JsValue::UNDEFINED)?,
                }
                Ok(JsValue::UNDEFINED)
            })
        });
        let source = Object::new();
        let _ = Reflect::set(&source, &"pull".into(), &pull.into_js_value());
        let raw = web_sys::ReadableStream::new_with_underlying_source(&source);
        // A source of one method is as the standard wants it.
        Self(raw.unwrap_or_else(|error| wasm_bindgen::throw_val(error)))
    }

    /// The chunks of a stream of the browser, up to its end or its first error.
    pub fn into_stream(self) -> impl Stream<Item = Result<JsValue, JsValue>> + 'static {
        let reader: web_sys::ReadableStreamDefaultReader = self.0.get_reader().unchecked_into();
        unfold(Some(reader), |reader| async {
            let reader = reader?;
            match JsFuture::from(reader.read()).await {
                Ok(result) if Reflect::get(&result, &"done".into()).ok()?.is_truthy() => None,
                Ok(result) => {
                    let value = Reflect::get(&result, &"value".into());
                    Some((value, Some(reader)))
                }
                Err(error) => Some((Err(error), None)),
            }
        })
    }
}

/// Calls a method of a stream's controller.
fn told(controller: &JsValue, method: &str, argument: &JsValue) -> Result<(), JsValue> {
    let method: Function = Reflect::get(controller, &method.into())?.dyn_into()?;
    method.call1(controller, argument).map(drop)
}
