//! Every word of the interface: one catalogue of keys, one locale file of texts a language.
//!
//! Locale files (`public/app/locales/*.json`) map a key to a text, or to one text a plural
//! category (`{ "one": …, "other": … }`). The browser loads only the active one. `{name}` in a
//! text is filled by [`Strings::fill`]. `tests/strings.rs` finds missing and unused keys.

use crate::json::Json;

/// The languages that have a locale file.
pub const LOCALES: [&str; 9] = ["en", "ar", "de", "es", "fr", "hi", "ja", "pt", "zh"];

/// The locale file for a language, by its first subtag: `pt-BR` is read in `pt`, `zh-Hant` in `zh`.
/// None where the interface will be English for want of a better one.
pub fn locale_of(language: &str) -> Option<&'static str> {
    let first = language.split(['-', '_']).next().unwrap_or_default();
    LOCALES
        .into_iter()
        .find(|known| known.eq_ignore_ascii_case(first))
}

/// What to tell the publisher whose language has no locale file.
pub fn without_locale(language: &str) -> Option<String> {
    locale_of(language).is_none().then(|| {
        let known = LOCALES.join(", ");
        format!(
            "the interface has no \"{language}\" texts and will be in English; it speaks {known}"
        )
    })
}

/// CLDR plural categories, in the order of [`Plural::NAMES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plural {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

impl Plural {
    pub const NAMES: [&'static str; 6] = ["zero", "one", "two", "few", "many", "other"];

    /// The category of CLDR's (and `Intl.PluralRules`') name; unknown names are `Other`.
    pub fn from_name(name: &str) -> Self {
        match name {
            "zero" => Self::Zero,
            "one" => Self::One,
            "two" => Self::Two,
            "few" => Self::Few,
            "many" => Self::Many,
            _ => Self::Other,
        }
    }
}

macro_rules! keys {
    ($($variant:ident => $name:literal,)*) => {
        /// A text of the interface: its name in locale files. Not an enum, whose names would have to
        /// be a table that every bundle carries whole; so a bundle holds those that it says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct Key(&'static str);

        #[allow(non_upper_case_globals)] // Written as the variants they stand for.
        impl Key {
            $(pub const $variant: Key = Key($name);)*

            /// Every name.
            pub const NAMES: &'static [&'static str] = &[$($name,)*];

            /// The key of a name, for texts that a data island chose.
            pub fn by_name(name: &str) -> Option<Self> {
                Self::NAMES.iter().find(|known| **known == name).map(|name| Self(name))
            }
        }
    };
}

