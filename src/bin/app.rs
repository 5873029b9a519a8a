//! The bundle for the reader's browser: hydrates a prerendered page or mounts an empty shell.

#[cfg(target_arch = "wasm32")]
fn main() {
    dateline::app::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("This binary is for browsers; run: cargo xtask serve");
}
