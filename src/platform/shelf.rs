//! The shelf of saved stories: the script that keeps them, and the list it leaves on the device.

use super::{local_store, module};
use crate::reader::keys;
use crate::reader::saved::{self, Saved};

/// Where the root says which script keeps them.
const SHELF: &str = "data-shelf";

/// What the list says, without asking anybody; nothing where stories cannot be kept.
pub fn peek(base: &str) -> Option<Vec<Saved>> {
    if !module::present("caches") {
        return None;
    }
    let list = local_store().read(&[keys::SAVED, base].concat());
    let list = list.ok().flatten().and_then(|json| saved::read(&json));
    Some(list.unwrap_or_default())
}

/// Asks the script; every answer is the list as it is afterwards. Nothing where it could not be done.
pub async fn ask(base: String, what: &str, detail: String) -> Option<Vec<Saved>> {
    let arguments = vec![base, what.to_owned(), detail];
    let told = module::call(module::address(SHELF), "datelineShelf", arguments).await;
    saved::read(&told.ok()?)
}
