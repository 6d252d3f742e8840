//! What can be asked for.

// The comments are the help that people read, and the switches are theirs.
#![allow(clippy::doc_markdown, clippy::struct_excessive_bools)]

use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use pinterest_sdk::Environment;
use pinterest_sdk::store::Account;

const EXAMPLES: &str = "\
Examples:
  export PINTEREST_APP_ID=1234567           # from https://developers.pinterest.com/apps/
  pinterest login                           # asks for the app secret, opens the browser
  pinterest status                          # how long the tokens live
  curl -H \"Authorization: Bearer $(pinterest token)\" https://api.pinterest.com/v5/user_account
  pinterest api boards list --page-size 5   # any operation; `pinterest api` lists them
  pinterest mcp                             # the same operations as tools, for an assistant
  pinterest doctor                          # what is wrong, and how to mend it

Secrets come from the environment, a file, standard input or a hidden prompt, never from arguments.
Tokens are sealed with the key in PINTEREST_TOKEN_KEY or in the file PINTEREST_TOKEN_KEY_FILE, if one is set.

Exit codes: 0 done, 1 doctor found something, 2 not asked for rightly, 3 log in first,
  4 Pinterest or the person refused, 5 no usable answer: try again later, 6 tokens cannot be
  read or kept, 7 the sandbox's port is in use,
  130 interrupted (128 and the number of the signal that ended it)";

const API_EXAMPLES: &str = "\
Examples:
  pinterest api                             # every operation; of one group: pinterest api boards
  pinterest api boards list --page-size 5
  pinterest api boards create --name Ideas --dry-run
  pinterest api pins create --help          # what it takes
  pinterest api pins create --board-id 1234 --media-source @media.json
  pinterest api boards list --paginate | jq -r '.items[].name'";

/// Pinterest's OAuth on the command line: log in once, have a valid token ever after.
#[derive(Parser)]
#[command(name = "pinterest", bin_name = "pinterest", version, after_help = EXAMPLES, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command understands.
#[derive(Args)]
#[command(next_help_heading = "Options of every command")]
pub(crate) struct Common {
    /// Which set of tokens: one a person, app and environment [env: PINTEREST_PROFILE] [default: default]
    #[arg(long, global = true, value_hint = ValueHint::Other)]
    pub(crate) profile: Option<Account>,
    /// Pinterest's production or Pinterest's API Sandbox, which `pinterest sandbox` is not;
    /// PINTEREST_API_URI and PINTEREST_OAUTH_URI name others
    #[arg(long = "env", global = true, value_enum)]
    pub(crate) environment: Option<World>,
    /// The app id [env: PINTEREST_APP_ID]
    #[arg(long, global = true, value_hint = ValueHint::Other)]
    pub(crate) app_id: Option<String>,
    /// Read the app secret from this file, `-` for standard input, instead of PINTEREST_APP_SECRET
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) app_secret_file: Option<PathBuf>,
    /// Print JSON
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

/// Options of every command whose value is the next argument.
pub(crate) const WITH_VALUES: [&str; 4] = ["--profile", "--env", "--app-id", "--app-secret-file"];

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum World {
    Production,
    Sandbox,
}

impl From<World> for Environment {
    fn from(world: World) -> Self {
        match world {
            World::Production => Self::Production,
            World::Sandbox => Self::Sandbox,
        }
    }
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Log a person in through the browser, and keep the tokens
    Login(Login),
    /// Print a valid access token, renewed if it is time
    Token,
    /// Renew the tokens now; a job that does it weekly keeps them alive
    Refresh(Refresh),
    /// Show how much of the tokens' lives is left, of every profile
    Status,
    /// End the tokens at Pinterest, which allows it for system users only, and forget them
    Revoke(Revoke),
    /// Print a long-lived token for sending conversions; needs the scope ads:write
    ConversionToken,
    /// Call any operation of the API by its name, or list them
    #[command(after_help = API_EXAMPLES)]
    Api,
    /// Ask any endpoint of the API
    Request(Request),
    /// Serve the operations as tools to an assistant (Model Context Protocol, standard input and output)
    Mcp(Mcp),
    /// Forget the profile's tokens on this machine
    Logout(Logout),
    /// Seal the tokens of every profile with the current key, those that are not sealed included
    Reseal,
    /// List the names of the profiles that are logged in
    Profiles,
    /// Check the app, the network, the clock, the redirect URI and the files; name the fixes
    Doctor(Doctor),
    /// Start a Pinterest of your own on this machine, to test against; Pinterest's own is --env sandbox
    #[command(disable_help_flag = true)]
    Sandbox {
        /// The sandbox's own options; `--help` lists them
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        options: Vec<std::ffi::OsString>,
    },
    /// Print a script that completes commands in a shell
    Completions { shell: Shell },
}

