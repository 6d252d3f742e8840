'use strict';

// What went wrong where a program's own store, keys or connection may be behind it.

const { ApiError } = require('./ApiError.cjs');

/** For HttpResponse: the request that a renewal is. */
const RENEWAL = { method: 'POST', path: '/oauth/token' };

/**
 * The error of a failure.
 *
 * @param {object} failure as it comes over the border.
 * @param {{thrown: Function}} [asked] who was asked meanwhile, and may have thrown what is its cause.
 */
function failed(failure, asked) {
  const error = new ApiError(failure, RENEWAL);
  const cause = asked?.thrown(failure.thrown);
  if (cause !== undefined) Object.defineProperty(error, 'cause', { value: cause.error, configurable: true, writable: true });
  return error;
}

module.exports = { failed };
