'use strict';

// What text must be to be sent as it is.

const HEADER_NAME = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;
/** Control characters, and half of a surrogate pair. All else is sent as UTF-8. */
const NOT_IN_HEADERS = /[^\t\x20-\x7e\x80-\ud7ff\ue000-\u{10ffff}]/u;

/**
 * The text itself.
 *
 * @throws {URIError} for half a surrogate pair, which UTF-8 cannot carry.
 */
function wellFormed(name, text) {
  if (!text.isWellFormed()) throw new URIError(`\`${name}\` holds half a surrogate pair`);
  return text;
}

/**
 * Refuses what would break out of a header's line.
 *
 * @throws {TypeError}
 */
function checkHeader(name, value) {
  if (!HEADER_NAME.test(name)) throw new TypeError('a header name holds characters that HTTP does not allow');
  if (NOT_IN_HEADERS.test(value)) {
    throw new TypeError(`the header \`${name}\` holds a control character or half of a character`);
  }
}

module.exports = { checkHeader, wellFormed };
