//! The native library for Apple platforms.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::{HEADER, MODULE_MAP};
use crate::bindings;
use crate::process;

/// The targets of each slice; those of one slice are joined by lipo. tvOS and watchOS have no
/// prebuilt standard library of Rust and are built from source by whoever needs them.
const SLICES: [(&str, &[&str]); 3] = [
    ("ios", &["aarch64-apple-ios"]),
    (
        "ios-simulator",
        &["aarch64-apple-ios-sim", "x86_64-apple-ios"],
    ),
    ("macos", &["aarch64-apple-darwin", "x86_64-apple-darwin"]),
];

/// Builds `swift/COpenintFFI.xcframework` from the static library, a slice for each platform.
pub(super) fn build(root: &Path) -> Result<()> {
    for tool in ["xcodebuild", "lipo"] {
        if process::find(tool).is_none() {
            bail!("swift: {tool} is missing; the XCFramework needs Xcode");
        }
    }
    let target = bindings::target_dir(root)?;
    let work = target.join("xtask/xcframework");
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    // In a folder of the module's own, so that the module maps of two frameworks do not meet.
    let headers = work.join("headers/COpenintFFI");
    fs::create_dir_all(&headers)?;
    for file in [HEADER, MODULE_MAP] {
        let file = root.join(file);
        fs::copy(&file, headers.join(file.file_name().context("a name")?))?;
    }
    let output = root.join("swift/COpenintFFI.xcframework");
    if output.exists() {
        fs::remove_dir_all(&output)?;
    }
    let mut create = process::program("xcodebuild", root);
    create.arg("-create-xcframework");
    for (slice, targets) in SLICES {
        let mut lipo = process::program("lipo", root);
        lipo.arg("-create");
        for triple in targets {
            let mut cargo = process::cargo(root);
            cargo.args(["build", "--release", "-p", "openint-uniffi", "--lib"]);
            cargo.args(["--target", triple]);
            process::run(
                cargo,
                &format!("cargo build for {triple} (rustup target add {triple})"),
            )?;
            lipo.arg(target.join(triple).join("release/libopenint_uniffi.a"));
        }
        let library = work.join(slice).join("libopenint_uniffi.a");
        fs::create_dir_all(library.parent().context("a folder")?)?;
        lipo.arg("-output").arg(&library);
        process::run(lipo, "lipo")?;
        create.arg("-library").arg(&library);
        create.arg("-headers").arg(work.join("headers"));
    }
    create.arg("-output").arg(&output);
    process::run(create, "xcodebuild -create-xcframework")?;
    process::say(format_args!("{} written", output.display()));
    Ok(())
}
