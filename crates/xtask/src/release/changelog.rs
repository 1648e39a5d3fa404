//! CHANGELOG.md, and text elsewhere that holds only until the first release.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::git;
use super::version::Version;

const UNRELEASED: &str = "## [Unreleased]\n";
const REFERENCE: &str = "[Unreleased]: ";

/// Around text that the first release takes out.
const MARK: (&str, &str) = (
    "<!-- until the first release -->\n",
    "<!-- until here -->\n",
);

/// The section of a version, without its heading.
pub(super) fn section(text: &str, version: Version) -> Option<&str> {
    let (_, rest) = text.split_once(&format!("\n## [{version}] - "))?;
    let (_, rest) = rest.split_once('\n')?;
    let end = rest
        .find("\n## [")
        .or_else(|| rest.find("\n[Unreleased]: "));
    let section = rest[..end.unwrap_or(rest.len())].trim();
    (!section.is_empty()).then_some(section)
}

/// Puts what is unreleased under the version.
pub(super) fn release(text: &str, version: Version, date: &str) -> Result<String> {
    let heading = format!("{UNRELEASED}\n## [{version}] - {date}\n");
    ensure!(text.contains(UNRELEASED), "there is no section Unreleased");
    let text = text.replacen(UNRELEASED, &heading, 1);
    ensure!(
        section(&text, version).is_some(),
        "nothing is unreleased: the changelog's section is empty"
    );
    let (before, reference) = text
        .rsplit_once(REFERENCE)
        .context("there is no link for Unreleased")?;
    let (link, rest) = reference.split_once('\n').context("the link ends")?;
    // `…/commits/main` before the first release, `…/compare/v0.1.0...main` after it.
    let repository = link
        .split_once("/commits/")
        .or_else(|| link.split_once("/compare/"))
        .context("the link for Unreleased is none that is known")?
        .0;
    Ok(format!(
        "{before}{REFERENCE}{repository}/compare/v{version}...main\n\
         [{version}]: {repository}/releases/tag/v{version}\n{rest}"
    ))
}

/// Takes text that holds until the first release out of all pages, on top of other edits. Returns
/// the names of the pages that had some.
pub(super) fn edit_marked(
    root: &Path,
    edits: &mut BTreeMap<String, String>,
) -> Result<Vec<String>> {
    let mut changed = Vec::new();
    for file in git(root, &["ls-files", "*.md"])?.lines() {
        let text = match edits.get(file) {
            Some(text) => text.clone(),
            None => fs::read_to_string(root.join(file)).with_context(|| file.to_owned())?,
        };
        let without = without_marked(&text).with_context(|| file.to_owned())?;
        if without != text {
            edits.insert(file.to_owned(), without);
            changed.push(file.to_owned());
        }
    }
    Ok(changed)
}

/// The text without what is marked.
fn without_marked(text: &str) -> Result<String> {
    let mut parts = text.split(MARK.0);
    let mut left = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (_, rest) = part.split_once(MARK.1).context("a mark has no end")?;
        left.push_str(rest.trim_start_matches('\n'));
    }
    Ok(left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_release_takes_what_is_unreleased() {
        let first = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- One.\n\n[Unreleased]: https://a/commits/main\n";
        let one = "0.1.0".parse().unwrap();
        let text = release(first, one, "2026-01-02").unwrap();
        let expected = "# Changelog\n\n## [Unreleased]\n\n## [0.1.0] - 2026-01-02\n\n### Added\n\n- One.\n\n\
            [Unreleased]: https://a/compare/v0.1.0...main\n[0.1.0]: https://a/releases/tag/v0.1.0\n";
        assert_eq!(text, expected);
        assert_eq!(section(&text, one), Some("### Added\n\n- One."));
        let two = "0.2.0".parse().unwrap();
        assert!(release(&text, two, "2026-01-03").is_err(), "nothing is new");

        let text = text.replacen(UNRELEASED, "## [Unreleased]\n\n- Two.\n", 1);
        let text = release(&text, two, "2026-01-03").unwrap();
        assert_eq!(section(&text, two), Some("- Two."));
        assert_eq!(section(&text, one), Some("### Added\n\n- One."));
        assert!(text.ends_with(
            "[Unreleased]: https://a/compare/v0.2.0...main\n\
             [0.2.0]: https://a/releases/tag/v0.2.0\n[0.1.0]: https://a/releases/tag/v0.1.0\n"
        ));
    }

    #[test]
    fn what_is_marked_goes() {
        let text = format!("a\n\n{}b\n{}\nc\n", MARK.0, MARK.1);
        assert_eq!(without_marked(&text).unwrap(), "a\n\nc\n");
        assert_eq!(without_marked("a\n").unwrap(), "a\n");
        assert!(without_marked(MARK.0).is_err());
    }
}
