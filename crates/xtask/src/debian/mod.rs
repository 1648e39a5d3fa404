//! A system of its own in a folder: a minimal Debian 13, for tools that this machine's release does
//! not have.
//!
//! It is made once, outside the checkout, and commands run in it by `chroot`. What they need of this
//! machine is mounted in a mount namespace of the command's own, so nothing stays mounted and two
//! runs do not meet.

mod rust;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::process;
use crate::suite::Missing;

/// The folder of a system.
pub(crate) struct Home {
    /// The variable that names another folder.
    variable: &'static str,
    preset: &'static str,
}

/// Has Swift, and the oldest compiler of Rust.
pub(crate) const SWIFT: Home = Home {
    variable: "OPENINT_SWIFT_HOME",
    preset: "/opt/openint-swift",
};

/// Has what builds for other systems, whose newer Rust cannot be beside the oldest.
pub(crate) const CROSS: Home = Home {
    variable: "OPENINT_CROSS_HOME",
    preset: "/opt/openint-cross",
};

const RELEASE: &str = "trixie";
/// Written first; its presence says that the folder is ours to remove.
const BEGUN: &str = ".openint-begun";
/// Mounts what a command needs and runs it: `$1` is the system, `$2` the working directory, `$3`
/// how many folders follow to be mounted at the same place.
const ENTER: &str = r#"
system=$1 directory=$2 count=$3; shift 3
mount --rbind /proc "$system/proc"
mount --rbind /dev "$system/dev"
while [ "$count" -gt 0 ]; do
  mkdir -p "$system$1"
  mount --bind "$1" "$system$1"
  shift; count=$((count - 1))
done
exec chroot "$system" env -C "$directory" PATH=/usr/local/bin:/usr/bin:/bin HOME=/root "$@"
"#;

/// The system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Debian(PathBuf);

/// Packages that are installed together.
pub(crate) struct Packages {
    pub(crate) home: Home,
    pub(crate) name: &'static str,
    pub(crate) all: &'static [&'static str],
    /// A program of theirs, such as `usr/bin/swift`.
    pub(crate) program: &'static str,
}

impl Debian {
    /// The system, if these packages are in it.
    pub(crate) fn with(packages: &Packages) -> Option<Self> {
        let system = Self(packages.home.folder());
        system.has(packages).then_some(system)
    }

    /// The system with these packages in it, made and installed where it is not there.
    ///
    /// Fails with [`Missing`] where that cannot be.
    pub(crate) fn set_up(packages: &Packages) -> Result<Self> {
        let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
        let user = Command::new("id").arg("-u").output();
        let is_root = user.is_ok_and(|id| id.stdout.trim_ascii() == b"0");
        let mount = Command::new("unshare").args(["--mount", "true"]).output();
        let may_mount = mount.is_ok_and(|mount| mount.status.success());
        if let Some(why) = obstacle(&release, is_root, may_mount) {
            bail!(Missing(format!("{} is missing; {why}", packages.name)));
        }
        let system = Self(packages.home.folder());
        if system.has(packages) {
            process::say(format_args!("{}: in {}", packages.name, system.0.display()));
            return Ok(system);
        }
        if !system.0.join("usr/bin/apt-get").is_file() || system.0.join(BEGUN).is_file() {
            system.make(&release, packages.home.variable)?;
        }
        process::say(format_args!(
            "{}: installing it in {} (up to 5 GB, some minutes)",
            packages.name,
            system.0.display()
        ));
        system.inside(&["apt-get", "update"])?;
        let mut install = vec!["apt-get", "install", "-y", "--no-install-recommends"];
        install.extend(packages.all);
        system.inside(&install)?;
        system.inside(&["apt-get", "clean"])?;
        fs::write(system.complete(packages), packages.all.join("\n"))?;
        Ok(system)
    }

    /// The folder that it is in.
    pub(crate) fn home(&self) -> &Path {
        &self.0
    }

    /// A command that runs a program of the system in `directory`; its first argument is the
    /// program. It sees the `folders` where they are.
    pub(crate) fn enter(&self, folders: &[&Path], directory: &Path) -> Command {
        let mut command = process::program("unshare", Path::new("/"));
        command
            .args(["--mount", "--propagation", "private", "sh", "-euc", ENTER])
            .arg("sh")
            .arg(&self.0)
            .arg(directory)
            .arg(folders.len().to_string())
            .args(folders);
        command
    }

    /// Written last: the packages that are there.
    fn complete(&self, packages: &Packages) -> PathBuf {
        self.0.join(format!(".openint-{}-complete", packages.name))
    }

    fn has(&self, packages: &Packages) -> bool {
        // It may be a link whose target is a path of that system.
        let program = self.0.join(packages.program).symlink_metadata();
        let installed = fs::read_to_string(self.complete(packages));
        program.is_ok() && installed.is_ok_and(|all| all == packages.all.join("\n"))
    }

    fn inside(&self, args: &[&str]) -> Result<()> {
        let mut command = self.enter(&[], Path::new("/"));
        command.args(args).env("DEBIAN_FRONTEND", "noninteractive");
        process::run(command, &args.join(" "))
    }

