//! Findings for people at a terminal: the excerpt, the remarks, what to write instead.
//!
//! The only file that names `miette`. Our findings stay plain data; here they are dressed for it.
//! It rescans its source for every label, so it is given a source that looks lines up in our index.

use std::fmt::{self, Display, Write};
use std::ops::Range;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan,
    SpanContents, ThemeCharacters, ThemeStyles,
};

use crate::base::{DataPlace, Diagnostic, Label, Place, Severity, Source};
use crate::report::style::Ink;
use crate::report::{Style, Tally, View, severity_word};

/// Lines shown above and below what is marked.
const CONTEXT: usize = 1;
/// A mark over more lines than this is cut to its first line.
const LONGEST_MARK: usize = 6;
/// A line of more characters than this is shown around its marks only.
const LONGEST_LINE: usize = 160;
/// How many characters of it are shown before and behind a mark, and of the mark.
const AROUND_MARK: usize = 40;

/// All findings, one below the other, each with a blank line after it.
#[must_use]
pub fn findings(view: View<'_>, findings: &[Diagnostic], style: Style) -> String {
    let handler = handler(style);
    let mut out = String::new();
    for finding in findings {
        for (at, report) in Report::all_of(view, finding).iter().enumerate() {
            let mut drawn = String::new();
            let _ = handler.render_report(&mut drawn, report);
            // What is wrong is said once; of further files only the excerpt is shown.
            let excerpt = drawn.split_inclusive('\n').skip_while(|line| at > 0 && !line.contains('╭'));
            out.extend(excerpt);
        }
        if let Some(fix) = finding.only_fix().filter(|_| finding.help.is_none()) {
            let _ = writeln!(out, "  help: {}", fix.title);
        }
        out.push('\n');
    }
    out
}

/// `3 errors, 1 warning in 2 files`.
#[must_use]
pub fn summary(findings: &[Diagnostic], style: Style) -> String {
    let tally = Tally::of(findings);
    let ink = match tally {
        Tally { errors: 1.., .. } => Ink::Red,
        Tally { warnings: 1.., .. } => Ink::Yellow,
        _ => Ink::Green,
    };
    let mut files: Vec<String> =
        findings.iter().filter_map(|finding| finding.labels.first()).map(|label| file_key(&label.place)).collect();
    files.sort_unstable();
    files.dedup();
    let within = match files.len() {
        0 => String::new(),
        1 => " in 1 file".to_owned(),
        number => format!(" in {number} files"),
    };
    format!("{}{within}", style.paint(ink, &tally.sentence()))
}

fn file_key(place: &Place) -> String {
    match place {
        Place::Text(span) => format!("{:?}", span.file),
        Place::Data(place) => place.file.clone(),
    }
}

fn handler(style: Style) -> GraphicalReportHandler {
    let theme = GraphicalTheme {
        characters: ThemeCharacters { warning: "!".into(), advice: "·".into(), ..ThemeCharacters::unicode() },
        styles: if style.colour { ThemeStyles::ansi() } else { ThemeStyles::none() },
    };
    GraphicalReportHandler::new_themed(theme)
        .with_width(style.width.clamp(40, 120))
        .with_context_lines(CONTEXT)
        .with_links(false)
        .without_syntax_highlighting()
}

/// A finding as miette wants it, with one text. A finding about several texts is several of them, the first with
/// what is wrong, the last with what to write instead.
struct Report {
    code: String,
    message: String,
    severity: Severity,
    help: Option<String>,
    excerpt: Option<Excerpt>,
}

impl Report {
    fn all_of(view: View<'_>, finding: &Diagnostic) -> Vec<Self> {
        let mut excerpts: Vec<Excerpt> = Vec::new();
        let mut message = finding.message.clone();
        for label in &finding.labels {
            if let Place::Data(DataPlace { excerpt: None, file, .. }) = &label.place {
                // There is nothing to show of it, so its place goes into the message, unless that names it already.
                if !message.contains(file.as_str()) {
                    message = format!("{}: {message}", view.place(&label.place).short());
                }
                continue;
            }
            match excerpts.iter_mut().find(|excerpt| excerpt.shows(&label.place)) {
                Some(excerpt) => excerpt.mark(label),
                None => excerpts.extend(Excerpt::new(view, label)),
            }
        }
        let report = |excerpt: Option<Excerpt>| Self {
            code: format!("{}[{}]", severity_word(finding.severity()), finding.code.id),
            message: message.clone(),
            severity: finding.severity(),
            help: None,
            excerpt,
        };
        let mut all: Vec<Self> = excerpts.into_iter().map(|excerpt| report(Some(excerpt.shortened()))).collect();
        if all.is_empty() {
            all.push(report(None));
        }
        all.last_mut().into_iter().for_each(|last| last.help.clone_from(&finding.help));
        all
    }
}

