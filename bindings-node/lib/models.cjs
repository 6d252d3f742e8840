'use strict';

// What goes into the OAuth calls and what comes out, under the published package's names.

const inspect = Symbol.for('nodejs.util.inspect.custom');

const TOKEN_FIELDS = {
  access_token: String,
  token_type: String,
  expires_in: Number,
  scope: String,
  response_type: String,
  refresh_token: String,
  refresh_token_expires_in: Number,
  refresh_token_expires_at: Number,
};

class Model {
  /** Fields that are known, and what each is read as. */
  static fields = {};
  /** Fields that no text form shows. JSON.stringify keeps them: that is how tokens are stored. */
  static secrets = [];

  /**
   * A model from an object as it is on the wire; `null` fields are left out.
   *
   * @param {object} data
   * @param {object} [model] filled and returned in place of a new one.
   */
  static constructFromObject(data, model = new this()) {
    if (data === undefined || data === null) return model;
    for (const [name, read] of Object.entries(this.fields)) {
      if (data[name] !== undefined && data[name] !== null) model[name] = read(data[name]);
    }
    return model;
  }

  [inspect](_depth, options, inspectValue) {
    const shown = {};
    for (const [name, value] of Object.entries(this)) {
      shown[name] = this.constructor.secrets.includes(name) ? '[redacted]' : value;
    }
    return `${this.constructor.name} ${inspectValue(shown, options)}`;
  }
}

/** A model that keeps the fields this release has no name for. */
class OpenModel extends Model {
  static secrets = ['access_token', 'refresh_token', 'additional_properties'];

  /** Unknown fields by name; an own property where there are any. */
  get additional_properties() {
    return {};
  }

  /** As for every model; unknown fields go to `additional_properties`. */
  static constructFromObject(data, model = new this()) {
    super.constructFromObject(data, model);
    // Spreading, unlike assigning, makes a plain field of one that is named `__proto__`.
    const { additional_properties: additional, ...rest } = data ?? {};
    const unknown = { ...rest, ...additional };
    for (const name of Object.keys(this.fields)) delete unknown[name];
    if (Object.keys(unknown).length > 0) {
      const property = { value: unknown, enumerable: true, configurable: true, writable: true };
      Object.defineProperty(model, 'additional_properties', property);
    }
    return model;
  }
}

/** A token answer under its newer name (API 5.28). */
class OauthAccessToken extends OpenModel {
  static fields = TOKEN_FIELDS;
  static RequiredProperties = ['access_token', 'expires_in', 'token_type'];

  constructor(accessToken, tokenType = 'bearer', expiresIn, scope) {
    super();
    this.token_type = tokenType;
    if (accessToken !== undefined) this.access_token = accessToken;
    if (expiresIn !== undefined) this.expires_in = expiresIn;
    if (scope !== undefined) this.scope = scope;
  }
}

/** A token answer of any kind. */
class OauthAccessTokenResponse extends OauthAccessToken {
  /** The kinds known to this release; an answer may be of another. */
  static ResponseTypeEnum = {
    authorization_code: 'authorization_code',
    refresh_token: 'refresh_token',
    client_credentials: 'client_credentials',
    everlasting_refresh: 'everlasting_refresh',
    integration_refresh: 'integration_refresh',
  };

  /** As for every model; called on this class, `response_type` chooses the subclass. */
  static constructFromObject(data, model) {
    const kind = this === OauthAccessTokenResponse ? (KINDS[data?.response_type] ?? this) : this;
    return super.constructFromObject.call(kind, data, model ?? new kind());
  }
}

/** To a code exchange. */
class OauthAccessTokenResponseCode extends OauthAccessTokenResponse {
  constructor(accessToken, tokenType, expiresIn, scope, refreshToken, refreshTokenExpiresIn) {
    super(accessToken, tokenType, expiresIn, scope);
    if (refreshToken !== undefined) this.refresh_token = refreshToken;
    if (refreshTokenExpiresIn !== undefined) this.refresh_token_expires_in = refreshTokenExpiresIn;
  }
}

/** To a refresh. */
class OauthAccessTokenResponseRefresh extends OauthAccessTokenResponse {}

/** To a client-credentials request. */
class OauthAccessTokenResponseClientCredentials extends OauthAccessTokenResponse {}

/** To a refresh with a new refresh token (API 5.12 to 5.15). */
class OauthAccessTokenResponseEverlastingRefresh extends OauthAccessTokenResponse {}

/** To a refresh by a commerce integration. */
class OauthAccessTokenResponseIntegrationRefresh extends OauthAccessTokenResponse {}

const KINDS = {
  __proto__: null,
  authorization_code: OauthAccessTokenResponseCode,
  refresh_token: OauthAccessTokenResponseRefresh,
  client_credentials: OauthAccessTokenResponseClientCredentials,
  everlasting_refresh: OauthAccessTokenResponseEverlastingRefresh,
  integration_refresh: OauthAccessTokenResponseIntegrationRefresh,
};

/** A token for the conversions API (API 5.22). */
class ConversionToken extends OpenModel {
  static fields = { access_token: String, token_type: String };
  static RequiredProperties = ['access_token'];

  constructor(accessToken, tokenType = 'conversion') {
    super();
    this.token_type = tokenType;
    if (accessToken !== undefined) this.access_token = accessToken;
  }
}

/** The form of a code exchange. */
class OauthAccessTokenRequestCode extends Model {
  static fields = { grant_type: String, code: String, redirect_uri: String };
  static secrets = ['code'];

  constructor(grantType, code, redirectUri) {
    super();
    Object.assign(this, { grant_type: grantType, code, redirect_uri: redirectUri });
  }
}

/** The form of a refresh. */
class OauthAccessTokenRequestRefresh extends Model {
  static fields = { grant_type: String, refresh_token: String, scope: String };
  static secrets = ['refresh_token'];

  constructor(grantType, refreshToken) {
    super();
    Object.assign(this, { grant_type: grantType, refresh_token: refreshToken });
  }
}

/** The form of a client-credentials request. */
class OauthAccessTokenRequestClientCredentials extends Model {
  static fields = { grant_type: String, scope: String };

  constructor(grantType, scope) {
    super();
    Object.assign(this, { grant_type: grantType, scope });
  }
}

/** Pinterest's error object. Exported as `Error`; what calls fail with is `ApiError`. */
class ErrorModel extends Model {
  static fields = { code: Number, message: String };

  constructor(code, message) {
    super();
    Object.assign(this, { code, message });
  }
}

Object.defineProperty(ErrorModel, 'name', { value: 'Error' });

module.exports = {
  ConversionToken,
  Error: ErrorModel,
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
};
