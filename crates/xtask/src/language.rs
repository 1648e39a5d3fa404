//! The languages of this repository, as one table.

use std::path::Path;

use anyhow::Result;
use clap::ValueEnum;

use crate::kotlin;
use crate::process;
use crate::python;
use crate::rust;
use crate::suite::Report;
use crate::swift;

/// A language that the SDK is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    Rust,
    Python,
    Kotlin,
    Swift,
}

/// Entry of a language in the commands. A `None` means that there is no such step for it.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) language: Language,
    /// As typed on the command line and shown in the table.
    pub(crate) name: &'static str,
    /// As written in a sentence.
    pub(crate) title: &'static str,
    /// The file whose presence says that the package is in this checkout.
    pub(crate) marker: &'static str,
    /// Programs that must be on the PATH before anything else is tried.
    pub(crate) tools: &'static [Tool],
    /// Installs what the suites need; quick when it is there already.
    pub(crate) setup: Option<fn(&Path) -> Result<()>>,
    /// Runs the suites, streaming their output. The flag is `--strict`.
    pub(crate) test: Option<fn(&Path, bool) -> Vec<Report>>,
    /// Writes the generated code, or with `true` verifies what is committed.
    pub(crate) generate: Option<fn(&Path, bool) -> Result<()>>,
    /// Builds the package that a user installs.
    pub(crate) package: Option<fn(&Path) -> Result<()>>,
}

/// A program, and the command that installs it where it is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tool {
    pub(crate) program: &'static str,
    pub(crate) install: &'static str,
}

/// Every language, in the order of the table.
pub(crate) static ALL: [Entry; 4] = [
    Entry {
        language: Language::Rust,
        name: "rust",
        title: "Rust",
        marker: "crates/openint/Cargo.toml",
        tools: &[],
        setup: None,
        test: Some(rust::test),
        generate: None,
        package: None,
    },
    Entry {
        language: Language::Python,
        name: "python",
        title: "Python",
        marker: "python/pyproject.toml",
        tools: &[Tool {
            program: process::PYTHON,
            install: "apt-get install python3 python3-venv",
        }],
        setup: Some(python::setup),
        test: Some(python::test),
        generate: Some(python::generate),
        package: Some(python::package),
    },
    Entry {
        language: Language::Kotlin,
        name: "kotlin",
        title: "Kotlin",
        marker: "kotlin/pom.xml",
        tools: &[
            Tool {
                program: "java",
                install: "apt-get install default-jdk-headless",
            },
            Tool {
                program: process::MAVEN,
                install: "apt-get install maven",
            },
        ],
        setup: Some(kotlin::setup),
        test: Some(kotlin::test),
        generate: Some(kotlin::generate),
        package: Some(kotlin::package),
    },
    Entry {
        language: Language::Swift,
        name: "swift",
        title: "Swift",
        marker: "Package.swift",
        // The setup looks for `swift` itself: where there is none it can make one.
        tools: &[],
        setup: Some(swift::setup),
        test: Some(swift::test),
        generate: Some(swift::generate),
        package: Some(swift::package),
    },
];

impl Language {
    /// Returns the entry of this language.
    pub(crate) fn entry(self) -> &'static Entry {
        ALL.iter()
            .find(|entry| entry.language == self)
            .expect("every language is in the table")
    }
}

impl Entry {
    /// Returns true if the language's package is in the checkout at `root`.
    pub(crate) fn is_in(&self, root: &Path) -> bool {
        root.join(self.marker).is_file()
    }

    /// The one line that answers a request for a package that is not in the checkout.
    pub(crate) fn absence(&self) -> String {
        format!(
            "{}: there is no {} package in this checkout yet",
            self.name, self.title
        )
    }

    /// The first tool that this machine lacks.
    pub(crate) fn missing_tool(&self) -> Option<Tool> {
        self.tools
            .iter()
            .copied()
            .find(|tool| process::find(tool.program).is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::tests::scratch;

    #[test]
    fn every_language_has_exactly_one_entry_and_its_command_line_name() {
        for language in Language::value_variants() {
            let entries: Vec<_> = ALL
                .iter()
                .filter(|entry| entry.language == *language)
                .collect();
            assert_eq!(entries.len(), 1, "{language:?}");
            let typed = language.to_possible_value().unwrap();
            assert_eq!(typed.get_name(), entries[0].name);
        }
    }

    #[test]
    fn a_package_is_there_when_its_marker_is() {
        let root = scratch("marker");
        let python = Language::Python.entry();
        assert!(!python.is_in(&root));
        std::fs::create_dir_all(root.join("python")).unwrap();
        assert!(!python.is_in(&root), "an empty folder is no package");
        std::fs::write(root.join("python/pyproject.toml"), "").unwrap();
        assert!(python.is_in(&root));
        assert_eq!(
            python.absence(),
            "python: there is no Python package in this checkout yet"
        );
    }

    #[test]
    fn a_missing_tool_is_named_with_the_command_that_installs_it() {
        let nowhere = Tool {
            program: "no-such-program-here",
            install: "apt-get install it",
        };
        let entry = Entry {
            tools: &[],
            ..swift_like()
        };
        assert_eq!(entry.missing_tool(), None);
        static TOOLS: [Tool; 2] = [
            Tool {
                program: "cargo",
                install: "",
            },
            Tool {
                program: "no-such-program-here",
                install: "apt-get install it",
            },
        ];
        let entry = Entry {
            tools: &TOOLS,
            ..swift_like()
        };
        assert_eq!(entry.missing_tool(), Some(nowhere));
    }

    fn swift_like() -> Entry {
        Entry {
            language: Language::Swift,
            name: "swift",
            title: "Swift",
            marker: "Package.swift",
            tools: &[],
            setup: None,
            test: None,
            generate: None,
            package: None,
        }
    }
}
