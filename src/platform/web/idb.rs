//! IndexedDB as a [`DurableStore`]: database `dateline`, object store `drafts`, values as text.
//!
//! A finished transaction survives a killed browser (tried), which localStorage does not. The
//! connection is opened once and given up when another tab wants to change or delete the database.
//!
//! A browser may keep an open database waiting without end: behind another page that does not let go
//! of it, or a deletion that is blocked. Nobody waits longer than [`PATIENCE`]; the connection may
//! still come, and is used from then on ([`DurableStore::late`]).

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransactionMode};

use super::local::store_error;
use super::timer;
use crate::reader::{DurableStore, Pending, StoreError};

pub(super) const DATABASE: &str = "dateline";
const STORE: &str = "drafts";

/// How long the connection is waited for, in milliseconds, since it was asked for.
const PATIENCE: u32 = 400;

/// A connection that is open or being opened, shared by everyone who waits for it.
#[derive(Clone)]
struct Connection {
    database: Promise,
    /// Refuses when the database has not come in time.
    patience: Promise,
    open: Rc<Cell<bool>>,
}

thread_local! {
    static CONNECTION: RefCell<Option<Connection>> = const { RefCell::new(None) };
}

/// The browser's IndexedDB.
pub struct Indexed;

impl DurableStore for Indexed {
    fn read(&self, name: &str) -> Pending<Result<Option<String>, StoreError>> {
        let name = JsValue::from_str(name);
        started(
            async move {
                let store = objects(IdbTransactionMode::Readonly).await?;
                settled(&store.get(&name)?).await
            },
            |value| value.as_string(),
        )
    }

    fn write(&self, name: &str, value: &str) -> Pending<Result<(), StoreError>> {
        let (name, value) = (JsValue::from_str(name), JsValue::from_str(value));
        started(
            async move {
                let store = objects(IdbTransactionMode::Readwrite).await?;
                store.put_with_key(&value, &name)?;
                completed(&store).await
            },
            |_| (),
        )
    }

    fn remove(&self, name: &str) -> Pending<Result<(), StoreError>> {
        let name = JsValue::from_str(name);
        started(
            async move {
                let store = objects(IdbTransactionMode::Readwrite).await?;
                store.delete(&name)?;
                completed(&store).await
            },
            |_| (),
        )
    }

    fn late(&self) -> Option<Pending<Result<(), StoreError>>> {
        let connection = CONNECTION.with_borrow(Clone::clone)?;
        if connection.open.get() {
            return None;
        }
        Some(Box::pin(async move {
            let database = JsFuture::from(connection.database).await;
            database.map(|_| ()).map_err(|thrown| store_error(&thrown))
        }))
    }

    fn all(&self, prefix: &str) -> Pending<Result<Vec<(String, String)>, StoreError>> {
        let prefix = prefix.to_owned();
        started(
            async move {
                let store = objects(IdbTransactionMode::Readonly).await?;
                // Both requests before the first wait, so that one transaction answers both.
                let (names, values) = (store.get_all_keys()?, store.get_all()?);
                Ok(Array::of2(&settled(&names).await?, &settled(&values).await?).into())
            },
            move |pair| {
                let pair: Array = pair.unchecked_into();
                let (names, values): (Array, Array) =
                    (pair.get(0).unchecked_into(), pair.get(1).unchecked_into());
                names
                    .iter()
                    .zip(values.iter())
                    .filter_map(|(name, value)| Some((name.as_string()?, value.as_string()?)))
                    .filter(|(name, _)| name.starts_with(&prefix))
                    .collect()
            },
        )
    }
}

/// Starts the work at once, whether or not anyone waits for the answer.
fn started<T: 'static>(
    work: impl Future<Output = Result<JsValue, JsValue>> + 'static,
    take: impl FnOnce(JsValue) -> T + 'static,
) -> Pending<Result<T, StoreError>> {
    let promise = future_to_promise(work);
    Box::pin(async move {
        JsFuture::from(promise)
            .await
            .map(take)
            .map_err(|thrown| store_error(&thrown))
    })
}

