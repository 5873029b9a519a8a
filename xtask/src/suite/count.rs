//! Counting tests from what their runners print.

/// How many tests went which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub passed: u32,
    pub failed: u32,
    pub skipped: u32,
}

impl Count {
    pub fn and(self, other: Count) -> Count {
        Count {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }

    /// One check that went well, for suites that are a single check.
    pub fn one() -> Count {
        Count {
            passed: 1,
            ..Count::default()
        }
    }

    /// What a line of a runner's output adds.
    pub fn of(line: &str) -> Count {
        libtest(line).or_else(|| node(line)).unwrap_or_default()
    }
}

/// `test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; …`, from cargo's test harness and
/// from wasm-bindgen's.
fn libtest(line: &str) -> Option<Count> {
    let rest = line.trim().strip_prefix("test result: ")?;
    let (_, numbers) = rest.split_once(". ")?;
    let number = |what: &str| {
        numbers
            .split(';')
            .find_map(|part| part.trim().strip_suffix(what)?.trim().parse().ok())
    };
    let count = Count {
        passed: number("passed")?,
        failed: number("failed")?,
        skipped: number("ignored").unwrap_or(0),
    };
    Some(count)
}

/// The last lines of `node --test`: `ℹ pass 3`, and the same for fail, cancelled, skipped, todo.
fn node(line: &str) -> Option<Count> {
    let mut words = line.trim().strip_prefix('\u{2139}')?.split_whitespace();
    let (what, number) = (words.next()?, words.next()?.parse().ok()?);
    if words.next().is_some() {
        return None;
    }
    match what {
        "pass" => Some(Count {
            passed: number,
            ..Count::default()
        }),
        "fail" | "cancelled" => Some(Count {
            failed: number,
            ..Count::default()
        }),
        "skipped" | "todo" => Some(Count {
            skipped: number,
            ..Count::default()
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargos_summary_is_counted() {
        let line = "test result: FAILED. 12 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.03s";
        assert_eq!(
            Count::of(line),
            Count {
                passed: 12,
                failed: 2,
                skipped: 1
            }
        );
    }

    #[test]
    fn nodes_summary_is_counted_and_cancelled_tests_have_failed() {
        let lines = [
            "ℹ tests 9",
            "ℹ pass 5",
            "ℹ fail 1",
            "ℹ cancelled 1",
            "ℹ skipped 2",
            "ℹ duration_ms 80.1",
        ];
        let total = lines
            .iter()
            .fold(Count::default(), |total, line| total.and(Count::of(line)));
        assert_eq!(
            total,
            Count {
                passed: 5,
                failed: 2,
                skipped: 2
            }
        );
    }

    #[test]
    fn what_tests_say_is_not_counted() {
        for line in [
            "test a::b ... ok",
            "a result: 3 passed",
            "ℹ pass the salt, 3 times",
            "3 passed, 0 failed",
        ] {
            assert_eq!(Count::of(line), Count::default(), "{line}");
        }
    }
}
