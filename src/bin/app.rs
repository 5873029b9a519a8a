//! The bundle that brings prerendered pages to life and turns them.

#[cfg(target_arch = "wasm32")]
fn main() {
    dateline::app::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("This binary is for browsers; run: cargo xtask serve");
}
