//! The comment form at work: one field with its draft, its identity, its way into the outbox.
//!
//! The view renders [`Desk`]'s signals and calls its methods; `reader` decides what they mean;
//! this file only brings them together with the browser's events. Everything begins in
//! [`Desk::start`], after the first render.

mod choices;
mod sending;
pub mod visit;

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use super::outbox;
use crate::platform::events::{self, Listener};
use crate::platform::fields::{self, Place};
use crate::platform::timer::{self, Timer};
use crate::platform::{local, spawn, storage};
use crate::reader::form::{self, Entries, Fault, Field, Rules};
use crate::reader::identity::Identity;
use crate::reader::outbox::{Outgoing, Verdict};
use crate::reader::session::{Opening, SAVE_AFTER, Session, Subject, Undo, Write};
use crate::reader::{Draft, Pending, Storage, StoreError, keys};
use crate::source::comments::Refusal;

/// What is said beside the text field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    Nothing,
    Restored,
    /// Begun at this moment (milliseconds since 1970); not filled in.
    Offered(u64),
    /// Another tab has other words.
    Other,
    /// Emptied; "Undo" for ten seconds.
    Discarded,
}

/// Whether what stands here is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saving {
    Nothing,
    Saved,
    Failed,
}

/// Where the comment is on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sending {
    Idle,
    Busy,
    Done {
        held: bool,
    },
    Waits,
    /// Nobody can tell whether it arrived.
    Asks,
    Refused(Refusal),
    Copied,
    CopyFailed,
}

impl Sending {
    /// How a form says a verdict.
    fn of(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Delivered { held } => Self::Done { held: *held },
            Verdict::Waits(_) => Self::Waits,
            Verdict::Asks(_) => Self::Asks,
            Verdict::Returned(refusal) => Self::Refused(*refusal),
        }
    }
}

/// The fields of a form.
#[derive(Clone, Copy)]
pub struct Fields {
    pub comment: Place,
    pub name: Place,
    pub email: Place,
    pub website: Place,
    pub remember: Place,
    pub trap: Place,
}

/// One form. Cheap to copy into handlers.
#[derive(Clone, Copy)]
pub struct Desk {
    pub fields: Fields,
    pub rules: Rules,
    pub live: RwSignal<bool>,
    pub notice: RwSignal<Notice>,
    pub saving: RwSignal<Saving>,
    pub keeps: RwSignal<bool>,
    pub left: RwSignal<i64>,
    /// What a screen reader hears: a counter that reached a mark, the first "Saved", a failure.
    pub spoken: RwSignal<Spoken>,
    pub faults: RwSignal<Vec<(Field, Fault)>>,
    /// Whether the summary of faults stands above the fields.
    pub summary: RwSignal<bool>,
    pub sending: RwSignal<Sending>,
    inner: StoredValue<Rc<RefCell<Inner>>, LocalStorage>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoken {
    Nothing,
    Saved,
    NotSaved,
    Left(i64),
    Restored,
}

/// The comment that this form handed over last.
struct Handed {
    name: String,
    outgoing: Outgoing,
    /// Whether its words still stand in the field, perhaps with others after them.
    stands: bool,
}

struct Inner {
    place: keys::Place,
    subject: Subject,
    /// Where comments are posted to; empty where they are only copied.
    receiver: String,
    storage: Storage,
    session: Option<Session>,
    timer: Option<Timer>,
    undo: Option<(Undo, Timer)>,
    handed: Option<Handed>,
    listeners: Vec<Listener>,
    leaving: Vec<Listener>,
    /// Fields changed by the reader, by their number.
    edited: [bool; 4],
    said_saved: bool,
    /// Counts up, so that a late answer about an older write does not speak for a newer one.
    written: u32,
    /// The last write that a store took.
    stored: u32,
}

impl Desk {
    /// A form for a place; `subject` needs no nonce yet, `receiver` is empty where there is none.
    pub fn new(place: keys::Place, subject: Subject, receiver: String, rules: Rules) -> Self {
        let subject = Subject {
            draft: place.draft(),
            ..subject
        };
        let inner = Inner {
            place,
            subject,
            receiver,
            storage: storage(),
            session: None,
            timer: None,
            undo: None,
            handed: None,
            listeners: Vec::new(),
            leaving: Vec::new(),
            edited: [false; 4],
            said_saved: false,
            written: 0,
            stored: 0,
        };
        Self {
            fields: Fields {
                comment: Place::empty(),
                name: Place::empty(),
                email: Place::empty(),
                website: Place::empty(),
                remember: Place::empty(),
                trap: Place::empty(),
            },
            rules,
            live: RwSignal::new(false),
            notice: RwSignal::new(Notice::Nothing),
            saving: RwSignal::new(Saving::Nothing),
            keeps: RwSignal::new(true),
            left: RwSignal::new(form::remaining("", rules.max_length)),
            spoken: RwSignal::new(Spoken::Nothing),
            faults: RwSignal::new(Vec::new()),
            summary: RwSignal::new(false),
            sending: RwSignal::new(Sending::Idle),
            inner: StoredValue::new_local(Rc::new(RefCell::new(inner))),
        }
    }

