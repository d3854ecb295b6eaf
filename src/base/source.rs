//! Source texts in memory, and line and column numbers in them.

use std::sync::Arc;

use crate::base::{FileId, Span};

/// One source text.
#[derive(Debug, Clone)]
pub struct Source {
    /// How it is called in messages: a path with `/`, relative to the program's folder.
    pub path: Arc<str>,
    /// The text.
    pub text: Arc<str>,
    /// Byte offset at which each line starts.
    lines: Arc<[usize]>,
}

impl Source {
    /// The text `text`, called `path` in messages.
    #[must_use]
    pub fn new(path: &str, text: &str) -> Self {
        let starts = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { path: path.into(), text: text.into(), lines: std::iter::once(0).chain(starts).collect() }
    }

    /// Line and column of a byte offset, both counted from 1; the column counts characters.
    /// An offset beyond the end is the end.
    #[must_use]
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= offset).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        let before = self.text.get(start..offset.min(self.text.len())).unwrap_or("");
        (line, before.chars().count() + 1)
    }

    /// The text of a line counted from 1, without its line end; empty where there is no such line.
    #[must_use]
    pub fn line(&self, line: usize) -> &str {
        let Some(start) = line.checked_sub(1).and_then(|at| self.lines.get(at)).copied() else {
            return "";
        };
        let end = self.lines.get(line).copied().unwrap_or(self.text.len());
        self.text.get(start..end).unwrap_or("").trim_end_matches(['\n', '\r'])
    }

    /// The offset at which a line counted from 1 starts; the end of the text where there is no such line.
    #[must_use]
    pub fn line_start(&self, line: usize) -> usize {
        line.checked_sub(1).and_then(|at| self.lines.get(at)).copied().unwrap_or(self.text.len())
    }

    /// How many lines there are, the empty one after a final line end included.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }
}

/// Every source text of a program. Offsets and findings refer to them by [`FileId`].
#[derive(Debug, Clone, Default)]
pub struct Sources {
    all: Vec<Source>,
}

impl Sources {
    /// Adds a text and returns its name for spans.
    pub fn add(&mut self, path: &str, text: &str) -> FileId {
        self.all.push(Source::new(path, text));
        FileId(u32::try_from(self.all.len() - 1).unwrap_or(u32::MAX))
    }

    /// Puts another text in the place of one that was added; its name for spans stays.
    pub fn replace(&mut self, id: FileId, text: &str) {
        if let Some(source) = self.all.get_mut(id.0 as usize) {
            *source = Source::new(&source.path, text);
        }
    }

    /// The text with this id.
    #[must_use]
    pub fn get(&self, id: FileId) -> Option<&Source> {
        self.all.get(id.0 as usize)
    }

    /// The text at `span`; empty where the span lies outside.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file).and_then(|source| source.text.get(span.range())).unwrap_or("")
    }

    /// `path:line:column` of where `span` starts, for one-line messages.
    #[must_use]
    pub fn place(&self, span: Span) -> String {
        self.get(span.file).map_or_else(String::new, |source| {
            let (line, column) = source.line_column(span.start as usize);
            format!("{}:{line}:{column}", source.path)
        })
    }

    /// All texts, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        (0u32..).map(FileId).zip(&self.all)
    }
}
