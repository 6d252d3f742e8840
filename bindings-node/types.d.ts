// Types of everything the package exports; index.d.ts and index.d.mts add the default export.

// ——— The client ———

/** App id and secret. The secret is in no text form. */
export interface BasicAuthentication {
  type: 'basic';
  /** The app id. */
  username?: string | number;
  /** The app secret. */
  password?: string;
}

/** A user's access token, for calls that act for a user. It is in no text form. */
export interface OauthAuthentication {
  type: 'oauth2';
  /** The token, or a function that is asked for it at each call. */
  accessToken?: string | (() => string);
}

export interface Authentications {
  basic: BasicAuthentication;
  pinterest_oauth2: OauthAuthentication;
  [name: string]: object;
}

/**
 * Settings, and the connections that calls go over. Settings are read when a call is made and may
 * be changed between calls. One that cannot be used fails the call with an `ApiError` of kind
 * `InvalidInput`; nothing is sent.
 *
 * `SSL_CERT_FILE`, `SSL_CERT_DIR`, `NODE_EXTRA_CA_CERTS`, `HTTPS_PROXY`, `ALL_PROXY` and
 * `NO_PROXY` are honoured.
 */
export declare class ApiClient {
  /** @param basePath see the property. */
  constructor(basePath?: string);
  /** The client that an API uses unless it is given another. */
  static instance: ApiClient;
  /**
   * Base URL of the API, `https://api.pinterest.com/v5` unless set; https, or http to a loopback
   * address.
   */
  basePath: string;
  authentications: Authentications;
  /** Sent with each call; `User-Agent` among them. */
  defaultHeaders: Record<string, string | number>;
  /** From a call's start to its answer's last byte, in milliseconds: 60,000 unless set. 0 is no limit. */
  timeout: number;
  /** From a call's start to its request's first byte, in milliseconds: 10,000 unless set. 0 is no limit. */
  connectTimeout: number;
  /** URL of an HTTP proxy, `http://user:password@host:port`. Without it the environment decides. */
  proxy?: string;
  /** Hosts to reach without `proxy`, separated by commas. */
  noProxy?: string;
  /** More headers for the proxy. */
  proxyHeaders?: Record<string, string>;
  /** PEM file with certificate authorities to trust beside the public and the system's ones. */
  sslCaCert?: string;
  /** The same as PEM text. */
  sslCaPem?: string;
  /** PEM file with this client's certificate chain, for mutual TLS. */
  certFile?: string;
  /** PEM file with the certificate's key; `certFile` may hold it as well. */
  keyFile?: string;
  /** How many idle connections to keep; no limit unless set. */
  poolMaxIdle?: number;
  /** Without credentials. */
  toJSON(): object;
}

// ——— Calls ———

/** What any call may do differently. Every option may also be written in snake_case. */
export interface CallOptions {
  /** Drops the call when it fires; the promise is then rejected with its reason, as with `fetch`. */
  signal?: AbortSignal | null;
  /** Replaces the client's `timeout`, in milliseconds. 0 is no limit. */
  timeout?: number | null;
  /** More headers; they do not replace the call's own. */
  headers?: Record<string, string | number> | Iterable<readonly [string, string]> | null;
}

/** The fields of a token request beside the grant. */
export interface OauthTokenOptions extends CallOptions {
  /** For `authorization_code`: the one-time code of the callback. */
  code?: string | null;
  /** For `authorization_code`: the one that the authorization URL named, byte for byte. */
  redirectUri?: string | null;
  redirect_uri?: string | null;
  /** For `refresh_token`. */
  refreshToken?: string | null;
  refresh_token?: string | null;
  /** For `client_credentials`, separated by commas or spaces; on a refresh it may narrow what was granted. */
  scope?: string | null;
  /** Asks for a refresh token that is renewed with each refresh. `false` is not sent. */
  continuousRefresh?: boolean | null;
  continuous_refresh?: boolean | null;
  /** Asks for a new refresh token along with a refresh (API 5.12 to 5.14). `false` is not sent. */
  refreshOn?: boolean | null;
  refresh_on?: boolean | null;
}

export interface RevokeTokenOptions extends CallOptions {
  /** What kind of token it is. */
  tokenTypeHint?: 'access_token' | 'refresh_token' | null;
  token_type_hint?: 'access_token' | 'refresh_token' | null;
}

/** The grants that Pinterest knows; another one is sent as it is, and refused. */
export type GrantType = 'authorization_code' | 'refresh_token' | 'client_credentials' | (string & {});