keys! {
    SkipToContent => "skip_to_content",
    Sections => "sections",
    Menu => "menu",
    Footer => "footer",
    Search => "search",
    SearchStories => "search_stories",
    Latest => "latest",
    AllLatest => "all_latest",
    All => "all",
    AllOf => "all_of",
    MostRead => "most_read",
    Page => "page",
    PageOf => "page_of",
    Pagination => "pagination",
    Previous => "previous",
    Next => "next",
    NoStories => "no_stories",
    NoStoriesHint => "no_stories_hint",
    Stories => "stories",
    AmongLatest => "among_latest",
    Published => "published",
    Updated => "updated",
    By => "by",
    ReadingTime => "reading_time",
    KeyPoints => "key_points",
    RelatedPosts => "related_posts",
    RelatedTo => "related_to",
    AlsoAbout => "also_about",
    AlsoIn => "also_in",
    EditorsChoice => "editors_choice",
    MoreRelated => "more_related",
    ReadMore => "read_more",
    ReadMoreOf => "read_more_of",
    WorthReading => "worth_reading",
    Close => "close",
    Tags => "tags",
    TagTitle => "tag_title",
    Share => "share",
    CopyLink => "copy_link",
    LinkCopied => "link_copied",
    ShareByMail => "share_by_mail",
    Corrections => "corrections",
    Correction => "correction",
    OlderThanAYear => "older_than_a_year",
    JumpTo => "jump_to",
    Preview => "preview",
    Locked => "locked",
    ReadOnSource => "read_on_source",
    Password => "password",
    PasswordOpen => "password_open",
    PasswordWrong => "password_wrong",
    PictureCredit => "picture_credit",
    NotFoundTitle => "not_found_title",
    NotFoundText => "not_found_text",
    BackToFront => "back_to_front",
    Loading => "loading",
    TryAgain => "try_again",
    Reload => "reload",
    AppEnded => "app_ended",
    Outdated => "outdated",
    ProblemTitle => "problem_title",
    ProblemUnreachable => "problem_unreachable",
    ProblemSlow => "problem_slow",
    ProblemWebPage => "problem_web_page",
    ProblemBroken => "problem_broken",
    ProblemStatus => "problem_status",
    ProblemForbidden => "problem_forbidden",
    ProblemConfig => "problem_config",
    WithdrawnTitle => "withdrawn_title",
    WithdrawnText => "withdrawn_text",
    LimitSize => "limit_size",
    LimitDepth => "limit_depth",
    LimitLength => "limit_length",
    SkipNewsletter => "skip_newsletter",
    NewsletterEmail => "newsletter_email",
    NewsletterSubscribe => "newsletter_subscribe",
    NewsletterInvalid => "newsletter_invalid",
    LeaveAReply => "leave_a_reply",
    EmailNotPublished => "email_not_published",
    RequiredMarked => "required_marked",
    Comment => "comment",
    Name => "name",
    Email => "email",
    Website => "website",
    RememberMe => "remember_me",
    PostComment => "post_comment",
    CopyComment => "copy_comment",
    NeedsJavascript => "needs_javascript",
    ShellNeedsJavascript => "shell_needs_javascript",
    DraftRestored => "draft_restored",
    Discard => "discard",
    Saved => "saved",
    NotSaved => "not_saved",
    SavedStories => "saved_stories",
    Drafts => "drafts",
    Archive => "archive",
    Widget => "widget",
    NewStories => "new_stories",
    UpdatedShow => "updated_show",
    Home => "home",
    Live => "live",
    EmbedLoad => "embed_load",
    EmbedOpen => "embed_open",
    EmbedAlways => "embed_always",
    EmbedFrame => "embed_frame",
    Table => "table",
    Footnotes => "footnotes",
    BackToText => "back_to_text",
    LinkToHeading => "link_to_heading",
    EnlargePicture => "enlarge_picture",
    Picture => "picture",
    PreviousPicture => "previous_picture",
    NextPicture => "next_picture",
    KeptHere => "kept_here",
    DontKeep => "dont_keep",
    NotKeptHere => "not_kept_here",
    Keep => "keep",
    Undo => "undo",
    DraftDiscarded => "draft_discarded",
    DraftOffered => "draft_offered",
    UseIt => "use_it",
    OtherTab => "other_tab",
    UseOther => "use_other",
    KeepMine => "keep_mine",
    CharactersLeft => "characters_left",
    CharactersOver => "characters_over",
    FaultsTitle => "faults_title",
    FaultComment => "fault_comment",
    FaultLength => "fault_length",
    FaultName => "fault_name",
    FaultNameLength => "fault_name_length",
    FaultEmail => "fault_email",
    FaultWebsite => "fault_website",
    CommentSending => "comment_sending",
    CommentPublished => "comment_published",
    CommentHeld => "comment_held",
    CommentWaits => "comment_waits",
    CommentAsks => "comment_asks",
    SendNow => "send_now",
    BackToDraft => "back_to_draft",
    ItArrived => "it_arrived",
    CommentCopied => "comment_copied",
    CommentNotCopied => "comment_not_copied",
    OpenOriginal => "open_original",
    SendByMail => "send_by_mail",
    RefusedLogin => "refused_login",
    RefusedAuthor => "refused_author",
    RefusedEmail => "refused_email",
    RefusedContent => "refused_content",
    RefusedLong => "refused_long",
    RefusedClosed => "refused_closed",
    RefusedStory => "refused_story",
    RefusedFlood => "refused_flood",
    RefusedDuplicate => "refused_duplicate",
    RefusedBusy => "refused_busy",
    RefusedOther => "refused_other",
    TextKept => "text_kept",
    NewUpdates => "new_updates",
    KeyEvents => "key_events",
    LiveOn => "live_on",
    LiveEnded => "live_ended",
    CommentsTitle => "comments_title",
    CommentsCount => "comments_count",
    CommentsNone => "comments_none",
    CommentsFailed => "comments_failed",
    NewestFirst => "newest_first",
    OldestFirst => "oldest_first",
    Reply => "reply",
    ReplyTo => "reply_to",
    CancelReply => "cancel_reply",
    DraftsEmpty => "drafts_empty",
    DraftsHint => "drafts_hint",
    DraftOpen => "draft_open",
    DraftCopy => "draft_copy",
    DraftDelete => "draft_delete",
    DraftsExport => "drafts_export",
    DraftsDeleteAll => "drafts_delete_all",
    DraftState => "draft_state",
    WaitingState => "waiting_state",
    AskingState => "asking_state",
    ForgetMe => "forget_me",
    ForgetHint => "forget_hint",
    ForgetFailed => "forget_failed",
    Forgotten => "forgotten",
    ReadingSettings => "reading_settings",
    SettingsHint => "settings_hint",
    Theme => "theme",
    AsDevice => "as_device",
    ThemeLight => "theme_light",
    ThemeDark => "theme_dark",
    TextSize => "text_size",
    SizeSmall => "size_small",
    SizeNormal => "size_normal",
    SizeLarge => "size_large",
    SizeLarger => "size_larger",
    Typeface => "typeface",
    FaceSerif => "face_serif",
    FaceSans => "face_sans",
    Pictures => "pictures",
    PicturesShown => "pictures_shown",
    PicturesTapped => "pictures_tapped",
    History => "history",
    HistoryOff => "history_off",
    HistoryOn => "history_on",
    ReadMark => "read_mark",
    NewMark => "new_mark",
    NewSince => "new_since",
    UpdatedSince => "updated_since",
    ContinueReading => "continue_reading",
    ShowPicture => "show_picture",
    EmbedsAlways => "embeds_always",
    AskAgain => "ask_again",
    Reset => "reset",
    SearchFound => "search_found",
    SearchNone => "search_none",
    SearchInstead => "search_instead",
    SearchFailed => "search_failed",
    SearchMore => "search_more",
    LoadMore => "load_more",
    SectionLabel => "section_label",
    AllSections => "all_sections",
    PeriodLabel => "period_label",
    AnyTime => "any_time",
    PastWeek => "past_week",
    PastMonth => "past_month",
    PastYear => "past_year",
    OrderLabel => "order_label",
    BestFirst => "best_first",
    SaveStory => "save_story",
    SavedHere => "saved_here",
    SavedEmpty => "saved_empty",
    SavedHint => "saved_hint",
    SavedSize => "saved_size",
    SavedTotal => "saved_total",
    Remove => "remove",
    RemoveAll => "remove_all",
    Offline => "offline",
    SavedAt => "saved_at",
    OfflineText => "offline_text",
    OfflineNothing => "offline_nothing",
    SeenHere => "seen_here",
}

