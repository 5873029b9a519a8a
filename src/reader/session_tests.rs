//! Two tabs, one field: what is written, what is asked, what never happens.

use std::collections::BTreeMap;

use super::*;

const MAIN: &str = "dateline:1:draft:site:feed:story:";
const NOW: u64 = 1_790_000_000_000;

/// The local store that the tabs of one browser share.
#[derive(Default)]
struct Disk(BTreeMap<String, Draft>);

impl Disk {
    fn put(&mut self, writes: Vec<Write>) -> Vec<Write> {
        for write in &writes {
            self.0.insert(write.name.clone(), write.value.clone());
        }
        writes
    }

    fn records(&self) -> Vec<(String, Draft)> {
        self.0
            .iter()
            .map(|(name, draft)| (name.clone(), draft.clone()))
            .collect()
    }

    fn texts(&self) -> Vec<&str> {
        self.0
            .values()
            .filter(|d| d.alive())
            .map(|d| d.text.as_str())
            .collect()
    }
}

fn subject(nonce: &str) -> Subject {
    Subject {
        draft: MAIN.into(),
        nonce: nonce.into(),
        ..Subject::default()
    }
}

fn open(disk: &Disk, nonce: &str, typed: &str) -> (Session, Opening) {
    Session::open(subject(nonce), &disk.records(), false, None, typed, NOW)
}

fn save(tab: &mut Session, disk: &mut Disk, text: &str) -> Vec<Write> {
    let stored = disk.0.get(tab.name()).cloned();
    let writes = tab.save(text, text.len() as u32, stored.as_ref(), NOW);
    disk.put(writes)
}

#[test]
fn a_reload_restores_text_and_caret() {
    let mut disk = Disk::default();
    let (mut tab, opening) = open(&disk, "a", "");
    assert_eq!(opening, Opening::Plain);
    save(&mut tab, &mut disk, "Good");
    save(&mut tab, &mut disk, "Good morning");
    let (_, opening) = open(&disk, "b", "");
    let Opening::Restore(draft) = opening else {
        panic!("{opening:?}")
    };
    assert_eq!(
        (draft.text.as_str(), draft.caret, draft.rev),
        ("Good morning", 12, 2)
    );
}

#[test]
fn nothing_is_written_when_nothing_changed() {
    let mut disk = Disk::default();
    let (mut tab, _) = open(&disk, "a", "");
    assert!(save(&mut tab, &mut disk, "").is_empty());
    assert_eq!(save(&mut tab, &mut disk, "x").len(), 1);
    assert!(save(&mut tab, &mut disk, "x").is_empty());
}

#[test]
fn an_emptied_field_removes_the_draft_for_good() {
    let mut disk = Disk::default();
    let (mut tab, _) = open(&disk, "a", "");
    let old = save(&mut tab, &mut disk, "never mind");
    let gone = save(&mut tab, &mut disk, "");
    assert!(gone[0].value.gone && gone[0].value.rev > old[0].value.rev);
    // The other store still has the old copy: the tombstone outranks it.
    assert!(gone[0].value.rev > old[0].value.rev && !gone[0].value.alive());
    assert_eq!(open(&disk, "b", "").1, Opening::Plain);
}

#[test]
fn a_draft_of_yesterday_is_offered_and_typing_beside_it_loses_neither() {
    let mut disk = Disk::default();
    let (mut tab, _) = open(&disk, "a", "");
    save(&mut tab, &mut disk, "old words");
    let later = NOW + OFFER_AFTER;
    let (mut tab, opening) = Session::open(subject("b"), &disk.records(), false, None, "", later);
    assert!(matches!(opening, Opening::Offer(_)));
    // An untouched empty field removes nothing.
    assert!(tab.save("", 0, disk.0.get(MAIN), later).is_empty());
    save(&mut tab, &mut disk, "new words");
    assert!(tab.other().is_some());
    assert_eq!(disk.texts(), ["old words", "new words"]);
}

#[test]
fn an_offered_draft_can_be_used_or_discarded() {
    let mut disk = Disk::default();
    let (mut tab, _) = open(&disk, "a", "");
    save(&mut tab, &mut disk, "old words");
    let later = NOW + OFFER_AFTER;
    let (mut tab, _) = Session::open(subject("b"), &disk.records(), false, None, "", later);
    assert_eq!(
        tab.clone().use_other().expect("the offer").text,
        "old words"
    );
    disk.put(tab.discard_other(later));
    assert!(disk.texts().is_empty());
    save(&mut tab, &mut disk, "new words");
    assert_eq!(disk.texts(), ["new words"]);
}

#[test]
fn what_was_typed_before_start_outranks_the_stored_draft_and_both_survive() {
    let mut disk = Disk::default();
    let (mut tab, _) = open(&disk, "a", "");
    save(&mut tab, &mut disk, "stored");
    let (mut tab, opening) = open(&disk, "b", "typed early");
    assert!(matches!(opening, Opening::Choose(_)));
    save(&mut tab, &mut disk, "typed early");
    assert_eq!(disk.texts(), ["stored", "typed early"]);
}

#[test]
fn two_tabs_never_overwrite_each_other() {
    let mut disk = Disk::default();
    let (mut a, _) = open(&disk, "a", "");
    let (mut b, _) = open(&disk, "b", "");
    let wrote = save(&mut a, &mut disk, "from a").remove(0);
    assert_eq!(
        b.heard(&wrote.name, &wrote.value, ""),
        Heard::Offer(wrote.value.clone())
    );
    let wrote = save(&mut b, &mut disk, "from b").remove(0);
    assert!(b.other().is_some(), "b is asked as well");
    assert_eq!(
        a.heard(&wrote.name, &wrote.value, "from a"),
        Heard::Choose(wrote.value.clone())
    );
    save(&mut a, &mut disk, "from a, more");
    save(&mut b, &mut disk, "from b, more");
    assert_eq!(disk.texts(), ["from a, more", "from b, more"]);
}

