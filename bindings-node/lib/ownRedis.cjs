'use strict';

// A program's own connection to Redis, over which the native half runs its scripts.

const { Asked } = require('./asked.cjs');
const { wordsOf } = require('./words.cjs');

class OwnRedis extends Asked {
  #run;

  constructor(connection) {
    super();
    this.#run = runner(connection);
  }

  async eval({ script, sha1, keys, args = [] }) {
    const reply = await this.#once(script, sha1, keys, args);
    if (reply === null || reply === undefined) return {};
    if (typeof reply === 'number' || typeof reply === 'bigint') return { number: Number(reply) };
    if (typeof reply === 'string') return { text: reply };
    if (Buffer.isBuffer(reply)) return { text: reply.toString() };
    throw new TypeError('the connection gave neither a number nor a text: it must not decode answers further');
  }

  /** By its name first, which Redis may not know yet. */
  async #once(script, sha1, keys, args) {
    try {
      return await this.#run.known(sha1, keys, args);
    } catch (error) {
      if (!wordsOf(error).includes('NOSCRIPT')) throw error;
      return this.#run.text(script, keys, args);
    }
  }
}

/** How a connection of node-redis or ioredis runs a script; of a cluster of theirs as well. */
function runner(connection) {
  if (typeof connection?.evalSha === 'function') {
    return {
      known: (sha1, keys, args) => connection.evalSha(sha1, { keys, arguments: args }),
      text: (script, keys, args) => connection.eval(script, { keys, arguments: args }),
    };
  }
  if (typeof connection?.evalsha === 'function') {
    return {
      known: (sha1, keys, args) => connection.evalsha(sha1, keys.length, ...keys, ...args),
      text: (script, keys, args) => connection.eval(script, keys.length, ...keys, ...args),
    };
  }
  throw new TypeError('the connection is neither of node-redis nor of ioredis');
}

/** What to call it, without a password. */
function nameOf(connection) {
  const host = connection.options?.socket?.host ?? connection.options?.host;
  return typeof host === 'string' ? `Redis at ${host}` : 'Redis';
}

module.exports = { OwnRedis, nameOf };