/**
 * Called once, on a tick of its own; what it throws is an uncaught exception. `error` is an
 * `ApiError`, or the reason of the `signal` that ended the call.
 */
export type Callback<T> = (error: ApiError | null, data: T | null, response: HttpResponse | undefined) => void;

export interface WithHttpInfo<T> {
  data: T;
  response: HttpResponse;
}

/**
 * Pinterest's OAuth operations. Each is sent once. It gives a promise; with a callback as well, the
 * promise needs no handler. A missing parameter throws at once, as does an unknown option or one
 * of a wrong type (`TypeError`); nothing is sent. Every other failure is an `ApiError`.
 */
export declare class OauthApi {
  /** Calls go over `apiClient`, or over `ApiClient.instance`. */
  constructor(apiClient?: ApiClient | null);
  apiClient: ApiClient;

  /** `POST /oauth/token`: a token for a grant. */
  oauthToken(grantType: GrantType, callback: Callback<OauthAccessTokenResponse>): Promise<OauthAccessTokenResponse>;
  oauthToken(
    grantType: GrantType,
    opts?: OauthTokenOptions | null,
    callback?: Callback<OauthAccessTokenResponse> | null,
  ): Promise<OauthAccessTokenResponse>;
  oauthTokenWithHttpInfo(
    grantType: GrantType,
    opts?: OauthTokenOptions | null,
  ): Promise<WithHttpInfo<OauthAccessTokenResponse>>;

  /**
   * `POST /oauth/token/revoke`: ends a token at once. Pinterest revokes tokens of system users
   * only and refuses others with kind `Forbidden`.
   */
  revokeToken(token: string, callback: Callback<null>): Promise<null>;
  revokeToken(token: string, opts?: RevokeTokenOptions | null, callback?: Callback<null> | null): Promise<null>;
  revokeTokenWithHttpInfo(token: string, opts?: RevokeTokenOptions | null): Promise<WithHttpInfo<null>>;
  /** `revokeToken` under its newer name. */
  tokenRevoke: OauthApi['revokeToken'];

  /**
   * `POST /oauth/conversion_token`: a long-lived token for sending conversions. Needs the client's
   * access token with the scope `ads:write`.
   */
  conversionToken(callback: Callback<ConversionToken>): Promise<ConversionToken>;
  conversionToken(opts?: CallOptions | null, callback?: Callback<ConversionToken> | null): Promise<ConversionToken>;
  conversionTokenWithHttpInfo(opts?: CallOptions | null): Promise<WithHttpInfo<ConversionToken>>;
  /** `conversionToken` under its newer name. */
  oauthConversionToken: OauthApi['conversionToken'];
}

/** The HTTP part of an answer, as users of superagent read it. No text form shows what it holds. */
export declare class HttpResponse {
  private constructor();
  readonly status: number;
  readonly statusCode: number;
  /** Whether the status is one of success. */
  readonly ok: boolean;
  /** By name in lower case. */
  readonly headers: Record<string, string> & { 'set-cookie'?: string[] };
  readonly header: HttpResponse['headers'];
  readonly text: string;
  /** The parsed body; an empty object for one that is not JSON. */
  readonly body: any;
  /** The content type without its parameters. */
  readonly type: string;
  /** A header by its name in any case. */
  get(name: string): string | undefined;
  toJSON(): { status: number };
}

/** What went wrong; releases may add to these. */
export type ErrorKind =
  | 'InvalidInput'
  | 'Network'
  | 'Protocol'
  | 'Authentication'
  | 'InvalidGrant'
  | 'Scope'
  | 'Forbidden'
  | 'RateLimited'
  | 'Server'
  | 'Api';

/** A failed call. No text form of it shows a token, a code or a secret. */
export declare class ApiError extends globalThis.Error {
  private constructor();
  name: 'ApiError';
  kind: ErrorKind;
  /**
   * `NotSent`: safe to make again. `Refused`: Pinterest answered and did nothing. `Unknown`: it may
   * have taken effect; a code must not be sent again.
   */
  outcome: 'NotSent' | 'Refused' | 'Unknown';
  /** Whether making the same call again is safe and may succeed, after `retryAfter`. */
  retryable: boolean;
  /** The HTTP status, when there was an answer. */
  status?: number;
  /** Pinterest's error code. */
  code?: number;
  /** Where a `Network` error stopped. */
  phase?: 'resolve' | 'connect' | 'tls' | 'send' | 'receive' | 'timeout';
  /** Seconds that Pinterest asks to wait. */
  retryAfter?: number;
  /** Pinterest's support asks for it. */
  requestId?: string;
  /** What to do next, where that can be told; `message` ends with it. */
  hint?: string;
  /** What the refusing answer said, cleared of the request's secrets. */
  response?: HttpResponse;
}

