//! The publisher's own colour, made readable: links and marks are set in it on both papers.
//!
//! WCAG 2.2, success criterion 1.4.3: text has a contrast of at least 4.5 to 1 with what it stands
//! on. A colour that has not is darkened for the light paper, and lightened for the dark one, by as
//! little as it takes; its hue stays.

/// The papers of `style/tokens.css`, light and dark, and their tints, which are the harder ones.
const PAPERS: [[u8; 3]; 2] = [[0xf3, 0xee, 0xe3], [0x17, 0x21, 0x2e]];
/// The colour that `style/tokens.css` is drawn with, in a pair made by hand.
const OWN: [u8; 3] = [0x0b, 0x4a, 0x6f];
const LEAST: f64 = 4.5;

/// The rule that gives a site its colour; empty where it has the house's own, or none that can be
/// read (`#rgb` and `#rrggbb` can).
pub fn rule(accent: Option<&str>) -> String {
    let Some(colour) = accent.and_then(parse).filter(|colour| *colour != OWN) else {
        return String::new();
    };
    let light = hex(readable(colour, PAPERS[0], [0; 3]));
    let dark = hex(readable(colour, PAPERS[1], [255; 3]));
    // The first is for browsers that know no light-dark().
    format!(":root{{--accent:{light};--accent:light-dark({light},{dark})}}")
}

/// A colour as `site.json` writes it.
pub(crate) fn parse(text: &str) -> Option<[u8; 3]> {
    let digits = text.trim().strip_prefix('#')?;
    let nibble = |at: usize| {
        let digit = digits.as_bytes().get(at).copied().map(char::from)?;
        Some(digit.to_digit(16)? as u8)
    };
    match digits.len() {
        3 => Some([nibble(0)? * 17, nibble(1)? * 17, nibble(2)? * 17]),
        6 => {
            let pair = |at: usize| Some(nibble(at)? * 16 + nibble(at + 1)?);
            Some([pair(0)?, pair(2)?, pair(4)?])
        }
        _ => None,
    }
}

fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// The colour, moved towards `end` until it can be read on `paper`.
fn readable(colour: [u8; 3], paper: [u8; 3], end: [u8; 3]) -> [u8; 3] {
    (0..=50)
        .map(|step| mixed(colour, end, f64::from(step) / 50.0))
        .find(|mixed| contrast(*mixed, paper) >= LEAST)
        .unwrap_or(end)
}

fn mixed(from: [u8; 3], to: [u8; 3], share: f64) -> [u8; 3] {
    [0, 1, 2].map(|at| {
        let (from, to) = (f64::from(from[at]), f64::from(to[at]));
        (from + (to - from) * share).round() as u8
    })
}

/// WCAG's contrast ratio.
fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// WCAG's relative luminance.
fn luminance(colour: [u8; 3]) -> f64 {
    let [r, g, b] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 0.01);
        assert!((contrast([0x76; 3], [255; 3]) - 4.54).abs() < 0.01);
    }

    #[test]
    fn every_colour_becomes_readable_on_both_papers() {
        for text in [
            "#ff0000", "#ffee00", "#0a0", "#ffffff", "#000000", "#7f7f7f", "#C8102E",
        ] {
            let colour = parse(text).expect("a colour");
            let light = readable(colour, PAPERS[0], [0; 3]);
            let dark = readable(colour, PAPERS[1], [255; 3]);
            assert!(contrast(light, PAPERS[0]) >= LEAST, "{text} on light");
            assert!(contrast(dark, PAPERS[1]) >= LEAST, "{text} on dark");
        }
        // What can be read already stays as it is.
        assert_eq!(
            readable([0xc8, 0x10, 0x2e], PAPERS[0], [0; 3]),
            [0xc8, 0x10, 0x2e]
        );
    }

    #[test]
    fn the_house_colour_and_nonsense_need_no_rule() {
        assert_eq!(rule(Some("#0B4A6F")), "");
        assert_eq!(rule(Some("tomato; } body { display: none")), "");
        assert_eq!(rule(None), "");
        assert!(rule(Some("#c8102e")).starts_with(":root{--accent:#c8102e;"));
    }
}
