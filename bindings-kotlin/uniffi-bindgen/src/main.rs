//! Writes the Kotlin side of a library built by `pinterest-sdk-ffi`, from what that library holds:
//! `uniffi-bindgen LIBRARY CONFIGURATION FOLDER`.

use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage, generate};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [library, configuration, folder] = <[String; 3]>::try_from(arguments)
        .map_err(|_| "usage: uniffi-bindgen LIBRARY CONFIGURATION FOLDER")?;
    generate(GenerateOptions {
        languages: vec![TargetLanguage::Kotlin],
        source: library.into(),
        out_dir: folder.into(),
        config_override: Some(configuration.into()),
        format: false,
        crate_filter: None,
        metadata_no_deps: false,
    })?;
    Ok(())
}
