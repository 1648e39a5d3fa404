//! The native library that Kotlin and Swift share, and the code that is generated from it.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

use crate::process;

const CRATE: &str = "openint-uniffi";
const LARGE_PAGES: &str = "-Clink-arg=-Wl,-z,max-page-size=16384";

/// A built library and the generator that belongs to it.
#[derive(Debug)]
pub(crate) struct Library {
    /// A copy that later builds leave alone.
    pub(crate) file: PathBuf,
    generator: PathBuf,
}

/// Builds the library with the dev profile; with `released` exactly what is released, otherwise
/// with the test-only ways to panic as well.
pub(crate) fn build(root: &Path, released: bool) -> Result<Library> {
    let (features, folder) = if released {
        ("cli", "native")
    } else {
        ("cli,test-panic", "native-test-panic")
    };
    let artifacts = cargo_build(root, &["-p", CRATE, "--features", features])?;
    let built = artifacts.library()?;
    let generator = artifacts.executable()?;
    let folder = target_dir(root)?.join("xtask").join(folder);
    fs::create_dir_all(&folder)?;
    let file = folder.join(built.file_name().context("a library has a name")?);
    fs::copy(&built, &file)?;
    Ok(Library { file, generator })
}

/// Builds the library as it is released.
pub(crate) fn build_release(root: &Path) -> Result<PathBuf> {
    cargo_build(root, &["-p", CRATE, "--lib", "--profile", "packaged"])?.library()
}

/// Builds the library with the dev profile, linked as `.cargo/config.toml` has it for Android.
pub(crate) fn build_for_large_pages(root: &Path) -> Result<PathBuf> {
    let args = [
        "-p",
        CRATE,
        "--lib",
        // As above, so that most of it is built already.
        "--features",
        "cli",
        "--crate-type",
        "cdylib",
        "--",
        LARGE_PAGES,
    ];
    cargo(root, "rustc", &args)?.library()
}

/// Builds a binary and says where it is.
pub(crate) fn executable(root: &Path, args: &[&str]) -> Result<PathBuf> {
    cargo_build(root, args)?.executable()
}

/// Builds a binary by a command of some cargo, without arguments of rustc, and says where it is.
pub(crate) fn executable_by(mut cargo: Command) -> Result<PathBuf> {
    cargo.arg(MESSAGES);
    artifacts(cargo)?.executable()
}

