//! Two stores as one: what is written goes to both, what is read is the newer of the two.
//!
//! Measured: Chromium writes localStorage to disk seconds late, so a killed browser loses it, while
//! an IndexedDB transaction survives. localStorage in turn can still be written while a page is
//! closing. A write counts as kept when either took it; only when both refuse is the reader told
//! "Not saved in this browser".

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use super::draft::{Draft, Read};
use super::keys;

/// An answer that comes later. Boxed: one shape for every store keeps the bundle small.
pub type Pending<T> = Pin<Box<dyn Future<Output = T>>>;

/// Why a store did not take or give a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// Storage is switched off, or this is a private window without any.
    Blocked,
    /// The browser's quota is used up. Saved articles can be removed to make room; drafts are not.
    Full,
    /// Anything else, in the browser's own words.
    Failed(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blocked => {
                f.write_str("storage is blocked in this browser; allow it for the site")
            }
            Self::Full => f.write_str("storage is full; remove saved stories to make room"),
            Self::Failed(detail) => write!(f, "storage failed: {detail}"),
        }
    }
}

impl std::error::Error for StoreError {}

/// A store that answers at once (localStorage).
pub trait LocalStore {
    fn read(&self, name: &str) -> Result<Option<String>, StoreError>;
    fn write(&self, name: &str, value: &str) -> Result<(), StoreError>;
    fn remove(&self, name: &str) -> Result<(), StoreError>;
    /// Every name that starts with the prefix.
    fn names(&self, prefix: &str) -> Result<Vec<String>, StoreError>;
}

/// A store that survives a killed browser (IndexedDB). The work begins when the method is called,
/// not when its answer is awaited.
pub trait DurableStore {
    fn read(&self, name: &str) -> Pending<Result<Option<String>, StoreError>>;
    fn write(&self, name: &str, value: &str) -> Pending<Result<(), StoreError>>;
    fn remove(&self, name: &str) -> Pending<Result<(), StoreError>>;
    /// Answers when a store that let its users wait in vain has come, or never will. `None` where it
    /// came in time or is known not to come.
    fn late(&self) -> Option<Pending<Result<(), StoreError>>> {
        None
    }
    /// Names that start with the prefix, with their values.
    fn all(&self, prefix: &str) -> Pending<Result<Vec<(String, String)>, StoreError>>;
}

/// Both stores of one browser.
#[derive(Clone)]
pub struct Storage {
    pub local: Rc<dyn LocalStore>,
    pub durable: Rc<dyn DurableStore>,
}

impl Storage {
    /// Writes to the local store now and to the durable one at once after it. The local write has
    /// happened when this returns, so it may be the last call of a closing page.
    pub fn put(&self, name: &str, value: &str) -> Pending<Result<(), StoreError>> {
        let local = self.local.write(name, value);
        let durable = self.durable.write(name, value);
        Box::pin(async move {
            match durable.await {
                Ok(()) => Ok(()),
                // Kept after all if the local store took it.
                Err(error) => local.map_err(|_| error),
            }
        })
    }

    /// Removes a record from both stores without a tombstone: for what has expired or is forgotten.
    pub async fn remove(&self, name: &str) -> Result<(), StoreError> {
        let local = self.local.remove(name);
        self.durable.remove(name).await?;
        local
    }

    /// The record as the local store has it, without waiting: what another tab may just have
    /// written. What cannot be read counts as absent here; [`Self::drafts`] moves it aside.
    pub fn peek(&self, name: &str) -> Option<Draft> {
        match Draft::read(&self.local.read(name).ok()??) {
            Read::Sound(draft) => Some(draft),
            Read::Newer | Read::Corrupt => None,
        }
    }

    /// Names that start with `prefix` with their values, the local store's first, so that a name
    /// may come twice. A store that refuses has nothing.
    pub async fn values(&self, prefix: &str) -> Vec<(String, String)> {
        let mut values = Vec::new();
        for name in self.local.names(prefix).unwrap_or_default() {
            if let Ok(Some(value)) = self.local.read(&name) {
                values.push((name, value));
            }
        }
        values.extend(self.durable.all(prefix).await.unwrap_or_default());
        values
    }

