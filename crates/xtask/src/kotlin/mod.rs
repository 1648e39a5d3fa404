//! The Kotlin package: its native library, the generated code below its face, Maven.

mod elsewhere;
mod generated;
mod sandbox;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};

use crate::android;
use crate::bindings;
use crate::process;
use crate::server;
use crate::suite::{Counts, End, Report};
use crate::surefire;

pub(crate) use self::elsewhere::{load, projects};
pub(crate) use self::sandbox::assemble as assemble_sandbox;

const SUITE: &str = "kotlin";
/// Limit of the library that an app holds for each processor.
const MAX_LIBRARY_BYTES: usize = 3_400_000;
/// List of the public API, and the generated code, from the root of the checkout.
const API: &str = "kotlin/api/openint-sdk.api";
const GENERATED: &str = "kotlin/src/main/kotlin/dev/openint/sdk/openint_uniffi.kt";

/// Resolves what Maven needs; quick when the same POM was resolved before.
pub(crate) fn setup(root: &Path) -> Result<()> {
    let pom = fs::read(root.join("kotlin/pom.xml")).context("kotlin/pom.xml")?;
    let stamp = bindings::target_dir(root)?.join("xtask/kotlin-resolved.xml");
    if fs::read(&stamp).is_ok_and(|resolved| resolved == pom) {
        process::say("kotlin: what Maven needs is there");
        return Ok(());
    }
    process::say("kotlin: resolving what Maven needs");
    let mut mvn = maven(root);
    mvn.args(["-q", "dependency:resolve", "dependency:resolve-plugins"]);
    process::run(mvn, "mvn dependency:resolve")?;
    fs::create_dir_all(stamp.parent().context("the stamp has a folder")?)?;
    fs::write(&stamp, pom)?;
    Ok(())
}

/// Writes the generated Kotlin and the list of the public API, or with `check` says whether what is
/// committed is what would be written.
pub(crate) fn generate(root: &Path, check: bool) -> Result<()> {
    generate_code(root, check)?;
    let mut mvn = maven(root);
    mvn.args(["-q", "test-compile", "surefire:test@default-test"])
        .args(["-Dtest=ApiTest", "-Dktlint.skip=true"])
        .arg(format!("-Dopenint.write.api={}", !check));
    let status = process::stream(mvn, |_| {}).context("mvn could not be run")?;
    ensure!(
        status.success(),
        "{API} is out of date; fix it with: cargo xtask generate"
    );
    process::say(format_args!("{API} is up to date"));
    Ok(())
}

fn generate_code(root: &Path, check: bool) -> Result<()> {
    let library = bindings::build(root, true)?;
    let written = bindings::generate(root, &library, "kotlin")?;
    let name = "dev/openint/sdk/openint_uniffi.kt";
    let code = fs::read_to_string(written.join(name)).with_context(|| name.to_owned())?;
    fs::remove_dir_all(&written)?;
    bindings::write_or_check(root, GENERATED, &generated::rewrite(&code)?, check)
}

/// Checks the generated code, then builds and tests the package.
pub(crate) fn test(root: &Path, strict: bool) -> Vec<Report> {
    let generated = checked(format!("{SUITE}: generated code"), || {
        generate_code(root, true)
    });
    let mut reports = vec![generated];
    let start = Instant::now();
    match verify(root, strict) {
        Ok(more) => {
            reports.extend(more);
            reports.push(checked(format!("{SUITE}: versions"), || {
                elsewhere::versions(root)
            }));
            reports.push(checked(format!("{SUITE}: JUnit extension"), || {
                sandbox::assemble(root, &server::binary(root)?).map(drop)
            }));
            if cfg!(target_os = "linux") {
                reports.push(checked(format!("{SUITE}: android"), || android::test(root)));
            }
        }
        Err(error) => reports.push(Report {
            seconds: start.elapsed().as_secs_f64(),
            ..Report::broken(SUITE, format!("{error:#}"))
        }),
    }
    reports
}

/// A check as a suite of one.
fn checked(suite: String, check: impl FnOnce() -> Result<()>) -> Report {
    let start = Instant::now();
    let (counts, end) = match check() {
        Ok(()) => (passed(1), End::Finished),
        Err(error) => (Counts::default(), End::Broken(format!("{error:#}"))),
    };
    Report {
        suite,
        counts,
        seconds: start.elapsed().as_secs_f64(),
        end,
    }
}

fn passed(passed: u64) -> Counts {
    Counts {
        passed,
        ..Counts::default()
    }
}

