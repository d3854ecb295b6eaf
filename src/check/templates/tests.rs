//! What templates may and may not show.

use std::sync::Arc;

use minijinja::{Environment, ErrorKind, context};

use super::engine::{FILTERS, FUNCTIONS, TESTS};
use crate::base::{FileId, Place};
use crate::check::Resources;
use crate::check::context::Context;
use crate::check::names::NameSpaces;
use crate::check::templates::uses::in_procedure;
use crate::check::units::Units;
use crate::schema::PRELUDE;
use crate::syntax;

/// Every file has the same text.
struct Same(Arc<str>);

impl Resources for Same {
    fn file(&self, _: &str) -> Option<(FileId, Arc<str>)> {
        Some((FileId(2), Arc::clone(&self.0)))
    }
}

const PROGRAM: &str = r#"
ledger { customer { score: number? } document { po_number: text? } }
define open_disputes = count(documents where status = dispute)
define document.large = open_amount > 5 EUR
template t { en "t.md" otherwise en }
procedure p { start by assignment timing dip step a at day 7 { email customer using t } }
"#;

/// The findings about a template: the message, and the piece of the template it is about.
fn found(template: &str) -> Vec<String> {
    let files = [Arc::new(syntax::parse(FileId(0), PROGRAM).file)];
    let prelude = syntax::parse(FileId(1), PRELUDE).file;
    let nothing = Units::new();
    let context = Context::new(&files, &prelude, &NameSpaces::default(), &nothing);
    let procedures = context.items.procedures.iter().filter_map(|procedure| procedure.item());
    let uses: Vec<_> = procedures.flat_map(|procedure| in_procedure(procedure, &context.items)).collect();
    let findings = super::findings(&context, &uses.iter().collect::<Vec<_>>(), &Same(template.into()), &mut Vec::new());
    let about = |finding: &crate::base::Diagnostic| match &finding.labels[0].place {
        Place::Text(span) => template[span.range()].to_owned(),
        Place::Data(_) => String::new(),
    };
    findings.iter().map(|finding| format!("{} [{}]", finding.message, about(finding))).collect()
}

const NOTHING: [&str; 0] = [];

#[test]
fn what_is_there_passes() {
    let all = "{{ customer.name }} {{ customer.score }} {{ customer.open_disputes }} {{ customer.total_due }}
        {{ amount }} {{ today }} {{ dip }} {{ procedure.title }} {{ step.name }} {{ recipient.email }}
        {% for d in covered %}{{ loop.index }} {{ d.id }} {{ d.po_number }} {{ d.large }}{% else %}none{% endfor %}
        {% for d in covered | sort(attribute=\"due_date\") if d.overdue %}{{ d[\"amount\"] }}{% endfor %}
        {{ covered | length }} {{ covered[0].due_date }} {{ (covered | first).id }} {{ covered | map(attribute=\"id\") | join(\", \") }}
        {% set name = customer.name or \"customer\" %}{{ name | upper }}
        {% if customer.email is defined and amount %}x{% elif dip > 3 %}y{% endif %}
        {% with c = customer %}{{ c.phone }}{% endwith %}
        {% macro row(d) %}{{ d.anything }}{% endmacro %}{{ row(covered[0]) }} {{ range(3) }} {# a remark #}";
    assert_eq!(found(all), NOTHING);
}

#[test]
fn what_is_not_there_is_found_where_it_stands() {
    assert_eq!(found("a {{ custommer.name }}"), ["no name `custommer` in a template [custommer]"]);
    assert_eq!(found("ü {{ customer.nam }}"), ["`customer` has no `nam` [nam]"]);
    assert_eq!(found("{{ customer['nam'] }}").len(), 1);
    assert_eq!(
        found("{{ covered.amount }}"),
        ["`covered` is a list, `amount` belongs to each of its documents [amount]"]
    );
    assert_eq!(found("{{ amount.currency }}"), ["`amount` has no parts [currency]"]);
    assert_eq!(found("{% for d in covered %}{{ d.nr }}{% endfor %}"), ["`d` has no `nr` [nr]"]);
    assert_eq!(found("{% for d in covered %}{% endfor %}{{ d.id }}"), ["no name `d` in a template [d]"]);
    assert_eq!(found("{{ covered | sum(attribute='opn_amount') }}").len(), 1);
    assert_eq!(found("{{ customer.name.upper() }}"), ["`upper` cannot be called here [.upper()]"]);
    assert_eq!(found("{{ customer.name is defind }}"), ["no test is called `defind` in a template [defind]"]);
    assert_eq!(found("{{ now() }}"), ["no function is called `now` in a template [now]"]);
    assert_eq!(found("{% extends 'base.md' %}").len(), 1);
}

#[test]
fn what_cannot_be_read_is_one_finding() {
    for template in [
        "{{ customer.name",
        "{% if dip %}x",
        "{{ }}",
        "{% fro d in covered %}",
        "{{ 'a }}",
        "{# a",
        "{{ customer.name | }}",
        "{% endif %}",
    ] {
        assert_eq!(found(template).len(), 1, "{template}");
    }
}

#[test]
fn the_lists_are_those_of_the_engine() {
    let engine = Environment::new();
    let error = |text: String| engine.render_str(&text, context!(x => 1)).err().map(|error| error.kind());
    for filter in FILTERS.split_whitespace() {
        assert_ne!(error(format!("{{{{ x | {filter} }}}}")), Some(ErrorKind::UnknownFilter), "{filter}");
    }
    for test in TESTS.split_whitespace().filter(|test| test.starts_with(char::is_alphabetic)) {
        assert_ne!(error(format!("{{{{ x is {test} }}}}")), Some(ErrorKind::UnknownTest), "{test}");
    }
    for function in FUNCTIONS.split_whitespace() {
        assert_ne!(error(format!("{{{{ {function}() }}}}")), Some(ErrorKind::UnknownFunction), "{function}");
    }
}
