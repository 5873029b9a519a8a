//! What a feed's JSON says, with what it does not say and what it says in the wrong type read
//! alike: as nothing.

use crate::json::Json;

pub trait Fields {
    /// The text itself, without white space around; none when it is empty.
    fn own(&self) -> Option<&str>;
    /// A field's text.
    fn said(&self, key: &str) -> Option<&str>;
    /// What lies at the end of a way through fields.
    fn at(&self, way: &[&str]) -> Option<&Json>;
    /// A whole number, written with quotes or without.
    fn whole(&self) -> Option<u32>;
    /// The items of a field that is a list.
    fn items(&self, key: &str) -> &[Json];
}

impl Fields for Json {
    fn own(&self) -> Option<&str> {
        self.as_str().map(str::trim).filter(|text| !text.is_empty())
    }

    fn said(&self, key: &str) -> Option<&str> {
        self.get(key)?.own()
    }

    fn at(&self, way: &[&str]) -> Option<&Json> {
        way.iter().try_fold(self, |value, key| value.get(key))
    }

    fn whole(&self) -> Option<u32> {
        match self {
            Self::Text(digits) => digits.parse().ok(),
            number => u32::try_from(number.as_u64()?).ok(),
        }
    }

    fn items(&self, key: &str) -> &[Json] {
        self.get(key).map_or(&[], Json::list)
    }
}
