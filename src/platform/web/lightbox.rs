//! Pictures at their full size, one beside the other: a native dialog that scrolls.
//!
//! Swiping is scrolling, so it needs no code; arrows scroll too. The open dialog has an address of
//! its own (`#picture-2`), so Back closes it, and closing it otherwise goes back.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlDialogElement, HtmlElement, KeyboardEvent};

use super::body_behaviour::elements;
use super::events::{Listener, listen};
use super::navigation;
use crate::strings::{Key, Strings};

thread_local! {
    /// The dialog that is open and its listeners; a dialog that closes takes them along.
    static OPEN: std::cell::RefCell<Option<Open>> = const { std::cell::RefCell::new(None) };
}

struct Open {
    dialog: HtmlDialogElement,
    _listeners: Vec<Listener>,
}

/// Takes the open pictures away: their page is left.
pub(super) fn end() {
    if let Some(open) = OPEN.take() {
        open.dialog.remove();
    }
}

/// Opens the pictures behind `links` at one of them. `false` when this browser cannot, and the
/// link should be followed instead.
pub(super) fn open(links: &[Element], at: usize, strings: &Strings) -> bool {
    show(links, at, strings).is_some()
}

fn show(links: &[Element], at: usize, strings: &Strings) -> Option<()> {
    let window = web_sys::window()?;
    let document = window.document()?;
    let dialog: HtmlDialogElement = document.create_element("dialog").ok()?.dyn_into().ok()?;
    dialog.set_class_name("lightbox");
    dialog
        .set_attribute("aria-label", strings.get(Key::EnlargePicture))
        .ok()?;
    let track = document.create_element("div").ok()?;
    track.set_class_name("lightbox-track");
    // What scrolls is reached by keyboard, whatever else is in it.
    track.set_attribute("tabindex", "0").ok()?;
    for (n, link) in links.iter().enumerate() {
        let slide = slide(&document, link, n, links.len(), strings)?;
        track.append_child(&slide).ok()?;
    }
    let button = |class: &str, key: Key| -> Option<Element> {
        let button = document.create_element("button").ok()?;
        button.set_attribute("type", "button").ok()?;
        button.set_attribute("aria-label", strings.get(key)).ok()?;
        button.set_class_name(class);
        dialog.append_child(&button).ok()?;
        Some(button)
    };
    button("lightbox-close", Key::Close)?;
    dialog.append_child(&track).ok()?;
    if links.len() > 1 {
        button("lightbox-previous", Key::PreviousPicture)?;
        button("lightbox-next", Key::NextPicture)?;
    }
    document.body()?.append_child(&dialog).ok()?;
    if dialog.show_modal().is_err() {
        dialog.remove();
        return None;
    }
    scroll_to(&track, at);
    // Only from now on: opening goes straight to the picture that was asked for.
    track.set_class_name("lightbox-track smooth");
    navigation::open(&["#picture-", &(at + 1).to_string()].concat());
    listen_to(&dialog, &track, links.to_vec(), at);
    Some(())
}

fn slide(
    document: &Document,
    link: &Element,
    n: usize,
    total: usize,
    strings: &Strings,
) -> Option<Element> {
    let figure = document.create_element("figure").ok()?;
    let place = [("n", (n + 1).to_string()), ("total", total.to_string())];
    let place: Vec<_> = place
        .iter()
        .map(|(key, value)| (*key, value.as_str()))
        .collect();
    figure
        .set_attribute("aria-label", &strings.fill(Key::Picture, &place))
        .ok()?;
    let image = document.create_element("img").ok()?;
    let alt = link
        .query_selector("img")
        .ok()??
        .get_attribute("alt")
        .unwrap_or_default();
    image.set_attribute("alt", &alt).ok()?;
    image.set_attribute("loading", "lazy").ok()?;
    image
        .set_attribute("src", &link.get_attribute("href")?)
        .ok()?;
    figure.append_child(&image).ok()?;
    let caption = link
        .closest("figure")
        .ok()??
        .query_selector("figcaption")
        .ok()?;
    if let Some(caption) = caption {
        // A copy, links and credit included.
        figure
            .append_child(&caption.clone_node_with_deep(true).ok()?)
            .ok()?;
    }
    Some(figure)
}

