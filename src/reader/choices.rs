//! How a reader wants pages to look. The names and values are shared by `public/app/theme.js`, the
//! style sheets and the settings.

/// The one record of choices.
pub const CHOICES: &str = "dateline:1:prefs";

/// What can be chosen; each name is a `data-` attribute of the root while it is not the default.
pub const NAMES: &[&str] = &["theme", "size", "face", "pictures", "history"];
