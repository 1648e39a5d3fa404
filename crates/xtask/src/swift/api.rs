//! The public API, as the compiler lists it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::project::Project;
use super::run;

/// Every public symbol of the module, sorted. Fails when generated code is among them.
pub(super) fn list(project: &Project<'_>) -> Result<Vec<String>> {
    let folder = project.root.join("swift");
    let mut dump = project.swift(&["package"], &folder, &project.scratch)?;
    dump.args(["dump-symbol-graph", "--minimum-access-level", "public"]);
    // It links the example and the tests first, so it needs the library as every build does.
    dump.env("LIBRARY_PATH", &project.native);
    run(dump, "swift package dump-symbol-graph")?;
    let mut graphs = Vec::new();
    find(&project.scratch, &mut graphs)?;
    let mut names = Vec::new();
    for graph in graphs {
        names.extend(symbols(&fs::read_to_string(graph)?)?);
    }
    ensure!(
        names.iter().any(|name| name == "Class Openint"),
        "the symbol graph lacks Openint"
    );
    names.sort();
    names.dedup();
    Ok(names)
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
}
