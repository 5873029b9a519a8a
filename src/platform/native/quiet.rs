//! What a browser has and a machine that renders pages has not: other tabs, timers, fields.
//!
//! Effects never run in a native render, so nothing here is ever reached; the names exist so that
//! views and their drivers compile on both sides. Stores are in memory.

pub mod events {
    /// A listener that hears nothing.
    pub struct Listener;

    pub fn on_leaving(_: impl FnMut() + Clone + 'static) -> Vec<Listener> {
        Vec::new()
    }

    pub fn on_return(_: impl FnMut() + Clone + 'static) -> Vec<Listener> {
        Vec::new()
    }

    pub fn on_online(_: impl FnMut() + 'static) -> Vec<Listener> {
        Vec::new()
    }

    pub fn on_other_tab(_: impl FnMut(String, Option<String>) + 'static) -> Vec<Listener> {
        Vec::new()
    }

    pub fn ask_before_leaving() -> Vec<Listener> {
        Vec::new()
    }

    pub fn on_near(_: &str, _: impl FnOnce() + 'static) -> Vec<Listener> {
        Vec::new()
    }

    pub fn online() -> bool {
        true
    }
}

pub mod timer {
    /// A timer that never runs.
    pub struct Timer;

    pub fn millis() -> u64 {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        since.map_or(0, |since| {
            u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
        })
    }

    pub fn chance() -> f64 {
        0.5
    }

    pub fn nonce() -> String {
        millis().to_string()
    }

    pub fn after(_: u32, _: impl FnOnce() + 'static) -> Timer {
        Timer
    }

    pub fn later(_: u32, _: impl FnOnce() + 'static) {}

    pub async fn pause(_: u32) {}
}

pub mod local {
    pub fn recall(_: &str) -> Option<String> {
        None
    }

    pub fn note(_: &str, _: Option<&str>) {}
}

pub mod fields {
    pub fn text<T>(_: &T) -> (String, u32) {
        Default::default()
    }

    pub fn fill<T>(_: &T, _: &str, _: u32) {}

    pub fn value<T>(_: &T) -> String {
        String::new()
    }

    pub fn set_value<T>(_: &T, _: &str) {}

    pub fn ticked<T>(_: &T) -> bool {
        false
    }

    pub fn tick<T>(_: &T, _: bool) {}

    pub fn focus(_: &str) {}

    pub fn reveal_fragment() {}
}

pub mod hand {
    pub async fn copy(_: String) -> bool {
        false
    }

    pub fn save_file(_: &str, _: &str) {}

    pub fn can_copy() -> bool {
        false
    }

    pub fn can_share() -> bool {
        false
    }

    pub fn share(_: &str) {}
}

pub mod locks {
    pub async fn alone(_: &str, job: impl Future<Output = ()> + 'static) {
        job.await;
    }
}

pub mod viewport {
    use super::events::Listener;
    use crate::page::worth::Sight;

    pub fn sight() -> Sight {
        Sight::default()
    }

    pub fn on_move(_: impl FnMut() + 'static) -> Vec<Listener> {
        Vec::new()
    }

    pub fn holds_focus(_: &str) -> bool {
        false
    }
}

pub mod letter {
    use super::events::Listener;

    pub fn check_in_place() -> Vec<Listener> {
        Vec::new()
    }
}

/// Stores in memory, new at every call.
pub fn storage() -> crate::reader::Storage {
    crate::reader::storage::fakes::pair().0
}

/// Starts a job beside everything else; natively there is no "beside", so nothing starts.
pub fn spawn(_: impl Future<Output = ()> + 'static) {}

/// A machine that renders pages does not wait for comments.
pub mod press {
    pub type Words = ();
    pub type Thread = Vec<(crate::source::Comment, Words)>;
}
