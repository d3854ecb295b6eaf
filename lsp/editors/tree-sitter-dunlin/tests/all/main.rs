//! proto
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
fn walk(dir: &Path, out: &mut Vec<PathBuf>) {
    for e in std::fs::read_dir(dir).unwrap() {
        let p = e.unwrap().path();
        let n = p.file_name().unwrap().to_string_lossy().into_owned();
        if p.is_dir() { if n != "target" && !n.starts_with('.') { walk(&p, out) } } else { out.push(p) }
    }
}
fn ours(t: &str) -> Vec<String> {
    let p = dunlin::syntax::parse(dunlin::base::FileId(0), t);
    p.findings.iter().map(|f| f.code.id.to_string()).collect()
}
fn theirs(parser: &mut tree_sitter::Parser, t: &str) -> bool {
    !parser.parse(t, None).unwrap().root_node().has_error()
}
#[test]
fn agree() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let mut files = vec![];
    walk(&root, &mut files);
    let mut texts: Vec<(String, String)> = vec![];
    for f in files {
        let Some(ext) = f.extension() else { continue };
        let Ok(t) = std::fs::read_to_string(&f) else { continue };
        let name = f.strip_prefix(&root).unwrap().display().to_string();
        if ext == "proc" { texts.push((name, t)); }
        else if ext == "md" {
            let mut cur: Option<String> = None;
            for l in t.lines() {
                if l.starts_with("```") { if let Some(c) = cur.take() { texts.push((name.clone(), c)); } else if l.starts_with("```proc") { cur = Some(String::new()) } }
                else if let Some(c) = &mut cur { c.push_str(l); c.push('\n'); }
            }
        } else if name.ends_with("mistakes.txt") {
            for (i, m) in t.split("%%\n").skip(1).enumerate() { texts.push((format!("mistake {i}"), m.split_once('\n').unwrap().1.to_owned())); }
        }
    }
    println!("{} texts", texts.len());
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(&tree_sitter_dunlin::LANGUAGE.into()).unwrap();
    let mut stat: BTreeMap<String, usize> = BTreeMap::new();
    let mode = std::env::var("MUT").unwrap_or_default();
    let mut n = 0; let mut shown = 0;
    let max: usize = std::env::var("SHOW").map(|s| s.parse().unwrap()).unwrap_or(40);
    for (name, t) in &texts {
        let ms = mutate(t, &mode);
        for m in ms {
            n += 1;
            let o = ours(&m.1); let th = theirs(&mut parser, &m.1);
            if o.is_empty() != th {
                let key = if th { format!("ts accepts {}", o.join(",")) } else { "ts rejects".to_string() };
                let c = stat.entry(key.clone()).or_default(); *c += 1;
                if *c <= 6 && shown < max { shown += 1; println!("{name}: {key}: {}", m.0); }
            }
        }
    }
    println!("{n} tried, {stat:#?}");
}
fn tokens(t: &str) -> Vec<(usize, usize)> {
    let b = t.as_bytes(); let mut i = 0; let mut out = vec![];
    while i < b.len() {
        let s = i;
        match b[i] {
            b' ' | b'\t' | b'\r' | b'\n' => { i += 1; continue }
            b'#' => { while i < b.len() && b[i] != b'\n' { i += 1 } continue }
            b'"' => { i += 1; while i < b.len() && b[i] != b'"' && b[i] != b'\n' { i += 1 } i = (i + 1).min(b.len()) }
            c if c.is_ascii_alphanumeric() || c == b'_' => { while i < b.len() && (b[i].is_ascii_alphanumeric() || b[i] == b'_' ) { i += 1 } }
            c if c < 128 => i += 1,
            _ => { while i < b.len() && b[i] >= 128 { i += 1 } }
        }
        out.push((s, i));
    }
    out
}
fn line_of(t: &str, at: usize) -> String {
    let s = t[..at].rfind('\n').map_or(0, |i| i + 1); let e = t[at..].find('\n').map_or(t.len(), |i| at + i);
    t[s..e].trim().to_owned()
}
fn mutate(t: &str, mode: &str) -> Vec<(String, String)> {
    let toks = tokens(t);
    match mode {
        "drop" => toks.iter().map(|(s, e)| (format!("drop `{}` in `{}`", &t[*s..*e], line_of(t, *s)), format!("{}{}", &t[..*s], &t[*e..]))).collect(),
        "double" => toks.iter().map(|(s, e)| (format!("double `{}` in `{}`", &t[*s..*e], line_of(t, *s)), format!("{} {}", &t[..*e], &t[*s..]))).collect(),
        "break" => toks.iter().map(|(s, _)| (format!("break before `{}` in `{}`", &t[*s..], line_of(t, *s)).chars().take(160).collect(), format!("{}\n{}", &t[..*s], &t[*s..]))).collect(),
        "swap" => toks.windows(2).map(|w| { let (a, b) = (w[0], w[1]); (format!("swap `{}` in `{}`", &t[a.0..b.1], line_of(t, a.0)), format!("{}{}{}{}{}", &t[..a.0], &t[b.0..b.1], &t[a.1..b.0], &t[a.0..a.1], &t[b.1..])) }).collect(),
        "line" => { let ls: Vec<&str> = t.split_inclusive('\n').collect(); (0..ls.len()).map(|i| (format!("drop line `{}`", ls[i].trim()), ls.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, l)| *l).collect())).collect() }
        "join" => { let ls: Vec<&str> = t.split_inclusive('\n').collect(); (0..ls.len()).map(|i| (format!("join line `{}`", ls[i].trim()), ls.iter().enumerate().map(|(j, l)| if j == i { l.replace('\n', " ") } else { (*l).to_owned() }).collect())).collect() }
        "comment" => toks.iter().map(|(s, _)| (format!("comment before `{}`", line_of(t, *s)), format!("{} # x\n{}", &t[..*s], &t[*s..]))).collect(),
        _ => vec![(String::new(), t.to_owned())],
    }
}
