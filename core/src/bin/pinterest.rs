//! The program `pinterest`.

use std::process::ExitCode;

fn main() -> ExitCode {
    pinterest_sdk::cli::run(std::env::args_os()).into()
}
