//! The reading history on the page that is shown: opens its record, marks the cards, offers the way
//! back to where reading stopped. Called on every page, only while the reader has switched it on.

use std::cell::RefCell;

use crate::platform::events::{self, Listener};
use crate::platform::history as page;
use crate::platform::{intl, local_store, timer};
use crate::reader::history::{History, Mark};
use crate::strings::{Key, Strings};

/// What the page can offer beside its marks.
pub struct Offer {
    /// How many stories are new since the last visit, or that this one was changed.
    pub text: Option<String>,
    /// Whether reading stopped at a place that a link can lead to.
    pub back: bool,
}

thread_local! {
    static LEAVING: RefCell<Vec<Listener>> = const { RefCell::new(Vec::new()) };
}

/// Looks at the page that is shown.
pub fn look(strings: &Strings) -> Option<Offer> {
    LEAVING.take();
    page::clear();
    if !page::wanted() {
        return None;
    }
    let store = local_store();
    let now = timer::millis();
    let mut history = History::load(&*store, now)?;
    history.visit(now);
    let story = page::story();
    let known = story
        .as_ref()
        .and_then(|story| history.open(&story.href, story.changed));
    history.keep(&*store);
    let new = mark(&history, strings);
    let Some(story) = story else {
        let plural = intl::plural(strings.plurals(), new);
        let number = intl::number(&strings.language, new);
        let text = || strings.fill_form(Key::NewSince, plural, &[("n", &number)]);
        let text = (new > 0).then(text);
        return text.is_some().then_some(Offer { text, back: false });
    };
    let changed = known.as_ref().is_some_and(|it| story.changed > it.changed);
    let place = known.map_or(0, |known| known.place);
    watch(story.href);
    let text = changed.then(|| strings.get(Key::UpdatedSince).to_owned());
    let back = place > 0 && page::name_place(place);
    (back || text.is_some()).then_some(Offer { text, back })
}

/// Marks the cards of the page; how many are new.
fn mark(history: &History, strings: &Strings) -> u64 {
    let mut new = 0;
    page::mark_cards(|href, published, changed| {
        let mark = history.mark(href, published, changed)?;
        new += u64::from(mark == Mark::New);
        let key = match mark {
            Mark::New => Key::NewMark,
            Mark::Read => Key::ReadMark,
            Mark::Updated => Key::UpdatedSince,
        };
        Some(strings.get(key).to_owned())
    });
    new
}

/// Keeps where reading stops, when the page is left or may be.
fn watch(href: String) {
    let leave = move || {
        let Some((block, end)) = page::place().filter(|_| page::wanted()) else {
            return;
        };
        let store = local_store();
        // Another tab may have written since.
        if let Some(mut history) = History::load(&*store, timer::millis()) {
            history.stop(&href, block, end);
            history.keep(&*store);
        }
    };
    let mut listening = events::on_leaving(leave.clone());
    listening.extend(page::on_scroll_end(leave));
    LEAVING.set(listening);
}
