//! Delivers the comments that wait: one tab at a time, when there is a network, again when asked.
//!
//! `reader::outbox` decides; this carries out. Whoever hands a comment over stores it first, so a
//! tab that dies in the middle leaves it to the next one. Forms listen for what became of theirs.

use std::cell::RefCell;
use std::rc::Rc;

use crate::model::SourceKind;
use crate::page::Island;
use crate::platform::events::{self, Listener};
use crate::platform::timer::{self, Timer};
use crate::platform::{locks, spawn, storage};
use crate::reader::outbox::{LOCK, Outgoing, Verdict, judge, next, waiting};
use crate::reader::{Draft, Storage, StoreError, keys};
use crate::source::comments::{self, Receiver, Refusal};
use crate::source::{FetchError, Request, Response};
use crate::store::desk::visit;

type Watch = Rc<dyn Fn(&str, &Outgoing, &Verdict)>;

struct Outbox {
    honeypot: Option<String>,
    /// Names of this site's waiting comments begin with it.
    prefix: String,
    watches: Vec<(String, Watch)>,
    timer: Option<Timer>,
    _listeners: Vec<Listener>,
}

thread_local! {
    static OUTBOX: RefCell<Option<Outbox>> = const { RefCell::new(None) };
}

/// Where comments on a story go, if the site's publisher lets them go anywhere: to the configured
/// endpoint, or where WordPress keeps the story's thread.
pub fn receiver(site: &Island, thread: Option<&str>) -> Option<String> {
    if !site.comments.post {
        return None;
    }
    let source = thread.filter(|_| site.kind == SourceKind::WordPress);
    site.comments
        .endpoint
        .clone()
        .or_else(|| source.and_then(comments::posting_address))
}

/// Begins to look after waiting comments, and sweeps drafts whose time is over, wherever on the site
/// they were written; the first call of a visit does.
pub fn open(site: &Island) {
    let site_key = site.site_key();
    let prefix = keys::of_site(keys::QUEUE, site_key);
    let drafts = keys::of_site(keys::DRAFT, site_key);
    let opened = OUTBOX.with_borrow_mut(|outbox| {
        if outbox.is_some() {
            return false;
        }
        *outbox = Some(Outbox {
            honeypot: site.comments.honeypot.clone(),
            prefix,
            watches: Vec::new(),
            timer: None,
            _listeners: events::on_online(pump),
        });
        true
    });
    if opened {
        pump();
        spawn(async move {
            // Reading sweeps.
            storage().drafts(&drafts, timer::millis()).await;
        });
    }
}

/// Calls `act` with the name of a comment of a place, the comment, and what became of it, until
/// [`unwatch`].
pub fn watch(place: &str, act: impl Fn(&str, &Outgoing, &Verdict) + 'static) {
    OUTBOX.with_borrow_mut(|outbox| {
        if let Some(outbox) = outbox {
            outbox.watches.push((place.to_owned(), Rc::new(act)));
        }
    });
}

/// Ends every [`watch`] of a place.
pub fn unwatch(place: &str) {
    OUTBOX.with_borrow_mut(|outbox| {
        if let Some(outbox) = outbox {
            outbox.watches.retain(|(watched, _)| watched != place);
        }
    });
}

/// Says to the forms of a comment's place what became of it.
fn tell(name: &str, outgoing: &Outgoing, verdict: &Verdict) {
    let watches: Vec<Watch> = OUTBOX.with_borrow(|outbox| {
        let watches = outbox.iter().flat_map(|outbox| &outbox.watches);
        watches
            .filter(|(watched, _)| keys::same_place(name, watched))
            .map(|(_, act)| act.clone())
            .collect()
    });
    for act in watches {
        act(name, outgoing, verdict);
    }
}

/// Stores a comment and tries to deliver it. When no store takes it, it is tried all the same; the
/// words then stand in the form only, which keeps them until they have arrived.
pub async fn hand_over(name: String, outgoing: Outgoing) -> Result<(), StoreError> {
    let stored = storage().put(&name, &outgoing.to_json()).await;
    if stored.is_ok() {
        pump();
    } else {
        deliver(&name, &outgoing, false).await;
    }
    stored
}

/// The reader takes a waiting comment back, or says that it arrived.
pub async fn drop_waiting(name: &str, outgoing: &Outgoing) {
    // Were the tombstone lost, the next attempt would only meet the receiver's duplicate check.
    let _ = storage()
        .put(name, &outgoing.tombstone(timer::millis()).to_json())
        .await;
}

/// Tries everything that is due, as the one tab that does; then says what still waits, and waits for
/// the next.
pub fn pump() {
    spawn(locks::alone(LOCK, async {
        let Some(prefix) =
            OUTBOX.with_borrow(|outbox| outbox.as_ref().map(|outbox| outbox.prefix.clone()))
        else {
            return;
        };
        loop {
            let now = timer::millis();
            let mut comments = waiting(&storage(), now).await;
            comments.retain(|(name, _)| name.starts_with(&prefix));
            let old = comments.iter().find(|(_, o)| o.expired(now));
            let tried = old.or_else(|| next(&comments, now).filter(|_| events::online()));
            if let Some((name, outgoing)) = tried {
                let goes_on = match old {
                    Some(_) => settle(name, outgoing, Verdict::Returned(Refusal::Busy), true).await,
                    None => deliver(name, outgoing, true).await,
                };
                if goes_on {
                    continue;
                }
            }
            let tried = tried.map(|(name, _)| name);
            wait_on(comments.iter().filter(|(name, _)| Some(name) != tried), now);
            break;
        }
    }));
}

