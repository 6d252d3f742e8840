//! `POST /oauth/conversion_token`: a long-lived token for sending conversions.

use std::fmt;

use super::additional_properties::AdditionalProperties;
use super::object::{JsonObject, ObjectError};
use crate::secret::Secret;

/// A token for the conversions API (Pinterest API 5.22, operation `oauth/conversion_token`).
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ConversionToken {
    /// The bearer token for `POST /ad_accounts/{id}/events`.
    pub access_token: Secret,
    /// `conversion`, as received; that when absent.
    pub token_type: String,
    /// Fields this release has no name for.
    pub additional_properties: AdditionalProperties,
}

impl ConversionToken {
    pub(crate) fn parse(mut object: JsonObject) -> Result<Self, ObjectError> {
        Ok(Self {
            access_token: object
                .take_token("access_token")?
                .ok_or_else(|| ObjectError("has no `access_token`".into()))?,
            token_type: object
                .take_text("token_type")?
                .unwrap_or_else(|| "conversion".into()),
            additional_properties: object.additional(),
        })
    }
}

impl fmt::Debug for ConversionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConversionToken")
            .field("access_token", &self.access_token)
            .field("token_type", &self.token_type)
            .field("additional_properties", &self.additional_properties)
            .finish()
    }
}
