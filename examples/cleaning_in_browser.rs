//! The module whose speed in Chromium and whose size `cargo xtask bench` measures: a body's markup
//! goes in, an element that holds the cleaned body comes out.
//!
//! Built with `DATELINE_BARE` set it puts the markup into an element as words and does nothing
//! else: what it is smaller by is what cleaning adds to a bundle.

fn main() {}

#[cfg(target_arch = "wasm32")]
mod module {
    use dateline::html::{Context, WriteOptions, clean};
    use dateline::model::Body;
    use dateline::platform::{HOST, body};
    use dateline::strings::Strings;
    use wasm_bindgen::prelude::wasm_bindgen;
    use web_sys::Element;

    const BARE: bool = option_env!("DATELINE_BARE").is_some();

    thread_local! {
        static STRINGS: Strings = Strings::parse("en", "{}").expect("an empty locale");
    }

    /// The cleaned body in an element that stands nowhere.
    #[wasm_bindgen]
    pub fn cleaned(html: String) -> Option<Element> {
        let document = web_sys::window()?.document()?;
        let place = document.create_element("div").ok()?;
        STRINGS.with(|strings| {
            if BARE {
                place.set_text_content(Some(strings.get(dateline::strings::Key::Close)));
                return;
            }
            let context = Context {
                language: Some("en"),
                ..Context::new(&HOST, Some("https://news.example/article/"))
            };
            let options = WriteOptions {
                strings,
                comment: false,
                moment: dateline::platform::moment,
            };
            let blocks = clean(&Body::Html(html), &context).blocks;
            body::build(&blocks, &options, &place);
        });
        Some(place)
    }
}
