//! Every path of API v5 with its methods (version 5.23), so that what the sandbox lacks is not taken
//! for what Pinterest lacks.

/// Paths below `/v5`, where `{}` is one segment of any text, and the methods that they have.
#[rustfmt::skip]
const PATHS: [(&str, &str); 169] = [
    ("/ad_accounts", "GET POST"),
    ("/ad_accounts/{}", "GET"),
    ("/ad_accounts/{}/ad_groups", "GET PATCH POST"),
    ("/ad_accounts/{}/ad_groups/analytics", "GET"),
    ("/ad_accounts/{}/ad_groups/audience_sizing", "POST"),
    ("/ad_accounts/{}/ad_groups/targeting_analytics", "GET"),
    ("/ad_accounts/{}/ad_groups/{}", "GET"),
    ("/ad_accounts/{}/ad_previews", "POST"),
    ("/ad_accounts/{}/ads", "GET PATCH POST"),
    ("/ad_accounts/{}/ads/analytics", "GET"),
    ("/ad_accounts/{}/ads/targeting_analytics", "GET"),
    ("/ad_accounts/{}/ads/{}", "GET"),
    ("/ad_accounts/{}/ads_credit/discounts", "GET"),
    ("/ad_accounts/{}/ads_credit/redeem", "POST"),
    ("/ad_accounts/{}/advertiser_defined_events", "GET"),
    ("/ad_accounts/{}/analytics", "GET"),
    ("/ad_accounts/{}/audience_insights", "GET"),
    ("/ad_accounts/{}/audiences", "GET POST"),
    ("/ad_accounts/{}/audiences/ad_accounts/shared", "PATCH"),
    ("/ad_accounts/{}/audiences/businesses/shared", "PATCH"),
    ("/ad_accounts/{}/audiences/shared/accounts", "GET"),
    ("/ad_accounts/{}/audiences/{}", "GET PATCH"),
    ("/ad_accounts/{}/bid_floor", "POST"),
    ("/ad_accounts/{}/billing_invoice/{}/download", "GET"),
    ("/ad_accounts/{}/billing_invoices", "GET"),
    ("/ad_accounts/{}/billing_profiles", "GET"),
    ("/ad_accounts/{}/bulk/download", "POST"),
    ("/ad_accounts/{}/bulk/upsert", "POST"),
    ("/ad_accounts/{}/bulk/{}", "GET"),
    ("/ad_accounts/{}/campaigns", "GET PATCH POST"),
    ("/ad_accounts/{}/campaigns/analytics", "GET"),
    ("/ad_accounts/{}/campaigns/targeting_analytics", "GET"),
    ("/ad_accounts/{}/campaigns/{}", "GET"),
    ("/ad_accounts/{}/conversion_eqs", "GET"),
    ("/ad_accounts/{}/conversion_tags", "GET POST"),
    ("/ad_accounts/{}/conversion_tags/ocpm_eligible", "GET"),
    ("/ad_accounts/{}/conversion_tags/page_visit", "GET"),
    ("/ad_accounts/{}/conversion_tags/{}", "GET"),
    ("/ad_accounts/{}/customer_lists", "GET POST"),
    ("/ad_accounts/{}/customer_lists/{}", "GET PATCH"),
    ("/ad_accounts/{}/customer_lists/{}/uploads", "POST"),
    ("/ad_accounts/{}/customer_lists/{}/uploads/{}", "GET"),
    ("/ad_accounts/{}/customer_lists/{}/uploads/{}/run", "POST"),
    ("/ad_accounts/{}/events", "POST"),
    ("/ad_accounts/{}/insights/audiences", "GET"),
    ("/ad_accounts/{}/keywords", "GET PATCH POST"),
    ("/ad_accounts/{}/keywords/metrics", "GET"),
    ("/ad_accounts/{}/labels", "GET PATCH POST"),
    ("/ad_accounts/{}/lead_forms", "GET PATCH POST"),
    ("/ad_accounts/{}/lead_forms/{}", "GET"),
    ("/ad_accounts/{}/lead_forms/{}/test", "POST"),
    ("/ad_accounts/{}/leads/subscriptions", "GET POST"),
    ("/ad_accounts/{}/leads/subscriptions/{}", "DELETE GET"),
    ("/ad_accounts/{}/leads_export", "POST"),
    ("/ad_accounts/{}/leads_export/{}", "GET"),
    ("/ad_accounts/{}/mmm_reports", "GET POST"),
    ("/ad_accounts/{}/msot/events", "POST"),
    ("/ad_accounts/{}/order_lines", "GET"),
    ("/ad_accounts/{}/order_lines/{}", "GET"),
    ("/ad_accounts/{}/pins/analytics", "GET"),
    ("/ad_accounts/{}/product_group_promotions", "GET PATCH POST"),
    ("/ad_accounts/{}/product_group_promotions/{}", "GET"),
    ("/ad_accounts/{}/product_groups/analytics", "GET"),
    ("/ad_accounts/{}/promotions", "GET PATCH POST"),
    ("/ad_accounts/{}/promotions/{}", "DELETE GET"),
    ("/ad_accounts/{}/reports", "GET POST"),
    ("/ad_accounts/{}/reports/brand_category_sku", "GET POST"),
    ("/ad_accounts/{}/sandbox", "DELETE"),
    ("/ad_accounts/{}/ssio/accounts", "GET"),
    ("/ad_accounts/{}/ssio/insertion_orders", "PATCH POST"),
    ("/ad_accounts/{}/ssio/insertion_orders/status", "GET"),
    ("/ad_accounts/{}/ssio/insertion_orders/{}/status", "GET"),
    ("/ad_accounts/{}/ssio/order_lines", "GET"),
    ("/ad_accounts/{}/targeting_analytics", "GET"),
    ("/ad_accounts/{}/targeting_templates", "GET PATCH POST"),
    ("/ad_accounts/{}/templates", "GET"),
    ("/ad_accounts/{}/templates/{}/reports", "POST"),
    ("/ad_accounts/{}/terms_of_service", "GET"),
    ("/advanced_auction/items/get", "POST"),
    ("/advanced_auction/items/submit", "POST"),
    ("/boards", "GET POST"),
    ("/boards/{}", "DELETE GET PATCH"),
    ("/boards/{}/pins", "GET"),
    ("/boards/{}/sections", "GET POST"),
    ("/boards/{}/sections/{}", "DELETE PATCH"),
    ("/boards/{}/sections/{}/pins", "GET"),
    ("/business_access/business_hierarchy/{}/brand_accounts", "POST"),
    ("/business_access/business_hierarchy/{}/brand_accounts/{}", "PATCH"),
    ("/businesses/employers", "GET"),
    ("/businesses/invites", "PATCH"),
    ("/businesses/{}/asset_groups", "DELETE PATCH POST"),
    ("/businesses/{}/assets", "GET"),
    ("/businesses/{}/assets/{}/members", "GET"),
    ("/businesses/{}/assets/{}/partners", "GET"),
    ("/businesses/{}/audiences", "GET"),
    ("/businesses/{}/audiences/ad_accounts/shared", "PATCH"),
    ("/businesses/{}/audiences/businesses/shared", "PATCH"),
    ("/businesses/{}/audiences/shared/accounts", "GET"),
    ("/businesses/{}/invites", "DELETE GET POST"),
    ("/businesses/{}/invites/assets/access", "POST"),
    ("/businesses/{}/members", "DELETE GET PATCH"),
    ("/businesses/{}/members/assets/access", "DELETE PATCH"),
    ("/businesses/{}/members/{}/assets", "GET"),
    ("/businesses/{}/partners", "DELETE GET"),
    ("/businesses/{}/partners/assets", "DELETE PATCH"),
    ("/businesses/{}/partners/{}/assets", "GET"),
    ("/businesses/{}/requests/assets/access", "POST"),
    ("/businesses/{}/system_users/{}", "PATCH"),
    ("/catalogs", "GET POST"),
    ("/catalogs/available_filter_values", "GET"),
    ("/catalogs/feeds", "GET POST"),
    ("/catalogs/feeds/{}", "DELETE GET PATCH"),
    ("/catalogs/feeds/{}/ingest", "POST"),
    ("/catalogs/feeds/{}/processing_results", "GET"),
    ("/catalogs/items", "POST"),
    ("/catalogs/items/batch", "POST"),
    ("/catalogs/items/batch/{}", "GET"),
    ("/catalogs/processing_results/{}/item_issues", "GET"),
    ("/catalogs/product_groups", "GET POST"),
    ("/catalogs/product_groups/multiple", "DELETE POST"),
    ("/catalogs/product_groups/{}", "DELETE GET PATCH"),
    ("/catalogs/product_groups/{}/product_counts", "GET"),
    ("/catalogs/product_groups/{}/products", "GET"),
    ("/catalogs/products/get_by_product_group_filters", "POST"),
    ("/catalogs/reports", "GET POST"),
    ("/catalogs/reports/stats", "GET"),
    ("/integrations", "GET"),
    ("/integrations/commerce", "POST"),
    ("/integrations/commerce/{}", "DELETE GET PATCH"),
    ("/integrations/logs", "POST"),
    ("/integrations/{}", "GET"),
    ("/media", "GET POST"),
    ("/media/{}", "GET"),
    ("/notifications", "POST"),
    ("/oauth/conversion_token", "POST"),
    ("/oauth/token", "POST"),
    ("/oauth/token/revoke", "POST"),
    ("/pins", "GET POST"),
    ("/pins/analytics", "GET"),
    ("/pins/{}", "DELETE GET PATCH"),
    ("/pins/{}/analytics", "GET"),
    ("/pins/{}/save", "POST"),
    ("/resources/ad_account_countries", "GET"),
    ("/resources/delivery_metrics", "GET"),
    ("/resources/lead_form_questions", "GET"),
    ("/resources/metrics_ready_state", "GET"),
    ("/resources/targeting/interests/{}", "GET"),
    ("/resources/targeting/{}", "GET"),
    ("/search/boards", "GET"),
    ("/search/partner/pins", "GET"),
    ("/search/pins", "GET"),
    ("/terms/related", "GET"),
    ("/terms/suggested", "GET"),
    ("/trends/keywords/{}/top/{}", "GET"),
    ("/trends/product_categories/details", "GET"),
    ("/trends/product_categories/trending", "GET"),
    ("/trends/topics/featured", "GET"),
    ("/user_account", "GET"),
    ("/user_account/analytics", "GET"),
    ("/user_account/analytics/top_pins", "GET"),
    ("/user_account/analytics/top_video_pins", "GET"),
    ("/user_account/businesses", "GET"),
    ("/user_account/followers", "GET"),
    ("/user_account/following", "GET"),
    ("/user_account/following/boards", "GET"),
    ("/user_account/following/{}", "POST"),
    ("/user_account/websites", "DELETE GET POST"),
    ("/user_account/websites/verification", "GET"),
    ("/users/{}/interests/follow", "GET"),
];

