'use strict';

// What goes into the OAuth calls and what comes out, under the published package's names.

const { lasting } = require('./kept.cjs');
const { mergeTokens } = require('./native.cjs');


const inspect = Symbol.for('nodejs.util.inspect.custom');

const TOKEN_FIELDS = {
  access_token: String,
  token_type: String,
  expires_in: Number.parseFloat,
  scope: String,
  response_type: String,
  refresh_token: String,
  refresh_token_expires_in: Number.parseFloat,
  refresh_token_expires_at: Number.parseFloat,
};

class Model {
  /** Fields that are known, and what each is read as. */
  static fields = {};
  /** Fields that no text form shows. JSON.stringify keeps them: that is how tokens are stored. */
  static secrets = [];
  /** Fields that no object on the wire lacks. */
  static RequiredProperties = [];

  /**
   * A model from an object as it is on the wire; `null` fields are left out.
   *
   * @param {object} data without it `model` is returned as it is.
   * @param {object} [model] filled and returned in place of a new one.
   */
  static constructFromObject(data, model) {
    if (!data) return model;
    const filled = model ?? new this();
    for (const [name, read] of Object.entries(this.fields)) {
      if (!Object.hasOwn(data, name)) continue;
      const value = data[name];
      if (value !== undefined && value !== null) filled[name] = read(value);
    }
    return filled;
  }

  /** Sets the fields that the constructor sets, on any object. */
  static initialize() {}

  /**
   * Whether `data` is this model as it is on the wire; `true` if so.
   *
   * @throws {Error} naming the field that is missing or of another type.
   */
  static validateJSON(data) {
    if (typeof data !== 'object' || data === null) throw new Error(`the data of ${this.name} is not an object`);
    for (const name of this.RequiredProperties) {
      if (data[name] === undefined) throw new Error(`the required field \`${name}\` is missing`);
    }
    for (const [name, read] of Object.entries(this.fields)) {
      const value = data[name];
      if (value === undefined || value === null) continue;
      const type = read === String ? 'string' : 'number';
      if (typeof value !== type) throw new Error(`the field \`${name}\` is not a ${type}`);
    }
    return true;
  }

  [inspect](_depth, options, inspectValue) {
    const shown = {};
    for (const [name, value] of Object.entries(this)) {
      if (value === undefined) continue;
      shown[name] = this.constructor.secrets.includes(name) ? '[redacted]' : value;
    }
    return `${this.constructor.name} ${inspectValue(shown, options)}`;
  }
}

/** A part of an answer that is not as documented. `util.inspect` leaves its value out. */
class OddField {
  /** @param {object} field with its value, or with its JSON text as it comes over the border. */
  constructor({ name, reason, received, value }) {
    this.name = name;
    this.reason = reason;
    this.value = received === undefined ? value : JSON.parse(received);
  }

  [inspect](_depth, options, inspectValue) {
    return `OddField ${inspectValue({ name: this.name, reason: this.reason }, options)}`;
  }
}

/** A model that keeps the fields this release has no name for, and what was odd about its answer. */
class OpenModel extends Model {
  static secrets = ['access_token', 'refresh_token', 'additional_properties'];

  /** Unknown fields by name; an own property where there are any. */
  get additional_properties() {
    return {};
  }

  /** What the answer held that is not as documented; an own property where there is anything. */
  get odd_fields() {
    return [];
  }

  /** As for every model; unknown fields go to `additional_properties`. */
  static constructFromObject(data, model) {
    const filled = super.constructFromObject(data, model);
    if (typeof data !== 'object' || data === null || Array.isArray(data)) return filled;
    // Spreading, unlike assigning, makes a plain field of one that is named `__proto__`.
    const { additional_properties: additional, odd_fields: odd, ...rest } = data;
    const unknown = { ...rest, ...additional };
    for (const name of Object.keys(this.fields)) delete unknown[name];
    if (Object.keys(unknown).length > 0) setOwn(filled, 'additional_properties', unknown);
    if (Array.isArray(odd) && odd.length > 0) setOwn(filled, 'odd_fields', odd.map((field) => new OddField(field)));
    return filled;
  }
}

/** Sets what the class has a getter for. */
function setOwn(model, name, value) {
  Object.defineProperty(model, name, { value, enumerable: true, configurable: true, writable: true });
}

/** A token answer under its newer name (API 5.28). */
class OauthAccessToken extends OpenModel {
  static fields = TOKEN_FIELDS;
  static RequiredProperties = ['access_token', 'expires_in', 'token_type'];

  constructor(...values) {
    super();
    OauthAccessToken.initialize(this, ...values);
  }

  static initialize(model, accessToken, tokenType, expiresIn, scope) {
    model.access_token = accessToken;
    model.token_type = tokenType || 'bearer';
    model.expires_in = expiresIn;
    model.scope = scope;
  }

  /** When the access token expires. Pinterest does not send it, so it is no field, and in no text form. */
  get expires_at() {
    const { expires_at: kept } = this.additional_properties;
    return typeof kept === 'number' ? kept : undefined;
  }

  set expires_at(value) {
    Object.defineProperty(this, 'expires_at', { value, enumerable: false, configurable: true, writable: true });
  }

  /** The answer to a refresh with what it leaves out as it was before. `models.d.ts` says more. */
  mergedWith(old) {
    if (typeof old !== 'object' || old === null) throw new TypeError('the old token is not an object');
    const merged = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
    const { scope, refreshToken, refreshTokenExpiresIn, refreshTokenExpiresAt } = mergeTokens(lasting(this), lasting(old));
    const kept = {
      scope,
      refresh_token: refreshToken,
      refresh_token_expires_in: refreshTokenExpiresIn,
      refresh_token_expires_at: refreshTokenExpiresAt,
    };
    for (const [name, value] of Object.entries(kept)) {
      if (value !== undefined && value !== null) merged[name] = value;
      else delete merged[name];
    }
    return merged;
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
    return super.constructFromObject.call(kind, data, model);
  }
}

