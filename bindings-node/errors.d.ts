// Types of what can go wrong.

import type { HttpResponse, RateLimit } from './types.js';

/** What went wrong. Releases may add to these, so a `switch` needs a `default`. */
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
  | 'Api'
  | 'Authorization'
  | 'Store'
  | 'ReauthorizationRequired'
  | (string & {});

/**
 * Why an authorization gave no token. `Denied`: the person did not allow it. `Declined`: Pinterest gave another
 * `error`. `Foreign`: the callback is forged, or of another login. `Replayed`: it was used already. `Late`: the
 * person took too long. `Damaged`: it is cut, doubled, or lacks its state or code. `OtherClient`: it was started for
 * another app or environment. `NotPending`: the session has no authorization, as for a page that is opened once
 * more. `NoBrowser`: no browser can be opened here.
 */
export type AuthorizationReason =
  | 'Denied'
  | 'Declined'
  | 'Foreign'
  | 'Replayed'
  | 'Late'
  | 'Damaged'
  | 'OtherClient'
  | 'NotPending'
  | 'NoBrowser'
  | (string & {});

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
  /**
   * Why an authorization gave no token: of every error of kind `Authorization`, and of
   * `PendingAuthorization.fromJSON`. Releases may add to these.
   */
  reason?: AuthorizationReason | undefined;
  /** Whether making the same call again is safe and may succeed, after `retryAfter`. */
  retryable: boolean;
  /** The HTTP status, when there was an answer. */
  status?: number | undefined;
  /** Pinterest's error code; of a `Network` error Node's word, such as `ECONNREFUSED`. */
  code?: number | string | undefined;
  /** `ETIME` for a timeout. */
  errno?: string | undefined;
  /** The limit that passed, in milliseconds. */
  timeout?: number | undefined;
  /** What the refusing answer says of the rate limit, if it says anything. */
  rateLimit?: RateLimit | undefined;
  /** Where a `Network` error stopped. */
  phase?: 'resolve' | 'connect' | 'tls' | 'send' | 'receive' | 'timeout' | (string & {}) | undefined;
  /** Seconds that Pinterest asks to wait. */
  retryAfter?: number | undefined;
  /** Pinterest's support asks for it. */
  requestId?: string | undefined;
  /** What to do next, where that can be told; `message` ends with it. */
  hint?: string | undefined;
  /**
   * What the refusing answer said: its text as it came, but for the request's own secrets and whatever
   * looks like a token. No text form of the error shows it.
   */
  response?: HttpResponse | undefined;
}
