// Types of everything the package exports; index.d.ts and index.d.mts add the default export.

import type { ApiError } from './errors.js';
import type { Bytes, Signal } from './globals.js';
import type { ConversionToken, OauthAccessTokenResponse } from './models.js';
import type { ItemFailure } from './pages.js';
import type { TokenManager } from './tokens.js';

export * from './authorization.js';
export * from './errors.js';
export * from './models.js';
// Written when the package is packed.
export * from './operations.js';
export * from './pages.js';
export * from './tokens.js';

// ——— The client ———

/** App id and secret. The secret is in no text form. */
export interface BasicAuthentication {
  type: 'basic';
  /** The app id. */
  username?: string | number | undefined;
  /** The app secret. */
  password?: string | undefined;
}

/** A user's access token, for calls that act for a user. It is in no text form. */
export interface OauthAuthentication {
  type: 'oauth2';
  /** The token, or a function that is asked for it at each call. */
  accessToken?: string | (() => string) | undefined;
}

/** A bearer token under a name of its own. */
export interface BearerAuthentication {
  type: 'bearer';
  accessToken?: string | (() => string) | undefined;
}

/** A key in a header or in the query. */
export interface ApiKeyAuthentication {
  type: 'apiKey';
  in: 'header' | 'query';
  name: string;
  apiKey?: string | undefined;
  apiKeyPrefix?: string | undefined;
}

export interface Authentications {
  basic: BasicAuthentication;
  pinterest_oauth2: OauthAuthentication;
  /** Others, for `callApi`; of a type above. */
  [name: string]: object;
}

/** What `callApi` reads an answer as; types are `'String'`, `'Number'`, `'Integer'`, `'Boolean'`, `'Date'` or `'Blob'` (a Buffer). */
export type ReturnType = string | ObjectConstructor | ReturnType[] | { constructFromObject(data: any): any } | object | null;

/** What `applyAuthToRequest` tells. */
export interface AuthenticatedRequest {
  auth(username: string, password: string): unknown;
  set(headers: Record<string, string>): unknown;
  query(params: Record<string, string>): unknown;
}

/**
 * A clock that stands still until a test moves it: a month passes, and nobody waits for it. It is set as a client's
 * `clock`. Ends of tokens and authorizations, and pauses after failures, go by it; limits of calls do not, and neither do
 * the clocks that test runners put in place of `Date` and timers. Clients of one thread may share it.
 */
export declare class ManualClock {
  /** @param now milliseconds since 1970, as of `Date.now()`; the present unless given. */
  constructor(now?: number);
  /** The time at which it stands, in milliseconds since 1970, from then to the end of the year 9999. */
  now(): number;
  /** Sets it, forward or back. */
  set(now: number): void;
  /** Moves it forward, by milliseconds: `clock.advance(31 * 86_400_000)`. */
  advance(milliseconds: number): void;
}