#[derive(Clone, Debug, PartialEq)]
enum Text {
    Same(String),
    /// By plural category; absent ones fall back to `other`.
    Counted(Box<[Option<String>; 6]>),
}

/// The texts of one language.
#[derive(Clone, Debug, PartialEq)]
pub struct Strings {
    /// BCP 47.
    pub language: String,
    /// By name, in its order.
    texts: Vec<(String, Text)>,
}

impl Strings {
    /// Reads a locale file. A missing key shows its own name, so that nothing is ever blank.
    ///
    /// # Errors
    /// When the text is no JSON.
    pub fn parse(language: &str, json: &str) -> Result<Self, String> {
        let Some(Json::Object(entries)) = Json::parse(json) else {
            return Err("the texts are no JSON".into());
        };
        let mut texts: Vec<(String, Text)> = Vec::with_capacity(entries.len());
        for (name, value) in entries {
            let text = match value {
                Json::Text(text) => Text::Same(text),
                forms @ Json::Object(_) => {
                    Text::Counted(Box::new(Plural::NAMES.map(|name| forms.text(name))))
                }
                _ => continue,
            };
            // Put in its place at once: a sort is more code than the rest of this.
            match place(&texts, &name) {
                Ok(at) => texts[at].1 = text,
                Err(at) => texts.insert(at, (name, text)),
            }
        }
        Ok(Self {
            language: language.into(),
            texts,
        })
    }