    fn inner(self) -> Option<Rc<RefCell<Inner>>> {
        self.inner.try_get_value()
    }

    /// Brings the form to life: in an effect, once its fields are in the document.
    /// `text` is put into the field first, as if the reader had typed it.
    pub fn start(self, text: &str) {
        let Some(inner) = self.inner() else { return };
        if !text.is_empty() {
            self.fill(text, 0);
        }
        let queue = {
            let mut inner = inner.borrow_mut();
            inner.subject.nonce = timer::nonce();
            let mut listeners = events::on_leaving(move || self.save());
            listeners.extend(events::on_return(move || self.look_again()));
            listeners.extend(events::on_other_tab(move |name, value| {
                self.hear(&name, value)
            }));
            inner.listeners = listeners;
            inner.place.queue()
        };
        outbox::watch(&queue, move |name, outgoing, verdict| {
            self.learn(name, outgoing, verdict)
        });
        self.fill_from_visit();
        self.fill_identity();
        self.live.set(true);
        spawn(async move {
            self.open().await;
            self.take_what_waits().await;
            self.say_rest();
        });
    }

    /// Stores the last words and lets go: the page is being replaced.
    pub fn stop(self) {
        self.save();
        self.leave_to_visit();
        if let Some(inner) = self.inner() {
            let mut inner = inner.borrow_mut();
            inner.listeners.clear();
            inner.leaving.clear();
            inner.timer = None;
            outbox::unwatch(&inner.place.queue());
        }
    }

    /// Fills the fields of the author that are empty.
    fn fill_author(self, author: &Entries) {
        for (field, value) in [
            (self.fields.name, &author.name),
            (self.fields.email, &author.email),
            (self.fields.website, &author.website),
        ] {
            if field.value().is_empty() {
                field.set_value(value);
            }
        }
    }

    /// The durable store came late: what it knows better is heard like the words of another tab.
    async fn join(
        self,
        late: Pending<Result<(), StoreError>>,
        storage: Storage,
        subject: Subject,
        seen: Vec<(String, Draft)>,
    ) {
        if late.await.is_err() {
            return;
        }
        let Ok(durable) = storage.durable.all(&subject.draft).await else {
            return;
        };
        for (name, draft) in storage.join(&subject.draft, &seen, &durable, &timer::nonce()) {
            self.hear(&name, Some(draft.to_json()));
        }
    }