impl Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}

impl std::error::Error for Report {}

impl miette::Diagnostic for Report {
    fn code<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        Some(Box::new(&self.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Hint => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.excerpt.as_ref().map(|excerpt| Box::new(excerpt.marks.iter().cloned()) as Box<dyn Iterator<Item = _>>)
    }
}

/// A text with marks in it.
struct Excerpt {
    /// How its file is called.
    name: String,
    /// Where it is from.
    place: Place,
    source: Source,
    /// The number of its first line, less one.
    lines_before: usize,
    marks: Vec<LabeledSpan>,
    /// Marks in lines that are shortened: where each begins, and its column in the whole line.
    columns: Vec<(usize, usize)>,
}

impl Excerpt {
    fn new(view: View<'_>, label: &Label) -> Option<Self> {
        let mut excerpt = match &label.place {
            Place::Text(span) => {
                let source = view.sources.get(span.file)?.clone();
                let name = view.path(&source.path).into_owned();
                Self {
                    name,
                    place: label.place.clone(),
                    source,
                    lines_before: 0,
                    marks: Vec::new(),
                    columns: Vec::new(),
                }
            }
            Place::Data(place) => Self {
                name: view.path(&place.file).into_owned(),
                place: label.place.clone(),
                source: Source::new(&place.file, place.excerpt.as_deref().unwrap_or("")),
                lines_before: place.line.and_then(|line| usize::try_from(line).ok()).map_or(0, |line| line.max(1) - 1),
                marks: Vec::new(),
                columns: Vec::new(),
            },
        };
        excerpt.mark(label);
        Some(excerpt)
    }

    /// Whether a place lies in the text that is shown.
    fn shows(&self, place: &Place) -> bool {
        match (&self.place, place) {
            (Place::Text(shown), Place::Text(span)) => shown.file == span.file,
            (Place::Data(shown), Place::Data(place)) => (&shown.file, shown.line) == (&place.file, place.line),
            _ => false,
        }
    }

    fn mark(&mut self, label: &Label) {
        let (start, end) = match &label.place {
            Place::Text(span) => self.clipped(span.start as usize, span.end as usize),
            Place::Data(place) => cell(&self.source.text, place),
        };
        let text = Some(label.text.clone()).filter(|text| !text.is_empty());
        let span = SourceSpan::new(start.into(), end - start);
        let primary = self.marks.is_empty();
        self.marks.push(if primary {
            LabeledSpan::new_primary_with_span(text, span)
        } else {
            LabeledSpan::new_with_span(text, span)
        });
    }

    /// A stretch that can be drawn: within the text, not over many lines, and never beyond the last character.
    fn clipped(&mut self, start: usize, end: usize) -> (usize, usize) {
        let length = self.source.text.len();
        if start >= length {
            // Nothing can be marked after the end of a text, so it gets one more blank.
            self.source = Source::new(&self.source.path, &format!("{} ", self.source.text));
            return (length, length);
        }
        let (start, end) = (floor(&self.source.text, start), floor(&self.source.text, end.min(length)).max(start));
        let (first, _) = self.source.line_column(start);
        let (last, _) = self.source.line_column(end);
        if last - first < LONGEST_MARK {
            return (start, end);
        }
        let rest = self.source.text.get(start..).unwrap_or("");
        (start, start + rest.lines().next().unwrap_or("").len())
    }
}

impl Excerpt {
    /// The excerpt with its long lines cut to what stands around the marks.
    fn shortened(self) -> Self {
        let is_long = |line: &str| line.len() > LONGEST_LINE && line.chars().count() > LONGEST_LINE;
        let lines = |mark: &LabeledSpan| {
            let line = self.source.line_column(mark.offset()).0;
            line.saturating_sub(CONTEXT).max(1)..=(line + CONTEXT).min(self.source.line_count())
        };
        let mut long: Vec<usize> =
            self.marks.iter().flat_map(lines).filter(|line| is_long(self.source.line(*line))).collect();
        long.sort_unstable();
        long.dedup();
        long.into_iter().rev().fold(self, Self::cut)
    }

