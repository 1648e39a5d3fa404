//! The Android package: an AAR of the Kotlin classes and one native library for each ABI.
//!
//! The libraries are given, because building them takes Android's NDK; `kotlin/ANDROID.md` says
//! how.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::bindings;
use crate::elf;
use crate::kotlin;
use crate::process;

const LIBRARY: &str = "libopenint_uniffi.so";

/// Assembles the AAR from `libs`, which holds a folder for each ABI with its library.
pub(crate) fn package(root: &Path, libs: &Path) -> Result<PathBuf> {
    let abis = libraries(libs)?;
    kotlin::compile(root)?;
    let version = env!("CARGO_PKG_VERSION");
    let target = root.join("kotlin/target");
    let stage = target.join("aar");
    if stage.exists() {
        fs::remove_dir_all(&stage)?;
    }
    fs::create_dir_all(&stage)?;

    let classes = target.join("classes");
    let mut jar = jar(root);
    jar.arg("--file").arg(stage.join("classes.jar"));
    for folder in ["dev", "META-INF"] {
        jar.arg("-C").arg(&classes).arg(folder);
    }
    process::run(jar, "jar")?;
    let rules = "META-INF/proguard/openint-sdk.pro";
    fs::copy(classes.join(rules), stage.join("proguard.txt")).context(rules)?;
    let sources = root.join("kotlin/src/android");
    copy(&sources.join("AndroidManifest.xml"), &stage)?;
    fs::write(stage.join("R.txt"), "")?;
    let metadata = stage.join("META-INF/com/android/build/gradle");
    copy(&sources.join("aar-metadata.properties"), &metadata)?;
    for abi in &abis {
        copy(&libs.join(abi).join(LIBRARY), &stage.join("jni").join(abi))?;
    }

    let file = target.join(format!("openint-sdk-android-{version}.aar"));
    let mut aar = self::jar(root);
    aar.arg("--file").arg(&file).arg("-C").arg(&stage).arg(".");
    process::run(aar, "jar")?;
    fs::write(file.with_extension("pom"), pom(root)?)?;
    let size = fs::metadata(&file)?.len();
    let abis = abis.join(", ");
    process::say(format_args!("{}: {size} bytes, for {abis}", file.display()));
    Ok(file)
}

/// The ABIs in `libs`, each with a library that a device can load.
fn libraries(libs: &Path) -> Result<Vec<String>> {
    let mut abis = Vec::new();
    let entries = fs::read_dir(libs).with_context(|| libs.display().to_string())?;
    for entry in entries {
        let abi = entry?.file_name().to_string_lossy().into_owned();
        let file = libs.join(&abi).join(LIBRARY);
        check(&file, &abi).with_context(|| file.display().to_string())?;
        abis.push(abi);
    }
    ensure!(
        !abis.is_empty(),
        "{} holds no folder of an ABI, such as arm64-v8a",
        libs.display()
    );
    abis.sort();
    Ok(abis)
}

fn check(file: &Path, abi: &str) -> Result<()> {
    ensure!(elf::is_abi(abi), "{abi} is no ABI of Android");
    let library = fs::read(file)?;
    elf::check(&library, abi)?;
    let given = elf::exports(&library, "ffi_openint_uniffi_uniffi_contract_version")?;
    ensure!(given, "it is not the library of this package");
    let panics = elf::exports(&library, "uniffi_openint_uniffi_fn_func_test_panic")?;
    ensure!(!panics, "it holds the test-only exports");
    Ok(())
}

