//! What systems demand of a library or program, and what it demands of them.

use anyhow::{Context, Result, bail, ensure};
use goblin::Object;
use goblin::elf::{Elf, header, program_header};

/// The largest pages that a device can have.
const PAGE: u64 = 16 * 1024;

/// The folders of an app's libraries, and the processor of each as ELF numbers it.
const ABIS: [(&str, u16); 4] = [
    ("arm64-v8a", header::EM_AARCH64),
    ("armeabi-v7a", header::EM_ARM),
    ("x86", header::EM_386),
    ("x86_64", header::EM_X86_64),
];

/// Returns true if this is the name of an ABI.
pub(crate) fn is_abi(name: &str) -> bool {
    ABIS.iter().any(|(abi, _)| *abi == name)
}

/// Checks that `library` is a shared library for `abi` whose segments can be mapped on every
/// device. 32-bit processes have pages of 4 KB everywhere.
pub(crate) fn check(library: &[u8], abi: &str) -> Result<()> {
    let machine = ABIS.iter().find(|(name, _)| *name == abi);
    let (_, machine) = machine.with_context(|| format!("{abi} is no ABI of Android"))?;
    let elf = Elf::parse(library).context("it is no ELF file")?;
    ensure!(
        elf.header.e_machine == *machine,
        "it is for {}, not for {abi}",
        header::machine_to_str(elf.header.e_machine)
    );
    ensure!(
        elf.header.e_type == header::ET_DYN,
        "it is no shared library"
    );
    let segments = elf.program_headers.iter();
    let smallest = segments
        .filter(|segment| segment.p_type == program_header::PT_LOAD)
        .map(|segment| segment.p_align)
        .min()
        .context("it has nothing to load")?;
    if elf.is_64 && smallest < PAGE {
        bail!(
            "its segments are aligned to {smallest} bytes, not {PAGE}: \
             link it with -Wl,-z,max-page-size={PAGE}"
        );
    }
    Ok(())
}

/// Returns true if the library gives others a symbol of that name.
pub(crate) fn exports(library: &[u8], symbol: &str) -> Result<bool> {
    let elf = Elf::parse(library).context("it is no ELF file")?;
    Ok(elf
        .dynsyms
        .iter()
        .any(|found| !found.is_import() && elf.dynstrtab.get_at(found.st_name) == Some(symbol)))
}

/// Returns the names of the libraries that the file needs; on Linux without the loader itself.
pub(crate) fn needed(file: &[u8]) -> Result<Vec<String>> {
    let names = match Object::parse(file).context("it is no program")? {
        Object::Elf(elf) => elf.libraries,
        Object::PE(pe) => pe.libraries,
        _ => bail!("it is for neither Linux nor Windows"),
    };
    Ok(names.into_iter().map(str::to_owned).collect())
}

/// Returns the oldest glibc that has all that the file needs of it; nothing if it needs none.
pub(crate) fn glibc(file: &[u8]) -> Result<Option<(u64, u64)>> {
    let elf = Elf::parse(file).context("it is no ELF file")?;
    let needed = elf.verneed.iter().flat_map(|section| section.iter());
    let versions = needed.flat_map(|library| library.iter().collect::<Vec<_>>());
    let numbers = versions.filter_map(|version| {
        let name = elf.dynstrtab.get_at(version.vna_name)?;
        let (major, rest) = name.strip_prefix("GLIBC_")?.split_once('.')?;
        let minor = rest.split('.').next()?;
        Some((major.parse().ok()?, minor.parse().ok()?))
    });
    Ok(numbers.max())
}

#[cfg(all(test, target_os = "linux", target_arch = "x86_64"))]
mod tests {
    use super::*;

    /// This program itself: position-independent, for pages of 4 KB.
    fn this() -> Vec<u8> {
        std::fs::read(std::env::current_exe().unwrap()).unwrap()
    }

    #[test]
    fn the_oldest_glibc_of_a_program_is_read() {
        let (major, minor) = glibc(&this()).unwrap().unwrap();
        assert!(major == 2 && minor >= 17, "{major}.{minor}");
        assert!(glibc(b"no program").is_err());
    }

    #[test]
    fn the_libraries_that_a_program_needs_are_read() {
        let needed = needed(&this()).unwrap();
        assert!(needed.iter().any(|name| name == "libc.so.6"), "{needed:?}");
        assert!(super::needed(b"no program").is_err());
    }

    #[test]
    fn what_a_device_could_not_load_is_refused() {
        let said = |bytes: &[u8], abi| format!("{:#}", check(bytes, abi).unwrap_err());
        let this = this();
        assert!(said(&this, "x86_64").contains("aligned to 4096 bytes, not 16384"));
        assert_eq!(
            said(&this, "arm64-v8a"),
            "it is for X86_64, not for arm64-v8a"
        );
        assert_eq!(said(&this, "mips"), "mips is no ABI of Android");
        assert!(said(b"no library", "x86").starts_with("it is no ELF file"));

        // The same with the alignments that the linker's option makes.
        let mut aligned = this.clone();
        let (start, size) = (64, 56);
        let count = usize::from(u16::from_le_bytes([this[56], this[57]]));
        for entry in 0..count {
            let at = start + entry * size;
            if this[at..at + 4] == program_header::PT_LOAD.to_le_bytes() {
                aligned[at + 48..at + 56].copy_from_slice(&PAGE.to_le_bytes());
            }
        }
        check(&aligned, "x86_64").unwrap();
    }

    #[test]
    fn only_what_a_library_gives_is_exported() {
        assert!(!exports(&this(), "no_such_symbol").unwrap());
        assert!(exports(b"", "a").is_err());
    }
}
