//! What a person sees who starts the sandbox on a terminal: what to copy, and where to look.

use std::fmt::Write as _;
use std::path::Path;

use crate::addresses::Addresses;
use crate::environment::{exports, of_app, of_proxy};
use crate::options::Options;

/// The text.
pub(crate) fn text(options: &Options, addresses: &Addresses, ca: &Path) -> String {
    let mut text = String::new();
    let mut row = |name: &str, value: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {name:<14}{value}");
    };
    row("Dashboard", &format!("{}/_sandbox/", addresses.http));
    row("App id", &options.app_id);
    row("App secret", &options.app_secret);
    for (index, uri) in options.redirect_uris.iter().enumerate() {
        row(if index == 0 { "Redirect URIs" } else { "" }, uri);
    }
    row("Certificates", &ca.display().to_string());
    format!(
        "A Pinterest of your own, until you press Ctrl-C.\n\n{text}\n\
         For programs that read these variables, as `pinterest login` does, copy into another terminal:\n\n{}  pinterest login\n\n\
         For programs that know Pinterest's own addresses, these as well; everything else there will not reach\n\
         the internet, so that `pinterest sandbox -- COMMAND` is often better:\n\n{}\n",
        indented(&exports(&of_app(options, addresses))),
        indented(&exports(&of_proxy(addresses, ca)))
    )
}

fn indented(lines: &str) -> String {
    lines.lines().fold(String::new(), |mut all, line| {
        let _ = writeln!(all, "  {line}");
        all
    })
}
