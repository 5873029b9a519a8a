//! The widget's bundle: what `embed.js` calls. Reading a feed and writing its list; the element's
//! own life, fetching, building nodes and dates in words are `embed.js`'s, lent as one object, so
//! that the bundle needs none of the web's interfaces.

#[cfg(target_arch = "wasm32")]
mod exports {
    use dateline::html::Sink;
    use dateline::model::{Direction, Instant};
    use dateline::widget::{self, Answer, Lent, Options};
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        /// What `embed.js` lends: an element's attributes, a place for nodes, and the machine's
        /// knowledge of addresses and languages.
        pub type Page;
        #[wasm_bindgen(method)]
        fn get(this: &Page, name: &str) -> Option<String>;
        #[wasm_bindgen(method)]
        fn open(this: &Page, name: &str);
        #[wasm_bindgen(method)]
        fn attribute(this: &Page, name: &str, value: &str);
        #[wasm_bindgen(method)]
        fn text(this: &Page, text: &str);
        #[wasm_bindgen(method)]
        fn close(this: &Page);
        #[wasm_bindgen(method)]
        fn resolve(this: &Page, base: &str, reference: &str) -> Option<String>;
        /// Seconds since the epoch, and the publisher's offset in minutes.
        #[wasm_bindgen(method)]
        fn date(this: &Page, language: &str, epoch: f64, offset: i32, relative: bool) -> String;
    }

    struct Nodes<'a>(&'a Page);

    impl Sink for Nodes<'_> {
        fn open(&mut self, name: &'static str) {
            self.0.open(name);
        }
        fn attribute(&mut self, name: &'static str, value: &str) {
            self.0.attribute(name, value);
        }
        fn text(&mut self, text: &str) {
            self.0.text(text);
        }
        fn close(&mut self, _: &'static str) {
            self.0.close();
        }
    }

    /// A feed that is being read, and then is there. Freed by `embed.js` when no element shows it.
    #[wasm_bindgen]
    pub struct Reading {
        reading: widget::Reading,
        message: String,
    }

    #[wasm_bindgen]
    impl Reading {
        #[wasm_bindgen(constructor)]
        pub fn new(src: &str, kind: &str, category: &str) -> Self {
            let reading = widget::Reading::new(src, kind, category);
            let message = String::new();
            Self { reading, message }
        }

        /// The address to fetch next; nothing when the feed is there.
        pub fn ask(&self) -> Option<String> {
            self.reading.ask().map(str::to_owned)
        }

        /// Takes an answer; the code of `dateline-error` where it cannot be used, else empty.
        pub fn answer(&mut self, page: &Page, status: u16, url: &str, body: &[u8]) -> String {
            let resolve = |base: &str, reference: &str| page.resolve(base, reference);
            let lent = Lent { resolve: &resolve };
            let answer = Answer { status, url, body };
            match self.reading.answer(&answer, &lent) {
                Ok(()) => String::new(),
                Err(failure) => {
                    self.message = failure.message;
                    failure.code.into()
                }
            }
        }

        /// What went wrong, in words.
        pub fn message(&self) -> String {
            self.message.clone()
        }

        pub fn title(&self) -> String {
            self.reading.feed.title.clone()
        }

        pub fn language(&self) -> String {
            self.reading.feed.language.clone()
        }

        /// Writes heading and list as the element's attributes say; how many stories that were.
        pub fn show(&self, page: &Page) -> usize {
            let options = Options::read(&|name| page.get(name));
            let words = |language: &str, moment: Instant, relative: bool| {
                page.date(
                    language,
                    moment.epoch as f64,
                    moment.offset.into(),
                    relative,
                )
            };
            widget::write(&self.reading.feed, &options, &words, &mut Nodes(page))
        }
    }

    /// `rtl` or `ltr`, for the root of a feed in another language than its page.
    #[wasm_bindgen]
    pub fn direction(language: &str) -> String {
        Direction::of_language(language).as_str().to_owned()
    }
}

fn main() {}
