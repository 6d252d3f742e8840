//! Packs the table of Pinterest's operations, which lies in the sources as text.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let out = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/operations/table");
    for name in ["operations", "types", "enumerations"] {
        let text = fs::read(format!("src/operations/table/{name}.txt"))?;
        let packed = miniz_oxide::deflate::compress_to_vec(&text, 10);
        fs::write(Path::new(&out).join(name), packed)?;
    }
    Ok(())
}
