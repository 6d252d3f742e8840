//! The program `pinterest-sandbox`.

use std::process::ExitCode;

fn main() -> ExitCode {
    pinterest_sandbox::run(std::env::args_os()).into()
}
