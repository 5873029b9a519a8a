//! What the bytes of a bundle's WebAssembly are: by crate, and ours by module.
//!
//! Trunk keeps the module that wasm-bindgen made, with the names of its functions. Brought to its
//! final form by the same wasm-opt, names kept, it tells what each function weighs. Before brotli:
//! compressed bytes belong to no function alone, the totals after it are in [`super::sizes`].

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::quiet;
use crate::tools::wasm_opt;
use crate::wasm::{self, Reader};

/// A bundle and its parts, the heaviest first.
pub struct Weight {
    pub bundle: &'static str,
    pub parts: Vec<(String, usize)>,
}

impl Weight {
    pub fn all(&self) -> usize {
        self.parts.iter().map(|(_, bytes)| bytes).sum()
    }
}

/// The weight of a bundle that was just built; nothing where there is no wasm-opt of our own.
pub fn of(root: &Path, bundle: &'static str) -> Result<Option<Weight>> {
    let module = root.join(format!("target/wasm-bindgen/release/{bundle}_bg.wasm"));
    let Some(program) = wasm_opt::find(root).filter(|_| module.is_file()) else {
        return Ok(None);
    };
    let named = root.join(format!("target/bench/{bundle}.named.wasm"));
    let mut command = Command::new(program);
    // As Trunk is told: with other features the module may be written in another way.
    let page = std::fs::read_to_string(root.join("index.html"))?;
    let told = page.split_once("data-wasm-opt-params=\"");
    let told = told.and_then(|(_, rest)| rest.split_once('"'));
    command.args(["-Oz", "-g"]);
    command.args(told.map_or("", |(params, _)| params).split_whitespace());
    command.arg("-o").arg(&named).arg(&module);
    quiet(root, "wasm-opt", &mut command)?;
    let module = std::fs::read(&named)?;
    let parts = parts(&module).with_context(|| format!("{} is no module", named.display()))?;
    Ok(Some(Weight { bundle, parts }))
}

/// Every function and the data of a module, by who wrote it.
fn parts(module: &[u8]) -> Option<Vec<(String, usize)>> {
    let mut reader = Reader(module.strip_prefix(wasm::HEAD)?);
    let (mut imported, mut bodies, mut names) = (0, Vec::new(), HashMap::new());
    let mut weights: BTreeMap<String, usize> = BTreeMap::new();
    while !reader.0.is_empty() {
        let (id, section) = reader.section()?;
        let mut section = Reader(section);
        let length = section.0.len();
        match id {
            2 => imported = imported_functions(&mut section)?,
            10 => {
                for _ in 0..section.number()? {
                    bodies.push(section.text()?.len());
                }
            }
            11 => {
                weights.insert("texts and tables".into(), length);
            }
            0 if section.text()? == b"name" => names = function_names(&mut section)?,
            0 => {}
            _ => *weights.entry("types, imports, exports".into()).or_default() += length,
        }
    }
    for (at, bytes) in bodies.into_iter().enumerate() {
        let name = names
            .get(&(imported + at))
            .map_or("unnamed", String::as_str);
        *weights.entry(owner(name)).or_default() += bytes;
    }
    let mut parts: Vec<_> = weights.into_iter().collect();
    parts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Some(parts)
}

/// How many functions the import section brings: they are counted first.
fn imported_functions(section: &mut Reader<'_>) -> Option<usize> {
    let mut functions = 0;
    for _ in 0..section.number()? {
        functions += usize::from(section.import()?.is_function());
    }
    Some(functions)
}

/// The names of functions by their number, from the name section.
fn function_names(section: &mut Reader<'_>) -> Option<HashMap<usize, String>> {
    let mut names = HashMap::new();
    while !section.0.is_empty() {
        let kind = section.byte()?;
        let mut part = Reader(section.text()?);
        if kind == 1 {
            for _ in 0..part.number()? {
                let at = part.number()?;
                names.insert(at, String::from_utf8_lossy(part.text()?).into_owned());
            }
        }
    }
    Some(names)
}

/// Who wrote a function: our modules, up to three deep, wherever its name has them, else its crate.
fn owner(name: &str) -> String {
    let is_module = |part: &&str| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    };
    // `dateline[4d4cee777e37ca4c]::app` carries the crate's hash.
    let mut parts = name.split('[');
    let bare: String = parts
        .next()
        .into_iter()
        .chain(parts.filter_map(|part| Some(part.split_once(']')?.1)))
        .collect();
    let name = bare.as_str();
    if let Some(at) = name.find("dateline::") {
        let path = name[at..].split("::").take(4).take_while(is_module);
        return path.collect::<Vec<_>>().join("::");
    }
    let start = name.trim_start_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let start = start.strip_prefix("mut ").unwrap_or(start);
    let start = start.strip_prefix("dyn ").unwrap_or(start);
    let end = start.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    start[..end.unwrap_or(start.len())].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_belongs_to_our_module_or_to_its_crate() {
        for (name, wanted) in [
            (
                "dateline::app::turn::{{closure}}::h0123456789abcdef",
                "dateline::app::turn",
            ),
            (
                "<dateline::page::Island as core::fmt::Debug>::fmt",
                "dateline::page",
            ),
            (
                "<dateline[4d4cee777e37ca4c]::page::Island as core[c739]::fmt::Debug>::fmt",
                "dateline::page",
            ),
            (
                "core::ptr::drop_in_place<dateline::json::Json>",
                "dateline::json",
            ),
            ("<&mut dyn serde_json::Reader>::peek", "serde_json"),
            ("__rust_alloc", "__rust_alloc"),
            ("", ""),
        ] {
            assert_eq!(owner(name), wanted);
        }
    }

    /// A module with one imported function, two of its own, data, and names for all.
    #[test]
    fn bytes_are_counted_by_name() {
        let module: &[u8] = &[
            &b"\0asm\x01\0\0\0"[..],
            b"\x01\x04\x01\x60\0\0",                 // types
            b"\x02\x07\x01\x01a\x01b\0\0",           // imports: a function
            b"\x03\x03\x02\0\0",                     // functions
            b"\x0a\x08\x02\x02\0\x0b\x03\0\x01\x0b", // code: 2 and 3 bytes
            b"\x0b\x01\0",                           // data
            b"\0\x14\x04name\x01\x0d\x03\0\x01i\x01\x04a::b\x02\x01c", // names
        ]
        .concat();
        let found = parts(module).expect("a module");
        let of = |name: &str| found.iter().find(|(own, _)| own == name).map(|(_, n)| *n);
        assert_eq!(
            (of("a"), of("c"), of("texts and tables")),
            (Some(2), Some(3), Some(1))
        );
        assert_eq!(parts(&module[..20]), None);
        assert_eq!(parts(b"no module"), None);
    }
}
