//! Bodies in a real browser: its parser gives what html5ever gives, its nodes what `html::write`
//! writes, and nothing in hostile markup runs, asks for anything or hangs while it is read.
#![cfg(target_arch = "wasm32")]

use dateline::html::{Cleaned, Context, WriteOptions, clean, write};
use dateline::model::Body;
use dateline::platform::{HOST, body};
use dateline::strings::Strings;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element};

wasm_bindgen_test_configure!(run_in_browser);

#[path = "html/markup.rs"]
mod markup;

macro_rules! fixtures {
    ($($name:literal),*) => {
        &[$(($name,
            include_str!(concat!("html/", $name, ".html")),
            include_str!(concat!("html/", $name, ".expected.html")))),*]
    };
}

/// Name, markup, and what the native side made of it.
const FIXTURES: &[(&str, &str, &str)] = fixtures![
    "attacks",
    "captions",
    "embeds",
    "found-brackets",
    "found-deep",
    "found-ends",
    "found-frames",
    "found-places",
    "found-players",
    "found-points",
    "found-shortcodes",
    "found-space",
    "ghost",
    "live",
    "messy",
    "points",
    "wordpress"
];

fn strings() -> Strings {
    let locale = include_str!("../public/app/locales/en.json");
    Strings::parse("en", locale).expect("the English locale")
}

/// The source's own stories, by the address they have there and by the one they have here.
fn site_link(url: &str) -> Option<String> {
    let slug = ["https://news.example/own/", "https://news.example/article/"]
        .iter()
        .find_map(|home| url.strip_prefix(home))?;
    Some(format!("/article/{}/", slug.trim_end_matches('/')))
}

fn cleaned(html: &str) -> Cleaned {
    let context = Context {
        host: &HOST,
        base_url: Some("https://news.example/own/story"),
        site_links: &site_link,
        headline: None,
        lead_image: None,
        id_prefix: "s-",
        comment: false,
        language: Some("en"),
    };
    clean(&Body::Html(html.to_owned()), &context)
}

fn document() -> Document {
    web_sys::window()
        .and_then(|window| window.document())
        .expect("a document")
}

fn container() -> Element {
    document().create_element("div").expect("an element")
}

/// The body as text, and as nodes read back from the document that holds them.
fn both_ways(html: &str) -> (String, String) {
    let strings = strings();
    let options = WriteOptions {
        strings: &strings,
        moment: dateline::platform::moment,
        comment: false,
    };
    let blocks = cleaned(html).blocks;
    let container = container();
    body::build(&blocks, &options, &container);
    (write(&blocks, &options), container.inner_html())
}

fn lines(html: &str) -> String {
    format!("{}\n", html.replace("><", ">\n<"))
}

#[wasm_bindgen_test]
fn fixtures_come_out_as_they_do_natively() {
    for (name, html, expected) in FIXTURES {
        let (written, _) = both_ways(html);
        let written = lines(&written);
        for (found, wanted) in written.lines().zip(expected.lines()) {
            assert_eq!(found, wanted, "{name}");
        }
        assert_eq!(written.lines().count(), expected.lines().count(), "{name}");
    }
}

#[wasm_bindgen_test]
fn generated_fragments_come_out_as_they_do_natively() {
    let expected = include_str!("html/fragments.txt");
    let mut different = Vec::new();
    for (seed, wanted) in (0..markup::FRAGMENTS).zip(expected.lines()) {
        let html = markup::markup(seed);
        let (written, _) = both_ways(&html);
        if markup::digest(&written) != wanted {
            different.push(format!("{seed}: {html:?}\n   gives {written}"));
        }
    }
    assert!(
        different.is_empty(),
        "{} differ:\n{}",
        different.len(),
        different[..different.len().min(5)].join("\n")
    );
}

#[wasm_bindgen_test]
fn built_nodes_are_what_written_text_parses_to() {
    let generated = (0..500).map(markup::markup);
    let fixtures = FIXTURES.iter().map(|(_, html, _)| (*html).to_owned());
    for html in fixtures.chain(generated) {
        let (written, built) = both_ways(&html);
        assert_eq!(
            (HOST.parse_html)(&written),
            (HOST.parse_html)(&built),
            "{html}"
        );
    }
}

#[wasm_bindgen_test]
fn reading_hostile_markup_runs_nothing_and_asks_for_nothing() {
    let attacks = FIXTURES
        .iter()
        .find(|(name, ..)| *name == "attacks")
        .expect("the attacks")
        .1;
    let before = document()
        .document_element()
        .expect("a root")
        .outer_html()
        .len();
    let requests = || {
        let performance = js_sys::Reflect::get(&js_sys::global(), &"performance".into());
        let list = js_sys::Reflect::get(
            performance.as_ref().expect("a clock"),
            &"getEntriesByType".into(),
        );
        let list: js_sys::Function = list.expect("a method").into();
        let entries = list.call1(performance.as_ref().expect("a clock"), &"resource".into());
        js_sys::Array::from(&entries.expect("entries")).length()
    };
    let asked = requests();
    let _ = (HOST.parse_html)(attacks);
    let _ = cleaned(attacks);
    assert_eq!(requests(), asked, "nothing was requested");
    let after = document()
        .document_element()
        .expect("a root")
        .outer_html()
        .len();
    assert_eq!(after, before, "nothing outside the fragment changed");
}

