//! A company with as many files as wanted, the same for the same numbers: for the soak and for the latency bench.
//!
//! Files are what people write: comments, procedures of each kind, names used across files, tests, other line
//! ends, letters beyond ASCII, a byte order mark. The program has no findings at all.

use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The files of a company, by their paths: texts, templates, a calendar, a ledger, settings.
pub(crate) struct Company {
    /// Path and text.
    pub(crate) files: Vec<(String, String)>,
}

impl Company {
    /// `count` texts of procedures of about `lines` lines.
    pub(crate) fn new(count: usize, lines: usize) -> Self {
        let mut company = Self { files: Vec::new() };
        let texts: Vec<(String, String)> =
            (0..count).map(|file| (path(file), text(file, (file + 1) % count, lines))).collect();
        company.add("dunlin.toml", "date = \"2026-03-17\"\n");
        company.add("main.proc", MAIN);
        company.add("assign.proc", &assignment(count));
        company.add("templates/reminder.en.md", "Dear {{ customer.name }}, you owe us {{ amount }}.\n");
        company
            .add("templates/reminder.nl.md", "Beste {{ customer.name }}, u bent ons {{ amount }} schuldig – café.\n");
        company.add("templates/dispute.en.md", "{% for invoice in covered %}{{ invoice.id }}\n{% endfor %}");
        company.add("quiet.txt", "2026-12-24\n2026-12-31\n");
        company.add("ledger/customers.csv", &customers());
        company.add("ledger/documents.csv", &documents());
        company.files.extend(texts);
        company
    }

    fn add(&mut self, path: &str, text: &str) {
        self.files.push((path.to_owned(), text.to_owned()));
    }

    /// Writes it into a folder.
    pub(crate) fn write(&self, root: &Path) {
        for (path, text) in &self.files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
    }
}

const MAIN: &str = r#"# What the ledger holds beyond the columns every ledger has.
ledger {
    currency EUR
    customer {
        # Key accounts are looked after by hand.
        segment: key_account | corporate | retail
        score:   number?
        since:   date
        unit:    number
    }
    document {
        status:    open | dispute | promised | outsourcing
        po_number: text?
    }
    recipient representative, sales_manager, collection_agency
}

calendar office { weekend saturday, sunday  holidays BE  holidays "quiet.txt" }

# What the customer disputes, in the reporting currency.
define disputed_total = sum(open_amount of documents where status = dispute)

define document.large = open_amount > 10_000 EUR

template reminder {
    en "templates/reminder.en.md"
    nl "templates/reminder.nl.md"
    otherwise en
}

template dispute_opened { en "templates/dispute.en.md"  otherwise en }

action whatsapp(to: recipient, using: template, covering: documents = overdue) contact

contact_policy {
    at most 1 contact every 3 days
    only on working days of office
}
"#;

/// Where a file of the company lies: some in folders, some with names that URIs escape.
pub(crate) fn path(file: usize) -> String {
    match file % 10 {
        3 => format!("areas/north {file}.proc"),
        7 => format!("areas/région/züge {file}.proc"),
        _ => format!("areas/area_{file}.proc"),
    }
}

fn assignment(count: usize) -> String {
    let mut text =
        "# Every customer is in at most one primary procedure.\nassign {\n    none when segment = key_account\n"
            .to_owned();
    for file in 0..count {
        let _ = writeln!(text, "    primary_{file} when unit = {file}");
    }
    text + "    otherwise primary_0\n}\n"
}

fn text(file: usize, next: usize, lines: usize) -> String {
    let mut text = format!("# The procedures of area {file}. Größe, café, naïve, 𝄞.\n\n");
    let _ = writeln!(text, "# Owed in area {file}.\ndefine limit_{file} = {} EUR\n", 100 + file);
    text.push_str(&primary(file, next));
    let mut procedure = 0;
    while text.matches('\n').count() < lines {
        text.push('\n');
        text.push_str(&match procedure % 3 {
            0 => secondary(file, procedure),
            1 => dispute(file, procedure),
            _ => ladder(file, procedure),
        });
        procedure += 1;
    }
    text.push_str(&test(file));
    if file % 7 == 5 {
        text = text.replace('\n', "\r\n");
    }
    if file % 25 == 11 {
        text.insert(0, '\u{feff}');
    }
    text
}

