//! Short names between a bundle and its script.
//!
//! wasm-bindgen names what they share with a hash each (`__wbg_getAttribute_0123456789abcdef`), in both
//! files. Hashes do not compress; nobody reads them.

use std::collections::{HashMap, HashSet};

use crate::wasm::{HEAD, Reader, Writer};

/// The module and its script with short names for what they share; nothing where the script does not
/// give what the module wants, so that both are left as they are.
pub fn shortened(module: &[u8], script: &str) -> Option<(Vec<u8>, String)> {
    let mut names = Names::default();
    let mut short = Writer(HEAD.to_vec());
    let mut sections = Reader(module.strip_prefix(HEAD)?);
    while !sections.0.is_empty() {
        let (id, section) = sections.section()?;
        short.0.push(id);
        match id {
            2 => short.text(&names.imports(section)?),
            7 => short.text(&names.exports(section)?),
            _ => short.text(section),
        }
    }
    let script = names.said(script)?;
    Some((short.0, script))
}

/// Long names with the short ones they get.
#[derive(Default)]
struct Names {
    short: HashMap<String, String>,
    /// Those that the module wants; what it only offers may be of no use to anybody.
    wanted: HashSet<String>,
}

impl Names {
    /// The name that something gets: its own, unless wasm-bindgen made it.
    fn of<'a>(&'a mut self, name: &'a str) -> &'a str {
        if !name.starts_with("__wb") && !name.starts_with("wasm_bindgen__") {
            return name;
        }
        let next = self.short.len();
        let short = self.short.entry(name.to_owned());
        short.or_insert_with(|| letters(next))
    }

    fn imports(&mut self, section: &[u8]) -> Option<Vec<u8>> {
        let (mut from, mut to) = (Reader(section), Writer::default());
        let count = from.number()?;
        to.number(count);
        for _ in 0..count {
            let import = from.import()?;
            let name = std::str::from_utf8(import.name).ok()?;
            self.wanted.insert(name.to_owned());
            to.text(import.module);
            to.text(self.of(name).as_bytes());
            to.0.extend_from_slice(import.what);
        }
        Some(to.0)
    }

    fn exports(&mut self, section: &[u8]) -> Option<Vec<u8>> {
        let (mut from, mut to) = (Reader(section), Writer::default());
        let count = from.number()?;
        to.number(count);
        for _ in 0..count {
            let name = std::str::from_utf8(from.text()?).ok()?;
            to.text(self.of(name).as_bytes());
            to.0.push(from.byte()?);
            to.number(from.number()?);
        }
        Some(to.0)
    }

    /// The script with the short names, if it says all that the module wants.
    fn said(&self, script: &str) -> Option<String> {
        let mut said = HashSet::new();
        let mut short = String::with_capacity(script.len());
        let in_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
        for word in script.split_inclusive(|c| !in_word(c)) {
            let end = word.trim_end_matches(|c| !in_word(c)).len();
            let name = &word[..end];
            said.insert(name);
            short.push_str(self.short.get(name).map_or(name, String::as_str));
            short.push_str(&word[end..]);
        }
        let gives = |name: &String| said.contains(name.as_str());
        self.wanted.iter().all(gives).then_some(short)
    }
}

/// `a` to `z`, `A` to `Z`, `aa`, `ba`…
fn letters(number: usize) -> String {
    let letter =
        |at: usize| char::from(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[at]);
    let mut letters = String::new();
    let mut rest = number + 1;
    while rest > 0 {
        letters.push(letter((rest - 1) % 52));
        rest = (rest - 1) / 52;
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module with an imported function, an exported one of wasm-bindgen's and one of its own.
    fn module(import: &str, export: &str) -> Vec<u8> {
        let mut imports = Writer::default();
        imports.number(1);
        imports.text(b"./app_bg.js");
        imports.text(import.as_bytes());
        imports.0.extend([0, 0]);
        let mut exports = Writer::default();
        exports.number(2);
        for (name, at) in [(export, 1), ("memory", 0)] {
            exports.text(name.as_bytes());
            exports.0.extend([if name == "memory" { 2 } else { 0 }, at]);
        }
        let mut module = Writer(HEAD.to_vec());
        for (id, section) in [(2, imports), (7, exports), (10, Writer(vec![0]))] {
            module.0.push(id);
            module.text(&section.0);
        }
        module.0
    }

    #[test]
    fn names_are_shortened_in_both_files() {
        let script = "let w;const i={__wbg_add_0123:()=>w.__wbindgen_malloc(1),x:w.memory}";
        let (short, script) =
            shortened(&module("__wbg_add_0123", "__wbindgen_malloc"), script).expect("both");
        assert_eq!(short, module("a", "b"));
        assert_eq!(script, "let w;const i={a:()=>w.b(1),x:w.memory}");
    }

    #[test]
    fn a_script_that_does_not_give_what_is_wanted_leaves_both_alone() {
        let module = module("__wbg_add_0123", "__wbindgen_malloc");
        for script in ["w.__wbindgen_malloc;const i={__wbg_add_01234:1}", ""] {
            assert!(shortened(&module, script).is_none(), "{script}");
        }
        let alone = shortened(&module, "const i={__wbg_add_0123:1}").expect("both");
        assert_eq!(
            alone.1, "const i={a:1}",
            "what is only offered need not be said"
        );
        assert!(shortened(b"no module", "").is_none());
    }

    #[test]
    fn what_was_shortened_stays_as_it_is() {
        let (module, script) = (module("a", "b"), "const i={a:w.b}");
        let again = shortened(&module, script).expect("both");
        assert_eq!(again, (module, script.to_owned()));
    }

    #[test]
    fn every_number_has_letters_of_its_own() {
        let all: std::collections::HashSet<_> = (0..5_000).map(letters).collect();
        assert_eq!(all.len(), 5_000);
        assert_eq!([letters(0), letters(51), letters(52)], ["a", "Z", "aa"]);
    }
}
