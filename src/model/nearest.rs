//! "Did you mean": the known word nearest to a mistyped one.

/// The candidate with the smallest edit distance to `word`, if it is near enough to be meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_of(word, candidates).map(|(_, candidate)| candidate)
}

/// The same with its distance, for whoever sees candidates one by one.
pub fn nearest_of<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<(usize, &'a str)> {
    candidates
        .into_iter()
        .map(|candidate| (distance(word, candidate), candidate))
        .min()
        .filter(|(edits, candidate)| *edits <= candidate.chars().count().max(3) / 2)
}

/// Levenshtein distance over characters, ignoring ASCII case.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().map(|c| c.to_ascii_lowercase()).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().map(|c| c.to_ascii_lowercase()).enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = corner + usize::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_typo_finds_the_key_that_was_meant() {
        let keys = ["title", "description", "sections", "source"];
        assert_eq!(nearest("titel", keys), Some("title"));
        assert_eq!(nearest("section", keys), Some("sections"));
        assert_eq!(nearest("zzzzzz", keys), None);
    }
}
