//! The running app, in the reader's browser. Above views and store; `bin/app.rs` calls [`start`],
//! `bin/press.rs` calls [`press::start`].
//!
//! Three bundles, because readers need very different things. A prerendered page is complete: the
//! **app** leaves its markup alone, brings the few parts to life that a reader can act on
//! ([`parts`]), and turns pages by taking the next page's own `#app` out of its HTML ([`pages`]).
//! Comments, drafts, saved stories and the search come to life in the **desk** ([`desk`]), loaded
//! when a reader comes near.
//! An empty shell has nothing: there the **press** reads the source and renders every view in the
//! browser ([`press`]). `docs/decisions/0070-two-bundles.md` and `0074-the-desk.md` have the
//! measurements.

pub mod desk;
mod fresh;
pub mod guests;
pub mod history;
mod pages;
mod parts;
pub mod press;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use web_sys::{Element, HtmlElement};

use crate::page::Island;
use crate::platform::fetch::{Canceller, fetch};
use crate::platform::navigation::{self, Cause, current_page, without_fragment};
use crate::platform::page::Seen;
use crate::platform::{bundle, events, page as document, prefetch, spawn, timer};
use crate::source::Request;
use crate::strings::{Key, Strings};
use crate::view::parts::time;
use crate::view::{self, Live};

/// What lives as long as the visit.
struct App {
    root: HtmlElement,
    strings: Arc<Strings>,
    shown: Option<Shown>,
    canceller: Canceller,
}

impl App {
    /// What is alive on a page is given.
    fn live(&self, island: &Arc<Island>) -> Live {
        Live {
            island: island.clone(),
            strings: self.strings.clone(),
        }
    }
}

/// The page being shown.
struct Shown {
    island: Arc<Island>,
    /// Path and query it was opened at.
    path: String,
    /// Its head, where the app put it there.
    head: Option<Rc<document::Head>>,
    /// What is alive in it. Dropping it puts the page to rest.
    alive: Option<parts::Alive>,
    /// Whether it is a page of the site, and no message in the place of one.
    whole: bool,
}

thread_local! {
    static APP: RefCell<Option<App>> = const { RefCell::new(None) };
}

/// Starts the app. What cannot start leaves the page as it is and says why in the console.
pub fn start() {
    loudly();
    spawn(async {
        if let Err(reason) = run().await {
            leptos::logging::error!("Dateline: {reason}");
        }
    });
}

/// A trap ends the app, never the page: its text stays, and the console says what happened.
fn loudly() {
    std::panic::set_hook(Box::new(|info| leptos::logging::error!("Dateline: {info}")));
}

async fn run() -> Result<(), String> {
    let root = document::root().ok_or("there is no #app on this page")?;
    let Some(json) = document::document().as_ref().and_then(document::island) else {
        // An empty shell is the press's.
        return bundle::PRESS.open().await;
    };
    let island = Island::read(&json).map(Arc::new);
    let island = island.ok_or("the page belongs to another release")?;
    let strings = strings(&root).await?;
    let base = island.base.clone();
    APP.set(Some(App {
        root: root.clone(),
        strings: strings.clone(),
        shown: None,
        canceller: Canceller::new(),
    }));
    let site = island.clone();
    show(island, current_page(), None);
    navigation::listen(base.clone(), go);
    // A slow phone does one thing after the other, and answers a finger in between.
    timer::pause(0).await;
    prefetch::watch(base, |path| spawn(pages::ahead(path)));
    let awake = wake();
    timer::pause(0).await;
    document::came_alive(&root);
    close_menu_by_escape();
    if awake {
        announce();
    }
    // The first words of a date cost more than all of the above: the browser opens its languages. The
    // start script opens them in three pieces, each in an idle moment; these take turns with those.
    for _ in 0..3 {
        timer::idle().await;
    }
    freshen(true);
    if bundle::something_waits() {
        spawn(bundle::DESK.deliver(site.written.clone()));
    }
    fresh::watch(strings, || {
        APP.with_borrow(|app| Some(app.as_ref()?.shown.as_ref()?.island.clone()))
    });
    Ok(())
}

/// Escape closes the menu wherever the focus is in it.
fn close_menu_by_escape() {
    let keys = events::on_key(|key| {
        if key == "Escape" {
            document::close_menu(true);
        }
    });
    // It listens as long as the page is there.
    std::mem::forget(keys);
}

/// The texts of the interface: their address stands on the root, so that only one is loaded.
async fn strings(root: &HtmlElement) -> Result<Arc<Strings>, String> {
    let url = root
        .get_attribute("data-strings")
        .unwrap_or_else(|| "/app/locales/en.json".into());
    let answer = fetch(&Request::get(url), &Canceller::new()).await;
    let answer = answer.map_err(|error| error.to_string())?;
    let language = document::language();
    let text = String::from_utf8_lossy(&answer.body);
    Strings::parse(&language, &text).map(Arc::new)
}

/// What stands in `#app` is the page of this island.
fn show(island: Arc<Island>, path: String, head: Option<Rc<document::Head>>) {
    APP.with_borrow_mut(|app| {
        let Some(app) = app else { return };
        app.shown = Some(Shown {
            alive: None,
            island,
            path,
            head,
            whole: true,
        });
    });
}

/// Words the dates of the page that is shown for the reader's clock; `seen` says that it was painted
/// before.
fn freshen(seen: bool) {
    APP.with_borrow(|app| {
        let Some(app) = app else { return };
        if let Some(shown) = &app.shown {
            time::freshen(&app.live(&shown.island), seen);
        }
    });
}

