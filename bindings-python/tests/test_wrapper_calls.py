"""What `pinterest-api-sdk` asks of this package: its samples' calls, against the sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openapi_generated.pinterest_client.api.audiences_api import AudiencesApi
from openapi_generated.pinterest_client.api.campaigns_api import CampaignsApi
from openapi_generated.pinterest_client.api.customer_lists_api import CustomerListsApi
from openapi_generated.pinterest_client.api.keywords_api import KeywordsApi

from openapi_generated.pinterest_client import ApiClient, ApiTypeError, Configuration, models

if TYPE_CHECKING:
    from sandbox import Sandbox

AD_ACCOUNT = "549760000000"
# All that there are, as it does.
VALIDATIONS = ",".join(
    (
        *("multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"),
        *("maxLength", "minLength", "pattern", "maxItems", "minItems"),
    )
)


@pytest.fixture
def wrapped(sandbox: Sandbox) -> ApiClient:
    minted = sandbox.control("POST", "/_sandbox/tokens", {"scope": "ads:read ads:write"})
    configuration = Configuration(
        host=sandbox.host,
        access_token=minted["access_token"],
        disabled_client_side_validations=VALIDATIONS,
    )
    configuration.debug = False
    return ApiClient(configuration, "User-Agent", "pins-sdk/python")


def test_a_keyword_has_its_id(wrapped: ApiClient) -> None:
    common: Any = models.KeywordsCommon(
        match_type=models.MatchTypeResponse("BROAD"), value="baby shoes", bid=1000
    )
    request = models.KeywordsRequest(keywords=[common], parent_id="2680060704746")
    answer = KeywordsApi(wrapped).keywords_create(ad_account_id=AD_ACCOUNT, keywords_request=request)
    assert (len(answer.keywords), answer.errors) == (1, [])
    assert answer.keywords[0].id.isdigit()
    assert answer.keywords[0].value == "baby shoes"


def test_an_audience_and_a_customer_list(wrapped: ApiClient) -> None:
    rule = models.AudienceRule(engager_type=1)
    audience = AudiencesApi(wrapped).audiences_create(
        ad_account_id=AD_ACCOUNT,
        audience_create_request=models.AudienceCreateRequest(
            name="SDK Test Audience",
            rule=rule,
            audience_type="ENGAGEMENT",
            description="d",
        ),
    )
    assert audience.id.isdigit()
    lists = CustomerListsApi(wrapped)
    request = models.CustomerListRequest(name="n", records="test@example.com", list_type="EMAIL")
    made = lists.customer_lists_create(ad_account_id=AD_ACCOUNT, customer_list_request=request)
    assert made.id.isdigit()


def test_a_campaign(wrapped: ApiClient) -> None:
    request = models.CampaignCreateRequest(
        ad_account_id=AD_ACCOUNT,
        name="SDK Test Campaign",
        objective_type=models.ObjectiveType("AWARENESS"),
        daily_spend_cap=10,
    )
    answer = CampaignsApi(wrapped).campaigns_create(
        ad_account_id=AD_ACCOUNT, campaign_create_request=[request]
    )
    assert answer.items[0].data.id.isdigit()
    assert answer.items[0].exceptions == []


def test_a_field_that_is_given_none_is_refused_as_it_was() -> None:
    """What its sample of an ad group gives, and the published client refuses."""
    with pytest.raises(ApiTypeError, match=r"'auto_targeting_enabled'\. Required value type is bool"):
        models.AdGroupCreateRequest(
            name="n", campaign_id="1", billable_event="IMPRESSION", auto_targeting_enabled=None
        )
