//! The reader's own things: drafts, the identity they chose to keep, comments waiting to be sent.
//!
//! Everything here is pure logic over two small traits, [`LocalStore`] (answers at once) and
//! [`DurableStore`] (answers later), so all of it runs natively in tests. `platform` brings the
//! stores, the clock and the events of other tabs; `store` drives this layer and puts the outcome
//! into signals. Nothing here knows a document, a view or the network.
//!
//! Two rules stand above the rest. The reader's words are stored before anything else is done with
//! them, and nothing but the reader deletes them: what cannot be read is moved aside, what another
//! tab wrote is never overwritten, and a removal is a tombstone that outranks older copies.

pub mod choices;
pub mod draft;
pub mod export;
pub mod form;
pub mod history;
pub mod identity;
pub mod keys;
pub mod outbox;
pub mod saved;
pub mod session;
pub mod storage;

pub use draft::Draft;
pub use identity::Identity;
pub use outbox::{Outgoing, Verdict};
pub use session::{Opening, Session, Write};
pub use storage::{DurableStore, LocalStore, Pending, Storage, StoreError};