/// Brings the parts of the page that is shown to life; whether they still had to be.
fn wake() -> bool {
    APP.with_borrow_mut(|app| {
        let asleep = |shown: &&Shown| shown.alive.is_none();
        let Some(app) = app else { return false };
        let Some(shown) = app.shown.as_ref().filter(asleep) else {
            return false;
        };
        let alive = parts::wake(&app.root, &app.live(&shown.island));
        if let Some(shown) = &mut app.shown {
            shown.alive = Some(alive);
        }
        true
    })
}

/// Whether a path is one of the page that is `shown`, to which history leads back before another has
/// come. The root is busy where it is not.
fn stays(root: &HtmlElement, shown: Option<&str>, path: &str, cause: Cause) -> bool {
    let stays = cause != Cause::Link && shown == Some(without_fragment(path));
    let _ = if stays {
        root.remove_attribute("aria-busy")
    } else {
        root.set_attribute("aria-busy", "true")
    };
    stays
}

/// Goes to a path of this site. A newer call cancels an older one that is still loading.
fn go(path: String, cause: Cause) {
    let canceller = Canceller::new();
    let stays = APP.with_borrow_mut(|app| {
        let app = app.as_mut()?;
        app.canceller.cancel();
        app.canceller = canceller.clone();
        let shown = app.shown.as_ref().map(|shown| shown.path.as_str());
        Some(stays(&app.root, shown, &path, cause))
    });
    match stays {
        Some(true) => navigation::arrive(cause, &path),
        Some(false) => spawn(turn(path, cause, canceller)),
        None => {}
    }
}

/// Shows a page of this site from its own HTML.
async fn turn(path: String, cause: Cause, canceller: Canceller) {
    let found = pages::get(&path, &canceller).await;
    if canceller.cancelled() {
        return;
    }
    match found {
        Ok(ready) => {
            rest();
            APP.with_borrow(|app| {
                let Some(app) = app else { return };
                let seen = match cause {
                    // Where a fragment leads has to be laid out.
                    _ if path.contains('#') => Seen::All,
                    Cause::Link => Seen::Start,
                    Cause::History(_) if ready.shown => Seen::Part,
                    // A page that is fetched again has a place to find and no heights yet.
                    Cause::History(_) => Seen::All,
                };
                document::turning(&app.root, seen);
                document::put_inside(&app.root, &ready.inside);
            });
            document::put_language(&ready.head);
            let own = without_fragment(&path).to_owned();
            show(ready.island, own.clone(), Some(ready.head));
            freshen(false);
            arrived(cause, &path);
            // The reader sees the page first; address, head and live parts follow a moment later.
            timer::after_paint(move || settle(&own, &path, cause));
        }
        // Another release, or no page of ours: the browser loads it itself.
        Err(pages::Missing::Foreign) => document::leave_for(&path),
        Err(pages::Missing::Fetch(error)) => {
            leptos::logging::error!("Dateline: {error}");
            if cause == Cause::Link {
                navigation::enter(&path);
            }
            unreachable(cause);
        }
    }
}

/// Once the page of a path was painted: what the reader does not see at first. A page that was left
/// within a frame is not told of.
fn settle(own: &str, path: &str, cause: Cause) {
    let head = APP.with_borrow(|app| {
        let app = app.as_ref()?;
        document::turning(&app.root, Seen::All);
        let shown = app.shown.as_ref()?;
        shown
            .head
            .clone()
            .filter(|_| shown.path == own && shown.alive.is_none())
    });
    let Some(head) = head else { return };
    if cause == Cause::Link {
        navigation::enter(path);
    }
    document::put_head(&head);
    if wake() {
        announce();
    }
}

/// Puts the page that is shown to rest, and keeps it for going back.
fn rest() {
    APP.with_borrow_mut(|app| {
        let Some(app) = app else { return };
        let _ = app.root.remove_attribute("aria-busy");
        let Some(shown) = app.shown.take() else {
            return;
        };
        let heights = document::heights(&app.root);
        drop(shown.alive);
        document::close_menu(false);
        let inside = document::take_inside(&app.root);
        let Some((inside, document)) = inside.zip(document::document()).filter(|_| shown.whole)
        else {
            return;
        };
        document::note_heights(heights);
        let head = shown
            .head
            .unwrap_or_else(|| Rc::new(document::head_of(&document)));
        let ready = pages::Ready {
            island: shown.island,
            inside,
            shown: true,
            head,
        };
        pages::keep(&shown.path, ready);
    });
}

/// The address cannot be reached: said in the place of the page's own text; masthead and footer
/// stay what they are.
fn unreachable(cause: Cause) {
    let Some((island, strings)) = APP.with_borrow(|app| {
        let app = app.as_ref()?;
        let island = app.shown.as_ref()?.island.clone();
        Some((island, app.strings.clone()))
    }) else {
        return;
    };
    rest();
    let title = strings.get(Key::ProblemTitle).to_owned();
    let furniture = pages::last();
    APP.with_borrow_mut(|app| {
        let Some(app) = app else { return };
        if let Some(furniture) = furniture {
            document::copy_inside(&app.root, &furniture.inside);
        }
        let live = Live { island, strings };
        let href = navigation::current();
        let main: Option<Element> = app.root.query_selector("main").ok().flatten();
        let alive = parts::message(main, &app.root, {
            let live = live.clone();
            move || view::unreachable(&live, href)
        });
        app.shown = Some(Shown {
            island: live.island,
            path: current_page(),
            head: None,
            alive: Some(alive),
            whole: false,
        });
    });
    document::put_title(&title);
    arrived(cause, &navigation::current());
    announce();
}

fn arrived(cause: Cause, path: &str) {
    prefetch::reset();
    fresh::clear();
    navigation::arrive(cause, path);
}

/// Tells the publisher's own scripts of the page.
fn announce() {
    document::announce(&current_page(), &document::title());
}
