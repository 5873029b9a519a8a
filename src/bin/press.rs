//! The bundle that makes pages in the browser: fills an empty shell, and reads comments for the desk.

/// Which formats this bundle reads, for `dateline prerender` (`proof::bundle`): costs no reader a
/// request and no browser a look.
#[cfg(target_arch = "wasm32")]
#[used]
#[unsafe(link_section = "dateline-formats")]
static FORMATS: [u8; 7] = dateline::source::FORMATS;

#[cfg(target_arch = "wasm32")]
fn main() {
    dateline::app::press::start();
}

/// The comments at an address, as the desk takes them (`platform::bundle`).
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub async fn thread(
    url: String,
    story: Option<String>,
) -> Result<js_sys::Array, wasm_bindgen::JsValue> {
    let thread = dateline::app::press::thread(url, story).await?;
    Ok(dateline::platform::bundle::pack(thread))
}

/// Brings a part of a prerendered page to life (`platform::bundle`).
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub async fn part(
    place: web_sys::HtmlElement,
    island: String,
) -> Result<(), wasm_bindgen::JsValue> {
    Ok(dateline::app::guests::part(place, island, dateline::view::parts::rare_part).await?)
}

/// Ends the parts that were brought to life: their page is left.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn rest() {
    dateline::app::guests::rest();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("This binary is for browsers; run: cargo xtask serve");
}
