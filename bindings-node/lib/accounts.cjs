'use strict';

// What this thread knows of a manager's accounts.

/** What is known of an account in this thread. */
class Account {
  /** Milliseconds since 1970, until when the token is good without asking anybody. */
  freshUntil = 0;
  given;
  #generation = 0;

  constructor(name, native, now) {
    this.name = name;
    this.native = native;
    this.now = now;
  }

  /** Forgets the token here: the native half knows. */
  drop() {
    this.freshUntil = 0;
    this.given = undefined;
  }

  /** The same, and whoever is asking for it is not to bring it back. */
  change() {
    this.#generation += 1;
    this.drop();
  }

  /** What keeps a token, unless the account has changed by then. */
  keeper() {
    const generation = this.#generation;
    return ({ token, freshUntil }) => {
      if (generation !== this.#generation) return;
      this.given = Promise.resolve(token);
      this.freshUntil = freshUntil * 1000;
    };
  }
}

/** How many accounts are known that nobody has in hand, as in the core. */
const KNOWN = 1000;

/** The accounts of a manager by name: those that somebody has, and the last that were named. */
class Accounts {
  #all = new Map();
  #lately = new Map();
  #gone = new FinalizationRegistry((name) => {
    if (this.get(name) === undefined) this.#all.delete(name);
  });

  get(name) {
    return this.#all.get(name)?.deref();
  }

  add(account) {
    this.#all.set(account.name, new WeakRef(account));
    this.#gone.register(account, account.name);
  }

  /** Has an account known for a while. */
  use(account) {
    this.#lately.delete(account.name);
    this.#lately.set(account.name, account);
    if (this.#lately.size > KNOWN) this.#lately.delete(this.#lately.keys().next().value);
    return account;
  }
}

module.exports = { Account, Accounts };
