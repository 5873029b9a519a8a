//! Comments that were given out of hand: stored, tried, tried again, and never lost on the way.
//!
//! One record a comment under `dateline:1:queue:`, in both stores like a draft, and like a draft it
//! ends in a tombstone, which says to other tabs what became of it. It holds the name and email that
//! the sender needs, and only until it is delivered, taken back or given back after thirty days.
//! [`judge`] and [`next`] are the whole machine; whoever holds the lock runs it.

use super::draft::EXPIRE_AFTER;
use super::identity::Identity;
use super::keys;
use super::storage::Storage;
use crate::json::{Json, Writer};
use crate::source::comments::{Outcome, Posting, Refusal};

/// How a tombstone says that a comment was delivered, and that a moderator looks first.
const PUBLISHED: &str = "published";
const HELD: &str = "held";

/// The schema of the record.
pub const VERSION: u8 = 1;
/// How often an attempt is repeated before the reader is asked or the text goes back to them.
pub const RETRIES: u8 = 3;
/// The name of the lock (Web Locks) whose holder sends; all other tabs watch.
pub const LOCK: &str = "dateline-outbox";

/// A comment on its way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outgoing {
    pub v: u8,
    pub rev: u32,
    /// Names this comment to the receiver; the same for every attempt.
    pub id: String,
    pub at: u64,
    pub text: String,
    pub author: Identity,
    pub article: String,
    pub parent: Option<String>,
    pub title: String,
    pub href: String,
    pub to: Option<String>,
    /// The address it is posted to.
    pub receiver: String,
    /// What stood in the field that people do not see.
    pub trap: String,
    /// Attempts that reached no decision.
    pub tries: u8,
    /// Not to be tried before this moment, in milliseconds since 1970.
    pub after: u64,
    /// An earlier attempt may have arrived.
    pub doubt: bool,
    /// Waits for the reader to say whether it arrived.
    pub asks: bool,
    pub gone: bool,
    /// In a tombstone: how it ended, when a receiver ended it. A comment that the reader took back
    /// has none, nor has a record of an earlier release.
    pub end: Option<String>,
}

/// What happens next to a comment on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It arrived. `held` means that a moderator looks first.
    Delivered { held: bool },
    /// It waits until the moment in the changed record.
    Waits(Outgoing),
    /// It becomes a draft again, with the sentence that says why.
    Returned(Refusal),
    /// Nobody can tell; the reader is asked.
    Asks(Outgoing),
}

/// What an outcome means for a comment. `chance` between 0 and 1 spreads repeated attempts, so
/// that a returning server is not met by everyone at once.
pub fn judge(outgoing: &Outgoing, outcome: &Outcome, now: u64, chance: f64) -> Verdict {
    let mut next = outgoing.clone();
    next.rev += 1;
    match outcome {
        Outcome::Taken { held } => Verdict::Delivered { held: *held },
        // After an attempt of unknown end, "you said that already" is the missing confirmation.
        Outcome::Duplicate if outgoing.doubt => Verdict::Delivered { held: false },
        Outcome::Duplicate => Verdict::Returned(Refusal::Duplicate),
        Outcome::Refused(refusal) => Verdict::Returned(*refusal),
        // Being offline is no attempt: it may last for days.
        Outcome::Offline => {
            next.after = now;
            Verdict::Waits(next)
        }
        Outcome::Later { after } => {
            next.tries += 1;
            if next.tries > RETRIES {
                return Verdict::Returned(Refusal::Busy);
            }
            let pause = after.map_or_else(|| backoff(next.tries, chance), |s| u64::from(s) * 1000);
            next.after = now + pause;
            Verdict::Waits(next)
        }
        Outcome::Unknown => {
            next.tries += 1;
            next.doubt = true;
            if next.tries > RETRIES {
                next.asks = true;
                return Verdict::Asks(next);
            }
            next.after = now + backoff(next.tries, chance);
            Verdict::Waits(next)
        }
    }
}

/// Four seconds, doubled each time, a quarter more or less.
fn backoff(tries: u8, chance: f64) -> u64 {
    let base = 4000_u64 << (tries.clamp(1, 8) - 1);
    base * 3 / 4 + (base as f64 / 2.0 * chance.clamp(0.0, 1.0)) as u64
}

impl Outgoing {
    /// Whether it is to be tried now, without asking anybody.
    pub fn due(&self, now: u64) -> bool {
        !self.gone && !self.asks && self.after <= now
    }

