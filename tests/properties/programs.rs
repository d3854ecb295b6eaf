//! Programs by chance: every form of the language, with comments, empty lines and long lines in every place.

/// Numbers by chance, used up one after the other; then always 0.
pub(super) struct Dice<'a>(pub(super) std::slice::Iter<'a, u32>);

impl Dice<'_> {
    pub(super) fn below(&mut self, sides: usize) -> usize {
        self.0.next().copied().unwrap_or(0) as usize % sides
    }

    pub(super) fn one_in(&mut self, sides: usize) -> bool {
        self.below(sides) == 1
    }

    pub(super) fn of<'t>(&mut self, choices: &[&'t str]) -> &'t str {
        choices[self.below(choices.len())]
    }
}

/// What may stand before a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Nothing.
    None,
    /// Blanks.
    Same,
    /// Blanks, line ends and comments.
    Any,
    /// A line end.
    Line,
}

use Gap::{Any, Line, None as No, Same};

const NAMES: &[&str] = &["a", "b2", "total", "score", "new_customers", "a_rather_long_name_that_fills_the_line", "x"];
const TEXTS: &[&str] = &[
    "\"\"",
    "\"x\"",
    "\"# no comment { }\"",
    "\"a \\\"b\\\" \\\\c\"",
    "\"tab\tand wide 日本語\"",
    "\"a text that is long enough to reach across half of the line it stands on\"",
];
const COMMENTS: &[&str] = &["", " ", " c", "#", " \"open", " }", " { procedure x", " ends in blanks  ", " é 日本"];

/// A program in the making.
pub(super) struct Program<'a> {
    dice: Dice<'a>,
    tokens: Vec<(Gap, String)>,
}

/// A program of a few declarations, laid out by chance.
pub(super) fn program(numbers: &[u32]) -> String {
    let mut program = Program { dice: Dice(numbers.iter()), tokens: Vec::new() };
    for _ in 0..=program.dice.below(5) {
        program.item();
    }
    program.laid_out()
}

