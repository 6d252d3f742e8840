// Types of the models: what goes into the OAuth calls and what comes out.

/**
 * What every model class can do. `util.inspect` shows secret fields as `[redacted]`;
 * `JSON.stringify` keeps them.
 */
export interface ModelClass<T> {
  /** A model from an object as it is on the wire; fills and gives `model` if there is one. */
  constructFromObject(data: object, model?: T): T;
  constructFromObject(data: null | undefined, model?: T): T | undefined;
}

/** A part of a token answer that is not as documented. `util.inspect` leaves its value out. */
export interface OddField {
  /** The field's name; empty for what stands outside of every field. */
  readonly name: string;
  /** What is odd about it: `not a string`. */
  readonly reason: string;
  /** What was received; a text where it is no JSON. */
  readonly value: unknown;
}

/** What every model inherits. */
declare abstract class Model {
  /** Sets what the constructor sets, on any object. */
  static initialize(model: object, ...values: unknown[]): void;
  /** `true`, or an Error that names the field that is missing or of another type. */
  static validateJSON(data: unknown): true;
  /** Fields that no object on the wire lacks. */
  static RequiredProperties: string[];
}

/** A token answer under its newer name (API 5.28). */
export declare class OauthAccessToken extends Model {
  constructor(accessToken?: string, tokenType?: string, expiresIn?: number, scope?: string);
  static constructFromObject: ModelClass<OauthAccessToken>['constructFromObject'];
  /** The bearer token, `pina_…`. */
  access_token: string;
  token_type: string;
  /** Seconds until the access token expires. */
  expires_in?: number | undefined;
  /**
   * When that is, in seconds since 1970, by this machine's clock as the answer came. Pinterest does not send it:
   * `JSON.stringify` leaves it out, so keep it beside. `constructFromObject` takes it as any other field.
   */
  expires_at?: number | undefined;
  /** Every scope that the user has approved, now or earlier; separated by spaces or commas. */
  scope?: string | undefined;
  /** Which kind of answer it is: an open set. */
  response_type?: string | undefined;
  /** `pinr.…`. On a refresh it replaces the old one; absent, the old one stays valid: see `mergedWith`. */
  refresh_token?: string | undefined;
  /** Seconds until the refresh token expires. */
  refresh_token_expires_in?: number | undefined;
  /** When the refresh token expires, in seconds since 1970. */
  refresh_token_expires_at?: number | undefined;
  /** Fields that this release has no name for. */
  readonly additional_properties: Record<string, unknown>;
  /** What the answer held that is not as documented, which has no field here; empty, as a rule. */
  readonly odd_fields: readonly OddField[];
  /**
   * The answer to a refresh with what it leaves out as it was before: the scope, and, if no new refresh token came,
   * the old one and when it expires (RFC 6749 section 6). This is what to keep; `this` stays as it is.
   *
   * @param old the token that was refreshed, or what was kept of it.
   */
  mergedWith(old: KeptToken): this;
}

/** What a program keeps of a token: a token, or a row of its own database. */
export interface KeptToken {
  scope?: string | null | undefined;
  refresh_token?: string | null | undefined;
  refresh_token_expires_in?: number | null | undefined;
  refresh_token_expires_at?: number | null | undefined;
  expires_in?: number | null | undefined;
  expires_at?: number | null | undefined;
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
export declare class ConversionToken extends Model {
  constructor(accessToken?: string, tokenType?: string);
  static constructFromObject: ModelClass<ConversionToken>['constructFromObject'];
  access_token: string;
  token_type: string;
  readonly additional_properties: Record<string, unknown>;
  readonly odd_fields: readonly OddField[];
}

/** What an answer to a code exchange has beside the rest. */
export declare class OauthAccessTokenResponseCodeAllOf extends Model {
  constructor(refreshToken?: string, refreshTokenExpiresIn?: number);
  static constructFromObject: ModelClass<OauthAccessTokenResponseCodeAllOf>['constructFromObject'];
  refresh_token: string;
  refresh_token_expires_in: number;
}

/** The form of any token request. */
export declare class OauthAccessTokenRequest extends Model {
  constructor(grantType: string);
  static constructFromObject: ModelClass<OauthAccessTokenRequest>['constructFromObject'];
  static GrantTypeEnum: Readonly<Record<'authorization_code' | 'refresh_token' | 'client_credentials', string>>;
  grant_type: string;
}
/** The form of a code exchange. */
export declare class OauthAccessTokenRequestCode extends OauthAccessTokenRequest {
  constructor(grantType: string, code: string, redirectUri: string);
  static constructFromObject: ModelClass<OauthAccessTokenRequestCode>['constructFromObject'];
  code: string;
  redirect_uri: string;
}
/** What it has beside the grant. */
export declare class OauthAccessTokenRequestCodeAllOf extends Model {
  constructor(code: string, redirectUri: string);
  static constructFromObject: ModelClass<OauthAccessTokenRequestCodeAllOf>['constructFromObject'];
  code: string;
  redirect_uri: string;
}
/** The form of a refresh. */
export declare class OauthAccessTokenRequestRefresh extends OauthAccessTokenRequest {
  constructor(grantType: string, refreshToken: string);
  static constructFromObject: ModelClass<OauthAccessTokenRequestRefresh>['constructFromObject'];
  refresh_token: string;
  scope?: string | undefined;
}
/** What it has beside the grant. */
export declare class OauthAccessTokenRequestRefreshAllOf extends Model {
  constructor(refreshToken: string);
  static constructFromObject: ModelClass<OauthAccessTokenRequestRefreshAllOf>['constructFromObject'];
  refresh_token: string;
  scope?: string | undefined;
}
/** The form of a client-credentials request. */
export declare class OauthAccessTokenRequestClientCredentials extends OauthAccessTokenRequest {
  constructor(grantType: string, scope: string);
  static constructFromObject: ModelClass<OauthAccessTokenRequestClientCredentials>['constructFromObject'];
  scope: string;
}

/** Pinterest's error object, a model. What calls fail with is `ApiError`. */
export declare class Error extends Model {
  constructor(code?: number, message?: string);
  static constructFromObject: ModelClass<Error>['constructFromObject'];
  code: number;
  message: string;
}
