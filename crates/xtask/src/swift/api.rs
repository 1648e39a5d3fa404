//! The public API, as the compiler lists it, and its documentation.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::project::Project;
use super::run;
use crate::process;

/// The graphs of the module's public symbols.
pub(super) struct Api<'a> {
    project: &'a Project<'a>,
    graphs: Vec<PathBuf>,
}

impl<'a> Api<'a> {
    pub(super) fn of(project: &'a Project<'_>) -> Result<Self> {
        let folder = project.root.join("swift");
        let mut dump = project.swift(&["package"], &folder, &project.scratch)?;
        dump.args(["dump-symbol-graph", "--minimum-access-level", "public"]);
        // It links the example and the tests first, so it needs the library as every build does.
        dump.env("LIBRARY_PATH", &project.native);
        run(dump, "swift package dump-symbol-graph")?;
        let mut graphs = Vec::new();
        find(&project.scratch, &mut graphs)?;
        Ok(Self { project, graphs })
    }

    /// Every public symbol, sorted. Fails when generated code is among them, and when a method that
    /// `docs/api.md` promises is not.
    pub(super) fn list(&self) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for graph in &self.graphs {
            names.extend(symbols(&fs::read_to_string(graph)?)?);
        }
        names.sort();
        names.dedup();
        let table = fs::read_to_string(self.project.root.join("docs/api.md"))?;
        let methods = promised(&table);
        ensure!(!methods.is_empty(), "docs/api.md names no method for Swift");
        for method in methods {
            let start = format!("Instance Method Openint.{method}(");
            ensure!(
                names.iter().any(|name| name.starts_with(&start)),
                "docs/api.md has {method}, and the package has not"
            );
        }
        Ok(names)
    }

    /// Builds the documentation; a link that leads nowhere is an error.
    pub(super) fn documentation(&self, docc: &Path) -> Result<()> {
        let input = self.project.target.join("xtask/swift-symbols");
        let output = self.project.target.join("xtask/swift-documentation");
        for folder in [&input, &output] {
            if folder.exists() {
                fs::remove_dir_all(folder)?;
            }
        }
        fs::create_dir_all(&input)?;
        for graph in &self.graphs {
            fs::copy(graph, input.join(graph.file_name().context("a name")?))?;
        }
        let folder = self.project.root.join("swift");
        let mut convert = self.project.tool(docc, &folder)?;
        convert
            .args(["convert", "Sources/OpenintSDK/OpenintSDK.docc"])
            .arg("--warnings-as-errors")
            .args(["--diagnostic-level", "warning"])
            .args(["--fallback-display-name", "OpenintSDK"])
            .args(["--fallback-bundle-identifier", "dev.openint.sdk"])
            .arg("--additional-symbol-graph-dir")
            .arg(&input)
            .arg("--output-path")
            .arg(&output);
        run(convert, "docc convert")?;
        process::say(format_args!("documentation in {}", output.display()));
        Ok(())
    }
}

/// Lists the symbols of a symbol graph.
fn symbols(graph: &str) -> Result<Vec<String>> {
    let graph: Value = serde_json::from_str(graph).context("the symbol graph")?;
    let symbols = graph["symbols"].as_array().context("no symbols")?;
    let mut names = Vec::new();
    for symbol in symbols {
        let parts = symbol["pathComponents"].as_array().context("no name")?;
        let parts: Vec<&str> = parts.iter().filter_map(Value::as_str).collect();
        let name = parts.join(".");
        let file = symbol["location"]["uri"].as_str().unwrap_or_default();
        ensure!(
            !file.contains("/Generated/"),
            "{name} is public and generated"
        );
        let kind = symbol["kind"]["displayName"].as_str().unwrap_or_default();
        names.push(format!("{kind} {name}"));
    }
    Ok(names)
}

/// The methods in the columns `Swift` of the tables of `docs/api.md`.
fn promised(table: &str) -> Vec<&str> {
    let mut column = None;
    let mut methods = Vec::new();
    for line in table.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        if let Some(found) = cells.iter().position(|cell| *cell == "Swift") {
            column = Some(found);
        } else if let Some(cell) = column.and_then(|column| cells.get(column)) {
            methods.extend(
                cell.strip_prefix('`')
                    .and_then(|cell| cell.strip_suffix('`')),
            );
        }
    }
    methods
}

/// The graphs of the module and of what it adds to others: `OpenintSDK.symbols.json`,
/// `OpenintSDK@Foundation.symbols.json`.
fn find(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if entry.file_type()?.is_dir() {
            find(&entry.path(), found)?;
        } else if name.starts_with("OpenintSDK") && name.ends_with(".symbols.json") {
            found.push(entry.path());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generated_symbol_is_refused() {
        let graph = |file: &str| {
            format!(
                r#"{{"symbols":[{{"kind":{{"displayName":"Class"}},"pathComponents":["Openint"],
                "location":{{"uri":"file:///c/swift/Sources/OpenintSDK/{file}"}}}},
                {{"kind":{{"displayName":"Instance Method"}},"pathComponents":["Openint","close()"]}}]}}"#
            )
        };
        assert_eq!(
            symbols(&graph("Openint.swift")).unwrap(),
            ["Class Openint", "Instance Method Openint.close()"]
        );
        assert!(symbols(&graph("Generated/OpenintBindings.swift")).is_err());
        assert!(symbols("{}").is_err());
    }

    #[test]
    fn the_methods_of_the_table_are_those_of_the_column_swift() {
        let table = "# A\n\n| operation | Swift | x |\n|---|---|---|\n| `a` | `getA` | `b` |\n\n\
                     | operation | x | Swift |\n|---|---|---|\n| `a` | `b` | `as` |\n";
        assert_eq!(promised(table), ["getA", "as"]);
        assert!(promised("| a | b |\n").is_empty());
    }
}