#[wasm_bindgen_test]
fn forms_cannot_shadow_the_walk() {
    for html in [
        "<form><input name=namespaceURI><input name=attributes><input name=localName><p>in</p></form>",
        "<form id=f></form><input form=f name=nextSibling><input form=f name=firstChild><p>in</p>",
        "<form name=nodeType><input name=nodeType><input name=parentNode><p>in</p></form>",
    ] {
        assert_eq!(both_ways(html).0, "<p>in</p>", "{html}");
    }
}

#[wasm_bindgen_test]
fn a_quarter_of_a_megabyte_is_read_in_a_blink() {
    let html =
        "<p>A <b>bold</b> word and <a href='https://x.example/'>a link</a> in a line of text.</p>"
            .repeat(3_000);
    let start = js_sys::Date::now();
    assert_eq!(cleaned(&html).blocks.len(), 3_000);
    let took = js_sys::Date::now() - start;
    // Generous: tests are not optimised.
    assert!(took < 5_000.0, "{took} ms");
}

fn clicked(within: &Element, selector: &str) {
    use wasm_bindgen::JsCast;
    let found = within
        .query_selector(selector)
        .expect("a selector")
        .expect(selector);
    found.unchecked_into::<web_sys::HtmlElement>().click();
}

fn alive(html: &str) -> (Element, dateline::platform::body_behaviour::Behaviour) {
    let strings = strings();
    let options = WriteOptions {
        strings: &strings,
        moment: dateline::platform::moment,
        comment: false,
    };
    let container = container();
    body::build(&cleaned(html).blocks, &options, &container);
    let behaviour =
        dateline::platform::body_behaviour::attach(&container, std::sync::Arc::new(strings));
    (container, behaviour)
}

#[wasm_bindgen_test]
fn an_embed_loads_on_a_click_and_always_when_told_so() {
    use dateline::platform::embeds;

    // The container is in no document, so that the frame asks for nothing here.
    let html = "<iframe src='https://www.youtube.com/embed/abcdefghijk' title='Dawn'></iframe>";
    embeds::set_always("youtube", false);
    let (container, _behaviour) = alive(html);
    let frame = |container: &Element| container.query_selector("iframe").expect("a selector");
    assert!(frame(&container).is_none(), "nothing loads before a click");
    clicked(&container, "button");
    let loaded = frame(&container).expect("a frame");
    let attribute = |name: &str| loaded.get_attribute(name).unwrap_or_default();
    assert!(attribute("src").starts_with("https://www.youtube-nocookie.com/embed/abcdefghijk"));
    assert_eq!(attribute("title"), "YouTube: Dawn");
    assert!(attribute("sandbox").contains("allow-scripts"));
    clicked(&container, "button.always");
    assert_eq!(embeds::always(), ["youtube"]);

    let (container, _behaviour) = alive(html);
    let src = frame(&container)
        .and_then(|frame| frame.get_attribute("src"))
        .expect("a frame");
    assert!(
        !src.contains("autoplay=1"),
        "nothing plays by itself: {src}"
    );
    embeds::set_always("youtube", false);
}

/// The next event of a name on the window.
async fn next(name: &str) {
    let window = web_sys::window().expect("a window");
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let _ = window.add_event_listener_with_callback(name, &resolve);
    });
    wasm_bindgen_futures::JsFuture::from(promise)
        .await
        .expect("an event");
}

#[wasm_bindgen_test]
async fn pictures_open_large_and_back_closes_them() {
    use wasm_bindgen::JsCast;

    let window = web_sys::window().expect("a window");
    let origin = window.location().origin().expect("an origin");
    let (container, _behaviour) = alive(&format!(
        "<figure><img src='{origin}/a.png' width=40 height=60 alt=A><figcaption>First</figcaption></figure>\
         <p>x</p><figure><img src='{origin}/b.png' width=40 height=60 alt=B></figure>"
    ));
    let page = document().body().expect("a body");
    page.append_child(&container).expect("room");
    let dialog = || {
        document()
            .query_selector("dialog.lightbox")
            .expect("a selector")
    };
    let hash = || {
        web_sys::window()
            .and_then(|w| w.location().hash().ok())
            .unwrap_or_default()
    };

    // The test runner's own page has a fragment.
    let before = hash();
    clicked(&container, "a.zoom");
    let open = dialog().expect("an open dialog");
    assert_eq!(hash(), "#picture-1");
    assert_eq!(
        open.query_selector_all("figure")
            .expect("a selector")
            .length(),
        2
    );
    assert!(open.text_content().unwrap_or_default().contains("First"));
    let closed = next("popstate");
    window
        .history()
        .and_then(|history| history.back())
        .expect("a history");
    closed.await;
    assert_eq!(hash(), before);

    clicked(&container, "figure:last-of-type a.zoom");
    assert_eq!(hash(), "#picture-2");
    let left = next("popstate");
    let open: web_sys::HtmlDialogElement = dialog_of(&document());
    open.close();
    left.await;
    assert_eq!(hash(), before, "closing goes back");
    assert!(dialog().is_none(), "nothing of it stays");
    let focused = document().active_element().expect("a focus");
    assert!(
        focused
            .unchecked_ref::<Element>()
            .closest("figure")
            .expect("a selector")
            .is_some()
    );
    container.remove();
}

fn dialog_of(document: &Document) -> web_sys::HtmlDialogElement {
    use wasm_bindgen::JsCast;
    let list = document
        .query_selector_all("dialog[open]")
        .expect("a selector");
    list.item(0).expect("an open dialog").unchecked_into()
}
