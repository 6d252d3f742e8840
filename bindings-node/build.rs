//! Strips the released library: unlike the release profile of the workspace, which keeps the
//! symbols that other faces generate code from, and without flags that would rebuild everything.

fn main() {
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|given| given == value);
    if is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux") {
        println!("cargo::rustc-cdylib-link-arg=-Wl,--strip-all");
    }
    println!("cargo::rerun-if-changed=build.rs");
}