    /// Cuts a line, of which the later ones are cut already.
    fn cut(mut self, number: usize) -> Self {
        let (start, line) = (self.source.line_start(number), self.source.line(number).to_owned());
        let end = start + line.len();
        let mut kept: Vec<Range<usize>> = Vec::new();
        let inside = |mark: &&LabeledSpan| (start..=end).contains(&mark.offset());
        for mark in self.marks.iter().filter(inside) {
            let from = mark.offset() - start;
            let to = (from + mark.len()).min(back(&line, from + AROUND_MARK, 0)).max(from);
            kept.push(back(&line, from, AROUND_MARK)..forth(&line, to, AROUND_MARK));
        }
        kept.sort_by_key(|range| range.start);
        if kept.is_empty() {
            kept.push(0..forth(&line, 0, 2 * AROUND_MARK));
        }
        let mut short = String::new();
        // Where each place of the line lies in the short one: of a stretch left out where it was.
        let mut pieces: Vec<(Range<usize>, usize)> = Vec::new();
        let mut done = 0;
        for range in kept {
            let from = range.start.max(done);
            if from > done {
                short.push('…');
            }
            pieces.push((from..range.end.max(from), short.len()));
            short.push_str(line.get(from..range.end).unwrap_or(""));
            done = done.max(range.end);
        }
        if done < line.len() {
            short.push('…');
        }
        let place = |at: usize| {
            let piece = pieces.iter().rfind(|(range, _)| range.start <= at);
            piece.map_or(0, |(range, short)| short + at.min(range.end) - range.start)
        };
        let moved = |at: usize| match at {
            at if at < start => at,
            at if at > end => at - line.len() + short.len(),
            at => start + place(at - start),
        };
        for (column_at, _) in &mut self.columns {
            *column_at = moved(*column_at);
        }
        for mark in &mut self.marks {
            let (from, to) = (moved(mark.offset()), moved(mark.offset() + mark.len()));
            if (start..=end).contains(&mark.offset()) {
                self.columns.push((from, self.source.line_column(mark.offset()).1));
            }
            let span = SourceSpan::new(from.into(), to.saturating_sub(from));
            let text = mark.label().map(str::to_owned);
            *mark = if mark.primary() {
                LabeledSpan::new_primary_with_span(text, span)
            } else {
                LabeledSpan::new_with_span(text, span)
            };
        }
        let mut text = self.source.text.to_string();
        text.replace_range(start..end, &short);
        self.source = Source::new(&self.source.path, &text);
        self
    }
}

/// The place `signs` characters before `at` at most.
fn back(line: &str, at: usize, signs: usize) -> usize {
    let at = line.floor_char_boundary(at);
    let before = line.get(..at).unwrap_or("");
    before.char_indices().rev().take(signs).last().map_or(at, |(place, _)| place)
}

/// The place `signs` characters behind `at` at most.
fn forth(line: &str, at: usize, signs: usize) -> usize {
    let at = line.floor_char_boundary(at);
    let behind = line.get(at..).unwrap_or("");
    behind.char_indices().nth(signs).map_or(line.len(), |(place, _)| at + place)
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The cell in a line of a table: from its column to the next separator.
fn cell(excerpt: &str, place: &DataPlace) -> (usize, usize) {
    let column = place.column.and_then(|column| usize::try_from(column).ok()).map_or(0, |column| column.max(1) - 1);
    let Some((start, _)) = excerpt.char_indices().nth(column).filter(|_| place.column.is_some()) else {
        return (0, excerpt.len());
    };
    let rest = excerpt.get(start..).unwrap_or("");
    let quoted = rest.strip_prefix('"').and_then(|inner| inner.find('"')).map(|end| end + 2);
    let length = quoted.or_else(|| rest.find([',', ';', '\t', '|'])).unwrap_or(rest.len());
    (start, start + length)
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (first, column) = self.source.line_column(span.offset());
        let (last, _) = self.source.line_column((span.offset() + span.len()).max(span.offset() + 1) - 1);
        let from = first.saturating_sub(before).max(1);
        let to = (last + after).min(self.source.line_count());
        let (start, column) = if before == 0 { (span.offset(), column) } else { (self.source.line_start(from), 1) };
        let whole = self.columns.iter().find(|(start, _)| before == 0 && *start == span.offset());
        let column = whole.map_or(column, |(_, column)| *column);
        let end = self.source.line_start(to) + self.source.line(to).len();
        let data = self.source.text.get(start..end.max(start)).ok_or(MietteError::OutOfBounds)?;
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            data.as_bytes(),
            SourceSpan::new(start.into(), data.len()),
            self.lines_before + from - 1,
            column - 1,
            to + 1 - from,
        )))
    }
}