/**
 * Settings, and the connections that calls go over. Settings are read when a call is made and may
 * be changed between calls. One of a wrong type is a `TypeError`, thrown at once; another that cannot
 * be used fails the call with an `ApiError` of kind `InvalidInput`. Nothing is sent in either case.
 *
 * `SSL_CERT_FILE`, `SSL_CERT_DIR`, `CURL_CA_BUNDLE`, `REQUESTS_CA_BUNDLE`, `NODE_EXTRA_CA_CERTS`,
 * `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` are honoured, in any letter case.
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
  /**
   * A client with what the environment names, as the command line reads it: `PINTEREST_APP_ID`,
   * `PINTEREST_APP_SECRET`, `PINTEREST_ACCESS_TOKEN`, `PINTEREST_API_URI` and `PINTEREST_OAUTH_URI`. One that is blank
   * is not set; an address without a path gets `/v5` or `/oauth/`.
   */
  static fromEnv(): ApiClient;
  /**
   * Which of Pinterest's two worlds `basePath` leads to, if it is one of them; setting it sets `basePath`.
   * Tokens of one are not valid in the other.
   */
  get environment(): 'production' | 'sandbox' | undefined;
  set environment(name: 'production' | 'sandbox');
  /** The page that asks a person, `https://www.pinterest.com/oauth/` unless set; https or loopback as well. */
  authorizationUrl?: string | undefined;
  authentications: Authentications;
  /** Sent with each call; `User-Agent` among them. */
  defaultHeaders: Record<string, string | number>;
  /** From a call's start to its answer's last byte, in milliseconds: 60,000 unless set. 0 is no limit. */
  timeout: number;
  /** From a call's start to its request's first byte, in milliseconds: 10,000 unless set. 0 is no limit. */
  connectTimeout: number;
  /**
   * How often to make a request again, within `timeout`, of which nothing could be sent; never unless set. An operation
   * that only reads is made again as well after an answer that says so.
   */
  retries?: number | undefined;
  /**
   * Whether calls of operations keep Pinterest's limits: `true` unless set. Where the last answer said that their category is
   * used up for the token, they wait until they may go; where that is longer than `timeout` or `rateLimitWait`, they
   * fail at once with kind `RateLimited`, outcome `NotSent` and `retryAfter`. `false` leaves it to Pinterest.
   */
  keepRateLimits?: boolean | null | undefined;
  /** The longest that such a wait may be, in milliseconds; as long as `timeout` unless set. 0 waits for nothing. */
  rateLimitWait?: number | null | undefined;
  /** What is checked of an operation's arguments before anything is sent; see `OperationOptions`. */
  checks?: 'off' | 'usual' | 'strict' | null | undefined;
  /** Whose tokens operations carry in place of `authentications`. */
  tokens?: TokenManager | null | undefined;
  /**
   * How large an answer may be in bytes, after decompression; 64 MiB unless set, 4 GiB at most. Answers
   * with tokens have a limit of their own, 1 MiB.
   */
  maxAnswerBytes?: number | undefined;
  /**
   * URL of an HTTP proxy, `http://user:password@host:port`. Without it the environment decides. A host
   * of plain http is on this machine, and is always reached directly.
   */
  proxy?: string | undefined;
  /** Hosts to reach without a proxy, separated by commas, in place of `NO_PROXY`. */
  noProxy?: string | undefined;
  /** More headers for the proxy. */
  proxyHeaders?: Record<string, string> | undefined;
  /** PEM file with certificate authorities to trust beside the public and the system's ones. */
  sslCaCert?: string | undefined;
  /** The same as PEM text. */
  sslCaPem?: string | undefined;
  /** PEM file with this client's certificate chain, for mutual TLS. */
  certFile?: string | undefined;
  /** PEM file with the certificate's key; `certFile` may hold it as well. */
  keyFile?: string | undefined;
  /** How many idle connections to keep; no limit unless set. */
  poolMaxIdle?: number | undefined;
  /** What ends of tokens and authorizations are compared with, in a test; the system's clock unless set. */
  clock?: ManualClock | undefined;
  /** `false` adds the time to the query of each GET through `callApi`. */
  cache: boolean;
  /** Not supported: `true` is refused at the call, with a `TypeError`. */
  enableCookies: boolean;
  /** Not supported: an agent is refused at the call, with a `TypeError`. */
  requestAgent: unknown;
  /** Not supported: plugins are refused at the call, with a `TypeError`. */
  plugins: unknown;

  /**
   * A request to any endpoint, sent once. Arguments of a wrong type and headers that HTTP does not
   * allow throw at once (`TypeError`), half a surrogate pair does (`URIError`); every other failure
   * is an `ApiError`.
   *
   * @param path under `basePath`; `{name}` stands for a path parameter.
   * @param queryParams a list is sent as one parameter for each item.
   * @param bodyParam JSON; text and bytes are sent as they are.
   * @param authNames names in `authentications`.
   * @param contentTypes JSON is preferred, then the first.
   * @param accepts likewise; unless the chosen one is JSON, an answer may be of any type.
   * @param apiBasePath replaces `basePath`.
   */
  callApi<T = any>(
    path: string,
    httpMethod: string,
    pathParams: Record<string, unknown>,
    queryParams: Record<string, unknown> | null,
    headerParams: Record<string, unknown> | null,
    formParams: Record<string, unknown> | null,
    bodyParam: unknown,
    authNames: string[],
    contentTypes: string[],
    accepts: string[],
    returnType: ReturnType,
    apiBasePath?: string | null,
    callback?: Callback<T> | null,
  ): Call<WithHttpInfo<T>>;

  /** Text of a parameter: '' for nothing, JSON of an object, ISO 8601 of a date. */
  paramToString(param: unknown): string;
  buildUrl(path: string, pathParams: Record<string, unknown>, apiBasePath?: string | null): string;
  isJsonMime(contentType: string | null | undefined): boolean;
  jsonPreferredMime(contentTypes: string[]): string | undefined;
  /** Whether a value is a Buffer, a Blob or a stream of a file. */
  isFileParam(param: unknown): boolean;
  normalizeParams(params: Record<string, unknown> | null | undefined): Record<string, unknown>;
  /** @param collectionFormat `csv`, `ssv`, `tsv`, `pipes`, `multi`, `passthrough`, or a member of `CollectionFormatEnum`. */
  buildCollectionParam(param: unknown[] | null | undefined, collectionFormat: string): string | unknown[] | null;
  applyAuthToRequest(request: AuthenticatedRequest, authNames: string[]): void;
  deserialize(response: { status?: number; body?: unknown; text?: string } | null | undefined, returnType: ReturnType): any;
  hostSettings(): { url: string; description?: string | undefined; variables?: Record<string, object> | undefined }[];
  getBasePathFromSettings(index: number, variables?: Record<string, string>): string;

  static CollectionFormatEnum: { CSV: ','; SSV: ' '; TSV: '\t'; PIPES: '|'; MULTI: 'multi' };
  static canBeJsonified(value: unknown): boolean;
  static parseDate(text: string | number): Date;
  static convertToType(data: any, type: ReturnType): any;
  static constructFromObject(data: object, target: object, itemType: ReturnType): void;
  /** Without credentials. */
  toJSON(): object;
}

