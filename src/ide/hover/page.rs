//! What is said about something, as Markdown.

use crate::base::text::enumeration;
use crate::ide::nodes::Node;
use crate::schema::rules::rule;
use crate::syntax::words::Word;
use crate::workspace::Workspace;

/// What is said about something: how it is written, then in sentences.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    code: Option<String>,
    parts: Vec<String>,
}

impl Page {
    /// A page that begins with how something is written.
    #[must_use]
    pub fn of_code(code: impl Into<String>) -> Self {
        Self { code: Some(code.into()), parts: Vec::new() }
    }

    /// A page of sentences.
    #[must_use]
    pub fn of_text(text: impl Into<String>) -> Self {
        Self::default().say(text)
    }

    /// With a further paragraph.
    #[must_use]
    pub fn say(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.parts.push(text);
        }
        self
    }

    /// With a further paragraph, where there is one.
    #[must_use]
    pub fn say_some(self, text: Option<impl Into<String>>) -> Self {
        match text {
            Some(text) => self.say(text),
            None => self,
        }
    }

    /// With the rules of meaning that apply.
    #[must_use]
    pub fn rules(self, numbers: &[&str]) -> Self {
        let says = |number: &&str| rule(number).map(|says| format!("{number}: {says}"));
        let all: Vec<String> = numbers.iter().filter_map(says).collect();
        self.say(all.join("  \n"))
    }

    /// With where it is declared.
    #[must_use]
    pub fn declared(self, workspace: &Workspace, node: &Node<'_>) -> Self {
        let place = node.location(workspace).and_then(|place| {
            let source = workspace.sources().get(workspace.file(&place.path)?)?;
            let (line, _) = source.line_column(place.range.start);
            Some(format!("*Declared in `{}`, line {line}.*", place.path))
        });
        self.say_some(place)
    }

    /// What a word of the language does.
    #[must_use]
    pub fn of_word(word: &Word) -> Self {
        Self::of_code(word.example).say(word.does).rules(word.rules)
    }

    /// The page as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let code = self.code.as_ref().map(|code| format!("```dunlin\n{code}\n```"));
        code.into_iter().chain(self.parts.iter().cloned()).collect::<Vec<_>>().join("\n\n")
    }
}

/// `` `a`, `b` and `c` ``, cut short where there are many.
#[must_use]
pub(super) fn several<S: AsRef<str>>(words: &[S]) -> String {
    const MOST: usize = 12;
    match words.get(..MOST) {
        Some(first) if words.len() > MOST + 1 => {
            let shown: Vec<String> = first.iter().map(|word| format!("`{}`", word.as_ref())).collect();
            format!("{} and {} more", shown.join(", "), words.len() - MOST)
        }
        _ => enumeration(words),
    }
}
