'use strict';

/**
 * What was thrown, in words: a program may throw anything, and what has no text form is no reason to fail. Node's own
 * error of a connection that was refused at several addresses has a code and no message.
 *
 * @param {unknown} thrown
 * @returns {string}
 */
function wordsOf(thrown) {
  try {
    return String((thrown?.message ?? thrown) || (thrown?.code ?? thrown?.name ?? thrown));
  } catch {
    return 'something without a text form';
  }
}

module.exports = { wordsOf };
