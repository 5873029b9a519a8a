//! The reading history, in the desk: looked at on every page while the reader has it switched on
//! (`public/app/boot.js` asks). `docs/decisions/0075-reading-history.md` says why it lives here.

use std::cell::RefCell;

use super::guests;
use crate::platform::history as page;
use crate::platform::nodes::{self, Mounted};
use crate::store::history;
use crate::view::parts::history as parts;

thread_local! {
    static SHOWN: RefCell<Option<Mounted>> = const { RefCell::new(None) };
}

/// Marks the page that is shown, and offers what there is to offer.
///
/// # Errors
/// When the texts cannot be loaded.
pub async fn look() -> Result<(), String> {
    let strings = guests::texts().await?;
    clear();
    if let Some(offer) = history::look(&strings)
        && let Some(layer) = page::layer()
    {
        let place = offer.back.then_some(page::PLACE);
        let line = || parts::offer(&strings, offer.text, place, clear);
        SHOWN.set(Some(nodes::mount(&layer, line)));
    }
    Ok(())
}

fn clear() {
    drop(SHOWN.take());
}
