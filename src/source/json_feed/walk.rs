//! Walks a feed document once, item by item, so that a feed of any length costs one item.
//!
//! The parser's own limit on nesting stays: 100,000 brackets are an error, not a stack overflow.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// What the walk has seen, and what it does with each item.
pub(super) struct Walk<'a> {
    /// The feed's own fields that mean something to us.
    pub head: Map<String, Value>,
    /// Whether there was an `items` list at all.
    pub listed: bool,
    /// What stands at the top instead of an object, where it is none.
    pub instead: Option<&'static str>,
    /// Takes each item; without one, items are passed over unread.
    pub on_item: Option<&'a mut dyn FnMut(Value)>,
}

const HEAD: [&str; 13] = [
    "version",
    "title",
    "home_page_url",
    "feed_url",
    "description",
    "language",
    "icon",
    "favicon",
    "next_url",
    "author",
    "authors",
    "rss",
    "expired",
];

impl<'a> Walk<'a> {
    pub fn new(on_item: Option<&'a mut dyn FnMut(Value)>) -> Self {
        Self {
            head: Map::new(),
            listed: false,
            instead: None,
            on_item,
        }
    }

    /// Reads the document; what was seen before an error stays in `self`.
    pub fn read<'de, R: serde_json::de::Read<'de>>(
        &mut self,
        parser: &mut serde_json::Deserializer<R>,
    ) -> Result<(), serde_json::Error> {
        self.document(parser)?;
        parser.end()
    }

    /// Reads the document, up to its last bracket.
    pub fn document<'de, R: serde_json::de::Read<'de>>(
        &mut self,
        parser: &mut serde_json::Deserializer<R>,
    ) -> Result<(), serde_json::Error> {
        Document(self).deserialize(parser)
    }
}

struct Document<'w, 'a>(&'w mut Walk<'a>);

impl<'de> DeserializeSeed<'de> for Document<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, parser: D) -> Result<(), D::Error> {
        parser.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Document<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON Feed")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "items" {
                map.next_value_seed(Items(self.0))?;
            } else if key == "rss" {
                // Only that it is there matters: "RSS in JSON" is another format.
                map.next_value::<IgnoredAny>()?;
                self.0.head.insert(key, Value::Null);
            } else if HEAD.contains(&key.as_str()) {
                let value = map.next_value::<Value>()?;
                self.0.head.insert(key, value);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.0.instead = Some("a list");
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        self.0.instead = Some("a text");
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        self.0.instead = Some("a number");
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        self.0.instead = Some("a number");
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        self.0.instead = Some("a number");
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        self.0.instead = Some("true or false");
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.0.instead = Some("null");
        Ok(())
    }
}

/// The `items` list; anything but a list counts as no list.
struct Items<'w, 'a>(&'w mut Walk<'a>);

impl<'de> DeserializeSeed<'de> for Items<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, parser: D) -> Result<(), D::Error> {
        parser.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Items<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.0.listed = true;
        match &mut self.0.on_item {
            Some(on_item) => {
                while let Some(item) = list.next_element::<Value>()? {
                    on_item(item);
                }
            }
            None => while list.next_element::<IgnoredAny>()?.is_some() {},
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
}