    /// Every readable draft whose name starts with `prefix`, tombstones included, each the newer of
    /// its two copies. Corrupt values are moved aside, expired records swept out on the way.
    pub async fn drafts(&self, prefix: &str, now: u64) -> Found {
        let mut found = Found::default();
        let mut merged: Vec<(String, Draft)> = Vec::new();
        for (name, value) in self.values(prefix).await {
            match Draft::read(&value) {
                Read::Sound(draft) => match merged.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, known)) if draft.rev > known.rev => *known = draft,
                    Some(_) => {}
                    None => merged.push((name, draft)),
                },
                Read::Newer => found.locked.push(name),
                Read::Corrupt => found.corrupt.push((name, value)),
            }
        }
        for (name, value) in &found.corrupt {
            let sound = merged.iter().find(|(known, _)| known == name);
            let sound = sound.map(|(_, draft)| draft.to_json());
            self.set_aside(name, value, sound, now).await;
        }
        for (name, draft) in merged {
            if draft.expired(now) {
                // A failed sweep is tried again on the next visit.
                let _ = self.remove(&name).await;
            } else {
                self.heal(&name, &draft).await;
                found.drafts.push((name, draft));
            }
        }
        found
    }

    /// The durable store came late, and the field of a place was opened with what the local one had
    /// (`seen`). `durable` is what lies in it. What is newer there becomes the local record where
    /// nothing was written here meanwhile, and a draft beside it where something was; what is newer
    /// here is written there. Gives the records that the field did not know.
    pub fn join(
        &self,
        place: &str,
        seen: &[(String, Draft)],
        durable: &[(String, String)],
        nonce: &str,
    ) -> Vec<(String, Draft)> {
        let of_place = |name: &str| keys::same_place(name, place);
        let mut news = Vec::new();
        for (name, value) in durable.iter().filter(|(name, _)| of_place(name)) {
            let Read::Sound(draft) = Draft::read(value) else {
                continue;
            };
            let rev = |draft: Option<&Draft>| draft.map_or(0, |draft| draft.rev);
            let known = seen.iter().find(|(known, _)| known == name);
            let known = rev(known.map(|(_, draft)| draft));
            let local = self.peek(name);
            let written = rev(local.as_ref());
            match local {
                Some(local) if written > known && draft.rev > known => {
                    let later = Draft {
                        rev: written.max(draft.rev) + 1,
                        ..local
                    };
                    if draft.alive() && draft.text != later.text {
                        let first = Draft { rev: 1, ..draft };
                        news.push((keys::beside(place, nonce), first));
                    }
                    news.push((name.clone(), later));
                }
                _ if draft.rev > written => news.push((name.clone(), draft)),
                _ => {}
            }
        }
        for (name, draft) in &news {
            // The work begins at once; a store that refuses has the other beside it.
            drop(self.put(name, &draft.to_json()));
        }
        self.catch_up(of_place, durable);
        news
    }

    /// Writes to the durable store what the local one has newer.
    fn catch_up(&self, of_place: impl Fn(&str) -> bool, durable: &[(String, String)]) {
        for name in self.local.names(keys::DRAFT).unwrap_or_default() {
            let older = durable.iter().find(|(known, _)| *known == name);
            let older = older.map_or(0, |(_, value)| match Draft::read(value) {
                Read::Sound(draft) => draft.rev,
                // Not to be written over here.
                Read::Newer | Read::Corrupt => u32::MAX,
            });
            if let Some(draft) = self.peek(&name).filter(|_| of_place(&name))
                && draft.rev > older
            {
                drop(self.durable.write(&name, &draft.to_json()));
            }
        }
    }

    /// Brings the local copy up to the newer one, so that [`Self::peek`] sees what is stored. (A
    /// killed browser leaves it behind.) The durable copy catches up with the next write.
    async fn heal(&self, name: &str, draft: &Draft) {
        if self.peek(name).is_none_or(|local| local.rev < draft.rev)
            && !matches!(
                self.local
                    .read(name)
                    .map(|value| value.map(|value| Draft::read(&value))),
                Ok(Some(Read::Newer))
            )
        {
            // A local store that refuses is no harm here: the draft is in the durable one.
            let _ = self.local.write(name, &draft.to_json());
        }
    }

    /// Moves an unreadable value out of the way, once: a form that begins and the sweep of a site meet it
    /// at the same time. A sound copy in the other store takes its place.
    pub async fn set_aside(&self, name: &str, value: &str, sound: Option<String>, now: u64) {
        let aside = keys::aside(name, now);
        let moved = aside.rsplit_once('~').map_or("", |(moved, _)| moved);
        let same = |name: &String| self.local.read(name).ok().flatten().as_deref() == Some(value);
        let mut others = self.local.names(moved).unwrap_or_default().into_iter();
        if !others.any(|other| same(&other)) && self.put(&aside, value).await.is_err() {
            return;
        }
        match sound {
            Some(sound) => drop(self.put(name, &sound).await),
            None => drop(self.remove(name).await),
        }
    }

    /// Removes every record of the reader's own under the prefixes, in both stores, and leaves no
    /// tombstones: their names would say where the reader wrote.
    ///
    /// # Errors
    /// When a store could not be listed or did not let go of a record. Everything else is removed
    /// all the same; the reader is told that something may be left.
    pub async fn forget(&self, prefixes: &[&str]) -> Result<(), StoreError> {
        let mut outcome = Ok(());
        for prefix in prefixes {
            let local = self.local.names(prefix);
            let durable = self.durable.all(prefix).await;
            let durable =
                durable.map(|records| records.into_iter().map(|(name, _)| name).collect());
            for names in [local, durable] {
                match names {
                    Ok(names) => {
                        for name in names {
                            outcome = outcome.and(self.remove(&name).await);
                        }
                    }
                    Err(error) => outcome = outcome.and(Err(error)),
                }
            }
        }
        outcome
    }
}

