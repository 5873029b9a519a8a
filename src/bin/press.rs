//! The bundle that makes pages in the browser: fills an empty shell, and reads comments for the app.

#[cfg(target_arch = "wasm32")]
fn main() {
    dateline::app::press::start();
}

/// The comments at an address, as the app takes them (`platform::press`).
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub async fn thread(
    url: String,
    story: Option<String>,
) -> Result<js_sys::Array, wasm_bindgen::JsValue> {
    let thread = dateline::app::press::thread(url, story).await?;
    Ok(dateline::platform::press::pack(thread))
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("This binary is for browsers; run: cargo xtask serve");
}
