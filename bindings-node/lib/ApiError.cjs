'use strict';

const { HttpResponse } = require('./HttpResponse.cjs');

/** Fields of a failure that are set on the error when they say something. */
const FIELDS = ['kind', 'outcome', 'reason', 'retryable', 'status', 'code', 'phase', 'retryAfter', 'requestId', 'hint', 'rateLimit'];

const MARK = Symbol.for('pinterest-sdk.ApiError');

/**
 * A failed call. No text form of it shows a token, a code or a secret. `types.d.ts` explains the
 * fields.
 */
class ApiError extends Error {
  /** Also those of another copy of the package, as npm leaves one in each of two folders. */
  static [Symbol.hasInstance](value) {
    return Function.prototype[Symbol.hasInstance].call(this, value) || (this === ApiError && value?.[MARK] === true);
  }

  /**
   * @param {object} failure as it comes over the border.
   * @param {{method: string, path: string}} request
   * @param {{timeout?: number, connectTimeout?: number}} [limits] in milliseconds, where the call had any.
   */
  constructor(failure, request, limits) {
    super(failure.message);
    for (const field of FIELDS) {
      if (failure[field] !== undefined && failure[field] !== null) this[field] = failure[field];
    }
    if (failure.networkCode) this.code = failure.networkCode;
    if (failure.phase === 'timeout') {
      this.errno = 'ETIME';
      if (limits !== undefined) this.timeout = passedLimit(failure.outcome, limits);
    }
    if (failure.headers) this.response = new HttpResponse(failure, request);
  }
}

/** The limit that passed: before anything was sent it may be either. */
function passedLimit(outcome, { timeout, connectTimeout }) {
  const limits = outcome === 'NotSent' ? [timeout, connectTimeout] : [timeout];
  return Math.min(...limits.filter((limit) => limit > 0));
}

Object.defineProperty(ApiError.prototype, MARK, { value: true });
Object.defineProperty(ApiError.prototype, 'name', { value: 'ApiError', configurable: true, writable: true });

module.exports = { ApiError };
