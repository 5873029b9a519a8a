//! The element's attributes as what they mean. Unreadable values are the default, never an error:
//! a host page's typing mistake must not cost it the headlines.

/// How stories are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    #[default]
    List,
    Cards,
    Headlines,
}

/// How dates are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dates {
    Off,
    Absolute,
    Relative,
}

/// What to show of a feed, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    pub limit: usize,
    pub layout: Layout,
    pub images: bool,
    pub summary: bool,
    pub date: Dates,
    /// Empty for the source's own language.
    pub language: String,
    /// Empty for none.
    pub heading: String,
    /// 1 to 6.
    pub level: u8,
    /// Empty for the host page's own.
    pub target: String,
}

impl Options {
    /// Reads the attributes through a function that knows them.
    pub fn read(attribute: &dyn Fn(&str) -> Option<String>) -> Self {
        let text = |name: &str| {
            attribute(name)
                .map(|value| value.trim().to_owned())
                .unwrap_or_default()
        };
        let number = |name: &str| text(name).parse::<usize>().ok();
        let layout = match text("layout").as_str() {
            "cards" => Layout::Cards,
            "headlines" => Layout::Headlines,
            _ => Layout::List,
        };
        let on = |name: &str, usually: bool| match attribute(name).as_deref() {
            None => usually,
            Some("off" | "false" | "no" | "none" | "0") => false,
            Some(_) => true,
        };
        Self {
            limit: number("limit").unwrap_or(5).clamp(1, 50),
            layout,
            images: on("images", layout != Layout::Headlines),
            summary: on("summary", layout == Layout::Cards),
            date: match text("date").as_str() {
                "relative" => Dates::Relative,
                _ if on("date", layout != Layout::Headlines) => Dates::Absolute,
                _ => Dates::Off,
            },
            language: text("lang"),
            heading: text("heading"),
            level: number("heading-level").unwrap_or(2).clamp(1, 6) as u8,
            target: Some(text("target"))
                .filter(|name| {
                    name.chars()
                        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
                })
                .unwrap_or_default(),
        }
    }
}
