//! Where Swift comes from: the PATH, or on Debian a system of its own in a folder.
//!
//! Debian 12 has no Swift, Debian 13 has. A minimal Debian 13 with it goes into a folder outside
//! the checkout, once, and commands run in it by `chroot`. What they need of this machine is
//! mounted in a mount namespace of the command's own, so nothing stays mounted and two runs do not
//! meet.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::run;
use crate::process;
use crate::suite::Missing;

/// The variable that names another folder than [`PRESET_HOME`].
const HOME_VARIABLE: &str = "OPENINT_SWIFT_HOME";
const PRESET_HOME: &str = "/opt/openint-swift";
const RELEASE: &str = "trixie";
const PACKAGES: [&str; 6] = [
    "swiftlang",
    "libc6-dev",
    "libstdc++-14-dev",
    "libncurses-dev",
    "git",
    "ca-certificates",
];
/// Written last; its presence says that the folder is whole.
const COMPLETE: &str = ".openint-swift-complete";
/// Written first; its presence says that the folder is ours to remove.
const BEGUN: &str = ".openint-swift-begun";
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

/// A usable Swift.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Toolchain {
    /// `swift` on the PATH.
    OnPath,
    /// In the system in this folder.
    Chroot(PathBuf),
}

impl Toolchain {
    /// The one that is there.
    pub(crate) fn installed() -> Option<Self> {
        if process::find("swift").is_some() {
            return Some(Self::OnPath);
        }
        let home = home();
        is_complete(&home).then_some(Self::Chroot(home))
    }

    /// The one that is there, or on Debian a new one.
    ///
    /// Fails with [`Missing`] where there is none and this command cannot make one.
    pub(crate) fn set_up() -> Result<Self> {
        if process::find("swift").is_some() {
            process::say("swift: the one on the PATH");
            return Ok(Self::OnPath);
        }
        let system = fs::read_to_string("/etc/os-release").unwrap_or_default();
        let user = Command::new("id").arg("-u").output();
        let is_root = user.is_ok_and(|id| id.stdout.trim_ascii() == b"0");
        let mount = Command::new("unshare").args(["--mount", "true"]).output();
        let may_mount = mount.is_ok_and(|mount| mount.status.success());
        if let Some(missing) = missing(&system, is_root, may_mount) {
            bail!(missing);
        }
        let home = home();
        if is_complete(&home) {
            process::say(format_args!("swift: the one in {}", home.display()));
        } else {
            install(&home, &system)?;
        }
        Ok(Self::Chroot(home))
    }

    /// The builder of documentation, as [`Toolchain::command`] takes it. It is where the compiler
    /// is, which is seldom on the PATH itself.
    pub(crate) fn docc(&self) -> Option<PathBuf> {
        match self {
            Self::OnPath => {
                let swift = process::find("swift")?.canonicalize().ok()?;
                let beside = swift.with_file_name("docc");
                beside
                    .is_file()
                    .then_some(beside)
                    .or_else(|| process::find("docc"))
            }
            Self::Chroot(home) => {
                let places = ["usr/libexec/swift/bin/docc", "usr/bin/docc"];
                let found = places.iter().find(|place| home.join(place).is_file())?;
                Some(Path::new("/").join(found))
            }
        }
    }

    /// A command that runs a program of the toolchain in `directory`; its first argument is the
    /// program. It sees the `folders` where they are.
    pub(crate) fn command(&self, folders: &[&Path], directory: &Path) -> Result<Command> {
        let directory = directory
            .canonicalize()
            .with_context(|| directory.display().to_string())?;
        match self {
            Self::OnPath => {
                // `env` so that the first argument is the program here as well.
                let mut command = process::program("env", &directory);
                command.current_dir(&directory);
                Ok(command)
            }
            Self::Chroot(home) => enter(home, folders, &directory),
        }
    }
}

fn enter(home: &Path, folders: &[&Path], directory: &Path) -> Result<Command> {
    let mut command = process::program("unshare", Path::new("/"));
    command
        .args(["--mount", "--propagation", "private", "sh", "-euc", ENTER])
        .arg("sh")
        .arg(home)
        .arg(directory)
        .arg(folders.len().to_string())
        .args(folders);
    Ok(command)
}