#[derive(Args)]
#[command(after_help = "\
Examples:
  pinterest login
  pinterest login --scopes user_accounts:read,ads:read --profile ads
  pinterest login --no-browser              # over SSH: open the URL anywhere, paste what comes back
  pinterest login --app-secret-file secret.txt --env sandbox --profile test
  pinterest login --client-credentials      # in CI: a token for the app owner's own account
  pinterest login --with-token < token.txt  # a token that was made elsewhere; it is not renewed")]
pub(crate) struct Login {
    /// What to ask for, separated by commas
    #[arg(long, default_value = "user_accounts:read,pins:read,boards:read", value_hint = ValueHint::Other)]
    pub(crate) scopes: String,
    /// A redirect URI that is registered for the app, byte for byte [env: PINTEREST_REDIRECT_URI]
    /// [default: http://localhost:8085/]
    #[arg(long, value_hint = ValueHint::Url)]
    pub(crate) redirect_uri: Option<String>,
    /// Print the URL, and read the address that the person's browser ends at
    #[arg(long)]
    pub(crate) no_browser: bool,
    /// Take an access token from standard input; needs no app secret
    #[arg(long, conflicts_with_all = ["no_browser", "client_credentials", "keep_app_secret", "scopes", "pkce", "continuous_refresh", "comma_separated_scopes", "redirect_uri", "wait"])]
    pub(crate) with_token: bool,
    /// Ask for a token for the app owner's own account, without a person
    #[arg(long, conflicts_with_all = ["no_browser", "pkce", "continuous_refresh", "redirect_uri", "wait"])]
    pub(crate) client_credentials: bool,
    /// Ask for a continuous refresh token; apps made before 25 September 2025 must
    #[arg(long)]
    pub(crate) continuous_refresh: bool,
    /// Add a PKCE challenge, which Pinterest does not document
    #[arg(long)]
    pub(crate) pkce: bool,
    /// Write the scopes with commas between them, as Pinterest's own examples do
    #[arg(long)]
    pub(crate) comma_separated_scopes: bool,
    /// Keep the app secret beside the tokens, so that renewals need no PINTEREST_APP_SECRET
    #[arg(long)]
    pub(crate) keep_app_secret: bool,
    /// Seal the tokens of every profile here with a key in the system's keyring
    #[arg(long)]
    pub(crate) keyring: bool,
    /// How long the person may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 600, value_parser = seconds, value_hint = ValueHint::Other)]
    pub(crate) wait: u64,
}

fn seconds(text: &str) -> Result<u64, String> {
    match text.parse::<u64>() {
        Ok(0) => Err("it is the time that a person has, at least 1".to_owned()),
        Ok(seconds) => Ok(seconds),
        Err(error) => Err(error.to_string()),
    }
}

#[derive(Args)]
#[command(after_help = "\
Examples:
  pinterest refresh --quiet                 # in a weekly timer: only what goes wrong is said
  pinterest refresh --keep-app-secret       # after the app got a new secret: asks for it, and keeps it")]
pub(crate) struct Refresh {
    /// Say nothing if all went well
    #[arg(long)]
    pub(crate) quiet: bool,
    /// Keep the app secret that is given or asked for now in the profile, in place of the one kept there
    #[arg(long)]
    pub(crate) keep_app_secret: bool,
}

#[derive(Args, Default)]
#[command(after_help = "\
Examples:
  pinterest mcp                             # an assistant starts it so; it may read, and change nothing
  pinterest mcp --tools boards,pins         # tools for these groups, instead of three for any operation
  pinterest mcp --write boards,pins/create  # it may also change boards, and create Pins
  pinterest mcp --write all --dry-run       # shows what it would send")]
