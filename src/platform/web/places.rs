//! Where the reader was on each entry of the tab's history, and the way back there.
//!
//! Called by `navigation` alone. What this document knows is in memory; when it is left, the tab
//! notes it (`docs/decisions/0002-each-page-a-mount.md`), so that a page that is loaded anew knows
//! it again.

use std::cell::RefCell;

use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Document, Element, HtmlElement, MutationObserver, MutationObserverInit, ResizeObserver, Window,
};

use super::events::{Listener, listen};
use super::local;
use super::page::{document, elements};

/// The tab's own note of places.
const NOTE: &str = "dateline:1:places";

thread_local! {
    /// By the entry's number: how far the page was scrolled, and the link that was followed. An
    /// object of JavaScript, which writes and reads it with less code than ours.
    static PLACES: RefCell<Object> = RefCell::new(Object::new());
    /// The way that is being gone.
    static WAY: RefCell<Option<Way>> = const { RefCell::new(None) };
}

/// A place on an entry of history.
pub struct Place {
    x: f64,
    y: f64,
    /// The `href` of the link that was followed; empty where none was.
    link: String,
}

/// Remembers where the reader is on an entry, and the link that is followed from there.
pub fn remember(entry: f64, link: Option<String>) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let link = link.or_else(|| on(entry).map(|place| place.link));
    let place = Array::of3(
        &window.scroll_x().unwrap_or_default().into(),
        &window.scroll_y().unwrap_or_default().into(),
        &link.unwrap_or_default().into(),
    );
    let _ = PLACES.with_borrow(|places| Reflect::set(places, &entry.into(), &place));
}

/// The place on an entry.
pub fn on(entry: f64) -> Option<Place> {
    let place = PLACES.with_borrow(|places| Reflect::get(places, &entry.into()).ok())?;
    let place: Array = place.dyn_into().ok()?;
    Some(Place {
        x: place.get(0).as_f64()?,
        y: place.get(1).as_f64()?,
        link: place.get(2).as_string()?,
    })
}

/// Has the tab note every place.
pub fn note() {
    if let Ok(places) = PLACES.with_borrow(|places| JSON::stringify(places)) {
        local::note(NOTE, places.as_string().as_deref());
    }
}

/// Knows again what the tab noted, as far as nothing newer is known.
pub fn recall() {
    let noted = local::recall(NOTE).and_then(|noted| JSON::parse(&noted).ok());
    if let Some(Ok(noted)) = noted.map(JsValue::dyn_into::<Object>) {
        PLACES.with_borrow_mut(|places| *places = Object::assign(&noted, places));
    }
}

/// A way back to a place. What a page shows may come after the page itself: whenever its height
/// changes, or something is put in another's place, the way is gone again, until the reader does
/// something or is elsewhere.
struct Way {
    to: Place,
    /// Whether the focus goes along.
    focus: bool,
    /// How far down it led.
    reached: f64,
    /// What it gave the focus.
    landed: Option<Element>,
    resized: ResizeObserver,
    changed: MutationObserver,
    _again: [Closure<dyn FnMut()>; 2],
    _acts: [Listener; 2],
}

impl Drop for Way {
    fn drop(&mut self) {
        self.resized.disconnect();
        self.changed.disconnect();
    }
}

impl Way {
    fn go(&mut self, window: &Window, document: &Document) {
        window.scroll_to_with_x_and_y(self.to.x, self.to.y);
        self.reached = down(window);
        if self.focus {
            self.landed = land(document, &self.to.link);
        }
    }

    /// Whether the reader is elsewhere; a page that became shorter takes them along.
    fn left(&self, window: &Window, document: &Document) -> bool {
        let focus = document.active_element();
        let taken = self.focus
            && focus.is_some_and(|it| it.tag_name() != "BODY" && Some(&it) != self.landed.as_ref());
        taken || ((down(window) - self.reached).abs() > 1.0 && !at_end(window))
    }
}

/// Leads the reader back to a place.
pub fn lead(to: Place, focus: bool) {
    end();
    let (Some(window), Some(document)) = (web_sys::window(), document()) else {
        return;
    };
    let again = Closure::<dyn FnMut()>::new(go_again);
    // A step that lays out more of the page would change its size while it is told of.
    let later = Closure::<dyn FnMut()>::new(|| super::timer::later(0, go_again));
    let resized = ResizeObserver::new(later.as_ref().unchecked_ref());
    let changed = MutationObserver::new(again.as_ref().unchecked_ref());
    let (Ok(resized), Ok(changed), Some(body)) = (resized, changed, document.body()) else {
        return;
    };
    let nodes = MutationObserverInit::new();
    nodes.set_child_list(true);
    nodes.set_subtree(true);
    resized.observe(&body);
    let _ = changed.observe_with_options(&body, &nodes);
    let act = |name| listen(&window, name, Box::new(|_| end()));
    let mut way = Way {
        to,
        focus,
        reached: 0.0,
        landed: None,
        resized,
        changed,
        _again: [again, later],
        _acts: ["keydown", "pointerdown"].map(act),
    };
    way.go(&window, &document);
    WAY.set(Some(way));
}

/// Leads back to the place on an entry whose page was loaded anew, where the browser could not: it
/// stays at the top, or at the end of a page that is still to grow.
pub fn resume(entry: f64) {
    if let (Some(place), Some(window)) = (on(entry), web_sys::window())
        && (down(&window) == 0.0 || at_end(&window))
    {
        lead(place, false);
    }
}

fn go_again() {
    let (Some(window), Some(document)) = (web_sys::window(), document()) else {
        return;
    };
    let left = WAY.with_borrow_mut(|way| {
        let Some(way) = way else { return false };
        let left = way.left(&window, &document);
        if !left {
            way.go(&window, &document);
        }
        left
    });
    if left {
        end();
    }
}

/// Ends the way back: the reader is elsewhere.
pub fn end() {
    // Its listeners are let go once the one that is running has returned.
    let ended = WAY.take();
    super::spawn(async move { drop(ended) });
}

fn down(window: &Window) -> f64 {
    window.scroll_y().unwrap_or_default()
}

/// Whether the page cannot be scrolled further down.
fn at_end(window: &Window) -> bool {
    let height = window
        .inner_height()
        .ok()
        .and_then(|height| height.as_f64());
    let page = document().and_then(|document| document.document_element());
    let page = page.map_or(0, |page| page.scroll_height());
    down(window) + height.unwrap_or_default() >= f64::from(page) - 1.0
}

/// Puts the focus on the link with a `href`, or on the page's heading where there is none; gives what
/// has it now.
pub fn land(document: &Document, href: &str) -> Option<Element> {
    let root = document.document_element().filter(|_| !href.is_empty());
    let link = root.and_then(|root| {
        let same = |link: &HtmlElement| link.get_attribute("href").as_deref() == Some(href);
        elements(&root, "a[href]").into_iter().find(same)
    });
    let heading = || {
        let first = |selector| document.query_selector(selector).ok().flatten();
        first("main h1").or_else(|| first("h1"))
    };
    let target = link.map(Element::from).or_else(heading)?;
    focus(&target);
    Some(target)
}

/// Moves focus without scrolling; elements that cannot take it are made able to.
fn focus(element: &Element) {
    if element.get_attribute("tabindex").is_none() && element.tag_name() != "A" {
        let _ = element.set_attribute("tabindex", "-1");
    }
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus_with_options(&options);
    }
}