fn verify(root: &Path, strict: bool) -> Result<Vec<Report>> {
    let start = Instant::now();
    let native = root.join("kotlin/target/native");
    let library = bindings::build(root, true)?;
    resource(&library.file, &native)?;
    let with_panics = bindings::build(root, false)?;
    let for_tests = root.join("kotlin/target/test-native");
    resource(&with_panics.file, &for_tests)?;
    let sandbox = server::binary(root)?;

    let reports_folder = root.join("kotlin/target/surefire-reports");
    if reports_folder.exists() {
        fs::remove_dir_all(&reports_folder)?;
    }
    let jni_log = root.join("kotlin/target/check-jni.log");
    if jni_log.exists() {
        fs::remove_file(&jni_log)?;
    }
    let mut mvn = maven(root);
    mvn.arg("verify")
        .arg(format!("-Dopenint.native.dir={}", native.display()))
        .arg(format!("-Dopenint.test.native.dir={}", for_tests.display()))
        // A panic on purpose needs no backtrace.
        .env_remove("RUST_BACKTRACE")
        .env("OPENINT_SANDBOX", &sandbox);
    let (mut lint, mut lint_passed) = (false, false);
    let (mut documented, mut undocumented) = (false, 0);
    let status = process::stream(mvn, |line| {
        documented |= line.contains("Generation completed");
        undocumented += u64::from(is_documentation_complaint(line));
        // Maven goes on to the compiler only when the style is right.
        lint |= line.contains(":check (ktlint)");
        lint_passed |= lint && line.contains(":compile (compile)");
    })
    .context("mvn could not be run")?;

    let mut reports = surefire::read(&reports_folder, SUITE)?;
    let seconds = start.elapsed().as_secs_f64();
    if lint {
        reports.push(Report {
            suite: format!("{SUITE}: ktlint"),
            counts: passed(u64::from(lint_passed)),
            ..Report::default()
        });
    }
    if documented {
        reports.push(checked(format!("{SUITE}: documentation"), || {
            ensure!(
                undocumented == 0,
                "{undocumented} complaints of Dokka, see above"
            );
            Ok(())
        }));
    }
    if !reports.is_empty() {
        reports.push(checked(format!("{SUITE}: -Xcheck:jni"), || {
            check_jni(BufReader::new(fs::File::open(&jni_log)?))
        }));
        // It has some gigabytes, nearly all of them warnings about JNA.
        let _ = fs::remove_file(&jni_log);
    }
    let failed = reports.iter().any(|report| report.counts.failed > 0);
    if !status.success() && !failed {
        let why = format!("mvn verify ended with {status} after {seconds:.0} s");
        reports.push(Report::broken(SUITE, why));
    }
    if strict && reports.is_empty() {
        bail!("no test ran");
    }
    Ok(reports)
}

/// Returns true if Dokka says that a link leads nowhere or that documentation is missing. It also
/// says so of what the compiler adds to an enum.
fn is_documentation_complaint(line: &str) -> bool {
    let added = ["/values/#", "/valueOf/#", "/getEntries/#"];
    line.contains("resolve link")
        || line.contains("Undocumented: ") && !added.iter().any(|name| line.contains(name))
}

/// Looks through what the virtual machine said with `-Xcheck:jni`. Its warnings are about JNA, the
/// only native code that speaks to it; a misuse that corrupts is an error.
fn check_jni(log: impl BufRead) -> Result<()> {
    let mut lines = log.split(b'\n').peekable();
    ensure!(lines.peek().is_some(), "nothing was checked");
    while let Some(line) = lines.next().transpose()? {
        let line = String::from_utf8_lossy(&line);
        if let Some((_, error)) = line.split_once("FATAL ERROR in native method") {
            let stack = lines.take(7).collect::<Result<Vec<_>, _>>()?;
            let stack: String = stack
                .iter()
                .map(|line| format!("; {}", String::from_utf8_lossy(line)))
                .collect();
            bail!("{error}{stack}");
        }
    }
    Ok(())
}

/// Compiles what is published, without tests.
pub(crate) fn compile(root: &Path) -> Result<()> {
    let mut mvn = maven(root);
    mvn.args(["-q", "compile"]);
    process::run(mvn, "mvn compile")
}

/// Builds the package as it is published, then uses the jar from an empty project elsewhere.
pub(crate) fn package(root: &Path) -> Result<()> {
    let library = bindings::build_release(root)?;
    let jar = assemble(root, &[(&own_system(), &library)])?;
    projects(root, &jar)
}

/// Makes the jars with the libraries of systems, as JNA names these.
pub(crate) fn assemble(root: &Path, libraries: &[(&str, &Path)]) -> Result<PathBuf> {
    let native = root.join("kotlin/target/native");
    if native.exists() {
        fs::remove_dir_all(&native)?;
    }
    forget(&root.join("kotlin/target/classes"))?;
    for (system, library) in libraries {
        check_library(library).with_context(|| (*system).to_owned())?;
        put(library, &native, system)?;
    }
    let mut mvn = maven(root);
    mvn.args(["package", "-DskipTests"])
        .arg(format!("-Dopenint.native.dir={}", native.display()));
    process::run(mvn, "mvn package")?;

    let version = env!("CARGO_PKG_VERSION");
    check_jars(root, &elsewhere::jar(root), libraries)?;
    for kind in ["", "-sources", "-javadoc"] {
        let file = root.join(format!("kotlin/target/openint-sdk-{version}{kind}.jar"));
        let size = fs::metadata(&file).with_context(|| file.display().to_string())?;
        process::say(format_args!("{}: {} bytes", file.display(), size.len()));
    }
    Ok(elsewhere::jar(root))
}

