//! What is offered, and that it changes nothing of what a program means.

use super::{Action, Kind, at};
use crate::ide::companies::{all, marked};
use crate::ide::exprs::roots;
use crate::ide::trial;
use crate::workspace::Workspace;

/// What a checked program says, wherever it says it.
fn meaning(workspace: &Workspace) -> String {
    let said = format!("{:?}", workspace.checked().program());
    let mut parts = said.split("Span {");
    let first = parts.next().unwrap_or("").to_owned();
    parts.fold(first, |text, part| text + part.split_once('}').map_or("", |(_, rest)| rest))
}

#[test]
fn a_define_that_is_extracted_and_inlined_leaves_everything_as_it_was() {
    let (mut offered, mut all_expressions) = (0, 0);
    for (company, workspace) in all() {
        let before = meaning(&workspace);
        for path in workspace.paths() {
            let mut ranges = Vec::new();
            let (file, _) = workspace.parsed(path).expect("a file");
            for root in file.items.iter().flat_map(roots) {
                root.expr.walk(&mut |expr| ranges.push(expr.at().range()));
            }
            for range in ranges {
                all_expressions += 1;
                let text = &workspace.text(path).expect("a text")[range.clone()];
                for extract in at(&workspace, path, &range, |kind| kind == Kind::Extract) {
                    offered += 1;
                    let extracted = trial::applied(&workspace, &extract.edits);
                    assert_eq!(extracted.findings().len(), workspace.findings().len(), "{company}: {text}");
                    let name = extract.names.expect("a new name");
                    assert_eq!(&extracted.text(path).expect("a text")[name.range.clone()], "new_define");
                    let inline = at(&extracted, path, &(name.range.start..name.range.start), |it| it == Kind::Inline);
                    let inlined = trial::applied(&extracted, &inline[0].edits);
                    assert_eq!(meaning(&inlined), before, "{company}: {text}");
                }
            }
        }
    }
    assert!(offered * 3 > all_expressions, "only {offered} of {all_expressions}");
}

const PROGRAM: &str = r#"ledger { currency EUR  customer { score: number? } }

# Who is late.
define late = any(documents where days_overdue > 7 days) and score is present

# A large one.
define document.large = $0open_amount > 5 EUR$0 or document.id = "x" or customer.late

assign { otherwise standard }
procedure standard {
    start by assignment
    timing dip
    # Comes last.
    step b at day 9 when $0leading.large or not customer.$0late { call customer } # by hand
    # Not a step's.

    step c "C" at day 7 when any(documents where large) { set_status legal }
    step a at day 3 { email customer using letter covering documents where large and $0open_amount > 5 EUR$0 }$0
}
template letter {
    en "letter.md"  # ours
    otherwise en
}
template other { $0nl "other.md"  otherwise nl }
"#;

fn offered(range: std::ops::Range<usize>) -> (Workspace, Vec<Action>) {
    let (mut workspace, _) = marked(PROGRAM);
    workspace.set_resource("letter.md", Some("Dear customer"));
    let actions = at(&workspace, "main.proc", &range, |_| true);
    (workspace, actions)
}

/// The lines that an action changes.
fn changed(workspace: &Workspace, action: &Action) -> Vec<String> {
    let after = trial::applied(workspace, &action.edits);
    let before: Vec<&str> = workspace.text("main.proc").unwrap_or("").lines().collect();
    let after = after.text("main.proc").unwrap_or("").to_owned();
    after.lines().filter(|line| !before.contains(line)).map(str::to_owned).collect()
}

fn titled<'a>(actions: &'a [Action], title: &str) -> &'a Action {
    let titles: Vec<&str> = actions.iter().map(|it| it.title.as_str()).collect();
    actions.iter().find(|it| it.title == title).unwrap_or_else(|| panic!("{titles:?}"))
}

fn mark(number: usize) -> usize {
    marked(PROGRAM).1[number]
}

#[test]
fn a_define_is_about_what_the_place_is_about() {
    let (workspace, actions) = offered(mark(4)..mark(5));
    let here = titled(&actions, "Extract a define");
    assert_eq!(
        changed(&workspace, here),
        [
            "define document.new_define = open_amount > 5 EUR",
            "    step a at day 3 { email customer using letter covering documents where large and new_define }"
        ]
    );
    let everywhere = titled(&actions, "Extract a define for all 2 places");
    assert_eq!(changed(&workspace, everywhere).len(), 3);
}

#[test]
fn an_inlined_define_speaks_of_the_same() {
    let (workspace, actions) = offered(mark(2)..mark(2));
    assert!(actions.iter().all(|it| it.kind != Kind::Inline), "`leading` is a word: {actions:?}");
    let (_, actions) = offered(mark(2) + 9..mark(2) + 9);
    assert_eq!(
        changed(&workspace, titled(&actions, "Inline `large` here"))[0].trim(),
        "step b at day 9 when (leading.open_amount > 5 EUR or leading.id = \"x\" or customer.late) or not customer.late { call customer } # by hand"
    );
    let everywhere = changed(&workspace, titled(&actions, "Inline `large` everywhere"));
    assert_eq!(everywhere.len(), 3);
    assert!(everywhere[1].contains("documents where open_amount > 5 EUR or document.id = \"x\""), "{everywhere:?}");
    let (_, actions) = offered(mark(3)..mark(3));
    assert_eq!(
        changed(&workspace, titled(&actions, "Inline `late` here"))[0].trim(),
        "step b at day 9 when leading.large or not (any(documents where days_overdue > 7 days) and customer.score is present) { call customer } # by hand"
    );
}

#[test]
fn steps_are_sorted_with_their_comments() {
    let (workspace, actions) = offered(mark(6)..mark(6));
    let sort = titled(&actions, "Sort the steps of `standard` by day");
    let after = trial::applied(&workspace, &sort.edits);
    let text = after.text("main.proc").unwrap_or("");
    let places = ["step a", "# Not a step's", "step c", "# Comes last.\n    step b", "# by hand\n}"];
    let places: Vec<Option<usize>> = places.iter().map(|part| text.find(part)).collect();
    assert!(places.is_sorted() && places.iter().all(Option::is_some), "{text}");
    assert_eq!(sort.mends, Some("E0411"));
}

#[test]
fn a_language_comes_with_its_file() {
    let (workspace, actions) = offered(mark(7)..mark(7));
    let add = titled(&actions, "Add `en` to template `other`");
    assert_eq!(changed(&workspace, add), ["template other { nl \"other.md\"  en \"other.en.md\"  otherwise nl }"]);
    assert_eq!(add.files[0].path, "other.en.md");
    assert!(titled(&actions, "Create `other.md`").files[0].text.contains("{% for document in covered -%}"));
    let letter = PROGRAM.replace("$0", "").find("template letter").expect("a template");
    let (workspace, actions) = offered(letter..letter);
    let add = titled(&actions, "Add `nl` to template `letter`");
    assert_eq!(changed(&workspace, add), ["    nl \"letter.nl.md\""]);
    assert_eq!(add.files[0].text, "Dear customer");
}