    fn make(&self, release: &str, variable: &str) -> Result<()> {
        let home = &self.0;
        let codename = os_release(release, "VERSION_CODENAME").unwrap_or_default();
        let targets = Command::new("apt-get")
            .args([
                "indextargets",
                "--format",
                "$(REPO_URI) $(RELEASE) $(COMPONENT)",
            ])
            .stderr(Stdio::inherit())
            .output()
            .context("apt-get")?;
        let targets = String::from_utf8_lossy(&targets.stdout).into_owned();
        let mirror = mirror(&targets, codename).context(
            "apt is not set up with a Debian mirror that another release could come from",
        )?;

        if home.join(BEGUN).is_file() {
            process::say(format_args!("removing an unfinished {}", home.display()));
            fs::remove_dir_all(home)?;
        } else if home.exists() && fs::read_dir(home)?.next().is_some() {
            bail!(
                "{} is neither empty nor a system that this command made; set {variable}",
                home.display()
            );
        }
        fs::create_dir_all(home)?;
        fs::write(home.join(BEGUN), "")?;
        process::say(format_args!(
            "making a Debian {RELEASE} in {}",
            home.display()
        ));
        if process::find("debootstrap").is_none() {
            let install = ["install", "-y", "--no-install-recommends", "debootstrap"];
            // A fresh machine has no lists of packages yet.
            for args in [&["update"][..], &install] {
                let mut apt = process::program("apt-get", Path::new("/"));
                apt.args(args);
                process::run(apt, &format!("apt-get {}", args.join(" ")))?;
            }
        }
        let mut debootstrap = process::program("debootstrap", Path::new("/"));
        debootstrap
            .args(["--variant=minbase", RELEASE])
            .arg(home)
            .arg(mirror);
        process::run(debootstrap, "debootstrap")?;
        fs::remove_file(home.join(BEGUN))?;
        Ok(())
    }
}

impl Home {
    fn folder(&self) -> PathBuf {
        env::var_os(self.variable).map_or_else(|| self.preset.into(), PathBuf::from)
    }
}

/// Returns the reason why this command can neither make a system nor enter it.
fn obstacle(release: &str, is_root: bool, may_mount: bool) -> Option<&'static str> {
    if os_release(release, "ID") != Some("debian") {
        Some("this command installs it on Debian alone")
    } else if !is_root {
        Some("this command installs it as root alone")
    } else if !may_mount {
        Some("nothing may be mounted here, which this command needs to install it")
    } else {
        None
    }
}

/// A value of `/etc/os-release`.
fn os_release<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.lines()
        .find_map(|line| line.strip_prefix(key)?.strip_prefix('='))
        .map(|value| value.trim_matches('"'))
}

/// The mirror that apt takes this machine's own release from, in lines of URI, release and
/// component.
fn mirror<'a>(targets: &'a str, codename: &str) -> Option<&'a str> {
    targets.lines().find_map(|line| {
        let mut words = line.split(' ');
        let uri = words.next()?;
        (words.next()? == codename && words.next()? == "main").then_some(uri)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::tests::scratch;

    #[test]
    fn the_mirror_is_the_one_of_the_machines_own_release() {
        let targets = "http://security.example/debian-security/ bookworm-security main\n\
                       https://other.example/apt/ cloud-sdk-bookworm main\n\
                       http://mirror.example/debian/ bookworm contrib\n\
                       http://mirror.example/debian/ bookworm main\n";
        assert_eq!(
            mirror(targets, "bookworm"),
            Some("http://mirror.example/debian/")
        );
        assert_eq!(mirror(targets, "sid"), None);
    }

    #[test]
    fn os_release_is_read() {
        let text = "ID_LIKE=x\nID=debian\nVERSION_CODENAME=\"bookworm\"\n";
        assert_eq!(os_release(text, "ID"), Some("debian"));
        assert_eq!(os_release(text, "VERSION_CODENAME"), Some("bookworm"));
        assert_eq!(os_release(text, "VERSION"), None);
    }

    #[test]
    fn what_is_in_the_way_is_said() {
        let debian = "ID=debian\n";
        assert_eq!(obstacle(debian, true, true), None);
        assert!(obstacle(debian, true, false).unwrap().contains("mounted"));
        assert!(obstacle(debian, false, false).unwrap().contains("root"));
        assert!(
            obstacle("ID=fedora\n", true, true)
                .unwrap()
                .contains("Debian")
        );
    }

    #[test]
    fn packages_count_only_when_they_are_whole() {
        let folder = scratch("debian-home");
        let system = Debian(folder.to_path_buf());
        let packages = Packages {
            home: SWIFT,
            name: "swift",
            all: &["swiftlang"],
            program: "usr/bin/swift",
        };
        fs::create_dir_all(system.0.join("usr/bin")).unwrap();
        fs::write(system.0.join("usr/bin/swift"), "").unwrap();
        assert!(!system.has(&packages));
        fs::write(system.complete(&packages), "swift").unwrap();
        assert!(!system.has(&packages), "there are others now");
        fs::write(system.complete(&packages), "swiftlang").unwrap();
        assert!(system.has(&packages));
    }
}
