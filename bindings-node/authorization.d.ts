// Types of "Connect with Pinterest": the authorization URL, its callback, a login on this machine.

import type { Location, Query, Signal } from './globals.js';
import type { OauthAccessTokenResponse } from './models.js';
import type { ApiClient, CallOptions } from './types.js';

/** What to ask a person for. Every option may also be written in snake_case. */
export type AuthorizationOptions = (
  | { /** Registered for the app, byte for byte. */ redirectUri: string }
  | { redirect_uri: string }
) & {
  /** Such as `['pins:read', 'boards:read']`; a text may separate them by commas or spaces. */
  scopes: readonly string[] | string;
  /** Adds a PKCE challenge (RFC 7636, S256). Pinterest does not document it; off unless set. */
  pkce?: boolean | null | undefined;
  /** Asks for a refresh token that is renewed with each refresh; apps made before 25 September 2025 must. */
  continuousRefresh?: boolean | null | undefined;
  continuous_refresh?: boolean | null | undefined;
  /** Writes the scopes as Pinterest's own examples do; unless set with spaces, which other servers want. */
  commaSeparatedScopes?: boolean | null | undefined;
  comma_separated_scopes?: boolean | null | undefined;
  /** How long the person may take, in seconds: 600 unless set. */
  lifetimeSeconds?: number | null | undefined;
  lifetime_seconds?: number | null | undefined;
};

/** What to ask a person for: one for any number of people. Options of a wrong type are a `TypeError`. */
export declare class AuthorizationRequest {
  constructor(options: AuthorizationOptions);
  /**
   * Makes the URL to send the person to, and what is needed when they come back. Nothing is sent.
   * Throws an `ApiError` of kind `InvalidInput` without an app id, without scopes, with a redirect URI
   * that is none, or with PKCE and no app secret.
   *
   * @param apiClient `ApiClient.instance` unless given; app id and secret are its `authentications['basic']`.
   */
  start(apiClient?: ApiClient | null): PendingAuthorization;
  toJSON(): object;
}

/** A `PendingAuthorization` as `JSON.stringify` writes it. */
export interface KeptAuthorization {
  version: 1;
  [name: string]: string | number | boolean;
}

/**
 * What to remember while a person is at Pinterest. Keep it in their session (it holds no secret), and
 * nowhere that another person's session can reach.
 */
export declare class PendingAuthorization {
  private constructor();
  /**
   * Restores what `toJSON` gave: the object, or its JSON text. Delete it from the session before `complete`: a
   * callback then counts once, whichever process it comes to. Anything else is an `ApiError` of kind
   * `InvalidInput` and reason `NotPending`.
   */
  static fromJSON(kept: unknown): PendingAuthorization;
  /** Where to send the person. */
  readonly url: string;
  /** What the callback must bring back. */
  readonly state: string;
  readonly redirectUri: string;
  /** When it ends, in seconds since 1970. */
  readonly expiresAt: number;
  /**
   * Checks the callback and exchanges its code; a callback counts once in this process, and others know nothing
   * of it. One that is not this authorization's changes nothing, so that the right one can still come.
   *
   * Fails with an `ApiError` of kind `Authorization` for a wrong, missing or repeated state, a late or
   * used callback and a refusal by the person, which its `reason` tells apart; otherwise as `OauthApi.oauthToken`
   * does.
   *
   * @param apiClient as for `start`; `null` is `ApiClient.instance`.
   * @param callback the URL that the person came back to, its path and query, or its query alone.
   */
  complete(
    apiClient: ApiClient | null | undefined,
    callback: string | Location | Query,
    options?: CallOptions | null,
  ): Promise<OauthAccessTokenResponse>;
  toJSON(): KeptAuthorization;
}

export interface LoginOptions {
  /**
   * Shows the person the URL. If it throws or rejects, the login ends with that. Unless given, the URL is
   * written to standard error and opened in a browser.
   */
  show?: ((url: string) => unknown) | null | undefined;
  /** Ends the login; the promise is then rejected with its reason, the port free. */
  signal?: Signal | null | undefined;
}

/**
 * Logs in the person at this machine: listens on the loopback port of the request's redirect URI, such as
 * `http://localhost:8085/`, shows them Pinterest's page, and exchanges the code that comes back. The port
 * is free when the promise settles. Waiting keeps the process alive.
 *
 * Fails with an `ApiError` of kind `InvalidInput` if the redirect URI does not lead to this machine or the
 * port is in use, `Authorization` if the person does not allow it, `Network` if nobody comes back in time;
 * otherwise as `OauthApi.oauthToken` does.
 *
 * @param apiClient `null` is `ApiClient.instance`; app id and secret are its `authentications['basic']`.
 */
export declare function login(
  apiClient: ApiClient | null | undefined,
  request: AuthorizationRequest,
  options?: LoginOptions | null,
): Promise<OauthAccessTokenResponse>;

/**
 * Opens a URL in the browser that the environment's `BROWSER` names, or in the system's own; no shell
 * reads it. Fails with an `ApiError` of kind `Authorization` if none can be opened, as over SSH.
 */
export declare function openBrowser(url: string | Location): Promise<void>;

/** Scopes by name (Pinterest API 5.23). Pinterest adds some without notice: any other text is a scope too. */
export declare class Scopes {
  private constructor();
  /** See ads, their settings and results. */
  static readonly ADS_READ: 'ads:read';
  /** Create and change ads. */
  static readonly ADS_WRITE: 'ads:write';
  /** See billing data. */
  static readonly BILLING_READ: 'billing:read';
  /** Change billing data. */
  static readonly BILLING_WRITE: 'billing:write';
  /** See business access. */
  static readonly BIZ_ACCESS_READ: 'biz_access:read';
  /** Change business access. */
  static readonly BIZ_ACCESS_WRITE: 'biz_access:write';
  /** See public boards. */
  static readonly BOARDS_READ: 'boards:read';
  /** See secret boards. */
  static readonly BOARDS_READ_SECRET: 'boards:read_secret';
  /** Create and change public boards. */
  static readonly BOARDS_WRITE: 'boards:write';
  /** Create and change secret boards. */
  static readonly BOARDS_WRITE_SECRET: 'boards:write_secret';
  /** See catalogs. */
  static readonly CATALOGS_READ: 'catalogs:read';
  /** Create and change catalogs. */
  static readonly CATALOGS_WRITE: 'catalogs:write';
  /** Send measurement data. */
  static readonly MSOT_WRITE: 'msot:write';
  /** See public Pins. */
  static readonly PINS_READ: 'pins:read';
  /** See secret Pins. */
  static readonly PINS_READ_SECRET: 'pins:read_secret';
  /** Create and change public Pins. */
  static readonly PINS_WRITE: 'pins:write';
  /** Create and change secret Pins. */
  static readonly PINS_WRITE_SECRET: 'pins:write_secret';
  /** See the account and its followers. */
  static readonly USER_ACCOUNTS_READ: 'user_accounts:read';
  /** Change the account. */
  static readonly USER_ACCOUNTS_WRITE: 'user_accounts:write';
}