// ——— Calls ———

/** What any call may do differently. Every option may also be written in snake_case. */
export interface CallOptions {
  /** Drops the call when it fires; the promise is then rejected with its reason, as with `fetch`. */
  signal?: Signal | null | undefined;
  /** Replaces the client's `timeout`, in milliseconds. 0 is no limit. */
  timeout?: number | null | undefined;
  /** Replaces the client's `connectTimeout`, in milliseconds. 0 is no limit. */
  connectTimeout?: number | null | undefined;
  connect_timeout?: number | null | undefined;
  /** More headers; they do not replace the call's own. */
  headers?: Record<string, string | number> | Iterable<readonly [string, string]> | null | undefined;
}

/** The fields of a token request beside the grant. */
export interface OauthTokenOptions extends CallOptions {
  /** For `authorization_code`: the one-time code of the callback. */
  code?: string | null | undefined;
  /** For `authorization_code`: the one that the authorization URL named, byte for byte. */
  redirectUri?: string | null | undefined;
  redirect_uri?: string | null | undefined;
  /** For `refresh_token`. */
  refreshToken?: string | null | undefined;
  refresh_token?: string | null | undefined;
  /** For `client_credentials`, separated by commas or spaces; on a refresh it may narrow what was granted. */
  scope?: string | null | undefined;
  /** Asks for a refresh token that is renewed with each refresh. `false` is not sent. */
  continuousRefresh?: boolean | null | undefined;
  continuous_refresh?: boolean | null | undefined;
  /** Asks for a new refresh token along with a refresh (API 5.12 to 5.14). `false` is not sent. */
  refreshOn?: boolean | null | undefined;
  refresh_on?: boolean | null | undefined;
}

export interface RevokeTokenOptions extends CallOptions {
  /** What kind of token it is. */
  tokenTypeHint?: 'access_token' | 'refresh_token' | null | undefined;
  token_type_hint?: 'access_token' | 'refresh_token' | null | undefined;
}

/** The grants that Pinterest knows; another one is sent as it is, and refused. */
export type GrantType = 'authorization_code' | 'refresh_token' | 'client_credentials' | (string & {});

/**
 * Called once; what it throws is an uncaught exception. `error` is an
 * `ApiError`, or the reason of the `signal` that ended the call.
 */
export type Callback<T> = (error: ApiError | null, data: T | null, response: HttpResponse | undefined) => void;

export interface WithHttpInfo<T> {
  data: T;
  response: HttpResponse;
}

