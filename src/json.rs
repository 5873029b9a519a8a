//! The little JSON the app needs: its own records, the data island, the texts.
//!
//! `serde_json` costs the app 25 KB after brotli, most of it for what is never in these files:
//! floating point, streams, a derived type for every record (`docs/decisions/0072-json.md`). Sources,
//! whose JSON somebody else wrote, are read with it; this reads what Dateline itself has written,
//! and the short answers of a comment's receiver. A test compares both on generated documents.

/// A JSON value. Numbers are whole: a fraction is cut off.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    Null,
    Bool(bool),
    Number(i64),
    Text(String),
    List(Vec<Json>),
    /// In the order of the document; of equal keys the last counts.
    Object(Vec<(String, Json)>),
}

/// Deeper documents are refused, so that no answer can exhaust the stack.
const DEEPEST: u32 = 64;

impl Json {
    /// Reads a whole document; `None` when it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parser = Parser {
            bytes: text.as_bytes(),
            text,
            at: 0,
        };
        let value = parser.value(0)?;
        parser.space();
        (parser.at == parser.bytes.len()).then_some(value)
    }

    /// A member of an object.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members
                .iter()
                .rev()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Number(number) => u64::try_from(*number).ok(),
            _ => None,
        }
    }

    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(flag) => Some(*flag),
            _ => None,
        }
    }

    /// The elements of a list; anything else has none.
    pub fn list(&self) -> &[Self] {
        match self {
            Self::List(list) => list,
            _ => &[],
        }
    }

    /// A text member; absent or of another kind it is `None`.
    pub fn text(&self, key: &str) -> Option<String> {
        self.get(key)?.as_str().map(str::to_owned)
    }

    /// A member that is `true`.
    pub fn flag(&self, key: &str) -> bool {
        self.get(key).and_then(Self::as_bool).unwrap_or_default()
    }

    /// A small whole number.
    pub fn number(&self, key: &str) -> Option<u32> {
        u32::try_from(self.get(key)?.as_u64()?).ok()
    }

    /// A record's number: zero where it is absent, `None` where it is something else.
    pub fn own_number(&self, key: &str) -> Option<u64> {
        self.get(key).map_or(Some(0), Self::as_u64)
    }

    /// A record's text: empty where it is absent, `None` where it is something else.
    pub fn own_text(&self, key: &str) -> Option<String> {
        self.get(key).map_or(Some(String::new()), |value| {
            value.as_str().map(str::to_owned)
        })
    }

    /// A record's optional text: `None` inside where it is absent or null.
    pub fn own_option(&self, key: &str) -> Option<Option<String>> {
        match self.get(key) {
            None | Some(Self::Null) => Some(None),
            Some(value) => value.as_str().map(|text| Some(text.to_owned())),
        }
    }

    /// A record's flag: false where it is absent, `None` where it is something else.
    pub fn own_flag(&self, key: &str) -> Option<bool> {
        self.get(key).map_or(Some(false), Self::as_bool)
    }
}

struct Parser<'a> {
    bytes: &'a [u8],
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn space(&mut self) {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> Option<()> {
        self.space();
        (self.bytes.get(self.at) == Some(&byte)).then(|| self.at += 1)
    }

    fn word(&mut self, word: &str, value: Json) -> Option<Json> {
        let rest = self.bytes.get(self.at..)?;
        rest.starts_with(word.as_bytes()).then(|| {
            self.at += word.len();
            value
        })
    }

    fn value(&mut self, depth: u32) -> Option<Json> {
        if depth > DEEPEST {
            return None;
        }
        self.space();
        match *self.bytes.get(self.at)? {
            b'n' => self.word("null", Json::Null),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            b'"' => self.string().map(Json::Text),
            b'[' => {
                self.at += 1;
                let mut list = Vec::new();
                if self.eat(b']').is_some() {
                    return Some(Json::List(list));
                }
                loop {
                    list.push(self.value(depth + 1)?);
                    if self.eat(b',').is_none() {
                        self.eat(b']')?;
                        return Some(Json::List(list));
                    }
                }
            }
            b'{' => {
                self.at += 1;
                let mut members = Vec::new();
                if self.eat(b'}').is_some() {
                    return Some(Json::Object(members));
                }
                loop {
                    self.space();
                    let key = self.string()?;
                    self.eat(b':')?;
                    members.push((key, self.value(depth + 1)?));
                    if self.eat(b',').is_none() {
                        self.eat(b'}')?;
                        return Some(Json::Object(members));
                    }
                }
            }
            _ => self.number(),
        }
    }

    fn digits(&mut self) -> Option<&str> {
        let from = self.at;
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        (self.at > from).then(|| &self.text[from..self.at])
    }

    /// What cannot be held exactly (a fraction, an exponent, a huge number) is read to its end and
    /// cut down.
    fn number(&mut self) -> Option<Json> {
        let negative = self.bytes.get(self.at) == Some(&b'-');
        self.at += usize::from(negative);
        let digits = self.digits()?;
        if digits.len() > 1 && digits.starts_with('0') {
            return None;
        }
        let mut number = digits.bytes().fold(0_i64, |number, digit| {
            number
                .saturating_mul(10)
                .saturating_add(i64::from(digit - b'0'))
        });
        if negative {
            number = -number;
        }
        if self.bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.bytes.get(self.at), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.bytes.get(self.at), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Some(Json::Number(number))
    }

    fn string(&mut self) -> Option<String> {
        if self.bytes.get(self.at) != Some(&b'"') {
            return None;
        }
        self.at += 1;
        let mut out = String::new();
        let mut from = self.at;
        loop {
            match *self.bytes.get(self.at)? {
                b'"' => {
                    out.push_str(&self.text[from..self.at]);
                    self.at += 1;
                    return Some(out);
                }
                b'\\' => {
                    out.push_str(&self.text[from..self.at]);
                    self.at += 1;
                    let escape = *self.bytes.get(self.at)?;
                    self.at += 1;
                    out.push(match escape {
                        b'n' => '\n',
                        b't' => '\t',
                        b'r' => '\r',
                        b'b' => '\u{8}',
                        b'f' => '\u{c}',
                        b'"' | b'\\' | b'/' => char::from(escape),
                        b'u' => self.unicode()?,
                        _ => return None,
                    });
                    from = self.at;
                }
                0..0x20 => return None,
                _ => self.at += 1,
            }
        }
    }

    fn unicode(&mut self) -> Option<char> {
        let first = self.hex()?;
        if !(0xD800..0xDC00).contains(&first) {
            return char::from_u32(first);
        }
        let rest = self.bytes.get(self.at..)?;
        if !rest.starts_with(b"\\u") {
            return None;
        }
        self.at += 2;
        let second = self.hex()?;
        if !(0xDC00..0xE000).contains(&second) {
            return None;
        }
        char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
    }

    fn hex(&mut self) -> Option<u32> {
        let mut number = 0;
        for _ in 0..4 {
            let digit = char::from(*self.bytes.get(self.at)?).to_digit(16)?;
            number = number << 4 | digit;
            self.at += 1;
        }
        Some(number)
    }
}

