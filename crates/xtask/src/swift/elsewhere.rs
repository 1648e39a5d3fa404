//! The package as somebody has it who knows nothing of this checkout.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::project::Project;
use crate::process;
use crate::server::{self, Server};

/// Folders that are left out of the package: SwiftPM's builds, and another platform's library.
const NOT_PACKAGED: [&str; 2] = [".build", "COpenintFFI.xcframework"];

/// The project of somebody who uses the package.
const EMPTY_PACKAGE: &str = r#"// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "App",
    platforms: [.macOS(.v12)],
    dependencies: [.package(path: "openint-sdk")],
    targets: [
        .executableTarget(
            name: "App",
            dependencies: [.product(name: "OpenintSDK", package: "openint-sdk")])
    ]
)
"#;
const EMPTY_MAIN: &str = r#"import OpenintSDK

let client = try Openint()
let connection = try await client.createConnection(
    connectorConfigID: "ccfg_", customerID: "customer_id",
    data: ConnectorData(connectorName: "dummy-oauth2", settings: ["oauth": [:]]))
print(connection.id)
"#;

/// Writes the package with its library, and creates a connection on the local server from an empty
/// project outside the checkout.
pub(super) fn create_connection(project: &Project<'_>) -> Result<()> {
    let package = write(project)?;
    let folder = std::env::temp_dir().join(format!("openint-swift-{}", std::process::id()));
    let sources = folder.join("Sources/App");
    fs::create_dir_all(&sources)?;
    fs::write(folder.join("Package.swift"), EMPTY_PACKAGE)?;
    fs::write(sources.join("main.swift"), EMPTY_MAIN)?;
    copy_tree(&package, &folder.join("openint-sdk"))?;

    let server = Server::start(&server::binary(project.root)?)?;
    // As the README says it.
    let library = Path::new("openint-sdk/lib");
    let release = ["run", "-c", "release"];
    let mut run = project.linked_with(library, &release, &folder, &folder.join(".build"))?;
    run.arg("App");
    server.expect_connection(run, "the empty project")?;
    fs::remove_dir_all(&folder)?;
    process::say(format_args!(
        "swift: an empty project outside the checkout created a connection with {}",
        package.display()
    ));
    Ok(())
}

/// The package's sources with the library for this machine in `lib`.
fn write(project: &Project<'_>) -> Result<PathBuf> {
    let package = project.target.join("xtask/package/openint-sdk");
    if package.exists() {
        fs::remove_dir_all(&package)?;
    }
    copy_tree(&project.root.join("swift"), &package.join("swift"))?;
    for file in ["Package.swift", "LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(project.root.join(file), package.join(file)).with_context(|| file.to_owned())?;
    }
    copy_tree(&project.native, &package.join("lib"))?;
    Ok(package)
}

fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (name, target) = (entry.file_name(), to.join(entry.file_name()));
        if NOT_PACKAGED.iter().any(|left_out| name == *left_out) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy_tree(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
