//! The command line as its users meet it: every file in `tests/cli` is a session at a terminal.
//!
//! A session `tests/cli/NAME.trycmd` runs in a copy of the folder `tests/cli/NAME.in`, where there
//! is one. After a wanted change: `TRYCMD=overwrite cargo test --test all cli`, then read the diff.

#[test]
fn sessions() {
    trycmd::TestCases::new()
        .default_bin_path(trycmd::cargo::cargo_bin!("dunlin"))
        // What a build server sets changes what `dunlin test` leaves behind:
        // the sessions are those of a desk.
        .env("CI", "")
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100")
        .env("USER", "ann")
        .env("SOURCE_DATE_EPOCH", "1772431200")
        .case("tests/cli/*.trycmd")
        .case("tests/cli/*.toml")
        .run();
}
