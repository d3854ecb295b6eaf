use super::print;
use crate::base::FileId;
use crate::syntax::parse;

fn printed(text: &str) -> String {
    let parsed = parse(FileId(0), text);
    assert_eq!(parsed.findings, [], "{text}");
    print(&parsed.file, text)
}

#[test]
fn the_layout_of_every_form() {
    insta::assert_snapshot!(printed(include_str!("../../tests/data/forms.proc")));
}

#[test]
fn the_layout_of_the_design() {
    insta::assert_snapshot!(printed(include_str!("../../tests/data/design.proc")));
}

#[test]
fn the_prelude_is_in_its_layout() {
    assert_eq!(printed(crate::schema::PRELUDE), crate::schema::PRELUDE);
}

#[test]
fn comments_stay_where_they_belong() {
    insta::assert_snapshot!(printed(include_str!("comments.txt")));
}

#[test]
fn comments_stay_with_the_part_of_a_condition_that_they_are_about() {
    insta::assert_snapshot!(printed(include_str!("conditions.txt")));
}

#[test]
fn an_empty_file_stays_empty() {
    assert_eq!(printed(""), "");
    assert_eq!(printed("\u{feff}\r\n\r\n"), "");
    assert_eq!(printed("\n\n# c\r\n"), "# c\n");
}
