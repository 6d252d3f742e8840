import PinterestSdk from './index.cjs';

export default PinterestSdk;
export const {
  ApiClient,
  ApiError,
  AuthorizationRequest,
  ConversionToken,
  Error,
  OauthAccessToken,
  OauthAccessTokenRequest,
  OauthAccessTokenRequestClientCredentials,
  OauthAccessTokenRequestCode,
  OauthAccessTokenRequestCodeAllOf,
  OauthAccessTokenRequestRefresh,
  OauthAccessTokenRequestRefreshAllOf,
  OauthAccessTokenResponse,
  OauthAccessTokenResponseClientCredentials,
  OauthAccessTokenResponseCode,
  OauthAccessTokenResponseCodeAllOf,
  OauthAccessTokenResponseEverlastingRefresh,
  OauthAccessTokenResponseIntegrationRefresh,
  OauthAccessTokenResponseRefresh,
  OauthApi,
  PendingAuthorization,
  Scopes,
  login,
  openBrowser,
} = PinterestSdk;