/** The promise of a call that can be dropped. */
export interface Call<T> extends Promise<T> {
  /** Drops the call: its callback is not called, and the promise is rejected with an `AbortError`. */
  abort(): void;
}

/**
 * Pinterest's OAuth operations. Each is sent once. It gives a promise; with a callback as well, the
 * promise needs no handler. Without a grant type or a token to revoke it throws at once, as it does for an
 * unknown option (`TypeError`) and for an option, a header or a setting of a wrong type; nothing is sent.
 * Every other failure is an `ApiError`, a refusal for want of a `code` included.
 *
 * On a client whose `callApi` is not the package's own, every operation calls that, and so do
 * `PendingAuthorization.complete` and `login`: a program that replaces it runs without a network.
 */
export declare class OauthApi {
  /** Calls go over `apiClient`, or over `ApiClient.instance`. */
  constructor(apiClient?: ApiClient | null);
  apiClient: ApiClient;

  /** `POST /oauth/token`: a token for a grant. */
  oauthToken(grantType: GrantType, callback: Callback<OauthAccessTokenResponse>): Call<OauthAccessTokenResponse>;
  oauthToken(
    grantType: GrantType,
    opts?: OauthTokenOptions | null,
    callback?: Callback<OauthAccessTokenResponse> | null,
  ): Call<OauthAccessTokenResponse>;
  oauthTokenWithHttpInfo(
    grantType: GrantType,
    opts?: OauthTokenOptions | null,
  ): Call<WithHttpInfo<OauthAccessTokenResponse>>;

  /**
   * `POST /oauth/token/revoke`: ends a token at once. Pinterest revokes tokens of system users
   * only and refuses others with kind `Forbidden`.
   */
  revokeToken(token: string, callback: Callback<null>): Call<null>;
  revokeToken(token: string, opts?: RevokeTokenOptions | null, callback?: Callback<null> | null): Call<null>;
  revokeTokenWithHttpInfo(token: string, opts?: RevokeTokenOptions | null): Call<WithHttpInfo<null>>;
  /** `revokeToken` under its newer name. */
  tokenRevoke: OauthApi['revokeToken'];

  /**
   * `POST /oauth/conversion_token`: a long-lived token for sending conversions. Needs the client's
   * access token with the scope `ads:write`.
   */
  conversionToken(callback: Callback<ConversionToken>): Call<ConversionToken>;
  conversionToken(opts?: CallOptions | null, callback?: Callback<ConversionToken> | null): Call<ConversionToken>;
  conversionTokenWithHttpInfo(opts?: CallOptions | null): Call<WithHttpInfo<ConversionToken>>;
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
  readonly headers: Record<string, string> & { 'set-cookie'?: string[] | undefined };
  readonly header: HttpResponse['headers'];
  readonly text: string;
  /** The parsed body; bytes as a Buffer; an empty object for other text. */
  readonly body: any;
  /** The content type without its parameters. */
  readonly type: string;
  /** The content type's charset, '' without one. */
  readonly charset: string;
  /** The status's first digit. */
  readonly statusType: number;
  readonly info: boolean;
  readonly redirect: boolean;
  readonly clientError: boolean;
  readonly serverError: boolean;
  readonly created: boolean;
  readonly accepted: boolean;
  readonly noContent: boolean;
  readonly badRequest: boolean;
  readonly unauthorized: boolean;
  readonly forbidden: boolean;
  readonly notFound: boolean;
  readonly notAcceptable: boolean;
  readonly unprocessableEntity: boolean;
  /** For a refusal, an error with `status`, `method` and `path`. */
  readonly error: false | globalThis.Error;
  /** Targets of the `Link` header by relation. */
  readonly links: Record<string, string>;
  /** What the answer says of the rate limit, if it says anything. */
  readonly rateLimit?: RateLimit | undefined;
  /** What failed of the items that an operation was about, though the call succeeded; none of any other answer. */
  readonly failures: ItemFailure[];
  /** The body as it came. */
  bytes(): Bytes;
  /** A header by its name in any case. */
  get(name: string): string | undefined;
  toJSON(): { status: number };
}

/** Pinterest's `x-ratelimit-…` headers; each is `null` where the header is missing. */
export interface RateLimit {
  limit: number | null;
  remaining: number | null;
  /** Seconds until the window ends. */
  reset: number | null;
}
