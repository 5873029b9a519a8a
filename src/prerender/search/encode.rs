//! Numbers as text that a browser reads without a parser and every host compresses.
//!
//! Five bits a character, the sixth says that more follow; the 64 characters are those from `0` to
//! `o`, so a digit is its code less 48.

/// Appends a number.
pub fn number(mut value: u32, out: &mut String) {
    loop {
        let low = (value & 31) as u8;
        value >>= 5;
        let more = if value > 0 { 32 } else { 0 };
        out.push(char::from(b'0' + (low | more)));
        if value == 0 {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    /// As `search.js` does it.
    fn read(text: &str) -> Vec<u32> {
        let (mut all, mut value, mut shift) = (Vec::new(), 0, 0);
        for byte in text.bytes() {
            let code = u32::from(byte - 48);
            value |= (code & 31) << shift;
            shift += 5;
            if code < 32 {
                all.push(value);
                (value, shift) = (0, 0);
            }
        }
        all
    }

    #[test]
    fn numbers_come_back_and_small_ones_are_short() {
        let mut text = String::new();
        let all = [0, 1, 31, 32, 1023, 1024, u32::MAX];
        for value in all {
            number(value, &mut text);
        }
        assert_eq!(read(&text), all);
        assert!(text.starts_with("01O"));
        assert!(text.bytes().all(|byte| (b'0'..=b'o').contains(&byte)));
    }
}
