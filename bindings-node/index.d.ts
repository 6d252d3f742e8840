// Types of the CommonJS half.

import * as types from './types.js';

declare namespace PinterestSdk {
  export import ApiClient = types.ApiClient;
  export import ApiError = types.ApiError;
  export import ApiKeyAuthentication = types.ApiKeyAuthentication;
  export import AuthenticatedRequest = types.AuthenticatedRequest;
  export import Authentications = types.Authentications;
  export import AuthorizationOptions = types.AuthorizationOptions;
  export import AuthorizationReason = types.AuthorizationReason;
  export import AuthorizationRequest = types.AuthorizationRequest;
  export import BasicAuthentication = types.BasicAuthentication;
  export import BearerAuthentication = types.BearerAuthentication;
  export import Call = types.Call;
  export import CallOptions = types.CallOptions;
  export import Callback = types.Callback;
  export import ConversionToken = types.ConversionToken;
  export import Error = types.Error;
  export import ErrorKind = types.ErrorKind;
  export import FileStore = types.FileStore;
  export import GrantType = types.GrantType;
  export import HttpResponse = types.HttpResponse;
  export import ItemFailure = types.ItemFailure;
  export import KeptAuthorization = types.KeptAuthorization;
  export import KeptToken = types.KeptToken;
  export import LoginOptions = types.LoginOptions;
  export import ManualClock = types.ManualClock;
  export import MemoryStore = types.MemoryStore;
  export import ModelClass = types.ModelClass;
  export import OauthAccessToken = types.OauthAccessToken;
  export import OauthAccessTokenRequest = types.OauthAccessTokenRequest;
  export import OauthAccessTokenRequestClientCredentials = types.OauthAccessTokenRequestClientCredentials;
  export import OauthAccessTokenRequestCode = types.OauthAccessTokenRequestCode;
  export import OauthAccessTokenRequestCodeAllOf = types.OauthAccessTokenRequestCodeAllOf;
  export import OauthAccessTokenRequestRefresh = types.OauthAccessTokenRequestRefresh;
  export import OauthAccessTokenRequestRefreshAllOf = types.OauthAccessTokenRequestRefreshAllOf;
  export import OauthAccessTokenResponse = types.OauthAccessTokenResponse;
  export import OauthAccessTokenResponseClientCredentials = types.OauthAccessTokenResponseClientCredentials;
  export import OauthAccessTokenResponseCode = types.OauthAccessTokenResponseCode;
  export import OauthAccessTokenResponseCodeAllOf = types.OauthAccessTokenResponseCodeAllOf;
  export import OauthAccessTokenResponseEverlastingRefresh = types.OauthAccessTokenResponseEverlastingRefresh;
  export import OauthAccessTokenResponseIntegrationRefresh = types.OauthAccessTokenResponseIntegrationRefresh;
  export import OauthAccessTokenResponseRefresh = types.OauthAccessTokenResponseRefresh;
  export import OauthApi = types.OauthApi;
  export import OauthAuthentication = types.OauthAuthentication;
  export import OauthTokenOptions = types.OauthTokenOptions;
  export import OddField = types.OddField;
  export import OperationOptions = types.OperationOptions;
  export import PagedMethod = types.PagedMethod;
  export import Pages = types.Pages;
  export import PendingAuthorization = types.PendingAuthorization;
  export import RateLimit = types.RateLimit;
  export import RedisConnection = types.RedisConnection;
  export import RedisStore = types.RedisStore;
  export import ReturnType = types.ReturnType;
  export import RevokeTokenOptions = types.RevokeTokenOptions;
  export import Scopes = types.Scopes;
  export import StoreKey = types.StoreKey;
  export import TokenEvent = types.TokenEvent;
  export import TokenEventKind = types.TokenEventKind;
  export import TokenFailure = types.TokenFailure;
  export import TokenLife = types.TokenLife;
  export import TokenManager = types.TokenManager;
  export import TokenManagerOptions = types.TokenManagerOptions;
  export import TokenState = types.TokenState;
  export import TokenStatus = types.TokenStatus;
  export import TokenStore = types.TokenStore;
  export import TokenStoreLock = types.TokenStoreLock;
  export import TokenWaitOptions = types.TokenWaitOptions;
  export import WithHttpInfo = types.WithHttpInfo;
  export import failuresIn = types.failuresIn;
  export import keyringKey = types.keyringKey;
  export import login = types.login;
  export import openBrowser = types.openBrowser;
  export import paginate = types.paginate;
  /* TYPES */
  const sdk: typeof PinterestSdk;
  // `import PinterestSdk from 'pinterest-sdk'`, as on the reference page.
  export { sdk as default };
}

export = PinterestSdk;
