//! The form of a page: a title, an explanation, `## Example` and `## Instead`.

/// A page, taken apart.
pub(super) struct Page {
    /// The files under `## Example`.
    pub(super) example: Vec<Block>,
    /// The files under `## Instead`.
    pub(super) instead: Vec<Block>,
}

/// A fenced block: the word after the fence, and the lines inside.
pub(super) struct Block {
    /// `proc`, or the name of a file.
    pub(super) name: String,
    /// What it holds.
    pub(super) text: String,
}

impl Page {
    /// Takes a page apart; says what is wrong with its form.
    pub(super) fn read(id: &str, text: &str) -> Result<Self, String> {
        let wrong = |what: &str| format!("{id}: {what}");
        let title = text.lines().next().and_then(|line| line.strip_prefix(&format!("# {id}: ")));
        let title = title.ok_or_else(|| wrong("the first line is not `# code: title`"))?;
        if title.is_empty() || title.ends_with('.') || title.starts_with(|first: char| first.is_uppercase()) {
            return Err(wrong("the title is in lower case and has no full stop"));
        }
        let (explanation, rest) = text.split_once("\n## Example\n").ok_or_else(|| wrong("no `## Example`"))?;
        let (example, instead) = rest.split_once("\n## Instead\n").ok_or_else(|| wrong("no `## Instead`"))?;
        if explanation.lines().skip(1).all(|line| line.trim().is_empty()) {
            return Err(wrong("nothing is explained"));
        }
        let page = Self { example: blocks(example), instead: blocks(instead) };
        if page.example.is_empty() || page.instead.is_empty() {
            return Err(wrong("an example without a block"));
        }
        Ok(page)
    }

    /// Whether its examples are no files: what is typed and what is told.
    pub(super) fn is_only_told(&self) -> bool {
        self.example.iter().chain(&self.instead).all(|block| matches!(block.name.as_str(), "console" | "text"))
    }
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        match (line.strip_prefix("```"), inside) {
            (Some(name), false) => {
                blocks.push(Block { name: name.trim().to_owned(), text: String::new() });
                inside = true;
            }
            (Some(_), true) => inside = false,
            (None, true) => {
                if let Some(block) = blocks.last_mut() {
                    block.text.push_str(line);
                    block.text.push('\n');
                }
            }
            (None, false) => {}
        }
    }
    blocks
}
