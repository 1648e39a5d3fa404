//! Generates the Kotlin and Swift code from the built library; `cargo xtask generate` runs it.

fn main() {
    uniffi::uniffi_bindgen_main();
}
