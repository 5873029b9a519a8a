//! The icons a home screen asks for, made from the publisher's one: a small one, and a maskable one
//! whose drawing keeps inside the circle that every launcher leaves visible (W3C Web Application
//! Manifest, "Icon masks and safe zone": the middle 80 %).

use std::io::Cursor;
use std::path::Path;

use anyhow::Result;
use image::imageops::{self, FilterType};
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use serde_json::{Value, json};

use super::assets::hashed;
use super::files;
use super::output::Output;

const SMALL: u32 = 192;
const LARGE: u32 = 512;
/// A square this wide has its corners on the circle: 0.8 × 512 ÷ √2.
const INNER: u32 = 288;

/// Entries of the manifest for the icons made. None for a drawing, which fits any size, or a picture
/// too small to be one.
///
/// # Errors
/// When a file cannot be written.
pub fn make(folder: &Path, icon: &str, base: &str, out: &Output) -> Result<Vec<Value>> {
    let picture = files::inside(folder, icon)
        .and_then(|path| image::open(path).ok())
        .filter(|picture| picture.width().min(picture.height()) >= SMALL);
    let Some(picture) = picture else {
        return Ok(Vec::new());
    };
    let small = picture.resize_to_fill(SMALL, SMALL, FilterType::Lanczos3);
    let mut entries = Vec::new();
    for (size, purpose, picture) in [
        (SMALL, "any", small),
        (LARGE, "maskable", maskable(&picture).into()),
    ] {
        let mut bytes = Cursor::new(Vec::new());
        if picture.write_to(&mut bytes, ImageFormat::Png).is_err() {
            continue;
        }
        let name = hashed(&format!("icon-{size}"), "png", bytes.get_ref());
        out.put(&format!("assets/{name}"), bytes.get_ref())?;
        entries.push(json!({
            "src": format!("{base}assets/{name}"),
            "sizes": format!("{size}x{size}"),
            "type": "image/png",
            "purpose": purpose,
        }));
    }
    Ok(entries)
}

/// The picture in the middle of a ground that goes on as its own corner begins; white where that is
/// transparent.
fn maskable(picture: &DynamicImage) -> RgbaImage {
    let own = picture.to_rgba8();
    let corner = *own.get_pixel(0, 0);
    let ground = if corner.0[3] == u8::MAX {
        corner
    } else {
        Rgba([u8::MAX; 4])
    };
    let mut icon = RgbaImage::from_pixel(LARGE, LARGE, ground);
    let inner = picture
        .resize_to_fill(INNER, INNER, FilterType::Lanczos3)
        .to_rgba8();
    let at = i64::from((LARGE - INNER) / 2);
    imageops::overlay(&mut icon, &inner, at, at);
    icon
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ground_of_a_maskable_icon_goes_on_as_the_picture_begins() {
        let red = Rgba([200, 0, 0, 255]);
        let icon = maskable(&RgbaImage::from_pixel(300, 300, red).into());
        assert_eq!(icon.dimensions(), (LARGE, LARGE));
        assert!(icon.pixels().all(|pixel| *pixel == red));
        let clear = RgbaImage::from_pixel(300, 300, Rgba([0, 0, 0, 0]));
        assert!(
            maskable(&clear.into())
                .pixels()
                .all(|pixel| pixel.0[3] == 255)
        );
    }
}