    /// The language whose plural categories the texts have: a site in Polish shows English texts,
    /// and those have no form for "few".
    pub fn plurals(&self) -> &'static str {
        locale_of(&self.language).unwrap_or(LOCALES[0])
    }

    /// A text without a number in it.
    pub fn get(&self, key: Key) -> &str {
        self.form(key, Plural::Other)
    }

    /// A text in the form of a plural category.
    pub fn form(&self, key: Key, plural: Plural) -> &str {
        match place(&self.texts, key.0).ok().map(|at| &self.texts[at].1) {
            Some(Text::Same(text)) => text,
            Some(Text::Counted(forms)) => forms[plural as usize]
                .as_deref()
                .or(forms[Plural::Other as usize].as_deref())
                .unwrap_or(key.0),
            None => key.0,
        }
    }

    /// A text with its `{name}` places filled.
    pub fn fill(&self, key: Key, values: &[(&str, &str)]) -> String {
        fill(self.get(key), values)
    }

    /// [`Self::fill`] in the form of a plural category.
    pub fn fill_form(&self, key: Key, plural: Plural, values: &[(&str, &str)]) -> String {
        fill(self.form(key, plural), values)
    }
}

/// Where a name is among texts in its order, or would be.
fn place(texts: &[(String, Text)], name: &str) -> Result<usize, usize> {
    texts.binary_search_by(|(known, _)| known.as_str().cmp(name))
}

fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}') else {
            break;
        };
        out.push_str(&rest[..open]);
        let name = &rest[open + 1..open + close];
        match values.iter().find(|(key, _)| *key == name) {
            Some((_, value)) => out.push_str(value),
            None => out.push_str(&rest[open..=open + close]),
        }
        rest = &rest[open + close + 1..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_and_unknown_ones_left_visible() {
        assert_eq!(fill("{a} of {b}", &[("a", "1"), ("b", "{a}")]), "1 of {a}");
        assert_eq!(fill("{x} {", &[]), "{x} {");
    }

    #[test]
    fn a_language_is_read_in_its_nearest_locale() {
        assert_eq!(locale_of("pt-BR"), Some("pt"));
        assert_eq!(locale_of("zh-Hant-TW"), Some("zh"));
        assert_eq!(locale_of("EN_us"), Some("en"));
        assert_eq!(locale_of("pl"), None);
        assert!(without_locale("pl").is_some_and(|note| note.contains("English")));
        let polish = Strings::parse("pl", "{}").expect("a locale");
        assert_eq!(polish.plurals(), "en");
    }

    #[test]
    fn plural_forms_fall_back_to_other() {
        let strings = Strings::parse(
            "en",
            r#"{"stories":{"one":"{n} story","other":"{n} stories"}}"#,
        )
        .expect("a locale");
        assert_eq!(
            strings.fill_form(Key::Stories, Plural::One, &[("n", "1")]),
            "1 story"
        );
        assert_eq!(
            strings.fill_form(Key::Stories, Plural::Few, &[("n", "3")]),
            "3 stories"
        );
        assert_eq!(strings.get(Key::Search), "search");
    }
}
