use super::print;
use crate::base::FileId;
use crate::syntax::parse;

fn formatted(text: &str) -> String {
    print(&parse(FileId(0), text).file)
}

#[test]
fn peek() {
    for path in ["tests/data/design.proc", "src/schema/prelude.proc", "/tmp/odd.proc"] {
        let text = std::fs::read_to_string(path).unwrap();
        let once = formatted(&text);
        println!("{once}=======");
        let twice = formatted(&once);
        assert_eq!(once, twice);
        let (a, b) = (parse(FileId(0), &text), parse(FileId(0), &once));
        assert_eq!(a.findings, []);
        assert_eq!(b.findings, []);
        assert_eq!(a.file.items, b.file.items);
    }
}
