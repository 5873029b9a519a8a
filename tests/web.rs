//! The browser's half of `platform`, in a real browser: what it must agree on with the native half.
//!
//! Run by `cargo xtask test --only wasm`, in headless Chromium. What needs a whole page is in
//! `tests/e2e/`; here stand the functions the pure layers borrow.
#![cfg(target_arch = "wasm32")]

use dateline::html::tree::{Element, Node};
use dateline::platform::HOST;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn element(node: &Node) -> &Element {
    match node {
        Node::Element(element) => element,
        Node::Text(text) => panic!("an element was expected, not the text {text:?}"),
    }
}

fn text(nodes: &[Node]) -> String {
    let one = |node: &Node| match node {
        Node::Text(text) => text.clone(),
        Node::Element(element) => text(&element.children),
    };
    nodes.iter().map(one).collect()
}

#[wasm_bindgen_test]
fn markup_is_read_into_the_neutral_tree() {
    let tree = (HOST.parse_html)("<p class=\"a\">The <em>ferry</em> is <!-- not --> late</p>");
    let paragraph = element(&tree[0]);
    assert_eq!(
        (tree.len(), paragraph.name.as_str(), paragraph.html),
        (1, "p", true)
    );
    assert_eq!(paragraph.attribute("class"), Some("a"));
    assert_eq!(text(&paragraph.children), "The ferry is  late");
    assert_eq!(
        paragraph.children.len(),
        3,
        "the texts around a comment are one"
    );
}

#[wasm_bindgen_test]
fn nothing_that_is_parsed_runs() {
    let window = web_sys::window().expect("a browser has a window");
    (HOST.parse_html)("<img src=x onerror=\"window.ran = 1\"><script>window.ran = 1</script>");
    let ran = js_sys::Reflect::has(&window, &"ran".into()).expect("a window has properties");
    assert!(!ran);
}

#[wasm_bindgen_test]
fn a_form_that_clobbers_the_walk_is_survived() {
    let hostile = "<form><input name=namespaceURI><input name=attributes><input name=nextSibling>\
                   </form><p>after</p>";
    let tree = (HOST.parse_html)(hostile);
    assert_eq!(element(&tree[0]).name, "form");
    assert_eq!(text(&tree), "after");
}

#[wasm_bindgen_test]
fn foreign_elements_are_known_as_such() {
    let tree = (HOST.parse_html)("<svg><a href=\"x\">drawn</a></svg>");
    assert!(!element(&tree[0]).html);
}

#[wasm_bindgen_test]
fn addresses_resolve_as_the_standard_says() {
    let resolve = |reference| (HOST.resolve)("https://news.example/a/b/", reference);
    assert_eq!(
        resolve("../c?x=1").as_deref(),
        Some("https://news.example/a/c?x=1")
    );
    assert_eq!(
        resolve("//cdn.example/p.jpg").as_deref(),
        Some("https://cdn.example/p.jpg")
    );
    assert_eq!(resolve("https://["), None);
}

#[wasm_bindgen_test]
fn a_bad_pattern_is_an_error_and_not_an_end() {
    assert_eq!(
        (HOST.replace)("a(.)", "abac", "<$1>").as_deref(),
        Ok("<b><c>")
    );
    assert!((HOST.replace)("(", "text", "").is_err());
}

#[wasm_bindgen_test]
fn broken_xml_is_an_error_with_words() {
    let root = (HOST.parse_xml)("<rss><channel><title>News &amp; views</title></channel></rss>");
    assert_eq!(
        root.map(|root| text(&root.children)).as_deref(),
        Ok("News & views")
    );
    assert!((HOST.parse_xml)("<rss><channel></rss>").is_err_and(|error| !error.is_empty()));
}
