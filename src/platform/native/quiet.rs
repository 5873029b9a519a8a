//! What a browser has and a machine that renders pages has not: other tabs, timers, fields.
//!
//! Effects never run in a native render, so nothing here is ever reached; the names exist so that
//! views and their drivers compile on both sides. Stores are in memory.

pub mod events {
    /// Nothing happens while a page is rendered.
    pub struct Happening;

    impl Happening {
        pub fn prevent(&self) {}

        pub fn key(&self) -> String {
            String::new()
        }

        pub fn commands(&self) -> bool {
            false
        }
    }

    /// A listener that hears nothing.
    pub struct Listener;

    pub fn on_leaving(_: impl FnMut() + Clone + 'static) -> Vec<Listener> {
        Vec::new()
    }

    pub fn on_key(_: impl FnMut(&str) + 'static) -> Vec<Listener> {
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

    pub fn forget_notes(_: &str) {}
}

pub mod fields {
    /// No element will ever stand here.
    #[derive(Clone, Copy)]
    pub struct Place;

    impl Place {
        pub fn empty() -> Self {
            Self
        }

        pub fn taken(self) -> bool {
            false
        }

        pub fn text(self) -> (String, u32) {
            Default::default()
        }

        pub fn fill(self, _: &str, _: u32) {}

        pub fn value(self) -> String {
            String::new()
        }

        pub fn set_value(self, _: &str) {}

        pub fn ticked(self) -> bool {
            false
        }

        pub fn tick(self, _: bool) {}
    }

    pub fn focus(_: &str) {}

    pub fn step(_: &str, _: bool) -> bool {
        false
    }

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

/// The one of them that answers at once.
pub fn local_store() -> std::rc::Rc<dyn crate::reader::storage::LocalStore> {
    storage().local
}

/// Starts a job beside everything else; natively there is no "beside", so nothing starts.
pub fn spawn(_: impl Future<Output = ()> + 'static) {}

/// A machine that renders pages does not wait for comments.
pub mod module {
    pub async fn call(_: String, _: &'static str, _: Vec<String>) -> Result<String, String> {
        Err(String::new())
    }

    pub fn address(_: &str) -> String {
        String::new()
    }

    pub fn present(_: &str) -> bool {
        false
    }
}

pub mod navigation {
    pub fn current() -> String {
        String::new()
    }

    pub fn rename(_: &str) {}
}

pub mod bundle {
    /// Nothing was read.
    #[derive(Clone)]
    pub struct Words;

    pub type Thread = Vec<(crate::source::Comment, Words)>;
}

/// No page is open here.
pub mod live {
    use crate::platform::markup::Node;

    pub fn put_events(_: Vec<Node>) {}
}

/// Nobody reads on the machine that renders.
pub mod choices {
    pub fn chosen(_: &str) -> Option<String> {
        None
    }

    pub fn choose(_: &'static str, _: Option<&str>) {}

    pub fn reset() {}

    pub fn open(_: &str) {}
}

pub mod embeds {
    pub fn always() -> Vec<String> {
        Vec::new()
    }

    pub fn set_always(_: &str, _: bool) {}

    pub fn reset() {}
}
