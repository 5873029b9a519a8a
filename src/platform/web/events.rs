//! Listening to the browser for as long as somebody cares: a listener ends when it is dropped.

use js_sys::Promise;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Element, Event, EventTarget, IntersectionObserver, IntersectionObserverEntry,
    IntersectionObserverInit, KeyboardEvent, StorageEvent, Window,
};

/// An event as views see it.
pub struct Happening(pub(super) Event);

impl Happening {
    /// What the browser would do by itself is not done.
    pub fn prevent(&self) {
        self.0.prevent_default();
    }

    /// The key of a keyboard event; empty for others.
    pub fn key(&self) -> String {
        let event = self.0.dyn_ref::<KeyboardEvent>();
        event.map(KeyboardEvent::key).unwrap_or_default()
    }

    /// Ctrl or Cmd is held, and no input method is composing.
    pub fn commands(&self) -> bool {
        let event = self.0.dyn_ref::<KeyboardEvent>();
        event.is_some_and(|event| (event.ctrl_key() || event.meta_key()) && !event.is_composing())
    }
}

/// A running listener.
pub struct Listener {
    target: EventTarget,
    name: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        let callback = self.closure.as_ref().unchecked_ref();
        let _ = self
            .target
            .remove_event_listener_with_callback(self.name, callback);
    }
}

/// Calls `act` for every event of a name on a target.
pub fn listen(target: &EventTarget, name: &'static str, act: Box<dyn FnMut(Event)>) -> Listener {
    let closure = Closure::wrap(act);
    // A target of the page itself never refuses a listener.
    let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
    Listener {
        target: target.clone(),
        name,
        closure,
    }
}

/// Waits until a field in an element is typed into.
pub async fn next_input(place: &Element) {
    let mut listener = None;
    let typed = Promise::new(&mut |done, _| {
        let act = move |_| drop(done.call0(&JsValue::UNDEFINED));
        listener = Some(listen(place, "input", Box::new(act)));
    });
    // It is never rejected.
    let _ = JsFuture::from(typed).await;
    drop(listener);
}

fn window() -> Option<Window> {
    web_sys::window()
}

/// Calls `act` with the key of every key press on the page.
pub fn on_key(mut act: impl FnMut(&str) + 'static) -> Vec<Listener> {
    let pressed = move |event| act(&Happening(event).key());
    window()
        .map(|window| listen(&window, "keydown", Box::new(pressed)))
        .into_iter()
        .collect()
}

/// The page may never be seen again: hidden, or about to be put away. What must not be lost is
/// stored in `act`, synchronously.
pub fn on_leaving(act: impl FnMut() + Clone + 'static) -> Vec<Listener> {
    let Some(window) = window() else {
        return Vec::new();
    };
    let mut listeners = Vec::new();
    let mut leave = act.clone();
    listeners.push(listen(&window, "pagehide", Box::new(move |_| leave())));
    if let Some(document) = window.document() {
        let mut hide = act;
        let target = document.clone();
        let hidden = move |_| {
            if target.hidden() {
                hide();
            }
        };
        listeners.push(listen(&document, "visibilitychange", Box::new(hidden)));
    }
    listeners
}

/// The page is looked at again, perhaps after a long time in the back-forward cache.
pub fn on_return(act: impl FnMut() + Clone + 'static) -> Vec<Listener> {
    let Some(window) = window() else {
        return Vec::new();
    };
    let mut listeners = Vec::new();
    let mut show = act.clone();
    listeners.push(listen(&window, "pageshow", Box::new(move |_| show())));
    if let Some(document) = window.document() {
        let mut seen = act;
        let target = document.clone();
        let visible = move |_| {
            if !target.hidden() {
                seen();
            }
        };
        listeners.push(listen(&document, "visibilitychange", Box::new(visible)));
    }
    listeners
}

/// The network is back.
pub fn on_online(mut act: impl FnMut() + 'static) -> Vec<Listener> {
    window()
        .map(|window| listen(&window, "online", Box::new(move |_| act())))
        .into_iter()
        .collect()
}

/// Another tab wrote or removed a value in the local store. `storage` events come to every tab but
/// the writer's, and unlike an open channel they keep no page out of the back-forward cache.
pub fn on_other_tab(mut act: impl FnMut(String, Option<String>) + 'static) -> Vec<Listener> {
    let heard = move |event: Event| {
        if let Some(event) = event.dyn_ref::<StorageEvent>()
            && let Some(name) = event.key()
        {
            act(name, event.new_value());
        }
    };
    window()
        .map(|window| listen(&window, "storage", Box::new(heard)))
        .into_iter()
        .collect()
}

/// Asks before the page is left, for as long as the listener lives. Only where leaving would lose
/// words: the browser's question is rude everywhere else.
pub fn ask_before_leaving() -> Vec<Listener> {
    let ask = |event: Event| event.prevent_default();
    window()
        .map(|window| listen(&window, "beforeunload", Box::new(ask)))
        .into_iter()
        .collect()
}

/// Whether the browser believes that it has a network.
pub fn online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// The element with an id comes near the visible part of the page (once).
pub fn on_near(id: &str, act: impl FnOnce() + 'static) -> Vec<Listener> {
    let element = window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element {
        // Its act holds nothing of the page, and there is one a story.
        std::mem::forget(when_near(&element, act));
    }
    Vec::new()
}

/// Watches for an element until it was near, or until this is dropped: the act may hold a page.
pub struct Watch {
    observer: Option<IntersectionObserver>,
    _seen: Closure<dyn FnMut(js_sys::Array, IntersectionObserver)>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

/// An element comes near the visible part of the page (once).
pub fn when_near(element: &Element, act: impl FnOnce() + 'static) -> Watch {
    let mut act = Some(act);
    let seen = Closure::<dyn FnMut(js_sys::Array, IntersectionObserver)>::new(
        move |entries: js_sys::Array, observer: IntersectionObserver| {
            let near = entries.iter().any(|entry| {
                entry
                    .unchecked_into::<IntersectionObserverEntry>()
                    .is_intersecting()
            });
            if near && let Some(act) = act.take() {
                observer.disconnect();
                act();
            }
        },
    );
    let options = IntersectionObserverInit::new();
    options.set_root_margin("600px 0px");
    let callback = seen.as_ref().unchecked_ref();
    let observer = IntersectionObserver::new_with_options(callback, &options).ok();
    if let Some(observer) = &observer {
        observer.observe(element);
    }
    Watch {
        observer,
        _seen: seen,
    }
}
