//! What every part of the tree builder needs: places, names, docs, and how a mistake is reported once.

use std::ops::Range;

use pest::iterators::Pair;

use crate::base::{At, Diagnostic, Span, Spanned, code};
use crate::syntax::ast::{Comment, Head, Name};
use crate::syntax::grammar::Rule;
use crate::syntax::lines::{begins_line, indentation};
use crate::syntax::mend::{Mended, Repair};
use crate::syntax::places::Place;
use crate::syntax::spelling::{self, is_word};

/// A piece of the text with the rule that took it.
pub(super) type Node<'t> = Pair<'t, Rule>;

/// Builds the tree of one text.
pub(super) struct Reader<'t> {
    /// The text that was read.
    pub(super) mended: &'t Mended,
    /// The text as the user wrote it.
    pub(super) written: &'t str,
    /// Its comments, for docs.
    pub(super) comments: &'t [Comment],
    /// What is wrong.
    pub(super) findings: Vec<Diagnostic>,
    /// What is wrong and can be mended: the text is then read again.
    pub(super) repairs: Vec<Repair>,
    /// How deep the expression at hand is; see `chains`.
    pub(super) level: usize,
    /// The end of the last mistake: what follows it directly belongs to it.
    quiet: usize,
    /// The last block whose `}` is indented less than its first word: it has probably taken the `}` of
    /// the block around it.
    suspect: Option<(String, Range<usize>)>,
}

/// A declaration, step, entity or record while it is read.
pub(super) struct Block {
    /// How it is called in messages: ``procedure `standard` ``.
    pub(super) title: String,
    /// What may stand in it.
    pub(super) place: Place,
    /// Whether something in it could not be read.
    pub(super) damaged: bool,
    /// The whole of it.
    pub(super) span: Span,
    keyword: Span,
    start: usize,
    doc: Option<String>,
    opening: Option<Range<usize>>,
    closing: Option<Range<usize>>,
    unopened: bool,
    seen: Vec<(&'static str, Span)>,
}

impl<'t> Reader<'t> {
    /// A reader of `mended`, which was `written` with `comments`.
    pub(super) const fn new(mended: &'t Mended, written: &'t str, comments: &'t [Comment]) -> Self {
        Self { mended, written, comments, findings: Vec::new(), repairs: Vec::new(), level: 0, quiet: 0, suspect: None }
    }

    // ---------------------------------------------------------------- places and names

    /// Where a node stands in the text as written.
    pub(super) fn span(&self, node: &Node<'t>) -> Span {
        self.mended.span(range(node))
    }

    /// [`Reader::span`], for trees that are compared.
    pub(super) fn at(&self, node: &Node<'t>) -> At {
        At(self.span(node))
    }

    /// The text as written at a span, without comments.
    pub(super) fn source(&self, span: Span) -> String {
        let first = self.comments.partition_point(|comment| comment.text.span.start < span.start);
        let inside = self.comments.iter().skip(first).take_while(|comment| comment.text.span.start < span.end);
        let mut text = String::new();
        let mut copied = span.start as usize;
        for comment in inside {
            text.push_str(self.written.get(copied..comment.text.span.start as usize).unwrap_or(""));
            copied = comment.text.span.end as usize;
        }
        text.push_str(self.written.get(copied..span.end as usize).unwrap_or(""));
        text
    }

    /// A word as a name.
    pub(super) fn name(&self, node: &Node<'t>) -> Name {
        Spanned::new(node.as_str().to_owned(), self.span(node))
    }

    /// The names directly in a node.
    pub(super) fn names(&self, node: Node<'t>) -> Vec<Name> {
        node.into_inner().map(|inner| self.name(&inner)).collect()
    }

    /// The first name directly in a node; empty if there is none.
    pub(super) fn first_name(&self, node: Node<'t>) -> Name {
        let span = self.span(&node);
        let name = node.into_inner().next().map(|inner| self.name(&inner));
        name.unwrap_or_else(|| Spanned::new(String::new(), span))
    }

    /// A name where one is declared.
    pub(super) fn declared_name(&mut self, node: Node<'t>) -> Name {
        let name = self.first_name(node.clone());
        match node.into_inner().next() {
            Some(inner) if inner.as_rule() == Rule::reserved_name => {
                let word = inner.as_str();
                let finding = Diagnostic::new(code::RESERVED_NAME, format!("`{word}` cannot be a name"))
                    .label(name.span, "this word has a meaning of its own everywhere")
                    .help(format!("choose another name, for example `{word}_1`"));
                self.report(range(&inner), finding);
            }
            Some(inner) if inner.as_rule() == Rule::odd_name => return self.odd_name(&inner),
            _ => {}
        }
        name
    }

    fn odd_name(&mut self, node: &Node<'t>) -> Name {
        let plain = node.as_str().replace('-', "_");
        let plain = if plain.starts_with(|sign: char| sign.is_ascii_digit()) { format!("n{plain}") } else { plain };
        let span = self.span(node);
        let finding = Diagnostic::new(code::ODD_NAME, format!("`{}` is not a name", node.as_str()))
            .label(span, "a name has letters, digits and `_`, and begins with a letter")
            .help(format!("write `{plain}`"))
            .fix(format!("write `{plain}`"), span, plain.clone());
        self.report(range(node), finding);
        Spanned::new(plain, span)
    }