impl Program<'_> {
    fn put(&mut self, gap: Gap, token: &str) {
        self.tokens.push((gap, token.to_owned()));
    }

    fn all(&mut self, tokens: &[(Gap, &str)]) {
        for (gap, token) in tokens {
            self.put(*gap, token);
        }
    }

    fn name(&mut self, gap: Gap) {
        let name = self.dice.of(NAMES);
        self.put(gap, name);
    }

    fn text(&mut self, gap: Gap) {
        let text = self.dice.of(TEXTS);
        self.put(gap, text);
    }

    fn maybe(&mut self, then: impl FnOnce(&mut Self)) {
        if self.dice.below(2) == 1 {
            then(self);
        }
    }

    fn some(&mut self, most: usize, mut each: impl FnMut(&mut Self)) {
        for _ in 0..self.dice.below(most + 1) {
            each(self);
        }
    }

    /// `a, b`
    fn listed(&mut self, sign: &str, mut each: impl FnMut(&mut Self)) {
        each(self);
        for _ in 0..self.dice.below(4) {
            self.put(Any, sign);
            each(self);
        }
    }

    fn block(&mut self, content: impl FnOnce(&mut Self)) {
        self.put(Any, "{");
        content(self);
        self.put(Any, "}");
    }

    fn item(&mut self) {
        let from = self.tokens.len();
        match self.dice.below(9) {
            0 => self.ledger(),
            1 => self.calendar(),
            2 => self.define(),
            3 => self.template(),
            4 => self.action_declaration(),
            5 => self.assign(),
            6 => self.contact_policy(),
            7 => self.test(),
            _ => self.procedure(),
        }
        // Two words and `{` in a line that goes on look like a misspelt declaration.
        self.tokens[from].0 = Line;
    }

    fn ledger(&mut self) {
        self.put(Any, "ledger");
        self.block(|p| {
            p.maybe(|p| p.all(&[(Any, "currency"), (Any, "EUR")]));
            for entity in ["customer", "document"] {
                p.maybe(|p| {
                    p.put(Any, entity);
                    p.block(|p| p.some(4, Self::field));
                });
            }
            p.maybe(|p| {
                p.put(Any, "recipient");
                p.listed(",", |p| p.name(Any));
            });
        });
    }

    fn field(&mut self) {
        self.name(Any);
        self.put(Same, ":");
        self.listed("|", |p| p.name(Any));
        self.maybe(|p| p.put(Same, "?"));
    }

    fn calendar(&mut self) {
        self.put(Any, "calendar");
        self.name(Same);
        self.block(|p| {
            p.maybe(|p| {
                p.put(Any, "weekend");
                p.listed(",", |p| p.name(Any));
            });
            p.maybe(|p| {
                p.put(Any, "holidays");
                p.listed(",", |p| if p.dice.one_in(2) { p.text(Any) } else { p.name(Any) });
            });
        });
    }

    fn define(&mut self) {
        self.put(Any, "define");
        match self.dice.below(3) {
            0 => self.all(&[(Same, "document."), (No, "old")]),
            _ => self.name(Same),
        }
        self.put(Any, "=");
        self.condition(3);
    }

    fn template(&mut self) {
        self.put(Any, "template");
        self.name(Same);
        self.block(|p| {
            p.some(4, |p| {
                let language = p.dice.of(&["en", "nl", "no", "or"]);
                p.put(Any, language);
                p.text(Same);
            });
            p.maybe(|p| p.all(&[(Any, "otherwise"), (Any, "en")]));
        });
    }

    fn action_declaration(&mut self) {
        self.put(Any, "action");
        self.name(Same);
        self.put(No, "(");
        if self.dice.below(4) > 0 {
            self.listed(",", |p| {
                p.name(Any);
                p.all(&[(Same, ":"), (Any, "money")]);
                p.maybe(|p| p.put(Same, "?"));
                p.maybe(|p| {
                    p.put(Any, "=");
                    p.sum(1);
                });
            });
        }
        self.put(Any, ")");
        self.maybe(|p| p.put(Any, "contact"));
        self.maybe(|p| p.all(&[(Any, "by"), (Any, "hand")]));
        self.maybe(|p| p.all(&[(Any, "computes"), (Any, "charge")]));
    }

    fn assign(&mut self) {
        self.put(Any, "assign");
        self.block(|p| {
            p.some(5, |p| {
                p.name(Any);
                p.put(Any, "when");
                p.condition(2);
            });
            p.maybe(|p| p.all(&[(Any, "otherwise"), (Any, "standard")]));
        });
    }

    fn contact_policy(&mut self) {
        self.put(Any, "contact_policy");
        self.block(|p| {
            p.some(3, |p| {
                p.all(&[(Any, "at"), (Any, "most"), (Any, "2"), (Any, "contacts"), (Any, "every")]);
                p.duration();
            });
            p.maybe(|p| p.all(&[(Any, "only"), (Any, "on"), (Any, "working"), (Any, "days")]));
        });
    }

    fn duration(&mut self) {
        let number = self.dice.of(&["1", "2", "14", "1_000"]);
        self.put(Any, number);
        match self.dice.below(4) {
            0 => self.put(Same, "weeks"),
            1 => self.all(&[(Same, "working"), (Any, "days"), (Any, "of"), (Any, "belgium")]),
            _ => self.put(Same, "days"),
        }
    }

    fn procedure(&mut self) {
        self.put(Any, "procedure");
        self.name(Same);
        self.maybe(|p| p.text(Any));
        self.maybe(|p| p.all(&[(Any, "for"), (Any, "document")]));
        self.maybe(Self::was);
        self.block(|p| {
            p.maybe(|p| {
                p.put(Any, "start");
                if p.dice.one_in(2) {
                    p.all(&[(Any, "by"), (Any, "assignment")])
                } else {
                    p.when()
                }
                p.maybe(Self::from);
            });
            p.maybe(|p| {
                p.put(Any, "stop");
                p.when();
            });
            p.maybe(|p| {
                p.all(&[(Any, "follow"), (Any, "documents")]);
                p.maybe(Self::filter);
            });
            p.maybe(|p| {
                p.put(Any, "timing");
                if p.dice.one_in(2) {
                    p.all(&[(Any, "after"), (Any, "previous")]);
                } else {
                    p.put(Any, "dip");
                    p.maybe(Self::from);
                    p.maybe(|p| p.all(&[(Any, "counting"), (Any, "working"), (Any, "days")]));
                }
            });
            p.maybe(|p| {
                p.put(Any, "priority");
                p.sum(2);
            });
            p.some(6, Self::step);
        });
    }

    fn was(&mut self) {
        self.put(Any, "was");
        self.listed(",", |p| p.name(Any));
    }

    fn when(&mut self) {
        self.put(Any, "when");
        self.condition(2);
    }

    fn from(&mut self) {
        self.put(Any, "from");
        self.sum(1);
    }

    fn filter(&mut self) {
        self.put(Any, "where");
        self.condition(1);
    }

    fn step(&mut self) {
        self.put(Any, "step");
        self.name(Same);
        self.maybe(|p| p.text(Any));
        let mut modifiers: Vec<fn(&mut Self)> = vec![
            Self::when,
            Self::from,
            |p| p.all(&[(Any, "at"), (Any, "day"), (Same, "-5")]),
            |p| p.all(&[(Any, "at"), (Any, "stop")]),
            |p| {
                p.put(Any, "after");
                p.duration();
            },
            |p| {
                p.all(&[(Any, "automatic"), (Any, "if")]);
                p.condition(1);
            },
            |p| {
                p.all(&[(Any, "repeat"), (Any, "every")]);
                p.duration();
                p.maybe(|p| p.all(&[(Any, "at"), (Any, "most"), (Any, "3"), (Any, "times")]));
            },
            Self::was,
        ];
        for _ in 0..self.dice.below(4) {
            let modifier = modifiers.swap_remove(self.dice.below(modifiers.len()));
            modifier(self);
        }
        self.block(|p| {
            p.some(3, Self::action);
            p.maybe(|p| {
                p.put(Line, "results");
                p.listed("|", |p| p.name(Any));
            });
        });
    }

    fn action(&mut self) {
        self.put(Line, "email");
        let from = self.tokens.len();
        self.put(Same, "customer");
        self.maybe(|p| p.all(&[(Same, "using"), (Same, "reminder")]));
        self.maybe(|p| {
            p.put(Same, "text");
            p.text(Same);
        });
        self.maybe(|p| {
            p.all(&[(Same, "covering"), (Same, "documents")]);
            p.maybe(Self::filter);
        });
        for (gap, _) in self.tokens.iter_mut().skip(from).filter(|(gap, _)| *gap == Any) {
            *gap = Same;
        }
    }

    fn test(&mut self) {
        self.put(Any, "test");
        self.text(Same);
        self.block(|p| {
            p.some(4, Self::record);
            p.some(7, Self::event);
        });
    }

    fn id(&mut self, gap: Gap) {
        let id = self.dice.of(&["C1", "F10", "\"F-1\"", "\"an id 1\""]);
        self.put(gap, id);
    }

    fn record(&mut self) {
        let kind = self.dice.of(&["customer", "document", "payment", "hold"]);
        self.put(Any, kind);
        self.id(Same);
        self.maybe(|p| {
            p.put(Any, "of");
            p.id(Any);
        });
        self.block(|p| {
            p.some(3, |p| {
                p.name(Any);
                p.put(Same, ":");
                let from = p.tokens.len();
                p.sum(1);
                p.tokens[from].0 = Same;
            });
        });
    }

    fn event(&mut self) {
        let date = self.dice.of(&["2026-03-02", "2026-12-31"]);
        self.all(&[(Any, "on"), (Same, date)]);
        let (word, rest): (&str, &[&str]) = match self.dice.below(7) {
            0 => ("expect", &["nothing", "from", "standard"]),
            1 => ("expect", &["standard.call"]),
            2 => ("done", &["standard.call", "result", "promised"]),
            3 => ("paid", &["100 EUR"]),
            4 => ("set", &["status", "dispute"]),
            5 => ("hold", &["until", "2026-04-01"]),
            _ => ("promise", &["5 EUR", "until", "2026-04-01"]),
        };
        self.put(Any, word);
        self.id(Same);
        for word in rest {
            self.put(Same, word);
        }
    }

    /// `a and b`, `a or b`, one of their parts.
    fn condition(&mut self, depth: usize) {
        let sign = self.dice.of(&["and", "or"]);
        self.test_of(depth);
        for _ in 0..self.dice.below(4) {
            self.put(Any, sign);
            self.test_of(depth);
        }
    }

    fn test_of(&mut self, depth: usize) {
        if self.dice.one_in(4) {
            self.put(Any, "not");
        }
        match self.dice.below(6) {
            0 => self.name(Any),
            1 if depth > 0 => {
                self.put(Any, "(");
                self.condition(depth - 1);
                self.put(Any, ")");
            }
            2 => {
                self.sum(depth);
                self.all(&[(Any, "in"), (Any, "(")]);
                self.listed(",", |p| p.name(Any));
                self.put(Any, ")");
            }
            3 => {
                self.sum(depth);
                self.all(&[(Any, "is"), (Any, "missing")]);
            }
            4 => {
                self.sum(depth);
                self.put(Any, "between");
                self.sum(0);
                self.put(Any, "and");
                self.sum(0);
            }
            _ => {
                self.sum(depth);
                let sign = self.dice.of(&["=", "!=", "<", ">="]);
                self.put(Any, sign);
                self.sum(depth);
            }
        }
    }

    fn sum(&mut self, depth: usize) {
        self.operand(depth);
        for _ in 0..self.dice.below(2) {
            let sign = self.dice.of(&["+", "-", "*", "/"]);
            self.put(Any, sign);
            self.operand(depth);
        }
    }

    fn operand(&mut self, depth: usize) {
        match self.dice.below(9) {
            0 => self.put(Any, "2026-03-05"),
            1 => self.all(&[(Any, "10_000.50"), (Same, "EUR")]),
            2 => self.all(&[(Any, "8"), (Same, "%")]),
            3 => self.text(Any),
            4 => self.all(&[(Any, "leading."), (No, "open_amount")]),
            5 => self.all(&[(Any, "result"), (Any, "of"), (Any, "call")]),
            6 if depth > 0 => {
                self.all(&[(Any, "sum"), (No, "(")]);
                self.sum(0);
                self.all(&[(Any, "of"), (Any, "archived documents")]);
                self.maybe(Self::filter);
                self.put(Any, ")");
            }
            7 if depth > 0 => {
                self.all(&[(Any, "max"), (No, "(")]);
                self.listed(",", |p| p.sum(0));
                self.put(Any, ")");
            }
            _ => self.name(Any),
        }
        if self.dice.one_in(5) {
            self.put(Any, "or else");
            self.name(Any);
        }
    }

    /// The tokens with blanks, line ends and comments between them.
    fn laid_out(mut self) -> String {
        let mut text = String::new();
        let mut comments = 0;
        for (gap, token) in std::mem::take(&mut self.tokens) {
            let choice = if gap == Line { 3 + self.dice.below(4) } else { self.dice.below(12) };
            match (gap, choice) {
                (No, _) => {}
                (Any | Line, 3) => text.push_str("\r\n"),
                (Any | Line, 4) => text.push_str("\n\n\n  "),
                (Any | Line, 5 | 6) => {
                    comments += 1;
                    let comment = self.dice.of(COMMENTS);
                    let before = if choice == 5 { " " } else { "\n" };
                    text.push_str(&format!("{before}#{comments}{comment}\n"));
                }
                (_, 7) => text.push_str(" \t "),
                _ => text.push(' '),
            }
            text.push_str(&token);
        }
        text
    }
}