/// A path that Pinterest has.
pub(crate) struct Found<'a> {
    /// As the table has it.
    pub(crate) pattern: &'static str,
    methods: &'static str,
    /// What stands in place of each `{}`.
    pub(crate) ids: Vec<&'a str>,
}

impl Found<'_> {
    pub(crate) fn has(&self, method: &str) -> bool {
        self.methods.split(' ').any(|one| one == method)
    }
}

/// What the table says of a path below `/v5`: a pattern that spells it out comes before one that does
/// not.
pub(crate) fn find(path: &str) -> Option<Found<'_>> {
    let matching = PATHS.iter().filter_map(|(pattern, methods)| {
        Some(Found {
            pattern,
            methods,
            ids: ids(pattern, path)?,
        })
    });
    matching.min_by_key(|found| found.ids.len())
}

/// What stands in place of each `{}`, if the path is like the pattern.
fn ids<'a>(pattern: &str, path: &'a str) -> Option<Vec<&'a str>> {
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    let mut ids = Vec::new();
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(ids),
            (Some("{}"), Some(id)) if !id.is_empty() => ids.push(id),
            (Some(one), Some(other)) if one == other => {}
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_found_by_its_words_before_its_ids() {
        for (path, pattern, ids) in [
            ("/pins", Some("/pins"), &[][..]),
            ("/pins/12", Some("/pins/{}"), &["12"]),
            ("/pins/analytics", Some("/pins/analytics"), &[]),
            (
                "/boards/1/sections/2/pins",
                Some("/boards/{}/sections/{}/pins"),
                &["1", "2"],
            ),
            ("/pins/", None, &[]),
            ("/pins/1/", None, &[]),
            ("/nothing", None, &[]),
            ("", None, &[]),
        ] {
            let found = find(path);
            assert_eq!(found.as_ref().map(|found| found.pattern), pattern, "{path}");
            assert_eq!(found.map(|found| found.ids).unwrap_or_default(), ids, "{path}");
        }
        assert!(find("/pins/1").is_some_and(|found| found.has("PATCH") && !found.has("PUT")));
    }

    #[test]
    fn it_is_the_whole_of_version_5_23() {
        let methods: usize = PATHS.iter().map(|(_, methods)| methods.split(' ').count()).sum();
        assert_eq!(methods, 231);
        assert!(PATHS.is_sorted());
    }
}
