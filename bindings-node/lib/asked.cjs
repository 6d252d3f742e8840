'use strict';

// What the native half asks a program for, while it keeps tokens.

const { answerStore } = require('./native.cjs');
const { wordsOf } = require('./words.cjs');

/** So many of the last things that were thrown are the cause of an error that may come yet. */
const REMEMBERED = 32;

/** Who answers: a method for each question. */
class Asked {
  #thrown = new Map();
  #last = 0;

  /** Answers a question, unless none is wanted, and says what becomes of an answer that nobody waits for. */
  async hear({ ask, method, ...given }) {
    let answer;
    try {
      answer = await this[method](given, ask);
    } catch (error) {
      answer = { failure: wordsOf(error), thrown: this.#remember(error) };
    }
    if (ask !== undefined && !answerStore(ask, answer)) await this.late?.(method, ask);
  }

  #remember(error) {
    this.#last += 1;
    this.#thrown.set(this.#last, { error });
    this.#thrown.delete(this.#last - REMEMBERED);
    return this.#last;
  }

  /** What was thrown, by the number that the native half was told. */
  thrown(number) {
    return this.#thrown.get(number);
  }
}

module.exports = { Asked };