/// Nothing more can be tried now: the forms learn what waits, and the next moment is looked out for.
fn wait_on<'a>(comments: impl Iterator<Item = &'a (String, Outgoing)>, now: u64) {
    let mut next = None;
    for (name, outgoing) in comments {
        if let Some(verdict) = outgoing.verdict() {
            tell(name, outgoing, &verdict);
        }
        if !outgoing.asks && outgoing.after > now {
            next = Some(next.map_or(outgoing.after, |next: u64| next.min(outgoing.after)));
        }
    }
    if let Some(next) = next {
        again_in(next - now);
    }
}

fn again_in(milliseconds: u64) {
    let timer = timer::after(u32::try_from(milliseconds).unwrap_or(u32::MAX), pump);
    OUTBOX.with_borrow_mut(|outbox| {
        if let Some(outbox) = outbox {
            outbox.timer = Some(timer);
        }
    });
}

/// One attempt and its consequences; whether another comment may be tried right after it.
/// `queued` says that the comment lies in a store.
async fn deliver(name: &str, outgoing: &Outgoing, queued: bool) -> bool {
    let honeypot = OUTBOX.with_borrow(|outbox| outbox.as_ref().and_then(|o| o.honeypot.clone()));
    let receiver = Receiver::at(&outgoing.receiver, honeypot.as_deref());
    let answer = send(comments::request(&receiver, &outgoing.posting())).await;
    let outcome = comments::outcome(answer, events::online());
    let verdict = judge(outgoing, &outcome, timer::millis(), timer::chance());
    settle(name, outgoing, verdict, queued).await && outcome != comments::Outcome::Offline
}

/// The consequences of a verdict; whether they could be stored, or there were none.
async fn settle(name: &str, outgoing: &Outgoing, verdict: Verdict, queued: bool) -> bool {
    let now = timer::millis();
    let storage = storage();
    let delivered = matches!(verdict, Verdict::Delivered { .. });
    if queued && !delivered && !stands(&storage, name, outgoing, now).await {
        // Taken back or forgotten while it was on its way: writing would bring it back.
        return true;
    }
    if matches!(verdict, Verdict::Returned(_)) {
        give_back(name, outgoing).await;
    }
    let record = outgoing.following(&verdict, now).to_json();
    let stored = storage.put(name, &record).await.is_ok();
    // What cannot wait in a store waits where it was written.
    let kept = stored || delivered;
    let verdict = if kept {
        verdict
    } else {
        Verdict::Returned(Refusal::Busy)
    };
    if !matches!(verdict, Verdict::Returned(_)) {
        bury_drafts(name, outgoing, now).await;
    }
    tell(name, outgoing, &verdict);
    stored
}

/// Whether a comment still waits as it was when it was sent.
async fn stands(storage: &Storage, name: &str, outgoing: &Outgoing, now: u64) -> bool {
    let comments = waiting(storage, now).await;
    comments
        .iter()
        .any(|(waiting, known)| waiting == name && known.rev == outgoing.rev)
}

/// The words are on their way: the drafts that hold the same ones are done.
async fn bury_drafts(name: &str, outgoing: &Outgoing, now: u64) {
    let storage = storage();
    let place = keys::draft_of(name);
    visit::out_of_hand(&place, &outgoing.text);
    for (draft_name, draft) in storage.drafts(&place, now).await.drafts {
        if keys::same_place(&draft_name, &place)
            && draft.alive()
            && draft.text.trim() == outgoing.text.trim()
        {
            let _ = storage
                .put(&draft_name, &draft.tombstone(now).to_json())
                .await;
        }
    }
}

/// Makes a comment a draft again, before it leaves the queue: beside the place's own draft when
/// that holds other words.
pub async fn give_back(name: &str, outgoing: &Outgoing) {
    let now = timer::millis();
    let draft_name = keys::draft_of(name);
    let storage = storage();
    let found = storage.drafts(&draft_name, now).await;
    let mut target = (draft_name.clone(), 0);
    for (found_name, draft) in &found.drafts {
        if draft.alive() && draft.text.trim() == outgoing.text.trim() {
            return;
        }
        if *found_name == draft_name {
            target.1 = draft.rev;
            if draft.alive() {
                target = (keys::beside(&draft_name, &timer::nonce()), 0);
            }
        }
    }
    if found.locked.contains(&draft_name) {
        target = (keys::beside(&draft_name, &timer::nonce()), 0);
    }
    let draft = Draft {
        v: crate::reader::draft::VERSION,
        rev: target.1 + 1,
        at: now,
        text: outgoing.text.clone(),
        title: outgoing.title.clone(),
        href: outgoing.href.clone(),
        to: outgoing.to.clone(),
        ..Draft::default()
    };
    let _ = storage.put(&target.0, &draft.to_json()).await;
}

/// The comments that wait at a place, in the order in which they were written.
pub async fn waiting_at(place: &str) -> Vec<(String, Outgoing)> {
    let mut comments = waiting(&storage(), timer::millis()).await;
    comments.retain(|(name, _)| keys::same_place(name, place));
    comments
}

#[cfg(target_arch = "wasm32")]
async fn send(request: Request) -> Result<Response, FetchError> {
    use crate::platform::fetch::{Canceller, fetch};

    fetch(&request, &Canceller::new()).await
}

/// A machine that renders pages sends no comments.
#[cfg(not(target_arch = "wasm32"))]
async fn send(request: Request) -> Result<Response, FetchError> {
    Err(FetchError::Unreachable {
        url: request.url,
        detail: String::new(),
    })
}
