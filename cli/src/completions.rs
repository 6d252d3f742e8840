//! Scripts that complete commands.

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::arguments::Arguments;
use super::failure::Failure;
use super::screen::Screen;

pub(crate) fn print(shell: Shell, screen: &Screen) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "pinterest", &mut script);
    screen.print_bytes(&script)
}
