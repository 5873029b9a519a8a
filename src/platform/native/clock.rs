//! What time it is.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::model::Instant;

pub fn now() -> Instant {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Instant::from_epoch(since.as_secs() as i64)
}

/// Now; a machine that renders pages has no reader and so no reader's offset.
pub fn local() -> Instant {
    now()
}

/// Natively there is no document to word anew.
pub fn reword(_: &str, _: bool, _: &dyn Fn(&str, Option<Instant>) -> Option<String>) {}
