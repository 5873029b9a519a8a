//! What time it is.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::model::Instant;

pub fn now() -> Instant {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Instant::from_epoch(since.as_secs() as i64)
}
