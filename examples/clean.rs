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
        language: Some("en"),
        ..Context::new(&HOST, Some("https://news.example/story"))
    };
    for path in std::env::args().skip(1) {
        let body = Body::Html(std::fs::read_to_string(path)?);
        println!("{}", write(&clean(&body, &context).blocks, &options));
    }
    Ok(())
}
