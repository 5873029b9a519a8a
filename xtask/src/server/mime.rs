//! File names to media types, and which of them are worth compressing.

use std::path::Path;

/// The media type a host would send.
pub fn of(path: &Path) -> &'static str {
    let extension = path
        .extension()
        .and_then(|text| text.to_str())
        .unwrap_or_default();
    match extension.to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "xml" => match path.file_name().and_then(|name| name.to_str()) {
            Some("rss.xml") => "application/rss+xml; charset=utf-8",
            Some("atom.xml") => "application/atom+xml; charset=utf-8",
            _ => "application/xml; charset=utf-8",
        },
        "rss" => "application/rss+xml; charset=utf-8",
        "atom" => "application/atom+xml; charset=utf-8",
        "txt" | "md" | "conf" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "gif" => "image/gif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}

/// Whether hosts compress this type; pictures, fonts and films are compressed already.
pub fn compressible(media_type: &str) -> bool {
    media_type.starts_with("text/")
        || media_type.contains("json")
        || media_type.contains("xml")
        || media_type == "application/wasm"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wasm_has_the_type_that_streaming_compilation_asks_for() {
        assert_eq!(of(Path::new("app_bg.wasm")), "application/wasm");
    }

    #[test]
    fn modules_manifests_and_feeds_have_their_own_types() {
        assert_eq!(of(Path::new("a/app.mjs")), "text/javascript; charset=utf-8");
        assert_eq!(
            of(Path::new("manifest.webmanifest")),
            "application/manifest+json"
        );
        assert_eq!(
            of(Path::new("world/rss.xml")),
            "application/rss+xml; charset=utf-8"
        );
        assert_eq!(
            of(Path::new("sitemap.xml")),
            "application/xml; charset=utf-8"
        );
        assert_eq!(of(Path::new("feed.json")), "application/json");
    }

    #[test]
    fn pictures_are_left_alone_and_drawings_are_compressed() {
        assert!(!compressible(of(Path::new("crane.webp"))));
        assert!(compressible(of(Path::new("logo.svg"))));
        assert!(compressible(of(Path::new("app_bg.wasm"))));
    }
}
