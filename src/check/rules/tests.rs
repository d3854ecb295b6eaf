//! The rules at their edges: what each lets pass. What each refuses is on its page.

use crate::base::FileId;
use crate::check::context::Context;
use crate::check::names::NameSpaces;
use crate::check::units::Units;
use crate::schema::PRELUDE;
use crate::syntax;

/// The codes that the rules raise for a program, in the order of places.
fn codes(text: &str) -> Vec<&'static str> {
    let parsed = syntax::parse(FileId(0), text);
    let prelude = syntax::parse(FileId(1), PRELUDE).file;
    let files = [std::sync::Arc::new(parsed.file)];
    let nothing = Units::new();
    let context = Context::new(&files, &prelude, &NameSpaces::default(), &nothing);
    let program = context.rules();
    let procedures = context.items.procedures.iter().filter_map(|procedure| procedure.item());
    let of_each = procedures.flat_map(|procedure| super::of_procedure(&program, procedure));
    let of_assigns = context.items.assigns.iter().flat_map(|assign| super::of_assign(assign));
    let mut findings: Vec<_> = of_each.chain(of_assigns).chain(super::of_all(&program)).collect();
    findings.sort_by(|left, right| left.sort_key().cmp(&right.sort_key()));
    findings.iter().map(|finding| finding.code.id).collect()
}

/// A dip procedure for customers that is assigned.
fn dip(steps: &str) -> Vec<&'static str> {
    codes(&format!("assign {{ otherwise p }} procedure p {{ start by assignment timing dip {steps} }}"))
}

/// A waiting procedure for documents that starts by itself.
fn waiting(rest: &str) -> Vec<&'static str> {
    codes(&format!("procedure p for document {{ start when status = dispute timing after previous {rest} }}"))
}

const NONE: [&str; 0] = [];

#[test]
fn days_rise_among_steps_with_the_same_clock() {
    assert_eq!(dip("step a at day 7 { call x }\nstep b at day 8 { outsource x }"), NONE);
    assert_eq!(dip("step a at day 7 { call x }\nstep b at day 7 { outsource x }"), ["E0411"]);
    assert_eq!(dip("step a at day 7 { call x }\nstep b at day 3 from issue_date { outsource x }"), NONE);
    // One slip is one finding, wherever the wrong day stands.
    let slip = "step a at day 7 { call x }\nstep b at day 210 { call x }\nstep c at day 21 { call x }\nstep d at day 40 { outsource x }";
    assert_eq!(dip(slip), ["E0411"]);
    assert_eq!(waiting("step a at day 7 { call x }\nstep b at day 7 { call x }"), NONE);
    assert_eq!(waiting("step a at day 7 when open_amount > 5 EUR { call x }\nstep b at day 3 { call x }"), NONE);
}

#[test]
fn a_step_before_the_due_date_may_wait_if_it_asks_for_the_time() {
    assert_eq!(waiting("step a at day -3 { call x }"), ["E0416"]);
    assert_eq!(waiting("step a at day -3 when due_date > today { call x }"), NONE);
    assert_eq!(waiting("step a at day 0 { call x }"), NONE);
    let define = "define document.early = due_date > today\n";
    let named = format!(
        "{define}procedure p for document {{ start when status = dispute timing after previous step a at day -3 when early {{ call x }} }}"
    );
    assert_eq!(codes(&named), NONE);
    assert_eq!(dip("step a at day -3 { call x }"), NONE);
}

#[test]
fn a_repetition_ends_or_is_the_last() {
    assert_eq!(waiting("step a repeat every 7 days { call x }"), NONE);
    assert_eq!(waiting("step a repeat every 7 days { call x }\nstep b at stop { call x }"), NONE);
    assert_eq!(waiting("step a repeat every 7 days at most 2 times { call x }\nstep b { call x }"), NONE);
    let pair = |every: &str| {
        dip(&format!(
            "step a at day 7 repeat every {every} at most 3 times {{ call x }}\nstep b at day 14 {{ outsource x }}"
        ))
    };
    assert_eq!(pair("6 days"), NONE);
    assert_eq!(pair("7 days"), ["E0423"]);
    assert_eq!(pair("1 week"), ["E0423"]);
    assert_eq!(pair("7 working days"), NONE);
}

#[test]
fn at_stop_needs_something_that_ends() {
    assert_eq!(waiting("step a { call x }\nstep b at stop { call x }"), NONE);
    assert_eq!(dip("step a at stop { call x }"), ["E0424"]);
    let for_document =
        "assign { otherwise p } procedure p for document { start by assignment timing dip step a at stop { call x } }";
    assert_eq!(codes(for_document), NONE);
    let waits =
        "assign { otherwise p } procedure p { start by assignment timing after previous step a at stop { call x } }";
    assert_eq!(codes(waits), NONE);
}

#[test]
fn a_stop_that_always_holds_with_the_start_starts_nothing() {
    let both = |start: &str, stop: &str| {
        codes(&format!("procedure p {{ start when {start} stop when {stop} timing dip step a at day 7 {{ call x }} }}"))
    };
    assert_eq!(both("total_due > 9 EUR", "total_due < 5 EUR"), NONE);
    assert_eq!(both("a and b", "a"), ["E0406"]);
    assert_eq!(both("a", "a or b"), ["E0406"]);
    assert_eq!(both("a or b", "a"), NONE);
    assert_eq!(both("(a)", "a"), ["E0406"]);
    assert_eq!(both("a", "a and b"), NONE);
}