/// An object being written.
pub struct Writer(String);

impl Default for Writer {
    fn default() -> Self {
        Self("{".into())
    }
}

impl Writer {
    /// A member whose value is JSON already.
    pub fn raw(mut self, key: &str, json: &str) -> Self {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        quote(key, &mut self.0);
        self.0.push(':');
        self.0.push_str(json);
        self
    }

    pub fn text(self, key: &str, text: &str) -> Self {
        let mut json = String::new();
        quote(text, &mut json);
        self.raw(key, &json)
    }

    /// A text, or null.
    pub fn option(self, key: &str, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.text(key, text),
            None => self.raw(key, "null"),
        }
    }

    pub fn number(self, key: &str, number: u64) -> Self {
        let mut digits = [0; 20];
        let mut at = digits.len();
        let mut rest = number;
        loop {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        let json: String = digits[at..].iter().copied().map(char::from).collect();
        self.raw(key, &json)
    }

    pub fn flag(self, key: &str, flag: bool) -> Self {
        self.raw(key, if flag { "true" } else { "false" })
    }

    pub fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

/// Writes a text as JSON.
pub fn quote(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => {
                out.push_str("\\u00");
                out.push(char::from(HEX[(c as usize) >> 4]));
                out.push(char::from(HEX[(c as usize) & 15]));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn same(ours: &Json, theirs: &Value) -> bool {
        match (ours, theirs) {
            (Json::Null, Value::Null) => true,
            (Json::Bool(a), Value::Bool(b)) => a == b,
            (Json::Number(a), Value::Number(b)) => b.as_i64() == Some(*a),
            (Json::Text(a), Value::String(b)) => a == b,
            (Json::List(a), Value::Array(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
            }
            (Json::Object(a), Value::Object(b)) => {
                a.len() == b.len()
                    && b.iter()
                        .all(|(key, b)| ours.get(key).is_some_and(|a| same(a, b)))
            }
            _ => false,
        }
    }

    fn documents() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>()
                .prop_filter("its absolute value fits", |n| *n > i64::MIN)
                .prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..6)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_the_library_writes_is_read_alike(document in documents(), pretty: bool) {
            let text = if pretty {
                serde_json::to_string_pretty(&document)
            } else {
                serde_json::to_string(&document)
            };
            let ours = Json::parse(&text.expect("JSON")).expect("a document");
            prop_assert!(same(&ours, &document));
        }

        #[test]
        fn nothing_is_read_that_the_library_refuses(text in "[\\[\\]{}:,\"\\\\a-fnrtu0-9.eE+ -]{0,24}") {
            let theirs = serde_json::from_str::<Value>(&text);
            let ours = Json::parse(&text);
            // Numbers beyond what a machine holds are an error there and cut down here.
            let huge = theirs.as_ref().is_err_and(|error| error.to_string().contains("out of range"));
            prop_assert!(huge || ours.is_some() == theirs.is_ok(), "{text:?}: {ours:?} {theirs:?}");
        }

        #[test]
        fn what_is_written_is_read_by_the_library(text: String, number: u64, flag: bool) {
            let json = Writer::default().text(&text, &text).number("n", number).flag("f", flag).option("o", None).end();
            let value: Value = serde_json::from_str(&json).expect("JSON");
            if !matches!(text.as_str(), "n" | "f" | "o") {
                prop_assert_eq!(&value[&text], &Value::from(text.clone()));
                prop_assert_eq!(&value["n"], &Value::from(number));
                prop_assert_eq!(&value["f"], &Value::from(flag));
            }
        }
    }

    #[test]
    fn depth_is_limited_and_fractions_are_cut() {
        assert_eq!(Json::parse(&"[".repeat(100_000)), None);
        assert_eq!(Json::parse("-2.75e3"), Some(Json::Number(-2)));
        assert_eq!(
            Json::parse("\"\\ud83e\\udd86\""),
            Some(Json::Text("🦆".into()))
        );
        assert_eq!(Json::parse("\"\\ud83e\""), None);
    }
}
