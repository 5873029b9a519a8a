//! The other bundles, from this one. The start script defines a function for each, which loads it
//! once.
//!
//! The app asks the press for a whole page where there is only an empty shell, and the desk for the
//! comment form; the desk asks the press for the comments of a story, whose untrusted HTML only the
//! press can clean.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;

use js_sys::{Array, Function, Promise, Reflect};
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

use super::idb::DATABASE;
use super::local::Local;
use super::{events, timer};
use crate::json::Json;
use crate::model::Instant;
use crate::reader::{LocalStore, keys};
use crate::source::Comment;

/// A comment's cleaned words as nodes of this document.
pub type Words = SendWrapper<HtmlElement>;

/// Comments and their words, in the order of the source.
pub type Thread = Vec<(Comment, Words)>;

/// A bundle that the start script loads once, by the global function it defines for it.
pub struct Bundle(&'static str);

/// Makes pages, and cleans comments.
pub const PRESS: Bundle = Bundle("datelinePress");
/// Brings comments and drafts to life.
pub const DESK: Bundle = Bundle("datelineDesk");

thread_local! {
    /// The bundles in which parts of the page that is shown live.
    static HOSTS: RefCell<Vec<JsValue>> = const { RefCell::new(Vec::new()) };
}

impl Bundle {
    /// Loads the bundle. The press takes over an empty shell by itself.
    ///
    /// # Errors
    /// Where the page's start script names no such bundle, or it cannot be loaded.
    pub async fn open(&self) -> Result<(), String> {
        self.module().await.map(drop).map_err(|error| words(&error))
    }

    /// Asks the bundle to bring a part of this page to life. Where that fails the part stays as it
    /// is, and what is typed into it asks again: then the reader has words that want keeping.
    pub async fn part(&self, place: HtmlElement, island: String) {
        while let Err(error) = self.wake(&place, &island).await {
            leptos::logging::error!("Dateline: {}", words(&error));
            events::next_input(&place).await;
            // A host in trouble is not asked with every key.
            timer::pause(1000).await;
            if !place.is_connected() {
                return;
            }
        }
    }

    async fn wake(&self, place: &HtmlElement, island: &str) -> Result<(), JsValue> {
        let module = self.module().await?;
        HOSTS.with_borrow_mut(|hosts| hosts.push(module.clone()));
        let part = exported(&module, "part")?;
        let promise: Promise = part.call2(&module, place, &island.into())?.dyn_into()?;
        JsFuture::from(promise).await.map(drop)
    }

    /// Asks the desk to send what waits.
    pub async fn deliver(&self, island: String) {
        let deliver = async {
            let module = self.module().await?;
            exported(&module, "deliver")?.call1(&module, &island.into())
        };
        if let Err(error) = deliver.await {
            leptos::logging::error!("Dateline: {}", words(&error));
        }
    }

    async fn module(&self) -> Result<JsValue, JsValue> {
        let window = web_sys::window().ok_or("no window")?;
        let load: Function = Reflect::get(&window, &self.0.into())?
            .dyn_into()
            .map_err(|_| "this page's start script names no such bundle")?;
        let promise: Promise = load.call0(&window)?.dyn_into()?;
        JsFuture::from(promise).await
    }
}

fn exported(module: &JsValue, name: &str) -> Result<Function, JsValue> {
    Reflect::get(module, &name.into())?.dyn_into()
}

/// The page is left: the parts that other bundles brought to life end.
pub fn rest() {
    for module in HOSTS.take() {
        if let Ok(rest) = exported(&module, "rest") {
            let _ = rest.call0(&module);
        }
    }
}

/// Whether a comment waits in this browser to be sent.
pub fn something_waits() -> bool {
    let waits = |name: &String| {
        let value = Local.read(name).ok().flatten();
        value.is_some_and(|value| Json::parse(&value).is_none_or(|record| !record.flag("gone")))
    };
    let names = Local.names(keys::QUEUE);
    names.is_ok_and(|names| names.iter().any(waits))
}

/// Whether this device may hold words of the reader's: a draft in the one store, or the other
/// store, which the desk makes when it first comes to life.
pub async fn something_kept() -> bool {
    let drafts = Local.names(keys::DRAFT);
    if drafts.is_ok_and(|names| !names.is_empty()) {
        return true;
    }
    let factory = web_sys::window().and_then(|window| window.indexed_db().ok().flatten());
    let Some(Ok(databases)) = factory.map(|factory| factory.unchecked_into::<Known>().databases())
    else {
        return false;
    };
    let databases = JsFuture::from(databases).await;
    databases.is_ok_and(|databases| {
        Array::from(&databases)
            .iter()
            .filter_map(|database| Reflect::get(&database, &"name".into()).ok()?.as_string())
            .any(|name| name == DATABASE)
    })
}

#[wasm_bindgen]
extern "C" {
    /// IndexedDB's factory, with what older browsers lack.
    type Known;
    #[wasm_bindgen(method, catch)]
    fn databases(this: &Known) -> Result<Promise, JsValue>;
}

/// Reads the thread at an address; `story` is what relative links in it are relative to.
pub fn thread(
    url: String,
    story: Option<String>,
) -> Pin<Box<dyn Future<Output = Result<Thread, String>>>> {
    Box::pin(async move {
        let read = async {
            let module = PRESS.module().await?;
            let thread = exported(&module, "thread")?;
            let story = story.map_or(JsValue::UNDEFINED, JsValue::from);
            let promise: Promise = thread.call2(&module, &url.into(), &story)?.dyn_into()?;
            JsFuture::from(promise).await
        };
        let read = read.await.map_err(|error| words(&error))?;
        Ok(Array::from(&read).iter().filter_map(comment).collect())
    })
}

/// A thread as it passes from one bundle to the other.
pub fn pack(thread: Thread) -> Array {
    let optional = |text: Option<String>| text.map_or(JsValue::UNDEFINED, JsValue::from);
    thread
        .into_iter()
        .map(|(comment, words)| {
            Array::of5(
                &comment.id.into(),
                &optional(comment.parent),
                &comment.author.into(),
                &optional(comment.published.map(|at| at.to_string())),
                &words.take().into(),
            )
        })
        .collect()
}

fn comment(packed: JsValue) -> Option<(Comment, Words)> {
    let packed: Array = packed.dyn_into().ok()?;
    let comment = Comment {
        id: packed.get(0).as_string()?,
        parent: packed.get(1).as_string(),
        author: packed.get(2).as_string()?,
        published: packed.get(3).as_string().and_then(|at| Instant::read(&at)),
        ..Comment::default()
    };
    Some((comment, SendWrapper::new(packed.get(4).dyn_into().ok()?)))
}

fn words(error: &JsValue) -> String {
    error
        .dyn_ref::<js_sys::Error>()
        .map(|error| String::from(error.message()))
        .or_else(|| error.as_string())
        .unwrap_or_default()
}
