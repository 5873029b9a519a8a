//! The document as the app finds it: the root, its data island, a fetched page's parts, the head.

use wasm_bindgen::JsCast;
use web_sys::{Document, DomParser, Element, HtmlElement, Node};

/// Elements whose inside hydration never walks, and the structural count leaves out.
const OPAQUE: &str = "[data-opaque], noscript";

pub fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// `#app`.
pub fn root() -> Option<HtmlElement> {
    document()?.get_element_by_id("app")?.dyn_into().ok()
}

/// The text of the data island of a document.
pub fn island(document: &Document) -> Option<String> {
    document.get_element_by_id("page")?.text_content()
}

/// Whether a page comes alive by a script that no other page has.
pub fn has_own_script(document: &Document) -> bool {
    matches!(document.query_selector("#app script[src]"), Ok(Some(_)))
}

/// The elements that a selector finds inside another.
pub fn elements(within: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = within.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into().ok())
        .collect()
}

/// The page that stands in a document: its `#app`, to be put into this one.
pub fn app_of(document: &Document) -> Option<Element> {
    document.get_element_by_id("app")
}

/// Takes what stands in an element out of it, the nodes themselves.
pub fn take_inside(root: &Element) -> Option<Element> {
    let kept = root.clone_node().ok()?.dyn_into::<Element>().ok()?;
    move_children(root, &kept);
    Some(kept)
}

/// Puts what stands in one element into another, and says whose page it is.
pub fn put_inside(root: &Element, from: &Element) {
    if matches!(root.closest("[data-pictures=tap]"), Ok(Some(_))) {
        // Hidden lazy pictures are never fetched; the first of a page is eager.
        for image in elements(from, "img[fetchpriority]") {
            let _ = image.set_attribute("loading", "lazy");
        }
    }
    root.set_text_content(None);
    move_children(from, root);
    if let Some(route) = from.get_attribute("data-route") {
        let _ = root.set_attribute("data-route", &route);
    }
}

/// The same, leaving the other as it is.
pub fn copy_inside(root: &Element, from: &Element) {
    if let Ok(copy) = from.clone_node_with_deep(true)
        && let Ok(copy) = copy.dyn_into::<Element>()
    {
        put_inside(root, &copy);
    }
}

/// Parts of a page that often stand below the window (`style/app-cards.css` names the same).
const FAR: &str = "main .strip,main .related,main .reply,.footer";
/// Says of the root that a page was just put into it.
const TURNING: &str = "data-turning";

/// How high the far parts of a page are, for when it is shown again ([`turning`]). To be asked before
/// anything changes, so that the browser knows it already.
pub fn heights(root: &Element) -> Vec<(HtmlElement, String)> {
    let height = |part: HtmlElement| {
        let height = px(part.get_bounding_client_rect().height());
        (part, height)
    };
    elements(root, FAR).into_iter().map(height).collect()
}

/// Notes heights in parts that left the document: there it costs no round of styles.
pub fn note_heights(parts: Vec<(HtmlElement, String)>) {
    for (part, height) in parts {
        let _ = part.style().set_property("--height", &height);
    }
}

/// What is seen of a page while it is put in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Its beginning.
    Start,
    /// Any part of it: those out of sight keep the height they had, so that a place is found again.
    Part,
    All,
}

/// While a page is put in place, its parts out of sight are not laid out: the reader sees the rest
/// sooner.
pub fn turning(root: &Element, seen: Seen) {
    let _ = match seen {
        Seen::Start => root.set_attribute(TURNING, "start"),
        Seen::Part => root.set_attribute(TURNING, ""),
        Seen::All => root.remove_attribute(TURNING),
    };
}

/// A length in pixels as CSS writes it.
pub fn px(length: f64) -> String {
    // The browser writes the number: Rust's own way of writing fractions is kilobytes.
    let length = js_sys::Number::from(length).to_string_with_radix(10);
    length.map(String::from).unwrap_or_default() + "px"
}

fn move_children(from: &Element, to: &Element) {
    while let Some(child) = from.first_child() {
        if to.append_child(&child).is_err() {
            break;
        }
    }
}

/// Closes the menu of the masthead, if it is open; its button then has the focus where it is asked.
pub fn close_menu(focus: bool) {
    let Some(document) = document() else { return };
    let Ok(Some(menu)) = document.query_selector("details.menu[open]") else {
        return;
    };
    let _ = menu.remove_attribute("open");
    if focus
        && let Ok(Some(button)) = menu.query_selector("summary")
        && let Ok(button) = button.dyn_into::<HtmlElement>()
    {
        let _ = button.focus();
    }
}

/// The live document's title.
pub fn title() -> String {
    document()
        .map(|document| document.title())
        .unwrap_or_default()
}

/// The live document's language; English where it names none.
pub fn language() -> String {
    document()
        .and_then(|document| document.document_element())
        .and_then(|html| html.get_attribute("lang"))
        .filter(|language| !language.is_empty())
        .unwrap_or_else(|| "en".into())
}

