'use strict';

// A clock that a test moves. The time is here, where a token in memory is looked at, and as it changes in the
// native half, which asks nobody.

const { nativeClock } = require('./native.cjs');
const { notOurs } = require('./otherCopy.cjs');

const inspect = Symbol.for('nodejs.util.inspect.custom');

/** The last millisecond of the year 9999, as in the core. */
const LAST = 253_402_300_799_999;

let native;

class ManualClock {
  #now;
  #native;

  static {
    native = (clock) => {
      clock.#native ??= nativeClock(clock.#now);
      return clock.#native;
    };
  }

  constructor(now = Date.now()) {
    this.#now = within(readTime('now', now));
  }

  now() {
    return this.#now;
  }

  set(now) {
    this.#put(readTime('now', now));
  }

  advance(milliseconds) {
    const by = readTime('milliseconds', milliseconds);
    if (by < 0) throw new TypeError('`milliseconds` is negative; `set` sets the clock back');
    this.#put(this.#now + by);
  }

  #put(now) {
    this.#now = within(now);
    this.#native?.set(this.#now);
  }

  [inspect]() {
    return `ManualClock(${new Date(this.#now).toISOString()})`;
  }
}

function within(time) {
  return Math.trunc(Math.min(Math.max(time, 0), LAST));
}

function readTime(name, value) {
  if (typeof value !== 'number' || Number.isNaN(value)) throw new TypeError(`\`${name}\` is not a number of milliseconds`);
  return value;
}

/**
 * The native half of a client's clock.
 *
 * @throws {TypeError} for any other object.
 */
function nativeClockOf(clock) {
  if (!(clock instanceof ManualClock)) throw notOurs('`clock` is not a ManualClock', clock, 'ManualClock');
  return native(clock);
}

module.exports = { ManualClock, nativeClockOf };
