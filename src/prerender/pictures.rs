//! Smaller versions of pictures: 360, 720 and 1440 px wide WebP beside the original, made once.
//!
//! Versions are cached by the hash of the original's bytes outside the build, so that neither a
//! second build nor another checkout makes them again. A picture that cannot be read is left as it
//! is: the page still has the original. Which pictures of other hosts are fetched, [`super::remote`] says.

use std::collections::HashMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use image::{GenericImageView, ImageReader};
use sha2::{Digest, Sha256};

use super::files::{By, Files};
use super::output::Output;
use super::remote::Remote;
use crate::model::{Image, ImageSize, SiteConfig};

const WIDTHS: [u32; 3] = [360, 720, 1440];
const QUALITY: f32 = 78.0;
/// Larger ones are left alone: decoding them could fill the memory.
const MOST_PIXELS: u64 = 60_000_000;
/// An author's picture is shown 96 px wide at most; half again for fine screens.
const AVATAR: u32 = 144;

/// What was made of a picture.
#[derive(Clone, Debug)]
pub struct Made {
    pub width: u32,
    pub height: u32,
    /// Paths under the site's base.
    pub sizes: Vec<ImageSize>,
}

type Slot = Arc<OnceLock<Option<Made>>>;

/// Makes and remembers versions. Shared between threads; each picture is made once.
pub struct Pictures<'a> {
    resize: bool,
    remote: Remote,
    cache: PathBuf,
    out: &'a Output,
    folder: PathBuf,
    made: Mutex<HashMap<String, Slot>>,
    avatars: Mutex<HashMap<String, Arc<OnceLock<Option<String>>>>>,
}

impl<'a> Pictures<'a> {
    pub fn new(config: &SiteConfig, folder: &Path, out: &'a Output) -> Self {
        let cache = cache_folder();
        Self {
            resize: config.pictures.resize,
            remote: Remote::new(config, &cache),
            cache,
            out,
            folder: folder.to_owned(),
            made: Mutex::default(),
            avatars: Mutex::default(),
        }
    }

    /// Versions of a file of the site's folder.
    pub fn local(&self, local: &str) -> Option<Made> {
        let path = self.folder.join(local);
        self.once(local, || fs::read(path).ok())
    }

    /// Versions of a picture of another host, where it may be fetched.
    pub fn remote(&self, url: &str) -> Option<Made> {
        if !self.remote.takes(url) {
            return None;
        }
        self.once(url, || self.remote.bytes(url))
    }

    /// What stands for an author's picture on another host: a small copy of the site's own. Without
    /// one the picture is left out rather than asked for by every reader's browser; only a site that
    /// leaves all pictures where they are keeps the address.
    pub fn avatar(&self, url: &str) -> Option<String> {
        if !self.remote.takes_avatar(url) {
            return Some(url.to_owned());
        }
        let slot = lock(&self.avatars)
            .entry(url.to_owned())
            .or_default()
            .clone();
        slot.get_or_init(|| self.copied(&self.remote.bytes(url)?))
            .clone()
    }

    fn copied(&self, bytes: &[u8]) -> Option<String> {
        let name = format!("{}-{AVATAR}.webp", hash_of(bytes));
        let kept = self.cache.join(&name);
        let small = match fs::read(&kept) {
            Ok(small) => small,
            Err(_) => {
                let (width, height) = decoder(bytes)?.into_dimensions().ok()?;
                if u64::from(width) * u64::from(height) > MOST_PIXELS {
                    return None;
                }
                let whole = decoder(bytes)?.decode().ok()?;
                let small = resized(&whole, AVATAR.min(width))?;
                keep(&kept, &small);
                small
            }
        };
        let path = format!("assets/{name}");
        self.out.put(&path, &small).ok()?;
        Some(path)
    }

    /// Gives a story's lead picture its versions, unless it already has a choice of sizes.
    pub fn settle(&self, image: &mut Image, files: &Files) {
        if !image.sizes.is_empty() || !image.modern.is_empty() {
            return;
        }
        let made = match files.local(&image.src, By::Source) {
            Some(local) => self.local(&local),
            None => self.remote(&image.src),
        };
        if let Some(made) = made {
            (image.width, image.height) = (Some(made.width), Some(made.height));
            image.modern = made.sizes;
        }
    }

    fn once(&self, name: &str, read: impl FnOnce() -> Option<Vec<u8>>) -> Option<Made> {
        if !self.resize || name.ends_with(".svg") || name.ends_with(".gif") {
            return None;
        }
        let slot = lock(&self.made).entry(name.to_owned()).or_default().clone();
        slot.get_or_init(|| self.make(&read()?)).clone()
    }

    fn make(&self, bytes: &[u8]) -> Option<Made> {
        let hash = hash_of(bytes);
        let (width, height) = decoder(bytes)?.into_dimensions().ok()?;
        if u64::from(width) * u64::from(height) > MOST_PIXELS {
            return None;
        }
        let mut decoded = None;
        let mut sizes = Vec::new();
        for wanted in WIDTHS.into_iter().filter(|wanted| *wanted < width) {
            let name = format!("{hash}-{wanted}.webp");
            let kept = self.cache.join(&name);
            let version = match fs::read(&kept) {
                Ok(version) => version,
                Err(_) => {
                    if decoded.is_none() {
                        decoded = Some(decoder(bytes)?.decode().ok()?);
                    }
                    let version = resized(decoded.as_ref()?, wanted)?;
                    keep(&kept, &version);
                    version
                }
            };
            // A version that is not smaller than the original is no use to anyone.
            if version.len() < bytes.len() {
                let path = format!("assets/{name}");
                self.out.put(&path, &version).ok()?;
                sizes.push(ImageSize {
                    src: path,
                    width: wanted,
                });
            }
        }
        Some(Made {
            width,
            height,
            sizes,
        })
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn hash_of(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn decoder(bytes: &[u8]) -> Option<ImageReader<Cursor<&[u8]>>> {
    ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .ok()
}

fn resized(picture: &image::DynamicImage, width: u32) -> Option<Vec<u8>> {
    let (own_width, own_height) = picture.dimensions();
    let height = (u64::from(own_height) * u64::from(width) / u64::from(own_width)).max(1) as u32;
    let small = picture.resize_exact(width, height, image::imageops::FilterType::CatmullRom);
    let small = if small.color().has_alpha() {
        image::DynamicImage::ImageRgba8(small.to_rgba8())
    } else {
        image::DynamicImage::ImageRgb8(small.to_rgb8())
    };
    let encoder = webp::Encoder::from_image(&small).ok()?;
    Some(encoder.encode(QUALITY).to_vec())
}

/// Keeps a version for later builds; a cache that cannot be written is only slower.
pub fn keep(path: &Path, bytes: &[u8]) {
    let Some(folder) = path.parent() else { return };
    let written = fs::create_dir_all(folder).and_then(|()| {
        let part = path.with_extension(format!("part{}", std::process::id()));
        fs::write(&part, bytes)?;
        fs::rename(&part, path)
    });
    if let Err(error) = written {
        eprintln!("  note: {} cannot be cached: {error}", path.display());
    }
}

fn cache_folder() -> PathBuf {
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
    std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(home)
        .unwrap_or_else(std::env::temp_dir)
        .join("dateline/pictures")
}

/// Width and height of a picture file, without decoding it. SVG has none of its own here.
pub fn dimensions(path: &Path) -> Option<(u32, u32)> {
    let reader = ImageReader::open(path).ok()?.with_guessed_format().ok()?;
    reader.into_dimensions().ok()
}