/// The procedure by assignment, which uses a name of the next file.
fn primary(file: usize, next: usize) -> String {
    format!(
        r#"# What every customer of area {file} goes through.
procedure primary_{file} "Standard – area {file}" {{
    start by assignment
    follow documents where status = open and not promise_open
    timing dip
    priority overdue_total

    # The first reminder, by e-mail: 7 days.
    step reminder "Première relance" at day 7 automatic {{ email customer using reminder }}
    step call_1 "First call" at day 15 when overdue_total >= limit_{next} {{
        results promised | refused | no_answer
        call customer
    }}
    step call_2 "Zweiter Anruf" at day 21 when (result of call_1 or else no_answer) != promised {{
        call customer
    }}
    step agency "Collection agency" at day 40 {{
        outsource collection_agency
        set_status outsourcing
    }}
}}
"#
    )
}

fn secondary(file: usize, procedure: usize) -> String {
    let (start, stop) = (1000 + 10 * procedure, 500 + procedure);
    format!(
        r#"# The overdue amounts of area {file}, part {procedure}.
define owed_{file}_{procedure} = sum(open_amount of documents where days_overdue > {procedure} days)

# Somebody has to look at it.
procedure secondary_{file}_{procedure} "Large sums" {{
    start when unit = {file} and owed_{file}_{procedure} > {start} EUR
    stop when owed_{file}_{procedure} < {stop} EUR
    follow documents where status = open and open_amount > 10 EUR
    timing dip counting working days of office
    priority overdue_total

    step letter "Letter" at day 3 {{
        letter customer using reminder
    }}
    step think "Überlegen" at day 9 when (score or else 50) < 40 and segment = retail {{
        task representative text "what now?"
    }}
    # Only the older ones.
    step visit "Visit" at day 25 when since > today - 90 days {{
        task sales_manager text "visit them" covering documents where days_overdue > 10 days
    }}
}}
"#
    )
}

fn dispute(file: usize, procedure: usize) -> String {
    format!(
        r#"procedure dispute_{file}_{procedure} "Invoice in dispute" for document {{
    start when status = dispute and customer.unit = {file} and open_amount > {procedure} EUR
    stop when status != dispute
    timing after previous

    step inform "Tell the representative" after 0 days automatic {{ email representative using dispute_opened }}
    step escalate "Escalate" after 3 days automatic if not large {{
        email sales_manager using dispute_opened
    }}
    step settle "Settle" after 10 days {{ task sales_manager text "settle the dispute" }}
}}
"#
    )
}

fn ladder(file: usize, procedure: usize) -> String {
    format!(
        r#"# Step by step, from the first message to the last.
procedure ladder_{file}_{procedure} "Ladder {procedure}" {{
    start when unit = {file} and disputed_total > {procedure} EUR and segment in (corporate, retail)
    timing after previous

    step message "Message" after 0 days {{ whatsapp customer using reminder }}
    step again "Again" after 5 days repeat every 7 days at most 3 times {{
        # Until it is answered.
        sms customer using reminder
    }}
    step done "The end" after 14 days when overdue_total between 100 EUR and 9_000 EUR {{
        call customer
        notify representative
    }}
}}
"#
    )
}

fn test(file: usize) -> String {
    format!(
        r#"
test "day 7 of the oldest invoice, area {file}" {{
    customer C1 {{ segment: retail  since: 2020-01-01  unit: {file} }}
    document F1 of C1 {{ issue_date: 2026-01-01  due_date: 2026-02-01  amount: 500 EUR }}

    on 2026-02-06 expect C1 nothing from primary_{file}
    on 2026-02-09 expect C1 primary_{file}.reminder
}}
"#
    )
}

fn customers() -> String {
    let mut text = "id,name,language,country,segment,score,since,unit\n".to_owned();
    for customer in 0..200 {
        let segment = ["retail", "corporate", "key_account"][customer % 3];
        let _ = writeln!(text, "C{customer},Café {customer},en,BE,{segment},{},2020-01-01,{customer}", customer % 100);
    }
    text
}

fn documents() -> String {
    let mut text = "id,customer,status,issue_date,due_date,amount,currency\n".to_owned();
    for document in 0..600 {
        let (customer, month, day) = (document % 200, 1 + document % 2, 1 + document % 28);
        let status = if document % 11 == 0 { "dispute" } else { "open" };
        let amount = 100 + 7 * document;
        let _ = writeln!(text, "F{document},C{customer},{status},2025-12-01,2026-0{month}-{day:02},{amount},EUR");
    }
    text
}