    /// No name where one is declared: `what` wants one.
    pub(super) fn missing_name(&mut self, node: &Node<'t>, what: &str, example: &str) -> Name {
        let before = self.token_before(node.as_span().start());
        let finding = Diagnostic::new(code::MISSING_NAME, format!("the {what} has no name"))
            .label(self.mended.span(before), "a name must follow")
            .help(format!("write `{example}`"));
        self.missing(node, finding);
        Spanned::new(String::new(), self.span(node))
    }

    /// The text of a string, without quotes, escapes resolved.
    pub(super) fn string(&self, node: &Node<'t>) -> Spanned<String> {
        let inside = node.as_str().strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or("");
        let mut text = String::with_capacity(inside.len());
        let mut signs = inside.chars().peekable();
        while let Some(sign) = signs.next() {
            match signs.peek() {
                Some(next @ ('"' | '\\')) if sign == '\\' => {
                    text.push(*next);
                    signs.next();
                }
                _ => text.push(sign),
            }
        }
        Spanned::new(text, self.span(node))
    }

    // ---------------------------------------------------------------- docs

    /// The comment lines directly above a node that begins its line.
    pub(super) fn doc_above(&self, span: Span) -> Option<String> {
        let mut next = span.start as usize;
        if !begins_line(self.written, next) {
            return None;
        }
        let before = self.comments.partition_point(|comment| comment.text.span.start < span.start);
        let mut lines = Vec::new();
        for comment in self.comments.get(..before)?.iter().rev() {
            let between = self.written.get(comment.text.span.end as usize..next).unwrap_or("");
            let adjacent = between.matches('\n').count() == 1 && between.trim().is_empty();
            if !comment.own_line || !adjacent {
                break;
            }
            lines.push(comment_text(&comment.text.value));
            next = comment.text.span.start as usize;
        }
        lines.reverse();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    /// The comment behind a node on its line.
    pub(super) fn doc_behind(&self, span: Span) -> Option<String> {
        let next = self.comments.partition_point(|comment| comment.text.span.start < span.end);
        let comment = self.comments.get(next)?;
        let between = self.written.get(span.end as usize..comment.text.span.start as usize)?;
        between.chars().all(spelling::is_blank).then(|| comment_text(&comment.text.value).to_owned())
    }

    // ---------------------------------------------------------------- mistakes, each reported once

    /// Reports a mistake at a stretch of the text that was read.
    pub(super) fn report(&mut self, range: Range<usize>, finding: Diagnostic) {
        self.findings.push(finding);
        self.quiet = self.quiet.max(range.end);
    }

    /// Reports that something is not there, unless the mistake before tells it already.
    pub(super) fn missing(&mut self, node: &Node<'t>, finding: Diagnostic) {
        let at = node.as_span().start();
        let too_deep = self.text_before(at).ends_with(spelling::TOO_DEEP);
        if !self.follows_mistake(at) && !too_deep {
            self.findings.push(finding);
        }
        self.quiet = self.quiet.max(at);
    }

    /// Reports a mistake and mends it for the next reading.
    pub(super) fn mend(&mut self, range: Range<usize>, text: &str, finding: Diagnostic) {
        self.quiet = self.quiet.max(range.end);
        let written = self.mended.written(range);
        self.repairs.push(Repair { range: written, text: text.to_owned(), finding });
    }

    /// Lets what directly follows `end` pass in silence.
    pub(super) fn silence_until(&mut self, end: usize) {
        self.quiet = self.quiet.max(end);
    }

    /// Whether nothing but blanks and comments lies between the last mistake and `at`.
    pub(super) fn follows_mistake(&self, at: usize) -> bool {
        if self.quiet == 0 || self.quiet > at {
            return self.quiet > at;
        }
        let mut between = self.mended.text.get(self.quiet..at).unwrap_or("");
        loop {
            between = between.trim_start_matches(|sign| sign == '\n' || spelling::is_blank(sign));
            match between.strip_prefix('#') {
                Some(comment) => between = comment.split_once('\n').map_or("", |(_, rest)| rest),
                None => return between.is_empty(),
            }
        }
    }

    /// The text before an offset, without the blanks and comments at its end.
    fn text_before(&self, at: usize) -> &'t str {
        let mut before = self.mended.text.get(..at).unwrap_or("").trim_end();
        loop {
            let written_end = self.mended.written(before.len()..before.len()).end;
            let known = self.comments.partition_point(|comment| (comment.text.span.start as usize) < written_end);
            let last = known.checked_sub(1).and_then(|index| self.comments.get(index));
            let Some(comment) = last.filter(|comment| comment.text.span.end as usize == written_end) else {
                return before;
            };
            let start = before.len().saturating_sub(comment.text.value.len());
            before = before.get(..start).unwrap_or("").trim_end();
        }
    }