fn listen_to(dialog: &HtmlDialogElement, track: &Element, links: Vec<Element>, at: usize) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let mut listeners = Vec::new();

    let (shown, scrolled) = (dialog.clone(), track.clone());
    listeners.push(listen(
        dialog,
        "click",
        Box::new(move |event| {
            let Some(target) = event
                .target()
                .and_then(|target| target.dyn_into::<Element>().ok())
            else {
                return;
            };
            match target
                .closest("button")
                .ok()
                .flatten()
                .map(|button| button.class_name())
                .as_deref()
            {
                Some("lightbox-previous") => step(&scrolled, -1),
                Some("lightbox-next") => step(&scrolled, 1),
                Some(_) => shown.close(),
                // The space around a picture closes as well.
                None if target.tag_name() == "FIGURE"
                    || target == *shown.unchecked_ref::<Element>() =>
                {
                    shown.close()
                }
                None => {}
            }
        }),
    ));

    let scrolled = track.clone();
    listeners.push(listen(
        dialog,
        "keydown",
        Box::new(move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                return;
            };
            let by = match event.key().as_str() {
                "ArrowLeft" => -1,
                "ArrowRight" => 1,
                _ => return,
            };
            event.prevent_default();
            step(&scrolled, if is_rtl(&scrolled) { -by } else { by });
        }),
    ));

    // A dialog that has closed is nowhere scrolled to (Firefox), so it is asked before.
    let seen = Rc::new(Cell::new(at));
    let (scrolled, last) = (track.clone(), seen.clone());
    let scroll = move |_| last.set(current(&scrolled));
    listeners.push(listen(track, "scroll", Box::new(scroll)));

    let leave = {
        let shown = dialog.clone();
        move || leave(&shown, links.get(seen.get()))
    };
    let by_history = leave.clone();
    listeners.push(listen(&window, "popstate", Box::new(move |_| by_history())));
    listeners.push(listen(
        dialog,
        "close",
        Box::new(move |_| {
            leave();
            if let Some(Ok(history)) = web_sys::window().map(|window| window.history()) {
                let _ = history.back();
            }
        }),
    ));
    OPEN.set(Some(Open {
        dialog: dialog.clone(),
        _listeners: listeners,
    }));
}

/// Takes the dialog away and puts the focus on the picture that was shown last.
fn leave(dialog: &HtmlDialogElement, opener: Option<&Element>) {
    // The listeners are let go once the one that is running has returned.
    let ended = OPEN.take();
    super::spawn(async move { drop(ended) });
    dialog.remove();
    if let Some(opener) = opener.and_then(|opener| opener.dyn_ref::<HtmlElement>()) {
        let _ = opener.focus();
    }
}

fn slides(track: &Element) -> Vec<HtmlElement> {
    elements(track, "figure")
        .into_iter()
        .filter_map(|figure| figure.dyn_into().ok())
        .collect()
}

/// The slide nearest to the start of the track.
fn current(track: &Element) -> usize {
    let from = track.scroll_left();
    let slides = slides(track);
    let first = slides.first().map_or(0, HtmlElement::offset_left);
    (0..slides.len())
        .min_by_key(|at| (slides[*at].offset_left() - first - from).abs())
        .unwrap_or(0)
}

fn scroll_to(track: &Element, at: usize) {
    let slides = slides(track);
    if let (Some(first), Some(slide)) = (slides.first(), slides.get(at)) {
        track.set_scroll_left(slide.offset_left() - first.offset_left());
    }
}

fn step(track: &Element, by: isize) {
    if let Some(at) = current(track).checked_add_signed(by) {
        scroll_to(track, at);
    }
}

fn is_rtl(track: &Element) -> bool {
    track
        .closest("[dir]")
        .ok()
        .flatten()
        .and_then(|e| e.get_attribute("dir"))
        .as_deref()
        == Some("rtl")
}
