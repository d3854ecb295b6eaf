//! A timeline as a picture: one self-contained SVG, readable on light and dark ground.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use crate::base::Date;
use crate::report::grid::shortened;
use crate::report::timeline::{PLANNED, drawn_until, lane_name, lane_state, month_name, months, sentence, word};
use crate::report::xml::escaped;
use crate::run::timeline::{Lane, Mark, Time, Timeline, What};

/// Pixels at the left and right edge.
const MARGIN: i64 = 28;
/// Pixels beyond the last day.
const EDGE: i64 = 60;
/// Pixels from one line of labels to the next.
const LINE: i64 = 15;
/// Pixels of one character of a label, wide enough for most.
const LETTER: i64 = 7;
/// Pixels above the first lane: title, assumption, months.
const HEAD: i64 = 96;
/// Pixels of the legend below the last lane.
const FOOT: i64 = 48;
/// The longest label.
const LONGEST_LABEL: usize = 30;

/// Plain colours, which every program understands, and others for those who look at dark pages.
const STYLE: &str = "\
    text { font-family: system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif; font-size: 12px; fill: #1b1f24 }
    .title { font-size: 18px; font-weight: 600 }
    .name { font-weight: 600 }
    .faint { fill: #59636e }
    .ground { fill: #ffffff }
    .grid { stroke: #e2e7ec }
    .lead { stroke: #b7c0c9 }
    .run { stroke: #818b98; stroke-width: 3 }
    .ahead { stroke-dasharray: 2 4 }
    .now { stroke: #cf222e; stroke-width: 1.5 }
    .mark { stroke: #ffffff; stroke-width: 1.5 }
    .done { fill: #1a7f37 }
    .today { fill: #cf222e }
    .late { fill: #bf8700 }
    .life { fill: #59636e }
    .planned { fill: #ffffff; stroke: #0969da; stroke-width: 2 }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 }
      .faint { fill: #9198a1 }
      .ground { fill: #0d1117 }
      .grid { stroke: #262c36 }
      .lead { stroke: #59636e }
      .now { stroke: #ff7b72 }
      .mark { stroke: #0d1117 }
      .done { fill: #3fb950 }
      .today { fill: #ff7b72 }
      .late { fill: #d29922 }
      .life { fill: #9198a1 }
      .planned { fill: #0d1117; stroke: #58a6ff }
    }
";

/// The days of a timeline as pixels.
struct Scale {
    from: Date,
    days: i64,
    width: i64,
}

impl Scale {
    fn new(timeline: &Timeline) -> Self {
        let days = (drawn_until(timeline).days_since(timeline.from) + 1).max(2);
        Self { from: timeline.from, days, width: (days * 4).clamp(900, 2600) }
    }

    fn x(&self, date: Date) -> i64 {
        let days = date.days_since(self.from).clamp(0, self.days);
        MARGIN + days * self.width / self.days
    }
}

/// A label with its place beside others: its line, counted from the marks downwards.
struct Label<'a> {
    mark: &'a Mark,
    text: String,
    x: i64,
    start: i64,
    line: i64,
}

/// The whole picture.
#[must_use]
pub fn picture(timeline: &Timeline) -> String {
    let scale = Scale::new(timeline);
    let mut body = String::new();
    let mut y = HEAD;
    for lane in &timeline.lanes {
        y += self::lane(&mut body, lane, timeline.today, &scale, y);
    }
    if let Some((from, diagnostic)) = &timeline.set_aside {
        let text = format!("Set aside from {from} on: {} ({})", diagnostic.message, diagnostic.code.id);
        text_at(&mut body, MARGIN, y + 16, "name", &text);
        y += 36;
    }
    let (width, height) = (scale.width + 2 * MARGIN + EDGE, y + FOOT);
    let name = timeline.name.as_ref().map_or_else(String::new, |name| format!(" {name}"));
    let title = format!("{}{name} on {}", timeline.customer, timeline.today);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-labelledby=\"title description\">\n  <title id=\"title\">{}</title>\n  \
         <desc id=\"description\">{}</desc>\n  <style>\n    {}  </style>\n  \
         <rect class=\"ground\" width=\"{width}\" height=\"{height}\"/>\n",
        escaped(&title),
        escaped(&description(timeline)),
        STYLE.trim_start()
    );
    text_at(&mut out, MARGIN, 32, "title", &title);
    let _ = writeln!(out, "  <g id=\"axis\">");
    axis(&mut out, timeline, &scale, y);
    let _ = writeln!(out, "  </g>");
    text_at(&mut out, MARGIN, 52, "faint", &format!("{PLANNED} Until {}.", timeline.until));
    out.push_str(&body);
    legend(&mut out, y + FOOT - 18);
    out.push_str("</svg>\n");
    out
}

/// What the picture shows, for those who cannot see it.
fn description(timeline: &Timeline) -> String {
    let lane = |lane: &Lane| {
        let marks: Vec<String> = lane
            .marks
            .iter()
            .map(|mark| {
                let step = mark.step.as_ref().map_or_else(String::new, |step| format!(" {step}"));
                format!("{}{step} {}", mark.date, word(mark))
            })
            .collect();
        format!("{}: {}.", lane_name(lane), if marks.is_empty() { "nothing".to_owned() } else { marks.join(", ") })
    };
    let lanes: Vec<String> = timeline.lanes.iter().map(lane).collect();
    format!("Timeline from {} to {}. {}", timeline.from, timeline.until, lanes.join(" "))
}

fn axis(out: &mut String, timeline: &Timeline, scale: &Scale, bottom: i64) {
    let top = HEAD - 14;
    let mut free = i64::MIN;
    let today = scale.x(timeline.today);
    for month in months(timeline, drawn_until(timeline)) {
        let (x, name) = (scale.x(month), month_name(month));
        let _ = writeln!(out, "  <line class=\"grid\" x1=\"{x}\" y1=\"{top}\" x2=\"{x}\" y2=\"{bottom}\"/>");
        if x >= free {
            let is_crossed = (x..x + 3 + wide(&name)).contains(&today);
            let start = if is_crossed { today + 4 } else { x + 3 };
            text_at(out, start, top + 2, "faint", &name);
            free = start + wide(&name) + 6;
        }
    }
    let x = today;
    let _ = writeln!(out, "  <line class=\"now\" x1=\"{x}\" y1=\"{}\" x2=\"{x}\" y2=\"{bottom}\"/>", top - 10);
    let _ = writeln!(
        out,
        "  <text class=\"name\" text-anchor=\"middle\" x=\"{}\" y=\"{}\">today</text>",
        x.max(MARGIN + 14),
        top - 14
    );
}

/// Draws a lane that begins at `top`, and gives its height.
fn lane(out: &mut String, lane: &Lane, today: Date, scale: &Scale, top: i64) -> i64 {
    let _ = writeln!(out, "  <g>\n  <line class=\"grid\" x1=\"0\" y1=\"{top}\" x2=\"{}\" y2=\"{top}\"/>", {
        scale.width + 2 * MARGIN + EDGE
    });
    let name = lane_name(lane);
    let title = if lane.procedure.as_ref() == Some(&lane.title) { String::new() } else { format!(" {}", lane.title) };
    let state = lane_state(lane);
    let width = wide(&name) + wide(&title) + wide(&state) + 14;
    let _ = writeln!(
        out,
        "  <rect class=\"ground\" x=\"{}\" y=\"{}\" width=\"{width}\" height=\"18\"/>",
        MARGIN - 2,
        top + 5
    );
    let _ = writeln!(
        out,
        "  <text x=\"{MARGIN}\" y=\"{}\"><tspan class=\"name\">{}</tspan>{}<tspan class=\"faint\" dx=\"10\">{}</tspan></text>",
        top + 19,
        escaped(&name),
        escaped(&title),
        escaped(&state)
    );
    let y = top + 40;
    for (from, to) in &lane.stretches {
        let (start, end) = (scale.x(*from), to.map_or(MARGIN + scale.width, |to| scale.x(to)));
        let now = scale.x(today).clamp(start, end);
        for (class, from, to) in [("run", start, now), ("run ahead", now, end)] {
            if from < to {
                let _ = writeln!(out, "  <line class=\"{class}\" x1=\"{from}\" y1=\"{y}\" x2=\"{to}\" y2=\"{y}\"/>");
            }
        }
    }
    let labels = labels(lane, scale);
    let lines = labels.iter().map(|label| label.line).max().unwrap_or(0);
    for label in &labels {
        let (x, below) = (label.x, y + 12 + label.line * LINE);
        let _ = writeln!(out, "  <line class=\"lead\" x1=\"{x}\" y1=\"{y}\" x2=\"{x}\" y2=\"{below}\"/>");
    }
    for label in &labels {
        let (top, width) = (y - 1 + label.line * LINE, wide(&label.text));
        let _ = writeln!(
            out,
            "  <rect class=\"ground\" x=\"{}\" y=\"{top}\" width=\"{width}\" height=\"{LINE}\"/>",
            label.start - 1
        );
    }
    let mut drawn: Vec<&Label<'_>> = labels.iter().collect();
    drawn.sort_by_key(|label| (weight(label.mark.what), label.mark.date));
    for label in drawn {
        let below = y + 10 + label.line * LINE;
        let step = label.mark.step.as_ref().map_or_else(String::new, |step| format!("{step}: "));
        let _ = writeln!(
            out,
            "  <g><title>{}</title>{}<text x=\"{}\" y=\"{below}\">{}</text></g>",
            escaped(&format!("{} {step}{}", label.mark.date, sentence(label.mark))),
            shape(label.mark.what, label.mark.time, label.x, y),
            label.start,
            escaped(&label.text)
        );
    }
    out.push_str("  </g>\n");
    40 + 12 + (lines + 1) * LINE
}

/// The labels of a lane, each on the first line on which it does not touch another or a line to a lower one.
fn labels<'a>(lane: &'a Lane, scale: &Scale) -> Vec<Label<'a>> {
    let mut labels: Vec<Label<'a>> = Vec::new();
    // Labels are placed from the right, so that no line from a mark to its label crosses another label.
    for mark in lane.marks.iter().rev() {
        let text = label(mark);
        let x = scale.x(mark.date);
        let room = scale.width + MARGIN + EDGE;
        let start = if x + 4 + wide(&text) > room { (x - 4 - wide(&text)).max(MARGIN) } else { x + 4 };
        let end = start + wide(&text);
        let is_free = |line: i64| {
            labels.iter().all(|other| {
                let touches =
                    other.line == line && start < other.start + wide(&other.text) + 8 && other.start < end + 8;
                let crossed = other.line > line && other.x >= start - 2 && other.x <= end + 2;
                !touches && !crossed
            })
        };
        let line = (1..).find(|line| is_free(*line)).unwrap_or(1);
        labels.push(Label { mark, text, x, start, line });
    }
    labels
}

/// Step, what became of it and date; where that is too long, the name of the step is shortened.
fn label(mark: &Mark) -> String {
    let date = chrono::NaiveDate::from(mark.date).format("%-d %b").to_string();
    let rest = match (&mark.step, mark.what) {
        (Some(_), What::Suggested | What::Done) => date,
        _ => format!("{} {date}", word(mark)),
    };
    let room = LONGEST_LABEL.saturating_sub(rest.width() + 1);
    mark.step.as_ref().map_or_else(|| rest.clone(), |step| format!("{} {rest}", shortened(step, room)))
}

/// Which marks are drawn first: of two in one place the later drawn one is seen.
const fn weight(what: What) -> u8 {
    match what {
        What::Started | What::Ended | What::Completed => 0,
        What::PassedOver | What::PutOff | What::Withheld => 1,
        What::Suggested | What::Done | What::Skipped | What::Contact => 2,
    }
}

/// The sign of a mark.
fn shape(what: What, time: Time, x: i64, y: i64) -> String {
    let dot = |class: &str| format!("<circle class=\"mark {class}\" cx=\"{x}\" cy=\"{y}\" r=\"6\"/>");
    match (what, time) {
        (What::Started | What::Ended | What::Completed, _) => {
            format!("<rect class=\"mark life\" x=\"{}\" y=\"{}\" width=\"5\" height=\"16\"/>", x - 2, y - 8)
        }
        (What::Suggested, Time::Planned) => diamond("planned", x, y),
        (What::Suggested, _) => diamond("mark today", x, y),
        (What::PutOff | What::PassedOver | What::Withheld, _) => {
            let (left, right, up, down) = (x - 6, x + 6, y - 6, y + 6);
            format!("<path class=\"mark late\" d=\"M{left} {up} H{right} L{x} {down} Z\"/>")
        }
        (What::Done | What::Contact, _) => dot("done"),
        (What::Skipped, _) => dot("life"),
    }
}

fn diamond(class: &str, x: i64, y: i64) -> String {
    let (left, right, up, down) = (x - 7, x + 7, y - 7, y + 7);
    format!("<path class=\"{class}\" d=\"M{left} {y} L{x} {up} L{right} {y} L{x} {down} Z\"/>")
}

fn legend(out: &mut String, y: i64) {
    use crate::run::timeline::{
        Time::{Past, Planned, Today},
        What::{Done, PutOff, Skipped, Started, Suggested},
    };
    let entries = [
        (Past, Done, "done"),
        (Past, Skipped, "skipped"),
        (Today, Suggested, "suggested today"),
        (Planned, Suggested, "planned"),
        (Today, PutOff, "put off, passed over, withheld"),
        (Past, Started, "start, end"),
    ];
    let mut x = MARGIN + 6;
    out.push_str("  <g id=\"legend\">\n");
    for (time, what, words) in entries {
        let _ = writeln!(out, "  {}", shape(what, time, x, y - 4));
        text_at(out, x + 12, y, "faint", words);
        x += 12 + wide(words) + 22;
    }
    out.push_str("  </g>\n");
}

fn text_at(out: &mut String, x: i64, y: i64, class: &str, text: &str) {
    let _ = writeln!(out, "  <text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>", escaped(text));
}

/// About how many pixels a label is wide.
fn wide(text: &str) -> i64 {
    i64::try_from(text.width()).unwrap_or(0) * LETTER
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::timeline::State;

    #[test]
    fn a_long_name_leaves_its_date() {
        let date = Date::new(2026, 3, 27).expect("a day");
        let step = Some("invoice_overview_statement_of_account".to_owned());
        let said = |what| label(&Mark { step: step.clone(), ..Mark::new(date, Time::Past, what) });
        assert_eq!(said(What::Done), "invoice_overview_state… 27 Mar");
        assert_eq!(said(What::PassedOver), "invoice_ov… passed over 27 Mar");
        assert_eq!(label(&Mark::new(date, Time::Past, What::Ended)), "ended 27 Mar");
    }

    #[test]
    fn labels_do_not_touch() {
        let from = Date::new(2026, 1, 1).expect("a day");
        let day = |days: i64| from.plus_days(days).expect("near");
        let mark =
            |days: i64| Mark { step: Some(format!("step_{days}")), ..Mark::new(day(days), Time::Past, What::Done) };
        let lane = Lane {
            procedure: Some("standard".to_owned()),
            title: "Standard".to_owned(),
            primary: true,
            document: None,
            state: State::Running,
            leading: None,
            stretches: Vec::new(),
            marks: [0, 0, 1, 3, 30, 31, 90, 178, 179, 179].map(mark).to_vec(),
        };
        let scale = Scale { from, days: 180, width: 900 };
        let labels = labels(&lane, &scale);
        for (place, one) in labels.iter().enumerate() {
            assert!(one.start >= MARGIN && one.start + wide(&one.text) <= 900 + MARGIN + EDGE, "{}", one.text);
            for other in labels.iter().skip(place + 1).filter(|other| other.line == one.line) {
                let apart = one.start >= other.start + wide(&other.text) || other.start >= one.start + wide(&one.text);
                assert!(apart, "{} touches {}", one.text, other.text);
            }
        }
    }
}
