//! How tests generate their inputs: the same ones on every machine and day, unless `DATELINE_FUZZ` looks
//! for others. What is found becomes a fixture, or a test with a name.

use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;

pub fn config(cases: u32) -> ProptestConfig {
    let explores = std::env::var_os("DATELINE_FUZZ").is_some();
    ProptestConfig {
        cases: if explores { 20_000 } else { cases },
        failure_persistence: None,
        rng_seed: match explores {
            true => RngSeed::Random,
            false => RngSeed::Fixed(5),
        },
        ..ProptestConfig::default()
    }
}
