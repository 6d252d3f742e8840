import PinterestSdk from './imported.cjs';

export default PinterestSdk;
export const {
  ApiClient,
  ApiError,
  AuthorizationRequest,
  ConversionToken,
  Error,
  FileStore,
  ManualClock,
  MemoryStore,
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
  RedisStore,
  Scopes,
  TokenManager,
  failuresIn,
  keyringKey,
  login,
  openBrowser,
  paginate,
} = PinterestSdk;
export const {
  /* NAMES */
} = PinterestSdk[Symbol.for('pinterest-sdk.classes')]();
