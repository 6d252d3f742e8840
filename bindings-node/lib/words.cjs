'use strict';

/**
 * What was thrown, in words: a program may throw anything, and what has no text form is no reason to fail.
 *
 * @param {unknown} thrown
 * @returns {string}
 */
function wordsOf(thrown) {
  try {
    return String(thrown?.message ?? thrown);
  } catch {
    return 'something without a text form';
  }
}

module.exports = { wordsOf };
