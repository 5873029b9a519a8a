//! Who may be embedded: providers as data, recognised from an iframe or a link, rebuilt from an id.
//!
//! An embed on a page is only ever a provider and an id within that provider's grammar; the frame
//! that loads after a click is made from this table, never from what the article said.

use super::url::host_of;
use crate::model::percent_decode;

/// One provider and one way of addressing it.
#[derive(Debug)]
pub struct Rule {
    /// The key that names the provider in markup and preferences.
    pub key: &'static str,
    pub name: &'static str,
    /// Addresses without scheme and `www.`; `{}` takes part of the id, `*` any one segment.
    patterns: &'static [&'static str],
    /// The frame, `{}` is the id; where there is a `{h}`, the id's first part, and that the second.
    frame: &'static str,
    /// The page at the provider, for the plain link.
    page: &'static str,
    pub shape: Shape,
}

/// The space an embed takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// 16:9.
    Film,
    /// A bar of sound.
    Sound,
    /// A post or chart: tall.
    Post,
}

/// A rule of the table, by its place in it.
#[derive(Clone, Copy, Debug)]
pub struct Provider(&'static Rule);

impl PartialEq for Provider {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl std::ops::Deref for Provider {
    type Target = Rule;

    fn deref(&self) -> &Rule {
        self.0
    }
}

/// Hosts that frames are made of, for the page's `frame-src`.
pub const FRAME_HOSTS: &[&str] = &[
    "https://www.youtube-nocookie.com",
    "https://player.vimeo.com",
    "https://geo.dailymotion.com",
    "https://w.soundcloud.com",
    "https://open.spotify.com",
    "https://platform.twitter.com",
    "https://www.instagram.com",
    "https://www.tiktok.com",
    "https://datawrapper.dwcdn.net",
    "https://flo.uri.sh",
];

macro_rules! rules {
    ($($key:literal $name:literal $shape:ident [$($pattern:literal)*] $frame:literal $page:literal;)*) => {
        const RULES: &[Rule] = &[$(Rule {
            key: $key, name: $name, shape: Shape::$shape,
            patterns: &[$($pattern),*], frame: $frame, page: $page,
        },)*];

        /// What is needed to play what a page names: key, name and frame.
        const PLAYERS: &[(&str, &str, &str)] = &[$(($key, $name, $frame),)*];
    };
}

rules! {
    "youtube" "YouTube" Film
        ["youtube.com/watch?v={}" "youtube.com/embed/{}" "youtube-nocookie.com/embed/{}" "youtu.be/{}"
         "youtube.com/shorts/{}" "youtube.com/live/{}" "youtube.com/v/{}" "youtube.com/e/{}"
         "music.youtube.com/watch?v={}"]
        "https://www.youtube-nocookie.com/embed/{}?autoplay=1" "https://www.youtube.com/watch?v={}";
    "vimeo" "Vimeo" Film
        ["player.vimeo.com/video/{}?h={}" "vimeo.com/{}/{}"]
        "https://player.vimeo.com/video/{}?h={h}&autoplay=1&dnt=1" "https://vimeo.com/{}";
    "vimeo" "Vimeo" Film
        ["vimeo.com/{}" "player.vimeo.com/video/{}" "vimeo.com/channels/*/{}" "vimeo.com/groups/*/videos/{}"
         "vimeo.com/showcase/*/video/{}" "vimeo.com/album/*/video/{}"]
        "https://player.vimeo.com/video/{}?autoplay=1&dnt=1" "https://vimeo.com/{}";
    "dailymotion" "Dailymotion" Film
        ["dailymotion.com/video/{}" "dailymotion.com/embed/video/{}" "dai.ly/{}" "dailymotion.com/swf/video/{}"
         "dailymotion.com/widget/preview_video.php?video={}"
         "geo.dailymotion.com/player.html?video={}" "geo.dailymotion.com/player/*?video={}"]
        "https://geo.dailymotion.com/player.html?video={}" "https://www.dailymotion.com/video/{}";
    "spotify" "Spotify" Sound
        ["open.spotify.com/{}/{}" "open.spotify.com/embed/{}/{}" "open.spotify.com/embed-podcast/{}/{}"
         "open.spotify.com/embed/{}/{}/video" "open.spotify.com/*/{}/{}"]
        "https://open.spotify.com/embed/{}" "https://open.spotify.com/{}";
    "soundcloud" "SoundCloud" Sound
        ["api.soundcloud.com/{}/{}"]
        "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/{}" "https://soundcloud.com/";
    "soundcloud" "SoundCloud" Sound
        ["soundcloud.com/{}/{}" "soundcloud.com/{}/{}/{}"]
        "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/{}" "https://soundcloud.com/{}";
    "x" "X" Post
        ["twitter.com/*/status/{}" "x.com/*/status/{}" "twitter.com/i/web/status/{}" "x.com/i/web/status/{}"
         "platform.twitter.com/embed/Tweet.html?id={}" "platform.x.com/embed/Tweet.html?id={}"
         "twitter.com/*/status/{}/*/*" "x.com/*/status/{}/*/*" "twitter.com/*/statuses/{}"]
        "https://platform.twitter.com/embed/Tweet.html?dnt=true&id={}" "https://x.com/i/web/status/{}";
    "instagram" "Instagram" Post
        ["instagram.com/{}/{}" "instagram.com/{}/{}/embed" "instagram.com/{}/{}/embed/captioned"
         "instagram.com/*/{}/{}" "instagr.am/{}/{}"]
        "https://www.instagram.com/{}/embed/" "https://www.instagram.com/{}/";
    "tiktok" "TikTok" Post
        ["tiktok.com/*/video/{}" "tiktok.com/*/photo/{}" "tiktok.com/embed/{}" "tiktok.com/embed/v2/{}" "tiktok.com/player/v1/{}"]
        "https://www.tiktok.com/embed/v2/{}" "https://www.tiktok.com/embed/{}";
    "datawrapper" "Datawrapper" Post
        ["datawrapper.dwcdn.net/{}" "datawrapper.dwcdn.net/{}/*" "datawrapper.de/_/{}"]
        "https://datawrapper.dwcdn.net/{}/" "https://datawrapper.dwcdn.net/{}/";
    "flourish" "Flourish" Post
        ["flo.uri.sh/{}/{}/embed" "public.flourish.studio/{}/{}" "public.flourish.studio/{}/{}/embed"]
        "https://flo.uri.sh/{}/embed" "https://public.flourish.studio/{}/";
}

/// First id parts, where an id has two: anything else on that host is an ordinary page.
const KINDS: &[(&str, &[&str])] = &[
    (
        "spotify",
        &["track", "album", "playlist", "episode", "show", "artist"],
    ),
    ("instagram", &["p", "reel", "reels", "tv"]),
    ("flourish", &["visualisation", "story"]),
];

/// First id parts that stand for something else than a film or a sound of that host.
const PAGES: &[(&str, &[&str])] = &[
    ("youtube", &["videoseries", "live_stream"]),
    (
        "soundcloud",
        &[
            "pages", "discover", "charts", "search", "you", "stream", "upload", "settings",
        ],
    ),
];

/// What SoundCloud's API names by number; its pages are named after their users.
const SOUNDCLOUD_API: &[&str] = &["tracks", "playlists", "users"];

const WRAPPERS: &[&str] = &["w.soundcloud.com", "cdn.embedly.com"];

impl Provider {
    /// Recognises an absolute address; gives the provider and the id.
    pub fn recognise(url: &str) -> Option<(Self, String)> {
        let host = host_of(url);
        let host = host
            .strip_prefix("m.")
            .or_else(|| host.strip_prefix("mobile."))
            .unwrap_or(host);
        let (_, rest) = url.split_once("://")?;
        let rest = &rest[rest.find('/')?..];
        // SoundCloud's player, and Embedly's, wrap the address of what they play.
        let wraps = match host {
            "w.soundcloud.com" => Some("url"),
            "cdn.embedly.com" => Some("src"),
            _ => None,
        };
        if let Some(key) = wraps {
            let inner = percent_decode(query(rest, key)?);
            return (!WRAPPERS.contains(&host_of(&inner)))
                .then(|| Self::recognise(&inner))
                .flatten();
        }
        let rest = rest.split('#').next().unwrap_or_default();
        RULES.iter().find_map(|rule| {
            let id = rule
                .patterns
                .iter()
                .find_map(|pattern| take(pattern, host, rest))?;
            let kinds = KINDS.iter().find(|(key, _)| *key == rule.key);
            // An unlisted film of Vimeo's has a key behind its number.
            let (number, key) = match rule.key {
                "vimeo" => id.split_once('/').unwrap_or((&id, "")),
                _ => (id.as_str(), ""),
            };
            let numeric = !matches!(rule.key, "x" | "vimeo")
                || number.bytes().all(|b| b.is_ascii_digit())
                    && key.bytes().all(|b| b.is_ascii_hexdigit());
            // Dailymotion writes the title behind it.
            let id = match rule.key {
                "dailymotion" => id.split('_').next().unwrap_or_default().to_owned(),
                _ => id,
            };
            let kind = id.split('/').next().unwrap_or_default();
            let page = PAGES
                .iter()
                .any(|(key, kinds)| *key == rule.key && kinds.contains(&kind));
            // An id is the API's or a page's by its first part, so that it can be read back.
            let placed = rule.key != "soundcloud"
                || SOUNDCLOUD_API.contains(&kind) == (host == "api.soundcloud.com");
            (numeric && placed && !page && kinds.is_none_or(|(_, kinds)| kinds.contains(&kind)))
                .then_some((Self(rule), id))
        })
    }

    /// The provider of a key and an id that stand in a page, checked again.
    pub fn by_key(key: &str, id: &str) -> Option<(Self, String)> {
        RULES
            .iter()
            .filter(|rule| rule.key == key)
            .find_map(|rule| {
                Self::recognise(&rule.page.replace("{}", id))
                    .or_else(|| Self::recognise(&fill(rule.frame, id)?))
            })
            .filter(|(provider, found)| provider.key == key && found == id)
    }

    /// The page at the provider.
    pub fn page(self, id: &str) -> String {
        self.0.page.replace("{}", id)
    }
}

/// What readers call the provider with a key.
pub fn name_of(key: &str) -> Option<&'static str> {
    let player = PLAYERS.iter().find(|player| player.0 == key);
    player.map(|player| player.1)
}

/// Name and frame of what a page names by key and id, to load after a click. The id was recognised when
/// the page was made; here it only must not leave its place in the address, so that the whole table
/// of addresses stays out of readers' browsers.
pub fn player(key: &str, id: &str) -> Option<(&'static str, String)> {
    let mut parts = id.split('/');
    let by_number = SOUNDCLOUD_API.contains(&parts.clone().next()?);
    if !parts.all(|part| sound(part).is_some()) {
        return None;
    }
    // SoundCloud's pages have a player of their own.
    let own = usize::from(key == "soundcloud" && !by_number);
    let mut players = PLAYERS.iter().filter(|player| player.0 == key).skip(own);
    players.find_map(|(_, name, frame)| Some((*name, fill(frame, id)?)))
}

/// A frame's address with an id in it; none where the frame wants a key that the id has not.
fn fill(frame: &str, id: &str) -> Option<String> {
    if !frame.contains("{h}") {
        return Some(frame.replace("{}", id));
    }
    let (id, key) = id.split_once('/')?;
    Some(frame.replace("{}", id).replace("{h}", key))
}

/// Matches `host` and path against a pattern; the id is what the `{}`s took, joined by `/`.
fn take(pattern: &str, host: &str, rest: &str) -> Option<String> {
    let pattern = pattern.strip_prefix(host)?.strip_prefix('/')?;
    let (pattern, key) = pattern
        .split_once('?')
        .map_or((pattern, None), |(p, q)| (p, Some(q)));
    let path = rest.split('?').next().unwrap_or_default().trim_matches('/');
    let mut id: Vec<&str> = Vec::new();
    let mut segments = path.split('/');
    for expected in pattern.split('/') {
        let segment = segments.next()?;
        match expected {
            "{}" => id.push(sound(segment)?),
            "*" => {}
            _ if expected == segment => {}
            _ => return None,
        }
    }
    if segments.next().is_some_and(|more| !more.is_empty()) {
        return None;
    }
    if let Some(key) = key {
        id.push(sound(query(rest, key.trim_end_matches("={}"))?)?);
    }
    Some(id.join("/"))
}

fn query<'a>(rest: &'a str, key: &str) -> Option<&'a str> {
    let (_, query) = rest.split_once('?')?;
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))
}

