// What the sandbox's pages weigh, and how fast the dashboard is with 100,000 requests; JSON on standard output.

import { VIEWS, launch, person, weigh } from '../../browser/support/browser.mjs';
import { DEEDS, duration } from '../../browser/support/dashboard.mjs';
import { Sandbox } from '../../browser/support/process.mjs';
import { many } from '../../browser/support/requests.mjs';

const MANY = 100_000;
const ROUNDS = 5;

const median = (times) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)];

const browser = await launch();
const sandbox = await Sandbox.start();
try {
  const { page, leave } = await person(browser, VIEWS.desktop);
  const weightOf = async (address) => {
    const weight = weigh(page);
    await page.goto(address, { waitUntil: 'networkidle' });
    return await weight() / 1000;
  };
  const query = new URLSearchParams({
    client_id: '1234567', redirect_uri: 'http://localhost:8085/', response_type: 'code', scope: 'pins:read',
  });
  const consent = await weightOf(`${sandbox.address}/oauth/?${query}`);
  await sandbox.control('POST', 'reset');
  const dashboard = await weightOf(`${sandbox.address}/_sandbox/`);

  await many(sandbox.address, 'early', MANY);
  await page.waitForFunction((count) => document.querySelector('#list [role=option]')?.ariaSetSize === String(count), MANY);
  const times = DEEDS.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, deed] of DEEDS.entries()) times[index].push(await duration(page, deed));
  }
  console.log(JSON.stringify({ consent, dashboard, slowest: Math.max(...times.map(median)) }));
  await leave();
} finally {
  await browser.close();
  await sandbox.stop();
}
