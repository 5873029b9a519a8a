//! What time it is. Only effects may ask: the first render is a function of the data island.

use crate::model::Instant;

pub fn now() -> Instant {
    Instant::from_epoch((js_sys::Date::now() / 1000.0) as i64)
}