    /// The last word or sign before an offset.
    pub(super) fn token_before(&self, at: usize) -> Range<usize> {
        let before = self.text_before(at);
        let word = before.trim_end_matches(is_word);
        let operator = before.trim_end_matches(['<', '>', '=', '!']);
        let start = match before.chars().next_back() {
            Some(last) if is_word(last) => word.len(),
            Some('<' | '>' | '=' | '!') => operator.len(),
            Some(last) => before.len() - last.len_utf8(),
            None => 0,
        };
        start..before.len()
    }

    // ---------------------------------------------------------------- blocks

    /// Begins a declaration, step, entity or record whose first word is `keyword`.
    pub(super) fn block(&mut self, node: &Node<'t>, keyword: &str, place: Place) -> Block {
        let start = node.as_span().start();
        let span = self.span(node);
        Block {
            title: keyword.to_owned(),
            place,
            damaged: false,
            span,
            keyword: self.mended.span(start..start + keyword.len()),
            start,
            doc: self.doc_above(span),
            opening: None,
            closing: None,
            unopened: false,
            seen: Vec::new(),
        }
    }

    /// The head of a node; its doc once only.
    pub(super) fn head(&self, block: Block) -> Head {
        let body = self.body(&block);
        Head { span: block.span, keyword: block.keyword, body, doc: block.doc, damaged: block.damaged }
    }

    /// From the `{` of a block to its `}`.
    pub(super) fn body(&self, block: &Block) -> Option<Span> {
        let (opening, closing) = (block.opening.clone()?, block.closing.clone()?);
        Some(self.mended.span(opening.start..closing.end))
    }

    /// Reads a part that is no content: braces, missing braces, and what does not belong.
    pub(super) fn layout(&mut self, block: &mut Block, node: &Node<'t>) {
        match node.as_rule() {
            Rule::opening => block.opening = Some(range(node)),
            Rule::closing => {
                block.closing = Some(range(node));
                self.watch_indentation(block);
            }
            Rule::missing_opening | Rule::missing_block => self.missing_opening(block, node),
            Rule::missing_closing => self.missing_closing(block, node),
            Rule::header_stray => {
                block.damaged = true;
                self.stray(node, block.place.header());
            }
            Rule::stray | Rule::step_stray | Rule::field_stray | Rule::record_stray => {
                block.damaged = true;
                self.stray(node, block.place);
            }
            _ => {}
        }
    }

    fn watch_indentation(&mut self, block: &Block) {
        let (Some(opening), Some(closing)) = (&block.opening, &block.closing) else { return };
        let outer = indentation(&self.mended.text, closing.start);
        let inner = indentation(&self.mended.text, block.start);
        if let (Some(outer), Some(inner)) = (outer, inner)
            && outer < inner
        {
            self.suspect = Some((block.title.clone(), opening.clone()));
        }
    }

    fn missing_opening(&mut self, block: &mut Block, node: &Node<'t>) {
        block.unopened = true;
        block.damaged = true;
        let before = self.token_before(node.as_span().start());
        let end = before.end;
        let finding = Diagnostic::new(code::BRACES, format!("the {} has no `{{`", block.title))
            .label(self.mended.span(before), "`{` must follow");
        let finding = if node.as_rule() == Rule::missing_block {
            finding.help(block.place.block_help())
        } else {
            finding.help("write `{` here, and `}` at the end").fix("write `{`", self.mended.span(end..end), " {")
        };
        self.missing(node, finding);
    }

    fn missing_closing(&mut self, block: &mut Block, node: &Node<'t>) {
        block.damaged = true;
        let Some(opening) = block.opening.clone().filter(|_| !block.unopened) else { return };
        let inner = self.suspect.take().filter(|(_, inner)| inner.start > opening.start);
        let (title, opening) = inner.unwrap_or_else(|| (block.title.clone(), opening));
        let end = self.text_before(node.as_span().start()).len();
        let place = self.mended.span(end..end);
        let finding = Diagnostic::new(code::BRACES, format!("the {title} has no `}}`"))
            .label(self.mended.span(opening), "this `{` is never closed")
            .help(format!("write `}}` where the {title} ends"))
            .fix("write `}`", place, "\n}");
        self.missing(node, finding);
    }

    /// Whether a clause is the first of its kind; a repetition is reported.
    pub(super) fn first(&mut self, block: &mut Block, clause: &'static str, node: &Node<'t>) -> bool {
        let span = self.span(node);
        let Some((_, known)) = block.seen.iter().find(|(seen, _)| *seen == clause) else {
            block.seen.push((clause, span));
            return true;
        };
        let finding = Diagnostic::new(code::REPEATED_CLAUSE, format!("`{clause}` is written twice"))
            .label(span, "this one is not used")
            .label(*known, "the first one")
            .help("take one of them away");
        self.findings.push(finding);
        false
    }
}

/// A comment without its `#`.
fn comment_text(comment: &str) -> &str {
    let text = comment.trim_start_matches('#');
    text.strip_prefix(' ').unwrap_or(text)
}

/// Where a node stands in the text that was read.
pub(super) fn range(node: &Node<'_>) -> Range<usize> {
    node.as_span().start()..node.as_span().end()
}
