//! The apps that are registered, and what people have approved for them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::options::Options;

/// Apps made before this day get legacy refresh tokens unless they ask for continuous ones
/// (description of `POST /oauth/token` in Pinterest's OpenAPI file).
const CONTINUOUS_SINCE: &str = "2025-09-25";

/// A registered app; field names are those of the control request.
#[allow(clippy::struct_field_names)]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct App {
    pub(crate) app_id: String,
    pub(crate) app_secret: String,
    #[serde(default)]
    pub(crate) redirect_uris: Vec<String>,
    /// ISO 8601; today's kind of app unless given.
    #[serde(default = "recently")]
    pub(crate) created_at: String,
    #[serde(default)]
    pub(crate) name: String,
    /// Every scope that the user has ever approved.
    #[serde(skip)]
    approved: Vec<String>,
}

fn recently() -> String {
    "2026-01-01".into()
}

impl App {
    /// Says what is wrong with an app that someone wants to register.
    pub(crate) fn check(&self) -> Result<(), String> {
        if self.app_id.is_empty() || self.app_id.contains(':') {
            return Err("app_id is not empty and has no colon (RFC 7617 section 2)".into());
        }
        let date = self.created_at.as_bytes();
        let begins_like_a_date = date.len() >= 10
            && date[..10].iter().enumerate().all(|(index, byte)| match index {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if begins_like_a_date {
            Ok(())
        } else {
            Err("created_at begins like 2025-09-25".into())
        }
    }

    /// Whether its refresh tokens are of the legacy kind. Dates compare as text.
    pub(crate) fn is_legacy(&self) -> bool {
        self.created_at.as_str() < CONTINUOUS_SINCE
    }

    /// Adds approved scopes; gives all of them.
    pub(crate) fn approve(&mut self, scope: &[String]) -> Vec<String> {
        for name in scope {
            if !self.approved.contains(name) {
                self.approved.push(name.clone());
            }
        }
        self.approved.clone()
    }
}

/// The one app that is there from the start, by its id.
pub(crate) fn first(options: &Options) -> BTreeMap<String, App> {
    let app = App {
        app_id: options.app_id.clone(),
        app_secret: options.app_secret.clone(),
        redirect_uris: options.redirect_uris.clone(),
        created_at: recently(),
        name: "Sandbox app".into(),
        approved: Vec::new(),
    };
    BTreeMap::from([(app.app_id.clone(), app)])
}