// ——— Models ———

/**
 * What every model class can do. `util.inspect` shows secret fields as `[redacted]`;
 * `JSON.stringify` keeps them.
 */
export interface ModelClass<T> {
  /** A model from an object as it is on the wire; fills and gives `model` if there is one. */
  constructFromObject(data: object | null | undefined, model?: T): T;
}

/** A token answer under its newer name (API 5.28). */
export declare class OauthAccessToken {
  constructor(accessToken?: string, tokenType?: string, expiresIn?: number, scope?: string);
  static constructFromObject: ModelClass<OauthAccessToken>['constructFromObject'];
  static RequiredProperties: string[];
  /** The bearer token, `pina_…`. */
  access_token: string;
  token_type: string;
  /** Seconds until the access token expires. */
  expires_in?: number;
  /** Every scope that the user has approved, now or earlier; separated by spaces or commas. */
  scope?: string;
  /** Which kind of answer it is: an open set. */
  response_type?: string;
  /** `pinr.…`. On a refresh it replaces the old one; absent, the old one stays valid. */
  refresh_token?: string;
  /** Seconds until the refresh token expires. */
  refresh_token_expires_in?: number;
  /** When the refresh token expires, in seconds since 1970. */
  refresh_token_expires_at?: number;
  /** Fields that this release has no name for. */
  readonly additional_properties: Record<string, unknown>;
}

/** A token answer; `response_type` chooses the subclass. */
export declare class OauthAccessTokenResponse extends OauthAccessToken {
  static constructFromObject: ModelClass<OauthAccessTokenResponse>['constructFromObject'];
  static ResponseTypeEnum: Readonly<
    Record<
      | 'authorization_code'
      | 'refresh_token'
      | 'client_credentials'
      | 'everlasting_refresh'
      | 'integration_refresh',
      string
    >
  >;
}
/** To a code exchange. */
export declare class OauthAccessTokenResponseCode extends OauthAccessTokenResponse {
  constructor(
    accessToken?: string,
    tokenType?: string,
    expiresIn?: number,
    scope?: string,
    refreshToken?: string,
    refreshTokenExpiresIn?: number,
  );
}
/** To a refresh. */
export declare class OauthAccessTokenResponseRefresh extends OauthAccessTokenResponse {}
/** To a client-credentials request. */
export declare class OauthAccessTokenResponseClientCredentials extends OauthAccessTokenResponse {}
/** To a refresh with a new refresh token (API 5.12 to 5.15). */
export declare class OauthAccessTokenResponseEverlastingRefresh extends OauthAccessTokenResponse {}
/** To a refresh by a commerce integration. */
export declare class OauthAccessTokenResponseIntegrationRefresh extends OauthAccessTokenResponse {}

/** A token for the conversions API (API 5.22). */
export declare class ConversionToken {
  constructor(accessToken?: string, tokenType?: string);
  static constructFromObject: ModelClass<ConversionToken>['constructFromObject'];
  static RequiredProperties: string[];
  access_token: string;
  token_type: string;
  readonly additional_properties: Record<string, unknown>;
}

/** The form of a code exchange. */
export declare class OauthAccessTokenRequestCode {
  constructor(grantType: string, code: string, redirectUri: string);
  static constructFromObject: ModelClass<OauthAccessTokenRequestCode>['constructFromObject'];
  grant_type: string;
  code: string;
  redirect_uri: string;
}
/** The form of a refresh. */
export declare class OauthAccessTokenRequestRefresh {
  constructor(grantType: string, refreshToken: string);
  static constructFromObject: ModelClass<OauthAccessTokenRequestRefresh>['constructFromObject'];
  grant_type: string;
  refresh_token: string;
  scope?: string;
}
/** The form of a client-credentials request. */
export declare class OauthAccessTokenRequestClientCredentials {
  constructor(grantType: string, scope: string);
  static constructFromObject: ModelClass<OauthAccessTokenRequestClientCredentials>['constructFromObject'];
  grant_type: string;
  scope: string;
}

/** Pinterest's error object, a model. What calls fail with is `ApiError`. */
export declare class Error {
  constructor(code?: number, message?: string);
  static constructFromObject: ModelClass<Error>['constructFromObject'];
  code: number;
  message: string;
}
