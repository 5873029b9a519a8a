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
use crate::reader::outbox::{self, LOCK, Outgoing, Verdict, judge, waiting};
use crate::reader::{Draft, Storage, StoreError, keys};
use crate::source::comments::{self, Receiver, Refusal};
use crate::source::{FetchError, Request, Response};

type Watch = Rc<dyn Fn(&Outgoing, &Verdict)>;

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

/// Begins to look after waiting comments; the first call of a visit does.
pub fn open(site: &Island) {
    let place = keys::Place {
        site: site.site_key().to_owned(),
        ..keys::Place::default()
    };
    let mut prefix = place.queue();
    prefix.truncate(prefix.len() - 2);
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
    }
}

/// Calls `act` when something becomes of the comment under `name`, until [`unwatch`].
pub fn watch(name: &str, act: impl Fn(&Outgoing, &Verdict) + 'static) {
    OUTBOX.with_borrow_mut(|outbox| {
        if let Some(outbox) = outbox {
            outbox.watches.push((name.to_owned(), Rc::new(act)));
        }
    });
}

/// Ends every [`watch`] of a name.
pub fn unwatch(name: &str) {
    OUTBOX.with_borrow_mut(|outbox| {
        if let Some(outbox) = outbox {
            outbox.watches.retain(|(watched, _)| watched != name);
        }
    });
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

/// Tries everything that is due, as the one tab that does; then waits for the next.
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
            let due = comments.iter().find(|(_, outgoing)| outgoing.due(now));
            match due {
                Some((name, outgoing)) if events::online() => {
                    if !deliver(name, outgoing, true).await {
                        break;
                    }
                }
                _ => {
                    let next = comments.iter().filter(|(_, o)| !o.asks && o.after > now);
                    if let Some(next) = next.map(|(_, outgoing)| outgoing.after).min() {
                        again_in(next - now);
                    }
                    break;
                }
            }
        }
    }));
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
    let now = timer::millis();
    let verdict = judge(outgoing, &outcome, now, timer::chance());
    let storage = storage();
    let delivered = matches!(verdict, Verdict::Delivered { .. });
    if queued && !delivered && !stands(&storage, name, outgoing, now).await {
        // Taken back or forgotten while it was on its way: writing would bring it back.
        return true;
    }
    let record = match &verdict {
        Verdict::Waits(next) | Verdict::Asks(next) => next.to_json(),
        Verdict::Delivered { .. } | Verdict::Returned(_) => {
            if matches!(verdict, Verdict::Returned(_)) {
                give_back(name, outgoing).await;
            }
            outgoing.tombstone(now).to_json()
        }
    };
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
    let watches: Vec<Watch> = OUTBOX.with_borrow(|outbox| {
        let watches = outbox.iter().flat_map(|outbox| &outbox.watches);
        watches
            .filter(|(watched, _)| watched == name)
            .map(|(_, act)| act.clone())
            .collect()
    });
    for act in watches {
        act(outgoing, &verdict);
    }
    stored && outcome != comments::Outcome::Offline
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
    for (draft_name, draft) in storage.drafts(&draft_of(name), now).await.drafts {
        if keys::same_place(&draft_name, &draft_of(name))
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
    let draft_name = draft_of(name);
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

/// The draft of the place whose waiting comment has this name.
fn draft_of(queue: &str) -> String {
    let mut name = keys::DRAFT.to_owned();
    name.push_str(queue.strip_prefix(keys::QUEUE).unwrap_or(queue));
    name
}

/// What waits under a name, if anything.
pub async fn waiting_at(name: &str) -> Option<Outgoing> {
    let comments = outbox::waiting(&storage(), timer::millis()).await;
    comments
        .into_iter()
        .find(|(waiting, _)| waiting == name)
        .map(|(_, outgoing)| outgoing)
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
