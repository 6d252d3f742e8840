//! The environment's variables that decide over connections.

use std::env;

use crate::secret::Secret;

/// In the order in which they count: as for curl, the lower-case spelling and the special one first.
const PROXY: [&str; 4] = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
const NO_PROXY: [&str; 2] = ["no_proxy", "NO_PROXY"];

/// A variable that is set and not empty.
#[derive(Clone)]
pub(crate) struct Variable {
    pub(crate) name: &'static str,
    /// Trimmed; `None` if it is not UTF-8. A proxy's URL may hold a password.
    pub(crate) value: Option<Secret>,
}

/// What the environment says about proxies, as it was when it was read.
#[derive(Clone, Default)]
pub(crate) struct ProxyVariables {
    pub(crate) proxy: Option<Variable>,
    pub(crate) no_proxy: Option<Variable>,
}

impl ProxyVariables {
    pub(crate) fn read() -> Self {
        Self {
            proxy: first(&PROXY),
            no_proxy: first(&NO_PROXY),
        }
    }
}

fn first(names: &[&'static str]) -> Option<Variable> {
    names.iter().find_map(|&name| {
        let value = env::var_os(name)?.into_string();
        let value = value.ok().map(|text| Secret::new(text.trim()));
        let is_empty = value.as_ref().is_some_and(Secret::is_empty);
        (!is_empty).then_some(Variable { name, value })
    })
}