/// Removes the libraries of earlier runs, which Maven would put into the jar again.
fn forget(classes: &Path) -> Result<()> {
    for entry in fs::read_dir(classes).into_iter().flatten() {
        let folder = entry?.path();
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        if ["linux-", "darwin-", "win32-"]
            .iter()
            .any(|os| name.starts_with(os))
        {
            fs::remove_dir_all(&folder)?;
        }
    }
    Ok(())
}

fn check_library(library: &Path) -> Result<()> {
    let bytes = fs::read(library)?;
    ensure!(
        !contains(&bytes, b"test_panic"),
        "the release library holds the test-only exports"
    );
    process::say(format_args!("native library: {} bytes", bytes.len()));
    ensure!(
        bytes.len() < MAX_LIBRARY_BYTES,
        "the native library has {MAX_LIBRARY_BYTES} bytes or more"
    );
    Ok(())
}

/// Looks into the jars for what their users need.
fn check_jars(root: &Path, jar: &Path, libraries: &[(&str, &Path)]) -> Result<()> {
    let has = |list: &str, name: &str| -> Result<()> {
        let found = list.lines().any(|line| line.ends_with(name));
        ensure!(found, "{name} is missing in the jars");
        Ok(())
    };
    let main = list(jar)?;
    for name in [
        "META-INF/proguard/openint-sdk.pro",
        "META-INF/LICENSE-MIT",
        "sdk/Openint.class",
    ] {
        has(&main, name)?;
    }
    let beside = |kind| {
        jar.with_file_name(format!(
            "openint-sdk-{}-{kind}.jar",
            env!("CARGO_PKG_VERSION")
        ))
    };
    let sources = list(&beside("sources"))?;
    has(&sources, "dev/openint/sdk/Openint.kt")?;
    for (system, library) in libraries {
        let name = library.file_name().context("a file has a name")?;
        let name = format!("{system}/{}", name.display());
        has(&main, &name)?;
        ensure!(!sources.contains(&name), "the sources hold {name}");
    }
    has(&list(&beside("javadoc"))?, "dev/openint/sdk/Openint.html")?;

    let mut describe = process::program("jar", root);
    describe.args(["--describe-module", "--file"]).arg(jar);
    let module = process::output(&mut describe)?;
    ensure!(
        module.contains("dev.openint.sdk"),
        "the jar's module is {module}"
    );
    Ok(())
}

/// The names of the entries of a jar.
pub(crate) fn list(jar: &Path) -> Result<String> {
    let folder = jar.parent().context("a file has a folder")?;
    let mut list = process::program("jar", folder);
    process::output(list.args(["--list", "--file"]).arg(jar))
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Puts this machine's library where JNA looks for it in a jar.
pub(crate) fn resource(library: &Path, folder: &Path) -> Result<()> {
    put(library, folder, &own_system())
}

fn put(library: &Path, folder: &Path, system: &str) -> Result<()> {
    let folder = folder.join(system);
    fs::create_dir_all(&folder)?;
    let to = folder.join(library.file_name().context("a file has a name")?);
    fs::copy(library, &to).with_context(|| format!("{} to {}", library.display(), to.display()))?;
    Ok(())
}

/// The name that JNA has for this machine's kind.
fn own_system() -> String {
    let os = match std::env::consts::OS {
        "macos" => "darwin",
        "windows" => "win32",
        os => os,
    };
    let arch = match std::env::consts::ARCH {
        "x86_64" => "x86-64",
        arch => arch,
    };
    format!("{os}-{arch}")
}

fn maven(root: &Path) -> Command {
    mvn(root, &root.join("kotlin"))
}

fn mvn(root: &Path, folder: &Path) -> Command {
    let mut command = process::program(process::MAVEN, root);
    command.current_dir(folder).args(["-B", "-ntp"]);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_compiler_adds_needs_no_documentation() {
        let of = |name| format!("[WARNING] Undocumented: dev.openint.sdk/{name}/#/ (JVM)");
        assert!(is_documentation_complaint(&of("Settings/toString")));
        assert!(!is_documentation_complaint(&of("HttpMethod/values")));
        assert!(is_documentation_complaint(
            "[WARNING] Couldn't resolve link for Conection"
        ));
        assert!(!is_documentation_complaint("[WARNING] Cast is redundant."));
    }

    #[test]
    fn misuse_of_the_virtual_machine_is_found_and_warnings_are_not() {
        check_jni(&b"WARNING in native method: JNI call made without checking exceptions\n"[..])
            .unwrap();
        let said =
            check_jni(&b"FATAL ERROR in native method: Bad global\n\tat a.b(Native Method)\n"[..]);
        assert_eq!(
            said.unwrap_err().to_string(),
            ": Bad global; \tat a.b(Native Method)"
        );
        assert!(check_jni(&b""[..]).is_err());
    }
}
