//! The jar with the libraries of every system, and what Maven Central takes.

use std::env;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use super::places;
use crate::python::{Scratch, target};
use crate::{kotlin, process};

const SIGN: &str = "org.apache.maven.plugins:maven-gpg-plugin:3.2.8:sign-and-deploy-file";
const DEPLOY: &str = "org.apache.maven.plugins:maven-deploy-plugin:3.1.4:deploy-file";
/// Names of the variables that publishing needs: the armoured private key, the address of the
/// Central Portal's publisher API, and a user token as it goes into a header.
const KEY: &str = "MAVEN_GPG_KEY";
const PORTAL: &str = "CENTRAL_PUBLISHER_API";
const TOKEN: &str = "CENTRAL_TOKEN";
/// Longer than the portal ever takes.
const PATIENCE: Duration = Duration::from_secs(30 * 60);

/// Puts the native libraries of all jars below `from` into one in `to`, and the jars of sources and
/// documentation beside it.
pub(super) fn jar(root: &Path, from: &Path, to: &Path) -> Result<()> {
    let name = format!("openint-sdk-{}.jar", places::current(root)?);
    let jars: Vec<PathBuf> = super::gather::files(from)?
        .into_iter()
        .filter(|file| file.ends_with(&name))
        .collect();
    let first = jars
        .first()
        .with_context(|| format!("no {name} in {}", from.display()))?;
    fs::create_dir_all(to)?;
    let jar = to.join(&name);
    fs::copy(first, &jar)?;
    for kind in ["-sources.jar", "-javadoc.jar"] {
        let name = name.replace(".jar", kind);
        fs::copy(first.with_file_name(&name), to.join(&name)).with_context(|| name.clone())?;
    }
    let scratch = Scratch::new("jar")?;
    let mut systems = Vec::new();
    for other in &jars {
        for library in kotlin::list(other)?
            .lines()
            .filter(|name| name.contains("openint_uniffi."))
        {
            if systems.iter().any(|known| known == library) {
                continue;
            }
            let mut extract = process::program("jar", &scratch.0);
            extract
                .arg("--extract")
                .arg("--file")
                .arg(other.canonicalize()?)
                .arg(library);
            process::run(extract, "jar")?;
            let mut update = process::program("jar", &scratch.0);
            update
                .arg("--update")
                .arg("--file")
                .arg(jar.canonicalize()?)
                .arg(library);
            process::run(update, "jar")?;
            systems.push(library.to_owned());
        }
    }
    ensure!(!systems.is_empty(), "no jar has a native library");
    process::say(format_args!("{}: {}", jar.display(), systems.join(", ")));
    Ok(())
}

/// Makes the archive for Maven Central of the jars and the AAR in `folder`, signed where there is a
/// key, and with `publish` uploads it and waits until it is published.
///
/// The portal's plugin for Maven cannot do it: it takes what a build of its own made, and not the
/// files that were tried.
pub(super) fn publish(root: &Path, folder: &Path, publish: bool) -> Result<()> {
    let version = places::current(root)?;
    let folder = folder
        .canonicalize()
        .with_context(|| folder.display().to_string())?;
    let staging = target(root).join("xtask/maven-central");
    let _ = fs::remove_dir_all(&staging);
    fs::create_dir_all(&staging)?;
    let repository = staging.join("repository");
    let jar = |kind: &str| folder.join(format!("openint-sdk-{version}{kind}.jar"));
    let aar = folder.join(format!("openint-sdk-android-{version}.aar"));
    for (file, pom) in [
        (jar(""), root.join("kotlin/pom.xml")),
        (aar.clone(), aar.with_extension("pom")),
    ] {
        stage(&file, &pom, &jar("-sources"), &jar("-javadoc"), &repository)?;
    }
    for artifact in ["openint-sdk", "openint-sdk-android"] {
        // Maven Central writes its own.
        let folder = repository.join("dev/openint").join(artifact);
        for end in ["", ".md5", ".sha1", ".sha256", ".sha512"] {
            let _ = fs::remove_file(folder.join(format!("maven-metadata.xml{end}")));
        }
    }
    let bundle = staging.join(format!("openint-{version}.zip"));
    let mut zip = process::program("jar", &repository);
    zip.args(["--create", "--no-manifest", "--file"])
        .arg(&bundle)
        .arg("dev");
    process::run(zip, "jar")?;
    process::say(kotlin::list(&bundle)?);
    process::say(format_args!("{}", bundle.display()));
    if !publish {
        return Ok(());
    }
    let portal = variable(PORTAL)?;
    variable(KEY)?;
    let portal = Portal {
        url: portal.trim_end_matches('/'),
        token: &variable(TOKEN)?,
    };
    let id = portal.upload(&bundle, &format!("openint-{version}"))?;
    portal.wait(&id, Duration::from_secs(10))
}

/// Puts an artifact with its sources and documentation into a repository in a folder.
fn stage(file: &Path, pom: &Path, sources: &Path, javadoc: &Path, repository: &Path) -> Result<()> {
    let is_signed = env::var_os(KEY).is_some();
    // Away from every pom.xml, because the goals need no project.
    let mut mvn = process::program(process::MAVEN, repository.parent().context("a folder")?);
    mvn.args(["-B", "-ntp", "-q", if is_signed { SIGN } else { DEPLOY }])
        .args(["-DrepositoryId=staging", "-Dgpg.signer=bc"])
        .arg(format!("-Durl=file://{}", repository.display()));
    for (name, file) in [
        ("file", file),
        ("pomFile", pom),
        ("sources", sources),
        ("javadoc", javadoc),
    ] {
        ensure!(file.is_file(), "{} is missing", file.display());
        mvn.arg(format!("-D{name}={}", file.display()));
    }
    process::run(mvn, "mvn")
}