#[test]
fn the_first_rule_that_holds_decides() {
    let rules = |rules: &str| {
        codes(&format!(
            "assign {{ {rules} }} procedure p {{ start by assignment timing dip step a at day 7 {{ call x }} }}"
        ))
    };
    assert_eq!(rules("none when a\np when b\notherwise p"), NONE);
    assert_eq!(rules("none when a\np when a or b\notherwise p"), NONE);
    assert_eq!(rules("none when a or b\np when b\notherwise p"), ["E0435"]);
    assert_eq!(rules("p when a\np when b"), ["E0433"]);
    assert_eq!(rules("otherwise none"), ["E0434"]);
    assert_eq!(rules("otherwise p\notherwise none"), ["E0432"]);
}

#[test]
fn results_are_known_after_their_step() {
    let asks = "when (result of b or else no) != yes_";
    assert_eq!(waiting(&format!("step b {{ call x }}\nstep a {asks} {{ call x }}")), NONE);
    assert_eq!(waiting(&format!("step a {asks} {{ call x }}\nstep b {{ call x }}")), ["E0441"]);
    assert_eq!(waiting("step b when result of b is missing { call x }"), ["E0441"]);
    let repeats = "step b repeat every 7 days when result of b is missing { call x }";
    assert_eq!(waiting(repeats), NONE);
    // A clock of its own may bring a step that is written later first.
    assert_eq!(
        dip(&format!("step a at day 7 {asks} {{ call x }}\nstep b at day 0 from issue_date {{ outsource x }}")),
        NONE
    );
    assert_eq!(waiting("step b { call x }\nstep a at stop when result of b is present { call x }"), NONE);
}

#[test]
fn old_names_belong_to_one() {
    assert_eq!(waiting("step a was c { call x }\nstep b was d { call x }"), NONE);
    assert_eq!(waiting("step a was b { call x }\nstep b { call x }"), ["E0443"]);
    assert_eq!(waiting("step a was a { call x }"), ["E0443"]);
    assert_eq!(waiting("step a was b, b { call x }"), ["E0443"]);
}

#[test]
fn the_last_step_lets_the_lead_go() {
    let last = |follow: &str, action: &str| {
        dip(&format!("{follow}\nstep a at day 7 {{ call x }}\nstep b at day 15 {{ {action} }}"))
    };
    assert_eq!(last("", "call x"), ["E0444"]);
    assert_eq!(last("", "set_status open"), ["E0444"]);
    assert_eq!(last("", "set_status legal"), NONE);
    assert_eq!(last("follow documents where status in (open, legal)", "set_status legal"), ["E0444"]);
    assert_eq!(last("follow documents where status != legal", "set_status legal"), NONE);
    assert_eq!(last("follow documents where amount > 5 EUR", "set_status legal"), ["E0444"]);
    assert_eq!(last("", "task x text \"hand over\""), NONE);
    assert_eq!(last("", "our_own_action x"), NONE);
    assert_eq!(dip("step a at day 7 { call x }"), NONE, "a single step is a notice");
    assert_eq!(dip("step a at day 7 { call x }\nstep b at day 15 repeat every 14 days { call x }"), NONE);
}

#[test]
fn what_leaves_is_not_followed_up() {
    let first = |follow: &str, step: &str| dip(&format!("{follow}\n{step}\nstep b at day 15 {{ outsource x }}"));
    assert_eq!(first("", "step a at day 7 { set_status legal }"), ["E0426"]);
    assert_eq!(first("", "step a at day 7 when total_due > 5 EUR { set_status legal }"), NONE);
    assert_eq!(first("", "step a at day 7 { set_status legal covering documents where amount > 5 EUR }"), NONE);
    assert_eq!(first("follow documents where status != open", "step a at day 7 { set_status legal }"), NONE);
    assert_eq!(waiting("step a { set_status open }\nstep b { call x }"), ["E0426"]);
    assert_eq!(waiting("step a { call x }\nstep b { set_status open }"), NONE);
}

#[test]
fn follow_must_leave_a_status() {
    let follow = |filter: &str| dip(&format!("follow documents where {filter}\nstep a at day 7 {{ call x }}"));
    assert_eq!(follow("status = open and status = legal"), ["E0408"]);
    assert_eq!(follow("status = open or status = legal"), NONE);
    assert_eq!(follow("not (status = open)"), NONE);
    assert_eq!(follow("document.status = open and amount > 5 EUR"), NONE);
    assert_eq!(waiting("follow documents where status = open\nstep a { call x }"), ["E0408"]);
}

#[test]
fn nothing_is_said_about_what_could_not_be_read() {
    let broken = [
        "assign { otherwise p } procedure p { strat by assignment timing dip step a at day 7 { call x } }",
        "assign { otherwise p } procedure p { start by assignment timing dpi step a at day 7 { call x } }",
        "assign { otherwise p } procedure p { start by assignment timing dip step a at dya 7 { call x } }",
        "assign { otherwise p } procedure p { start by assignment timing dip step a at day 7 { ! } }",
        "assign { othrwise p } procedure p { start by assignment timing dip step a at day 7 { call x } }",
        "assign { otherwise p } procedure p { start when !!! stop when !!! timing dip step a at day 7 { call x } }",
        "procedure p for document { start when status = dispute timing after previous step a repeat ev 7 days { call x }\nstep b { call x } }",
    ];
    for text in broken {
        let found = codes(text);
        assert!(found.iter().all(|code| *code == "E0431"), "{text}: {found:?}");
    }
}