    /// Reads what is stored for this place and shows what is to be shown of it.
    async fn open(self) {
        let Some(inner) = self.inner() else { return };
        let (storage, subject) = {
            let inner = inner.borrow();
            (inner.storage.clone(), inner.subject.clone())
        };
        let now = timer::millis();
        let found = storage.drafts(&subject.draft, now).await;
        if let Some(late) = storage.durable.late() {
            spawn(self.join(late, storage, subject.clone(), found.drafts.clone()));
        }
        let (typed, _) = self.text();
        let locked = found.locked.contains(&subject.draft);
        let own = local::recall(&own_name(&subject.draft));
        let (session, opening) =
            Session::open(subject, &found.drafts, locked, own.as_deref(), &typed, now);
        self.keeps.try_set(session.keeps());
        inner.borrow_mut().session = Some(session);
        match opening {
            Opening::Plain => {}
            Opening::Restore(draft) => {
                if typed.is_empty() {
                    self.fill(&draft.text, draft.caret);
                }
                self.saving.try_set(Saving::Saved);
                self.notice.try_set(Notice::Restored);
                self.spoken.try_set(Spoken::Restored);
            }
            Opening::Offer(draft) => {
                self.notice.try_set(Notice::Offered(draft.at));
            }
            Opening::Choose(_) => {
                self.notice.try_set(Notice::Other);
            }
        }
        self.count();
        self.save();
    }

    fn text(self) -> (String, u32) {
        self.fields.comment.text()
    }

    fn fill(self, text: &str, caret: u32) {
        self.fields.comment.fill(text, caret);
        self.count();
    }

    fn count(self) {
        let left = form::remaining(&self.text().0, self.rules.max_length);
        let before = self.left.try_get_untracked().unwrap_or(left);
        self.left.try_set(left);
        if form::speaks(before, left) {
            self.spoken.try_set(Spoken::Left(left));
        }
    }

    /// A key was pressed in the text field.
    pub fn typed(self) {
        self.edited(Field::Comment);
        self.count();
        if matches!(
            self.sending.get_untracked(),
            Sending::Done { .. } | Sending::Copied
        ) {
            self.sending.set(Sending::Idle);
        }
        if let Some(inner) = self.inner() {
            let mut inner = inner.borrow_mut();
            // The first key starts the clock and later ones do not restart it: a fast typist's
            // words are stored as often as anyone's.
            if inner.timer.is_none() {
                inner.timer = Some(timer::after(SAVE_AFTER, move || self.save()));
            }
        }
    }

    /// A field was changed; it is checked when it is left.
    pub fn edited(self, field: Field) {
        if let Some(inner) = self.inner() {
            inner.borrow_mut().edited[field as usize] = true;
        }
        self.check(field, false);
        if !matches!(field, Field::Comment) {
            self.remember();
        }
    }

    /// A field was left: a fault shows now.
    pub fn left_field(self, field: Field) {
        let edited = self
            .inner()
            .is_some_and(|inner| inner.borrow().edited[field as usize]);
        if edited {
            self.check(field, true);
        }
    }

    /// Looks at a field again. A fault that is mended goes while the reader still types, not when
    /// the field is left: then the button below would move away from under the click.
    fn check(self, field: Field, may_fault: bool) {
        let fault = self.rules.fault(field, &self.entries());
        let known = self.faults.with_untracked(|faults| {
            faults
                .iter()
                .find(|(faulty, _)| *faulty == field)
                .map(|(_, fault)| *fault)
        });
        if fault == known || (known.is_none() && !may_fault) {
            return;
        }
        self.faults.update(|faults| {
            faults.retain(|(faulty, _)| *faulty != field);
            if let Some(fault) = fault {
                let before = |(other, _): &(Field, Fault)| (*other as u8) < field as u8;
                let at = faults.iter().take_while(|other| before(other)).count();
                faults.insert(at, (field, fault));
            }
        });
    }

    /// What stands in the fields.
    pub fn entries(self) -> Entries {
        Entries {
            comment: self.text().0,
            name: self.fields.name.value(),
            email: self.fields.email.value(),
            website: self.fields.website.value(),
        }
    }

    /// Stores the text if it changed.
    fn save(self) {
        let Some(inner) = self.inner() else { return };
        let (text, caret) = self.text();
        let (writes, asked) = {
            let mut guard = inner.borrow_mut();
            let inner = &mut *guard;
            inner.timer = None;
            let Some(session) = &mut inner.session else {
                return;
            };
            if !self.fields.comment.taken() {
                return;
            }
            let stored = inner.storage.peek(session.name());
            let asked = session.other().is_some();
            let writes = session.save(&text, caret, stored.as_ref(), timer::millis());
            (writes, !asked && session.other().is_some())
        };
        let open = matches!(self.notice.try_get_untracked(), Some(Notice::Offered(_)));
        let choice = inner
            .borrow()
            .session
            .as_ref()
            .is_some_and(|s| s.other().is_some());
        if asked || (open && choice && !text.trim().is_empty()) {
            self.notice.try_set(Notice::Other);
        }
        self.write(writes);
    }