/// The grammar of every id: nothing that could leave its place in an address.
fn sound(part: &str) -> Option<&str> {
    let letters = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    ((1..=64).contains(&part.len()) && part.bytes().all(letters)).then_some(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(url: &str) -> Option<(&'static str, String)> {
        Provider::recognise(url).map(|(provider, id)| (provider.0.key, id))
    }

    #[test]
    fn the_addresses_people_really_paste_are_recognised() {
        for (url, key, id) in [
            (
                "https://www.youtube.com/watch?list=x&v=dQw4w9WgXcQ&t=3",
                "youtube",
                "dQw4w9WgXcQ",
            ),
            (
                "https://youtu.be/dQw4w9WgXcQ?si=abc",
                "youtube",
                "dQw4w9WgXcQ",
            ),
            ("https://m.youtube.com/shorts/abc-_1", "youtube", "abc-_1"),
            (
                "https://www.youtube-nocookie.com/embed/abc?rel=0",
                "youtube",
                "abc",
            ),
            (
                "https://player.vimeo.com/video/12345?h=0a1b2c&dnt=1",
                "vimeo",
                "12345/0a1b2c",
            ),
            ("https://vimeo.com/12345/0a1b2c", "vimeo", "12345/0a1b2c"),
            ("https://player.vimeo.com/video/12345?h=", "vimeo", "12345"),
            (
                "https://www.dailymotion.com/embed/video/x7abc",
                "dailymotion",
                "x7abc",
            ),
            (
                "https://open.spotify.com/embed/episode/4rOoJ6Egrf8",
                "spotify",
                "episode/4rOoJ6Egrf8",
            ),
            (
                "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/42&color=x",
                "soundcloud",
                "tracks/42",
            ),
            (
                "https://soundcloud.com/desk/the-tide",
                "soundcloud",
                "desk/the-tide",
            ),
            ("https://twitter.com/desk/status/20?ref_src=x", "x", "20"),
            (
                "https://www.instagram.com/p/Cabc/?utm=1",
                "instagram",
                "p/Cabc",
            ),
            ("https://www.tiktok.com/@desk/video/71", "tiktok", "71"),
            (
                "https://www.instagram.com/desk/reel/Cabc/",
                "instagram",
                "reel/Cabc",
            ),
            (
                "https://open.spotify.com/intl-de/track/4rOo",
                "spotify",
                "track/4rOo",
            ),
            ("https://x.com/desk/status/20/photo/1", "x", "20"),
            (
                "https://www.dailymotion.com/video/x7abc_a-title",
                "dailymotion",
                "x7abc",
            ),
            (
                "https://cdn.embedly.com/widgets/media.html?src=https%3A%2F%2Fwww.youtube.com%2Fembed%2Fabc%3Ffeature%3Doembed&x=y",
                "youtube",
                "abc",
            ),
            (
                "https://vimeo.com/groups/sea/videos/12345",
                "vimeo",
                "12345",
            ),
            (
                "https://www.datawrapper.de/_/AbCd1/",
                "datawrapper",
                "AbCd1",
            ),
            (
                "https://datawrapper.dwcdn.net/AbCd1/3/",
                "datawrapper",
                "AbCd1",
            ),
            (
                "https://flo.uri.sh/visualisation/99/embed",
                "flourish",
                "visualisation/99",
            ),
        ] {
            assert_eq!(found(url), Some((key, id.to_owned())), "{url}");
            let (provider, id) = Provider::recognise(url).expect("just seen");
            assert_eq!(
                Provider::by_key(key, &id),
                Some((provider, id.clone())),
                "{url} is found again by key and id"
            );
            let (name, frame) = player(key, &id).expect("a player");
            let made = match id.split_once('/').filter(|_| key == "vimeo") {
                Some((number, key)) => provider.frame.replace("{}", number).replace("{h}", key),
                None => provider.frame.replace("{}", &id),
            };
            assert_eq!((name, frame), (provider.name, made));
            assert!(
                FRAME_HOSTS
                    .iter()
                    .any(|host| provider.frame.starts_with(host)),
                "{url}"
            );
        }
    }

    #[test]
    fn look_alikes_are_not() {
        for url in [
            "https://youtube.com.evil.example/embed/abc",
            "https://evil.example/youtube.com/embed/abc",
            "https://www.youtube.com/embed/a%22onload",
            "https://www.youtube.com/embed/",
            "https://vimeo.com/about",
            "https://vimeo.com/12345/settings",
            "https://open.spotify.com/user/desk",
            "https://www.instagram.com/desk/tagged",
            "https://w.soundcloud.com/player/?url=https://w.soundcloud.com/player/?url=x",
            "https://soundcloud.com/tracks/42",
            "https://api.soundcloud.com/desk/the-tide",
            "https://youtube.com@evil.example/embed/abc",
            "https://www.youtube.com/embed/videoseries?list=PL1",
            "https://soundcloud.com/pages/contact",
        ] {
            assert_eq!(found(url), None, "{url}");
        }
        for id in ["abc/../x", "abc\" onload", "", "a//b", "a?b", "a%2f", "é"] {
            assert!(Provider::by_key("youtube", id).is_none(), "{id}");
            assert!(player("youtube", id).is_none(), "{id}");
        }
        assert!(player("tube", "abc").is_none());
    }
}
