//! Text in XML.

/// Text as it may stand between tags or in double quotes. Signs that XML cannot hold become `�`;
/// a line end is one, however it is written.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // In an attribute a plain line end would be read as a blank.
            '\n' => out.push_str("&#10;"),
            '\r' => {}
            '\t' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => out.push(sign),
            _ => out.push('\u{fffd}'),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn texts_cannot_leave_their_place() {
        assert_eq!(escaped("a<b & \"c\"\r\n'd'\u{7}"), "a&lt;b &amp; &quot;c&quot;&#10;'d'\u{fffd}");
    }
}
