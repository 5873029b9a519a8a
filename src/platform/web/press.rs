//! The other bundle, from this one: the start script defines `datelinePress`, which loads it once.
//!
//! The app asks it for what it does not carry itself: a whole page where there is only an empty
//! shell, and the comments of a story, whose untrusted HTML only the press can clean.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;

use js_sys::{Array, Function, Promise, Reflect};
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

use crate::model::Instant;
use crate::source::Comment;

/// A comment's cleaned words as nodes of this document.
pub type Words = SendWrapper<HtmlElement>;

/// Comments and their words, in the order of the source.
pub type Thread = Vec<(Comment, Words)>;

/// The global function that the start script defines.
const LOADER: &str = "datelinePress";

thread_local! {
    /// The press, once parts of the page that is shown live in it.
    static LOADED: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

/// Loads the press, which takes over an empty shell by itself.
///
/// # Errors
/// Where the page's start script names no press, or it cannot be loaded.
pub async fn open() -> Result<(), String> {
    module().await.map(drop).map_err(|error| words(&error))
}

/// Reads the thread at an address; `story` is what relative links in it are relative to.
pub fn thread(
    url: String,
    story: Option<String>,
) -> Pin<Box<dyn Future<Output = Result<Thread, String>>>> {
    Box::pin(async move {
        let read = async {
            let module = module().await?;
            let thread: Function = Reflect::get(&module, &"thread".into())?.dyn_into()?;
            let story = story.map_or(JsValue::UNDEFINED, JsValue::from);
            let promise: Promise = thread.call2(&module, &url.into(), &story)?.dyn_into()?;
            JsFuture::from(promise).await
        };
        let read = read.await.map_err(|error| words(&error))?;
        Ok(Array::from(&read).iter().filter_map(comment).collect())
    })
}

/// Asks the press to bring a part of this page to life; it stays as it is where that fails.
pub async fn part(place: HtmlElement, island: String) {
    let wake = async {
        let module = module().await?;
        let part: Function = Reflect::get(&module, &"part".into())?.dyn_into()?;
        let promise: Promise = part.call2(&module, &place, &island.into())?.dyn_into()?;
        LOADED.set(Some(module));
        JsFuture::from(promise).await
    };
    if let Err(error) = wake.await {
        leptos::logging::error!("Dateline: {}", words(&error));
    }
}

/// The page is left: the parts that the press brought to life end.
pub fn rest() {
    let Some(module) = LOADED.take() else { return };
    if let Ok(rest) = Reflect::get(&module, &"rest".into())
        && let Ok(rest) = rest.dyn_into::<Function>()
    {
        let _ = rest.call0(&module);
    }
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
        published: packed.get(3).as_string().and_then(|at| Instant::parse(&at)),
        ..Comment::default()
    };
    Some((comment, SendWrapper::new(packed.get(4).dyn_into().ok()?)))
}

async fn module() -> Result<JsValue, JsValue> {
    let window = web_sys::window().ok_or("no window")?;
    let load: Function = Reflect::get(&window, &LOADER.into())?
        .dyn_into()
        .map_err(|_| "this page's start script names no press")?;
    let promise: Promise = load.call0(&window)?.dyn_into()?;
    JsFuture::from(promise).await
}

fn words(error: &JsValue) -> String {
    error
        .dyn_ref::<js_sys::Error>()
        .map(|error| String::from(error.message()))
        .or_else(|| error.as_string())
        .unwrap_or_default()
}
