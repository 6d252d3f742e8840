//! Writes the Kotlin side of a library built by `pinterest-sdk-ffi`, from what that library holds.

fn main() {
    uniffi::uniffi_bindgen_main();
}
