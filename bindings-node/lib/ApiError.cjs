'use strict';

const { HttpResponse } = require('./HttpResponse.cjs');

/** Fields of a failure that are set on the error when they say something. */
const FIELDS = ['kind', 'outcome', 'retryable', 'status', 'code', 'phase', 'retryAfter', 'requestId', 'hint'];

/**
 * A failed call. No text form of it shows a token, a code or a secret. `types.d.ts` explains the
 * fields.
 */
class ApiError extends Error {
  constructor(failure) {
    super(failure.message);
    for (const field of FIELDS) {
      if (failure[field] !== undefined && failure[field] !== null) this[field] = failure[field];
    }
    if (failure.headers) this.response = new HttpResponse(failure.status, failure.headers, failure.text);
  }

  /** Settings that cannot be used; nothing was sent. */
  static invalidInput(message) {
    return new ApiError({ kind: 'InvalidInput', outcome: 'NotSent', retryable: false, message });
  }
}

Object.defineProperty(ApiError.prototype, 'name', { value: 'ApiError', configurable: true, writable: true });

module.exports = { ApiError };
