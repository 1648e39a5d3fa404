//! The examples of the documentation, as tests.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

const HEAD: &str = "\
// swift-format-ignore-file
// The examples of the README and of the documentation. Written by `cargo xtask generate`.

import Foundation
import OpenintSDK
import Testing

@Suite(\"ExampleTests\")
struct ExampleTests {
";

/// A test of each Swift example in the README, in the documentation, and in the comments of the sources.
pub(super) fn tests(root: &Path) -> Result<String> {
    let folder = root.join("swift");
    let mut files = vec![folder.join("README.md")];
    sources(&folder.join("Sources"), &mut files)?;
    let mut text = HEAD.to_owned();
    let mut count = 0;
    for file in files {
        let source = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let stem = file.file_stem().context("a name")?.to_string_lossy();
        for (index, example) in examples(&source).into_iter().enumerate() {
            count += 1;
            text.push_str(&test(&stem, index + 1, &example));
        }
    }
    ensure!(count > 0, "no example in {}", folder.display());
    text.push_str("}\n");
    Ok(text)
}

fn sources(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let mut entries: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            sources(&path, files)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "swift" || extension == "md")
        {
            files.push(path);
        }
    }
    Ok(())
}

/// Returns the text between fences, in Markdown as it is and in `///` comments alike.
fn examples(source: &str) -> Vec<Vec<&str>> {
    let mut examples = Vec::new();
    let mut open: Option<Vec<&str>> = None;
    for line in source.lines() {
        let words = line.trim_start();
        let line = match words.strip_prefix("///") {
            Some(comment) => comment.strip_prefix(' ').unwrap_or(comment),
            None => line,
        };
        match (&mut open, line) {
            (None, "```swift") => open = Some(Vec::new()),
            (Some(_), "```") => examples.extend(open.take()),
            (Some(example), line) => example.push(line),
            (None, _) => {}
        }
    }
    examples
}

fn test(file: &str, number: usize, example: &[&str]) -> String {
    let mut text = format!(
        "\n    @Test func {}{number}() async throws {{\n",
        name(file)
    );
    text.push_str("        try await example { client, data, connectionID in\n            do {\n");
    for line in example {
        let indent = if line.is_empty() {
            ""
        } else {
            "                "
        };
        text.push_str(&format!("{indent}{line}\n"));
    }
    text.push_str("            }\n        }\n    }\n");
    text
}

/// `README` as `readme`, `APIModel` as `apiModel`, `PagedSequence` as `pagedSequence`.
fn name(file: &str) -> String {
    let capitals = file.chars().take_while(char::is_ascii_uppercase).count();
    let lower = match capitals {
        capitals if capitals == file.len() => capitals,
        0 | 1 => 1,
        capitals => capitals - 1,
    };
    file[..lower].to_lowercase() + &file[lower..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_found_in_markdown_and_in_comments() {
        let markdown = "a\n```swift\nlet a = 1\n\n    b\n```\n```text\nno\n```\n";
        assert_eq!(examples(markdown), [["let a = 1", "", "    b"]]);
        let code = "    /// a\n    /// ```swift\n    /// if a {\n    ///     b\n    ///\n    /// }\n    /// ```\n";
        assert_eq!(examples(code), [["if a {", "    b", "", "}"]]);
    }

    #[test]
    fn a_test_is_named_after_its_file() {
        assert_eq!(name("README"), "readme");
        assert_eq!(name("APIModel"), "apiModel");
        assert_eq!(name("PagedSequence"), "pagedSequence");
        let text = test("README", 2, &["print(1)", ""]);
        assert!(text.contains("func readme2() async"), "{text}");
        assert!(
            text.contains("                print(1)\n\n            }"),
            "{text}"
        );
    }
}
