//! Name, email and website, kept only while the reader wants it: one record, in one place.
//!
//! The box is off unless the reader ticks it, and unticking it deletes the record at once. Only
//! this record and a comment that waits to be sent ever hold an email address.

use super::keys;
use super::storage::{LocalStore, StoreError};
use crate::json::{Json, Writer};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    pub v: u8,
    pub name: String,
    pub email: String,
    pub website: String,
}

impl Identity {
    /// What is kept, if the box was ticked. An unreadable record is moved aside.
    pub fn load(store: &dyn LocalStore, now: u64) -> Option<Self> {
        let value = store.read(keys::IDENTITY).ok()??;
        let record = Json::parse(&value);
        match record.as_ref().and_then(Self::of) {
            Some(identity) if identity.v == 1 => Some(identity),
            Some(identity) if identity.v > 1 => None,
            _ => {
                if store
                    .write(&keys::aside(keys::IDENTITY, now), &value)
                    .is_ok()
                {
                    let _ = store.remove(keys::IDENTITY);
                }
                None
            }
        }
    }

    /// The record as JSON.
    pub fn to_json(&self) -> String {
        Writer::default()
            .number("v", self.v.into())
            .text("name", &self.name)
            .text("email", &self.email)
            .text("website", &self.website)
            .end()
    }

    /// Reads a record; `None` where it holds something else than it should.
    pub fn of(record: &Json) -> Option<Self> {
        Some(Self {
            v: u8::try_from(record.own_number("v")?).ok()?,
            name: record.own_text("name")?,
            email: record.own_text("email")?,
            website: record.own_text("website")?,
        })
    }

    /// Keeps the record.
    ///
    /// # Errors
    /// When the store does not take it; the reader is told that it is not saved.
    pub fn keep(self, store: &dyn LocalStore) -> Result<(), StoreError> {
        let record = Self { v: 1, ..self };
        store.write(keys::IDENTITY, &record.to_json())
    }

    /// Deletes the record.
    ///
    /// # Errors
    /// When the store is out of reach; then there was nothing to read either.
    pub fn forget(store: &dyn LocalStore) -> Result<(), StoreError> {
        store.remove(keys::IDENTITY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::storage::fakes::Memory;

    fn ada() -> Identity {
        Identity {
            v: 1,
            name: "Ada".into(),
            email: "ada@example.org".into(),
            website: String::new(),
        }
    }

    #[test]
    fn it_is_kept_in_one_record_and_forgotten_at_once() {
        let store = Memory::default();
        ada().keep(&store).expect("a working store");
        assert_eq!(Identity::load(&store, 0), Some(ada()));
        assert_eq!(store.names("").expect("names"), [keys::IDENTITY]);
        Identity::forget(&store).expect("a working store");
        assert_eq!(Identity::load(&store, 0), None);
        assert!(store.names("").expect("names").is_empty());
    }

    #[test]
    fn an_unreadable_record_is_moved_aside_and_a_later_one_left_alone() {
        let store = Memory::default();
        store
            .write(keys::IDENTITY, "{oops")
            .expect("a working store");
        assert_eq!(Identity::load(&store, 9), None);
        assert_eq!(
            store.names("").expect("names"),
            ["dateline:1:aside:identity~9"]
        );
        store
            .write(keys::IDENTITY, r#"{"v":2,"name":"Ada"}"#)
            .expect("a working store");
        assert_eq!(Identity::load(&store, 9), None);
        assert!(
            store
                .read(keys::IDENTITY)
                .expect("a working store")
                .is_some()
        );
    }
}