/// The object store in a new transaction. A connection that the browser closed is opened again.
async fn objects(mode: IdbTransactionMode) -> Result<IdbObjectStore, JsValue> {
    for _ in 0..2 {
        let connection = connection();
        // The database first: what is there is taken, however long it took.
        let either = Array::of2(&connection.database, &connection.patience);
        let database: IdbDatabase = JsFuture::from(Promise::race(&either))
            .await?
            .unchecked_into();
        match database.transaction_with_str_and_mode(STORE, mode) {
            Ok(transaction) => return transaction.object_store(STORE),
            Err(_) => disconnect(),
        }
    }
    Err(js_sys::Error::new("no connection").into())
}

fn disconnect() {
    CONNECTION.with_borrow_mut(|connection| *connection = None);
}

fn connection() -> Connection {
    CONNECTION.with_borrow_mut(|connection| connection.get_or_insert_with(connect).clone())
}

fn connect() -> Connection {
    let open = Rc::new(Cell::new(false));
    let mut database = None;
    let patience = Promise::new(&mut |_, give_up| {
        let blocked = give_up.clone();
        let opened = open.clone();
        database = Some(future_to_promise(async move {
            let outcome = database_opened(&blocked).await;
            opened.set(outcome.is_ok());
            if outcome.is_err() {
                disconnect();
            }
            outcome
        }));
        timer::later(PATIENCE, move || {
            let reason = js_sys::Error::new("the database does not open");
            let _ = give_up.call1(&JsValue::UNDEFINED, &reason);
        });
    });
    Connection {
        database: database.unwrap_or_else(|| patience.clone()),
        patience,
        open,
    }
}

/// The open database. `blocked` is called when other pages keep it from being opened.
async fn database_opened(blocked: &Function) -> Result<JsValue, JsValue> {
    let factory = web_sys::window()
        .and_then(|window| window.indexed_db().ok().flatten())
        .ok_or_else(|| JsValue::from(js_sys::Error::new("no IndexedDB")))?;
    let request: IdbOpenDbRequest = factory.open_with_u32(DATABASE, 1)?;
    let creating = request.clone();
    let upgrade = Closure::once(move || {
        if let Ok(result) = creating.result() {
            let database: IdbDatabase = result.unchecked_into();
            // Only the first visit comes here, so the store cannot be there already.
            let _ = database.create_object_store(STORE);
        }
    });
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    request.set_onblocked(Some(blocked));
    let database: IdbDatabase = settled(&request).await?.unchecked_into();
    let closing = database.clone();
    let give_way = Closure::<dyn FnMut()>::new(move || {
        closing.close();
        disconnect();
    });
    database.set_onversionchange(Some(give_way.as_ref().unchecked_ref()));
    let lost = Closure::<dyn FnMut()>::new(disconnect);
    database.set_onclose(Some(lost.as_ref().unchecked_ref()));
    // They live as long as the connection, which lives as long as the page.
    give_way.forget();
    lost.forget();
    Ok(database.into())
}

/// Waits for a request's result.
async fn settled(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match JsFuture::from(promise).await {
        Ok(_) => request.result(),
        Err(_) => Err(request
            .error()
            .ok()
            .flatten()
            .map_or_else(|| js_sys::Error::new("refused").into(), Into::into)),
    }
}

/// Waits until the object store's transaction is on its way to disk.
async fn completed(store: &IdbObjectStore) -> Result<JsValue, JsValue> {
    let transaction = store.transaction();
    let promise = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    match JsFuture::from(promise).await {
        Ok(value) => Ok(value),
        Err(_) => Err(transaction
            .error()
            .map_or_else(|| js_sys::Error::new("refused").into(), Into::into)),
    }
}
