//! The desk: the bundle that brings a story's comments, its form and the list of drafts to life.
//!
//! Most readers never come near a comment form, so the app does not carry it
//! (`docs/decisions/0074-the-desk.md`). It loads this bundle when a form comes near, and at once
//! where something of the reader's is kept on this device.

use super::loudly;
use crate::page::Island;
use crate::platform::bundle;
use crate::store::{outbox, thread};

/// Called by the bundle's own start.
pub fn start() {
    loudly();
    thread::read_with(bundle::thread);
}

/// Begins to send what waits in the queue, on any page.
pub fn deliver(island: &str) {
    if let Some(island) = Island::read(island) {
        outbox::open(&island);
    }
}
