//! Memory that this process holds, the sandbox inside it included.

/// Resident bytes: now, and the most there ever were.
#[cfg(target_os = "linux")]
pub(crate) fn resident() -> (i64, i64) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let bytes = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name)).unwrap();
        let kilobytes: i64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
        kilobytes * 1024
    };
    (bytes("VmRSS:"), bytes("VmHWM:"))
}