pub(crate) struct Mcp {
    /// Make a tool of each of these operations or groups, of `all` of them, and serve no others; separated by commas
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_hint = ValueHint::Other)]
    pub(crate) tools: Vec<String>,
    /// Allow these operations or groups, or `all`, that change something; without it only what reads is called
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_hint = ValueHint::Other)]
    pub(crate) write: Vec<String>,
    /// Answer with the request, without the token, and send nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// How many pages a call may ask for
    #[arg(long, value_name = "COUNT", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=1000), value_hint = ValueHint::Other)]
    pub(crate) max_pages: u32,
    /// How long a result may be; a longer one is cut, and says so
    #[arg(long, value_name = "BYTES", default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(1000..), value_hint = ValueHint::Other)]
    pub(crate) max_result_bytes: u32,
}

#[derive(Args)]
pub(crate) struct Logout {
    /// Forget those of every profile, whatever app and environment they are for
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Args)]
pub(crate) struct Revoke {
    /// End the token in this file, `-` for standard input, instead of the profile's
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) token_file: Option<PathBuf>,
}

#[derive(Args)]
#[command(
    override_usage = "pinterest request [OPTIONS] [METHOD] <PATH>",
    after_help = "\
Examples:
  pinterest request /user_account
  pinterest request /boards --query page_size=5
  pinterest request POST /boards --data '{\"name\": \"Ideas\"}'
  pinterest request POST /pins --data @pin.json
  pinterest request /boards --paginate | jq -r '.items[].name'
  PINTEREST_ACCESS_TOKEN=... pinterest request /user_account   # without a profile"
)]
pub(crate) struct Request {
    /// The method, if it is not GET, and the path, with or without /v5
    #[arg(required = true, num_args = 1..=2, value_names = ["METHOD", "PATH"], value_hint = ValueHint::Other)]
    pub(crate) target: Vec<String>,
    /// The method, instead of before the path
    #[arg(short = 'X', long, value_name = "METHOD", value_hint = ValueHint::Other)]
    pub(crate) method: Option<String>,
    /// One more header, as 'Name: value'; may be given several times
    #[arg(short = 'H', long = "header", value_name = "HEADER", value_hint = ValueHint::Other)]
    pub(crate) headers: Vec<String>,
    /// A query parameter, as name=value; may be given several times
    #[arg(short, long = "query", value_name = "NAME=VALUE", value_hint = ValueHint::Other)]
    pub(crate) query: Vec<String>,
    /// JSON to send; @FILE reads it from a file, `-` from standard input
    #[arg(short, long, value_name = "JSON", value_hint = ValueHint::Other)]
    pub(crate) data: Option<String>,
    /// A file to send as it is, `-` for standard input; JSON, unless a Content-Type is given
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "data")]
    pub(crate) input: Option<PathBuf>,
    /// Print the answer's status and headers as well
    #[arg(short, long)]
    pub(crate) include: bool,
    /// Ask for every page, and print one after another
    #[arg(long, conflicts_with_all = ["data", "input"])]
    pub(crate) paginate: bool,
    /// The largest answer to take, in bytes after decompression [default: 64 MiB]
    #[arg(long, value_name = "BYTES", value_hint = ValueHint::Other)]
    pub(crate) max_answer_bytes: Option<usize>,
}

impl Request {
    /// The file that is read for the body, and the option that names it.
    pub(crate) fn body_file(&self) -> (&'static str, Option<&Path>) {
        match &self.input {
            Some(path) => ("--input", Some(path)),
            None => ("--data", self.data.as_deref().and_then(file_of)),
        }
    }
}

#[derive(Args)]
pub(crate) struct Doctor {
    /// The redirect URI to check [env: PINTEREST_REDIRECT_URI] [default: http://localhost:8085/]
    #[arg(long, value_hint = ValueHint::Url)]
    pub(crate) redirect_uri: Option<String>,
    /// Look at this machine only; ask Pinterest nothing
    #[arg(long)]
    pub(crate) offline: bool,
}

/// The file that an argument stands for: `@` and its name, or `-` for standard input.
pub(crate) fn file_of(argument: &str) -> Option<&Path> {
    match argument {
        "-" => Some(Path::new("-")),
        argument => argument.strip_prefix('@').map(Path::new),
    }
}