    fn write(self, writes: Vec<Write>) {
        let Some(inner) = self.inner() else { return };
        for write in writes {
            let (pending, number) = {
                let mut inner = inner.borrow_mut();
                inner.written += 1;
                if let Some(session) = &inner.session {
                    let own = session.beside().then(|| session.name());
                    local::note(&own_name(&inner.subject.draft), own);
                }
                (
                    inner.storage.put(&write.name, &write.value.to_json()),
                    inner.written,
                )
            };
            let inner = inner.clone();
            let words = write.value.alive();
            spawn(async move {
                let stored = pending.await.is_ok();
                let mut inner = inner.borrow_mut();
                if inner.written != number {
                    return;
                }
                if stored {
                    inner.stored = number;
                    inner.leaving.clear();
                    visit::out_of_hand(&inner.subject.draft, &write.value.text);
                    self.saving.try_set(if words {
                        Saving::Saved
                    } else {
                        Saving::Nothing
                    });
                    if words && !inner.said_saved {
                        inner.said_saved = true;
                        self.spoken.try_set(Spoken::Saved);
                    }
                } else if words {
                    if inner.leaving.is_empty() {
                        inner.leaving = events::ask_before_leaving();
                        self.spoken.try_set(Spoken::NotSaved);
                    }
                    self.saving.try_set(Saving::Failed);
                }
            });
        }
    }

    /// "Keep" and "Don't keep".
    pub fn set_keep(self, keep: bool) {
        let Some(inner) = self.inner() else { return };
        let (text, caret) = self.text();
        let writes = match &mut inner.borrow_mut().session {
            Some(session) => session.set_keep(keep, &text, caret, timer::millis()),
            None => return,
        };
        self.keeps.set(keep);
        self.write(writes);
    }

    fn fill_identity(self) {
        let Some(inner) = self.inner() else { return };
        let identity = Identity::load(&*inner.borrow().storage.local, timer::millis());
        let Some(identity) = identity else { return };
        self.fill_author(&Entries {
            name: identity.name,
            email: identity.email,
            website: identity.website,
            ..Entries::default()
        });
        self.fields.remember.tick(true);
    }

    /// The box was ticked or unticked, or a field it speaks of changed.
    pub fn remember(self) {
        let Some(inner) = self.inner() else { return };
        let ticked = self.fields.remember.ticked();
        let inner = inner.borrow();
        let local = &*inner.storage.local;
        let outcome = if ticked {
            let Entries {
                name,
                email,
                website,
                ..
            } = self.entries();
            Identity {
                v: 1,
                name,
                email,
                website,
            }
            .keep(local)
        } else {
            Identity::forget(local)
        };
        if outcome.is_err() && ticked {
            self.spoken.set(Spoken::NotSaved);
        }
    }

    /// Moves focus to a part of this form, once it has been rendered.
    pub fn focus(self, part: &'static str) {
        let Some(inner) = self.inner() else { return };
        let id = part_id(&inner.borrow().place.parent, part);
        // The form may be gone in the next turn, which is no harm.
        timer::later(0, move || fields::focus(&id));
    }
}

/// The id of a part of the form that answers `parent` (empty: the form under the article).
pub fn part_id(parent: &str, part: &str) -> String {
    let mut id = "reply-".to_owned();
    if !parent.is_empty() {
        id.push_str(&keys::encode(parent));
        id.push('-');
    }
    id.push_str(part);
    id
}

/// Where a tab notes which record is its own, when it is not the place's.
fn own_name(draft: &str) -> String {
    let mut name = "dateline:1:own:".to_owned();
    name.push_str(draft.strip_prefix(keys::DRAFT).unwrap_or(draft));
    name
}
