'use strict';

// A program's own keeper of keys, such as a keyring: asked when a key is needed first.

const { Asked } = require('./asked.cjs');

class AskedKey extends Asked {
  #give;
  #texts;

  constructor(give, texts) {
    super();
    this.#give = give;
    this.#texts = texts;
  }

  async key() {
    const keys = await this.#give();
    if (keys === undefined || keys === null) return { keys: [] };
    return { keys: this.#texts('key', keys) };
  }
}

module.exports = { AskedKey };