    pub fn posting(&self) -> Posting<'_> {
        Posting {
            id: &self.id,
            article: &self.article,
            url: &self.href,
            parent: self.parent.as_deref(),
            text: &self.text,
            name: &self.author.name,
            email: &self.author.email,
            website: &self.author.website,
            trap: &self.trap,
        }
    }

    /// The reader says "Try again": all is as at the first attempt, but for the doubt.
    pub fn again(&self, now: u64) -> Self {
        Self {
            rev: self.rev + 1,
            tries: 0,
            after: now,
            asks: false,
            ..self.clone()
        }
    }

    /// What a stored record says of its comment; `None` when the reader took it back.
    pub fn verdict(&self) -> Option<Verdict> {
        if self.gone {
            return self.end.as_deref().map(|end| match end {
                PUBLISHED | HELD => Verdict::Delivered { held: end == HELD },
                code => Verdict::Returned(Refusal::by_code(code)),
            });
        }
        Some(if self.asks {
            Verdict::Asks(self.clone())
        } else {
            Verdict::Waits(self.clone())
        })
    }

    /// The record that follows a verdict.
    pub fn following(&self, verdict: &Verdict, now: u64) -> Self {
        let end = match verdict {
            Verdict::Waits(next) | Verdict::Asks(next) => return next.clone(),
            Verdict::Delivered { held: false } => PUBLISHED.to_owned(),
            Verdict::Delivered { held: true } => HELD.to_owned(),
            Verdict::Returned(refusal) => refusal.code(),
        };
        Self {
            end: Some(end),
            ..self.tombstone(now)
        }
    }

    /// Whether its time is over: of a waiting comment since it was written, of a tombstone since it
    /// ended.
    pub fn expired(&self, now: u64) -> bool {
        now.saturating_sub(self.at) >= EXPIRE_AFTER
    }

    /// Nothing of the words or of the person stays in a tombstone.
    pub fn tombstone(&self, now: u64) -> Self {
        Self {
            v: VERSION,
            rev: self.rev + 1,
            at: now,
            gone: true,
            ..Self::default()
        }
    }

    pub fn to_json(&self) -> String {
        Writer::default()
            .number("v", self.v.into())
            .number("rev", self.rev.into())
            .text("id", &self.id)
            .number("at", self.at)
            .text("text", &self.text)
            .raw("author", &self.author.to_json())
            .text("article", &self.article)
            .option("parent", self.parent.as_deref())
            .text("title", &self.title)
            .text("href", &self.href)
            .option("to", self.to.as_deref())
            .text("receiver", &self.receiver)
            .text("trap", &self.trap)
            .number("tries", self.tries.into())
            .number("after", self.after)
            .flag("doubt", self.doubt)
            .flag("asks", self.asks)
            .flag("gone", self.gone)
            .option("end", self.end.as_deref())
            .end()
    }

    /// A stored value, when it is one of this version.
    pub fn read(value: &str) -> Option<Self> {
        Self::of(&Json::parse(value)?).filter(|outgoing| outgoing.v == VERSION)
    }

    fn of(record: &Json) -> Option<Self> {
        let small = |key| u8::try_from(record.own_number(key)?).ok();
        let author = match record.get("author") {
            Some(author) => Identity::of(author)?,
            None => Identity::default(),
        };
        Some(Self {
            v: small("v")?,
            rev: u32::try_from(record.own_number("rev")?).ok()?,
            id: record.own_text("id")?,
            at: record.own_number("at")?,
            text: record.own_text("text")?,
            author,
            article: record.own_text("article")?,
            parent: record.own_option("parent")?,
            title: record.own_text("title")?,
            href: record.own_text("href")?,
            to: record.own_option("to")?,
            receiver: record.own_text("receiver")?,
            trap: record.own_text("trap")?,
            tries: small("tries")?,
            after: record.own_number("after")?,
            doubt: record.own_flag("doubt")?,
            asks: record.own_flag("asks")?,
            gone: record.own_flag("gone")?,
            end: record.own_option("end")?,
        })
    }

    /// Whether a value that cannot be read was written by a later version.
    fn later(value: &str) -> bool {
        let version = Json::parse(value).and_then(|record| record.number("v"));
        version.is_some_and(|version| version > u32::from(VERSION))
    }
}

/// Every comment on its way with its stored name, in the order in which they were written.
/// Tombstones are left out, and swept when their time is over. What cannot be read is moved aside
/// unless a later version wrote it.
pub async fn waiting(storage: &Storage, now: u64) -> Vec<(String, Outgoing)> {
    let mut merged: Vec<(String, Outgoing)> = Vec::new();
    for (name, value) in storage.values(keys::QUEUE).await {
        if let Some(outgoing) = Outgoing::read(&value) {
            match merged.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) if known.rev < outgoing.rev => *known = outgoing,
                Some(_) => {}
                None => merged.push((name, outgoing)),
            }
        } else if !Outgoing::later(&value) {
            storage.set_aside(&name, &value, None, now).await;
        }
    }
    let mut comments: Vec<(String, Outgoing)> = Vec::with_capacity(merged.len());
    for (name, outgoing) in merged {
        if !outgoing.gone {
            // A queue is short: each comment is put where it belongs.
            let at = comments
                .iter()
                .position(|(_, later)| later.at > outgoing.at);
            comments.insert(at.unwrap_or(comments.len()), (name, outgoing));
        } else if outgoing.expired(now) {
            // A failed sweep is tried again on the next visit.
            let _ = storage.remove(&name).await;
        }
    }
    comments
}

/// Which of the waiting comments is to be tried now. Comments of one place go one after the other:
/// a later one waits until the earlier are decided, but not for one that the reader is asked about.
pub fn next(comments: &[(String, Outgoing)], now: u64) -> Option<&(String, Outgoing)> {
    let place = |name: &String| keys::draft_of(name);
    let (_, found) = comments.iter().enumerate().find(|(at, (name, outgoing))| {
        let behind =
            |(earlier, first): &(String, Outgoing)| !first.asks && place(earlier) == place(name);
        outgoing.due(now) && !comments[..*at].iter().any(behind)
    })?;
    Some(found)
}

/// The comment of a place that the form speaks of: one that the reader is asked about before one
/// that waits, the last one of each.
pub fn foremost(comments: &[(String, Outgoing)]) -> Option<&(String, Outgoing)> {
    comments
        .iter()
        .max_by_key(|(_, outgoing)| (outgoing.asks, outgoing.at))
}

#[cfg(test)]
#[path = "outbox_tests.rs"]
mod tests;
