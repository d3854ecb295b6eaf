//! When entries of the journal are written down.

use std::env;

use chrono::{DateTime, Utc};

use crate::journal::Entry;

/// Notes in entries that they are written down now. `SOURCE_DATE_EPOCH` (seconds since 1970) says
/// otherwise, so that what is shown and tested is the same every time.
pub(super) fn stamp(entries: &mut [Entry]) {
    let stated = env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.trim().parse().ok());
    let moment = stated.and_then(|seconds| DateTime::from_timestamp(seconds, 0)).unwrap_or_else(Utc::now);
    let now = moment.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    for entry in entries {
        entry.recorded_at.clone_from(&now);
    }
}
