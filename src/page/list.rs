//! Cutting lists into pages.

/// Number of pages of `total` stories, at least one.
pub fn page_count(total: usize, page_size: usize) -> u32 {
    total.div_ceil(page_size.max(1)).max(1) as u32
}

/// The stories of page `page` (from 1); empty past the end.
pub fn slice<T>(all: &[T], page: u32, page_size: usize) -> &[T] {
    let start = (page.max(1) as usize - 1).saturating_mul(page_size);
    let end = start.saturating_add(page_size).min(all.len());
    all.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_page_holds_the_rest_and_past_it_is_nothing() {
        let all: Vec<u32> = (0..25).collect();
        assert_eq!(page_count(25, 12), 3);
        assert_eq!(page_count(0, 12), 1);
        assert_eq!(slice(&all, 3, 12), &[24]);
        assert!(slice(&all, 4, 12).is_empty());
    }
}
