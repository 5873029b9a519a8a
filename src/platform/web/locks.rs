//! Web Locks: of all tabs of a site, one does a job. Where the browser has none, every tab thinks
//! it is the only one, and the receiver's own duplicate check has to do.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

#[wasm_bindgen]
extern "C" {
    type Locks;
    #[wasm_bindgen(method, catch)]
    fn request(
        this: &Locks,
        name: &str,
        callback: &Closure<dyn FnMut(JsValue) -> JsValue>,
    ) -> Result<Promise, JsValue>;
}

/// Does a job while holding a lock, after every other tab that holds it or asked before.
pub async fn alone(name: &str, job: impl Future<Output = ()> + 'static) {
    let locks = web_sys::window()
        .and_then(|window| Reflect::get(&window.navigator(), &"locks".into()).ok())
        .filter(JsValue::is_object);
    let Some(locks) = locks else { return job.await };
    let job = Rc::new(RefCell::new(Some(job)));
    let callback = Closure::<dyn FnMut(JsValue) -> JsValue>::new(move |_: JsValue| {
        let Some(job) = job.borrow_mut().take() else {
            return JsValue::UNDEFINED;
        };
        let done = future_to_promise(async move {
            job.await;
            Ok(JsValue::UNDEFINED)
        });
        done.into()
    });
    let locks: Locks = locks.unchecked_into();
    if let Ok(done) = locks.request(name, &callback) {
        let _ = JsFuture::from(done).await;
    }
}