/// What both stores hold together.
#[derive(Debug, Default, PartialEq)]
pub struct Found {
    /// Name and record, by name.
    pub drafts: Vec<(String, Draft)>,
    /// Names of records that a later version of the application wrote: not to be written to.
    pub locked: Vec<String>,
    /// Name and value of what was moved aside.
    pub corrupt: Vec<(String, String)>,
}

/// Stores in memory: what native builds and tests use, and how tests make a store refuse.
pub mod fakes {
    use std::cell::{Cell, RefCell};
    use std::collections::BTreeMap;
    use std::rc::Rc;

    use super::{DurableStore, LocalStore, Pending, Storage, StoreError};

    /// One store in memory.
    #[derive(Clone, Default)]
    pub struct Memory {
        values: Rc<RefCell<BTreeMap<String, String>>>,
        refuses: Rc<Cell<bool>>,
    }

    impl Memory {
        /// From now on (or no more) every call fails, as in a private window without storage.
        pub fn refuse(&self, refuses: bool) {
            self.refuses.set(refuses);
        }

        fn open(&self) -> Result<(), StoreError> {
            if self.refuses.get() {
                Err(StoreError::Blocked)
            } else {
                Ok(())
            }
        }

        fn select(&self, prefix: &str) -> Vec<(String, String)> {
            let values = self.values.borrow();
            let matching = values.iter().filter(|(name, _)| name.starts_with(prefix));
            matching
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect()
        }
    }

    impl LocalStore for Memory {
        fn read(&self, name: &str) -> Result<Option<String>, StoreError> {
            self.open()
                .map(|()| self.values.borrow().get(name).cloned())
        }

        fn write(&self, name: &str, value: &str) -> Result<(), StoreError> {
            self.open()
                .map(|()| drop(self.values.borrow_mut().insert(name.into(), value.into())))
        }

        fn remove(&self, name: &str) -> Result<(), StoreError> {
            self.open()
                .map(|()| drop(self.values.borrow_mut().remove(name)))
        }

        fn names(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
            self.open().map(|()| {
                self.select(prefix)
                    .into_iter()
                    .map(|(name, _)| name)
                    .collect()
            })
        }
    }

    impl DurableStore for Memory {
        fn read(&self, name: &str) -> Pending<Result<Option<String>, StoreError>> {
            Box::pin(std::future::ready(LocalStore::read(self, name)))
        }

        fn write(&self, name: &str, value: &str) -> Pending<Result<(), StoreError>> {
            Box::pin(std::future::ready(LocalStore::write(self, name, value)))
        }

        fn remove(&self, name: &str) -> Pending<Result<(), StoreError>> {
            Box::pin(std::future::ready(LocalStore::remove(self, name)))
        }

        fn all(&self, prefix: &str) -> Pending<Result<Vec<(String, String)>, StoreError>> {
            Box::pin(std::future::ready(
                self.open().map(|()| self.select(prefix)),
            ))
        }
    }

    /// Two separate stores, and a handle to each.
    pub fn pair() -> (Storage, Memory, Memory) {
        let (local, durable) = (Memory::default(), Memory::default());
        let storage = Storage {
            local: Rc::new(local.clone()),
            durable: Rc::new(durable.clone()),
        };
        (storage, local, durable)
    }
}

#[cfg(test)]
#[path = "storage_tests.rs"]
mod tests;
