'use strict';

// One listener on each AbortSignal, however many calls it may drop: Node warns of a leak at eleven.

/** What to call when a signal fires. */
const waiting = new WeakMap();

/**
 * Calls `drop` with the reason when the signal fires. Without a signal it never does.
 *
 * @returns {() => void} takes it back.
 */
function whenAborted(signal, drop) {
  if (signal === undefined) return () => {};
  const one = waiting.get(signal) ?? listened(signal);
  one.drops.add(drop);
  return () => {
    one.drops.delete(drop);
    if (one.drops.size > 0 || waiting.get(signal) !== one) return;
    waiting.delete(signal);
    signal.removeEventListener('abort', one.fire);
  };
}

function listened(signal) {
  const drops = new Set();
  const fire = () => {
    waiting.delete(signal);
    for (const drop of drops) drop(signal.reason);
  };
  signal.addEventListener('abort', fire, { once: true });
  waiting.set(signal, { drops, fire });
  return waiting.get(signal);
}

module.exports = { whenAborted };
