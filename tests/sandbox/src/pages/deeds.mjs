// What a person can do to the sandbox: move its clock, answer the next call, issue and end tokens.

import { button, element } from './elements.mjs';

const HOUR = 3600;
const DAY = 24 * HOUR;
const STEPS = [['+1 hour', HOUR], ['+1 day', DAY], ['+30 days', 30 * DAY], ['−1 day', -DAY]];
const refused = (status, code, message) => ({ status, json: { code, message } });
const ANSWERS = [
  ['401, token not valid', refused(401, 2, 'Authentication failed.')],
  ['403, not permitted', refused(403, 29, 'You are not permitted to access that resource.')],
  ['429, too many requests', { ...refused(429, 8, 'This request exceeded a rate limit.'), headers: { 'retry-after': '5' } }],
  ['500, with no object', { status: 500, body: 'Internal Server Error', headers: { 'content-type': 'text/plain' } }],
  ['503, try again later', refused(503, 11, 'The service is not available.')],
  ['the truth, 10 seconds late', { pass: true, delay_ms: 10_000 }],
  ['done, but the answer lost', { pass: true, fault: 'close' }],
  ['a reset connection', { fault: 'reset' }],
];

/** One request to a control; fails with its words. */
async function control(path, body) {
  const answer = await fetch(path, { method: 'POST', body: JSON.stringify(body) });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.error);
  return said;
}

/** Fills the bar of deeds; `done(text)` is told after each, and of a failure. */
export function fillDeeds(bar, done) {
  const deed = (path, body, text) => control(path, body).then(() => done(text), (error) => done(error.message));
  const clock = element('output', 'clock');
  clock.setAttribute('aria-label', 'The sandbox\u2019s clock');
  const frozen = button('Stop', 'plain small', () => deed('clock', { frozen: frozen.textContent === 'Stop' }, 'The clock was told.'));
  const group = (name, ...content) => {
    const made = element('span', 'group', ...content);
    made.setAttribute('role', 'group');
    made.setAttribute('aria-label', name);
    return made;
  };
  const steps = STEPS.map(([name, seconds]) => button(name, 'plain small', () => deed('clock', { advance_seconds: seconds }, `The clock went ${name}.`)));
  const choice = element('select', 'plain small', ...ANSWERS.map(([name], index) => {
    const option = element('option', '', name);
    option.value = index;
    return option;
  }));
  choice.setAttribute('aria-label', 'What the next call gets');
  const answer = button('Answer the next call', 'plain small', () => {
    const [name, scripted] = ANSWERS[Number(choice.value)];
    deed('script', [scripted], `The next call gets ${name}.`);
  });
  bar.replaceChildren(group('Clock', clock, frozen, ...steps), group('Next call', choice, answer));
  return (now, isFrozen) => {
    clock.textContent = new Date(now * 1000).toLocaleString();
    frozen.textContent = isFrozen ? 'Run' : 'Stop';
  };
}

/** Issues a code for an app, as if a person had pressed Allow. */
export function issueCode(appId) {
  return control('codes', { app_id: appId });
}

/** The buttons of a code or token; `done` is called after each. */
export function endings(text, done) {
  const end = (how) => () => control(`tokens/${how}`, { token: text }).then(() => done(), () => done());
  return element('p', 'group', button('Expire', 'plain small', end('expire')), button('Revoke', 'plain small', end('revoke')),
    button('Copy', 'plain small', () => navigator.clipboard.writeText(text)));
}
