//! The bundle that brings comment forms, drafts, saved stories and the search to life, sends the
//! comments that wait, and keeps the reading history for those who want one.

#[cfg(target_arch = "wasm32")]
fn main() {
    dateline::app::desk::start();
}

/// Brings a part of a prerendered page to life (`platform::bundle`).
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub async fn part(
    place: web_sys::HtmlElement,
    island: String,
) -> Result<(), wasm_bindgen::JsValue> {
    Ok(dateline::app::guests::part(place, island, dateline::view::parts::desk_part).await?)
}

/// Ends the parts that were brought to life: their page is left.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn rest() {
    dateline::app::guests::rest();
}

/// Sends what waits, of the site that the island names.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn deliver(island: String) {
    dateline::app::desk::deliver(&island);
}

/// Looks at the page that is shown for the reading history (`public/app/boot.js`).
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub async fn history() -> Result<(), wasm_bindgen::JsValue> {
    Ok(dateline::app::history::look().await?)
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("This binary is for browsers; run: cargo xtask serve");
}
