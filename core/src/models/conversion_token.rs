//! `POST /oauth/conversion_token`: a long-lived token for sending conversions.

use super::additional_properties::AdditionalProperties;
use super::object::{JsonObject, ObjectError};
use super::odd_field::OddField;
use crate::secret::Secret;

/// A token for the conversions API (Pinterest API 5.22, operation `oauth/conversion_token`).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ConversionToken {
    /// The bearer token for `POST /ad_accounts/{id}/events`.
    pub access_token: Secret,
    /// `conversion`, as received; that when absent.
    pub token_type: String,
    /// Fields this release has no name for.
    pub additional_properties: AdditionalProperties,
    /// What is not as documented; empty, as a rule. The token is good all the same.
    pub odd_fields: Vec<OddField>,
}

impl ConversionToken {
    pub(crate) fn parse(mut object: JsonObject<'_>) -> Result<Self, ObjectError> {
        let access_token = object.take_access_token()?;
        let token_type = object.take_text("token_type");
        let (additional_properties, odd_fields) = object.rest();
        Ok(Self {
            access_token,
            token_type: token_type.unwrap_or_else(|| "conversion".into()),
            additional_properties,
            odd_fields,
        })
    }
}