/// The POM beside the AAR, with the versions of the jar's.
fn pom(root: &Path) -> Result<String> {
    let jvm = fs::read_to_string(root.join("kotlin/pom.xml"))?;
    let mut pom = fs::read_to_string(root.join("kotlin/src/android/pom.xml"))?;
    pom = pom.replace("@project.version@", env!("CARGO_PKG_VERSION"));
    for name in ["kotlin", "coroutines", "serialization", "jna"] {
        let (start, end) = (format!("<{name}.version>"), format!("</{name}.version>"));
        let version = jvm
            .split(&start)
            .nth(1)
            .and_then(|rest| rest.split(&end).next());
        let version = version.with_context(|| format!("kotlin/pom.xml has no {start}"))?;
        pom = pom.replace(&format!("@{name}.version@"), version);
    }
    ensure!(
        !pom.contains('@'),
        "kotlin/src/android/pom.xml: a placeholder is left"
    );
    Ok(pom)
}

/// Builds the library of this machine as it is linked for Android, makes an AAR of it and looks
/// at what came out. What no device could load must be refused.
pub(crate) fn test(root: &Path) -> Result<()> {
    let abi = match std::env::consts::ARCH {
        "aarch64" => "arm64-v8a",
        arch => arch,
    };
    let libs = root.join("kotlin/target/android-libs");
    if libs.exists() {
        fs::remove_dir_all(&libs)?;
    }
    let folder = libs.join(abi);
    fs::create_dir_all(&folder)?;
    let library = folder.join(LIBRARY);

    fs::copy(bindings::build(root, false)?.file, &library)?;
    ensure!(
        package(root, &libs).is_err(),
        "a library for tests was taken"
    );
    fs::copy(bindings::build_for_large_pages(root)?, &library)?;
    let aar = package(root, &libs)?;

    let out = root.join("kotlin/target/aar-read");
    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    fs::create_dir_all(&out)?;
    let mut extract = process::program("jar", &out);
    extract.arg("--extract").arg("--file").arg(&aar);
    process::run(extract, "jar")?;
    check(&out.join("jni").join(abi).join(LIBRARY), abi).context("in the AAR")?;
    for name in [
        "AndroidManifest.xml",
        "R.txt",
        "proguard.txt",
        "classes.jar",
    ] {
        ensure!(out.join(name).is_file(), "the AAR has no {name}");
    }
    let list = kotlin::list(&out.join("classes.jar"))?;
    ensure!(
        list.contains("dev/openint/sdk/Openint.class"),
        "classes.jar: no client"
    );
    ensure!(!list.contains(".so"), "classes.jar holds a native library");
    let pom = fs::read_to_string(aar.with_extension("pom"))?;
    ensure!(
        pom.contains("<type>aar</type>"),
        "the POM does not ask for JNA's aar"
    );
    Ok(())
}

/// Copies a file into a folder, which is made where it is missing.
fn copy(file: &Path, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let name = file.file_name().context("a file has a name")?;
    fs::copy(file, folder.join(name)).with_context(|| file.display().to_string())?;
    Ok(())
}

fn jar(root: &Path) -> std::process::Command {
    let mut jar = process::program("jar", root);
    jar.args(["--create", "--no-manifest"]);
    jar
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::tests::scratch;

    #[test]
    fn libraries_are_refused_with_their_place() {
        let libs = scratch("android-libs");
        let said = |libs: &Path| format!("{:#}", libraries(libs).unwrap_err());
        assert!(said(&libs).ends_with("holds no folder of an ABI, such as arm64-v8a"));
        fs::create_dir_all(libs.join("arm64")).unwrap();
        assert!(said(&libs).ends_with("arm64 is no ABI of Android"));
        fs::remove_dir(libs.join("arm64")).unwrap();
        fs::create_dir_all(libs.join("x86_64")).unwrap();
        fs::write(libs.join("x86_64").join(LIBRARY), "x").unwrap();
        let said = said(&libs);
        assert!(
            said.contains("x86_64/libopenint_uniffi.so: it is no ELF file"),
            "{said}"
        );
    }

    #[test]
    fn the_pom_has_the_versions_of_the_jar() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let pom = pom(&root).unwrap();
        assert!(pom.contains(&format!("<version>{}</version>", env!("CARGO_PKG_VERSION"))));
    }
}