#[test]
fn keeping_mine_asks_no_more_and_using_the_other_keeps_mine_stored() {
    let mut disk = Disk::default();
    let (mut a, _) = open(&disk, "a", "");
    let (mut b, _) = open(&disk, "b", "");
    save(&mut a, &mut disk, "from a");
    let wrote = save(&mut b, &mut disk, "from b").remove(0);
    a.heard(&wrote.name, &wrote.value, "from a");
    a.keep_mine();
    let wrote = save(&mut b, &mut disk, "from b, more").remove(0);
    assert_eq!(a.heard(&wrote.name, &wrote.value, "from a"), Heard::Nothing);
    assert_eq!(b.use_other().expect("a's text").text, "from a");
    assert_eq!(disk.texts(), ["from a", "from b, more"]);
}

#[test]
fn a_reload_of_the_tab_beside_restores_its_own_text() {
    let mut disk = Disk::default();
    let (mut a, _) = open(&disk, "a", "");
    let (mut b, _) = open(&disk, "b", "");
    save(&mut a, &mut disk, "from a");
    save(&mut b, &mut disk, "from b");
    let own = b.name().to_owned();
    assert!(b.beside());
    let (_, opening) = Session::open(subject("c"), &disk.records(), false, Some(&own), "", NOW);
    assert!(matches!(opening, Opening::Restore(draft) if draft.text == "from b"));
}

#[test]
fn a_tab_in_which_nothing_was_typed_follows_the_newer_text() {
    let mut disk = Disk::default();
    let (mut a, _) = open(&disk, "a", "");
    save(&mut a, &mut disk, "one");
    let (mut b, _) = open(&disk, "b", "");
    let wrote = save(&mut a, &mut disk, "one two").remove(0);
    assert_eq!(
        b.heard(&wrote.name, &wrote.value, "one"),
        Heard::Adopt(wrote.value.clone())
    );
    let wrote = save(&mut b, &mut disk, "one two three").remove(0);
    assert_eq!(wrote.name, MAIN);
    // a typed, so a is asked.
    assert!(matches!(
        a.heard(&wrote.name, &wrote.value, "one two"),
        Heard::Choose(_)
    ));
}

#[test]
fn a_sent_comment_leaves_every_tab_but_newer_words_stay() {
    let mut disk = Disk::default();
    let (mut a, _) = open(&disk, "a", "");
    save(&mut a, &mut disk, "done");
    let (mut b, _) = open(&disk, "b", "");
    let (mut c, _) = open(&disk, "c", "");
    let gone = a.sent("done", &disk.records(), NOW).remove(0);
    disk.put(vec![gone.clone()]);
    assert_eq!(b.heard(&gone.name, &gone.value, "done"), Heard::Clear);
    assert_eq!(
        c.heard(&gone.name, &gone.value, "done and more"),
        Heard::Nothing
    );
    save(&mut c, &mut disk, "done and more");
    assert_eq!(disk.texts(), ["done and more"]);
    assert!(save(&mut b, &mut disk, "").is_empty());
}

#[test]
fn discard_can_be_undone() {
    let mut disk = Disk::default();
    let (mut tab, _) = open(&disk, "a", "");
    save(&mut tab, &mut disk, "precious");
    let (writes, undo) = tab.discard("precious", 4, NOW);
    disk.put(writes);
    assert!(disk.texts().is_empty());
    save(&mut tab, &mut disk, &undo.text);
    assert_eq!(disk.texts(), ["precious"]);
    assert_eq!(undo.caret, 4);
}

#[test]
fn not_keeping_removes_what_is_stored_and_is_remembered_for_the_place() {
    let mut disk = Disk::default();
    let (mut tab, _) = open(&disk, "a", "");
    save(&mut tab, &mut disk, "secret");
    disk.put(tab.set_keep(false, "secret", 0, NOW));
    assert!(disk.texts().is_empty());
    assert!(save(&mut tab, &mut disk, "secret, more").is_empty());
    let (mut tab, opening) = open(&disk, "b", "");
    assert_eq!(opening, Opening::Plain);
    assert!(!tab.keeps());
    assert!(save(&mut tab, &mut disk, "again").is_empty());
    disk.put(tab.set_keep(true, "again", 5, NOW));
    assert_eq!(disk.texts(), ["again"]);
}

#[test]
fn a_record_of_a_later_version_is_left_as_it_is() {
    let mut disk = Disk::default();
    let (mut tab, _) = Session::open(subject("a"), &[], true, None, "", NOW);
    let wrote = save(&mut tab, &mut disk, "words").remove(0);
    assert_ne!(wrote.name, MAIN);
}

#[test]
fn without_a_local_store_an_offered_text_is_still_not_overwritten() {
    let mut disk = Disk::default();
    let (mut a, _) = open(&disk, "a", "");
    let wrote = save(&mut a, &mut disk, "from a").remove(0);
    let (mut b, _) = open(&Disk::default(), "b", "");
    b.heard(&wrote.name, &wrote.value, "");
    let writes = b.save("from b", 0, None, NOW);
    assert_ne!(writes[0].name, MAIN);
}
