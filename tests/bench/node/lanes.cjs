'use strict';

/**
 * Makes calls with so many in flight and prints calls per second, the peak memory in KiB and the
 * microseconds of processor time of each. The first hundred warm up and are not counted.
 *
 * @param {() => Promise} call
 */
async function measure(call, inFlight, calls) {
  async function make(count) {
    let left = count;
    const lane = async () => {
      while (left > 0) {
        left -= 1;
        await call();
      }
    };
    await Promise.all(Array.from({ length: Number(inFlight) }, lane));
  }

  await make(100);
  const before = process.cpuUsage();
  const started = performance.now();
  await make(Number(calls));
  const perSecond = Number(calls) / ((performance.now() - started) / 1000);
  const { user, system } = process.cpuUsage(before);
  console.log(perSecond, process.resourceUsage().maxRSS, (user + system) / Number(calls));
}

module.exports = { measure };