fn variable(name: &str) -> Result<String> {
    env::var(name).with_context(|| format!("{name} is not set; RELEASING.md says to what"))
}

/// The publisher API of the Central Portal.
struct Portal<'a> {
    url: &'a str,
    token: &'a str,
}

impl Portal<'_> {
    /// Returns the id of the deployment.
    fn upload(&self, bundle: &Path, name: &str) -> Result<String> {
        let form = format!("bundle=@{}", bundle.display());
        let path = format!("upload?name={name}&publishingType=AUTOMATIC");
        self.post(&path, &["--form", &form])
    }

    fn wait(&self, id: &str, pause: Duration) -> Result<()> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            let status = self.post(&format!("status?id={id}"), &["--data", ""])?;
            let status: serde_json::Value = serde_json::from_str(&status).context("its status")?;
            match status["deploymentState"].as_str() {
                Some("PUBLISHED") => {
                    process::say(format_args!("Maven Central has published {id}"));
                    return Ok(());
                }
                Some("FAILED") => bail!("Maven Central refused it: {}", status["errors"]),
                state => process::say(format_args!("{id}: {}", state.unwrap_or("unknown"))),
            }
            thread::sleep(pause);
        }
        bail!("after {PATIENCE:?} Maven Central had not published {id}; look at the portal")
    }

    fn post(&self, path: &str, args: &[&str]) -> Result<String> {
        let mut curl = Command::new("curl")
            .args([
                "--silent",
                "--show-error",
                "--fail-with-body",
                "--request",
                "POST",
            ])
            // The token comes by the standard input, which no list of processes shows.
            .args(["--config", "-"])
            .args(args)
            .arg(format!("{}/{path}", self.url))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("curl")?;
        let config = format!("header = \"Authorization: Bearer {}\"\n", self.token);
        curl.stdin
            .take()
            .context("curl")?
            .write_all(config.as_bytes())?;
        let output = curl.wait_with_output()?;
        let answer = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        ensure!(output.status.success(), "Maven Central answered: {answer}");
        Ok(answer)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Read};
    use std::net::TcpListener;

    use super::*;
    use crate::test::tests::scratch;

    /// Answers one request after another, and returns what was asked.
    fn portal(answers: &'static [&'static str]) -> (String, thread::JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/api", listener.local_addr().unwrap());
        let asked = thread::spawn(move || {
            let answer = |answer: &&str| {
                let (mut stream, _) = listener.accept().unwrap();
                let mut reader = BufReader::new(&stream);
                let mut head = String::new();
                while !head.ends_with("\r\n\r\n") {
                    reader.read_line(&mut head).unwrap();
                }
                let length = head.to_lowercase();
                let length = length.split("content-length: ").nth(1).unwrap();
                let length: usize = length.lines().next().unwrap().parse().unwrap();
                let mut body = vec![0; length];
                reader.read_exact(&mut body).unwrap();
                let (status, text) = answer.split_once(' ').unwrap();
                let length = text.len();
                write!(
                    stream,
                    "HTTP/1.1 {status} a\r\ncontent-length: {length}\r\n\r\n{text}"
                )
                .unwrap();
                head + &String::from_utf8_lossy(&body)
            };
            answers.iter().map(answer).collect()
        });
        (url, asked)
    }

    #[test]
    fn a_bundle_is_uploaded_and_waited_for() {
        let folder = scratch("release-portal");
        let bundle = folder.join("a.zip");
        fs::write(&bundle, "its bytes").unwrap();
        let (url, asked) = portal(&[
            "201 28570f16",
            r#"200 {"deploymentState":"VALIDATING"}"#,
            r#"200 {"deploymentState":"PUBLISHED"}"#,
        ]);
        let portal = Portal {
            url: &url,
            token: "dTpw",
        };
        let id = portal.upload(&bundle, "openint-1.2.3").unwrap();
        portal.wait(&id, Duration::ZERO).unwrap();
        let asked = asked.join().unwrap();
        assert!(
            asked[0].starts_with("POST /api/upload?name=openint-1.2.3&publishingType=AUTOMATIC ")
        );
        assert!(
            asked[0].contains("name=\"bundle\"; filename=\"a.zip\""),
            "{}",
            asked[0]
        );
        assert!(asked[0].contains("its bytes"));
        assert!(asked[2].starts_with("POST /api/status?id=28570f16 "));
        assert!(
            asked
                .iter()
                .all(|asked| asked.contains("Authorization: Bearer dTpw\r\n"))
        );
    }

    #[test]
    fn a_refused_bundle_is_an_error() {
        let (url, asked) = portal(&[
            r#"200 {"deploymentState":"FAILED","errors":{"a":["no javadoc"]}}"#,
            "401 not you",
        ]);
        let portal = Portal {
            url: &url,
            token: "",
        };
        let said = portal.wait("a", Duration::ZERO).unwrap_err().to_string();
        assert!(said.contains("no javadoc"), "{said}");
        let said = portal.wait("a", Duration::ZERO).unwrap_err().to_string();
        assert_eq!(said, "Maven Central answered: not you");
        asked.join().unwrap();
    }
}
