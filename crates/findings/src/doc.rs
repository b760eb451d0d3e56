//! The documentation of a check, taken apart.

/// The parts of a check's documentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doc<'a> {
    /// The first line: a claim that holds or does not.
    pub claim: &'a str,
    /// Why it matters: what stands between the claim and the first heading.
    pub why: &'a str,
    /// What stands below `## Fix`, without the examples.
    pub fix: String,
    /// The fenced blocks.
    pub examples: Vec<Example<'a>>,
}

/// A fenced block: ` ```yaml,fail `.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example<'a> {
    /// What it is written in: `yaml` or `json` for a template, `account` for what a scan has read, in JSON.
    pub language: &'a str,
    /// The expected verdict: `pass`, `fail`, `unknown`, `not_applicable`.
    pub expected: &'a str,
    /// The text between the fences.
    pub text: &'a str,
}

impl<'a> Doc<'a> {
    /// Takes Markdown apart. What does not have the expected form leaves its part empty.
    pub fn parse(markdown: &'a str) -> Self {
        let (claim, rest) = markdown.split_once('\n').unwrap_or((markdown, ""));
        let (why, fix) = rest.split_once("## Fix").unwrap_or((rest, ""));
        let mut doc = Self { claim: claim.trim(), why: why.trim(), fix: String::new(), examples: Vec::new() };
        let mut rest = fix;
        while let Some((before, block)) = rest.split_once("```") {
            doc.fix.push_str(before);
            let (info, block) = block.split_once('\n').unwrap_or((block, ""));
            let (text, after) = block.split_once("```").unwrap_or((block, ""));
            let (language, expected) = info.split_once(',').unwrap_or((info, ""));
            doc.examples.push(Example { language: language.trim(), expected: expected.trim(), text });
            rest = after;
        }
        doc.fix.push_str(rest);
        doc.fix = doc.fix.trim().to_owned();
        doc
    }
}