/// Parses a fetched page without running or requesting anything.
pub fn parse(html: &[u8]) -> Option<Document> {
    let text = String::from_utf8_lossy(html);
    // The style sheet is in force already; parsing it once more would be the larger half.
    let bare = text.split_once("<style>").and_then(|(before, rest)| {
        let (_, after) = rest.split_once("</style>")?;
        Some([before, after].concat())
    });
    let markup = super::trusted::markup(bare.as_deref().unwrap_or(&text));
    let parser = DomParser::new().ok()?;
    // By hand: web-sys takes a string here, and Trusted Types want the policy's own value.
    let parse = js_sys::Reflect::get(&parser, &"parseFromString".into()).ok()?;
    let parse: js_sys::Function = parse.dyn_into().ok()?;
    parse
        .call2(&parser, &markup, &"text/html".into())
        .ok()?
        .dyn_into()
        .ok()
}

/// What a document says of the page it shows: title, language, and the tags marked `data-head`.
pub struct Head {
    title: String,
    language: [Option<String>; 2],
    tags: Vec<Node>,
}

const LANGUAGE: [&str; 2] = ["lang", "dir"];

/// The head of a document. Scripts (JSON-LD, for crawlers) stay where they are, and so does what was
/// asked for ahead of its page.
pub fn head_of(from: &Document) -> Head {
    let html = from.document_element();
    let mut tags: Vec<Node> = Vec::new();
    each(
        from,
        "head [data-head]:not(script,[rel=preload])",
        |element| {
            if let Ok(copy) = element.clone_node() {
                tags.push(copy);
            }
        },
    );
    Head {
        title: from.title(),
        language: LANGUAGE.map(|name| html.as_ref()?.get_attribute(name)),
        tags,
    }
}

/// Gives the live document the language and direction of a head: what the page is drawn with.
pub fn put_language(head: &Head) {
    if let Some(html) = document().and_then(|document| document.document_element()) {
        for (name, value) in LANGUAGE.iter().zip(&head.language) {
            if let Some(value) = value {
                let _ = html.set_attribute(name, value);
            }
        }
    }
}

/// Gives the live document the title and the tags of a head.
pub fn put_head(head: &Head) {
    let Some(document) = document() else { return };
    put_title(&head.title);
    let Some(own) = document.head() else { return };
    for tag in &head.tags {
        if let Ok(copy) = document.import_node_with_deep(tag, true) {
            let _ = own.append_child(&copy);
        }
    }
}

/// Gives the live document a title and nothing else that a head says of a page.
pub fn put_title(title: &str) {
    let Some(document) = document() else { return };
    document.set_title(title);
    each(&document, "head [data-head]", |element| element.remove());
}

/// Sets title and language of a page made in the browser.
pub fn set_head(title: &str, language: &str, direction: &str) {
    put_title(title);
    let Some(document) = document() else { return };
    if let Some(html) = document.document_element() {
        let _ = html.set_attribute("lang", language);
        let _ = html.set_attribute("dir", direction);
    }
}

fn each(document: &Document, selector: &str, mut action: impl FnMut(Element)) {
    let Ok(found) = document.query_selector_all(selector) else {
        return;
    };
    for index in 0..found.length() {
        if let Some(element) = found.item(index).and_then(|node| node.dyn_into().ok()) {
            action(element);
        }
    }
}

/// Elements, texts and comments under an element, opaque parts left out: the cheap check that a
/// page is as it was prerendered (`data-nodes`).
pub fn count_nodes(root: &Node) -> u32 {
    let mut count = 0;
    let mut next = root.first_child();
    while let Some(node) = next {
        count += 1;
        let opaque = node
            .dyn_ref::<Element>()
            .is_some_and(|element| element.matches(OPAQUE).unwrap_or(false));
        next = (!opaque).then(|| node.first_child()).flatten();
        let mut here = node;
        while next.is_none() {
            if let Some(sibling) = here.next_sibling() {
                next = Some(sibling);
            } else {
                match here.parent_node() {
                    Some(parent) if !parent.is_same_node(Some(root)) => here = parent,
                    _ => return count,
                }
            }
        }
    }
    count
}

/// An element of its own behind the page, for what lies over it. Made once.
pub fn layer(id: &str) -> Option<HtmlElement> {
    let document = document()?;
    if let Some(layer) = document.get_element_by_id(id) {
        return layer.dyn_into().ok();
    }
    let layer = document.create_element("div").ok()?;
    layer.set_id(id);
    let _ = layer.set_attribute("role", "status");
    document.body()?.append_child(&layer).ok()?;
    layer.dyn_into().ok()
}

/// Lets the browser load a page itself.
pub fn leave_for(path: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().assign(path);
    }
}

/// Tells the publisher's own scripts that a page is shown (`dateline-page` on `document`).
pub fn announce(path: &str, title: &str) {
    let Some(document) = document() else { return };
    let detail = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&detail, &"path".into(), &path.into());
    let _ = js_sys::Reflect::set(&detail, &"title".into(), &title.into());
    let init = web_sys::CustomEventInit::new();
    init.set_detail(&detail);
    if let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict("dateline-page", &init) {
        let _ = document.dispatch_event(&event);
    }
}

/// The app is running: `<html data-app="live">` says so to styles and tests, and the style sheet of
/// what only exists from now on is loaded.
pub fn came_alive(root: &HtmlElement) {
    let Some(document) = document() else { return };
    if let Some(html) = document.document_element() {
        let _ = html.set_attribute("data-app", "live");
    }
    let href = root
        .get_attribute("data-style")
        .filter(|href| !href.is_empty());
    if let (Some(href), Some(head)) = (href, document.head())
        && let Ok(link) = document.create_element("link")
    {
        let _ = link.set_attribute("rel", "stylesheet");
        let _ = link.set_attribute("href", &href);
        let _ = head.append_child(&link);
    }
}
