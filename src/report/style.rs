//! Colours and the width of the terminal, decided once by the caller.

/// How text for people is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether colours may be used.
    pub colour: bool,
    /// How many columns a line has.
    pub width: usize,
}

/// What a piece of text is, for its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Ink {
    Strong,
    Faint,
    Red,
    Yellow,
    Blue,
    Green,
}

impl Style {
    /// Without colours and with as much room as it takes: for files and pipes.
    pub const PLAIN: Self = Self { colour: false, width: usize::MAX };

    /// `text` in that ink, or as it is where colours may not be used.
    #[must_use]
    pub fn paint(self, ink: Ink, text: &str) -> String {
        if !self.colour || text.is_empty() {
            return text.to_owned();
        }
        let code = match ink {
            Ink::Strong => "1",
            Ink::Faint => "2",
            Ink::Red => "1;31",
            Ink::Yellow => "33",
            Ink::Blue => "34",
            Ink::Green => "32",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}