/** To a code exchange. */
class OauthAccessTokenResponseCode extends OauthAccessTokenResponse {
  constructor(...values) {
    super(...values);
    OauthAccessTokenResponseCode.initialize(this, ...values);
  }

  static initialize(model, _accessToken, _tokenType, _expiresIn, _scope, refreshToken, refreshTokenExpiresIn) {
    OauthAccessTokenResponseCodeAllOf.initialize(model, refreshToken, refreshTokenExpiresIn);
  }
}

/** What an answer to a code exchange has beside the rest. */
class OauthAccessTokenResponseCodeAllOf extends Model {
  static fields = { refresh_token: String, refresh_token_expires_in: Number.parseFloat };
  static secrets = ['refresh_token'];
  static RequiredProperties = ['refresh_token', 'refresh_token_expires_in'];

  constructor(...values) {
    super();
    OauthAccessTokenResponseCodeAllOf.initialize(this, ...values);
  }

  static initialize(model, refreshToken, refreshTokenExpiresIn) {
    model.refresh_token = refreshToken;
    model.refresh_token_expires_in = refreshTokenExpiresIn;
  }
}

/** To a refresh. */
class OauthAccessTokenResponseRefresh extends OauthAccessTokenResponse {
  static initialize() {}
}

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

  constructor(...values) {
    super();
    ConversionToken.initialize(this, ...values);
  }

  static initialize(model, accessToken, tokenType = 'conversion') {
    model.access_token = accessToken;
    model.token_type = tokenType;
  }
}

/** The form of any token request. */
class OauthAccessTokenRequest extends Model {
  /** The grants that Pinterest knows. */
  static GrantTypeEnum = {
    authorization_code: 'authorization_code',
    refresh_token: 'refresh_token',
    client_credentials: 'client_credentials',
  };
  static fields = { grant_type: String };
  static RequiredProperties = ['grant_type'];

  constructor(...values) {
    super();
    new.target.initialize(this, ...values);
  }

  static initialize(model, grantType) {
    model.grant_type = grantType;
  }
}

/** What the form of a code exchange has beside the grant. */
class OauthAccessTokenRequestCodeAllOf extends Model {
  static fields = { code: String, redirect_uri: String };
  static secrets = ['code'];
  static RequiredProperties = ['code', 'redirect_uri'];

  constructor(...values) {
    super();
    OauthAccessTokenRequestCodeAllOf.initialize(this, ...values);
  }

  static initialize(model, code, redirectUri) {
    model.code = code;
    model.redirect_uri = redirectUri;
  }
}

/** The form of a code exchange. */
class OauthAccessTokenRequestCode extends OauthAccessTokenRequest {
  static fields = { grant_type: String, code: String, redirect_uri: String };
  static secrets = ['code'];
  static RequiredProperties = ['grant_type', 'code', 'redirect_uri'];

  static initialize(model, grantType, code, redirectUri) {
    OauthAccessTokenRequest.initialize(model, grantType);
    OauthAccessTokenRequestCodeAllOf.initialize(model, code, redirectUri);
  }
}

/** What the form of a refresh has beside the grant. */
class OauthAccessTokenRequestRefreshAllOf extends Model {
  static fields = { refresh_token: String, scope: String };
  static secrets = ['refresh_token'];
  static RequiredProperties = ['refresh_token'];

  constructor(refreshToken) {
    super();
    OauthAccessTokenRequestRefreshAllOf.initialize(this, refreshToken);
  }

  static initialize(model, refreshToken) {
    model.refresh_token = refreshToken;
  }
}

/** The form of a refresh. */
class OauthAccessTokenRequestRefresh extends OauthAccessTokenRequest {
  static fields = { grant_type: String, refresh_token: String, scope: String };
  static secrets = ['refresh_token'];
  static RequiredProperties = ['grant_type', 'refresh_token'];

  static initialize(model, grantType, refreshToken) {
    OauthAccessTokenRequest.initialize(model, grantType);
    OauthAccessTokenRequestRefreshAllOf.initialize(model, refreshToken);
  }
}

/** The form of a client-credentials request. */
class OauthAccessTokenRequestClientCredentials extends OauthAccessTokenRequest {
  static fields = { grant_type: String, scope: String };
  static RequiredProperties = ['grant_type', 'scope'];

  static initialize(model, grantType, scope) {
    OauthAccessTokenRequest.initialize(model, grantType);
    model.scope = scope;
  }
}

/** Pinterest's error object. Exported as `Error`; what calls fail with is `ApiError`. */
class ErrorModel extends Model {
  static fields = { code: Number.parseFloat, message: String };
  static RequiredProperties = ['code', 'message'];

  constructor(...values) {
    super();
    ErrorModel.initialize(this, ...values);
  }

  static initialize(model, code, message) {
    model.code = code;
    model.message = message;
  }
}

Object.defineProperty(ErrorModel, 'name', { value: 'Error' });

const MODELS = {
  ConversionToken,
  Error: ErrorModel,
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
};

// As in the published package, a field that is not set is still one of the class.
for (const { prototype, fields } of Object.values(MODELS)) {
  for (const name of Object.keys(fields)) {
    const value = name === 'token_type' && (prototype === OauthAccessToken.prototype || prototype instanceof OauthAccessToken) ? 'bearer' : undefined;
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
  }
}

module.exports = MODELS;