/// Generates a language's code into a new folder of the target directory.
pub(crate) fn generate(root: &Path, library: &Library, language: &str) -> Result<PathBuf> {
    let folder = target_dir(root)?
        .join("xtask")
        .join(format!("generated-{language}-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let status = process::program(&library.generator, root)
        .arg("generate")
        .arg(&library.file)
        .args(["--language", language, "--no-format", "--out-dir"])
        .arg(&folder)
        .stdin(Stdio::null())
        .status()
        .context("uniffi-bindgen could not be run")?;
    ensure!(status.success(), "uniffi-bindgen failed: {status}");
    Ok(folder)
}

/// Writes generated code to `name` under `root`, or with `check` verifies what is there.
pub(crate) fn write_or_check(root: &Path, name: &str, code: &str, check: bool) -> Result<()> {
    let file = root.join(name);
    let found = fs::read_to_string(&file).unwrap_or_default();
    if found == code {
        process::say(format_args!("{name} is up to date"));
        return Ok(());
    }
    if check {
        let line = 1 + found
            .lines()
            .zip(code.lines())
            .take_while(|(found, code)| found == code)
            .count();
        bail!("{name} is out of date from line {line} on; fix it with: cargo xtask generate");
    }
    fs::create_dir_all(file.parent().context("a file has a folder")?)?;
    fs::write(&file, code)?;
    process::say(format_args!("{name} written"));
    Ok(())
}

/// Folder that cargo builds into.
pub(crate) fn target_dir(root: &Path) -> Result<PathBuf> {
    #[derive(Deserialize)]
    struct Metadata {
        target_directory: PathBuf,
    }
    let mut cargo = process::cargo(root);
    let metadata = process::output(cargo.args(["metadata", "--format-version=1", "--no-deps"]))?;
    let metadata: Metadata = serde_json::from_str(&metadata)?;
    Ok(metadata.target_directory)
}

/// Files that `cargo build` made of the workspace's own crates.
#[derive(Debug, Default)]
struct Artifacts {
    files: Vec<PathBuf>,
    executable: Option<PathBuf>,
}

impl Artifacts {
    fn read(messages: &str) -> Result<Self> {
        #[derive(Deserialize)]
        struct Message {
            #[serde(default)]
            package_id: String,
            #[serde(default)]
            filenames: Vec<PathBuf>,
            executable: Option<PathBuf>,
        }
        let mut artifacts = Self::default();
        for line in messages.lines().filter(|line| line.starts_with('{')) {
            let message: Message = serde_json::from_str(line)
                .with_context(|| format!("cargo said something unexpected: {line}"))?;
            if message.package_id.starts_with("path+") {
                artifacts.files.extend(message.filenames);
                artifacts.executable = message.executable.or(artifacts.executable);
            }
        }
        Ok(artifacts)
    }

    fn library(&self) -> Result<PathBuf> {
        let suffix = std::env::consts::DLL_EXTENSION;
        let library = self
            .files
            .iter()
            .find(|file| file.extension().is_some_and(|found| found == suffix));
        library.cloned().context("cargo built no shared library")
    }

    fn executable(&self) -> Result<PathBuf> {
        self.executable.clone().context("cargo built no program")
    }
}

fn cargo_build(root: &Path, args: &[&str]) -> Result<Artifacts> {
    cargo(root, "build", args)
}

/// Lets cargo say what it made.
const MESSAGES: &str = "--message-format=json-render-diagnostics";

fn cargo(root: &Path, command: &str, args: &[&str]) -> Result<Artifacts> {
    let mut cargo = process::cargo(root);
    cargo.args([command, MESSAGES]).args(args);
    artifacts(cargo).with_context(|| format!("cargo {command} {}", args.join(" ")))
}

fn artifacts(mut cargo: Command) -> Result<Artifacts> {
    cargo.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = cargo.spawn().context("cargo could not be started")?;
    let mut messages = String::new();
    child
        .stdout
        .take()
        .context("cargo has no output")?
        .read_to_string(&mut messages)?;
    let status = child.wait()?;
    ensure!(status.success(), "cargo ended with {status}");
    Artifacts::read(&messages)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::tests::scratch;

    #[test]
    fn generated_code_is_written_and_verified() {
        let root = scratch("write-or-check");
        let name = "kotlin/a/b.kt";
        let said = write_or_check(&root, name, "one\ntwo\n", true).unwrap_err();
        assert!(said.to_string().contains("from line 1 on"), "{said}");
        write_or_check(&root, name, "one\ntwo\n", false).unwrap();
        write_or_check(&root, name, "one\ntwo\n", true).unwrap();
        let said = write_or_check(&root, name, "one\nthree\n", true).unwrap_err();
        assert_eq!(
            said.to_string(),
            "kotlin/a/b.kt is out of date from line 2 on; fix it with: cargo xtask generate"
        );
    }

    #[test]
    fn android_is_linked_with_the_option_that_the_suite_tries() {
        let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.cargo/config.toml");
        let config = fs::read_to_string(config).unwrap();
        let flags = format!("-linux-android]\nrustflags = [\"{LARGE_PAGES}\"]");
        assert_eq!(config.matches(&flags).count(), 2);
    }

    #[test]
    fn the_library_and_the_program_are_found_in_cargos_messages() {
        let library = format!("/t/libopenint_uniffi.{}", std::env::consts::DLL_EXTENSION);
        let messages = format!(
            r#"{{"reason":"compiler-artifact","package_id":"registry+x#a@1.0.0","filenames":["/t/libother.so"],"executable":"/t/other"}}
{{"reason":"compiler-artifact","package_id":"path+file:///c/bindings/uniffi#openint-uniffi@0.1.0","filenames":["/t/a.rlib","{library}"],"executable":null}}
{{"reason":"compiler-artifact","package_id":"path+file:///c/bindings/uniffi#openint-uniffi@0.1.0","filenames":["/t/uniffi-bindgen"],"executable":"/t/uniffi-bindgen"}}
{{"reason":"build-finished","success":true}}"#
        );
        let artifacts = Artifacts::read(&messages).unwrap();
        assert_eq!(artifacts.library().unwrap(), Path::new(&library));
        assert_eq!(
            artifacts.executable().unwrap(),
            Path::new("/t/uniffi-bindgen")
        );
        assert!(Artifacts::default().library().is_err());
    }
}