fn home() -> PathBuf {
    env::var_os(HOME_VARIABLE).map_or_else(|| PRESET_HOME.into(), PathBuf::from)
}

fn is_complete(home: &Path) -> bool {
    // A link whose target is a path of that system.
    home.join(COMPLETE).is_file() && home.join("usr/bin/swift").symlink_metadata().is_ok()
}

/// What keeps this command from making a system with Swift, or from entering it.
fn missing(system: &str, is_root: bool, may_mount: bool) -> Option<Missing> {
    let why = if os_release(system, "ID") != Some("debian") {
        "install Swift 6 with: swiftly install 6.0"
    } else if !is_root {
        "install it as root with: cargo xtask setup swift"
    } else if !may_mount {
        "nothing may be mounted here, so install Swift 6 with: swiftly install 6.0"
    } else {
        return None;
    };
    Some(Missing(format!("swift is missing; {why}")))
}

fn install(home: &Path, system: &str) -> Result<()> {
    let codename = os_release(system, "VERSION_CODENAME").unwrap_or_default();
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
    let mirror = mirror(&targets, codename)
        .context("apt is not set up with a Debian mirror that another release could come from")?;

    if home.join(BEGUN).is_file() {
        process::say(format_args!("removing an unfinished {}", home.display()));
        fs::remove_dir_all(home)?;
    } else if home.exists() && fs::read_dir(home)?.next().is_some() {
        bail!(
            "{} is neither empty nor a system that this command made; set {HOME_VARIABLE}",
            home.display()
        );
    }
    fs::create_dir_all(home)?;
    fs::write(home.join(BEGUN), "")?;
    process::say(format_args!(
        "swift: making a Debian {RELEASE} with it in {} (3 GB, some minutes)",
        home.display()
    ));
    if process::find("debootstrap").is_none() {
        let install = ["install", "-y", "--no-install-recommends", "debootstrap"];
        // A fresh machine has no lists of packages yet.
        for args in [&["update"][..], &install] {
            let mut apt = process::program("apt-get", Path::new("/"));
            apt.args(args);
            run(apt, &format!("apt-get {}", args.join(" ")))?;
        }
    }
    let mut debootstrap = process::program("debootstrap", Path::new("/"));
    debootstrap
        .args(["--variant=minbase", RELEASE])
        .arg(home)
        .arg(mirror);
    run(debootstrap, "debootstrap")?;
    let inside = |args: &[&str]| -> Result<()> {
        let mut command = enter(home, &[], Path::new("/"))?;
        command.args(args).env("DEBIAN_FRONTEND", "noninteractive");
        run(command, &args.join(" "))
    };
    inside(&["apt-get", "update"])?;
    let mut install = vec!["apt-get", "install", "-y", "--no-install-recommends"];
    install.extend(PACKAGES);
    inside(&install)?;
    inside(&["apt-get", "clean"])?;
    inside(&["swift", "--version"])?;
    fs::write(home.join(COMPLETE), "")?;
    fs::remove_file(home.join(BEGUN))?;
    Ok(())
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
    fn what_is_missing_is_said_with_the_command_that_installs_it() {
        let said = |system, is_root, may_mount| {
            missing(system, is_root, may_mount).map(|missing| missing.to_string())
        };
        let debian = "ID=debian\n";
        assert_eq!(said(debian, true, true), None);
        assert_eq!(
            said(debian, true, false).unwrap(),
            "swift is missing; nothing may be mounted here, so install Swift 6 with: \
             swiftly install 6.0"
        );
        assert_eq!(
            said(debian, false, false).unwrap(),
            "swift is missing; install it as root with: cargo xtask setup swift"
        );
        assert_eq!(
            said("ID=fedora\n", true, true).unwrap(),
            "swift is missing; install Swift 6 with: swiftly install 6.0"
        );
    }

    #[test]
    fn a_system_counts_only_when_it_is_whole() {
        let home = scratch("swift-home");
        fs::create_dir_all(home.join("usr/bin")).unwrap();
        fs::write(home.join("usr/bin/swift"), "").unwrap();
        assert!(!is_complete(&home));
        fs::write(home.join(COMPLETE), "").unwrap();
        assert!(is_complete(&home));
    }
}
