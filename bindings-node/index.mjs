import PinterestSdk from './index.cjs';

export default PinterestSdk;
export const {
  ApiClient,
  ApiError,
  ConversionToken,
  Error,
  OauthAccessToken,
  OauthAccessTokenRequestClientCredentials,
  OauthAccessTokenRequestCode,
  OauthAccessTokenRequestRefresh,
  OauthAccessTokenResponse,
  OauthAccessTokenResponseClientCredentials,
  OauthAccessTokenResponseCode,
  OauthAccessTokenResponseEverlastingRefresh,
  OauthAccessTokenResponseIntegrationRefresh,
  OauthAccessTokenResponseRefresh,
  OauthApi,
} = PinterestSdk;
