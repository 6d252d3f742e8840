//! Which of Pinterest's hosts has what. Through the proxy one port is all of them, and a program that
//! asks the wrong one must learn it here.

use crate::http::Request;

const PAGES: &str = "www.pinterest.com";
const API: [&str; 2] = ["api.pinterest.com", "api-sandbox.pinterest.com"];

/// What is wrong with the host of a request, if it is one of Pinterest's that does not have the path. A
/// host that is not Pinterest's, as `localhost`, has everything.
pub(crate) fn elsewhere(request: &Request) -> Option<String> {
    let host = request.host().to_ascii_lowercase();
    let is_page = matches!(request.path.as_str(), "/oauth" | "/oauth/");
    let right = match host.as_str() {
        PAGES if !is_page => API[0],
        host if API.contains(&host) && is_page => PAGES,
        PAGES => return None,
        host if API.contains(&host) => return None,
        host if host == "pinterest.com" || host.ends_with(".pinterest.com") => {
            return Some(format!(
                "The sandbox is not {host}: it is {PAGES}, {} and {}.",
                API[0], API[1]
            ));
        }
        _ => return None,
    };
    Some(format!("{host} does not have this path: ask {right}."))
}
