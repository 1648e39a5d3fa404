//! The public API, as the compiler lists it, and its documentation.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::project::Project;
use crate::process;

const MODULE: &str = "OpenintSDK";

/// The graphs of the module's public symbols.
pub(super) struct Api<'a> {
    project: &'a Project<'a>,
    graphs: Vec<PathBuf>,
}

impl<'a> Api<'a> {
    /// Builds the module and has the compiler list what is public in it.
    pub(super) fn of(project: &'a Project<'_>) -> Result<Self> {
        let module = project.build_module()?;
        let output = project.target.join("xtask/swift-graphs");
        if output.exists() {
            fs::remove_dir_all(&output)?;
        }
        fs::create_dir_all(&output)?;
        let folder = project.root.join("swift");
        let mut extract = project.tool(Path::new("swift"), &folder)?;
        extract
            .args(["symbolgraph-extract", "-module-name", MODULE])
            .args(["-minimum-access-level", "public"])
            .args(["-target", &target(project)?])
            .arg("-I")
            .arg(module)
            .arg("-I")
            .arg(folder.join("Sources/COpenintFFI"))
            .arg("-output-dir")
            .arg(&output);
        process::run(extract, "swift symbolgraph-extract")?;
        let graphs: Vec<_> = fs::read_dir(&output)?
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<_>>()?;
        ensure!(
            !graphs.is_empty(),
            "the compiler listed nothing of {MODULE}"
        );
        Ok(Self { project, graphs })
    }

    /// Returns the declaration of every public symbol, sorted. Fails when a method that `docs/api.md`
    /// promises is not among them.
    pub(super) fn list(&self) -> Result<String> {
        let mut lines = BTreeSet::new();
        for graph in &self.graphs {
            lines.extend(symbols(&fs::read_to_string(graph)?)?);
        }
        let table = fs::read_to_string(self.project.root.join("docs/api.md"))?;
        let methods = promised(&table);
        ensure!(!methods.is_empty(), "docs/api.md names no method for Swift");
        for method in methods {
            let start = format!("Openint.{method}(");
            ensure!(
                lines.iter().any(|line| line.starts_with(&start)),
                "docs/api.md has {method}, and the package has not"
            );
        }
        let lines: Vec<_> = lines.into_iter().collect();
        Ok(lines.join("\n") + "\n")
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
        process::run(convert, "docc convert")?;
        process::say(format_args!("documentation in {}", output.display()));
        Ok(())
    }
}

/// The target that the compiler builds for.
fn target(project: &Project<'_>) -> Result<String> {
    let mut info = project.tool(Path::new("swiftc"), project.root)?;
    let info = process::output(info.arg("-print-target-info"))?;
    let info: Value = serde_json::from_str(&info).context("swiftc -print-target-info")?;
    let triple = info["target"]["triple"].as_str();
    Ok(triple.context("swiftc names no target")?.to_owned())
}

/// Lists the symbols of a symbol graph, but for those that the compiler makes of others.
fn symbols(graph: &str) -> Result<Vec<String>> {
    let graph: Value = serde_json::from_str(graph).context("the symbol graph")?;
    let symbols = graph["symbols"].as_array().context("no symbols")?;
    let mut lines = Vec::new();
    for symbol in symbols {
        let is_made = symbol["identifier"]["precise"]
            .as_str()
            .is_some_and(|name| name.contains("::SYNTHESIZED::"));
        if is_made {
            continue;
        }
        let text = |list: &Value, field: Option<&str>, between| -> Option<String> {
            let list = list.as_array()?;
            let words = list
                .iter()
                .map(|item| field.map_or(item, |field| &item[field]).as_str());
            Some(words.collect::<Option<Vec<_>>>()?.join(between))
        };
        let name = text(&symbol["pathComponents"], None, ".").context("no name")?;
        let declaration = text(&symbol["declarationFragments"], Some("spelling"), "");
        let declaration = declaration.context("no declaration")?;
        let words: Vec<_> = declaration.split_whitespace().collect();
        lines.push(format!("{name}: {}", words.join(" ")));
    }
    Ok(lines)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_is_listed_with_its_declaration() {
        let graph = r#"{"symbols":[
            {"identifier":{"precise":"s:10"},"pathComponents":["Openint","close()"],
             "declarationFragments":[{"spelling":"func"},{"spelling":" "},{"spelling":"close()\n"}]},
            {"identifier":{"precise":"s:SQ::SYNTHESIZED::s:10"},"pathComponents":["Openint","!="],
             "declarationFragments":[]}]}"#;
        assert_eq!(symbols(graph).unwrap(), ["Openint.close(): func close()"]);
        assert!(symbols("{}").is_err());
        assert!(symbols(r#"{"symbols":[{}]}"#).is_err());
    }

    #[test]
    fn the_methods_of_the_table_are_those_of_the_column_swift() {
        let table = "# A\n\n| operation | Swift | x |\n|---|---|---|\n| `a` | `getA` | `b` |\n\n\
                     | operation | x | Swift |\n|---|---|---|\n| `a` | `b` | `as` |\n";
        assert_eq!(promised(table), ["getA", "as"]);
        assert!(promised("| a | b |\n").is_empty());
    }
}
