import time
import openapi_generated.pinterest_client
from openapi_generated.pinterest_client.api import oauth_api
from openapi_generated.pinterest_client.model.oauth_access_token_response import OauthAccessTokenResponse
from openapi_generated.pinterest_client.model.error import Error
from pprint import pprint

configuration = openapi_generated.pinterest_client.Configuration(host="https://api.pinterest.com/v5")
configuration = openapi_generated.pinterest_client.Configuration(
    username="YOUR_USERNAME", password="YOUR_PASSWORD"
)
with openapi_generated.pinterest_client.ApiClient(configuration) as api_client:
    api_instance = oauth_api.OauthApi(api_client)
    grant_type = "authorization_code"  # str
    try:
        api_response = api_instance.oauth_token(grant_type)
        pprint(api_response)
    except openapi_generated.pinterest_client.ApiException as e:
        print("Exception when calling OauthApi->oauth_token: %s\n" % e)
