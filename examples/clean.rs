//! Cleans HTML files and prints the bodies: `cargo run --example clean -- FILE…`.

use dateline::html::{Context, WriteOptions, clean, write};
use dateline::model::Body;
use dateline::platform::HOST;
use dateline::strings::Strings;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let strings = Strings::parse("en", include_str!("../public/app/locales/en.json"))?;
    let options = WriteOptions {
        strings: &strings,
        moment: dateline::platform::moment,
        comment: false,
    };
    let context = Context {
        host: &HOST,
        base_url: Some("https://news.example/story"),
        site_links: &|_| None,
        headline: None,
        lead_image: None,
        id_prefix: "s-",
        comment: false,
        language: Some("en"),
    };
    for path in std::env::args().skip(1) {
        let body = Body::Html(std::fs::read_to_string(path)?);
        println!("{}", write(&clean(&body, &context).blocks, &options));
    }
    Ok(())
}
