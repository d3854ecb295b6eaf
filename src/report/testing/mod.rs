//! What tests and suites gave, for people and for other programs.

mod coverage;
mod human;
mod json;
mod junit;
mod lcov;
mod mutants;

pub use coverage::table;
pub use human::{difference, failures, stale, summary};
pub use json::object;
pub use junit::xml;
pub use lcov::tracefile;
pub use mutants::{annotations, mutants};

use crate::base::Sources;
use crate::testing::coverage::{Kind, Part, Point};

/// What a point of coverage is: `step agency`, `` `score < 40` ``.
fn named(part: &Part, point: &Point, sources: &Sources) -> String {
    match &point.kind {
        Kind::Step(name) => format!("step {}.{name}", part.name),
        Kind::Rule(name) => format!("the rule that assigns {name}"),
        Kind::Condition | Kind::Fallback => {
            let written = sources.slice(point.span).split_whitespace().collect::<Vec<_>>().join(" ");
            format!("`{written}`")
        }
    }
}
