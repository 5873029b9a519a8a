//! WebAssembly's binary format (WebAssembly Core Specification, section 5), as far as it is looked at.

/// What every module begins with: its magic and its version.
pub const HEAD: &[u8] = b"\0asm\x01\0\0\0";

/// The rest of a module, or of a part of it.
pub struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    pub fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// An unsigned number in LEB128.
    pub fn number(&mut self) -> Option<usize> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(number);
            }
            shift += 7;
        }
    }

    /// Bytes behind their number.
    pub fn text(&mut self) -> Option<&'a [u8]> {
        let length = self.number()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(text)
    }

    /// The next section: its number and what it holds.
    pub fn section(&mut self) -> Option<(u8, &'a [u8])> {
        Some((self.byte()?, self.text()?))
    }

    /// The next entry of an import section.
    pub fn import(&mut self) -> Option<Import<'a>> {
        let (module, name) = (self.text()?, self.text()?);
        let from = self.0;
        match self.byte()? {
            0 => {
                self.number()?;
            }
            kind @ (1 | 2) => {
                if kind == 1 {
                    self.byte()?;
                }
                let has_most = self.byte()? & 1 == 1;
                self.number()?;
                if has_most {
                    self.number()?;
                }
            }
            _ => {
                self.byte()?;
                self.byte()?;
            }
        }
        let what = &from[..from.len() - self.0.len()];
        Some(Import { module, name, what })
    }
}

/// What a module wants of its surroundings.
pub struct Import<'a> {
    pub module: &'a [u8],
    pub name: &'a [u8],
    /// Its kind and type, as they are written.
    pub what: &'a [u8],
}

impl Import<'_> {
    pub fn is_function(&self) -> bool {
        self.what.first() == Some(&0)
    }
}

/// A module or a part of one as it is written.
#[derive(Default)]
pub struct Writer(pub Vec<u8>);

impl Writer {
    /// An unsigned number in LEB128.
    pub fn number(&mut self, mut number: usize) {
        while number > 0x7f {
            self.0.push(number as u8 & 0x7f | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    /// Bytes behind their number.
    pub fn text(&mut self, text: &[u8]) {
        self.number(text.len());
        self.0.extend_from_slice(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_written() {
        for number in [0, 1, 127, 128, 300, 65_535, 1 << 20] {
            let mut writer = Writer::default();
            writer.number(number);
            assert_eq!(Reader(&writer.0).number(), Some(number));
        }
    }
}
