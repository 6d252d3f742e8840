//! Which hosts are reached without a proxy: lists as in `NO_PROXY`.
//!
//! Nobody has specified these lists. An entry means here what it means to curl; what curl ignores
//! and other well-known clients take (a port, `*` before a name, spaces as separators) is taken too.

use std::net::IpAddr;

use ipnet::IpNet;
use url::Host;

/// Whether `list` names the host. Entries are separated by commas or white space: `*`, a name (which
/// stands for its subdomains too, with or without `.` or `*.` before it), an address, a network as
/// `10.0.0.0/8`; each but the network may be followed by the one port that it is for. Anything else
/// names nothing.
pub(crate) fn names(list: &str, host: &Host<String>, port: u16) -> bool {
    list.split(|c: char| c == ',' || c.is_whitespace())
        .filter(|entry| !entry.is_empty())
        .any(|entry| {
            is_named(entry, host)
                || entry
                    .rsplit_once(':')
                    .is_some_and(|(name, at)| at.parse() == Ok(port) && is_named(name, host))
        })
}

fn is_named(entry: &str, host: &Host<String>) -> bool {
    if entry == "*" {
        return true;
    }
    let bare = entry
        .strip_prefix('[')
        .and_then(|entry| entry.strip_suffix(']'))
        .unwrap_or(entry);
    let address = match host {
        Host::Domain(domain) => return is_domain(entry, domain),
        Host::Ipv4(address) => IpAddr::V4(*address),
        Host::Ipv6(address) => IpAddr::V6(*address),
    }
    .to_canonical();
    bare.parse::<IpAddr>()
        .is_ok_and(|named| named.to_canonical() == address)
        || bare
            .parse::<IpNet>()
            .is_ok_and(|network| network.contains(&address))
}

fn is_domain(entry: &str, domain: &str) -> bool {
    let domain = domain.trim_end_matches('.');
    let name = entry.strip_prefix('*').unwrap_or(entry);
    let has_any_beginning = name.len() < entry.len() && !name.starts_with('.');
    let name = name.trim_start_matches('.').trim_end_matches('.');
    // As the host's own name was read: lower case, and the ASCII form of other scripts.
    let Ok(Host::Domain(name)) = Host::parse(name) else {
        return false;
    };
    domain
        .strip_suffix(name.as_str())
        .is_some_and(|before| before.is_empty() || before.ends_with('.') || has_any_beginning)
}

#[cfg(test)]
mod tests {
    use url::Host;

    use super::names;

    fn host(text: &str) -> Host<String> {
        Host::parse(text).unwrap()
    }

    #[test]
    fn every_form_of_an_entry_means_what_it_means_to_others() {
        for (list, name, port) in [
            ("*", "api.pinterest.com", 443),
            ("*", "10.1.2.3", 443),
            ("*", "[fd00::1]", 443),
            ("*:443", "api.pinterest.com", 443),
            ("api.pinterest.com", "api.pinterest.com", 443),
            ("API.Pinterest.COM", "api.pinterest.com", 443),
            ("pinterest.com", "api.pinterest.com", 443),
            (".pinterest.com", "api.pinterest.com", 443),
            (".pinterest.com", "pinterest.com", 443),
            ("*.pinterest.com", "api.pinterest.com", 443),
            ("*pinterest.com", "api.pinterest.com", 443),
            ("*terest.com", "api.pinterest.com", 443),
            ("pinterest.com.", "api.pinterest.com", 443),
            ("pinterest.com", "api.pinterest.com.", 443),
            ("api.pinterest.com:443", "api.pinterest.com", 443),
            (".pinterest.com:8443", "api.pinterest.com", 8443),
            ("localhost,.example, pinterest.com", "api.pinterest.com", 443),
            ("localhost pinterest.com", "api.pinterest.com", 443),
            ("localhost\tpinterest.com;", "localhost", 443),
            ("com", "api.pinterest.com", 443),
            ("10.0.0.0/8", "10.1.2.3", 443),
            ("10.1.2.3", "10.1.2.3", 443),
            ("10.1.2.3:443", "10.1.2.3", 443),
            ("10.0.0.0/8", "[::ffff:10.1.2.3]", 443),
            ("::1", "[::1]", 443),
            ("[::1]", "[::1]", 443),
            ("[::1]:443", "[::1]", 443),
            ("fd00::/8", "[fd00::1]", 443),
            ("[fd00::]/8,[fd00::1]", "[fd00::1]", 443),
        ] {
            assert!(names(list, &host(name), port), "{list:?} names {name}");
        }
    }

    #[test]
    fn other_hosts_and_ports_are_not_named() {
        for (list, name, port) in [
            ("", "api.pinterest.com", 443),
            (" , ,", "api.pinterest.com", 443),
            (".", "api.pinterest.com", 443),
            ("*.", "api.pinterest.com", 443),
            ("interest.com", "api.pinterest.com", 443),
            ("pinterest.com.evil", "api.pinterest.com", 443),
            ("x.api.pinterest.com", "api.pinterest.com", 443),
            ("api.pinterest.com:8443", "api.pinterest.com", 443),
            ("*:8443", "api.pinterest.com", 443),
            ("10.0.0.0/8", "api.pinterest.com", 443),
            ("10.0.0.0/8", "11.0.0.1", 443),
            ("10.0.0.0/33", "10.0.0.1", 443),
            ("1.2.3", "10.1.2.3", 443),
            ("3", "10.1.2.3", 443),
            ("::1", "[::2]", 443),
            ("https://api.pinterest.com", "api.pinterest.com", 443),
        ] {
            assert!(!names(list, &host(name), port), "{list:?} does not name {name}");
        }
    }
}
